"""What everyone should know before practising: at the first start, and again under help. One sentence a page."""

from __future__ import annotations

from mit.tui.page import Choice, Page, Picture
from mit.tui.theme import Role
from mit.tui.view import Line, Sign
from mit.words import Words

ON = "on"

TOPICS: tuple[tuple[str, Sign, tuple[Sign, ...]], ...] = (
    ("about", Sign.NOTES, (Sign.NOTES, Sign.PEOPLE)),
    ("call", Sign.PHONE, (Sign.SPEECH, Sign.DROOPING, Sign.ARM)),
    ("voice", Sign.VOICE, (Sign.REST, Sign.MOON)),
    ("music", Sign.FLASH, (Sign.DOCTOR,)),
    ("therapist", Sign.SPEECH, (Sign.DOCTOR,)),
)
"""What this is not; when to call for help; care for the voice; seizures set off by music; where to find a therapist.
Each with its sign and the pictures of its sentences."""

COUNT = sum(len(pictures) for _, _, pictures in TOPICS)
"""Pages."""


def safety_pages(words: Words, number: str) -> tuple[Page, ...]:
    """One page a sentence, with its picture. number: the emergency number."""
    return tuple(page for topic in TOPICS for page in _pages(words, *topic, number))


def _pages(words: Words, topic: str, sign: Sign, pictures: tuple[Sign, ...], number: str) -> tuple[Page, ...]:
    head, texts = words(f"safety.{topic}", number=number), words.lines(f"safety.{topic}.line")
    return tuple(
        Page(
            head,
            sign,
            (Line(picture, text),),
            (Choice(ON, Sign.GO, words("choice.on")),),
            content=Picture(picture, Role.MODEL, Role.INK),
            helper=words.lines("helper.safety"),
        )
        for picture, text in zip(pictures, texts, strict=True)
    )
