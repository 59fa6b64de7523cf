"""What a terminal shows, read back from its codes: cells as a canvas has them, and what on it is bright."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mit.tui.canvas import QUADRANTS, Cell
from mit.tui.theme import DARK, Role, Theme

_CODE = re.compile(r"\x1b\[([\d;]*)m|\x1b[\x0e\x0f(][B0]?|(.)", re.DOTALL)

FILLED = frozenset(QUADRANTS[1:])

LEAST_WIDE, LEAST_HIGH = 8, 3
"""Cells of the smallest key that is solid."""

WIDEST_HOLE = 6
"""Cells that a letter cuts out of a key."""


@dataclass(frozen=True, slots=True)
class PaintedRow:
    """One row, as `tests.pictures.svg` reads a canvas."""

    seen: tuple[Cell, ...]

    def cells(self) -> tuple[Cell, ...]:
        return self.seen


@dataclass(frozen=True, slots=True)
class Patch:
    """A solid rectangle of cells; last: its last row."""

    column: int
    wide: int
    first: int
    last: int

    @property
    def size(self) -> int:
        return self.wide * (self.last - self.first + 1)

    @property
    def middle(self) -> tuple[int, int]:
        return self.column + self.wide // 2, (self.first + self.last) // 2


@dataclass(frozen=True, slots=True)
class Painted:
    """A whole screen."""

    width: int
    rows: tuple[PaintedRow, ...]

    @property
    def height(self) -> int:
        return len(self.rows)

    @property
    def text(self) -> str:
        return "\n".join("".join(cell.text for cell in row.seen).rstrip() for row in self.rows)

    @property
    def bright(self) -> tuple[Patch, ...]:
        """The solid rectangles in the colour of what the person does, from top to bottom."""
        found: dict[tuple[int, int], list[int]] = {}
        patches: list[Patch] = []
        for y in range(self.height + 1):
            here = set(_solid(self.rows[y].seen)) if y < self.height else set()
            for run in [run for run in found if run not in here]:
                rows = found.pop(run)
                if len(rows) >= LEAST_HIGH and self._unbroken(rows[0], *run):
                    patches.append(Patch(*run, rows[0], rows[-1]))
            for run in here:
                found.setdefault(run, []).append(y)
        return tuple(sorted(patches, key=lambda patch: patch.first))

    def _unbroken(self, y: int, column: int, wide: int) -> bool:
        """Letters stand inside a key: its upper edge has no holes, as a row of places has."""
        return all(map(_is_bright, self.rows[y].seen[column : column + wide]))


def read(painted: str, width: int, height: int, theme: Theme = DARK) -> Painted:
    """The screen of `Terminal.painted`."""
    roles = {theme.colour(role).upper(): role for role in reversed(Role)}
    lines = painted.split("\n")[:height]
    lines += [""] * (height - len(lines))
    look = (Role.INK, Role.GROUND, False)
    rows = []
    for line in lines:
        cells: list[Cell] = []
        for codes, glyph in (match.groups() for match in _CODE.finditer(line)):
            if glyph:
                cells.append(Cell(glyph, *look))
            elif codes is not None:
                look = _changed(look, codes, roles)
        blank = Cell(" ", Role.INK, Role.GROUND)
        rows.append(PaintedRow((*cells, *[blank] * (width - len(cells)))[:width]))
    return Painted(width, tuple(rows))


def _changed(look: tuple[Role, Role, bool], codes: str, roles: dict[str, Role]) -> tuple[Role, Role, bool]:
    colour, ground, bold = look
    parts = iter(int(part or 0) for part in codes.split(";"))
    for part in parts:
        if part == 0:
            colour, ground, bold = Role.INK, Role.GROUND, False
        elif part == 1:
            bold = True
        elif part in (38, 48):
            next(parts)
            role = roles.get("#" + "".join(f"{next(parts):02X}" for _ in range(3)), Role.INK)
            colour, ground = (role, ground) if part == 38 else (colour, role)
    return colour, ground, bold


def _solid(cells: tuple[Cell, ...]) -> Iterator[tuple[int, int]]:
    """Runs of bright cells, with the holes that letters cut into them: where they begin, and how wide they are."""
    first = past = -WIDEST_HOLE - 1
    for x in (x for x, cell in enumerate(cells) if _is_bright(cell)):
        if x - past > WIDEST_HOLE:
            if past - first >= LEAST_WIDE:
                yield first, past - first
            first = x
        past = x + 1
    if past - first >= LEAST_WIDE:
        yield first, past - first


def _is_bright(cell: Cell) -> bool:
    return cell.ground is Role.YOU or (cell.colour is Role.YOU and cell.text in FILLED)
