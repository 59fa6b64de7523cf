"""Which sung note belongs to which note of the model.

Dynamic programming over (model note, sung note), all hypotheses of key and tempo at once: a pair costs by how far the
pitch lies off in that key (octaves folded) and by how far the time since the last pair departs from that tempo. Notes
of the model may be skipped, sung notes may be left over, and notes that the segmentation cut without a gap may be
joined. Two equal pitches are told apart by time alone, which is why time has a part in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mit.contour import Floats
from mit.melody import Melody, Note

PITCH_CAP = 4.0
"""Semitones beyond which a note is simply another note."""

PITCH_COST = 0.5
"""Cost of a pair at PITCH_CAP: low against skipping, or a melody sung upside down is "explained" by a shift."""

KEY_COST = 0.01
"""Cost of a semitone between the person's key and the model's: decides only where nothing else does."""

TIME_COST = 0.6
TIME_CAP = 1.2
"""Cost of a pair a unit of log time ratio off the tempo, and the most that counts: a long pause stays affordable."""

SKIP_COST = 1.6
"""Cost of a note of the model that nobody sang."""

EXTRA_COST, EXTRA_LONG = 0.5, 1.1
"""Cost of a sung note left over, and what it costs more when it lasts a beat: a slip is cheap, a syllable not."""

JOIN_COST = 0.2
"""Cost of joining two stretches that the segmentation cut without a gap."""

JOIN_GAP = 0.02
"""Seconds: syllables cut by a dip of intensity lie further apart than stretches cut by a step of pitch."""

MOST_JOINED = 3
"""Stretches that one note may be made of: a scoop, the note, a fall."""

REACH = 4
"""Model notes and sung notes between one pair and the next that are tried: more is no longer the same phrase."""

TEMPO_BAND = (0.4, 3.0)
"""Sung over model tempo that is tried."""

LONG_PAUSE = 0.5
"""Seconds beyond the tempo from which a silence is a pause (protocol: groping and pauses are not tempo)."""

KEY_CAP = 1.0
"""Semitones beyond which a note no longer speaks for a key."""

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
    semitones, sung minus model, octaves folded to within 6 (None: nothing sung); tempo: sung over model time between
    onsets, pauses left out (None: fewer than two notes).
    """

    pairs: tuple[Pair, ...]
    added: tuple[Note, ...] = ()
    false_starts: int = 0
    pauses: tuple[float, ...] = ()
    key: float | None = None
    tempo: float | None = None

    @property
    def matched(self) -> tuple[Pair, ...]:
        return tuple(p for p in self.pairs if p.sung is not None)


class _Hypotheses(NamedTuple):
    """All combinations of key (semitones) and tempo (sung over model) tried at once: two arrays of one shape."""

    keys: Floats
    tempi: Floats


class _Candidate(NamedTuple):
    """A note that may have been sung: the stretches `first` to `last` joined, and what the joining costs."""

    first: int
    last: int
    note: Note
    cost: float


class _State(NamedTuple):
    """Model note `i` sung by candidate `c`: cost for each hypothesis and which of `sources` was cheapest for it."""

    cost: Floats
    choice: NDArray[np.intp]
    sources: tuple[tuple[int, int] | None, ...]


def align(melody: Melody, notes: tuple[Note, ...]) -> Alignment:
    """Pair the notes of the model with the sung ones. Same input, same answer; cost grows with their product."""
    chosen = _cheapest(melody.notes, notes) if notes and melody.notes else {}
    taken = {k for c in chosen.values() for k in range(c.first, c.last + 1)}
    pairs = tuple(Pair(t, chosen[i].note if i in chosen else None) for i, t in enumerate(melody.notes))
    added = tuple(n for k, n in enumerate(notes) if k not in taken)
    tempo = _tempo(pairs)
    return Alignment(pairs, added, _false_starts(pairs, added), _pauses(pairs, tempo), _key(pairs), tempo)


def fold(semitones: float) -> float:
    """A difference of pitches without its octaves: within -6 to 6 semitones."""
    return semitones - 12.0 * round(semitones / 12.0)


def _cheapest(targets: tuple[Note, ...], notes: tuple[Note, ...]) -> dict[int, _Candidate]:
    """Which candidate sings each model note, on the cheapest path over all hypotheses."""
    tried = _hypotheses(targets, notes)
    candidates = _candidates(notes)
    beat = float(np.median([t.duration for t in targets]))
    extra = np.concatenate(([0.0], np.cumsum([EXTRA_COST + EXTRA_LONG * min(1.0, n.duration / beat) for n in notes])))
    table: dict[tuple[int, int], _State] = {}
    for i, target in enumerate(targets):
        for c, candidate in enumerate(candidates):
            sources = _sources(i, c, candidates)
            costs = [_reach(s, i, candidate, targets, candidates, tried, extra, table) for s in sources]
            stacked = np.stack(costs) + candidate.cost + _pitch_cost(target, candidate.note, tried)
            choice = np.argmin(stacked, axis=0)
            table[i, c] = _State(np.min(stacked, axis=0), choice, sources)
    return _trace(table, len(targets), candidates, extra)


def _hypotheses(targets: tuple[Note, ...], notes: tuple[Note, ...]) -> _Hypotheses:
    """Keys in which at least one sung note is right; tempi that the onsets suggest."""
    pairs = [(n.pitch, t.pitch) for n in notes for t in targets]
    keys = {round(2 * fold(sung - wanted)) / 2 for sung, wanted in pairs if sung is not None and wanted is not None}
    beat = float(np.median(_iois(targets)))
    guesses = [float(np.percentile(_iois(notes), q)) / beat for q in (25, 50, 75)]
    tempi = {round(float(np.clip(g, *TEMPO_BAND)), 2) for g in (*guesses, 1.0)}
    grid = np.meshgrid(sorted(keys or {0.0}), sorted(tempi))
    return _Hypotheses(grid[0].ravel(), grid[1].ravel())


def _iois(notes: tuple[Note, ...]) -> list[float]:
    """Times between onsets; the duration where there is only one note."""
    return [b.onset - a.onset for a, b in pairwise(notes)] or [notes[0].duration]


def _candidates(notes: tuple[Note, ...]) -> tuple[_Candidate, ...]:
    found = []
    for first in range(len(notes)):
        for last in range(first, min(len(notes), first + MOST_JOINED)):
            if last > first and notes[last].onset - notes[last - 1].end > JOIN_GAP:
                break
            found.append(_Candidate(first, last, _join(notes[first : last + 1]), JOIN_COST * (last - first)))
    return tuple(found)


def _join(parts: tuple[Note, ...]) -> Note:
    """One note of several stretches: the pitch is that of the longest, where the voice settled."""
    longest = max(parts, key=lambda n: n.duration)
    return Note(parts[0].onset, parts[-1].end - parts[0].onset, longest.pitch)


def _sources(i: int, c: int, candidates: tuple[_Candidate, ...]) -> tuple[tuple[int, int] | None, ...]:
    """Where a path to (model note i, candidate c) may come from; None: it begins here."""
    first = candidates[c].first
    before = [k for k in range(c) if first - REACH <= candidates[k].last < first]
    return (None, *((i0, k) for i0 in range(max(0, i - REACH), i) for k in before))


def _reach(
    source: tuple[int, int] | None,
    i: int,
    candidate: _Candidate,
    targets: tuple[Note, ...],
    candidates: tuple[_Candidate, ...],
    tried: _Hypotheses,
    extra: Floats,
    table: dict[tuple[int, int], _State],
) -> Floats:
    """Cost of coming to a candidate from `source`: what was skipped, what was left over, how the time fits."""
    if source is None:
        return np.asarray(KEY_COST * np.abs(tried.keys) + i * SKIP_COST + extra[candidate.first])
    i0, c0 = source
    before = candidates[c0]
    left = (i - i0 - 1) * SKIP_COST + extra[candidate.first] - extra[before.last + 1]
    heard = max(candidate.note.onset - before.note.onset, 0.01)
    off = np.abs(np.log(heard / ((targets[i].onset - targets[i0].onset) * tried.tempi)))
    return np.asarray(table[source].cost + left + TIME_COST * np.minimum(off, TIME_CAP))


def _pitch_cost(target: Note, sung: Note, tried: _Hypotheses) -> Floats:
    if target.pitch is None or sung.pitch is None:
        return np.zeros(tried.keys.shape)
    off = sung.pitch - target.pitch - tried.keys
    off = np.abs(off - 12.0 * np.round(off / 12.0))
    return np.asarray(PITCH_COST * np.minimum(off, PITCH_CAP) / PITCH_CAP)


def _trace(
    table: dict[tuple[int, int], _State], length: int, candidates: tuple[_Candidate, ...], extra: Floats
) -> dict[int, _Candidate]:
    ends = list(table)
    after = [(length - 1 - i) * SKIP_COST + extra[-1] - extra[candidates[c].last + 1] for i, c in ends]
    costs = np.stack([table[end].cost + rest for end, rest in zip(ends, after, strict=True)])
    best, hypothesis = np.unravel_index(int(np.argmin(costs)), costs.shape)
    place: tuple[int, int] | None = ends[best]
    chosen = {}
    while place is not None:
        chosen[place[0]] = candidates[place[1]]
        state = table[place]
        place = state.sources[state.choice[hypothesis]]
    return chosen


def _key(pairs: tuple[Pair, ...]) -> float | None:
    """The person's own key: the shift in which most notes are right, not their mean, which one slip would move."""
    off = [p.sung.pitch - p.target.pitch for p in pairs if p.sung and p.sung.pitch and p.target.pitch]
    if not off:
        return None
    guesses = [fold(o - off[0]) for o in off]
    guesses += [(a + b) / 2 for a in guesses for b in guesses]
    missed = [sum(min(abs(fold(o - off[0] - g)), KEY_CAP) for o in off) for g in guesses]
    least = min(missed)
    close = [g for g, m in zip(guesses, missed, strict=True) if m <= least + 1e-9]
    return fold(off[0] + float(np.median(close)))


def _tempo(pairs: tuple[Pair, ...]) -> float | None:
    """Sung over model time between onsets: the median ratio, silences beyond LONG_PAUSE taken out."""
    sung = [(p.target, p.sung) for p in pairs if p.sung is not None]
    ratios = [(b.onset - a.onset - _silence(a, b)) / (t.onset - s.onset) for (s, a), (t, b) in pairwise(sung)]
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
