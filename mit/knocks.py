"""Knocks on the table that the microphone hears while somebody sings: taps for whoever reaches no key.

A knock is there within a hundredth of a second, as loud as the voice, dull, and gone again before a syllable would be.
Only takes in which the model was silent are looked at: a tick of the pulse is a knock, too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mit.audio import Audio, decibels

Floats = NDArray[np.float64]

FRAME = 0.008
"""Seconds: shorter than the attack of any syllable, longer than half a period of the lowest voice."""

DULL = 1500.0
"""Hz under which a knock on wood has its strength; bursts of p, t and k lie above."""

RISE, BEFORE = 5.0, (7, 2)
"""dB over everything from seven to two frames before (56 to 16 ms). With 9 instead of 5, half of the knocks that fall
together with a vowel go unheard; with 5, real singers of 700 s who knocked on nothing gave eleven."""

FALL, AFTER = 4.0, (10, 16)
"""dB down again within 80 to 128 ms: the shortest sung syllable lasts longer."""

OVER_ROOM = 20.0
"""dB over the quietest tenth of the take."""

UNDER_VOICE = 10.0
"""dB under the loudest tenth that a knock has at least: what is softer may be a consonant at the end of a word."""

APART = 0.12
"""Seconds from one knock to the next: what follows sooner is the same hand, bouncing."""


def find_knocks(audio: Audio) -> tuple[float, ...]:
    """When knocks were heard: seconds from the start of the take."""
    size = round(FRAME * audio.rate)
    count = len(audio.samples) // size
    reach = max(*BEFORE, *AFTER)
    if count <= 2 * reach:
        return ()
    levels = decibels(np.mean(np.square(_dull(audio)[: count * size].reshape(count, size)), axis=1))
    room, loud = np.percentile(levels, (10, 90))
    least = max(room + OVER_ROOM, loud - UNDER_VOICE)
    padded = np.pad(levels, reach, constant_values=room)
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    before = around[:, reach - BEFORE[0] : reach - BEFORE[1] + 1].max(axis=1)
    after = around[:, reach + AFTER[0] : reach + AFTER[1] + 1].max(axis=1)
    hits = (levels >= least) & (levels >= before + RISE) & (levels >= after + FALL)
    return _apart((np.flatnonzero(hits) * FRAME).tolist())


def _dull(audio: Audio) -> Floats:
    """The sound below DULL, by a filter that shifts nothing in time."""
    spectrum = np.fft.rfft(audio.samples)
    spectrum[np.fft.rfftfreq(len(audio.samples), 1 / audio.rate) > DULL] = 0.0
    return np.asarray(np.fft.irfft(spectrum, len(audio.samples)), np.float64)


def _apart(times: list[float]) -> tuple[float, ...]:
    """The first of each group of moments that lie close together."""
    kept: list[float] = []
    for time in times:
        if not kept or time - kept[-1] >= APART:
            kept.append(time)
    return tuple(kept)
