"""The widget that shows a view: line by line, and again only what has changed."""

from __future__ import annotations

from textual.events import Click, Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from mit.tui.canvas import Box, Canvas
from mit.tui.renderables.grid import SMALLEST, grid
from mit.tui.renderables.keys import key_boxes
from mit.tui.renderables.stages import Still, paint_live, paint_still, still_holds
from mit.tui.theme import DARK, Theme
from mit.tui.view import View


class StageWidget(Widget):
    """Paints what `show` was last given. A click on one of the three keys becomes a message."""

    DEFAULT_CSS = "StageWidget { width: 1fr; height: 1fr; }"

    class KeyClicked(Message):
        """A key on the screen was clicked: "space", "z" or "x". Keys that do nothing now are not told."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, theme: Theme = DARK, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._colours = theme
        self._view: View | None = None
        self._still: Still | None = None
        self._canvas: Canvas | None = None

    def show(self, view: View) -> None:
        """Show this view; only the cells that differ from the last one are drawn."""
        earlier, self._view = self._canvas, view
        self._paint()
        if self._canvas is None:
            return
        if earlier is None or (earlier.width, earlier.height) != (self._canvas.width, self._canvas.height):
            self.refresh()
        else:
            changes = (Region(first, y, past - first, 1) for y, first, past in self._canvas.changes(earlier))
            if regions := tuple(changes):
                self.refresh(*regions)

    def plain(self) -> str:
        """The screen as text."""
        return self._canvas.plain() if self._canvas else ""

    def render_line(self, y: int) -> Strip:
        if self._canvas is None or y >= self._canvas.height:
            return Strip.blank(self.size.width)
        return self._canvas.rows[y].strip(self._colours)

    def on_resize(self, event: Resize) -> None:
        self._paint()
        self.refresh()

    def on_click(self, event: Click) -> None:
        key = self._key_at(event.x, event.y)
        if key:
            event.stop()
            self.post_message(self.KeyClicked(key))

    def _paint(self) -> None:
        width, height = self.size
        if self._view is None or not width or not height:  # not laid out yet
            self._canvas = self._still = None
            return
        if self._still is None or not still_holds(self._still, self._view, width, height):
            self._still = paint_still(self._view, width, height)
        self._canvas = paint_live(self._still, self._view)

    def _key_at(self, x: int, y: int) -> str | None:
        places, view = grid(*self.size), self._view
        if view is None or places.tier is SMALLEST:
            return None
        works = {"space": bool(view.go), "z": view.again, "x": view.stop}
        hit = (key for key, box in key_boxes(places).items() if works[key] and _holds(box, x, y))
        return next(hit, None)


def _holds(box: Box, x: int, y: int) -> bool:
    return box.x <= x < box.x + box.w and box.y <= 2 * y < box.y + box.h
