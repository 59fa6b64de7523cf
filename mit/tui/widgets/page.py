"""The widget that shows a page."""

from __future__ import annotations

from dataclasses import replace

from textual.events import Click
from textual.message import Message

from mit.tui.canvas import Canvas
from mit.tui.look import Look
from mit.tui.page import Page
from mit.tui.renderables.pages import Target, paint_page, targets
from mit.tui.widgets.painted import PaintedWidget, holds


class PageWidget(PaintedWidget):
    """Paints what `show` was last given. A click on a choice or a key becomes a message."""

    class Clicked(Message):
        """Something on the page was clicked: a choice by its number, or "space", "z", "x"."""

        def __init__(self, target: Target, time: float) -> None:
            super().__init__()
            self.target = target
            self.at = time

    def __init__(self, page: Page, look: Look | None = None, *, id: str | None = None) -> None:
        super().__init__(look, id=id)
        self._page = page

    def show(self, page: Page) -> None:
        """Show this page."""
        self._page = page
        self.repaint()

    def paint(self, width: int, height: int) -> Canvas:
        return paint_page(self._worn, width, height)

    @property
    def _worn(self) -> Page:
        return replace(self._page, reading=self.look.reading)

    def on_click(self, event: Click) -> None:
        hit = (t for t, box in targets(self._worn, *self.size).items() if holds(box, event.x, event.y))
        if (target := next(hit, None)) is not None:
            event.stop()
            self.post_message(self.Clicked(target, event.time))
