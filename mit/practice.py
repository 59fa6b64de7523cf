"""One function composes the judging of a take; app, command line and tests all call it."""

from __future__ import annotations

from dataclasses import dataclass

from mit.align import Alignment, align
from mit.audio import Audio
from mit.calibration import Calibration
from mit.contour import Contour
from mit.feedback import Feedback, advise
from mit.melody import Melody
from mit.pitch import track
from mit.score import Score, grade


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


def judge(contour: Contour, target: Melody, calibration: Calibration | None = None) -> Assessment:
    """Judge a contour that was tracked already, as it is while the person sings.

    `calibration`: weights, tolerance and caps of this person; None is what the trainer ships.
    """
    alignment = align(target, contour)
    score = grade(alignment, contour, calibration)
    return Assessment(contour, alignment, score, advise(score, alignment))
