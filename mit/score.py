"""Judging: from an alignment to parts, a score, a grade and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from math import sqrt
from statistics import median
from types import MappingProxyType
from typing import Any

import numpy as np

from mit.alignment import Alignment
from mit.calibration import Calibration, shipped
from mit.contour import Contour
from mit.dimensions import ADDED_COST, DIMENSIONS, Values, steps
from mit.dimensions import contour as judge_direction
from mit.verdict import Verdict as Verdict
from mit.verdict import verdict

SCORING_VERSION = "5"
"""Changes with every change that can move a score; stored with each attempt so that it can be judged again."""

MISSED_SHARES = (0.0, 0.25, 0.5, 0.75)
"""Shares of the syllables that were missing or added (these count half) at which the most a take is worth falls below
the next grade: with one missing it is never the best, with a quarter never very close, with half not close. That is
where the rest is right; it falls with the square root of what the rest is worth."""

FOLLOWED = (0.40, 0.70)
"""Value of the moving steps' direction up to which a take is at most "close", and from which nothing is capped: one
tone all along gives a third."""

BELOW = 0.01
"""How far below a cut a cap lies."""

CERTAIN = 0.05
"""Distance of a score from the nearest cut at which the grade is certain."""

BETWEEN = 0.75
"""Certainty under which a grade stands between two: experts, too, differ by one grade there."""

PRAISE = 0.6
"""Score from which a take is praised."""


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
    def between(self) -> bool:
        """Whether the score lies so near a cut that the grade might as well be the next one."""
        return self.certainty is not None and self.certainty < BETWEEN

    @property
    def praised(self) -> bool:
        """Whether the take earned praise: grade 3 or 4, or a score of 0.6 or more."""
        return (self.grade or 0) >= 3 or (self.score or 0.0) >= PRAISE


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a `Score` as they are kept of a take, in columns of their own."""

    verdict: Verdict
    grade: int | None
    certainty: float | None
    score: float | None
    parts: dict[str, float | None]
    missing: int
    added: int
    transposition: float | None
    tempo_ratio: float | None
    latency: float | None
    scoring_version: str


def figures(score: Score) -> dict[str, Any]:
    """The fields of `Figures` out of a score."""
    kept = {one.name: getattr(score, one.name) for one in fields(Figures) if one.name != "scoring_version"}
    return kept | {"parts": dict(score.parts), "scoring_version": score.version}


def _no_parts() -> Mapping[str, float | None]:
    return MappingProxyType({d.name: None for d in DIMENSIONS})


def grade(alignment: Alignment, contour: Contour, calibration: Calibration | None = None) -> Score:
    """Judge an alignment, or say that it cannot be judged. `contour` tells how clearly the voice was heard.

    `calibration`: weights, cuts and ease; None is what the trainer ships.
    """
    calibration = calibration or shipped()
    judged = verdict(alignment, contour)
    if judged is not Verdict.SCORED:
        return Score(judged)
    details = {d.name: d.judge(alignment, calibration.ease) for d in DIMENSIONS}
    parts = {d.name: d.part(alignment, ease=calibration.ease) for d in DIMENSIONS}
    missed = _missed_cap(alignment, contour, calibration)
    caps = (missed * sqrt(_rest(parts, calibration)) if missed < 1.0 else 1.0, _followed_cap(alignment, calibration))
    score = min(_weighted(parts, calibration), *caps)
    sung = [p.sung for p in alignment.matched]
    return Score(
        verdict=judged,
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


def _missed_cap(alignment: Alignment, contour: Contour, calibration: Calibration) -> float:
    """The most a take is worth with syllables missing or added, however well the rest was sung.

    Without loudness a syllable that seems to miss may have been whispered, or lie outside the tracker's range.
    """
    if not calibration.cap_missing:
        return 1.0
    missing = sum(p.sung is None for p in alignment.pairs)
    amiss = missing + ADDED_COST * len(alignment.added)
    best = calibration.cuts[2] - BELOW if missing and contour.has_intensity else 1.0
    limits = (best, calibration.cuts[1] - BELOW, calibration.cuts[0] - BELOW, 0.0)
    return float(np.interp(amiss / len(alignment.pairs), MISSED_SHARES, limits))


def _followed_cap(alignment: Alignment, calibration: Calibration) -> float:
    """The most a take is worth that does not go up and down with the melody, however few its steps are."""
    directions = judge_direction(alignment, calibration.ease)
    moving = [v for s in steps(alignment) if not s.is_level and (v := directions[s.place]) is not None]
    if not calibration.cap_melody or len({p.target.pitch for p in alignment.pairs}) < 2:
        return 1.0
    followed = float(np.mean(moving)) if moving else 0.0
    return float(np.interp(followed, FOLLOWED, (calibration.cuts[1] - BELOW, 1.0)))


def _weighted(parts: Mapping[str, float | None], calibration: Calibration) -> float:
    """The weighted mean of the parts that could be judged, to the calibrated power; plain where none has a weight."""
    known = {name: v for name, v in parts.items() if v is not None}
    weights = [calibration.weights[name] for name in known]
    mean = np.average(list(known.values()), weights=weights if any(weights) else None)
    return float(mean**calibration.power)


def _rest(parts: Mapping[str, float | None], calibration: Calibration) -> float:
    """What all parts but completeness are worth; 1 where nothing of them can be told."""
    rest = {name: v for name, v in parts.items() if name != "completeness" and v is not None}
    return _weighted(rest, calibration) if rest else 1.0


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
