"""Pages that come up during practice: a decision, a pause, a question whether to go on."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from mit.tui.look import Look
from mit.tui.page import Page
from mit.tui.presses import Presses
from mit.tui.scenes import DECIDING
from mit.tui.screens.page import PageScreen, Say

FRAME_RATE = 10
"""Looks a second at a disc that breathes: it has sixteen sizes on its way of four seconds."""


class MomentScreen(PageScreen):
    """A page; where `deciding`, a helper may answer it with a key of their own, which then is what it is dismissed
    with."""

    def __init__(self, page: Page, look: Look, presses: Presses, say: Say, *, deciding: bool = False) -> None:
        super().__init__(page, look, presses, say)
        self._deciding = deciding

    def on_key(self, event: events.Key) -> None:
        """Before that of the page, which hears the key as well."""
        if self._deciding and event.key in DECIDING and self._presses.count(event.key, event.time):
            event.stop()
            event.prevent_default()
            self.dismiss(event.key)


class PauseScreen(MomentScreen):
    """Calm until somebody wants to go on. page: by the seconds since it began; motion: whether its disc breathes."""

    def __init__(
        self, page: Callable[[float], Page], passed: Callable[[], float], look: Look, presses: Presses, say: Say
    ) -> None:
        super().__init__(page(0.0), look, presses, say)
        self._page_at = page
        self._passed = passed

    def on_mount(self) -> None:
        self.set_interval(1 / FRAME_RATE, self._move)

    def _move(self) -> None:
        page = self._page_at(self._passed())
        if self.look.motion or page.ready != self.page.ready:
            self.show(page)
