"""Colours by what they mean. Drawing code names roles; only this table knows colours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache

from rich.style import Style


class Role(IntEnum):
    """What a mark means. Model and you are close in lightness, so they differ in shape too: blocks and lines."""

    GROUND = 0  # nothing; also what cuts a hole
    INK = 1  # words
    QUIET = 2  # not now
    MODEL = 3  # the singing voice
    YOU = 4  # the person's voice, hand and key
    TINT = 5  # inside a block; never carries meaning, never drawn as a glyph


@dataclass(frozen=True, slots=True)
class Theme:
    """A colour ("#RRGGBB") for each role; ink, quiet, model and you stand out 7:1 or more on ground and on tint."""

    name: str
    ground: str
    ink: str
    quiet: str
    model: str
    you: str
    tint: str

    bare: bool = False
    """No colours at all: shapes are glyphs, what stands on a solid block is reversed."""

    def colour(self, role: Role) -> str:
        colour: str = getattr(self, role.name.lower())
        return colour


DARK = Theme("dark", "#0F1522", "#F5F1E8", "#AEB9CA", "#7CC8FA", "#FFC24D", "#1B2638")
CONTRAST = Theme("contrast", "#000000", "#FFFFFF", "#DADADA", "#63D8FF", "#FFE100", "#262626")
LIGHT = Theme("light", "#FFFFFF", "#14181F", "#3D4654", "#00508A", "#7A3E00", "#EDF0F4")
PLAIN = replace(CONTRAST, name="plain", bare=True)
THEMES = {theme.name: theme for theme in (DARK, LIGHT, CONTRAST, PLAIN)}

SOLID = frozenset({Role.INK, Role.QUIET, Role.MODEL, Role.YOU})
"""Roles that stand out."""


@cache
def style(theme: Theme, colour: Role, ground: Role, bold: bool) -> Style:
    """The terminal's way to write in one role on another."""
    if theme.bare:
        return Style(bold=bold, reverse=ground in SOLID and colour not in SOLID)
    return Style(color=theme.colour(colour), bgcolor=theme.colour(ground), bold=bold)
