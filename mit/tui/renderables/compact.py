"""A window too small for pictures: words only, the most needed first."""

from __future__ import annotations

from collections.abc import Iterable

from mit.tui.canvas import Canvas
from mit.tui.page import Page
from mit.tui.renderables.keys import AGAIN, STOP
from mit.tui.renderables.signs import GLYPHS
from mit.tui.renderables.words import shorten
from mit.tui.theme import Role
from mit.tui.view import Sign, View


def paint_compact(canvas: Canvas, view: View) -> None:
    """Head, phrase, sentences; the keys on the last row. What finds no row is left out."""
    phrase = "".join(s.text + (" " if s.word_end else "") for s in view.syllables).strip()
    written = phrase if view.reading.text else ""
    texts = [view.head, written, *(line.text for line in view.lines)]
    _paint(canvas, [(text, Role.INK) for text in texts], view)


def paint_compact_page(canvas: Canvas, page: Page) -> None:
    """Head, sentences, what can be chosen: the lit one marked."""
    texts = [(text, Role.INK) for text in (page.head, *(line.text for line in page.lines))]
    for k, choice in enumerate(page.choices if len(page.choices) > 1 else ()):
        lit = k == page.lit
        texts.append((f"{GLYPHS[Sign.GO] if lit else ' '} {choice.text}", Role.YOU if lit else Role.QUIET))
    _paint(canvas, texts, page)


def _paint(canvas: Canvas, texts: Iterable[tuple[str, Role]], shown: View | Page) -> None:
    texts = [(text, role) for text, role in (*texts, (shown.small, Role.QUIET)) if text.strip()]
    for row, (text, role) in enumerate(texts[: canvas.height - 1]):
        canvas.text(0, row, shorten(text, canvas.width), role, bold=True)
    keys = shown.keys
    words = [f"{GLYPHS.get(keys.go_sign, '')} {keys.go}".strip()] if keys.go else []
    words += [f"{GLYPHS[keys.z_sign]} {AGAIN}"] if keys.again else []
    words += [f"{GLYPHS[Sign.REST]} {STOP}"] if keys.stop else []
    canvas.text(0, canvas.height - 1, shorten("   ".join([*words, shown.demo]).strip(), canvas.width), Role.YOU)
