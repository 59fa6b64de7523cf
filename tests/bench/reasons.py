"""The right reason: each fault alone, on phrases of 2 to 9 syllables, and where its cost shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from mit.calibration import shipped
from mit.dimensions import DIMENSIONS
from mit.melody import Melody, Note, intone
from mit.phrase import spell
from mit.practice import judge
from mit.score import Score, Verdict
from tests import faults
from tests.bench.figures import Figure
from tests.drawn import draw
from tests.faults import Plan
from tests.voices import follow

PATTERNS = ("HL", "LHL", "LLHL", "HLLHL", "LHLLHL", "LLHLHLL", "LHLLHLHL", "LHLHLLHLL")
LONGER = "3 and more"
"""Syllables, leaving out the shortest pattern."""

TUNE, TIME, COUNT, NONE = ("contour", "interval", "pitch"), ("rhythm", "onset"), ("completeness",), ()

Made = tuple[Plan, int | None]
"""A faulty plan, and the syllable that is to be told of (None: the fault is on all, or between them)."""


def _middle(plan: Sequence[object]) -> int:
    return len(plan) // 2


FAULTS: dict[str, tuple[tuple[str, ...], Callable[[Plan, int], Made]]] = {
    "one note 1 semitone off": (TUNE, lambda p, s: (faults.shift_note(p, _middle(p), -1.0), _middle(p))),
    "one note 2 semitones off": (TUNE, lambda p, s: (faults.shift_note(p, _middle(p), 2.0), _middle(p))),
    "monotone": (TUNE, lambda p, s: (faults.flatten(p), None)),
    "inverted": (TUNE, lambda p, s: (faults.invert(p), None)),
    "compressed to 50 %": (TUNE, lambda p, s: (faults.compress(p, 0.5), None)),
    "one long pause": (TIME, lambda p, s: (faults.pause_before(p, _middle(p), 1.5), _middle(p))),
    "jitter 15 %": (TIME, lambda p, s: (faults.jitter(p, 0.15, seed=s), None)),
    "jitter 30 %": (TIME, lambda p, s: (faults.jitter(p, 0.30, seed=s), None)),
    "even for long-short": (TIME, lambda p, s: (faults.even(p), None)),
    "missing first": (COUNT, lambda p, s: (faults.drop(p, 0), 0)),
    "missing middle": (COUNT, lambda p, s: (faults.drop(p, _middle(p)), _middle(p))),
    "missing last": (COUNT, lambda p, s: (faults.drop(p, len(p) - 1), len(p) - 1)),
    "added": (COUNT, lambda p, s: (faults.add(p, _middle(p)), None)),
    "false start once": (COUNT, lambda p, s: (faults.false_start(p, _middle(p)), None)),
    "false start twice": (COUNT, lambda p, s: (faults.false_start(p, 0, times=2), None)),
    "octave jump": (NONE, lambda p, s: (faults.octave(p, _middle(p)), None)),
    "half tempo": (NONE, lambda p, s: (faults.tempo(p, 2.0), None)),
    "drift 300 cents": (NONE, lambda p, s: (faults.drift(p, 300.0), None)),
    "transposed": (NONE, lambda p, s: (faults.transpose(p, -7.0), None)),
}


def melody(pattern: str, *, long_short: bool = False) -> Melody:
    """The phrase of a pattern; `long_short`: every second syllable half as long."""
    plain = intone(spell(" ".join(f"na{k}" for k in range(len(pattern))), pattern), beat=0.8)
    if not long_short:
        return plain
    lengths = [n.duration * (0.5 if k % 2 else 1.0) for k, n in enumerate(plain.notes)]
    starts = np.concatenate(([0.0], np.cumsum(lengths)[:-1]))
    notes = zip(plain.notes, starts, lengths, strict=True)
    return Melody(tuple(Note(float(at), length, n.pitch, n.text) for n, at, length in notes))


def costs(score: Score) -> dict[str, float]:
    """What each dimension took from the weighted mean."""
    return {d.name: shipped().weights[d.name] * (1.0 - v) for d in DIMENSIONS if (v := score.parts[d.name]) is not None}


def judged(fault: str, pattern: str, seed: int) -> tuple[Score, bool | None]:
    """What is made of a fault, and whether the syllable that the singer is told of is the right one."""
    target = melody(pattern, long_short=fault == "even for long-short")
    plan, hit = FAULTS[fault][1](follow(target.notes), seed)
    found = judge(draw(plan, seed=seed), target)
    tip = found.feedback.try_next
    named = None if hit is None else tip is not None and tip.syllable == (target.notes[hit].text or "").upper()
    return found.score, named


class Cost(NamedTuple):
    """What a fault cost: mean by dimension, the share of it in the fault's own, the share of phrases in which the
    singer is told of the right syllable (None: it is on no single one), and how far the score fell."""

    mean: dict[str, float]
    share: float
    place: float | None
    lost: float


def cost(fault: str, patterns: Sequence[str] = PATTERNS) -> Cost:
    """What a fault costs on phrases of these patterns, where they are scored."""
    own = FAULTS[fault][0]
    found = [judged(fault, p, k) for k, p in enumerate(patterns)]
    scored = [(s, named) for s, named in found if s.verdict is Verdict.SCORED]
    taken = [costs(s) for s, _ in scored]
    mean = {d.name: float(np.mean([t.get(d.name, 0.0) for t in taken])) for d in DIMENSIONS}
    total = sum(mean.values())
    places = [named for _, named in scored if named is not None]
    return Cost(
        mean,
        sum(mean[name] for name in own) / total if own and total > 0 else 1.0,
        float(np.mean(places)) if places else None,
        1.0 - float(np.mean([s.score for s, _ in scored])),
    )


def figures() -> Iterator[Figure]:
    """For each fault the share of its cost that its own parts take, or what it costs where it should cost nothing."""
    for fault, (own, _) in FAULTS.items():
        every, longer = cost(fault), cost(fault, PATTERNS[1:])
        beside = {**every.mean, "score lost": every.lost}
        if own:
            yield Figure(f"{fault}: cost in its own part", every.share, ">= 0.90", {LONGER: longer.share, **beside})
        else:
            yield Figure(f"{fault}: costs", every.lost, "< 0.05", {LONGER: longer.lost, **beside})
        if every.place is not None and longer.place is not None:
            yield Figure(f"{fault}: the right syllable named", every.place, ">= 0.90", {LONGER: longer.place})
