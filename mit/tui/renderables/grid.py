"""Where things stand: three bands (head, stage, keys) in the left 60 %, at the same places on every screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from mit.tui.canvas import Box
from mit.tui.look import Reading, TextSize


@dataclass(frozen=True, slots=True)
class Tier:
    """Measures for windows of at least width by height cells. In between two tiers only letters and widths grow.

    share: of the width that holds the essentials; left, top, head, keys, bottom, gap: columns or rows; bar: columns
    of the bar at the left edge; dots: thickness of the voice line in dots; disc: radius of the beat, square units;
    advice: rows a sentence of feedback takes; the letter sizes are the largest used, sentences: of those on a page;
    letters_first: whether a picture beside a sentence gives way to larger letters.
    """

    width: int
    height: int
    share: float
    left: int
    top: int
    head: int
    keys: int
    bottom: int
    gap: int
    bar: int
    dots: int
    disc: float
    advice: int
    advice_letters: int
    axis_letters: int
    key_letters: int
    key_sign: int
    sentences: int = 24
    letters_first: bool = False


USUAL = Reading()

TIERS = (
    Tier(180, 54, 0.6, 7, 3, 9, 7, 3, 3, 3, 5, 4, 5, 14, 14, 11, 10),
    Tier(110, 36, 0.6, 4, 2, 6, 5, 2, 2, 2, 3, 3, 4, 9, 9, 8, 6),
    Tier(80, 24, 0.6, 3, 1, 4, 3, 1, 1, 1, 2, 1.5, 1, 0, 8, 0, 0),
    Tier(60, 18, 0.97, 2, 0, 3, 3, 1, 1, 1, 2, 1.5, 1, 0, 8, 0, 0),
)
"""Largest first. 60 %: after a stroke in the left half of the brain the right side of the screen may go unseen. Under
80 columns everything is needed for the phrase."""

SMALLEST = Tier(0, 0, 1.0, 0, 0, 1, 1, 0, 0, 0, 2, 2, 1, 0, 0, 0, 0)
"""A window in which no picture fits: words only."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The places of one window. Boxes are in columns and half rows."""

    width: int
    height: int
    tier: Tier
    mirrored: bool = False
    text: bool = True
    """Whether phrases are written."""
    right_hand: bool = False
    """Whether the hand that taps is the right one."""

    @property
    def edge(self) -> int:
        """The first column right of the essentials; mirrored, as many columns from the right."""
        return int(self.width * self.tier.share)

    @property
    def room(self) -> int:
        """Columns for the essentials."""
        return self.edge - self.tier.left

    @property
    def left(self) -> int:
        """The first column of the essentials."""
        return self.width - self.edge if self.mirrored else self.tier.left

    @property
    def head(self) -> Box:
        return Box(self.left, 2 * self.tier.top, self.room, 2 * self.tier.head)

    @property
    def stage(self) -> Box:
        top = self.tier.top + self.tier.head + self.tier.gap
        below = self.height - self.tier.bottom - self.tier.keys - self.tier.gap
        return Box(self.left, 2 * top, self.room, 2 * (below - top))

    @property
    def keys(self) -> Box:
        row = self.height - self.tier.bottom - self.tier.keys
        return Box(self.left, 2 * row, self.room, 2 * self.tier.keys)

    @property
    def aside(self) -> Box:
        """Beside the essentials: nothing that is needed."""
        x = 1 if self.mirrored else self.edge + 2 + 2 * self.tier.gap
        if self.mirrored:
            return Box(x, self.stage.y, max(0, self.left - 2 - 2 * self.tier.gap - x), self.stage.h)
        return Box(x, self.stage.y, max(0, self.width - x - 1), self.stage.h)


SMALLEST_LETTERS = 9
"""Half rows, at most, of small letters: in a large window plain text is lost, in a low one these are the usual ones."""

SMALL = ("advice_letters", "key_letters", "sentences")
"""What small letters change: there are none but plain text where feedback has none of its own anyway."""

LARGE = {"advice_letters": 18, "key_letters": 14, "sentences": 42}
"""The largest letters of every tier, for who has chosen large ones."""


def grid(width: int, height: int, reading: Reading = USUAL) -> Grid:
    """The grid of a window of so many columns and rows."""
    fitting = (tier for tier in TIERS if width >= tier.width and height >= tier.height)
    tier = next(fitting, SMALLEST)
    if tier is not SMALLEST:
        tier = _measured(tier, reading.size)
    return Grid(width, height, tier, reading.mirrored, reading.text, reading.right_hand)


@cache
def _measured(tier: Tier, size: TextSize) -> Tier:
    if size is TextSize.LARGE:
        more = {"advice": tier.advice + 1, "key_sign": max(tier.key_sign, 4)}
        return replace(tier, letters_first=True, **LARGE, **more)
    if size is TextSize.SMALL:
        most = min(SMALLEST_LETTERS, tier.advice_letters)
        return replace(tier, **{name: min(most, getattr(tier, name)) for name in SMALL})
    return tier
