"""One function composes the judging of a take; app, command line and tests all call it."""

from __future__ import annotations

from dataclasses import dataclass

from mit.align import Alignment, align
from mit.alignment import Pair
from mit.audio import Audio
from mit.calibration import Calibration
from mit.contour import Contour
from mit.feedback import Feedback, advise
from mit.melody import Melody
from mit.pitch import track
from mit.protocol import Judged
from mit.score import Score, Verdict, grade


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """All that was made of a take."""

    contour: Contour
    alignment: Alignment
    score: Score
    feedback: Feedback


def assess(audio: Audio, target: Melody) -> Assessment:
    """Track a recording and judge it against the melody."""
    return judge(track(audio), target)


def judge(
    contour: Contour, target: Melody, calibration: Calibration | None = None, *, judged: Judged = Judged.MELODY
) -> Assessment:
    """Judge a contour that was tracked already, as it is while the person sings.

    calibration: weights, tolerance and caps of this person, None is what the trainer ships; judged: what may be spoken
    of.
    """
    if judged is Judged.NOTHING:
        return practised(contour, target)
    alignment = align(target, contour)
    score = grade(alignment, contour, calibration)
    return Assessment(contour, alignment, score, advise(score, alignment, judged=judged))


def practised(contour: Contour, target: Melody) -> Assessment:
    """What is kept of a take during which the model sounded: its contour, and no judgement of any kind."""
    pairs = tuple(Pair(note, None) for note in target.notes)
    return Assessment(contour, Alignment(pairs), Score(Verdict.PRACTISED), Feedback())
