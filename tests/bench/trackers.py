"""Pitch trackers side by side on sung takes with a known f0, clean and under noise.

swift-f0 comes with `pip install -e '.[bench]'`. The takes of the speaking programs are made by WORLD, and whether they
are voiced was read by its harvest: pyworld's own trackers are flattered there.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mit.audio import ANALYSIS_RATE, Audio
from mit.pitch import F0_MAX, F0_MIN, track
from tests.bench.figures import Figure, spread
from tests.bench.takes import Ask, Take, families, plain, sung_take
from tests.noises import mix, noise
from tests.singers import MANNERS
from tests.voices import Sung

Floats = NDArray[np.floating]

OURS = "ours"
HOP = 0.01
RIGHT, OCTAVE = 50.0, (1100.0, 1300.0)
"""Cents: a frame is right within the first, and an octave off between the others."""

INNER = 0.1
"""Share of a note at either end that its pitch is not read from."""

SWIFT_VOICED = 0.5
"""Confidence of swift-f0 from which a frame is voiced (its documentation)."""

LEVEL = 0.01
"""Shares within which two trackers are level."""

CONDITIONS: dict[str, tuple[tuple[str, float], ...]] = {
    "clean": (("", 0.0),),
    "10 dB": (("white", 10.0), ("pink", 10.0), ("babble", 10.0)),
    "0 to 5 dB": (("white", 0.0), ("pink", 5.0), ("babble", 5.0)),
}


class Counts(NamedTuple):
    """Of one take: frames with voice, of them right, found voiced, an octave off; frames without, of them found
    voiced; notes, of them off by more than 50 cents or not heard."""

    voiced: int
    right: int
    found: int
    octave: int
    unvoiced: int
    alarms: int
    notes: int
    missed: int


class Measure(NamedTuple):
    """A share of counts, and whether more is better."""

    name: str
    of: Callable[[Counts], float]
    more: bool


MEASURES = (
    Measure("raw pitch accuracy", lambda c: c.right / c.voiced, True),
    Measure("voicing recall", lambda c: c.found / c.voiced, True),
    Measure("voicing false alarm", lambda c: c.alarms / c.unvoiced, False),
    Measure("octave errors", lambda c: c.octave / max(c.found, 1), False),
    Measure("notes off by over 50 cents", lambda c: c.missed / c.notes, False),
)


def _ours(samples: Floats, times: Floats) -> Floats:
    contour = track(Audio(samples.astype(np.float32), ANALYSIS_RATE))
    return _at(times, contour.times, contour.f0)


def _praat(samples: Floats, times: Floats) -> Floats:
    import parselmouth

    sound = parselmouth.Sound(samples.astype(np.float64), ANALYSIS_RATE)
    pitch = sound.to_pitch_ac(time_step=HOP, pitch_floor=F0_MIN, pitch_ceiling=F0_MAX)
    return _at(times, np.array(pitch.xs()), pitch.selected_array["frequency"])


def _dio(samples: Floats, times: Floats) -> Floats:
    import pyworld

    sound = samples.astype(np.float64)
    f0, at = pyworld.dio(sound, ANALYSIS_RATE, f0_floor=F0_MIN, f0_ceil=F0_MAX, frame_period=1000 * HOP)
    return _at(times, at, pyworld.stonemask(sound, f0, at, ANALYSIS_RATE))


def _harvest(samples: Floats, times: Floats) -> Floats:
    import pyworld

    sound = samples.astype(np.float64)
    f0, at = pyworld.harvest(sound, ANALYSIS_RATE, f0_floor=F0_MIN, f0_ceil=F0_MAX, frame_period=1000 * HOP)
    return _at(times, at, f0)


@cache
def _network() -> Any:
    from swift_f0 import SwiftF0

    return SwiftF0(threads=1)


def _swift(samples: Floats, times: Floats) -> Floats:
    heard = _network().detect(samples.astype(np.float32), ANALYSIS_RATE, fmin=F0_MIN, fmax=F0_MAX)
    return _at(times, np.asarray(heard.timestamps), np.where(heard.confidence >= SWIFT_VOICED, heard.pitch_hz, 0.0))


TRACKERS: dict[str, tuple[str, Callable[[Floats, Floats], Floats]]] = {
    OURS: ("", _ours),
    "Praat ac": ("parselmouth", _praat),
    "WORLD dio": ("pyworld", _dio),
    "WORLD harvest": ("pyworld", _harvest),
    "swift-f0": ("swift_f0", _swift),
}
"""Each with the module that it needs. All hear the same samples and look for the same range, else as they come."""


def _at(times: Floats, heard: Floats, f0: Floats) -> Floats:
    """f0 (NaN: no voice) at the frames nearest to some times."""
    nearest = np.clip(np.round(np.interp(times, heard, np.arange(len(heard)))).astype(int), 0, len(heard) - 1)
    found = np.asarray(f0, np.float64)[nearest]
    return np.where(found > 0, found, np.nan)


def lacking() -> tuple[str, ...]:
    """The trackers that are not installed here."""
    return tuple(name for name, (module, _) in TRACKERS.items() if module and not importlib.util.find_spec(module))


def figures(*, every: int = 1, jobs: int = 1) -> Iterator[Figure]:
    """Each measure of each condition: ours, and the others beside it."""
    asked = [plain(p, family, turn=k) for k, (family, p) in enumerate((f, p) for p in (4, 5, 6, 8) for f in families())]
    asked += [plain(5, family)._replace(manner=m) for family in families()[:2] for m in MANNERS]
    rows = spread(heard, asked[:: max(1, every)], jobs=jobs)
    for condition in CONDITIONS:
        for measure in MEASURES:
            by = {name: measure.of(_sum([row[condition][name] for row in rows])) for name in rows[0][condition]}
            yield _figure(condition, measure, by)


def _figure(condition: str, measure: Measure, by: Mapping[str, float]) -> Figure:
    """Ours against the best of the others: ahead or level is as it should be."""
    others = {name: value for name, value in by.items() if name != OURS}
    best = (max if measure.more else min)(others.values())
    aim = f">= {best - LEVEL:.3f}" if measure.more else f"<= {best + LEVEL:.3f}"
    return Figure(f"{condition}: {measure.name}", by[OURS], aim, others)


def heard(ask: Ask) -> dict[str, dict[str, Counts]]:
    """What each tracker makes of one take, by condition."""
    take = sung_take(ask)
    names = [name for name in TRACKERS if name not in lacking()]
    found: dict[str, dict[str, Counts]] = {}
    for condition, backgrounds in CONDITIONS.items():
        sounds = [_under(take, kind, snr) for kind, snr in backgrounds]
        found[condition] = {name: _sum([_counts(take, TRACKERS[name][1], s) for s in sounds]) for name in names}
    return found


def _under(take: Take, kind: str, snr: float) -> Floats:
    samples = take.sung.samples
    if not kind:
        return samples
    return mix(samples, noise(kind, len(samples) / ANALYSIS_RATE, seed=take.ask.seed), snr=snr)


def _counts(take: Take, tracker: Callable[[Floats, Floats], Floats], samples: Floats) -> Counts:
    times = np.arange(0.0, len(samples) / ANALYSIS_RATE, HOP)
    nearest = np.clip(np.searchsorted(take.sung.times, times), 0, len(take.sung.times) - 1)
    voiced, none = take.sung.voiced[nearest] == 1, take.sung.voiced[nearest] == 0
    f0 = tracker(samples, times)
    cents = 1200 * np.abs(np.log2(f0 / take.sung.f0[nearest]))
    octave = (cents > OCTAVE[0]) & (cents < OCTAVE[1])
    heard = np.isfinite(f0)
    return Counts(
        int(voiced.sum()),
        int((voiced & (cents < RIGHT)).sum()),
        int((voiced & heard).sum()),
        int((voiced & octave).sum()),
        int(none.sum()),
        int((none & heard).sum()),
        len(take.plan),
        sum(_is_off(note, times, f0, voiced) for note in take.plan),
    )


def _is_off(note: Sung, times: Floats, f0: Floats, voiced: NDArray[np.bool_]) -> bool:
    """Whether the median of what is heard inside a note lies over 50 cents off, or nothing is heard."""
    frames = np.flatnonzero(voiced & (times >= note.onset) & (times < note.onset + note.duration))
    inner = f0[frames[round(INNER * len(frames)) : round((1 - INNER) * len(frames))]]
    inner = inner[np.isfinite(inner)]
    return not len(inner) or abs(69 + 12 * np.log2(np.median(inner) / 440) - note.pitch) > RIGHT / 100


def _sum(counts: Sequence[Counts]) -> Counts:
    return Counts(*np.sum(np.array(counts), axis=0).tolist())
