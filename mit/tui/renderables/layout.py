"""Where the blocks and letters of a phrase stand. Numbers only, no drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mit.phrase import Syllable
from mit.tui.canvas import Box
from mit.tui.letters import Size, composed
from mit.tui.renderables.fitting import (
    APART,
    MARGIN,
    Fit,
    Line,
    Slot,
    axis_fit,
    fit,
    line_height,
    phrase_slots,
    split,
    stretched,
)

RAISED = {"H": 1.0, "M": 0.5, "L": 0.0}
"""How high a block stands: 0 low, 1 high."""

LEAST_ZONE = 4
TALLEST_ZONE = 40
"""Half rows: higher, and blocks look like buildings."""

ZONE_TO_LETTERS, ZONE_MORE = 1.5, 6
"""Over letters, the zone is at most so many times their height, and so many half rows more."""

MAP_SHARE, MAP_LEAST = 0.085, 2
"""Height of a block of the map over a partial view: a share of the place, and half rows at least."""

MAP_HEIGHT, MAP_WIDTH = 2.5, 2
"""The map's height with its margin and the columns for a syllable, in such block heights."""

MOST_ON_A_LINE = 5
"""Blocks without letters side by side: more and they are too narrow for a voice's ups and downs."""

TEXT_HEIGHT = 2
"""Half rows of plain text."""


@dataclass(frozen=True, slots=True)
class Block:
    """One syllable's place. low, high: half rows at the middle of a block of that height; line: which line it is on.

    letters: the column where its letters begin and the half row they stand on; room: columns free for them.
    """

    index: int
    box: Box
    low: float
    high: float
    line: int
    letters: tuple[float, float]
    room: float


@dataclass(frozen=True, slots=True)
class Layout:
    """All that is shown of a phrase. size: of the letters (None: plain text); labelled: whether there are letters.

    chunk_map: a small block for every syllable of the phrase, where only some have a large one.
    """

    blocks: tuple[Block, ...] = ()
    size: Size | None = None
    labelled: bool = True
    chunk_map: tuple[Box, ...] = ()

    def block(self, index: int) -> Block | None:
        return next((block for block in self.blocks if block.index == index), None)


def lay_out(syllables: Sequence[Syllable], place: Box, focus: int, *, text: bool = True) -> Layout:
    """The phrase, or its chunk with syllable `focus`, as large as the place allows; text: whether it is written."""
    if not text:
        return _blocks_alone(syllables, place)
    block = max(MAP_LEAST, round(place.h * MAP_SHARE))
    taken = int(MAP_HEIGHT * block)
    found = fit(syllables, width=place.w, height=place.h, focus=focus, map_height=taken)
    if not found.partial:
        return _layout(syllables, found, place)
    below = Box(place.x, place.y + taken, place.w, place.h - taken)
    return _layout(syllables, found, below, chunk_map=_chunk_map(syllables, place, block))


def lay_axis(syllables: Sequence[Syllable], place: Box, *, most: int, text: bool = True) -> Layout:
    """The whole phrase over the full width, for two voices on one axis; letters no larger than `most`, or none."""
    if not text:
        return _blocks_alone(syllables, place)
    found = axis_fit(syllables, width=place.w, height=place.h, most=most)
    return _layout(syllables, found, place, stretch=True)


def _blocks_alone(syllables: Sequence[Syllable], place: Box) -> Layout:
    """All blocks, none wider or narrower for its letters."""
    bare, alike = ([replace(syllable, text=text) for syllable in syllables] for text in ("", "o"))
    lines = split(alike, 1 if len(bare) <= MOST_ON_A_LINE else 2)
    return _layout(bare, Fit(lines, None, labelled=False), place, stretch=True)


def _layout(
    syllables: Sequence[Syllable],
    found: Fit,
    place: Box,
    *,
    stretch: bool = False,
    chunk_map: tuple[Box, ...] = (),
) -> Layout:
    count, apart = len(found.lines), APART if found.size else 0
    each = line_height(place.h, count) if found.size else place.h // count // 2 * 2
    high = each - 1 if count == 1 and place.y % 2 == 0 else each  # a half row to begin on an odd one
    blocks: list[Block] = []
    for number, line in enumerate(found.lines):
        slots = phrase_slots(syllables, line, found.size)
        if stretch or slots[-1].past > place.w:
            slots = stretched(slots, place.w)
        room = Box(place.x, place.y + number * (each + apart), place.w, each)
        blocks += _line(syllables, line, slots, room, _Measures.of(syllables, found, line, high, stretch), number)
    return Layout(tuple(blocks), found.size, found.labelled, chunk_map)


@dataclass(frozen=True, slots=True)
class _Measures:
    """Half rows on one line: the zone for both heights, a block, the letters, and those over their foot."""

    zone: int
    block: int
    letters: int
    foot: int

    @classmethod
    def of(cls, syllables: Sequence[Syllable], found: Fit, line: Line, height: float, stretch: bool) -> _Measures:
        letters = foot = TEXT_HEIGHT if found.labelled else 0
        if found.size:
            foot = max(found.size.rise(composed(syllables[k].text)) for k in line)
            letters = foot + max(found.size.drop(composed(syllables[k].text)) for k in line)
        zone = min(height - letters - MARGIN, TALLEST_ZONE)
        if not stretch:
            zone = min(zone, ZONE_TO_LETTERS * letters + ZONE_MORE)
        zone = int(max(LEAST_ZONE, zone // 2 * 2))
        return cls(zone, (zone // 2 + 1) // 2 * 2, letters, foot)

    def top(self, room: Box) -> int:
        """The half row where the zone begins, in the middle of its room.

        An odd one: then the inside of a frame fills whole cells, and a line of dots in it stays fine.
        """
        spare = max(0.0, room.h - self.zone - MARGIN - self.letters)
        return int(room.y + spare / 2) | 1


def _line(
    syllables: Sequence[Syllable], line: Line, slots: Sequence[Slot], room: Box, measures: _Measures, number: int
) -> list[Block]:
    top = measures.top(room)
    low = top + measures.zone - measures.block
    foot = top + measures.zone + MARGIN + measures.foot
    blocks = []
    for index, slot in zip(line, slots, strict=True):
        y = round(low + (top - low) * RAISED[syllables[index].height])
        x, past = round(room.x + slot.x), round(room.x + slot.past)
        middle = measures.block / 2
        blocks.append(
            Block(
                index=index,
                box=Box(x, y, max(1, past - x), measures.block),
                low=low + middle,
                high=top + middle,
                line=number,
                letters=(room.x + slot.x + max(0.0, slot.width - slot.text) / 2, foot),
                room=slot.width,
            )
        )
    return blocks


def _chunk_map(syllables: Sequence[Syllable], place: Box, block: int) -> tuple[Box, ...]:
    cell = min(MAP_WIDTH * block, int(2 * (place.w + 1) / len(syllables)) / 2)
    gap = 1 if cell > 2 else 0.5
    return tuple(
        Box(place.x + k * cell, place.y + block * (1 - RAISED[s.height]), max(0.5, cell - gap), block)
        for k, s in enumerate(syllables)
    )
