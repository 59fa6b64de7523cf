"""What can be wrong with a microphone, told from what came from it. Pure: no clock, no device.

Neither exceptions nor flags tell of a microphone that was pulled out, muted or forbidden: the blocks go on, all of
them zeros. So the sound itself is watched.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from mit.audio import Samples, decibels
from mit.device import Trouble

GAP = 0.5
"""Seconds without a block after which a running stream counts as stopped: blocks come every 20 ms."""

FIRST_GAP = 3.0
"""Seconds that the first block may take: a Bluetooth headset changes its profile first, which takes one or two."""

ZEROS = 1.0
"""Seconds of exact zeros that no working microphone gives: its own noise moves the last bit many times a second."""

FULL = 0.99
"""Magnitude from which a sample counts as cut off: converters stop a little below 1."""

CLIPPED = 8
"""Samples at full scale that make a take too loud: one click or plosive has fewer, one loud vowel has hundreds."""

FRAME = 0.05
"""Seconds of a level frame: four periods of the lowest voice, shorter than a syllable."""

SOUNDLESS = -90.0
"""dB: the last bit of 16. A frame below it came from no room, only from a resampler's last digits."""

FAIR_CHANCE = 1.0
"""Seconds of sound before anyone is called too quiet."""

VOICE_RISE = 10.0
"""dB over the room from which a frame counts as voice: below that the pitch tracker is unsure as well."""

ROOM_FRAMES = 5
"""The room is the fifth quietest frame: fewer may be a microphone's own fade-in, more would need a longer pause."""

LEAST_VOICE = 0.5
"""Seconds of voice before anyone is called too quiet: a breath is shorter, the shortest phrase longer."""

QUIET = -40.0
"""dB re full scale (RMS 0.01) below which the loudest quarter of a voice is too quiet: near the noise of cheap sound
cards (-60 dB) with 20 dB to spare for the pitch tracker. Speech close to a microphone has about -18 dB."""

QUARTER = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What came from a source so far.

    rate: Hz; zeros: seconds of exact zeros at the end; clipped: samples at full scale; levels: dB of each whole frame
    that was not soundless; rest: samples of the frame that is not whole yet.
    """

    rate: int
    zeros: float = 0.0
    clipped: int = 0
    levels: tuple[float, ...] = ()
    rest: Samples = field(default_factory=lambda: np.zeros(0, np.float32))


def hear(heard: Heard, samples: Samples) -> Heard:
    """Add samples (float32, shape (n,), n may be 0). How they are cut into blocks makes no difference."""
    if not len(samples):
        return heard
    sounding = np.flatnonzero(samples)
    silent = len(samples) - 1 - int(sounding[-1]) if len(sounding) else len(samples)
    frames, rest = _frames(np.concatenate((heard.rest, samples)), round(FRAME * heard.rate))
    levels = decibels(np.mean(np.square(frames, dtype=np.float64), axis=1))
    return replace(
        heard,
        zeros=silent / heard.rate + (0.0 if len(sounding) else heard.zeros),
        clipped=heard.clipped + int(np.count_nonzero(np.abs(samples) >= FULL)),
        levels=heard.levels + tuple(levels[levels > SOUNDLESS].tolist()),
        rest=rest,
    )


def _frames(samples: Samples, size: int) -> tuple[Samples, Samples]:
    whole = len(samples) // size * size
    return samples[:whole].reshape(-1, size), samples[whole:]


def loudness(heard: Heard) -> float | None:
    """Mean level in dB of the loudest quarter of the voiced frames; None before there was a fair chance to sing.

    Only frames that rise over the room count, so neither long pauses nor a late start move it.
    """
    levels = np.sort(np.array(heard.levels))
    if len(levels) < max(ROOM_FRAMES, FAIR_CHANCE / FRAME):
        return None
    voice = levels[levels >= levels[ROOM_FRAMES - 1] + VOICE_RISE]
    if len(voice) * FRAME < LEAST_VOICE:
        return None
    return float(np.mean(voice[-max(1, round(len(voice) * QUARTER)) :]))


def level_trouble(heard: Heard) -> Trouble | None:
    """Too loud or too quiet: troubles of the sound itself, also in a file."""
    if heard.clipped >= CLIPPED:
        return Trouble.CLIPPING
    level = loudness(heard)
    return Trouble.QUIET if level is not None and level < QUIET else None


def stream_stopped(*, active: bool, begun: bool, waited: float) -> bool:
    """Whether a stream has died. active: what the sound system says; begun: a block came; waited: seconds since the
    last block, or since the opening when none came."""
    return not active or waited > (GAP if begun else FIRST_GAP)


def find_trouble(heard: Heard, *, active: bool, waited: float) -> Trouble | None:
    """The worst that can be told of an open microphone. active, waited: as in `stream_stopped`."""
    begun = bool(heard.levels) or heard.zeros > 0 or len(heard.rest) > 0
    if stream_stopped(active=active, begun=begun, waited=waited):
        return Trouble.STOPPED
    if heard.zeros > ZEROS:
        return Trouble.ZEROS
    return level_trouble(heard)
