"""The home page, and the door to what patients do not need."""

from __future__ import annotations

from mit.tui.page import Arrange, Choice, Page
from mit.tui.view import Line, Sign
from mit.words import Words

PRACTISE, PHRASES, HELP, OTHERS, ON = "practise", "phrases", "help", "others", "on"

OPEN = "open"
"""What a helper types at the door; nobody types it by chance. The same in every language, shown beside the page."""


def home_page(
    words: Words, *, therapist: bool = False, unread: bool = False, dose: tuple[float, float] | None = None
) -> Page:
    """Practise over half the height, three quiet ones below.

    For helpers alone: therapist: one is here for the next session; unread: the assignment cannot be read; dose: minutes
    practised today, and prescribed.
    """
    choices = (
        Choice(PRACTISE, Sign.GO, words("home.practise")),
        Choice(PHRASES, Sign.SPEECH, words("home.phrases")),
        Choice(HELP, Sign.HELP, words("home.help")),
        Choice(OTHERS, Sign.SETTINGS, words("home.others")),
    )
    told = ("helper.unread",) * unread + ("helper.present",) * therapist + ("helper.home",)
    helper = [line for key in told for line in words.lines(key)]
    if dose is not None:
        helper.append(words("helper.dose", done=f"{dose[0]:.0f}", asked=f"{dose[1]:.0f}"))
    return Page("", Sign.NOTES, choices=choices, arrange=Arrange.HOME, helper=tuple(helper))


def door_page(words: Words) -> Page:
    """For helpers: opens by a typed word alone, so that no patient falls in."""
    lines = (Line(Sign.KEYS, words("door.type", word=OPEN)),)
    return Page(words("home.others"), Sign.SETTINGS, lines, word=OPEN, helper=words.lines("helper.door"))


def unread_page(words: Words) -> Page:
    """For helpers: the assignment that was taken cannot be read, and what happens meanwhile."""
    signs = (("first", Sign.NOTES), ("kept", Sign.HOUSE), ("again", Sign.PEOPLE))
    return Page(
        words("unread.head"),
        Sign.HELP,
        tuple(Line(sign, words(f"unread.{key}")) for key, sign in signs),
        choices=(Choice(ON, Sign.ON, words("choice.on")),),
        helper=words.lines("helper.unread"),
    )
