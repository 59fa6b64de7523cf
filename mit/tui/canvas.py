"""A surface of cells to draw on: pixels (two by two a cell), dots (two by four a cell) and text.

Shapes use one square unit: a column wide, half a row high. `x` and `w` count columns, `y` and `h` half rows, counted
from the top left; halves of a column can be drawn. Text stands in cells: a column and a row.
What lies outside is not drawn. A copy shares its rows until one of the two draws there, so that a moving line costs
only the rows it crosses.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from mit.tui.letters import Run, Size
from mit.tui.theme import Role, Theme, style

QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""Glyphs by the bits of their quarters: 1 upper left, 2 upper right, 4 lower left, 8 lower right."""

BRAILLE = 0x2800
DOT_BITS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""Bits of a braille glyph: left column of dots from the top, then the right one."""

QUARTER_DOTS = (0x03, 0x18, 0x44, 0xA0)
"""The dots that lie in each quarter of a cell, in the order of the quadrant bits."""

UNSURE_WIDTH = "?"
"""Stands for signs (emoji and the like) on whose width terminals do not agree: a wrong width shifts the whole row."""


class Box(NamedTuple):
    """A place in square units: columns and half rows."""

    x: float
    y: float
    w: float
    h: float


class Cell(NamedTuple):
    """What one cell shows. text: one glyph, or "" in the right half of a wide one."""

    text: str
    colour: Role
    ground: Role
    bold: bool = False


class Row:
    """One row of cells. Only its canvas writes it; what is made of it is kept until it changes."""

    __slots__ = ("_cells", "_strip", "dots", "lower", "texts", "upper")

    def __init__(self, upper: bytearray, lower: bytearray) -> None:
        self.upper, self.lower = upper, lower
        self.dots: dict[int, tuple[int, Role]] = {}
        self.texts: dict[int, Cell] = {}
        self._cells: tuple[Cell, ...] | None = None
        self._strip: tuple[Theme, Strip] | None = None

    def changeable(self) -> Row:
        """The same row, not shared with anyone."""
        row = Row(self.upper[:], self.lower[:])
        row.dots, row.texts = dict(self.dots), dict(self.texts)
        return row

    def cells(self) -> tuple[Cell, ...]:
        if self._cells is None:
            cells = list(map(_pixels, memoryview(self.upper).cast("H"), memoryview(self.lower).cast("H")))
            for x, (dots, role) in self.dots.items():
                cells[x] = _dotted(self.quarters(x), dots, role)
            for x, cell in self.texts.items():
                cells[x] = cell
            self._cells = tuple(cells)
        return self._cells

    def quarters(self, x: int) -> tuple[int, int, int, int]:
        """The pixels of one cell: upper left, upper right, lower left, lower right."""
        return self.upper[2 * x], self.upper[2 * x + 1], self.lower[2 * x], self.lower[2 * x + 1]

    def strip(self, theme: Theme) -> Strip:
        if self._strip is None or self._strip[0] is not theme:
            cells = self.cells()
            segments = [
                Segment("".join(cell.text for cell in run), style(theme, *look))
                for look, run in groupby(cells, key=itemgetter(1, 2, 3))
            ]
            self._strip = (theme, Strip(segments, len(cells)))
        return self._strip[1]


class Canvas:
    """width by height cells, empty at first. `texts` holds every text written on it, in order."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        blank = Row(bytearray(2 * width), bytearray(2 * width))
        self.rows: list[Row] = [blank] * height
        self.texts: list[str] = []
        self._own: set[int] = set()

    def copy(self) -> Canvas:
        """A canvas that looks the same; neither sees what is drawn on the other from now on."""
        twin = Canvas.__new__(Canvas)
        twin.width, twin.height, twin.rows, twin.texts = self.width, self.height, self.rows[:], self.texts[:]
        twin._own, self._own = set(), set()
        return twin

    def span(self, first: int, past: int, v: int, role: Role) -> None:
        """Pixels side by side: half columns first to past, in half row v."""
        first, past = max(0, first), min(2 * self.width, past)
        if first < past and 0 <= v < 2 * self.height:
            row = self._row(v // 2)
            line = row.lower if v % 2 else row.upper
            line[first:past] = bytes((role,)) * (past - first)

    def runs(self, u: int, v: int, runs: tuple[Run, ...], role: Role) -> None:
        """Many spans, counted from half column u and half row v."""
        for first, past, line in runs:
            self.span(u + first, u + past, v + line, role)

    def block(self, box: Box, role: Role, *, corners: bool = True) -> None:
        """A solid block; corners: rounded."""
        u, past, v, below = _edges(box)
        for line in range(v, below):
            cut = int(corners and line in (v, below - 1))
            self.span(u + cut, past - cut, line, role)

    def frame(self, box: Box, role: Role, *, inside: Role = Role.GROUND, thick: int = 1) -> None:
        """A hollow block with rounded corners; thick: of its frame, square units."""
        self.block(box, role)
        x, y, w, h = box
        if w > 2 * thick and h > 2 * thick:
            self.block(Box(x + thick, y + thick, w - 2 * thick, h - 2 * thick), inside, corners=False)

    def letters(self, x: float, baseline: float, text: str, size: Size, role: Role) -> None:
        """Block letters from column x on, standing on half row `baseline`; every letter must be known."""
        self.texts.append(text)
        u, v = round(2 * x), round(baseline)
        for letter in text:
            glyph = size.glyph(letter)
            self.runs(u, v, glyph.runs, role)
            u += glyph.advance

    def text(self, column: int, row: int, text: str, role: Role, *, bold: bool = False) -> None:
        """Plain text in cells, on whatever solid colour lies there."""
        self.texts.append(text)
        if not 0 <= row < self.height:
            return
        line = self._row(row)
        for glyph in glyphs(text):
            wide = cell_len(glyph)
            if 0 <= column <= self.width - wide:
                self._clear(line, column, wide)
                line.texts[column] = Cell(glyph, role, _solid(line.quarters(column)), bold)
                if wide == 2:
                    line.texts[column + 1] = line.texts[column]._replace(text="")
            column += wide

    def dots(self, column: int, first: int, past: int, role: Role) -> None:
        """Dots one above the other: rows of dots first to past (four a row), in half column `column`."""
        if not 0 <= column < 2 * self.width:
            return
        x, bits = column // 2, DOT_BITS[column % 2]
        for dot in range(max(0, first), min(4 * self.height, past)):
            row = self._row(dot // 4)
            row.dots[x] = (row.dots.get(x, (0, role))[0] | bits[dot % 4], role)

    def strips(self, theme: Theme) -> list[Strip]:
        return [row.strip(theme) for row in self.rows]

    def plain(self) -> str:
        """What a reader without colours sees, a line a row."""
        return "\n".join("".join(cell.text for cell in row.cells()).rstrip() for row in self.rows)

    def changes(self, earlier: Canvas) -> Iterator[tuple[int, int, int]]:
        """Where it differs from a canvas of the same size: row, first column, one past the last."""
        for y, (new, old) in enumerate(zip(self.rows, earlier.rows, strict=True)):
            if new is old:
                continue
            differ = [x for x, (a, b) in enumerate(zip(new.cells(), old.cells(), strict=True)) if a != b]
            if differ:
                yield y, differ[0], differ[-1] + 1

    def _row(self, y: int) -> Row:
        if y not in self._own:
            self.rows[y] = self.rows[y].changeable()
            self._own.add(y)
        row = self.rows[y]
        row._cells = row._strip = None
        return row

    def _clear(self, row: Row, column: int, wide: int) -> None:
        """Make room for a glyph: a wide one that it would cut in half is blanked whole."""
        before, after = row.texts.get(column), row.texts.get(column + wide)
        if before and not before.text:
            row.texts[column - 1] = before._replace(text=" ")
        if after and not after.text:
            row.texts[column + wide] = after._replace(text=" ")


def _edges(box: Box) -> tuple[int, int, int, int]:
    x, y, w, h = box
    return round(2 * x), round(2 * (x + w)), round(y), round(y + h)


@cache
def glyphs(text: str) -> tuple[str, ...]:
    """Cut text into what fills one cell or two. Control characters go, signs of unsure width become "?"."""
    found: list[str] = []
    for letter in unicodedata.normalize("NFC", text):
        kind, wide = unicodedata.category(letter), cell_len(letter)
        if kind in ("Mn", "Me") and not "\ufe00" <= letter <= "\ufe0f":
            if found and cell_len(found[-1] + letter) == cell_len(found[-1]):
                found[-1] += letter
        elif kind[0] == "Z":
            found.append(" ")
        elif kind[0] != "C" and wide:
            found.append(letter if wide == 1 or kind[0] == "L" else UNSURE_WIDTH)
    return tuple(found)


def text_width(text: str) -> int:
    """Columns that the text takes as plain text."""
    return sum(map(cell_len, glyphs(text)))


def _solid(quarters: tuple[int, int, int, int]) -> Role:
    """The colour of a cell that is filled with one, else the ground."""
    return Role(quarters[0]) if len(set(quarters)) == 1 else Role.GROUND


@cache
def _pixels(upper: int, lower: int) -> Cell:
    """A cell from its two pairs of pixels, each packed as they lie in memory. Two colours at most: the rest yields."""
    quarters = (*upper.to_bytes(2, sys.byteorder), *lower.to_bytes(2, sys.byteorder))
    return _drawn(quarters)


def _drawn(quarters: tuple[int, ...]) -> Cell:
    ground = Role.TINT if quarters.count(Role.TINT) > quarters.count(Role.GROUND) else Role.GROUND
    marks = [role for role in quarters if role not in (Role.GROUND, Role.TINT)]
    if not marks:
        return Cell(" ", Role.INK, ground)
    colour = max(sorted(set(marks)), key=marks.count)
    other = [role for role in marks if role != colour]
    glyph = QUADRANTS[sum(1 << k for k, role in enumerate(quarters) if role == colour)]
    return Cell(glyph, Role(colour), Role(other[0]) if other else ground)


def _dotted(quarters: tuple[int, int, int, int], dots: int, role: Role) -> Cell:
    """Dots over pixels. Over part of a shape they turn into quarters, so that the shape shows through beside them."""
    if len(set(quarters)) == 1:
        return Cell(chr(BRAILLE + dots), role, Role(quarters[0]))
    if not any(mark not in (Role.GROUND, Role.TINT) for mark in quarters):
        ground = Role.TINT if quarters.count(Role.TINT) >= 2 else Role.GROUND
        return Cell(chr(BRAILLE + dots), role, ground)
    mixed = tuple(int(role) if dots & mine else quarter for quarter, mine in zip(quarters, QUARTER_DOTS, strict=True))
    return _drawn(mixed)
