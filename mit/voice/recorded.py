"""A person's own singing as the model: the pitch of their take moved to the melody, everything else left as it was.

The take is parted into source and filter and put together again on another pitch by WORLD (Morise, Yokomori & Ozawa
2016), through `pyworld-prebuilt`.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mit.align import align
from mit.alignment import Alignment
from mit.audio import Audio, decibels, resample
from mit.contour import Contour, runs
from mit.errors import MitError, RecordingError
from mit.melody import Melody, Note
from mit.pitch import VOWEL_BAND, track
from mit.voice.line import ease, note_pitches
from mit.voice.loudness import level

Floats = NDArray[np.float64]

FRAME = 0.005
"""Seconds of a WORLD frame: its default."""

WORLD_FLOOR = 71.0
"""Hz: WORLD takes lower voices for noise unless its spectra are made longer."""

NEVER_DOUBTED = 0.0
"""Threshold of D4C under which a frame is taken for a whisper, though it has a pitch: with its default whole vowels
("later", sung by espeak-ng) flicker between voice and hiss."""

HIGHEST_RATE = 48000
"""Hz at which a take is tuned at most: nothing of a voice lies above 24 kHz, and WORLD's time grows with the rate."""

GLIDE = 0.012
"""Seconds from one pitch to the next: quicker than a voice, so that the consonant before the vowel hides it. Measured
on gliding takes: 93 to 98 % of the voiced frames within 30 cents; less where the alignment leaves syllables out."""

NEAR = 0.140
"""Seconds around a heard onset in which its vowel's beginning is looked for: a soft consonant ("some water") lets the
onset be heard up to 130 ms early or late."""

RISE = 0.050
"""Seconds before and after a moment whose loudness is compared: longer than a lip takes to open, shorter than a
vowel."""

FAINTEST = 30.0
"""dB under the loudest frame that count as silence, as all frames without voice do."""

FAR_RISE = 12.0
"""dB by which a rise must be steeper to be taken at the edge of NEAR, nearer ones in proportion to the square."""

SLOW = 0.060
"""Seconds (standard deviation of a Gaussian) over which a deviation counts as slow: a glide or a note off its pitch.
What is quicker, vibrato at 5 to 6 Hz and jitter, is the person's own and stays."""

QUICK = 25.0
"""Cents of quick deviation that are kept at most: twice a gentle vibrato. More is a slip of a note."""

SWING, JUMP = 0.1, 150.0
"""Seconds around a moment, a cycle of vibrato, in which the widest movement is looked for, and the cents from which it
is no vibrato any more but a turn or a slip: none of it is kept, as a tracker hears more of it than there is."""

ROOM = (0.75, 1.4)
"""Factors on the lowest and highest f0 of the take between which WORLD looks: an octave beyond them lies outside."""

SURE = (0.02, 0.98)
"""Quantiles of f0 taken for the lowest and highest: a slip at either end does not open the range."""

REST = 0.4
"""Seconds kept after the last note: its consonants and the room."""

EDGE = 0.010
"""Seconds of the fades at both ends: a cut room clicks."""


def is_available() -> bool:
    """Whether a take can be tuned on this computer."""
    return find_spec("pyworld") is not None


def place(take: Audio, melody: Melody) -> Melody:
    """The melody at the times at which it is sung in the take (s from its start), its pitches kept.

    A note that was not heard lies between its neighbours as it does in the melody. Raises RecordingError where
    nothing of the melody is heard.
    """
    return _placed(align(melody, track(take)))


def tune(take: Audio, melody: Melody, *, strength: float = 1.0) -> Audio:
    """Move the pitch of a take to the melody, in the octave in which it is sung; its timing stays, sample by sample.

    strength: 0 as sung, 1 on the notes; in between, the slow part of each deviation becomes that much smaller. Quick
    movement of the pitch is kept. The result has -20 dBFS, at most -6 dBFS peak, the take's rate or 48 kHz where that
    is higher, and its length. Raises RecordingError where the melody is not heard, MitError without pyworld.
    """
    take = resample(take, min(take.rate, HIGHEST_RATE))
    if not strength:
        return _leveled(take.samples.astype(np.float64), take.rate)
    contour = track(take)
    return _tuned(take, contour, _placed(align(melody, contour)), strength)


def recorded(melody: Melody, *, lead: float = 0.0, take: Audio, strength: float = 1.0) -> Audio:
    """A take as the model: tuned, its first vowel at the first note's onset plus `lead`, what is silent cut off.

    The pace is the take's (see `place`). Raises as `tune`.
    """
    take = resample(take, min(take.rate, HIGHEST_RATE))
    contour = track(take)
    sung = _placed(align(melody, contour))
    tuned = _tuned(take, contour, sung, strength)
    start = round((sung.notes[0].onset - melody.notes[0].onset - lead) * tuned.rate)
    stop = round((sung.duration + REST) * tuned.rate)
    samples: Floats = np.concatenate((np.zeros(max(-start, 0)), tuned.samples[max(start, 0) : stop]))
    times = np.arange(len(samples)) / tuned.rate
    faded = samples * ease(times, 0.0, EDGE) * (1.0 - ease(times, float(times[-1]) - EDGE, EDGE))
    return Audio(faded.astype(np.float32), tuned.rate)


def _tuned(take: Audio, contour: Contour, placed: Melody, strength: float) -> Audio:
    if not 0.0 <= strength <= 1.0:
        raise ValueError("strength is from 0 to 1")
    samples = take.samples.astype(np.float64)
    return _leveled(_moved(samples, take.rate, contour, placed, strength) if strength else samples, take.rate)


def _leveled(samples: Floats, rate: int) -> Audio:
    return Audio(level(samples - samples.mean(), rate).astype(np.float32), rate)


def _placed(alignment: Alignment) -> Melody:
    heard = [(p.target.onset, p.sung) for p in alignment.pairs if p.sung is not None]
    if not heard:
        raise RecordingError("The phrase is not heard in this recording.", "Sing all of it along with the guide.")
    targets = [p.target for p in alignment.pairs]
    model, sung = np.array([t for t, _ in heard]), np.array([s.onset for _, s in heard])
    onsets = _stretched(np.array([t.onset for t in targets]), model, sung)
    ends = _stretched(np.array([t.end for t in targets]), model, sung)
    ends[:-1] = np.minimum(ends[:-1], onsets[1:])
    ends[-1] = max([ends[-1], *(p.sung.end for p in alignment.pairs[-1:] if p.sung)])
    return Melody(
        tuple(replace(t, onset=float(a), duration=float(b - a)) for t, a, b in zip(targets, onsets, ends, strict=True))
    )


def _stretched(times: Floats, model: Floats, sung: Floats) -> Floats:
    """Times of the model in the take: between heard notes in proportion, beyond them at the model's pace."""
    moved = np.interp(times, model, sung)
    moved += np.minimum(times - model[0], 0.0) + np.maximum(times - model[-1], 0.0)
    return np.asarray(moved)


def _moved(samples: Floats, rate: int, contour: Contour, placed: Melody, strength: float) -> Floats:
    world = _world()
    lowest, highest = (float(np.nanquantile(contour.f0, share)) for share in SURE)
    floor, ceiling = ROOM[0] * lowest, ROOM[1] * highest
    f0, times = world.harvest(samples, rate, f0_floor=floor, f0_ceil=ceiling, frame_period=1000 * FRAME)
    size = world.get_cheaptrick_fft_size(rate, min(floor, WORLD_FLOOR))
    envelope = world.cheaptrick(samples, f0, times, rate, fft_size=size)
    noise = world.d4c(samples, f0, times, rate, fft_size=size, threshold=NEVER_DOUBTED)
    voiced = f0 > 0
    pitch = 69.0 + 12.0 * np.log2(np.where(voiced, f0, 440.0) / 440.0)
    turns = _turns(envelope, rate, times, voiced, placed.notes)
    off = _deviation(pitch, times, voiced, placed, turns)
    cuts = np.searchsorted(times, np.array(turns) + GLIDE / 2)
    shift = np.where(voiced, correction(off, voiced, strength, cuts), 0.0)
    made = world.synthesize(f0 * np.exp2(shift / 12.0), envelope, noise, rate, 1000 * FRAME)
    return np.pad(made[: len(samples)], (0, max(0, len(samples) - len(made))))


def _deviation(pitch: Floats, times: Floats, voiced: NDArray[np.bool_], placed: Melody, turns: list[float]) -> Floats:
    """Semitones of each frame over the melody, in the octave of the whole take."""
    off = pitch - _target(placed.notes, times, turns)
    octaves = 12.0 * np.round(np.median(off[voiced]) / 12.0) if voiced.any() else 0.0
    return np.asarray(off - octaves)


def _target(notes: tuple[Note, ...], times: Floats, turns: list[float]) -> Floats:
    """Pitch (MIDI) wanted at each moment."""
    pitches = note_pitches(notes)
    line = np.full(len(times), pitches[0])
    for turn, (before, after) in zip(turns, pairwise(pitches), strict=True):
        line += (after - before) * ease(times, turn, GLIDE)
    return line


def _turns(
    envelope: Floats, rate: int, times: Floats, voiced: NDArray[np.bool_], notes: tuple[Note, ...]
) -> list[float]:
    """When the pitch turns from each note to the next (s), to be there as the vowel begins: where it opens most."""
    rise = _rise(_vowel_level(envelope, rate, voiced))
    turns = []
    for note in notes[1:]:
        near = np.flatnonzero(np.abs(times - note.onset) < NEAR)
        steep = rise[near] - FAR_RISE * ((times[near] - note.onset) / NEAR) ** 2
        turns.append((float(times[near[np.argmax(steep)]]) if len(near) else note.onset) - GLIDE)
    return turns


def _vowel_level(envelope: Floats, rate: int, voiced: NDArray[np.bool_]) -> Floats:
    """dB of each frame where vowels are, at least FAINTEST under the loudest."""
    low, high = (round(f / (rate / 2) * (envelope.shape[1] - 1)) for f in VOWEL_BAND)
    level = decibels(envelope[:, low:high].mean(axis=1))
    level = np.where(voiced, level, -np.inf)
    return np.asarray(np.maximum(level, level.max() - FAINTEST))


def _rise(level: Floats) -> Floats:
    """dB by which the frames after each are louder than those before."""
    count = round(RISE / FRAME)
    total = np.concatenate(([0.0], np.cumsum(np.pad(level, count, mode="edge"))))
    means = (total[count:] - total[:-count]) / count
    rise: Floats = means[count:][: len(level)] - means[: len(level)]
    return rise


def correction(off: Floats, voiced: NDArray[np.bool_], strength: float, cuts: NDArray[np.intp]) -> Floats:
    """Semitones to move each frame by: the slow part of how far it is off, times `strength`, and what of the quick
    part is beyond QUICK. cuts: frames at which a note begins, which may be off by another way. Shape (frames,)."""
    from scipy.ndimage import gaussian_filter1d

    if not voiced.any():
        return np.zeros(len(off))
    frames = np.arange(len(off))
    bridged = np.interp(frames, frames[voiced], off[voiced])
    slow = bridged.copy()
    for first, stop in runs(voiced):
        edges = [first, *(int(cut) for cut in cuts if first < cut < stop), stop]
        for a, b in pairwise(edges):
            slow[a:b] = gaussian_filter1d(bridged[a:b], SLOW / FRAME, mode="nearest")
    return np.asarray(-strength * (bridged - _kept(bridged - slow)))


def _kept(quick: Floats) -> Floats:
    """What is left of quick movement: all that is gentle, wider ones made as narrow, nothing around a jump."""
    from scipy.ndimage import gaussian_filter1d, maximum_filter1d

    swing = gaussian_filter1d(maximum_filter1d(np.abs(quick), round(SWING / FRAME)), SWING / FRAME / 4)
    cents = 100 * np.maximum(swing, 1e-6)
    return np.asarray(quick * np.minimum(QUICK / cents, 1.0) * np.clip((JUMP - cents) / (JUMP - QUICK), 0.0, 1.0))


def _world() -> Any:
    """The pyworld module, loaded late. Raises MitError."""
    try:
        import pyworld
    except ImportError as fault:
        raise MitError("Tuning a recording needs pyworld.", "Install it: pip install pyworld-prebuilt") from fault
    return pyworld
