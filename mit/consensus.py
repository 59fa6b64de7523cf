"""A melody from references: one performance, or several of the same melody that vote.

Each performance becomes steps of semitones in its own tuning; all are warped on the one that resembles the others
most, and each moment takes the pitch that most of them sing. A hole of a note's length is a note without pitch: its
rhythm counts, its pitch does not. Where enough performances heard a pitch there, a tracker missed it in the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, groupby

import numpy as np
from numpy.typing import NDArray

from mit.contour import Contour, Floats, runs
from mit.errors import RecordingError
from mit.frames import FRAME, sample
from mit.melody import Melody, Note
from mit.nuclei import segment

HOLE = 0.16
"""Seconds: an unvoiced stretch from here on is a note whose pitch the tracker did not hear."""

SHORTEST = 0.08
"""Seconds: a shorter step in one performance is a slide or a slip."""

SHORTEST_NOTE = 0.10
"""Seconds: a shorter note of the melody is an ornament and joins its neighbour."""

UNHEARD = 1000.0
"""Stands for a hole among the pitches."""

FAR = 4.0
"""Semitones beyond which two pitches are as different as can be."""

UNSURE = 1.0
"""Difference between a pitch and a hole: whatever was not heard there may have been that pitch."""

WARP = 0.1
"""Cost of a frame by which one performance waits for the other."""

OUTLIER = 3.0
"""Times the usual distance beyond which a performance is of something else."""

LEAST_DISTANCE = 0.25
"""Semitones a frame: nearer than this no performance is an outlier."""

HEARD = 0.25
"""Share of the performances that must have heard a pitch where most heard none."""

LONGEST = 60.0
"""Seconds of a reference: warping grows with the square of its length."""

Steps = NDArray[np.float64]
"""Semitones every FRAME seconds, UNHEARD in holes."""


def consensus(references: Sequence[Contour]) -> Melody:
    """The melody that references agree on. Raises RecordingError when there is no voice, or too much of it."""
    if all(r.has_intensity for r in references):
        return _by_syllables(references)
    performances = [s for r in references if len(s := _steps(r))]
    if not performances:
        raise RecordingError("There is no voice in the reference.", "Give a recording of the melody.")
    if max(len(p) for p in performances) * FRAME > LONGEST:
        raise RecordingError(f"The reference is longer than {LONGEST:.0f} s.", "Give one phrase.")
    middle, others = _middle(performances)
    votes = np.stack([performances[middle], *(o[_warp(performances[middle], o)] for o in others)])
    return _melody(_lengths(_elected(votes), SHORTEST_NOTE))


def _by_syllables(references: Sequence[Contour]) -> Melody:
    """Where loudness is known, syllables are: the commonest number of them, each the middle of those that agree."""
    sung = [notes for r in references if (notes := segment(r))]
    if not sung:
        raise RecordingError("There is no voice in the reference.", "Give a recording of the melody.")
    counts = [len(notes) for notes in sung]
    agreeing = [notes for notes in sung if len(notes) == max(counts, key=counts.count)]
    starts = [notes[0].onset for notes in agreeing]
    keys = [float(np.median([n.pitch for n in notes if n.pitch is not None])) for notes in agreeing]
    return Melody(tuple(_median_note(same, starts, keys) for same in zip(*agreeing, strict=True)))


def _median_note(same: Sequence[Note], starts: Sequence[float], keys: Sequence[float]) -> Note:
    """One note of several performances, in the key of the first."""
    onset = float(np.median([n.onset - start for n, start in zip(same, starts, strict=True)]))
    pitches = [n.pitch - key + keys[0] for n, key in zip(same, keys, strict=True) if n.pitch is not None]
    return Note(onset, float(np.median([n.duration for n in same])), float(np.median(pitches)) if pitches else None)


def _steps(reference: Contour) -> Steps:
    """A performance in whole semitones of its own tuning, slips absorbed, holes marked."""
    pitch = sample(reference).pitch
    if not len(pitch):
        return pitch
    tuning = float(np.angle(np.nanmean(np.exp(2j * np.pi * pitch)))) / (2 * np.pi)
    whole = np.round(pitch - tuning) + tuning
    for first, stop in runs(~np.isfinite(whole)):
        whole[first:stop] = UNHEARD if (stop - first) * FRAME >= HOLE else whole[first - 1]
    return np.repeat(*_unzipped(_lengths(whole, SHORTEST)))


def _unzipped(steps: list[tuple[float, int]]) -> tuple[list[float], list[int]]:
    return [value for value, _ in steps], [length for _, length in steps]


def _lengths(steps: Steps, shortest: float) -> list[tuple[float, int]]:
    """Values with their lengths in frames; the shortest join their longer neighbour until none is too short."""
    found = [(float(value), len(list(same))) for value, same in groupby(steps)]
    while len(found) > 1:
        k = min(range(len(found)), key=lambda i: found[i][1])
        if found[k][1] * FRAME >= shortest:
            break
        near = max((i for i in (k - 1, k + 1) if 0 <= i < len(found)), key=lambda i: found[i][1])
        found[near] = (found[near][0], found[near][1] + found[k][1])
        del found[k]
        found = [(v, sum(n for _, n in same)) for v, same in ((v, list(s)) for v, s in groupby(found, lambda f: f[0]))]
    return found


def _middle(performances: list[Steps]) -> tuple[int, list[Steps]]:
    """The performance nearest to the others, and those of the others that are of the same melody."""
    if len(performances) == 1:
        return 0, []
    distances = np.zeros((len(performances), len(performances)))
    for i, k in combinations(range(len(performances)), 2):
        distances[i, k] = distances[k, i] = _distance(performances[i], performances[k])
    middle = int(np.argmin(np.median(distances, axis=1)))
    near = max(OUTLIER * float(np.median(distances[middle])), LEAST_DISTANCE)
    return middle, [p for k, p in enumerate(performances) if k != middle and distances[middle, k] <= near]


def _distance(a: Steps, b: Steps) -> float:
    """Semitones a frame after warping; every second frame tells as much."""
    return float(_table(a[::2], b[::2])[-1, -1]) / (len(a[::2]) + len(b[::2]))


def _table(a: Steps, b: Steps) -> Floats:
    """Costs of warping b on a, shape (len(a) + 1, len(b) + 1): dynamic time warping along anti-diagonals."""
    off = np.minimum(np.abs(a[:, None] - b[None, :]), FAR)
    off[(a == UNHEARD)[:, None] != (b == UNHEARD)[None, :]] = UNSURE
    table = np.full((len(a) + 1, len(b) + 1), np.inf)
    table[0, 0] = 0.0
    for total in range(2, len(a) + len(b) + 1):
        i = np.arange(max(1, total - len(b)), min(len(a), total - 1) + 1)
        j = total - i
        waiting = np.minimum(table[i - 1, j], table[i, j - 1]) + WARP
        table[i, j] = off[i - 1, j - 1] + np.minimum(table[i - 1, j - 1], waiting)
    return table


def _warp(a: Steps, b: Steps) -> NDArray[np.intp]:
    """For each frame of a, the frame of b that belongs to it."""
    table = _table(a, b)
    i, j = len(a), len(b)
    match = np.zeros(len(a), np.intp)
    while i > 0 and j > 0:
        match[i - 1] = j - 1
        along, wait_b, wait_a = table[i - 1, j - 1], table[i - 1, j] + WARP, table[i, j - 1] + WARP
        if along <= min(wait_a, wait_b):
            i, j = i - 1, j - 1
        elif wait_b <= wait_a:
            i -= 1
        else:
            j -= 1
    return match


def _elected(votes: Floats) -> Steps:
    """The pitch of each moment: the commonest, or one that enough heard where most heard none."""
    return np.array([_winner(votes[:, k]) for k in range(votes.shape[1])])


def _winner(votes: Floats) -> float:
    heard = votes[votes != UNHEARD]
    if len(heard) < HEARD * len(votes) or not len(heard):
        return UNHEARD
    nearest, counts = np.unique(np.round(heard), return_counts=True)
    common = nearest[int(np.argmax(counts))]
    if counts.max() < HEARD * len(votes):
        return UNHEARD
    return float(common)


def _melody(steps: list[tuple[float, int]]) -> Melody:
    notes, frame = [], 0
    for pitch, length in steps:
        notes.append(Note(frame * FRAME, length * FRAME, None if pitch == UNHEARD else pitch))
        frame += length
    return Melody(tuple(notes))
