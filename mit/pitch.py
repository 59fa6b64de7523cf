"""Pitch tracking: audio to contour. The only caller of pYIN, whole or in chunks while the person sings.

Parameters and post-processing were chosen on synthetic voices with known f0 and checked on real singers: a 40 ms
window follows words best, beta (2, 8) finds creaky and breathy voices, and the energy gate removes what pYIN hears
in noise. Source of the method: Mauch & Dixon 2014 (pYIN); de Cheveigné & Kawahara 2002 (YIN).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mit.audio import ANALYSIS_RATE, Audio, Samples, decibels, resample
from mit.contour import Contour, Floats, runs
from mit.timbre import timbre

F0_MIN, F0_MAX = 65.0, 520.0
"""Hz: below the lowest low note with a slide in it, above the highest high note (A4 and a minor third: 523 Hz)."""

FRAME = 640
"""Samples in a window: 40 ms. Longer windows smear words (93 ms: 11 to 17 points fewer frames right)."""

HOP = 160
"""Samples from frame to frame: 10 ms."""

RESOLUTION = 1 / 6
"""Semitones from one f0 that pYIN can give to the next: at most 8 cents off, where notes are judged by tens. Its dense
search (librosa 0.11) grows with the square: at librosa's 1/10 it took seven tenths of the time of a take."""

BETA = (2, 8)
"""Shape of pYIN's threshold prior; librosa's (2, 18) misses breathy and creaky voices (note misses 7 % to 0.1 %)."""

CHUNK, OVERLAP = 100, 50
"""Frames: chunks of 1 s with 0.5 s of context on either side give the same frames as the whole-file call, but for one
in a thousand, and little is left to do when a take ends."""

WHOLE = 2000
"""Frames of a chunk where all the sound is there: nearly every take in one piece, at half the cost of chunks of 1 s;
an hour of sound needs no more memory than a minute."""

VOWEL_BAND = (500.0, 4000.0)
"""Hz: where vowels are loud and nasals, voiced stops and the hum of the mains are not; so two syllables with such a
consonant between them show a dip of 7 to 10 dB and not of 3 to 6 (Mermelstein 1975 weighs loudness alike)."""

RANGE_DB = 30.0
"""A voiced frame lies within this of the loudest one."""

ABOVE_FLOOR_DB = 3.0
"""A voiced frame lies this much over the noise; 6 dB loses 16 points of quiet voice."""

SHORTEST_RUN = 5
"""Frames: a voiced stretch under 50 ms is a click or a tracking slip."""

MEDIAN = 5
"""Frames of the median that takes out single slips inside a voiced run."""

OCTAVE_SLIP = 0.75
"""Octaves from the median of the phrase beyond which a stretch is taken for an octave slip."""


class Observed(NamedTuple):
    """What pYIN says, before post-processing: f0 in Hz (also where unvoiced) and voicing, shape (frames,)."""

    f0: Floats
    voiced: NDArray[np.bool_]


class Tracker:
    """Track a voice while it is heard: feed samples, and ask for the contour of what there is, as often as wanted.

    The result does not depend on how the samples came. `chunk`: frames observed at a time.
    """

    def __init__(self, *, chunk: int = CHUNK) -> None:
        self._chunk = chunk
        self._blocks: list[Samples] = []
        self._length = 0
        self._observed: list[Observed] = []
        self._done = 0  # frames observed for good

    def feed(self, samples: Samples) -> None:
        """Take more samples (float32 at ANALYSIS_RATE); observes whenever a whole chunk with its context is there."""
        self._blocks.append(samples)
        self._length += len(samples)
        while self._length >= (self._done + self._chunk + OVERLAP) * HOP + FRAME // 2:
            self._observed.append(self._observe(self._done + self._chunk, after=OVERLAP))
            self._done += self._chunk

    def contour(self) -> Contour:
        """The contour of everything that was fed so far."""
        frames = self._length // HOP + 1
        rest = [self._observe(frames, after=0)] if frames > self._done else []
        f0 = np.concatenate([o.f0 for o in (*self._observed, *rest)])
        voiced = np.concatenate([o.voiced for o in (*self._observed, *rest)])
        return refine(Observed(f0, voiced), self._samples())

    def _samples(self) -> Samples:
        """All that was fed, joined only when a chunk is due: blocks come fifty times a second."""
        self._blocks = [np.concatenate([np.zeros(0, np.float32), *self._blocks])]
        return self._blocks[0]

    def _observe(self, end: int, *, after: int) -> Observed:
        """The frames from the last one done to `end`, seen with OVERLAP frames before them and `after` behind."""
        first = max(0, self._done - OVERLAP)
        low, high = first * HOP - FRAME // 2, (end + after - 1) * HOP + FRAME // 2
        piece = self._samples()[max(0, low) : high]
        before = max(0, -low)
        f0, voiced = _pyin(np.pad(piece, (before, high - low - before - len(piece))))
        wanted = slice(self._done - first, end - first)
        return Observed(f0[wanted], voiced[wanted])


def track(audio: Audio) -> Contour:
    """The contour of a recording: f0 from 65 to 520 Hz and intensity in dB, every 10 ms from 0 s."""
    tracker = Tracker(chunk=WHOLE)
    tracker.feed(resample(audio, ANALYSIS_RATE).samples)
    return tracker.contour()


def warm_up() -> None:
    """Load librosa and compile what the first take needs: seconds on a new machine, a moment later on."""
    import librosa

    second = np.sin(np.arange(ANALYSIS_RATE, dtype=np.float32) * np.float32(0.1))
    tracker = Tracker()
    tracker.feed(second)
    tracker.contour()
    librosa.yin(second[:FRAME], fmin=F0_MIN, fmax=F0_MAX, sr=ANALYSIS_RATE, frame_length=FRAME, center=False)


def _pyin(piece: Samples) -> Observed:
    import librosa

    f0, voiced, _ = librosa.pyin(
        piece,
        fmin=F0_MIN,
        fmax=F0_MAX,
        sr=ANALYSIS_RATE,
        frame_length=FRAME,
        hop_length=HOP,
        beta_parameters=BETA,
        resolution=RESOLUTION,
        fill_na=None,
        center=False,
    )
    return Observed(np.asarray(f0, np.float64), np.asarray(voiced, bool))


def intensity(samples: Samples) -> Floats:
    """Mean power of each 40 ms frame in dB re full scale, every 10 ms, shape (len // 160 + 1,)."""
    padded = np.pad(samples.astype(np.float64) ** 2, FRAME // 2)
    total = np.concatenate(([0.0], np.cumsum(padded)))
    starts = np.arange(len(samples) // HOP + 1) * HOP
    return decibels((total[starts + FRAME] - total[starts]) / FRAME)


def sonority(samples: Samples) -> Floats:
    """The same of what vowels are heard by."""
    from scipy import signal  # late: librosa needs it as well

    if not len(samples):
        return intensity(samples)
    return intensity(signal.sosfilt(signal.butter(2, VOWEL_BAND, "band", fs=ANALYSIS_RATE, output="sos"), samples))


def refine(observed: Observed, samples: Samples) -> Contour:
    """Gate by energy, repair octave slips toward the median of the phrase, smooth, drop stretches under 50 ms.

    The octave repair is for sung phrases on few pitches; in free speech it does harm.
    """
    level = intensity(samples)
    voiced = observed.voiced & _gate(observed.voiced, level)
    f0 = np.where(voiced, observed.f0, np.nan)
    _repair_octaves(f0, voiced)
    for first, stop in runs(voiced):
        if stop - first < SHORTEST_RUN:
            f0[first:stop] = np.nan
        else:
            f0[first:stop] = _median(f0[first:stop])
    times = np.arange(len(f0), dtype=np.float64) * HOP / ANALYSIS_RATE
    return Contour(times, f0, level, sonority(samples), timbre(samples))


def _gate(voiced: NDArray[np.bool_], level: Floats) -> NDArray[np.bool_]:
    """Frames loud enough to be the voice. The floor is read where pYIN hears no voice: a take without pauses has
    no quiet frames to read it from."""
    loud = level > level.max() - RANGE_DB
    floor = noise_floor(voiced, level)
    return loud if floor is None else loud & (level > floor + ABOVE_FLOOR_DB)


def noise_floor(voiced: NDArray[np.bool_], level: Floats) -> float | None:
    """Level of the background in dB: the lower quarter of the frames without voice; None when there are too few."""
    quiet = level[~voiced]
    return float(np.percentile(quiet, 25)) if len(quiet) >= max(10, 0.05 * len(level)) else None


def _repair_octaves(f0: Floats, voiced: NDArray[np.bool_]) -> None:
    if not voiced.any():
        return
    octaves = np.log2(f0, where=voiced, out=np.zeros_like(f0))
    middle = float(np.median(octaves[voiced]))
    for first, stop in runs(voiced):
        run = _toward(octaves[first:stop], middle, whole=True)
        f0[first:stop] = 2.0 ** _toward(run, float(np.median(run)), whole=False)


def _toward(octaves: Floats, middle: float, *, whole: bool) -> Floats:
    """Move the run (`whole`) or its single frames by octaves to within OCTAVE_SLIP of `middle`."""
    away = np.median(octaves) - middle if whole else octaves - middle
    return np.where(np.abs(away) > OCTAVE_SLIP, octaves - np.round(away), octaves)


def _median(values: Floats) -> Floats:
    padded = np.pad(values, MEDIAN // 2, mode="edge")
    return np.asarray(np.median(np.lib.stride_tricks.sliding_window_view(padded, MEDIAN), axis=1))
