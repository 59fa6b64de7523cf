"""Judging: from an alignment to parts, a score, a grade and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median
from types import MappingProxyType

import numpy as np

from mit.alignment import Alignment
from mit.calibration import Calibration, shipped
from mit.contour import Contour
from mit.dimensions import ADDED_COST, DIMENSIONS, Values, steps
from mit.dimensions import contour as judge_direction

SCORING_VERSION = "2"
"""Changes with every change that can move a score; stored with each attempt so that it can be judged again."""

MISSED_SHARES = (0.0, 0.34, 0.67, 1.0)
"""Shares of the syllables that were missing or added (these count half) at which the most a take is worth falls below
the next grade: with one missing it is never the best, with a third never very close."""

FOLLOWED = (0.40, 0.70)
"""Value of the moving steps' direction up to which a take is at most "close", and from which nothing is capped: one
tone all along gives a third."""

BELOW = 0.01
"""How far below a cut a cap lies."""

CERTAIN = 0.05
"""Distance of a score from the nearest cut at which the grade is certain."""

PRAISE = 0.6
"""Score from which a take is praised."""

LEAST_VOICE = 0.15
"""Seconds of voice under which a take is silent: a cough or a knock is shorter."""

LEAST_HEARD = 0.25
"""Share of the syllables under which too little was heard to judge."""

LEAST_SNR = 8.0
"""dB of voice over noise, as it is read here, under which trackers and listeners disagree about the pitch. The reading
lies 0 to 2 dB under the truth, so this is a true 8 to 10."""

LENGTHS = (0.25, 4.0)
"""Sung over model length of the notes heard: under the first they are coughs or knocks, over the second a hum of the
mains or a machine. Twice as fast or slow is still singing."""

MOST_ADDED = 1.0
"""Syllables besides, for each of the phrase: more, and somebody talks or a radio plays."""


class Verdict(StrEnum):
    """Whether a take can be judged."""

    SCORED = "scored"
    UNSURE = "unsure"
    SILENT = "silent"
    PRACTISED = "practised"  # the model sounded during the take: it is not judged


@dataclass(frozen=True, slots=True)
class Score:
    """What a take was worth, in named parts.

    grade: 1 to 4; certainty, score and each part: 0 to 1, 1 is best; None is "cannot tell". transposition:
    semitones, sung minus target, octaves not folded; tempo_ratio: sung over target duration; latency: seconds from
    the start of the recording to the first sung vowel. by_syllable: each part for each note of the model.
    """

    verdict: Verdict
    grade: int | None = None
    certainty: float | None = None
    score: float | None = None
    parts: Mapping[str, float | None] = field(default_factory=lambda: _no_parts())
    missing: int = 0
    added: int = 0
    transposition: float | None = None
    tempo_ratio: float | None = None
    latency: float | None = None
    version: str = SCORING_VERSION
    by_syllable: Mapping[str, Values] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def praised(self) -> bool:
        """Whether the take earned praise: grade 3 or 4, or a score of 0.6 or more."""
        return (self.grade or 0) >= 3 or (self.score or 0.0) >= PRAISE


def _no_parts() -> Mapping[str, float | None]:
    return MappingProxyType({d.name: None for d in DIMENSIONS})


def grade(alignment: Alignment, contour: Contour, calibration: Calibration | None = None) -> Score:
    """Judge an alignment, or say that it cannot be judged. `contour` tells how clearly the voice was heard.

    `calibration`: weights, cuts and ease; None is what the trainer ships.
    """
    calibration = calibration or shipped()
    verdict = _verdict(alignment, contour)
    if verdict is not Verdict.SCORED:
        return Score(verdict)
    details = {d.name: d.judge(alignment, calibration.ease) for d in DIMENSIONS}
    parts = {d.name: d.part(alignment, ease=calibration.ease) for d in DIMENSIONS}
    caps = (_missed_cap(alignment, contour, calibration), _followed_cap(alignment, calibration))
    score = min(_weighted(parts, calibration), *caps)
    sung = [p.sung for p in alignment.matched]
    return Score(
        verdict=verdict,
        grade=1 + sum(score >= cut for cut in calibration.cuts),
        certainty=_certainty(score, calibration),
        score=score,
        parts=MappingProxyType(parts),
        missing=len(alignment.pairs) - len(sung),
        added=len(alignment.added),
        transposition=_transposition(alignment),
        tempo_ratio=_tempo_ratio(alignment),
        latency=min(n.onset for n in (*sung, *alignment.added) if n is not None),
        by_syllable=MappingProxyType(details),
    )


def signal_to_noise(contour: Contour) -> float | None:
    """dB between the voice and what is heard where there is none; None when there is no such place to compare with."""
    if not contour.has_intensity:
        return None
    voiced = contour.voiced
    near = np.convolve(voiced, np.ones(2 * round(0.1 / contour.hop) + 1), "same") > 0.5  # tails and consonants
    if not voiced.any() or (~near).sum() < 10:
        return None
    return float(np.median(contour.intensity[voiced]) - np.median(contour.intensity[~near]))


def _verdict(alignment: Alignment, contour: Contour) -> Verdict:
    heard = len(alignment.matched)
    if contour.voiced_seconds < LEAST_VOICE or not heard:
        return Verdict.SILENT
    clear = signal_to_noise(contour)
    noisy = clear is not None and clear < LEAST_SNR
    few = heard < LEAST_HEARD * len(alignment.pairs)
    many = len(alignment.added) > MOST_ADDED * len(alignment.pairs)
    return Verdict.UNSURE if noisy or few or many or not _lasts_like_singing(alignment) else Verdict.SCORED


def _lasts_like_singing(alignment: Alignment) -> bool:
    """Whether the notes heard last about as long as notes do."""
    sung = sum(p.sung.duration for p in alignment.matched if p.sung is not None)
    asked = sum(p.target.duration for p in alignment.matched)
    return LENGTHS[0] <= sung / asked <= LENGTHS[1]


def _missed_cap(alignment: Alignment, contour: Contour, calibration: Calibration) -> float:
    """The most a take is worth with syllables missing or added, however well the rest was sung.

    Without loudness a syllable that seems to miss may have been whispered, or lie outside the tracker's range.
    """
    missing = sum(p.sung is None for p in alignment.pairs)
    amiss = missing + ADDED_COST * len(alignment.added)
    best = calibration.cuts[2] - BELOW if missing and contour.has_intensity else 1.0
    limits = (best, calibration.cuts[1] - BELOW, calibration.cuts[0] - BELOW, 0.0)
    return float(np.interp(amiss / len(alignment.pairs), MISSED_SHARES, limits))


def _followed_cap(alignment: Alignment, calibration: Calibration) -> float:
    """The most a take is worth that does not go up and down with the melody, however few its steps are."""
    directions = judge_direction(alignment, calibration.ease)
    moving = [v for s in steps(alignment) if not s.is_level and (v := directions[s.place]) is not None]
    if not moving:
        return 1.0
    return float(np.interp(np.mean(moving), FOLLOWED, (calibration.cuts[1] - BELOW, 1.0)))


def _weighted(parts: Mapping[str, float | None], calibration: Calibration) -> float:
    """The weighted mean of the parts that could be judged, to the calibrated power."""
    known = [(calibration.weights[name], v) for name, v in parts.items() if v is not None]
    mean = sum(w * v for w, v in known) / sum(w for w, _ in known)
    return float(mean**calibration.power)


def _certainty(score: float, calibration: Calibration) -> float:
    """0.5 on a cut, where it is "between" two grades, rising to 1."""
    return 0.5 + 0.5 * min(1.0, min(abs(score - cut) for cut in calibration.cuts) / CERTAIN)


def _transposition(alignment: Alignment) -> float | None:
    pairs = [(p.sung.pitch, p.target.pitch) for p in alignment.matched if p.sung]
    off = [a - b for a, b in pairs if a is not None and b is not None]
    return median(off) if off else None


def _tempo_ratio(alignment: Alignment) -> float | None:
    """Sung over model duration; a single note tells by its own length."""
    if alignment.tempo is not None:
        return alignment.tempo
    only = alignment.matched[0]
    return only.sung.duration / only.target.duration if only.sung else None
