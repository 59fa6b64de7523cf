"""Lay phonemes on the notes of a melody: which is how long, so that every vowel begins on its beat.

Only what is held is stretched; consonants keep nearly their spoken length and are sung before the beat, in time taken
from the note before.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mit.melody import Note
from mit.voice.neural import FRAME, PAD, UNIT, Network
from mit.voice.sounds import STRESS_MARKS, Spoken

Floats = NDArray[np.float64]

LAG = 0.09
"""Seconds by which the sound leads the phonemes in this network: constant, measured on vowels after voiceless stops
(mean absolute deviation 5 ms on 20 syllables)."""

LAG_FRAMES = round(LAG / FRAME)

FIRST_VOWEL = 28
"""Units before the first vowel: room for its consonants."""

SUNG_CONSONANT, SHORTEST_CONSONANT, LONGEST_CONSONANT = 1.15, 2.0, 6.0
"""Times the spoken length, and units: sung consonants are clear, but do not hold up the beat."""

LONGEST_SPACE, LONGEST_MARK = 1.0, 2.0
"""Units of a space and of a stress mark: legato, no pauses between words."""

SHORTEST_VOWEL, VOWEL_SHARE = 3.0, 0.4
"""Units, and share of the time from beat to beat: consonants give way where a note is short."""

COLOUR = 0.45
"""Share of the vowel where an ɹ is held with it: the vowel is heard first."""

LONGEST_SAID = 28.0
"""Units of a held vowel in what the network is asked for; a longer note is drawn out from it. A recogniser misses 12 %
of the words at 1.6 s a syllable where the network is asked for vowels of that length, 9 % so; at 0.7 s 2 %."""

KEPT_EDGE = 10.0
"""Frames at both ends of a phoneme that are not drawn out: its attack stays quick, and the beat clear."""

EARLIER = {"ə": 2.0, "ᵊ": 2.0, "ʊ": 1.0, "ɜ": 1.0}
"""Units by which the voice of these begins late after a sound without voice (Praat: 40 to 60 ms, median of 30; the
others 0 to 20 ms)."""

CLOSING, TAIL = 4, 4
"""Units after the last syllable: its release, and silence."""


@dataclass(frozen=True, slots=True)
class Line:
    """The phonemes of a phrase, closed by a full stop.

    held: (first, past last) places of each syllable's nucleus; they count in `ids`, whose first and last are PAD.
    """

    symbols: str
    ids: NDArray[np.int64]
    held: tuple[tuple[int, int], ...]
    syllables: tuple[Spoken, ...]

    @property
    def hissed(self) -> tuple[tuple[int, int], ...]:
        """(first, past last) places of the sounds without voice that a vowel begins after."""
        before = zip(self.syllables, self.held, strict=True)
        return tuple((start - len(s.onset) - len(s.mark), start) for s, (start, _) in before if s.hissed)

    @property
    def opened(self) -> tuple[bool, ...]:
        """Whether each vowel follows another with nothing between."""
        after = (not (before.coda or s.onset) for before, s in pairwise(self.syllables))
        return (False, *after)


def write_line(syllables: tuple[Spoken, ...], network: Network) -> Line:
    """Write syllables one after the other as the network reads them."""
    text, held = "", []
    for syllable in syllables:
        start = len(text) + len(syllable.onset) + len(syllable.mark) + 1
        held.append((start, start + len(syllable.nucleus)))
        text += syllable.symbols
    text = text.rstrip() + "."
    ids = np.array([PAD, *(network.numbers[c] for c in text), PAD], np.int64)
    return Line(text, ids, tuple(held), syllables)


def stretch(line: Line, natural: NDArray[np.floating], notes: tuple[Note, ...]) -> Floats:
    """Units for each phoneme, so that syllable k's nucleus starts FIRST_VOWEL units and its note's distance in."""
    units = _sung_lengths(line, natural)
    beats = _beats(line, notes)
    ends = [*beats[1:], FIRST_VOWEL + round((notes[-1].end - notes[0].onset) / UNIT)]
    first = line.held[0][0]
    units[1:first] = _fit(units[1:first], beats[0])
    units[0] = beats[0] - units[1:first].sum()
    nexts = [*(start for start, _ in line.held[1:]), len(line.ids) - 2]
    rests = [max(0, round(seconds / UNIT)) for seconds in rests_after(notes)]
    for k, ((start, end), following, beat, until) in enumerate(zip(line.held, nexts, beats, ends, strict=True)):
        rest = rests[k] if line.syllables[k].word_end else 0
        gap = until - beat - rest
        least = min(gap, max(SHORTEST_VOWEL, VOWEL_SHARE * gap))
        units[end:following] = _fit(units[end:following], gap - least)
        _hold(units[start:end], gap - units[end:following].sum())
        units[end + len(line.syllables[k].coda)] += rest
    units[-2:] = CLOSING, TAIL
    return units


def rests_after(notes: tuple[Note, ...]) -> list[float]:
    """Seconds of rest after each note."""
    return [max(0.0, after.onset - note.end) for note, after in pairwise(notes)] + [0.0]


def _beats(line: Line, notes: tuple[Note, ...]) -> list[float]:
    """The unit in which each nucleus begins."""
    early = [EARLIER.get(s.nucleus[0], 0.0) if s.hissed else 0.0 for s in line.syllables]
    return [
        FIRST_VOWEL + round((note.onset - notes[0].onset) / UNIT) - units
        for note, units in zip(notes, early, strict=True)
    ]


def _sung_lengths(line: Line, natural: NDArray[np.floating]) -> Floats:
    """Units of everything that is not held."""
    units = np.array(natural, np.float64)
    for place, symbol in enumerate(line.symbols, start=1):
        if symbol.isspace():
            units[place] = min(units[place], LONGEST_SPACE)
        elif symbol in STRESS_MARKS:
            units[place] = min(max(units[place], 1.0), LONGEST_MARK)
        else:
            sung = np.clip(round(units[place] * SUNG_CONSONANT), SHORTEST_CONSONANT, LONGEST_CONSONANT)
            units[place] = sung
    return units


def _fit(units: Floats, room: float) -> Floats:
    """Shorten phonemes evenly, in whole units, until they take no more than `room`."""
    if units.sum() <= room:
        return units
    ends = np.floor(np.cumsum(units) * (int(room) / units.sum()))
    shortened: Floats = np.diff(ends, prepend=0.0)
    return shortened


def _hold(units: Floats, length: float) -> None:
    """Give a nucleus its length, in place."""
    if len(units) > 1:
        units[0] = max(1.0, round(length * COLOUR))
        units[1:] = 0.0
        units[-1] = length - units[0]
    else:
        units[0] = length


def frame_ends(units: NDArray[np.floating]) -> Floats:
    """Frame at which each phoneme begins to be heard, and one more: the end of the last. The sound leads by LAG."""
    return 2.0 * np.concatenate(([0.0], np.cumsum(units))) - LAG_FRAMES


def hurry(line: Line, units: Floats) -> Floats:
    """The same units, but no nucleus longer than LONGEST_SAID: what the network is asked for (see `slowed`)."""
    hurried = units.copy()
    for first, past in line.held:
        length = hurried[first:past].sum()
        if length > LONGEST_SAID:
            hurried[first:past] = np.diff(np.round(np.cumsum(hurried[first:past]) * (LONGEST_SAID / length)), prepend=0)
    return hurried


def frames_in(units: NDArray[np.floating], others: NDArray[np.floating]) -> Floats:
    """For each frame of a phrase that takes `units` its place (a fraction of frames) where it takes `others`.

    The edges of a phoneme keep their length: what changes is its middle.
    """
    frames = np.arange(2 * int(units.sum()))
    spread = np.arange(len(units) + 1) * 1e-6  # phonemes of no length must not stand still in the interpolation
    ends, other = frame_ends(units) + spread, frame_ends(others)
    edge = np.minimum(KEPT_EDGE, np.minimum(np.diff(ends), np.diff(other)) / 3)
    return np.interp(frames, _with_edges(ends, edge), _with_edges(other, edge))


def _with_edges(ends: Floats, edge: Floats) -> Floats:
    """The ends of phonemes, and of the edges inside them, in order."""
    return np.sort(np.concatenate((ends, ends[:-1] + edge, ends[1:] - edge)))


def spoken_frames(natural: NDArray[np.floating], units: NDArray[np.floating]) -> Floats:
    """For each frame of the stretched phrase its place (a fraction of frames) in the spoken one."""
    frames = np.arange(2 * int(units.sum()))
    spread = np.arange(len(units) + 1) * 1e-6  # phonemes of no length must not stand still in the interpolation
    return np.interp(frames, frame_ends(units) + spread, frame_ends(natural))
