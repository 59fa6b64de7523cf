"""A page, painted: head, what there is to see or read, what can be chosen, the three keys."""

from __future__ import annotations

from mit.tui.canvas import Box, Canvas
from mit.tui.page import Disc, Page, Picture, Song
from mit.tui.renderables.advice import letters_there, paint_sentences
from mit.tui.renderables.choices import paint_choices
from mit.tui.renderables.compact import paint_compact_page
from mit.tui.renderables.contents import paint_content, paint_places
from mit.tui.renderables.grid import SMALLEST, Grid, grid
from mit.tui.renderables.head import paint_aside, paint_bar, paint_title
from mit.tui.renderables.keys import key_boxes, paint_keys
from mit.tui.renderables.places import place

CONTENT_SHARES, LEAST_SHARE = (0.42, 0.32, 0.22), 0.16
"""Of the width, for what there is to see beside what there is to read: the first that leaves block letters."""

OVER_SHARE = 0.35
"""Of the height, for what there is to see over what there is to read."""

UNDER_SHARE = 0.4
"""Of the height, for sentences under a phrase."""

Target = int | str
"""A choice by its number, or a key: "space", "z", "x"."""


def paint_page(page: Page, width: int, height: int) -> Canvas:
    """The whole screen of a window of so many columns and rows."""
    canvas, screen = Canvas(width, height), grid(width, height, page.reading)
    if screen.tier is SMALLEST:
        paint_compact_page(canvas, page)
        return canvas
    if page.head:
        paint_title(canvas, screen, screen.head, page.sign, page.head)
    places = place(page, screen)
    _paint_body(canvas, screen, page, places.body)
    paint_choices(canvas, screen, page, places.choices)
    if places.foot and page.done is not None:
        paint_places(canvas, places.foot, page.done)
    paint_bar(canvas, screen, page.sounds)
    paint_keys(canvas, screen, page.keys)
    paint_aside(canvas, screen, page)
    return canvas


def targets(page: Page, width: int, height: int) -> dict[Target, Box]:
    """Where a click counts: every choice, and the keys that do something now."""
    screen = grid(width, height, page.reading)
    if screen.tier is SMALLEST:
        return {}
    keys, found = page.keys, dict[Target, Box](enumerate(place(page, screen).choices))
    works = {"space": bool(keys.go) and keys.ready, "z": keys.again, "x": keys.stop}
    found.update({key: box for key, box in key_boxes(screen).items() if works[key]})
    return found


def _paint_body(canvas: Canvas, screen: Grid, page: Page, body: Box) -> None:
    gap, lines = screen.tier.gap, page.lines
    if page.content is None:
        if lines:
            paint_sentences(canvas, body, lines, gap=gap, most=screen.tier.sentences)
        return None
    if not lines:
        return paint_content(page.content, canvas, screen, body)
    if isinstance(page.content, Song):
        under = round(body.h * UNDER_SHARE) // 2 * 2
        seen = body._replace(h=body.h - under - gap)
        read = Box(body.x, body.y + body.h - under, body.w, under)
    else:
        seen, read = _seen_and_read(page, screen, body)
    paint_content(page.content, canvas, screen, seen)
    return paint_sentences(canvas, read, lines, gap=gap, most=screen.tier.sentences, signs=False)


def _seen_and_read(page: Page, screen: Grid, body: Box) -> tuple[Box, Box]:
    """Where there is something to see, and where to read: in block letters if they fit beside it or under it. For who
    has chosen large letters these come first, else the picture does."""
    gap, most = screen.tier.gap, screen.tier.sentences
    ways = [_beside(body, share, gap) for share in CONTENT_SHARES]
    if isinstance(page.content, Picture | Disc):
        ways += [_over(body, gap), _beside(body, LEAST_SHARE, gap)]
    letters = [letters_there(page.lines, read, gap=gap, most=most) for _, read in ways]
    wanted = max(1, *letters) if screen.tier.letters_first else 1
    return next((way for way, high in zip(ways, letters, strict=True) if high >= wanted), ways[0])


def _over(body: Box, gap: int) -> tuple[Box, Box]:
    high = round(body.h * OVER_SHARE)
    taken = high + gap
    return body._replace(w=high, h=high), body._replace(y=body.y + taken, h=body.h - taken)


def _beside(body: Box, share: float, gap: int) -> tuple[Box, Box]:
    """Where there is something to see, and where to read."""
    wide = round(min(body.h, body.w * share))
    x = body.x + wide + 2 * gap + 1
    return body._replace(w=wide), Box(x, body.y, body.x + body.w - x, body.h)
