"""The warm-up: first the person's own breath, then a disc that breathes more and more slowly."""

from __future__ import annotations

from mit.tui.page import Choice, Disc, Page
from mit.tui.view import Line, Sign
from mit.warm_up import WarmUp
from mit.words import Words

BREATH, ON = "breath", "on"

PLACES = 10


def own_breath_page(words: Words, breaths: int) -> Page:
    """Space at each breath in; breaths: how many were told so far."""
    return Page(
        words("warm_up.own"),
        Sign.BREATH,
        (Line(Sign.GO, words("warm_up.press")),),
        (Choice(BREATH, Sign.BREATH, words("choice.on")),),
        content=Disc(float(breaths % 2)),
        again=ON,
        again_sign=Sign.ON,
        helper=words.lines("helper.own_breath"),
    )


def breathing_page(words: Words, warm_up: WarmUp, time: float, *, motion: bool) -> Page:
    """The page so many seconds after the beginning. motion: the disc swells; else it turns at each half breath."""
    moment, over = warm_up.at(time), time >= warm_up.length
    key = "in" if moment.inward else "hum" if moment.hum else "out"
    size = moment.size if motion else float(moment.inward)
    return Page(
        words("warm_up.over") if over else words(f"warm_up.{key}"),
        Sign.VOICE if key == "hum" else Sign.BREATH,
        choices=(Choice(ON, Sign.GO, words("choice.on")),),
        content=Disc(size),
        silent=key == "hum" and not over,
        done=min(PLACES, int(PLACES * time / warm_up.length)),
        helper=words.lines("helper.warm_up"),
    )
