"""Which sung note belongs to which note of the model.

Dynamic programming over (model note, sung note), all hypotheses of key and tempo at once: a pair costs by how far the
pitch lies off in that key (octaves folded) and by how far the time since the last pair departs from that tempo. Notes
of the model may be skipped, sung notes may be left over, and notes that the segmentation cut without a gap may be
joined. Two equal pitches are told apart by time alone, which is why time has a part in it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mit.alignment import Alignment, Pair, compose, fold, tempo_of
from mit.contour import Contour, Floats
from mit.melody import Melody, Note
from mit.starts import broken_off
from mit.timbre import change

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

JOIN_FREE, JOIN_LONG = 0.4, 0.8
"""Beats up to which a stretch that is joined is a scoop or a fall, and from which it is a syllable and costs as one."""

JOIN_GAP = 0.02
"""Seconds: syllables cut by a dip of intensity lie further apart than stretches cut by a step of pitch."""

MOST_JOINED = 3
"""Stretches that one note may be made of: a scoop, the note, a fall."""

HELD = 0.8
"""Share of the time of two notes from which one sung note may be both: over a glide ("see you") or a nasal two
syllables run into each other with neither loudness nor pitch to tell. Who leaves one out holds the other for half."""

ANOTHER = 2.0
"""dB over the bands by which the sound changes where a long note is two syllables: one vowel held changes by 1 dB or
less, a glide by 4 and more, and noise hides half of that. Where no sound is known the length alone decides."""

BROKEN_COST = 2.4
"""Cost of taking a note that was begun and broken off for a note of the model: less than what is left out then."""

REACH = 4
"""Model notes and sung notes between one pair and the next that are tried: more is no longer the same phrase."""

TEMPO_BAND = (0.4, 3.0)
"""Sung over model tempo that is tried."""


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


def pair(melody: Melody, notes: tuple[Note, ...], contour: Contour | None = None) -> Alignment:
    """Pair the notes of the model with the sung ones. Same input, same answer; cost grows with their product.

    contour: what they sound like, where that is known.
    """
    broken = broken_off(notes, contour) if contour else (False,) * len(notes)
    chosen = _cheapest(melody.notes, notes, broken) if notes and melody.notes else {}
    taken = {k for c in chosen.values() for k in range(c.first, c.last + 1)}
    pairs = tuple(Pair(t, chosen[i].note if i in chosen else None) for i, t in enumerate(melody.notes))
    return compose(_parted(pairs, contour), tuple(n for k, n in enumerate(notes) if k not in taken))


def _parted(pairs: tuple[Pair, ...], contour: Contour | None) -> tuple[Pair, ...]:
    """The pairs, with a note that lasts as long as two of the model and leaves one of them out taken for both."""
    tempo = tempo_of(pairs)
    for k in range(len(pairs) - 1):
        (a, b), both = pairs[k : k + 2], pairs[k].target.duration + pairs[k + 1].target.duration
        note = a.sung or b.sung
        if tempo is None or note is None or (a.sung and b.sung):
            continue
        found = change(contour, note, expected=a.target.duration / both) if contour else None
        if note.duration < HELD * both * tempo or (found and found[1] < ANOTHER):
            continue
        first = found[0] - note.onset if found else note.duration * a.target.duration / both
        early = Note(note.onset, first, note.pitch)
        late = Note(note.onset + first, note.duration - first, note.pitch)
        pairs = (*pairs[:k], Pair(a.target, early), Pair(b.target, late), *pairs[k + 2 :])
    return pairs


def _cheapest(targets: tuple[Note, ...], notes: tuple[Note, ...], broken: tuple[bool, ...]) -> dict[int, _Candidate]:
    """Which candidate sings each model note, on the cheapest path over all hypotheses."""
    tried = _hypotheses(targets, notes)
    beat = float(np.median([t.duration for t in targets]))
    candidates = _candidates(notes, beat, broken)
    extra = np.concatenate(([0.0], np.cumsum([EXTRA_COST + EXTRA_LONG * min(1.0, n.duration / beat) for n in notes])))
    table: dict[tuple[int, int], _State] = {}
    for i, target in enumerate(targets):
        for c, candidate in enumerate(candidates):
            sources = _sources(i, c, candidates)
            costs = [_reach(s, i, candidate, targets, notes, candidates, tried, extra, table) for s in sources]
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


def _candidates(notes: tuple[Note, ...], beat: float, broken: tuple[bool, ...]) -> tuple[_Candidate, ...]:
    found = []
    for first in range(len(notes)):
        for last in range(first, min(len(notes), first + MOST_JOINED)):
            if last > first and notes[last].onset - notes[last - 1].end > JOIN_GAP:
                break
            parts = notes[first : last + 1]
            begun = BROKEN_COST if last == first and broken[first] else 0.0
            found.append(_Candidate(first, last, _join(parts), _join_cost(parts, beat) + begun))
    return tuple(found)


def _join_cost(parts: tuple[Note, ...], beat: float) -> float:
    """What joining costs: nothing for one stretch; little for short ones beside the longest, more for whole beats."""
    shorter = sorted(n.duration / beat for n in parts)[:-1]
    return sum(JOIN_COST + float(np.interp(d, (JOIN_FREE, JOIN_LONG), (0.0, EXTRA_COST + EXTRA_LONG))) for d in shorter)


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
    notes: tuple[Note, ...],
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
    wanted = (targets[i].onset - targets[i0].onset) * tried.tempi
    off = np.min([np.abs(np.log(heard / wanted)) for heard in _waits(before, candidate, notes)], axis=0)
    return np.asarray(table[source].cost + left + TIME_COST * np.minimum(off, TIME_CAP))


def _waits(before: _Candidate, after: _Candidate, notes: tuple[Note, ...]) -> list[float]:
    """Seconds from one note to the next: all, and up to what was sung between them and belongs to none; that took its
    own time and says nothing of the tempo."""
    ends = [after.first, *([before.last + 1] if before.last + 1 < after.first else [])]
    return [max(notes[k].onset - before.note.onset, 0.01) for k in ends]


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
