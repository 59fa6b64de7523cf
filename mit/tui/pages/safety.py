"""What everyone should know before practising: at the first start, and again under help."""

from __future__ import annotations

from mit.tui.page import Choice, Page
from mit.tui.view import Line, Sign
from mit.words import Words

ON = "on"

TOPICS: tuple[tuple[str, Sign, tuple[Sign, ...]], ...] = (
    ("about", Sign.NOTES, (Sign.NONE, Sign.PEOPLE)),
    ("call", Sign.PHONE, (Sign.SPEECH, Sign.DROOPING, Sign.ARM)),
    ("voice", Sign.VOICE, (Sign.REST, Sign.MOON)),
    ("music", Sign.MUSIC, (Sign.FLASH, Sign.DOCTOR)),
    ("therapist", Sign.PEOPLE, (Sign.SPEECH, Sign.DOCTOR)),
)
"""What this is not; when to call for help; care for the voice; seizures set off by music; where to find a therapist.
Each with its sign and those of its sentences: two, which leaves them large."""


def safety_pages(words: Words, number: str) -> tuple[Page, ...]:
    """One page a topic. number: the emergency number."""
    return tuple(_page(words, *topic, number) for topic in TOPICS)


def _page(words: Words, topic: str, sign: Sign, signs: tuple[Sign, ...], number: str) -> Page:
    texts = words.lines(f"safety.{topic}.line")
    return Page(
        words(f"safety.{topic}", number=number),
        sign,
        tuple(Line(mark, text) for mark, text in zip(signs, texts, strict=True)),
        (Choice(ON, Sign.GO, words("choice.on")),),
        helper=words.lines("helper.safety"),
    )
