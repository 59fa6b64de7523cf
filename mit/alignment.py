"""What was sung for each note of the model, and what follows from that: key, tempo, pauses, false starts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from mit.contour import Floats
from mit.melody import Note

LONG_PAUSE = 0.5
"""Seconds beyond the tempo from which a silence is a pause (protocol: groping and pauses are not tempo)."""

KEY_CAP = 1.0
"""Semitones beyond which a note no longer speaks for a key."""

DRIFT_NOTES, DRIFT_STRAIGHT, DRIFT_MOST = 3, 0.4, 4.0
"""Notes that show a drift, semitones that each may lie off its line, and semitones in all: more is another melody."""

SAME_PITCH = 1.5
"""Semitones within which a false start resembles the note that is then sung."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A note of the model and the note that was sung for it (None: not found)."""

    target: Note
    sung: Note | None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Every note of the model with what was sung for it, and what was sung besides.

    added: sung notes that belong to no note of the model; false_starts: how many of them began a note that was then
    begun again; pauses: seconds of silence before each pair beyond what the tempo explains, 0 where none; key:
    semitones, sung minus model, octaves folded to within 6 (None: nothing sung); drift: semitones a second by which
    the key moved, evenly, 0 where it did not; tempo: sung over model time between
    onsets, pauses left out (None: fewer than two notes).
    """

    pairs: tuple[Pair, ...]
    added: tuple[Note, ...] = ()
    false_starts: int = 0
    pauses: tuple[float, ...] = ()
    key: float | None = None
    tempo: float | None = None
    drift: float = 0.0

    @property
    def matched(self) -> tuple[Pair, ...]:
        return tuple(p for p in self.pairs if p.sung is not None)

    def key_at(self, time: float) -> float:
        """The key (semitones) at a moment of the recording (s). It is `key` in the middle of the singing."""
        return (self.key or 0.0) + self.drift * (time - _middle(self.pairs))


def compose(pairs: tuple[Pair, ...], added: tuple[Note, ...]) -> Alignment:
    """The alignment of these pairs and leftovers, with all that follows from them."""
    tempo = tempo_of(pairs)
    drift = _drift(pairs)
    key = _key(pairs, drift)
    return Alignment(pairs, added, _false_starts(pairs, added), _pauses(pairs, tempo), key, tempo, drift)


def fold(semitones: float) -> float:
    """A difference of pitches without its octaves: within -6 to 6 semitones."""
    return semitones - 12.0 * round(semitones / 12.0)


def _middle(pairs: tuple[Pair, ...]) -> float:
    return float(np.mean([p.sung.onset for p in pairs if p.sung is not None] or [0.0]))


def _shifts(pairs: tuple[Pair, ...], drift: float) -> tuple[Floats, Floats]:
    """Sung minus model pitch of the notes that have both, an even drift taken out; and their lengths in the model."""
    middle = _middle(pairs)
    found = [
        (p.sung.pitch - p.target.pitch - drift * (p.sung.onset - middle), p.target.duration)
        for p in pairs
        if p.sung is not None and p.sung.pitch is not None and p.target.pitch is not None
    ]
    shifts, lengths = np.array(found, np.float64).reshape(-1, 2).T
    return shifts, lengths


def _key(pairs: tuple[Pair, ...], drift: float) -> float | None:
    """The person's own key: the shift in which most notes are right, not their mean, which one slip would move."""
    shifts, lengths = _shifts(pairs, drift)
    if not len(shifts):
        return None
    off = _fold_all(shifts - shifts[0])
    guesses = np.unique(np.concatenate((off, (off[:, None] + off[None, :]).ravel() / 2)))
    missed = np.minimum(np.abs(_fold_all(off[None, :] - guesses[:, None])), KEY_CAP) @ np.sqrt(lengths)
    return fold(float(shifts[0] + np.median(guesses[missed <= missed.min() + 1e-9])))


def _drift(pairs: tuple[Pair, ...]) -> float:
    """Semitones a second by which the key moved: only where all notes then lie on one line, or it would explain
    false notes away."""
    heard = [p for p in pairs if p.sung is not None and p.sung.pitch is not None and p.target.pitch is not None]
    if len(heard) < DRIFT_NOTES:
        return 0.0
    times = np.array([p.sung.onset for p in heard if p.sung is not None])
    shifts = _shifts(pairs, 0.0)[0]
    off = _fold_all(shifts - shifts[0])
    slope, start = np.polyfit(times, off, 1)
    straight = np.max(np.abs(off - slope * times - start)) <= DRIFT_STRAIGHT
    return float(slope) if straight and abs(slope) * np.ptp(times) <= DRIFT_MOST else 0.0


def _fold_all(semitones: Floats) -> Floats:
    return np.asarray(semitones - 12.0 * np.round(semitones / 12.0))


def tempo_of(pairs: tuple[Pair, ...]) -> float | None:
    """Sung over model time between onsets: the median ratio of neighbours, silences beyond LONG_PAUSE taken out."""
    sung = [(k, p.target, p.sung) for k, p in enumerate(pairs) if p.sung is not None]
    ratios = [
        (b.onset - a.onset - _silence(a, b)) / (t.onset - s.onset)
        for (i, s, a), (k, t, b) in pairwise(sung)
        if k == i + 1
    ]
    # Over a missing note the silence is its own, not a pause.
    ratios = ratios or [(b.onset - a.onset) / (t.onset - s.onset) for (_, s, a), (_, t, b) in pairwise(sung)]
    return float(np.median(ratios)) if ratios else None


def _silence(a: Note, b: Note) -> float:
    """Seconds between two notes that are a pause, not a gap: 0 where it is no longer than LONG_PAUSE."""
    gap = b.onset - a.end
    return gap if gap > LONG_PAUSE else 0.0


def _pauses(pairs: tuple[Pair, ...], tempo: float | None) -> tuple[float, ...]:
    pauses = [0.0] * len(pairs)
    heard = [(k, p.target, p.sung) for k, p in enumerate(pairs) if p.sung is not None]
    for (_, s, a), (k, t, b) in pairwise(heard):
        over = b.onset - a.onset - (t.onset - s.onset) * (tempo or 1.0)
        pauses[k] = max(0.0, min(over, _silence(a, b)))
    return tuple(pauses)


def _false_starts(pairs: tuple[Pair, ...], added: tuple[Note, ...]) -> int:
    """Added notes that resemble the note sung right after them: begun, and begun again."""
    sung = [p.sung for p in pairs if p.sung is not None]
    count = 0
    for note in added:
        following = next((s for s in sung if s.onset >= note.end), None)
        if following and following.pitch is not None and note.pitch is not None:
            count += abs(following.pitch - note.pitch) <= SAME_PITCH
    return count
