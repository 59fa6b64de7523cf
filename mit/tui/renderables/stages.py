"""The practice screen of every stage, painted from its view.

What stays still while a person sings is painted once (`paint_still`); the voice line goes on a copy of it
(`paint_live`), so that a moving line costs only the rows it crosses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from mit.tui.canvas import Box, Canvas
from mit.tui.page import Disc
from mit.tui.renderables.advice import paint_advice, paint_sentences
from mit.tui.renderables.blocks import paint_beat, paint_hollow, paint_letters, paint_lit, paint_map, paint_taps
from mit.tui.renderables.compact import paint_compact
from mit.tui.renderables.contents import paint_content
from mit.tui.renderables.grid import SMALLEST, Grid, grid
from mit.tui.renderables.head import BARS, HEAD_LETTERS, paint_aside, paint_bar, paint_head
from mit.tui.renderables.keys import paint_keys
from mit.tui.renderables.layout import Layout, lay_axis, lay_out
from mit.tui.renderables.signs import draw
from mit.tui.renderables.voice_line import paint_voice, paint_voice_head
from mit.tui.renderables.words import say
from mit.tui.theme import Role
from mit.tui.view import Sign, Stage, View

PICTURE_SHARE, PICTURE_LEAST = 0.24, 8
"""Of the width, for the picture of a phrase; and square units of the smallest that says something."""

GOOD_SHARE = 0.75
"""Of the letters that a phrase could have without its picture: smaller ones are too high a price."""

CALM_SHARE = 0.6
"""Of the stage's height, for the sign where there is nothing else to show."""


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """A painted screen without its voice line, what it shows, and where its blocks are."""

    canvas: Canvas
    layout: Layout
    shows: View


def paint(view: View, width: int, height: int) -> Canvas:
    """The whole screen of a window of so many columns and rows."""
    return paint_live(paint_still(view, width, height), view)


def paint_still(view: View, width: int, height: int) -> Still:
    """All but the voice line."""
    canvas, places = Canvas(width, height), grid(width, height, view.reading)
    shows = replace(view, voice=())
    if places.tier is SMALLEST:
        paint_compact(canvas, view)
        return Still(canvas, Layout(), shows)
    layout = STAGES[view.stage](canvas, places, view)
    paint_bar(canvas, places, BARS.get(view.stage))
    paint_keys(canvas, places, view.keys)
    paint_aside(canvas, places, view)
    return Still(canvas, layout, shows)


def still_holds(still: Still, view: View, width: int, height: int) -> bool:
    """Whether only the voice line differs, and the syllable that matters now is among those that are shown."""
    same_window = (still.canvas.width, still.canvas.height) == (width, height)
    seen = not still.layout.blocks or still.layout.block(_focus(view)) is not None
    return same_window and seen and still.shows == replace(view, voice=())


def paint_live(still: Still, view: View) -> Canvas:
    """The voice line, over a copy of the still parts."""
    if not view.voice or not still.layout.blocks:
        return still.canvas
    canvas, tier = still.canvas.copy(), grid(still.canvas.width, still.canvas.height, view.reading).tier
    paint_voice(canvas, still.layout, view.voice, dots=tier.dots)
    if view.stage is Stage.TURN:
        paint_voice_head(canvas, still.layout, view.voice, radius=tier.disc * HEAD_SHARE)
    return canvas


HEAD_SHARE = 0.75
"""The voice's head is a little smaller than the beat."""

UNDER_SHARE, UNDER_BLOCKS = 0.3, 0.45
"""Of the stage, for a sentence under a phrase that is being sung, and under its blocks alone, which leave more room."""

TAP_SHARE = 0.5
"""A tap beside the beat."""

LIGHTS = frozenset({Stage.LISTEN, Stage.ALONG})
"""Stages in which a syllable lights up as it sounds."""


def _focus(view: View) -> int:
    """The syllable that matters now: the one that sounds, or the one that the voice has reached."""
    if view.lit >= 0 or not view.voice:
        return max(0, view.lit)
    return max(0, min(int(view.voice[-1].x), len(view.syllables) - 1))


def _phrase(canvas: Canvas, places: Grid, view: View) -> Layout:
    """The phrase: hollow, or one syllable lit. All these stages place it alike, so that nothing jumps between them."""
    if not view.syllables:
        return _sentences(canvas, places, view)
    tier, stage = places.tier, places.stage
    share = UNDER_SHARE if view.reading.text else UNDER_BLOCKS
    below = stage.y + stage.h - paint_advice(canvas, places, view.lines, share=share)
    beat = 2 * tier.disc + max(1, 2 * (tier.gap - 1))
    layout, picture = _lay_beside_picture(canvas, places, view, stage._replace(h=below - stage.y - beat))
    paint_head(canvas, places, view, picture)
    _paint_blocks(canvas, view, layout)
    if view.lit >= 0:
        paint_beat(canvas, layout, view.lit, below - tier.disc, tier.disc)
    return layout


def _lay_beside_picture(canvas: Canvas, places: Grid, view: View, place: Box) -> tuple[Layout, Sign | None]:
    """The phrase beside its picture; where that would make the letters much smaller, the picture is given back."""
    text, focus = view.reading.text, _focus(view)
    alone = lay_out(view.syllables, place, focus, text=text)
    side = round(min(place.w * PICTURE_SHARE, place.h))
    if view.picture is None or side < PICTURE_LEAST:
        return alone, view.picture
    taken = side + 2 * places.tier.gap
    beside = lay_out(view.syllables, place._replace(x=place.x + taken, w=place.w - taken), focus, text=text)
    if text and not _as_good(beside, alone):
        return alone, view.picture
    draw(canvas, place._replace(w=side), view.picture, Role.MODEL, Role.INK)
    return beside, None


def _as_good(beside: Layout, alone: Layout) -> bool:
    """Whether the same syllables stand on the same lines, in letters not much smaller."""
    if [(block.index, block.line) for block in beside.blocks] != [(block.index, block.line) for block in alone.blocks]:
        return False
    if beside.size is None or alone.size is None:
        return beside.size is alone.size
    return beside.size.height >= GOOD_SHARE * alone.size.height


def _paint_blocks(canvas: Canvas, view: View, layout: Layout) -> None:
    paint_hollow(canvas, layout, Role.QUIET)
    lit = view.lit if view.stage in LIGHTS else -1
    paint_lit(canvas, layout, lit)
    paint_letters(canvas, layout, view.syllables, lit)
    paint_map(canvas, layout, BARS.get(view.stage, Role.INK))


def _feedback(canvas: Canvas, places: Grid, view: View) -> Layout:
    """The graded word, both voices on one axis, one thing done well and one to try."""
    paint_head(canvas, places, view)
    lower = paint_advice(canvas, places, view.lines)
    if not view.syllables:
        return Layout()
    stage, inset = places.stage, places.tier.gap
    place = Box(stage.x + inset, stage.y, stage.w - inset, stage.h - lower)
    layout = lay_axis(view.syllables, place, most=places.tier.axis_letters, text=view.reading.text)
    paint_hollow(canvas, layout, Role.MODEL)
    if marked := layout.block(view.marked):
        canvas.frame(marked.box, Role.YOU, inside=Role.TINT)
    paint_letters(canvas, layout, view.syllables)
    paint_taps(canvas, layout, view.taps, radius=places.tier.disc * TAP_SHARE)
    return layout


def _calm(canvas: Canvas, places: Grid, view: View) -> Layout:
    """A word, and a disc that fills: nothing is to be done."""
    paint_head(canvas, places, view)
    paint_content(Disc(view.breath), canvas, places, places.stage)
    return Layout()


def _sentences(canvas: Canvas, places: Grid, view: View) -> Layout:
    """A kind sentence or two and the way on; the sign of the head, large, where there is nothing to say."""
    if view.lines:
        paint_head(canvas, places, view)
        paint_sentences(canvas, places.stage, view.lines, gap=places.tier.gap)
    else:
        say(canvas, places.head, view.head, most=HEAD_LETTERS)
        side = min(places.stage.h * CALM_SHARE, places.stage.w)
        draw(canvas, places.stage._replace(w=side), view.sign, Role.MODEL, Role.MODEL)
    return Layout()


STAGES: dict[Stage, Callable[[Canvas, Grid, View], Layout]] = {
    Stage.READY: _phrase,
    Stage.LISTEN: _phrase,
    Stage.ALONG: _phrase,
    Stage.TURN: _phrase,
    Stage.WAIT: _phrase,
    Stage.FEEDBACK: _feedback,
    Stage.TROUBLE: _sentences,
    Stage.ASKED: _sentences,
    Stage.CALM: _calm,
}
