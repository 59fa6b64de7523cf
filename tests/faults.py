"""Faults planted in a singer's plan, each alone and with an exact truth: plans in, plans out."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from tests.voices import Sung

Plan = tuple[Sung, ...]

SHORTEST = 0.2
"""Seconds between two onsets, however uneven: faster is no syllable but a stutter."""


def transpose(plan: Sequence[Sung], semitones: float) -> Plan:
    """All of it in another key."""
    return _pitched(plan, lambda k, pitch: pitch + semitones)


def shift_note(plan: Sequence[Sung], i: int, semitones: float) -> Plan:
    """Note i off by some semitones."""
    return _pitched(plan, lambda k, pitch: pitch + semitones * (k == i))


def octave(plan: Sequence[Sung], i: int, *, up: bool = True) -> Plan:
    """Note i in another octave."""
    return shift_note(plan, i, 12.0 if up else -12.0)


def flatten(plan: Sequence[Sung]) -> Plan:
    """Monotone, on the lowest pitch."""
    lowest = min(_pitches(plan))
    return _pitched(plan, lambda k, pitch: lowest)


def invert(plan: Sequence[Sung]) -> Plan:
    """Up where it goes down: mirrored about the middle of its range."""
    edges = min(_pitches(plan)) + max(_pitches(plan))
    return _pitched(plan, lambda k, pitch: edges - pitch)


def compress(plan: Sequence[Sung], factor: float) -> Plan:
    """Intervals times a factor (0.5: half as wide), about the mean pitch."""
    middle = statistics.fmean(_pitches(plan))
    return _pitched(plan, lambda k, pitch: middle + factor * (pitch - middle))


def drift(plan: Sequence[Sung], cents: float) -> Plan:
    """The key moves evenly, by this much from the first onset to the last."""
    first, span = plan[0].onset, max(plan[-1].onset - plan[0].onset, 1e-9)
    return _pitched(plan, lambda k, pitch: pitch + cents / 100 * (plan[k].onset - first) / span)


def random_notes(plan: Sequence[Sung], sd: float, *, seed: int) -> Plan:
    """Every note off by itself; sd in semitones."""
    errors = np.random.default_rng(seed).normal(0.0, sd, len(plan))
    return _pitched(plan, lambda k, pitch: pitch + float(errors[k]))


def whisper(plan: Sequence[Sung], i: int) -> Plan:
    """Syllable i without voice."""
    return tuple(note._replace(pitch=None) if k == i else note for k, note in enumerate(plan))


def tempo(plan: Sequence[Sung], ratio: float) -> Plan:
    """All of it slower or faster: durations times `ratio` (2: half the tempo), from the first onset on."""
    first = plan[0].onset
    return tuple(
        note._replace(onset=first + ratio * (note.onset - first), duration=ratio * note.duration) for note in plan
    )


def wait(plan: Sequence[Sung], seconds: float) -> Plan:
    """All of it later."""
    return tuple(note._replace(onset=note.onset + seconds) for note in plan)


def jitter(plan: Sequence[Sung], sd: float, *, seed: int) -> Plan:
    """Uneven timing: each time between two onsets changed by itself; sd as a share of it (0.15, 0.3)."""
    factors = 1 + np.random.default_rng(seed).normal(0.0, sd, len(plan))
    return _timed(plan, [max(float(f) * step, SHORTEST) for f, step in zip(factors, _steps(plan), strict=True)])


def even(plan: Sequence[Sung]) -> Plan:
    """All syllables of one length, where the melody may have long and short ones."""
    return _timed(plan, [statistics.fmean(_steps(plan))] * len(plan))


def pause_before(plan: Sequence[Sung], i: int, seconds: float) -> Plan:
    """Silence before note i; the rest comes later by as much."""
    return (*plan[:i], *wait(plan[i:], seconds))


def drop(plan: Sequence[Sung], i: int, *, close: bool = False) -> Plan:
    """Syllable i left out: its time stays silent, or (`close`) the rest follows at once."""
    steps = _steps(plan)
    return (*plan[:i], *wait(plan[i + 1 :], -steps[i] if close else 0.0))


def add(plan: Sequence[Sung], i: int, *, text: str = "da") -> Plan:
    """A syllable too many after note i, on its pitch and as long; the rest comes later."""
    step = _steps(plan)[i]
    extra = plan[i]._replace(onset=plan[i].onset + step, duration=min(plan[i].duration, step), text=text)
    return (*plan[: i + 1], extra, *wait(plan[i + 1 :], step))


def false_start(plan: Sequence[Sung], i: int, *, times: int = 1, length: float = 0.25, pause: float = 0.25) -> Plan:
    """Note i begun and broken off, `times` times, before it is sung; the rest comes later."""
    each = length + pause
    starts = [plan[i]._replace(onset=plan[i].onset + k * each, duration=length) for k in range(times)]
    return (*plan[:i], *starts, *wait(plan[i:], times * each))


def drop_some(plan: Sequence[Sung], count: int, *, seed: int) -> Plan:
    """Some syllables left out, by chance, their time silent; one stays at least."""
    left = np.random.default_rng(seed).permutation(len(plan))[: min(count, len(plan) - 1)]
    return tuple(note for k, note in enumerate(plan) if k not in left)


def patient(plan: Sequence[Sung], severity: float, *, seed: int) -> Plan:
    """Several faults together, as far as the severity (0 to 1) goes: flat, off the notes, uneven, slow, with syllables
    left out, false starts and a pause."""
    rng = np.random.default_rng([seed, round(100 * severity)])
    sung = random_notes(compress(plan, 1 - 0.7 * severity), 1.2 * severity, seed=seed)
    sung = tempo(jitter(sung, 0.3 * severity, seed=seed), 1 + 0.5 * severity)
    sung = drop_some(sung, round(0.4 * severity * len(plan)), seed=seed)
    for _ in range(round(2 * severity)):
        sung = false_start(sung, int(rng.integers(len(sung))))
    return pause_before(sung, int(rng.integers(1, len(sung))), 1.5 * severity) if len(sung) > 1 else sung


def _pitches(plan: Sequence[Sung]) -> list[float]:
    return [note.pitch for note in plan if note.pitch is not None]


def _pitched(plan: Sequence[Sung], change: Callable[[int, float], float]) -> Plan:
    """The plan with each pitch changed by its place and value; whispers stay whispers."""
    return tuple(
        note if note.pitch is None else note._replace(pitch=change(k, note.pitch)) for k, note in enumerate(plan)
    )


def _steps(plan: Sequence[Sung]) -> list[float]:
    """Seconds from each onset to the next; for the last, its duration."""
    onsets = [note.onset for note in plan]
    return [*(after - before for before, after in pairwise(onsets)), plan[-1].duration]


def _timed(plan: Sequence[Sung], steps: Sequence[float]) -> Plan:
    """The plan with other times between its onsets; each note keeps its share of sound."""
    onsets = plan[0].onset + np.concatenate(([0.0], np.cumsum(steps)[:-1]))
    return tuple(
        note._replace(onset=float(onset), duration=note.duration * new / old)
        for note, onset, new, old in zip(plan, onsets, steps, _steps(plan), strict=True)
    )
