"""`mit setup`: hears the room, the voice and the devices, and keeps what it found."""

from __future__ import annotations

from typing import Annotated

import typer

from mit.errors import SettingsError
from mit.home import find_home
from mit.setup.plan import ALONE, WHOLE, Part


def setup(
    parts: Annotated[list[str] | None, typer.Argument(help=f"Only these: {', '.join(ALONE)}.")] = None,
) -> None:
    """Set up: language, hand, microphone, loudness, pitch. Three minutes; every part can be skipped and redone."""
    from mit.tui.setup.app import run_setup

    run_setup(find_home(), _parts(parts or []))


def _parts(names: list[str]) -> tuple[Part, ...]:
    if unknown := [name for name in names if name not in ALONE]:
        raise SettingsError(f"There is no part {unknown[0]!r} of set-up.", f"Choose from: {', '.join(ALONE)}.")
    return tuple(Part(name) for name in names) or WHOLE
