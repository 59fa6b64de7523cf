"""The home page, and the door to what patients do not need."""

from __future__ import annotations

from mit.tui.page import Arrange, Choice, Page
from mit.tui.view import Line, Sign
from mit.words import Words

PRACTISE, PHRASES, HELP, OTHERS = "practise", "phrases", "help", "others"

OPEN = "open"
"""What a helper types at the door; nobody types it by chance. The same in every language, shown beside the page."""


def home_page(words: Words) -> Page:
    """Practise over half the height, three quiet ones below."""
    choices = (
        Choice(PRACTISE, Sign.GO, words("home.practise")),
        Choice(PHRASES, Sign.SPEECH, words("home.phrases")),
        Choice(HELP, Sign.HELP, words("home.help")),
        Choice(OTHERS, Sign.SETTINGS, words("home.others")),
    )
    return Page("", Sign.NOTES, choices=choices, arrange=Arrange.HOME, helper=words.lines("helper.home"))


def door_page(words: Words) -> Page:
    """For helpers: opens by a typed word alone, so that no patient falls in."""
    lines = (Line(Sign.KEYS, words("door.type", word=OPEN)), Line(Sign.REST, words("door.back")))
    return Page(words("home.others"), Sign.SETTINGS, lines, word=OPEN, helper=words.lines("helper.door"))
