"""Block letters: words drawn large, as pixels half a column wide and half a row high."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LETTERS = Path(__file__).parent.parent / "data" / "letters.json.gz"
"""Andika Bold (SIL OFL 1.1), a typeface made for new readers: .ci/build_letters.py makes it."""

Run = tuple[int, int, int]
"""Pixels set side by side: first half column, one past the last, half row."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter: its advance in half columns, its height above the baseline in half rows, its pixels.

    Pixels count from the pen's place on the baseline, rows downwards (negative: above it).
    """

    advance: int
    top: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Size:
    """One size of all letters. height, ascent, descent, capital: half rows; space: half columns."""

    height: int
    ascent: int
    descent: int
    capital: int
    space: int
    glyphs: Mapping[str, list[Any]]

    def knows(self, text: str) -> bool:
        """Whether every letter of the text can be drawn."""
        return all(letter == " " or letter in self.glyphs for letter in text)

    def width(self, text: str) -> float:
        """Columns the text takes; every letter must be known."""
        return sum(self.space if letter == " " else self.glyphs[letter][2] for letter in text) / 2

    def rise(self, text: str) -> int:
        """Half rows above the baseline: the ascent, or more where a capital carries an accent."""
        tops: list[int] = [self.glyphs[letter][1] for letter in text if letter != " "]
        return max([self.ascent, *tops])

    def drop(self, text: str) -> int:
        """Half rows that the text reaches below the baseline."""
        drawn = (self.glyphs[letter] for letter in text if letter != " ")
        return max((len(rows.split()) - top for _, top, _, _, rows in drawn), default=0)

    def glyph(self, letter: str) -> Glyph:
        return _glyph(self, letter)


@cache
def sizes() -> tuple[Size, ...]:
    """All sizes, smallest first; read at the first call (about 2 ms)."""
    import gzip
    import json

    return tuple(Size(**size) for size in json.loads(gzip.decompress(LETTERS.read_bytes())))


@cache
def _glyph(size: Size, letter: str) -> Glyph:
    if letter == " ":
        return Glyph(size.space, 0, ())
    left, top, advance, width, rows = size.glyphs[letter]
    patterns = (int(row, 16) for row in rows.split())
    runs = tuple(
        (left + first, left + past, y - top) for y, bits in enumerate(patterns) for first, past in _runs(bits, width)
    )
    return Glyph(advance, top, runs)


def _runs(bits: int, width: int) -> list[tuple[int, int]]:
    """Stretches of ones in a bit pattern, leftmost bit first."""
    found: list[tuple[int, int]] = []
    for x in range(width):
        if not bits >> (width - 1 - x) & 1:
            continue
        if found and found[-1][1] == x:
            found[-1] = (found[-1][0], x + 1)
        else:
            found.append((x, x + 1))
    return found


def composed(text: str) -> str:
    """Letters with their accents in one character each, as the sizes know them."""
    return unicodedata.normalize("NFC", text)


def largest(text: str, *, width: float, height: float, most: int | None = None) -> Size | None:
    """The largest size in which the text fits width columns and height half rows.

    most: no larger than this height. None: too little room, or a letter is unknown.
    """
    fitting = [
        size
        for size in sizes()
        if (most is None or size.height <= most)
        and size.ascent < height
        and size.knows(text)
        and size.width(text) <= width
    ]
    return fitting[-1] if fitting else None
