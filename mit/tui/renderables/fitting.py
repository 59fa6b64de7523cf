"""Fitting a phrase into a place: which syllables, on how many lines, in which letters. Numbers only, no drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from mit.phrase import Syllable
from mit.tui.canvas import text_width
from mit.tui.letters import Size, composed, sizes

CHUNK = 3
"""Syllables that can be taken in at a glance and held (screens are tuned to it); a chunk ends with a word, and may
be one longer for it."""

GOOD_SHARE = 0.75
"""A whole phrase is shown when its letters reach this share of those one chunk alone could have."""

LEAST_WIDTH = 4.0
"""Columns of the narrowest block: room for a hollow frame with a line inside."""

BLOCKS_LEAST, BLOCKS_SHARE = 8, 0.42
"""Half rows the blocks over a line of letters need, and the share of its height they should have."""

AXIS_LINES = (1, 2, 3)
MARGIN = 1
"""Half rows between blocks and letters."""

APART = 2
"""Half rows between the letters of one line and the blocks of the next."""

IN_WORD, AFTER_WORD = 1.1, 2.6
"""Columns between syllables and between words, for letters of REFERENCE_ASCENT."""

REFERENCE_ASCENT = 8

Line = tuple[int, ...]
"""Indices of the syllables on one line."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A syllable's columns on its line, from the line's left edge, and the columns its letters take."""

    x: float
    width: float
    text: float

    @property
    def past(self) -> float:
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Fit:
    """Lines of syllables and the letters for all of them (None: plain text).

    partial: other syllables are left out; labelled: whether there is room for what is sung.
    """

    lines: tuple[Line, ...]
    size: Size | None
    partial: bool = False
    labelled: bool = True


def fit(syllables: Sequence[Syllable], *, width: float, height: float, focus: int, map_height: float) -> Fit:
    """The largest letters: the whole phrase on one line or two, else the chunk with syllable `focus`.

    height: half rows; map_height: those that a partial view leaves free for its map.
    """
    groups, alone = _parted(syllables, width=width, height=height - map_height)
    here = next((group for group in groups if focus in group), groups[0])
    for lines in (split(syllables, 1), split(syllables, 2)):
        whole = _largest(syllables, lines, width=width, height=height)
        if whole and (alone is None or whole.height >= GOOD_SHARE * alone.height):
            return Fit(lines, whole)
    every = split(syllables, 1)
    if alone is None and phrase_slots(syllables, every[0], None)[-1].past <= width:
        return Fit(every, None)
    return Fit((here,), alone, partial=len(groups) > 1)


def _parted(syllables: Sequence[Syllable], *, width: float, height: float) -> tuple[tuple[Line, ...], Size | None]:
    """The chunks of a phrase and the letters for all of them; shorter chunks, where long words leave no room for
    letters."""
    for most in range(CHUNK, 0, -1):
        groups = chunks(syllables, most)
        if size := _smallest(_largest(syllables, [group], width=width, height=height) for group in groups):
            return groups, size
    return chunks(syllables), None


def _smallest(found: Iterable[Size | None]) -> Size | None:
    """One size for every chunk, so that letters do not change while a phrase is sung; None where one has none."""
    every = list(found)
    known = [size for size in every if size]
    return min(known, key=lambda size: size.height) if len(known) == len(every) else None


def axis_fit(syllables: Sequence[Syllable], *, width: float, height: float, most: int) -> Fit:
    """The whole phrase on the fewest lines that leave room for letters no larger than `most`.

    Else for plain text, else without words.
    """
    ways = [split(syllables, count) for count in AXIS_LINES]
    for lines in ways:
        size = _largest(syllables, lines, width=width, height=height, most=most)
        if size:
            return Fit(lines, size)
    for lines in ways:
        if all(phrase_slots(syllables, line, None)[-1].past <= width for line in lines):
            return Fit(lines, None)
    return Fit(ways[-1], None, labelled=False)


def line_height(height: float, lines: int) -> float:
    """Half rows for each line of letters with its blocks."""
    return (height - APART * (lines - 1)) / lines


def chunks(syllables: Sequence[Syllable], most: int = CHUNK) -> tuple[Line, ...]:
    """The phrase in groups of about three syllables, or `most`, that end with words; long words are cut."""
    longest = most + 1
    groups: list[list[int]] = []
    for word in _words(syllables):
        if groups and len(groups[-1]) < most and len(groups[-1]) + len(word) <= longest:
            groups[-1].extend(word)
        else:
            groups.extend(word[k : k + longest] for k in range(0, len(word), longest))
    if len(groups) > 1 and len(groups[-1]) == 1 and len(groups[-2]) < longest:
        groups[-2:] = [groups[-2] + groups[-1]]
    return tuple(map(tuple, groups))


def split(syllables: Sequence[Syllable], lines: int) -> tuple[Line, ...]:
    """All syllables on at most so many lines of about as many letters each, cut at word ends where there are any."""
    count = len(syllables)
    ends = [k + 1 for k, syllable in enumerate(syllables[:-1]) if syllable.word_end] or list(range(1, count))
    reach = [0, *accumulate(text_width(syllable.text) for syllable in syllables)]
    wanted = [reach[-1] * k / lines for k in range(1, lines)]
    cuts = sorted({min(ends, key=lambda end: abs(reach[end] - want)) for want in wanted}) if ends else []
    return tuple(tuple(range(a, b)) for a, b in pairwise((0, *cuts, count)))


def phrase_slots(syllables: Sequence[Syllable], line: Line, size: Size | None) -> tuple[Slot, ...]:
    """Side by side, block and letters of a syllable sharing one width; a long note is wide at least by its beats."""
    scale = size.ascent / REFERENCE_ASCENT if size else 1.0
    found, x = [], 0.0
    for k in line:
        text = _columns(syllables[k].text, size)
        width = max(text, LEAST_WIDTH * max(1.0, syllables[k].beats))
        found.append(Slot(x, width, text))
        x += width + (AFTER_WORD if syllables[k].word_end else IN_WORD) * scale
    return tuple(found)


def stretched(slots: Sequence[Slot], width: float) -> tuple[Slot, ...]:
    """The same slots spread over the whole width, or pressed into it."""
    spare = width - slots[-1].past
    if spare >= 0:
        more = spare / len(slots)
        return tuple(Slot(s.x + k * more, s.width + more, s.text) for k, s in enumerate(slots))
    share = width / slots[-1].past
    return tuple(Slot(s.x * share, s.width * share, s.text) for s in slots)


def _words(syllables: Sequence[Syllable]) -> list[list[int]]:
    words: list[list[int]] = [[]]
    for k, syllable in enumerate(syllables):
        words[-1].append(k)
        if syllable.word_end and k + 1 < len(syllables):
            words.append([])
    return words


def _text(syllables: Sequence[Syllable], line: Line) -> str:
    return composed("".join(syllables[k].text for k in line))


def _columns(text: str, size: Size | None) -> float:
    return size.width(composed(text)) if size else float(text_width(text))


def _largest(
    syllables: Sequence[Syllable],
    lines: Sequence[Line],
    *,
    width: float,
    height: float,
    most: int | None = None,
) -> Size | None:
    """The largest letters in which these lines fit with their blocks above; None where none do or one is unknown."""
    each = line_height(height, len(lines))
    above = max(BLOCKS_LEAST, BLOCKS_SHARE * each) + MARGIN
    for size in reversed([size for size in sizes() if most is None or size.height <= most]):
        known = all(size.knows(_text(syllables, line)) for line in lines)
        if not known:
            return None
        high = max(size.ascent + size.drop(_text(syllables, line)) for line in lines) + above
        if high <= each and all(phrase_slots(syllables, line, size)[-1].past <= width for line in lines):
            return size
    return None
