"""Headphones or loudspeakers: how much of the model the microphone hears, measured with a sweep. Pure.

The sweep gives the path from loudspeaker to microphone (Farina 2000); the model is sent down that path, and its level
there is laid beside that of the person's voice. The room's noise has no part in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from mit.audio import Audio, Samples, decibels
from mit.device.watchdog import FRAME, QUARTER, SOUNDLESS

Floats = NDArray[np.float64]

LOW, HIGH = 80.0, 7000.0
"""Hz of the sweep: what of a voice the microphone can take up."""

SWEEP = 1.5
"""Seconds: 27 dB over the room's noise by length alone."""

LEAD, TAIL = 0.2, 1.0
"""Seconds of silence before the sweep, and after it: a wireless loudspeaker and its room."""

SWEEP_PEAK = 0.14
"""As loud as the model: -20 dB RMS."""

FADE = 0.02
EARLY, LATEST = 0.05, 0.4
"""Seconds around its due time in which the sound may arrive."""

BEFORE, ROOM = 0.005, 0.25
"""Seconds of the path around its strongest moment: a living room's first reflections, where nearly all energy is."""

CLEAR = 6.0
"""dB over what noise alone would seem to be, from which the sweep was heard."""

HEADPHONES = -30.0
"""dB re the voice: 15 under the gate that tells a voice from bleed (at -20, one silent note in eleven passed it)."""

DROWNED = 0.0
"""dB re the voice: from here on the model cannot be taken out safely."""

WIRE_BAND = (250.0, 1000.0, 4500.0, 6500.0)
"""Hz: between the middle two a path is looked at in full, outside of the outer two not at all. Steeper, and the band's
own ringing would look like a room."""

DIRECT = 0.004
IDENTICAL = -30.0
"""dB of the path outside DIRECT seconds of its strongest moment, re all of it: no air sounds like that, only a wire."""

SAME_GAIN = 3.0
"""dB around none: a wire also gives the sound back as loud as it went out."""


class Ears(StrEnum):
    """What the person listens with, as the microphone sees it. The values are keys of the language catalogue."""

    HEADPHONES = "headphones"
    SPEAKERS = "speakers"
    DROWNED = "drowned"  # loudspeakers that are louder than the voice
    WIRE = "wire"  # no microphone: the computer hears itself


@dataclass(frozen=True, slots=True)
class Bleed:
    """over_voice: dB of the model at the microphone re the voice; heard: whether it was heard at all, else the
    figure is what the noise would have hidden; wire: whether the path is that of a wire."""

    over_voice: float
    heard: bool
    wire: bool = False

    @property
    def ears(self) -> Ears:
        if self.wire:
            return Ears.WIRE
        if not self.heard or self.over_voice <= HEADPHONES:
            return Ears.HEADPHONES
        return Ears.DROWNED if self.over_voice > DROWNED else Ears.SPEAKERS


def sweep(rate: int) -> Audio:
    """The sweep to play at `rate` Hz, with silence around it: a tone that glides from LOW to HIGH."""
    tone = SWEEP_PEAK * _tone(rate)
    return Audio(np.pad(tone, (round(LEAD * rate), round(TAIL * rate))).astype(np.float32), rate)


def measure_bleed(heard: Audio, model: Audio, *, due: float, voice: float, loudness: float = 0.0) -> Bleed:
    """How loud the model is at the microphone.

    heard: the sweep as it came in, until TAIL after it; due: seconds into it at which the sweep's file began to play;
    model: at the same rate; voice: dB re full scale of the loudest quarter of the voice at this microphone; loudness:
    dB by which the player turned the sweep down, as it will the model.
    """
    path = _deconvolved(heard, due)
    rate = heard.rate
    begin = round(EARLY * rate)
    peak = int(np.argmax(np.abs(path[: begin + round(LATEST * rate)])))
    window = round((BEFORE + ROOM) * rate)
    first = max(0, peak - round(BEFORE * rate))
    direct, noise = path[first : first + window], path[len(path) - window :]
    level, floor = _level_after(model, direct), _level_after(model, noise)
    heard_at_all = level > floor + CLEAR
    return Bleed(max(level, floor) - voice, heard_at_all, heard_at_all and _is_wire(path, rate, loudness))


def _deconvolved(heard: Audio, due: float) -> Floats:
    """The path's answer to a click, from EARLY before its due time on, until LATEST, ROOM and a window of noise."""
    rate = heard.rate
    tone = SWEEP_PEAK * _tone(rate)
    size = len(heard.samples) + len(tone)
    sent = np.fft.rfft(tone, size)
    power = np.abs(sent) ** 2
    answer = np.fft.irfft(np.fft.rfft(heard.samples, size) * np.conj(sent) / (power + 1e-3 * power.max()), size)
    first = round((due + LEAD - EARLY) * rate)
    past = round((EARLY + LATEST + 2 * (BEFORE + ROOM)) * rate)
    return np.roll(answer, -first)[:past]


def _level_after(model: Audio, path: Floats) -> float:
    """dB of the loudest quarter of the model's moments at the end of a path: as voices are measured."""
    size = len(model.samples) + len(path)
    there = np.fft.irfft(np.fft.rfft(model.samples, size) * np.fft.rfft(path, size), size)
    return loudest_quarter(there[: len(model.samples)], model.rate)


def loudest_quarter(samples: Samples | Floats, rate: int) -> float:
    """Mean level in dB of the loudest quarter of the moments of a sound that has no long pauses."""
    size = round(FRAME * rate)
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    levels = np.sort(decibels(np.mean(np.square(frames, dtype=np.float64), axis=1)))
    return float(np.mean(levels[-max(1, round(len(levels) * QUARTER)) :])) if len(levels) else SOUNDLESS


def _is_wire(path: Floats, rate: int, loudness: float) -> bool:
    """Whether the sound came back at once and whole, as loud as it went out."""
    spectrum, hertz = np.fft.rfft(path), np.fft.rfftfreq(len(path), 1 / rate)
    rise = np.interp(hertz, WIRE_BAND, (0.0, 1.0, 1.0, 0.0))
    answer = np.fft.irfft(spectrum * np.sin(np.pi / 2 * rise) ** 2, len(path))
    peak, near = int(np.argmax(np.abs(answer))), round(DIRECT * rate)
    energy = np.square(answer)
    rest = 1.0 - float(energy[max(0, peak - near) : peak + near + 1].sum() / energy.sum())
    gain = 10 * np.log10(float(np.square(path).sum())) - loudness
    return bool(10 * np.log10(max(rest, 1e-12)) < IDENTICAL and abs(gain) < SAME_GAIN)


def _tone(rate: int) -> Floats:
    """An exponential sweep with soft ends, its peak at 1."""
    times = np.arange(round(SWEEP * rate)) / rate
    ratio = np.log(HIGH / LOW)
    tone = np.sin(2 * np.pi * LOW * SWEEP / ratio * (np.exp(times / SWEEP * ratio) - 1.0))
    edge = np.minimum(1.0, np.minimum(times, times[::-1]) / FADE)
    return np.asarray(tone * edge, np.float64)
