"""Whether a voice reaches the microphone as it should: one of four states, each with one remedy. Pure.

The room is heard first; then only moments that rise over it count, and of those the loudest quarter of the latest.
So neither pauses nor a slow start change the verdict, and someone who moves closer is heard to have done so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from mit.audio import Samples, decibels
from mit.device.watchdog import CLIPPED, FRAME, FULL, LEAST_VOICE, QUARTER, SOUNDLESS, ZEROS


class Level(StrEnum):
    """How a voice comes in. The values are keys of the language catalogue, the loudest first."""

    LOUD = "loud"
    GOOD = "good"
    QUIET = "quiet"
    NOTHING = "nothing"


TOO_LOUD = -6.0
"""dB re full scale: a voice whose loudest quarter lies here has its peaks cut off, wherever the converter stops."""

TOO_QUIET = -34.0
"""dB re full scale (RMS 0.02): speech close to a microphone has -18; the noise of cheap sound cards is at -60."""

NO_VOICE = -54.0
"""dB re full scale (RMS 0.002): what stays below was not meant for this microphone."""

OVER_ROOM = 15.0
"""dB that a good voice lies over the room: 10 are needed to judge it, and a person turns the head now and then."""

RISE = 6.0
"""dB over the room from which a moment is voice: rooms swing by 3 from moment to moment."""

RECENT = 3.0
"""Seconds of voice that are looked back on: one breath, so that a step closer shows at once."""

PATIENCE = 6.0
"""Seconds without any voice after which it is said that none is heard."""

LOUD_ROOM = -40.0
"""dB re full scale: a room in which no usual voice (-25) stands out by OVER_ROOM."""

ROOM_SHARE = 25
"""Percentile of a room's moments that is its level: a knock or a word during the sampling does not raise it."""


FALL = 20 / 1.7
"""dB a second by which the shown level falls at most (IEC 60268-10, type I): a meter that follows every syllable would
flash."""


class Moment(NamedTuple):
    """FRAME seconds of voice: dB, and how many samples were cut off."""

    level: float
    clipped: int


@dataclass(frozen=True, slots=True, eq=False)
class Hearing:
    """What was heard so far. room: dB; rate: Hz; voice: the latest RECENT seconds of it; now: dB of the last
    moment, or as far as the meter has fallen since a louder one; zeros: seconds of exact zeros at the end; waited:
    seconds since the last voice; rest: samples of no whole moment."""

    room: float
    rate: int
    voice: tuple[Moment, ...] = ()
    now: float = SOUNDLESS
    zeros: float = 0.0
    waited: float = 0.0
    rest: Samples = field(default_factory=lambda: np.zeros(0, np.float32))

    @property
    def muted(self) -> bool:
        """Nothing but exact zeros: switched off or not permitted, for every microphone has a noise of its own."""
        return self.zeros > ZEROS

    @property
    def voice_level(self) -> float | None:
        """dB of the loudest quarter of the voice; None before there was enough of it."""
        if len(self.voice) * FRAME < LEAST_VOICE:
            return None
        loudest = sorted(moment.level for moment in self.voice)[-max(1, round(len(self.voice) * QUARTER)) :]
        return float(np.mean(loudest))


def room_level(samples: Samples, rate: int) -> float | None:
    """The room's level in dB re full scale, at least SOUNDLESS; None where there are only exact zeros."""
    if not np.any(samples):
        return None
    moments = [moment.level for moment in _moments(samples, rate)[0]]
    return max(SOUNDLESS, float(np.percentile(moments, ROOM_SHARE))) if moments else None


def attend(hearing: Hearing, samples: Samples) -> Hearing:
    """Hear on (float32, shape (n,), n may be 0). How the samples are cut into blocks makes no difference."""
    if not len(samples):
        return hearing
    moments, rest = _moments(np.concatenate((hearing.rest, samples)), hearing.rate)
    least = max(NO_VOICE, hearing.room + RISE)
    voice = tuple(moment for moment in moments if moment.level >= least)
    sounding = np.flatnonzero(samples)
    silent = len(samples) - 1 - int(sounding[-1]) if len(sounding) else len(samples)
    since = next((k for k, moment in enumerate(reversed(moments)) if moment.level >= least), None)
    return replace(
        hearing,
        voice=(*hearing.voice, *voice)[-round(RECENT / FRAME) :],
        now=_fallen(hearing.now, moments),
        zeros=silent / hearing.rate + (0.0 if len(sounding) else hearing.zeros),
        waited=hearing.waited + FRAME * len(moments) if since is None else FRAME * since,
        rest=rest,
    )


def wanted_level(room: float) -> float:
    """dB from which a voice is good in this room: the lower of the two lines on the meter."""
    return max(TOO_QUIET, room + OVER_ROOM)


def verdict(hearing: Hearing) -> Level | None:
    """How the voice comes in; None while there was too little of it to tell."""
    if hearing.muted:
        return Level.NOTHING
    level = hearing.voice_level
    if level is None:
        return Level.NOTHING if hearing.waited >= PATIENCE else None
    if level >= TOO_LOUD or sum(moment.clipped for moment in hearing.voice) >= CLIPPED:
        return Level.LOUD
    return Level.GOOD if level >= wanted_level(hearing.room) else Level.QUIET


def _fallen(now: float, moments: list[Moment]) -> float:
    """Up at once, down slowly."""
    for moment in moments:
        now = max(moment.level, now - FALL * FRAME)
    return now


def _moments(samples: Samples, rate: int) -> tuple[list[Moment], Samples]:
    size = round(FRAME * rate)
    whole = len(samples) // size * size
    frames = samples[:whole].reshape(-1, size)
    levels = decibels(np.mean(np.square(frames, dtype=np.float64), axis=1)) if whole else np.zeros(0)
    clipped = np.count_nonzero(np.abs(frames) >= FULL, axis=1)
    return [Moment(*pair) for pair in zip(levels.tolist(), clipped.tolist(), strict=True)], samples[whole:]
