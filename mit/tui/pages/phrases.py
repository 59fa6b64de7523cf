"""Say it for me: any own phrase, sung at once."""

from __future__ import annotations

from collections.abc import Sequence

from mit.phrase import Phrase
from mit.tui.page import Arrange, Choice, Page, Song
from mit.tui.pictures import picture_of
from mit.tui.theme import Role
from mit.tui.view import Sign
from mit.words import Words

MORE, SAY, USED = "more", "say", "used"

AT_ONCE = 3
"""Phrases on a page: with the way to more of them, four large targets."""


def phrases_page(words: Words, phrases: Sequence[Phrase], first: int) -> Page:
    """A page of phrases from number `first` on; Z, Space or a click takes one."""
    shown = phrases[first : first + AT_ONCE]
    choices = [Choice(p.id, picture_of(p) or Sign.SPEECH, p.text, p.syllables) for p in shown]
    if len(phrases) > AT_ONCE:
        choices.append(Choice(MORE, Sign.ON, words("phrases.more")))
    return Page(words("home.phrases"), Sign.SPEECH, choices=tuple(choices), helper=words.lines("helper.phrases"))


def phrase_page(words: Words, phrase: Phrase, *, lit: int = -1, sounds: bool = False, used: bool = False) -> Page:
    """One phrase. lit: the syllable that sounds now; used: it is kept that it was used today."""
    tick = words("phrases.kept") if used else words("phrases.used")
    choices = (Choice(SAY, Sign.SPEAKER, words("phrases.say")), Choice(USED, Sign.TICK, tick))
    return Page(
        words("stage.listen") if sounds else words("home.phrases"),
        Sign.SPEAKER if sounds else Sign.SPEECH,
        choices=choices,
        arrange=Arrange.ROW,
        content=Song(phrase.syllables, lit, picture_of(phrase)),
        sounds=Role.MODEL if sounds else None,
        silent=True,
        helper=words.lines("helper.phrase"),
    )
