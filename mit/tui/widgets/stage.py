"""The widget that shows a view of practice."""

from __future__ import annotations

from dataclasses import replace

from textual.events import Click, MouseDown
from textual.message import Message

from mit.tui.canvas import Canvas
from mit.tui.look import Look
from mit.tui.renderables.grid import SMALLEST, grid
from mit.tui.renderables.keys import key_boxes
from mit.tui.renderables.stages import Still, paint_live, paint_still, still_holds
from mit.tui.view import View
from mit.tui.widgets.painted import PaintedWidget, holds


class StageWidget(PaintedWidget):
    """Paints what `show` was last given. A click on one of the three keys becomes a message."""

    class KeyClicked(Message):
        """A key on the screen was clicked: "space", "z" or "x". Keys that do nothing now are not told."""

        def __init__(self, key: str, time: float) -> None:
            super().__init__()
            self.key = key
            self.at = time

    class Beaten(Message):
        """The hand beat anywhere but on a key. at: when the button went down (monotonic)."""

        def __init__(self, time: float) -> None:
            super().__init__()
            self.at = time

    def __init__(self, look: Look | None = None, *, id: str | None = None) -> None:
        super().__init__(look, id=id)
        self._view: View | None = None
        self._still: Still | None = None

    def show(self, view: View) -> None:
        """Show this view."""
        self._view = view
        self.repaint()

    def paint(self, width: int, height: int) -> Canvas | None:
        if self._view is None:
            return None
        reading = self.look.reading
        view = replace(self._view, reading=replace(reading, text=reading.text and not self._view.untold))
        if self._still is None or not still_holds(self._still, view, width, height):
            self._still = paint_still(view, width, height)
        return paint_live(self._still, view)

    def on_mouse_down(self, event: MouseDown) -> None:
        if not self._key_at(event.x, event.y):
            self.post_message(self.Beaten(event.time))

    def on_click(self, event: Click) -> None:
        key = self._key_at(event.x, event.y)
        if key:
            event.stop()
            self.post_message(self.KeyClicked(key, event.time))

    def _key_at(self, x: int, y: int) -> str | None:
        view = self._view
        if view is None:
            return None
        places = grid(*self.size, self.look.reading)
        if places.tier is SMALLEST:
            return None
        works = {"space": bool(view.go), "z": view.again, "x": view.stop}
        hit = (key for key, box in key_boxes(places).items() if works[key] and holds(box, x, y))
        return next(hit, None)
