"""A window too small for pictures: words only, the most needed first."""

from __future__ import annotations

from mit.tui.canvas import Canvas
from mit.tui.renderables.keys import AGAIN, STOP
from mit.tui.renderables.signs import GLYPHS
from mit.tui.renderables.words import shorten
from mit.tui.theme import Role
from mit.tui.view import Sign, View


def paint_compact(canvas: Canvas, view: View) -> None:
    """Head, phrase, sentences; the keys on the last row. What finds no row is left out."""
    phrase = "".join(s.text + (" " if s.word_end else "") for s in view.syllables).strip()
    texts = [
        (view.head, Role.INK),
        (phrase, Role.INK),
        *((line.text, Role.INK) for line in view.lines),
        (view.small, Role.QUIET),
    ]
    for row, (text, role) in enumerate(filter(lambda said: said[0], texts)):
        if row < canvas.height - 1:
            canvas.text(0, row, shorten(text, canvas.width), role, bold=True)
    keys = [f"{GLYPHS.get(view.go_sign, '')} {view.go}".strip()] if view.go else []
    keys += [f"{GLYPHS[Sign.AGAIN]} {AGAIN}"] if view.again else []
    keys += [f"{GLYPHS[Sign.REST]} {STOP}"] if view.stop else []
    canvas.text(0, canvas.height - 1, shorten("   ".join([*keys, view.demo]).strip(), canvas.width), Role.YOU)
