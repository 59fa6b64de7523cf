"""How it is today: three faces, tired or not. Nothing has to be answered."""

from __future__ import annotations

from mit.tui.page import Arrange, Choice, Page
from mit.tui.view import Sign
from mit.words import Words

MOODS = {"low": 1, "middle": 2, "glad": 3}
"""Ids of the faces, and what is kept."""

TIRED = {"rested": False, "tired": True}

FACES = (Sign.LOW_FACE, Sign.MIDDLE_FACE, Sign.GLAD_FACE)


def faces_page(words: Words) -> Page:
    choices = tuple(Choice(name, sign, words(f"mood.{name}")) for name, sign in zip(MOODS, FACES, strict=True))
    helper = words.lines("helper.mood")
    return Page(words("mood.ask"), Sign.MIDDLE_FACE, choices=choices, lit=1, arrange=Arrange.ROW, helper=helper)


def tired_page(words: Words) -> Page:
    choices = (
        Choice("rested", Sign.SUN, words("mood.rested")),
        Choice("tired", Sign.MOON, words("mood.tired")),
    )
    helper = words.lines("helper.mood")
    return Page(words("mood.ask_tired"), Sign.MOON, choices=choices, arrange=Arrange.ROW, helper=helper)
