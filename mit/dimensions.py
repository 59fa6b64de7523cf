"""The scored dimensions: one function and one row each. Bars, store, report and JSON iterate the rows.

Each function takes an alignment and gives one value for each note of the model: 1 as the model, 0 as far off as it
can be, None where it cannot tell. Ramps are soft: nothing falls off a cliff. A note that was not heard counts in
completeness alone, never as a note in a false place.

Tolerances are those of experts' grades on imitations by real singers: intervals and pitches are fine to about 40
cents and lost at 150 to 160; occasional singers' imitations are judged by direction before size.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import NamedTuple

from mit.align import Alignment, Pair
from mit.melody import Note

Values = tuple[float | None, ...]

SAME = 1.0
"""Semitones: two notes of one height sung within this are the same (protocol: dead zone of 100 cents)."""

DIRECTION = (-0.5, 1.0)
"""Semitones in the model's direction at which a step begins to count, and counts in full (dead zone of 50 cents)."""

INTERVAL = (0.4, 1.6)
"""Semitones off at which an interval begins to lose, and has lost all."""

PITCH = (0.4, 1.5)
"""The same for a note in the person's own key."""

RHYTHM = (0.10, 0.70)
"""Log ratio of times between onsets, tempo taken out: 10 % is played by the steadiest, a factor of 2 is lost."""

LENGTH = (0.45, 1.40)
"""The same for the last note's length, which nobody holds exactly: half as long still counts for much."""

ONSET = (0.08, 0.50)
"""Beats that an onset lies off the steady tempo (protocol: 25 % of a beat is fine)."""

TEMPO_FREE = 2.0
"""Factor of tempo that costs nothing, faster or slower."""

OCTAVE_FROM = 9.0
"""Semitones off from which a note is taken for the right one an octave away: nearer to it than to a tritone."""

REPEATED = 0.25
"""Weight of a step between equal heights: it is the moving steps that make the melody; who sings on one tone all
along meets the others by doing nothing."""

ADDED_COST = 0.5
"""Syllables that an added one costs: half of what a missing one does."""


class Step(NamedTuple):
    """Two neighbouring notes of the model that were both sung: semitones wanted and sung, and the later one's place."""

    wanted: float
    sung: float
    place: int


@dataclass(frozen=True, slots=True)
class Dimension:
    """A scored dimension: its name in every output, how it judges, its weight in the score, and how much each note
    of the model counts in it."""

    name: str
    judge: Callable[[Alignment], Values]
    weight: float
    counts: Callable[[Alignment], tuple[float, ...]] = lambda alignment: (1.0,) * len(alignment.pairs)

    def part(self, alignment: Alignment) -> float | None:
        """The weighted mean of the notes that can be judged; None when there is none."""
        known = [(w, v) for w, v in zip(self.counts(alignment), self.judge(alignment), strict=True) if v is not None]
        return sum(w * v for w, v in known) / sum(w for w, _ in known) if known else None


def ramp(distance: float, limits: tuple[float, float]) -> float:
    """1 up to the first limit, 0 from the second on, straight between."""
    full, lost = limits
    return min(1.0, max(0.0, (lost - distance) / (lost - full)))


def own_pitches(alignment: Alignment) -> Values:
    """The sung pitch of each note in the model's key and octave (MIDI): what remains is how the melody was sung."""
    return tuple(_own_pitch(p, alignment.key) for p in alignment.pairs)


def _own_pitch(pair: Pair, key: float | None) -> float | None:
    if pair.sung is None or pair.sung.pitch is None or pair.target.pitch is None or key is None:
        return None
    pitch = pair.sung.pitch - key
    off = pitch - pair.target.pitch
    return pitch - 12.0 * round(off / 12.0) if abs(off) >= OCTAVE_FROM else pitch


def steps(alignment: Alignment) -> tuple[Step, ...]:
    """The steps of the melody whose both ends were sung."""
    own = own_pitches(alignment)
    wanted = [p.target.pitch for p in alignment.pairs]
    found = []
    for k in range(1, len(own)):
        a, b, x, y = own[k - 1], own[k], wanted[k - 1], wanted[k]
        if a is not None and b is not None and x is not None and y is not None:
            found.append(Step(y - x, b - a, k))
    return tuple(found)


def _at(alignment: Alignment, values: dict[int, float]) -> Values:
    return tuple(values.get(k) for k in range(len(alignment.pairs)))


def contour(alignment: Alignment) -> Values:
    """Direction of each step: up, down or the same."""
    return _at(alignment, {s.place: _direction(s) for s in steps(alignment)})


def _direction(step: Step) -> float:
    if step.wanted == 0:
        return ramp(abs(step.sung), (SAME, 2 * SAME))
    return 1.0 - ramp(step.sung if step.wanted > 0 else -step.sung, DIRECTION)


def _movement(alignment: Alignment) -> tuple[float, ...]:
    """How much each step counts: in full where the model moves."""
    wanted = {s.place: s.wanted for s in steps(alignment)}
    return tuple(1.0 if wanted.get(k) else REPEATED for k in range(len(alignment.pairs)))


def interval(alignment: Alignment) -> Values:
    """Size of each step, whatever the key."""
    return _at(alignment, {s.place: ramp(abs(s.sung - s.wanted), INTERVAL) for s in steps(alignment)})


def pitch(alignment: Alignment) -> Values:
    """Each note in the person's own key; with one note there is no key to judge it in."""
    own = own_pitches(alignment)
    if sum(v is not None for v in own) < 2:
        return (None,) * len(own)
    wanted = [p.target.pitch for p in alignment.pairs]
    return tuple(None if o is None or w is None else ramp(abs(o - w), PITCH) for o, w in zip(own, wanted, strict=True))


def rhythm(alignment: Alignment) -> Values:
    """Times between onsets against the person's own tempo; the last note by its length."""
    sung = _sung(alignment)
    tempo = alignment.tempo
    if tempo is None:
        return (None,) * len(alignment.pairs)
    values = {}
    for (place, s, a), (_, t, b) in pairwise(sung):
        off = abs(log((b.onset - a.onset) / ((t.onset - s.onset) * tempo)))
        values[place] = ramp(off, RHYTHM)
    place, target, last = sung[-1]
    values[place] = ramp(abs(log(max(last.duration, 0.01) / (target.duration * tempo))), LENGTH)
    strange = ramp(abs(log(tempo)), (log(TEMPO_FREE), 2 * log(TEMPO_FREE)))
    return _at(alignment, {k: v * strange for k, v in values.items()})


def onset(alignment: Alignment) -> Values:
    """How far each onset lies from a steady beat laid through all of them, in beats."""
    sung = _sung(alignment)
    if alignment.tempo is None or len(sung) < 3:
        return (None,) * len(alignment.pairs)
    beat = alignment.tempo * (sung[-1][1].onset - sung[0][1].onset) / (len(sung) - 1)
    lags = [note.onset - alignment.tempo * target.onset for _, target, note in sung]
    middle = sorted(lags)[len(lags) // 2]
    return _at(alignment, {k: ramp(abs(lag - middle) / beat, ONSET) for (k, _, _), lag in zip(sung, lags, strict=True)})


def _sung(alignment: Alignment) -> list[tuple[int, Note, Note]]:
    return [(k, p.target, p.sung) for k, p in enumerate(alignment.pairs) if p.sung is not None]


def completeness(alignment: Alignment) -> Values:
    """Every syllable sung, and none besides: an added one is charged to all of them."""
    extra = ADDED_COST * len(alignment.added) / len(alignment.pairs)
    return tuple(0.0 if p.sung is None else max(0.0, 1.0 - extra) for p in alignment.pairs)


DIMENSIONS = (
    Dimension("contour", contour, 0.25, _movement),
    Dimension("interval", interval, 0.20, _movement),
    Dimension("pitch", pitch, 0.15),
    Dimension("rhythm", rhythm, 0.15),
    Dimension("onset", onset, 0.05),
    Dimension("completeness", completeness, 0.20),
)
"""Melody before time before nothing missing: experts' grades on short phrases are best met at about 0.7 to 0.3 for
pitch against rhythm, and a phrase with a syllable missing is not a small slip."""
