"""Judging: from an alignment to parts, a score, a grade and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median
from types import MappingProxyType

import numpy as np

from mit.align import Alignment
from mit.contour import Contour
from mit.dimensions import ADDED_COST, DIMENSIONS, Values

SCORING_VERSION = "1"
"""Changes with every change that can move a score; stored with each attempt so that it can be judged again."""

CUTS = (0.55, 0.72, 0.87)
"""Scores from which grades 2, 3 and 4 are given. Set by hand on planted faults, not yet by experts' grades."""

MISSING_CAP, MISSING_SLOPE = 0.86, 0.5
"""Highest score with a syllable missing or added, and how it falls with the share of missing ones (added ones count
half): one of nine leaves grade 3, half of them grade 2."""

CERTAIN = 0.08
"""Distance of a score from the nearest cut at which the grade is certain."""

PRAISE = 0.6
"""Score from which a take is praised."""

LEAST_VOICE = 0.15
"""Seconds of voice under which a take is silent: a cough or a knock is shorter."""

LEAST_HEARD = 0.25
"""Share of the syllables under which too little was heard to judge."""

LEAST_SNR = 10.0
"""dB of voice over noise under which trackers and listeners disagree about the pitch."""


class Verdict(StrEnum):
    """Whether a take can be judged."""

    SCORED = "scored"
    UNSURE = "unsure"
    SILENT = "silent"


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


def grade(alignment: Alignment, contour: Contour) -> Score:
    """Judge an alignment, or say that it cannot be judged. `contour` tells how clearly the voice was heard."""
    verdict = _verdict(alignment, contour)
    if verdict is not Verdict.SCORED:
        return Score(verdict)
    details = {d.name: d.judge(alignment) for d in DIMENSIONS}
    parts = {d.name: d.part(alignment) for d in DIMENSIONS}
    score = min(_weighted(parts), _cap(alignment))
    sung = [p.sung for p in alignment.matched]
    return Score(
        verdict=verdict,
        grade=1 + sum(score >= cut for cut in CUTS),
        certainty=_certainty(score),
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
    if clear is not None and clear < LEAST_SNR:
        return Verdict.UNSURE
    return Verdict.UNSURE if heard < LEAST_HEARD * len(alignment.pairs) else Verdict.SCORED


def _cap(alignment: Alignment) -> float:
    """The most a take is worth: with a syllable missing or added it is never the best grade, however well the rest
    was sung."""
    amiss = sum(p.sung is None for p in alignment.pairs) + ADDED_COST * len(alignment.added)
    return MISSING_CAP - MISSING_SLOPE * min(1.0, amiss / len(alignment.pairs)) if amiss else 1.0


def _weighted(parts: Mapping[str, float | None]) -> float:
    """The weighted mean of the parts that could be judged."""
    known = [(d.weight, v) for d in DIMENSIONS if (v := parts[d.name]) is not None]
    return sum(w * v for w, v in known) / sum(w for w, _ in known)


def _certainty(score: float) -> float:
    """0.5 on a cut, where it is "between" two grades, rising to 1."""
    return 0.5 + 0.5 * min(1.0, min(abs(score - cut) for cut in CUTS) / CERTAIN)


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
