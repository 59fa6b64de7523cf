"""Presses of keys as the app's clock sees them, without waiting for the last one to wear off."""

from __future__ import annotations

import time

from textual import events
from textual.pilot import Pilot

BETWEEN = 2.0
"""Seconds from one press to the next: longer than anything that keeps a press from counting."""


async def press(pilot: Pilot[str], key: str) -> None:
    """A press that comes after the last one has worn off."""
    app = pilot.app
    app.press_clock = getattr(app, "press_clock", time.monotonic()) + BETWEEN  # type: ignore[attr-defined]
    event = events.Key(key, " " if key == "space" else key)
    event.time = app.press_clock  # type: ignore[attr-defined]
    app.screen.post_message(event)
    await pilot.pause()
