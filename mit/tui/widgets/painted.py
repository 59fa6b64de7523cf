"""A widget that shows a painted canvas: line by line, and again only what has changed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.events import Resize
from textual.filter import LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from mit.tui.canvas import Box, Canvas
from mit.tui.look import Look


class PaintedWidget(Widget):
    """Over the whole screen. Whoever derives from it says what is painted."""

    DEFAULT_CSS = "PaintedWidget { width: 1fr; height: 1fr; }"

    def __init__(self, look: Look | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.look = look or Look()
        self.canvas: Canvas | None = None

    def wear(self, look: Look) -> None:
        """Show the same in another way."""
        self.look = look
        self._paint()
        self.refresh()

    def paint(self, width: int, height: int) -> Canvas | None:
        """What there is to show in a window of so many columns and rows; None: nothing yet."""
        raise NotImplementedError

    def repaint(self) -> None:
        """Show what there is now; only the cells that differ from before are drawn."""
        earlier = self.canvas
        self._paint()
        if self.canvas is None:
            return
        if earlier is None or (earlier.width, earlier.height) != (self.canvas.width, self.canvas.height):
            self.refresh()
        else:
            changes = (Region(first, y, past - first, 1) for y, first, past in self.canvas.changes(earlier))
            if regions := tuple(changes):
                self.refresh(*regions)

    def plain(self) -> str:
        """The screen as text."""
        return self.canvas.plain() if self.canvas else ""

    def render_line(self, y: int) -> Strip:
        if self.canvas is None or y >= self.canvas.height:
            return Strip.blank(self.size.width)
        return self.canvas.rows[y].strip(self.look.theme)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """None: a theme without colours is one of ours. Textual's own way of it fails on text without a style."""
        return ()

    def on_resize(self, event: Resize) -> None:
        self._paint()
        self.refresh()

    def _paint(self) -> None:
        width, height = self.size
        self.canvas = self.paint(width, height) if width and height else None  # 0: not laid out yet


def holds(box: Box, x: int, y: int) -> bool:
    """Whether a cell lies in a box."""
    return box.x <= x < box.x + box.w and box.y <= 2 * y < box.y + box.h
