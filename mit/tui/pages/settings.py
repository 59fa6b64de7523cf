"""What a helper can change, behind the door: a few choices at a time, each press the next value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mit.tui.page import Choice, Page
from mit.tui.view import Sign
from mit.words import Words

if TYPE_CHECKING:
    from mit.settings import Settings

Value = str | bool

MORE = "more"
AT_ONCE = 3
UNSET = "–"


@dataclass(frozen=True, slots=True)
class Option:
    """A setting with the values it goes through. words: the values are in the catalogue; else shown as they are."""

    key: str
    sign: Sign
    values: tuple[Value, ...]
    worded: bool = True


YES_NO: tuple[Value, ...] = (True, False)

OPTIONS = (
    Option("theme", Sign.SUN, ("dark", "light", "contrast")),
    Option("size", Sign.LETTERS, ("small", "medium", "large")),
    Option("hand", Sign.HAND, ("left", "right")),
    Option("side", Sign.GO, ("left", "right")),
    Option("text", Sign.LETTERS, YES_NO),
    Option("motion", Sign.BREATH, YES_NO),
    Option("prompts", Sign.SPEAKER, YES_NO),
    Option("check_in", Sign.GLAD_FACE, YES_NO),
    Option("warm_up", Sign.VOICE, YES_NO),
)


PRESENT = Option("present", Sign.DOCTOR, YES_NO)
"""Whether a therapist is here: kept nowhere, it holds for the next session alone."""


def options(countries: Sequence[str]) -> tuple[Option, ...]:
    """All that can be set; countries: those whose emergency number the language knows."""
    return (PRESENT, *OPTIONS, Option("country", Sign.PHONE, tuple(countries), worded=False))


def settings_page(
    words: Words, every: Sequence[Option], settings: Settings, first: int, *, therapist: bool = False
) -> Page:
    """The options from number `first` on. therapist: whether one is here."""
    shown = every[first : first + AT_ONCE]
    values = [therapist if option is PRESENT else getattr(settings, option.key) for option in shown]
    texts = [_text(words, option, value) for option, value in zip(shown, values, strict=True)]
    choices = tuple(Choice(option.key, option.sign, text) for option, text in zip(shown, texts, strict=True))
    more = Choice(MORE, Sign.ON, words("phrases.more"))
    return Page(words("home.others"), Sign.SETTINGS, choices=(*choices, more), helper=words.lines("helper.settings"))


def next_value(option: Option, settings: Settings) -> Value:
    """The value after the one that is set."""
    now = getattr(settings, option.key)
    place = option.values.index(now) if now in option.values else -1
    return option.values[(place + 1) % len(option.values)]


def _text(words: Words, option: Option, value: Value) -> str:
    if not option.worded:
        return f"{words(f'setting.{option.key}')} {value or UNSET}"
    name = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    return words(f"setting.{option.key}.{name}")
