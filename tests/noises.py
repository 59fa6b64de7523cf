"""What else a microphone hears: noises with a known level, and a room."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from tests.voices import VOICES, Sung, sing

Floats = NDArray[np.floating]
Samples = NDArray[np.float32]
Maker = Callable[[int, int, np.random.Generator], Floats]


def noise(kind: str, seconds: float, *, level: float = -40.0, rate: int = 16000, seed: int = 0) -> Samples:
    """One of NOISES. level: dB re full scale of what sounds (the pauses between knocks do not count)."""
    made = NOISES[kind](round(seconds * rate), rate, np.random.default_rng(seed))
    loudest = float(np.abs(made).max())
    sounding = made[np.abs(made) > 0.02 * loudest]
    gain = min(10 ** (level / 20) / float(np.sqrt(np.mean(sounding**2))), 0.98 / loudest)
    return (gain * made).astype(np.float32)


def mix(voice: Samples, other: Samples, *, snr: float) -> Samples:
    """A voice with another sound `snr` dB below it (power of what sounds of the voice, mean power of the other)."""
    other = np.resize(other, len(voice))
    sounding = voice[np.abs(voice) > 0.02 * np.abs(voice).max()]
    gain = np.sqrt(np.mean(sounding**2) / np.mean(other**2) / 10 ** (snr / 10))
    mixed = voice + gain * other
    return (mixed * min(1.0, 0.98 / float(np.abs(mixed).max()))).astype(np.float32)


def room(samples: Samples, *, rt60: float, rate: int = 16000, seed: int = 0) -> Samples:
    """The sound in a room: a direct path and a tail of noise that falls by 60 dB in `rt60` seconds, 6 dB softer."""
    count = round(rt60 * rate)
    tail = np.random.default_rng(seed).standard_normal(count) * 10 ** (-3 * np.arange(count) / count)
    tail[: round(0.003 * rate)] = 0
    tail *= 0.5 / np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    return signal.fftconvolve(samples, tail)[: len(samples)].astype(np.float32)


def _white(count: int, rate: int, rng: np.random.Generator) -> Floats:
    return rng.standard_normal(count)


def _pink(count: int, rate: int, rng: np.random.Generator) -> Floats:
    spectrum = np.fft.rfft(rng.standard_normal(count))
    return np.fft.irfft(spectrum / np.sqrt(np.maximum(np.fft.rfftfreq(count, 1 / rate), 20)), count)


def _hum(count: int, rate: int, rng: np.random.Generator) -> Floats:
    """Mains: 50 Hz and its odd harmonics, with a little hiss."""
    times = np.arange(count) / rate
    tones = sum(np.sin(2 * np.pi * 50 * h * times + rng.uniform(0, 6)) / h for h in (1, 2, 3, 5, 7))
    return tones + 0.01 * rng.standard_normal(count)


def _brown(count: int, rate: int, rng: np.random.Generator) -> Floats:
    """A fan or traffic: power falls with the square of frequency."""
    spectrum = np.fft.rfft(rng.standard_normal(count))
    return np.fft.irfft(spectrum / np.maximum(np.fft.rfftfreq(count, 1 / rate), 40), count)


def _taps(count: int, rate: int, rng: np.random.Generator) -> Floats:
    """A hand on the table, once a second or so: a thud at 100 to 250 Hz with a click."""
    return _scattered(count, rate, rng, every=0.9, make=_tap)


def _coughs(count: int, rate: int, rng: np.random.Generator) -> Floats:
    return _scattered(count, rate, rng, every=1.4, make=_cough)


def _barks(count: int, rate: int, rng: np.random.Generator) -> Floats:
    return _scattered(count, rate, rng, every=0.8, make=_bark)


def _breath(count: int, rate: int, rng: np.random.Generator) -> Floats:
    """Breathing at the microphone, four seconds a breath."""
    band = signal.butter(1, (300, 3000), "band", fs=rate, output="sos")
    swell = np.maximum(np.sin(2 * np.pi * np.arange(count) / rate / 2.0), 0) ** 2
    return signal.sosfilt(band, rng.standard_normal(count)) * swell


def _music(count: int, rate: int, rng: np.random.Generator) -> Floats:
    """Plucked chords from a radio."""
    times = np.arange(round(0.5 * rate)) / rate
    made = np.zeros(count + len(times))
    for first in range(0, count, len(times)):
        root = 45 + int(rng.integers(12))
        for step in (0, 7, 12, 16, 19, 24):
            hz = 440 * 2 ** ((root + step - 69) / 12)
            tones = sum(np.sin(2 * np.pi * hz * h * times) / h**1.5 for h in (1, 2, 3, 4))
            made[first : first + len(times)] += tones * np.exp(-4 * times) * np.minimum(times / 0.005, 1)
    return made[:count]


def _band(count: int, rate: int, rng: np.random.Generator) -> Floats:
    """A band: chords, a bass, a drum on the beat, a tune on top."""
    made = 0.6 * _music(count, rate, rng) / 3 + 0.8 * _tune(count, rate, rng, low=60)
    made += 0.8 * _tune(count, rate, rng, low=36)
    for first in range(0, count, rate // 2):
        drum = _tap(rate, rng)[: count - first]
        made[first : first + len(drum)] += drum
    return made


def _lone(count: int, rate: int, rng: np.random.Generator) -> Floats:
    """One instrument that plays a tune: to a tracker, a voice."""
    return _tune(count, rate, rng, low=55)


def _tune(count: int, rate: int, rng: np.random.Generator, *, low: int) -> Floats:
    """Notes of a scale, two a second, each struck and dying."""
    times = np.arange(round(0.5 * rate)) / rate
    made = np.zeros(count + len(times))
    for first in range(0, count, len(times)):
        hz = 440 * 2 ** ((low + int(rng.choice((0, 2, 4, 5, 7, 9, 12))) - 69) / 12)
        tones = sum(np.sin(2 * np.pi * hz * h * times) / h for h in (1, 2, 3, 4, 5))
        made[first : first + len(times)] += tones * np.exp(-3 * times) * np.minimum(times / 0.01, 1)
    return made[:count]


def _talker(count: int, rate: int, rng: np.random.Generator) -> Floats:
    """Someone who talks: quick syllables on falling lines, with pauses for breath."""
    voice = str(rng.choice(["alto", "tenor", "bass", "breathy"]))
    plan, onset, tone = [], 0.1, 4.0
    while onset < count / rate:
        step = rng.uniform(0.13, 0.26)
        syllable = str(rng.choice(list("bdfgklmnprstvw"))) + str(rng.choice(list("aeiou")))
        plan.append(Sung(onset, step, VOICES[voice].low + tone + rng.normal(0, 1.2), syllable))
        onset, tone = onset + step, tone - rng.uniform(0.2, 1.0)
        if tone < -2:
            onset, tone = onset + rng.uniform(0.2, 0.7), rng.uniform(3, 7)
    talk = sing(plan, voice=voice, rate=rate, seed=int(rng.integers(1 << 30)), gap=0.0, scoop=80.0)[:count]
    return np.pad(talk, (0, count - len(talk)))  # the last breath may come early


def _babble(count: int, rate: int, rng: np.random.Generator) -> Floats:
    """Six people who talk at once."""
    return sum((_talker(count, rate, rng) for _ in range(6)), np.zeros(count))


def _scattered(
    count: int, rate: int, rng: np.random.Generator, *, every: float, make: Callable[[int, np.random.Generator], Floats]
) -> Floats:
    """A short sound again and again, every so many seconds, give or take a third."""
    made, place = np.zeros(count), rng.uniform(0, every)
    while place * rate < count:
        piece = make(rate, rng)[: count - int(place * rate)]
        made[int(place * rate) : int(place * rate) + len(piece)] += piece * rng.uniform(0.6, 1.0)
        place += every * rng.uniform(0.67, 1.33)
    return made


def _tap(rate: int, rng: np.random.Generator) -> Floats:
    times = np.arange(round(0.15 * rate)) / rate
    thud = np.sin(2 * np.pi * rng.uniform(100, 250) * times) * np.exp(-times / 0.02)
    return thud + 0.6 * rng.standard_normal(len(times)) * np.exp(-times / 0.003)


def _cough(rate: int, rng: np.random.Generator) -> Floats:
    """An explosion of breath through a throat, and a short rough voice after it."""
    times = np.arange(round(0.35 * rate)) / rate
    throat = signal.butter(1, (400, 2500), "band", fs=rate, output="sos")
    blast = signal.sosfilt(throat, rng.standard_normal(len(times))) * np.minimum(times / 0.004, 1)
    rough = signal.sawtooth(2 * np.pi * np.cumsum(rng.uniform(90, 170, len(times))) / rate)
    return blast * np.exp(-times / 0.08) + 0.15 * rough * ((times > 0.15) & (times < 0.28))


def _bark(rate: int, rng: np.random.Generator) -> Floats:
    """A dog: a rough tone that jumps up and falls within 200 ms."""
    times = np.arange(round(0.22 * rate)) / rate
    hz = rng.uniform(350, 600) * (1 + 0.5 * np.sin(np.pi * times / times[-1]))
    tone = signal.sawtooth(2 * np.pi * np.cumsum(hz * (1 + 0.05 * rng.standard_normal(len(times)))) / rate)
    return (tone + 0.4 * rng.standard_normal(len(times))) * np.sin(np.pi * times / times[-1]) ** 0.5


NOISES: dict[str, Maker] = {
    "white": _white,
    "pink": _pink,
    "brown": _brown,
    "hum50": _hum,
    "taps": _taps,
    "coughs": _coughs,
    "barks": _barks,
    "breath": _breath,
    "music": _music,
    "band": _band,
    "lone": _lone,
    "talker": _talker,
    "babble": _babble,
}
