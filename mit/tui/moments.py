"""The pages between phrases: to decide, to breathe, to rest, to go on or to end. Pure."""

from __future__ import annotations

from math import cos, pi

from mit.session import Ended
from mit.tui.page import Choice, Disc, Page, Picture
from mit.tui.picture import Telling
from mit.tui.theme import Role
from mit.tui.view import Line, Sign

YES, NOT_YET = "yes", "not_yet"
ON, REST, ENOUGH, ANEW = "on", "rest", "enough", "anew"

BREATH = 4.0
"""Seconds in which the disc of a pause fills, and again in which it empties: a calm breath."""

STEPS = 16
"""Sizes of the disc on its way: more would not be seen."""

PLACES = 10
"""Of the line that shows how far the session has come."""


def _page(telling: Telling, head: str, sign: Sign, helper: str, **more: object) -> Page:
    words = telling.words
    return Page(
        words(head),
        sign,
        go=words("key.space"),
        helper=words.lines(f"helper.{helper}"),
        small=words("window.small"),
        demo=words("demo.mark") if telling.demo else "",
        **more,  # type: ignore[arg-type]
    )


def _choices(telling: Telling, *choices: tuple[str, Sign, str]) -> tuple[Choice, ...]:
    return tuple(Choice(name, sign, telling.words(key)) for name, sign, key in choices)


def decide(telling: Telling, *, together: bool) -> Page:
    """Whether the step went well, for the person to say. together: after a take that nobody judges, with thanks."""
    choices = _choices(telling, (YES, Sign.TICK, "choice.yes"), (NOT_YET, Sign.AGAIN, "choice.not_yet"))
    head = "stage.thanks" if together else "decide.head"
    lines = (Line(Sign.VOICE, telling.words("decide.ask")),) if together else ()
    return _page(telling, head, Sign.VOICE, "decide_page", lines=lines, choices=choices, stop=ENOUGH)


def pause(telling: Telling, seconds: float, *, ready: bool, done: int, resting: bool = False) -> Page:
    """Nothing to do but breathe. seconds: since it began; ready: whether the next phrase may come; done: of PLACES."""
    size = round(STEPS * (0.5 - 0.5 * cos(pi * seconds / BREATH))) / STEPS
    return _page(
        telling,
        "stage.rest" if resting else "stage.calm",
        Sign.REST,
        "rest" if resting else "pause",
        content=Disc(size),
        choices=_choices(telling, (ON, Sign.GO, "choice.on")),
        ready=ready,
        done=done,
        stop=ENOUGH,
    )


def offer_rest(telling: Telling, *, done: int) -> Page:
    """Whether to rest for a while."""
    choices = _choices(telling, (ON, Sign.GO, "choice.on"), (REST, Sign.REST, "choice.rest"))
    return _page(telling, "rest.ask", Sign.REST, "offer_rest", choices=choices, done=done, stop=ENOUGH)


def stopping(telling: Telling) -> Page:
    """Whether it is enough, asked of somebody who is singing."""
    choices = _choices(telling, (ON, Sign.VOICE, "choice.sing_on"), (ENOUGH, Sign.SUN, "choice.enough"))
    return _page(telling, "stop.ask", Sign.REST, "stopping", choices=choices, stop=ENOUGH)


def interrupted(telling: Telling) -> Page:
    """Whether to go on where the last session broke off."""
    choices = _choices(telling, (ON, Sign.GO, "choice.on"), (ANEW, Sign.NOTES, "choice.anew"))
    return _page(telling, "resume.ask", Sign.NOTES, "resume", choices=choices)


def ending(telling: Telling, ended: Ended, *, done: int) -> Page:
    """Thanks, however it ended."""
    return _page(
        telling,
        "stage.end",
        Sign.SUN,
        "end",
        lines=(Line(Sign.SUN, telling.words(f"end.{ended}")),),
        content=Picture(Sign.SUN, Role.YOU, Role.MODEL),
        choices=_choices(telling, (ON, Sign.TICK, "choice.on")),
        done=done,
        stop=ON,
    )


def places(done: int, of: int) -> int:
    """How much of a session is done, in PLACES."""
    return min(PLACES, PLACES * done // of) if of else 0
