"""The end of practising: a sun, and what was done."""

from __future__ import annotations

from mit.tui.page import Choice, Page, Picture
from mit.tui.theme import Role
from mit.tui.view import Sign
from mit.words import Words

HOME = "home"

PLACES = 10


def closing_page(words: Words, takes: int) -> Page:
    """takes: how often the person sang; more than ten are as good as ten."""
    return Page(
        words("stage.end"),
        Sign.TICK,
        choices=(Choice(HOME, Sign.TICK, words("choice.on")),),
        content=Picture(Sign.SUN, Role.YOU, Role.MODEL),
        done=min(PLACES, takes),
        helper=words.lines("helper.closing"),
    )
