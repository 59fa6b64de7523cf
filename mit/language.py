"""Text to syllables and stress, by rules of the language.

Typed phrases are cut at spaces and hyphens. Where no pattern is given, words that carry meaning are high on their
first syllable and words that only join (the language's list of function words) are low.
"""

from __future__ import annotations

from collections.abc import Collection

from mit.phrase import Phrase, spell, split


def stress(text: str, function_words: Collection[str]) -> str:
    """A pattern for a hyphenated text: "I want some wa-ter" gives "LHLHL"; at least one syllable is high."""
    heights, word, starts = "", "", 0
    for part, ends in split(text):
        word += part
        heights += "L"
        if ends:
            joins = word.lower().strip(".,;:!?¿¡…'’\"") in function_words
            heights = heights[:starts] + ("L" if joins else "H") + heights[starts + 1 :]
            word, starts = "", len(heights)
    return heights if "H" in heights else heights[:-1] + "H"


def typed_phrase(text: str, pattern: str | None, function_words: Collection[str], language: str) -> Phrase:
    """A phrase that someone typed, with its pattern or one by rule. Raises PhraseError."""
    return Phrase("typed", spell(text, pattern or stress(text, function_words)), language)
