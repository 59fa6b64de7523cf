"""Every frame of a contour given to a note of the melody or to nothing: segmental dynamic programming.

A note costs by how far its frames lie off in pitch (octaves folded, capped) and by how far its length departs from
the tempo; notes may be skipped and voiced frames left over. The key is tried on a grid, all at once, then refined.
The duration prior keeps note lengths from bending to hide false pitches, which would make them look like false
rhythm. Costs are in semitone-seconds. Source of the method: semi-Markov alignment as in Nakamura et al. 2015.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from mit.alignment import KEY_CAP, Alignment, Pair, compose, fold
from mit.contour import Contour, Floats, runs
from mit.frames import FRAME, Frames, sample
from mit.melody import Melody, Note

CAP = 2.5
"""Semitones beyond which a frame is simply on another note. (This cost and the three below: best on graded imitations,
with room: half or double of each moves agreement with experts by about 0.01.)"""

OCTAVE = 0.2
"""Semitones that an octave costs: nothing much, so that voices of any range follow the same melody."""

ADDED, ADDED_SILENT = 2.5, 0.05
"""Cost of a second that belongs to no note, voiced and not."""

SILENT = 0.02
"""Cost of an unvoiced second within a note: consonants and breath."""

UNPITCHED = 0.5
"""Cost of a voiced second on a note of the melody that has no pitch: its place is known by time alone."""

SKIP = 1.2
"""Cost of a note that nobody sang: high, because whoever sang something there sang that note, if not well."""

DURATION = 0.50
"""Cost of a note e times as long or short as the tempo asks."""

SHORTEST = 0.08
"""Seconds of the shortest note."""

LONGEST = 5.0
"""Times the expected length that a note may last."""

TEMPO_BAND = (0.6, 1.8)
"""Sung over model length within which the expected lengths follow the singer."""

PAUSE, PAUSE_KEPT = 0.5, 0.1
"""Seconds of silence that are a pause, and what of it still counts as time (protocol: groping is not tempo)."""

KEYS = np.arange(-6.0, 6.01, 0.5)
"""Semitones: the keys tried, around the middle of the voice."""

VOICED = 0.35
"""Share of a note's frames that must be voiced for it to have been heard."""

INNER = 0.1
"""Share of a note at either end where the voice comes and goes; its pitch is the median of the rest."""

FITS = 2
"""Times that the key is fitted to the notes found in it: the first fit may move them."""


BLOCK = 200_000
"""Sums computed at a time: they stay within the processor's cache, however long the take."""


class Stretch(NamedTuple):
    """The frames `first` to one before `stop` belong to a note."""

    first: int
    stop: int


class Path(NamedTuple):
    """The cheapest path: a stretch for each note (None: skipped), the cost, and the key (semitones, sung - model)."""

    stretches: tuple[Stretch | None, ...]
    cost: float
    key: float


class _Costs(NamedTuple):
    """notes: running cost of frames in each note for each key, shape (notes, keys, frames + 1); left: running cost of
    frames in no note, shape (frames + 1,); lengths: cost of a note's length in frames, one array a note."""

    notes: Floats
    left: Floats
    lengths: tuple[Floats, ...]


def lay_out(melody: Melody, contour: Contour) -> Alignment:
    """Align a melody with a contour by pitch and voicing alone."""
    frames = sample(contour)
    if not melody.notes or not len(frames.pitch):
        return compose(tuple(Pair(n, None) for n in melody.notes), ())
    path = lay(melody.notes, frames.pitch)
    sung = [s and _sung(frames, s, n.pitch, path.key) for n, s in zip(melody.notes, path.stretches, strict=True)]
    pairs = tuple(Pair(n, s) for n, s in zip(melody.notes, sung, strict=True))
    return compose(pairs, _left_over(frames, path))


def _sung(frames: Frames, stretch: Stretch, wanted: float | None, key: float) -> Note | None:
    """The note sung in a stretch, from its first voiced frame to its last; None where there is hardly any voice.

    Where the model has no pitch, a stretch without pitch is what it asks for.
    """
    inside = frames.pitch[stretch.first : stretch.stop]
    voiced = np.flatnonzero(np.isfinite(inside))
    if len(voiced) < max(1.0, VOICED * len(inside)):
        whole = Note(frames.start + stretch.first * FRAME, len(inside) * FRAME, None)
        return whole if wanted is None else None
    sounding = inside[voiced[0] : voiced[-1] + 1]
    edge = int(len(sounding) * INNER)
    core = sounding[edge : len(sounding) - edge]
    onset = frames.start + (stretch.first + int(voiced[0])) * FRAME
    return Note(onset, len(sounding) * FRAME, _pitch(core[np.isfinite(core)], wanted, key))


def _pitch(heard: Floats, wanted: float | None, key: float) -> float | None:
    """Median pitch; frames that lie octaves apart are brought together first, then put back where most of them are."""
    if not len(heard):
        return None
    near = float(np.median(heard)) if wanted is None else wanted + key
    octaves = np.round((heard - near) / 12.0)
    return float(np.median(heard - 12.0 * octaves) + 12.0 * np.median(octaves).round())


def _left_over(frames: Frames, path: Path) -> tuple[Note, ...]:
    """Voiced stretches between and around the notes, long enough to be syllables."""
    free = np.isfinite(frames.pitch)
    for stretch in path.stretches:
        if stretch is not None:
            free[stretch.first : stretch.stop] = False
    return tuple(
        Note(frames.start + first * FRAME, (stop - first) * FRAME, float(np.median(frames.pitch[first:stop])))
        for first, stop in runs(free)
        if (stop - first) * FRAME >= SHORTEST
    )


def lay(notes: Sequence[Note], pitch: Floats) -> Path:
    """Lay a melody on pitches (MIDI every FRAME seconds, NaN unvoiced). Same input, same answer.

    The key is found on every second frame, where it costs a quarter, then fitted to the notes that were found.
    """
    keys = _middle(notes, pitch) + KEYS
    key = float(keys[_cheapest(notes, pitch[::2], keys, 2 * FRAME)])
    for _ in range(FITS):
        path = _trace(_costs(notes, pitch, np.array([key]), FRAME), key)
        key = _fitted(notes, pitch, path)
    return _trace(_costs(notes, pitch, np.array([key]), FRAME), key)


def _fitted(notes: Sequence[Note], pitch: Floats, path: Path) -> float:
    """The key in which most notes are right, near the key of a path."""
    off = [
        fold(float(np.nanmedian(inside)) - n.pitch - path.key)
        for n, s in zip(notes, path.stretches, strict=True)
        if s is not None and n.pitch is not None and np.isfinite(inside := pitch[s.first : s.stop]).any()
    ]
    if not off:
        return path.key
    missed = [sum(min(abs(o - guess), KEY_CAP) for o in off) for guess in off]
    return path.key + off[int(np.argmin(missed))]


def _middle(notes: Sequence[Note], pitch: Floats) -> float:
    """Where the voice lies over the melody, roughly: the middle of the keys that are tried."""
    known = [(n.pitch, n.duration) for n in notes if n.pitch is not None]
    if not known or not np.isfinite(pitch).any():
        return 0.0
    wanted, weights = np.array(known).T
    return float(np.nanmedian(pitch) - np.average(wanted, weights=weights))


def _length_costs(notes: Sequence[Note], pitch: Floats, frame: float) -> tuple[Floats, ...]:
    """Cost of each length from 0 frames to the longest that fits, one array a note."""
    total = notes[-1].end - notes[0].onset
    ratio = float(np.clip(_seconds_sung(pitch, frame) / total, *TEMPO_BAND))
    expected = [max(n.duration * ratio / frame, 1.0) for n in notes]
    return tuple(_length_cost(e, min(len(pitch), int(e * LONGEST) + 1), frame) for e in expected)


def _length_cost(expected: float, longest: int, frame: float) -> Floats:
    lengths = np.arange(longest + 1)
    cost = DURATION * np.abs(np.log(np.maximum(lengths, 1) / expected))
    cost[lengths < round(SHORTEST / frame)] = np.inf
    return np.asarray(cost)


def _seconds_sung(pitch: Floats, frame: float) -> float:
    pauses = [(stop - first) * frame for first, stop in runs(~np.isfinite(pitch))]
    return len(pitch) * frame - sum(p - PAUSE_KEPT for p in pauses if p > PAUSE)


def _costs(notes: Sequence[Note], pitch: Floats, keys: Floats, frame: float) -> _Costs:
    voiced = np.isfinite(pitch)
    heard = np.where(voiced, pitch, 0.0) - keys[:, None]
    rows = [_frame_costs(n.pitch, heard, voiced) for n in notes]
    left = np.where(voiced, ADDED, ADDED_SILENT)
    return _Costs(_running(np.stack(rows), frame), _running(left, frame), _length_costs(notes, pitch, frame))


def _frame_costs(wanted: float | None, heard: Floats, voiced: Floats) -> Floats:
    if wanted is None:
        return np.broadcast_to(np.where(voiced, UNPITCHED, SILENT), heard.shape)
    off = np.abs(heard - wanted)
    folded = np.abs(off - 12.0 * np.round(off / 12.0)) + OCTAVE * (off > 6.0)
    return np.where(voiced, np.minimum(folded, CAP), SILENT)


def _running(costs: Floats, frame: float) -> Floats:
    """Cost of all frames before each place, along the last axis."""
    zeros = np.zeros((*costs.shape[:-1], 1))
    return np.concatenate((zeros, np.cumsum(costs, axis=-1)), axis=-1) * frame


def _cheapest(notes: Sequence[Note], pitch: Floats, keys: Floats, frame: float) -> int:
    """Which of the keys has the cheapest path."""
    costs = _costs(notes, pitch, keys, frame)
    reached = np.broadcast_to(costs.left, (len(keys), len(costs.left)))
    for k in range(len(notes)):
        reached = _reached(reached, _ends(reached, costs.notes[k], costs.lengths[k]), costs.left)
    return int(np.argmin(reached[:, -1]))


def _ends(before: Floats, running: Floats, lengths: Floats) -> Floats:
    """Least cost at which a note ends at each place; `before`: cost of being done with the notes before it."""
    longest = len(lengths) - 1
    begun = np.pad(before - running, ((0, 0), (longest, 0)), constant_values=np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(begun, longest + 1, axis=-1)
    block = max(1, BLOCK // (len(before) * (longest + 1)))
    backward = lengths[::-1]
    found = [(windows[:, k : k + block] + backward).min(axis=-1) for k in range(0, windows.shape[1], block)]
    return np.concatenate(found, axis=-1) + running


def _reached(before: Floats, ends: Floats, left: Floats) -> Floats:
    """Least cost at which a note is done with, sung or skipped, and frames after it were left over."""
    done = np.minimum(ends, before + SKIP)
    return np.asarray(np.minimum.accumulate(done - left, axis=-1) + left)


def _trace(costs: _Costs, key: float) -> Path:
    """The cheapest path in one key, followed back from its end."""
    reached = [costs.left[None, :]]
    ended = []
    for k, lengths in enumerate(costs.lengths):
        ended.append(_ends(reached[-1], costs.notes[k], lengths))
        reached.append(_reached(reached[-1], ended[-1], costs.left))
    place, found = len(costs.left) - 1, list[Stretch | None]()
    for k in range(len(costs.lengths) - 1, -1, -1):
        done = np.minimum(ended[k][0], reached[k][0] + SKIP) - costs.left
        place = int(np.argmin(done[: place + 1]))
        if reached[k][0, place] + SKIP <= ended[k][0, place]:
            found.append(None)
            continue
        first = _begin(reached[k][0] - costs.notes[k, 0], costs.lengths[k], place)
        found.append(Stretch(first, place))
        place = first
    return Path(tuple(reversed(found)), float(reached[-1][0, -1]), key)


def _begin(begun: Floats, lengths: Floats, stop: int) -> int:
    """Where the note that ends at `stop` began."""
    longest = min(len(lengths) - 1, stop)
    backward = begun[stop - longest : stop + 1][::-1] + lengths[: longest + 1]
    return stop - int(np.argmin(backward))
