"""Words: block letters where they fit, bold text where not."""

from __future__ import annotations

from mit.tui.canvas import Box, Canvas, glyphs, text_width
from mit.tui.letters import Size, composed, sizes
from mit.tui.theme import Role

ELLIPSIS = "…"

OVERHANG = 0.5
"""Columns by which a last letter, as "f", may stand out over its own width."""


def say(canvas: Canvas, box: Box, text: str, role: Role = Role.INK, *, most: int | None = None) -> None:
    """Write as large as the box allows, from its left edge, in its middle, on several lines where that is larger.

    most: the largest letters to use.
    """
    text = composed(text).strip()
    for size in reversed([size for size in sizes() if most is None or size.height <= most]):
        if _say_large(canvas, box, text, role, size):
            return
    rows = max(1, int(box.h) // 2)
    lines = wrap(text, int(box.w))[:rows]
    first = (int(box.y) + 1) // 2 + (rows - len(lines)) // 2
    for k, line in enumerate(lines):
        canvas.text(int(box.x), first + k, line, role, bold=True)


def _say_large(canvas: Canvas, box: Box, text: str, role: Role, size: Size) -> bool:
    """In block letters of one size; False when they do not fit."""
    lines = wrap_letters(text, size, box.w - OVERHANG) if size.knows(text) else ()
    pitch = size.ascent + size.descent
    height = pitch * (len(lines) - 1) + size.ascent
    if not lines or height >= box.h:
        return False
    baseline = box.y + (box.h - pitch * (len(lines) - 1) + size.capital) / 2
    for k, line in enumerate(lines):
        canvas.letters(box.x, baseline + k * pitch, line, size, role)
    return True


def wrap(text: str, width: int) -> tuple[str, ...]:
    """Lines of at most width columns, broken at spaces; a word that is too long is cut short."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(shorten(word, width))
    return tuple(lines)


def wrap_letters(text: str, size: Size, width: float) -> tuple[str, ...]:
    """Lines of block letters, broken at spaces; none when a word is too wide."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if size.width(word) > width:
            return ()
        if lines and size.width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def shorten(text: str, width: int) -> str:
    """The text, or as much of it as fits width columns with a sign that it goes on."""
    if text_width(text) <= width:
        return text
    kept = ""
    for glyph in glyphs(text):
        if text_width(kept + glyph + ELLIPSIS) > width:
            break
        kept += glyph
    return kept + ELLIPSIS if width > 0 else ""
