"""From the spectra that the network makes to samples: pulses and noise through them, and an inverse transform.

    S = exp(harmonic) e^(i pi tanh(turn)) STFT(pulses at f0) + exp(noise) Z + exp(free) e^(i phase)

After hibari/dsp.py (hibari-tts 0.2.1, Apache-2.0), with one change: the phase of the third part, which carries all
hiss and breath, is scattered from frame to frame. As the network gives it, it hardly moves where a sound lasts, the
same 12.5 ms repeat, and a hiss becomes a buzz of 80 Hz.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Frames = NDArray[np.float32]

RATE = 24000
"""Hz of the samples."""

HOP, WINDOW = 300, 1200
"""Samples from frame to frame (12.5 ms) and in a window: what the network was trained with."""

OVERLAP = WINDOW // HOP
LOUDEST = 7.0
"""Natural logarithm of the largest magnitude taken: a guard of the original against a runaway frame."""

TOP = 11000.0
"""Hz: the highest harmonic of the pulses."""

LEAST_F0 = 40.0
"""Hz under which a frame has no pulses."""

SCATTER, SCATTER_BINS = 2.5, 4.0
"""Radians (standard deviation) and bins of 20 Hz. Frames no longer repeat, but as neighbouring bins turn together,
a burst stays where it is within its frame. Measured on the phrases: no frame of a hiss is heard as 80 Hz, its level
changes by under 1.5 dB; phases drawn for each bin alone smear the bursts (3 dB)."""

BIN = RATE / WINDOW
"""Hz from bin to bin."""

HISS, HISS_FULL, HUSHED = 300.0, 400.0, 4.0
"""Hz up to which hiss and breath are taken away and from which they are whole; and by how much, as a natural
logarithm (35 dB). The network lets them stand in for the voice where a nasal closes to a stop; scattered, the few low
bins beat together, and Praat hears 80 to 95 Hz. Measured on the phrases: a gentler edge leaves some of it."""

SEED = 20081103


@dataclass(frozen=True, slots=True, eq=False)
class Spectra:
    """What the network makes of a phrase: five arrays of shape (601 bins of 20 Hz, frames of 12.5 ms)."""

    harmonic: Frames
    turn: Frames
    noise: Frames
    free: Frames
    phase: Frames


def lengthen_tract(spectra: Spectra, factor: float) -> Spectra:
    """Move all resonances to `factor` times their frequency: under 1 is a longer vocal tract, a man's."""
    count = len(spectra.harmonic)
    source = np.clip(np.arange(count) / factor, 0, count - 1)
    below = source.astype(int)
    above, part = np.minimum(below + 1, count - 1), (source - below)[:, None].astype(np.float32)

    def blend(x: Frames) -> Frames:
        blended: Frames = x[below] * (1 - part) + x[above] * part
        return blended

    s = spectra
    # A phase cannot be blended across its turn from pi to -pi: the nearest bin's is taken.
    phase = s.phase[np.round(source).astype(int)]
    return Spectra(blend(s.harmonic), blend(s.turn), blend(s.noise), blend(s.free), phase)


def draw_out(spectra: Spectra, places: NDArray[np.floating]) -> Spectra:
    """The spectra at these places (fractions of frames, rising), blended between frames."""
    last = spectra.harmonic.shape[1] - 1
    below = np.clip(np.floor(places).astype(int), 0, last)
    above, part = np.minimum(below + 1, last), np.clip(places - below, 0.0, 1.0).astype(np.float32)

    def blend(x: Frames) -> Frames:
        blended: Frames = x[:, below] * (1 - part) + x[:, above] * part
        return blended

    s = spectra
    phase = s.phase[:, np.clip(np.round(places).astype(int), 0, last)]
    return Spectra(blend(s.harmonic), blend(s.turn), blend(s.noise), blend(s.free), phase)


def less_breath(spectra: Spectra, amount: NDArray[np.floating]) -> Spectra:
    """Turn the breath down, by `amount` dB in each frame."""
    return replace(spectra, free=spectra.free - (amount * (np.log(10) / 20)).astype(np.float32))


def clear_hiss(spectra: Spectra, f0: NDArray[np.floating]) -> Spectra:
    """Take the lows from hiss and breath, and from all noise where there is no voice. f0: Hz, 0 where unvoiced."""
    below = np.clip((HISS_FULL - np.arange(len(spectra.free)) * BIN) / (HISS_FULL - HISS), 0.0, 1.0)
    quieter = (below[:, None] * HUSHED).astype(np.float32)
    unvoiced = (f0 <= LEAST_F0).astype(np.float32)
    return replace(spectra, noise=spectra.noise - quieter * unvoiced, free=spectra.free - quieter)


def waveform(spectra: Spectra, f0: NDArray[np.floating]) -> Frames:
    """Samples at RATE, HOP for each frame. f0: Hz for each frame, 0 where unvoiced. Same input, same samples."""
    from scipy import fft  # late, see the rules of imports; it keeps float32, which halves the time

    random = np.random.default_rng(SEED)
    shape = spectra.harmonic.shape
    pulse_frames = np.lib.stride_tricks.sliding_window_view(_padded(_pulses(f0)), WINDOW)[::HOP][: shape[1]]
    # A unit cosine then has magnitude 1, so that exp(harmonic) is that of the harmonic.
    spectrum = fft.rfft(pulse_frames * (_hann() / (WINDOW / 4)), axis=1).T
    spectrum = spectrum * _polar(spectra.harmonic, np.float32(np.pi) * np.tanh(spectra.turn))
    noise = random.standard_normal((shape[0], 2 * shape[1]), dtype=np.float32).view(np.complex64)
    spectrum += noise * _magnitude(spectra.noise)
    spectrum += _polar(spectra.free, spectra.phase + _scatter(shape, random))
    return _overlap_add(fft.irfft(spectrum.T, WINDOW, axis=1))


def _magnitude(log: Frames) -> Frames:
    magnitude: Frames = np.exp(np.minimum(log, np.float32(LOUDEST)))
    return magnitude


def _polar(log: Frames, angle: Frames) -> NDArray[np.complex64]:
    magnitude = _magnitude(log)
    value = np.empty(log.shape, np.complex64)
    value.real, value.imag = magnitude * np.cos(angle), magnitude * np.sin(angle)
    return value


def _scatter(shape: tuple[int, ...], random: np.random.Generator) -> Frames:
    """Angles that differ from frame to frame and change slowly from bin to bin."""
    from scipy.ndimage import gaussian_filter1d

    drawn = gaussian_filter1d(random.standard_normal(shape, dtype=np.float32), SCATTER_BINS, axis=0)
    scattered: Frames = drawn * np.float32(SCATTER / drawn.std())
    return scattered


def _pulses(f0: NDArray[np.floating]) -> Frames:
    """Band-limited pulses, every harmonic below TOP with amplitude 1; nothing where unvoiced. HOP samples a frame.

    The sum of cosines is closed: sum over h <= H of cos(h t) = sin((H + 1/2) t) / (2 sin(t / 2)) - 1/2.
    """
    centres, sung = np.arange(len(f0)) * HOP + HOP / 2 - 0.5, f0 > LEAST_F0
    if not sung.any():
        return np.zeros(len(f0) * HOP, np.float32)
    # Where the voice stops its pitch stays: a line that fell to 0 would pass through 80 Hz on its way.
    line = np.interp(np.arange(len(f0) * HOP), centres[sung], f0[sung])
    strength = np.interp(np.arange(len(f0) * HOP), centres, sung)
    angle = 2 * np.pi * (np.cumsum(line / RATE) % 1.0)
    count = np.floor(TOP / line) + 0.5
    half = 2 * np.sin(angle / 2)
    at_pulse = np.abs(half) <= 2e-3  # the limit of the quotient there
    sums = np.where(at_pulse, count, np.sin(count * angle) / np.where(at_pulse, 1.0, half)) - 0.5
    pulses: Frames = (strength * sums).astype(np.float32)
    return pulses


def _padded(samples: Frames) -> Frames:
    return np.pad(samples, WINDOW // 2, mode="reflect")


def _hann() -> Frames:
    hann: Frames = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)).astype(np.float32)
    return hann


def _overlap_add(frames: Frames) -> Frames:
    """Join windows (frames, WINDOW) at their hop; each sample is divided by the windows that it was seen through."""
    hann = _hann()
    blocks = (frames * hann).reshape(-1, OVERLAP, HOP)
    squares = (hann * hann).reshape(OVERLAP, HOP)
    joined = np.zeros((len(blocks) + OVERLAP - 1, HOP), np.float32)
    seen = np.zeros_like(joined)
    for k in range(OVERLAP):
        joined[k : k + len(blocks)] += blocks[:, k]
        seen[k : k + len(blocks)] += squares[k]
    joined /= np.maximum(seen, 1e-8)
    return joined.reshape(-1)[WINDOW // 2 : WINDOW // 2 + len(frames) * HOP]
