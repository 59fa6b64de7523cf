"""From audio: takes by voices that are not the product's, against their exact truth."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.stats import spearmanr

from mit.audio import ANALYSIS_RATE, Audio
from mit.practice import Assessment, assess
from tests.bench.takes import FAULTS, Take, takes

COUNTS = {
    "missing last": (1, 0),
    "missing middle": (1, 0),
    "missing close": (1, 0),
    "added": (0, 1),
    "false start": (0, 1),
}
SEVERITY = {"clean": 0.0, "compressed 0.5": 0.5, "compressed 0.25": 0.75, "monotone": 1.0}
UNEVEN = {"clean": 0.0, "jitter 15": 0.15, "jitter 30": 0.30}
RANDOM = {"clean": 0.0, "random 1": 1.0, "random 2": 2.0}
FREE = ("transposed", "late")
NEAR = 0.08
SAME = 0.15
OCTAVE = 600.0

Judged = list[tuple[Take, Assessment]]


def figures(*, every: int = 1) -> Iterator[tuple[str, float, str]]:
    """Name, figure and aim; `every`: only each so-manieth take."""
    judged = [(t, assess(Audio(t.samples, ANALYSIS_RATE), t.melody)) for t in takes(every=every)]
    yield "takes", float(len(judged)), ">= 300"
    yield from _clean([a for t, a in judged if t.fault == "clean"])
    for name, degrees, aim in (
        ("compression", SEVERITY, "-0.9"),
        ("jitter", UNEVEN, "-0.8"),
        ("random", RANDOM, "-0.8"),
    ):
        yield f"Spearman of score and {name}", _falls(judged, degrees), f"<= {aim}"
    yield from _counts(judged)
    yield from _places(judged)
    free = [1.0 - (a.score.score or 0.0) for t, a in judged if t.fault in FREE]
    yield "key or silence before: costs (most)", max(free, default=0.0), "<= 0.05"


def _clean(clean: list[Assessment]) -> Iterator[tuple[str, float, str]]:
    yield "clean: scored", float(np.mean([a.score.score is not None for a in clean])), ">= 0.97"
    yield "clean: median score", float(np.median([a.score.score or 0.0 for a in clean])), ">= 0.85"
    yield "clean: grade 3 or 4", float(np.mean([(a.score.grade or 0) >= 3 for a in clean])), ">= 0.95"


def _falls(judged: Judged, degrees: dict[str, float]) -> float:
    found = [(degrees[t.fault], a.score.score) for t, a in judged if t.fault in degrees and a.score.score is not None]
    return float(spearmanr(*zip(*found, strict=True))[0])


def _counts(judged: Judged) -> Iterator[tuple[str, float, str]]:
    right = [((a.score.missing, a.score.added) == COUNTS.get(t.fault, (0, 0)), t.fault in COUNTS) for t, a in judged]
    yield "missing and added exact", float(np.mean([r for r, _ in right])), ">= 0.93"
    yield "missing and added exact, where there are any", float(np.mean([r for r, c in right if c])), ">= 0.60"


def _places(judged: Judged) -> Iterator[tuple[str, float, str]]:
    """Onsets, syllables and pitches against the plan."""
    late, cents = list[float](), list[float]()
    hits = sung = wanted = 0
    for take, assessment in judged:
        notes = [p.sung for p in assessment.alignment.pairs if p.sung] + list(assessment.alignment.added)
        off = np.abs(np.subtract.outer([n.onset for n in take.plan], [n.onset for n in notes] or [np.inf]))
        hits, sung, wanted = hits + int((off.min(axis=1) < NEAR).sum()), sung + len(notes), wanted + len(take.plan)
        for note, nearest, which in zip(take.plan, off.min(axis=1), off.argmin(axis=1), strict=True):
            if nearest < SAME and note.pitch is not None and (heard := notes[which].pitch) is not None:
                late.append(float(nearest))
                cents.append(100.0 * abs(heard - note.pitch))
    yield "vowel onsets off by (median, s)", float(np.median(late)), "<= 0.03"
    yield "vowel onsets off by (p90, s)", float(np.percentile(late, 90)), "<= 0.08"
    yield "syllables within 80 ms, F1", 2 * hits / (sung + wanted), ">= 0.85"
    yield "pitch off by (median, cents)", float(np.median(cents)), "<= 15"
    yield "pitch off by (p90, cents)", float(np.percentile(cents, 90)), "<= 50"
    yield "octave errors", float(np.mean(np.array(cents) > OCTAVE)), "< 0.01"


assert {*COUNTS, *SEVERITY, *UNEVEN, *RANDOM, *FREE} <= set(FAULTS)
