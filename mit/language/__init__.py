"""From typed words to syllables, heights and sounds.

The spelling is cut where the vowels that are heard part (`match`, `spelling`, `word`); stress gives the heights
(`accent`). What is heard comes from a `Speaker`: the English dictionary, or espeak-ng for other languages. Without one
the language's rules of spelling find the vowels and the stress. Hyphens that someone typed are never moved.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

from mit.errors import PhraseError
from mit.language.accent import Word, pattern
from mit.language.sounds import Speaker, read_sounds
from mit.language.word import read_word, syllable_sounds
from mit.phrase import HYPHENS, MAX_TEXT, Phrase, Syllable, check_text, spell, split

if TYPE_CHECKING:
    from mit.phrase_file import Language

_NUMBER = re.compile(r"(?<![\w.,:/-])\d{1,4}(?![\w:/%]|[.,]\d)")
"""A plain number; not a part of a date, a time, an amount or a name."""

_PLAIN = re.compile(r"""[.,;:!?…¡¿()"'«»“”„‘’–—-]*([^\W\d_]([.'’‐‑-]*[^\W\d_])*[.,;:!?…()"'«»“”‘’–—-]*)?""")
"""A word: letters, apostrophes, hyphens and full stops inside, other punctuation around; or punctuation alone."""


def typed_phrase(
    text: str,
    heights: str | None,
    language: Language,
    find_speaker: Callable[[Language], Speaker | None] = lambda _: None,
) -> Phrase:
    """A phrase that someone typed; heights: its pattern, or None to derive it.

    A pattern that fits the words as they are typed leaves them as they are, and no speaker is looked for, because a
    dictionary takes a second to load. Raises PhraseError.
    """
    if heights is None:
        syllables = derive(text, language, find_speaker(language))
    elif len(heights.strip()) == len(split(text)):
        syllables = spell(text, heights)
    else:
        syllables = spell(_hyphenated(_words(text, language, find_speaker(language))), heights)
    return Phrase("typed", syllables, language.code)


def derive(text: str, language: Language, speaker: Speaker | None = None) -> tuple[Syllable, ...]:
    """Syllables and heights of a text: "I want some water" gives I WANT some WA-ter.

    Raises PhraseError where the text cannot be sung as it is written.
    """
    words = _words(text, language, speaker)
    return spell(_hyphenated(words), pattern(words, phrase_final=language.spelling.phrase_final))


def sounds_of(phrase: Phrase, speaker: Speaker) -> tuple[tuple[str, ...], ...]:
    """The phonemes of each syllable in the speaker's alphabet, the mark of stress before its vowel, a space where a
    word ends: "water please" gives ("w", "ˈ", "ɔ"), ("T", "ə", "ɹ", " "), ("p", "l", "ˈ", "i", "z", " ").

    Each syllable has a vowel at least, however it is spelled; those of a word that the speaker does not know are empty.
    """
    words: list[list[str]] = [[]]
    for syllable in phrase.syllables:
        words[-1].append(syllable.text)
        if syllable.word_end:
            words.append([])
    words = [parts for parts in words if parts]
    said = speaker.sounds(["".join(parts) for parts in words])
    found: list[tuple[str, ...]] = []
    for parts, sounds in zip(words, said, strict=True):
        cut = syllable_sounds(parts, read_sounds(sounds))
        found += [tuple(symbol for sound in syllable for symbol in sound.written) for syllable in cut]
        found[-1] += (" ",) if found[-1] else ()
    return tuple(found)


def _words(text: str, language: Language, speaker: Speaker | None) -> tuple[Word, ...]:
    if text.isprintable() and len(text) <= MAX_TEXT:
        text = _in_words(speaker.written(text) if speaker else text, language)
    check_text(text)
    typed = unicodedata.normalize("NFC", text).split()
    for word in typed:
        _check_signs(word)
    typed = [word for word in typed if any(c.isalpha() for c in word)]
    said = speaker.sounds([HYPHENS.sub("", word) for word in typed]) if speaker else ("",) * len(typed)
    return tuple(read_word(word, sounds, language) for word, sounds in zip(typed, said, strict=True))


def _in_words(text: str, language: Language) -> str:
    """The text with its plain numbers in words, as far as the language's list goes."""
    known = language.numbers
    return _NUMBER.sub(lambda m: known[int(m[0])] if int(m[0]) < len(known) else m[0], text)


def _check_signs(word: str) -> None:
    """Only Latin letters have rules here. Other scripts need their hyphens and a pattern; figures and signs, words."""
    if any(c.isalpha() and not unicodedata.name(c, "").startswith("LATIN") for c in word):
        raise PhraseError(f"The syllables of {word!r} are not known.", "Give hyphens and a pattern.")
    if not _PLAIN.fullmatch(word):
        raise PhraseError(f"{word!r} cannot be sung as it is written.", "Write it in words.")


def _hyphenated(words: tuple[Word, ...]) -> str:
    return " ".join("-".join(word.parts) for word in words)
