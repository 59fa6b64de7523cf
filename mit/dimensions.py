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
from math import log, sqrt
from typing import NamedTuple

import numpy as np

from mit.alignment import Alignment, Pair
from mit.melody import Note

Values = tuple[float | None, ...]

SAME = 1.0
"""Semitones: two notes of one height sung within this are the same (protocol: dead zone of 100 cents)."""

AWAY = -0.5
"""Semitones in the model's direction at which a step begins to count (protocol: dead zone of 50 cents)."""

DIRECTION, DIRECTION_SHARE = 1.0, 0.7
"""Semitones at which it counts in full, or this share of a step that is smaller than that."""

INTERVAL = (0.4, 1.6)
"""Semitones off at which an interval begins to lose, and has lost all."""

INTERVAL_SHARE = 0.75
"""Share of a wide step by which it may be off before it has lost all: steps sung half as wide are common, and still
the melody (Pfordresher & Brown 2007)."""

PITCH = (0.3, 1.5)
"""The same for a note in the person's own key."""

RHYTHM = (0.05, 1.2)
"""Log ratio of times between onsets, tempo taken out: 5 % is played by the steadiest, a factor of 3 is lost."""

FINAL, FINAL_UP_TO = (0.05, 1.5), 3
"""The same for how long the last of so few notes is held: tempo takes one of their times between onsets, so that little
else tells how even they were. In longer phrases people hold or clip the last note as they like."""

ONSET = (0.03, 0.50)
"""Beats that an onset lies off the steady tempo."""

SLOWEST_LINE = 0.1
"""Least sung over model tempo of that beat: onsets that run together give no tempo."""

SHORTEST_WAIT = 0.01
"""Seconds between two onsets at least: no ratio is infinite."""

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

    @property
    def is_level(self) -> bool:
        """Whether the model stays on one height here."""
        return abs(self.wanted) < SAME / 2


@dataclass(frozen=True, slots=True)
class Dimension:
    """A scored dimension: its name in every output, how it judges, and how much each note of the model counts in it.

    `judge` takes an alignment and the ease: 1 as calibrated, more forgives more (it widens the ramps).
    """

    name: str
    judge: Callable[[Alignment, float], Values]
    counts: Callable[[Alignment], tuple[float, ...]]

    def part(self, alignment: Alignment, *, ease: float = 1.0) -> float | None:
        """The weighted mean of the notes that can be judged; None when there is none."""
        values = zip(self.counts(alignment), self.judge(alignment, ease), strict=True)
        known = [(w, v) for w, v in values if v is not None]
        return sum(w * v for w, v in known) / sum(w for w, _ in known) if known else None


def ramp(distance: float, limits: tuple[float, float], ease: float = 1.0) -> float:
    """1 up to the first limit, 0 from the second on, straight between; `ease` moves both away."""
    full, lost = limits[0] * ease, limits[1] * ease
    return min(1.0, max(0.0, (lost - distance) / (lost - full)))


def own_pitches(alignment: Alignment) -> Values:
    """The sung pitch of each note in the model's key and octave (MIDI): what remains is how the melody was sung."""
    return tuple(_own_pitch(p, alignment) for p in alignment.pairs)


def _own_pitch(pair: Pair, alignment: Alignment) -> float | None:
    if pair.sung is None or pair.sung.pitch is None or pair.target.pitch is None or alignment.key is None:
        return None
    pitch = pair.sung.pitch - alignment.key_at(pair.sung.onset)
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


def contour(alignment: Alignment, ease: float = 1.0) -> Values:
    """Direction of each step: up, down or the same."""
    return _at(alignment, {s.place: _direction(s, ease) for s in steps(alignment)})


def _direction(step: Step, ease: float) -> float:
    if step.is_level:
        return ramp(abs(step.sung), (SAME, 2 * SAME), ease)
    enough = min(DIRECTION, DIRECTION_SHARE * abs(step.wanted)) / ease
    return 1.0 - ramp(step.sung if step.wanted > 0 else -step.sung, (AWAY, enough))


def interval(alignment: Alignment, ease: float = 1.0) -> Values:
    """Size of each step, whatever the key."""
    return _at(alignment, {s.place: _size(s, ease) for s in steps(alignment)})


def _size(step: Step, ease: float) -> float:
    lost = max(INTERVAL[1], INTERVAL_SHARE * abs(step.wanted))
    return ramp(abs(step.sung - step.wanted), (INTERVAL[0], lost), ease)


def _movement(alignment: Alignment) -> tuple[float, ...]:
    """How much each step counts: by the length of its shorter note, and in full where the model moves."""
    lengths = _lengths(alignment)
    level = {s.place for s in steps(alignment) if s.is_level}
    return tuple(
        min(length, lengths[max(k - 1, 0)]) * (REPEATED if k in level else 1.0) for k, length in enumerate(lengths)
    )


def _lengths(alignment: Alignment) -> tuple[float, ...]:
    """How much each note counts: longer ones more, but less than in proportion."""
    return tuple(sqrt(p.target.duration) for p in alignment.pairs)


def pitch(alignment: Alignment, ease: float = 1.0) -> Values:
    """Each note in the person's own key; with one note there is no key to judge it in."""
    own = own_pitches(alignment)
    if sum(v is not None for v in own) < 2:
        return (None,) * len(own)
    wanted = [p.target.pitch for p in alignment.pairs]
    return tuple(
        None if o is None or w is None else ramp(abs(o - w), PITCH, ease) for o, w in zip(own, wanted, strict=True)
    )


def rhythm(alignment: Alignment, ease: float = 1.0) -> Values:
    """Times between onsets against the person's own tempo, each at the note that begins it.

    Of two or three notes the last is judged by its length, too.
    """
    tempo = alignment.tempo
    if tempo is None:
        return (None,) * len(alignment.pairs)
    strange = ramp(abs(log(tempo)), (log(TEMPO_FREE), 2 * log(TEMPO_FREE)))
    values = {}
    for (place, s, a), (_, t, b) in pairwise(_sung(alignment)):
        wanted = (t.onset - s.onset) * tempo
        off = min(abs(log(max(end - a.onset, SHORTEST_WAIT) / wanted)) for end in _ends(alignment, a, b))
        values[place] = strange * ramp(off, RHYTHM, ease)
    if len(values) < FINAL_UP_TO:
        last, target, note = _sung(alignment)[-1]
        held = abs(log(max(note.duration, SHORTEST_WAIT) / (target.duration * tempo)))
        values[last] = strange * ramp(held, FINAL, ease)
    return _at(alignment, values)


def _ends(alignment: Alignment, a: Note, b: Note) -> list[float]:
    """When the time from a to b was over: at b, or at what was added between them, which completeness is charged."""
    return [b.onset, *(n.onset for n in alignment.added if a.onset < n.onset < b.onset)]


def onset(alignment: Alignment, ease: float = 1.0) -> Values:
    """How far each onset lies from a steady beat laid through all of them, in beats; pauses are rhythm's matter."""
    sung = _sung(alignment)
    if len(sung) < 3:
        return (None,) * len(alignment.pairs)
    waited = np.cumsum(alignment.pauses)
    wanted = np.array([target.onset for _, target, _ in sung])
    heard = np.array([note.onset - waited[k] for k, _, note in sung])
    tempo, start = np.polyfit(wanted, heard, 1)
    beat = max(tempo, SLOWEST_LINE) * float(np.mean(np.diff(wanted)))
    off = np.abs(heard - tempo * wanted - start) / beat
    return _at(alignment, {k: ramp(float(o), ONSET, ease) for (k, _, _), o in zip(sung, off, strict=True)})


def _sung(alignment: Alignment) -> list[tuple[int, Note, Note]]:
    return [(k, p.target, p.sung) for k, p in enumerate(alignment.pairs) if p.sung is not None]


def completeness(alignment: Alignment, ease: float = 1.0) -> Values:
    """Every syllable sung, and none besides: an added one is charged to all of them."""
    extra = ADDED_COST * len(alignment.added) / len(alignment.pairs)
    return tuple(0.0 if p.sung is None else max(0.0, 1.0 - extra) for p in alignment.pairs)


def _equally(alignment: Alignment) -> tuple[float, ...]:
    return (1.0,) * len(alignment.pairs)


DIMENSIONS = (
    Dimension("contour", contour, _movement),
    Dimension("interval", interval, _movement),
    Dimension("pitch", pitch, _lengths),
    Dimension("rhythm", rhythm, _lengths),
    Dimension("onset", onset, _equally),
    Dimension("completeness", completeness, _equally),
)
"""Their weights are calibrated on experts' grades: see calibration."""
