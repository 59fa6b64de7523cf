"""How one person sees the screens: colours, side, letters, motion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from mit.tui.theme import DARK, PLAIN, THEMES, Theme

if TYPE_CHECKING:
    from mit.settings import Settings


class TextSize(StrEnum):
    """Of sentences and keys: a phrase is always as large as fits."""

    SMALL = "small"  # plain letters of the terminal
    MEDIUM = "medium"  # block letters where there is room
    LARGE = "large"  # block letters wherever they fit at all


@dataclass(frozen=True, slots=True)
class Reading:
    """What a person can see and read. mirrored: essentials at the right, for whoever misses the left side; text:
    whether phrases are written (without: picture and blocks alone, for whoever cannot read); right_hand: whether it
    is the right hand that taps."""

    mirrored: bool = False
    text: bool = True
    size: TextSize = TextSize.MEDIUM
    right_hand: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """motion: whether anything moves smoothly; without, only what is needed changes, in steps."""

    theme: Theme = DARK
    reading: Reading = field(default_factory=Reading)
    motion: bool = True


def look_of(settings: Settings, environment: Mapping[str, str]) -> Look:
    """What these settings ask for; `NO_COLOR` in the environment, not empty, wins over a theme (no-color.org)."""
    return Look(
        PLAIN if environment.get("NO_COLOR") else THEMES[settings.theme],
        Reading(settings.side == "right", settings.text, TextSize(settings.size), settings.hand == "right"),
        settings.motion,
    )
