"""Fitting a phrase into a place: which syllables, on how many lines, in which letters. Numbers only, no drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from mit.phrase import Syllable
from mit.tui.canvas import text_width
from mit.tui.letters import Size, composed, sizes

CHUNK = 3
"""Syllables that can be taken in at a glance and held (screens are tuned to it); a chunk ends with a word."""

LONGEST_CHUNK = 4

GOOD_SHARE = 0.6
"""A whole phrase is shown when its letters reach this share of those one chunk alone could have."""

LEAST_WIDTH = 4.0
"""Columns of the narrowest block: room for a hollow frame with a line inside."""

TIGHT_WIDTH = 1.0
"""Columns of a block where even so not all find room."""

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


@dataclass(frozen=True, slots=True)
class Fit:
    """Lines of syllables and the letters for all of them (None: plain text). partial: other syllables are left out."""

    lines: tuple[Line, ...]
    size: Size | None
    partial: bool = False


def chunks(syllables: Sequence[Syllable]) -> tuple[Line, ...]:
    """The phrase in groups of about three syllables that end with words; long words are cut."""
    groups: list[list[int]] = []
    for word in _words(syllables):
        if groups and len(groups[-1]) < CHUNK and len(groups[-1]) + len(word) <= LONGEST_CHUNK:
            groups[-1].extend(word)
        else:
            groups.extend(word[k : k + LONGEST_CHUNK] for k in range(0, len(word), LONGEST_CHUNK))
    if len(groups) > 1 and len(groups[-1]) == 1 and len(groups[-2]) < LONGEST_CHUNK:
        groups[-2:] = [groups[-2] + groups[-1]]
    return tuple(map(tuple, groups))


def _words(syllables: Sequence[Syllable]) -> list[list[int]]:
    words: list[list[int]] = [[]]
    for k, syllable in enumerate(syllables):
        words[-1].append(k)
        if syllable.word_end and k + 1 < len(syllables):
            words.append([])
    return words


def slots(
    syllables: Sequence[Syllable], line: Line, size: Size | None, *, least: float = LEAST_WIDTH
) -> tuple[Slot, ...]:
    """Side by side, block and letters of a syllable sharing one width; a longer note is wider at least by its beats."""
    scale = size.ascent / REFERENCE_ASCENT if size else 1.0
    found, x = [], 0.0
    for k in line:
        text = _text_columns(syllables[k].text, size)
        width = max(text, least * max(1.0, syllables[k].beats))
        found.append(Slot(x, width, text))
        x += width + (AFTER_WORD if syllables[k].word_end else IN_WORD) * scale
    return tuple(found)


def stretched(found: Sequence[Slot], width: float) -> tuple[Slot, ...]:
    """The same slots spread over the whole width, or pressed into it."""
    spare = width - extent(found)
    if spare >= 0:
        more = spare / len(found)
        return tuple(Slot(s.x + k * more, s.width + more, s.text) for k, s in enumerate(found))
    share = width / extent(found)
    return tuple(Slot(s.x * share, s.width * share, s.text) for s in found)


def extent(found: Sequence[Slot]) -> float:
    """Columns from the first slot's left edge to the last one's right edge."""
    return found[-1].x + found[-1].width


def _text_columns(text: str, size: Size | None) -> float:
    return size.width(composed(text)) if size else float(text_width(text))


def fit(syllables: Sequence[Syllable], *, width: float, height: float, focus: int, map_height: float) -> Fit:
    """The largest letters: the whole phrase on one line or two, else the chunk with syllable `focus`.

    height: half rows; map_height: what a partial view leaves free for its map.
    """
    every = tuple(range(len(syllables)))
    groups = chunks(syllables)
    here = next((group for group in groups if focus in group), groups[0])
    alone = _size(syllables, [here], width=width, height=height - map_height)
    if alone is None:
        return _plain(syllables, groups, here, width)
    for lines in ((every,), *_halves(syllables)):
        whole = _size(syllables, lines, width=width, height=height)
        if whole and (len(groups) == 1 or whole.height >= GOOD_SHARE * alone.height):
            return Fit(tuple(lines), whole)
    return Fit((here,), alone, partial=len(groups) > 1)


def _plain(syllables: Sequence[Syllable], groups: Sequence[Line], here: Line, width: float) -> Fit:
    """In plain text: some letter is unknown, or there is too little room for any."""
    every = tuple(range(len(syllables)))
    whole = extent(slots(syllables, every, None)) <= width
    return Fit((every if whole else here,), None, partial=not whole and len(groups) > 1)


def _size(syllables: Sequence[Syllable], lines: Sequence[Line], *, width: float, height: float) -> Size | None:
    found = None
    for size in sizes():
        if not all(size.knows(composed(syllables[k].text)) for line in lines for k in line):
            return None
        each = height / len(lines)
        blocks = max(BLOCKS_LEAST, BLOCKS_SHARE * each)
        high = size.ascent + size.descent + blocks <= each
        if high and all(extent(slots(syllables, line, size)) <= width for line in lines):
            found = size
    return found


BLOCKS_LEAST, BLOCKS_SHARE = 8, 0.28
"""Half rows the blocks over a line of letters need, and the share of its height they should have."""


def _halves(syllables: Sequence[Syllable]) -> list[tuple[Line, Line]]:
    """The phrase on two lines, cut at the word end nearest to the middle of its letters; nothing when it is one word."""
    cuts = [k + 1 for k, syllable in enumerate(syllables[:-1]) if syllable.word_end]
    if not cuts:
        return []
    lengths = [len(s.text) for s in syllables]
    best = min(cuts, key=lambda cut: abs(sum(lengths[:cut]) - sum(lengths[cut:])))
    return [(tuple(range(best)), tuple(range(best, len(syllables))))]


def split(syllables: Sequence[Syllable], lines: int) -> tuple[Line, ...]:
    """All syllables on so many lines of about as many syllables each, cut at word ends where there are any."""
    count = len(syllables)
    ends = [k + 1 for k, syllable in enumerate(syllables[:-1]) if syllable.word_end] or list(range(1, count))
    wanted = [count * k / lines for k in range(1, lines)]
    cuts = sorted({min(ends, key=lambda end: abs(end - want)) for want in wanted}) if ends else []
    return tuple(tuple(range(a, b)) for a, b in pairwise((0, *cuts, count)))
