"""From typed words to syllables and heights.

The spelling is cut where the vowels that are heard part (`match`, `spelling`); stress gives the heights (`accent`).
What is heard comes from a `Speaker`: the English dictionary, or espeak-ng for other languages. Without one the
language's rules of spelling find the vowels and the stress. Hyphens that someone typed are never moved.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mit.errors import PhraseError
from mit.language.accent import FULL, NONE, SECOND, Word, pattern
from mit.language.match import VOWEL_LETTERS, letters_of
from mit.language.sounds import GLIDES, SCHWA, Sound, Speaker, cut_sounds, read_sounds
from mit.language.spelling import Span, part, stressed, vowel_spans
from mit.phrase import MAX_TEXT, Phrase, Syllable, check_text, spell, split

if TYPE_CHECKING:
    from mit.phrase_file import Language

MOST_INITIALS = 5
"""Capitals in a row that may be said one by one: MRI, NHS. More are a word that is written in capitals."""

DOUBLE_U = ("dou", "ble", "u")
"""The letter of the English alphabet whose name has three syllables."""


def typed_phrase(text: str, heights: str | None, language: Language, speaker: Speaker | None = None) -> Phrase:
    """A phrase that someone typed; heights: its pattern, or None to derive it.

    A pattern that fits the words as they are typed leaves them as they are. Raises PhraseError.
    """
    if heights is None:
        return Phrase("typed", derive(text, language, speaker), language.code)
    if len(heights.strip()) == len(split(text)):
        return Phrase("typed", spell(text, heights), language.code)
    return Phrase("typed", spell(_hyphenated(_words(text, language, speaker)), heights), language.code)


def derive(text: str, language: Language, speaker: Speaker | None = None) -> tuple[Syllable, ...]:
    """Syllables and heights of a text: "I want some water" gives I want some WA-ter.

    Raises PhraseError where the text cannot be sung as it is written.
    """
    words = _words(text, language, speaker)
    heights = pattern(words, phrase_final=language.spelling.phrase_final)
    return spell(_hyphenated(words), heights)


def sounds_of(phrase: Phrase, speaker: Speaker) -> tuple[tuple[str, ...], ...]:
    """The phonemes of each syllable in the speaker's alphabet, the mark of stress before its vowel.

    Each syllable has a vowel at least, whatever its spelling; a word that the speaker does not know is left empty.
    """
    words: list[list[str]] = [[]]
    for syllable in phrase.syllables:
        words[-1].append(syllable.text)
        if syllable.word_end:
            words.append([])
    words = [parts for parts in words if parts]
    said = speaker.sounds(["".join(parts) for parts in words])
    return tuple(
        tuple(symbol for sound in syllable for symbol in sound.written)
        for parts, sounds in zip(words, said, strict=True)
        for syllable in _syllable_sounds(parts, read_sounds(sounds))
    )


def _syllable_sounds(parts: Sequence[str], sounds: Sequence[Sound]) -> tuple[tuple[Sound, ...], ...]:
    if not sounds:
        return ((),) * len(parts)
    word = "".join(parts).lower()
    spans = letters_of(word, sounds)
    nuclei = _nuclei(sounds, spans)
    if len(nuclei) == len(parts):
        return cut_sounds(sounds, nuclei)
    taken: list[list[Sound]] = [[] for _ in parts]
    for sound, span in zip(sounds, spans, strict=True):
        taken[_part_at(parts, span.start)].append(sound)
    return tuple(tuple(s) if any(x.is_vowel for x in s) else (*s, Sound(SCHWA)) for s in taken)


def _words(text: str, language: Language, speaker: Speaker | None) -> tuple[Word, ...]:
    if text.isprintable() and len(text) <= MAX_TEXT:
        text = _in_words(speaker.written(text) if speaker else text, language)
    check_text(text)
    typed = unicodedata.normalize("NFC", text).split()
    for word in typed:
        _check_signs(word)
    typed = [word for word in typed if any(c.isalpha() for c in word)]
    said = speaker.sounds([_HYPHENS.sub("", word) for word in typed]) if speaker else ("",) * len(typed)
    return tuple(_word(word, sounds, language) for word, sounds in zip(typed, said, strict=True))


_PLAIN = re.compile(r"""[.,;:!?…¡¿()"'«»“”„‘’–—-]*([^\W\d_]([.'’‐‑-]*[^\W\d_])*[.,;:!?…()"'«»“”‘’–—-]*)?""")
"""A word: letters, apostrophes, hyphens and full stops inside, other punctuation around; or punctuation alone."""

_HYPHENS = re.compile(r"[-‐‑]")
_NUMBER = re.compile(r"(?<![\w.,:/-])\d{1,4}(?![\w:/%]|[.,]\d)")


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


def _word(typed: str, said: str, language: Language) -> Word:
    """One word, with the signs around it kept to its first and last syllable."""
    first = next(k for k, c in enumerate(typed) if c.isalnum())
    last = max(k for k, c in enumerate(typed) if c.isalnum()) + 1
    given = tuple(piece for piece in _HYPHENS.split(typed[first:last]) if piece)
    core = "".join(given)
    sounds = read_sounds(said)
    if len(given) == 1 and (letters := _initials(core, sounds)):
        parts, stress = letters, (NONE,) * (len(letters) - 1) + (FULL,)
    else:
        parts, stress = _cut(core, given, sounds, language)
    joins = core.lower().replace("’", "'") in language.function_words
    parts = (typed[:first] + parts[0], *parts[1:])
    return Word((*parts[:-1], parts[-1] + typed[last:]), stress if joins else _raised(stress), joins)


def _cut(
    core: str, given: tuple[str, ...], sounds: Sequence[Sound], language: Language
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The parts of a word and the stress of each, by ear where its sounds are known, else by rule."""
    low, spelling = core.lower(), language.spelling
    vowels: list[tuple[Span, int]] = []
    if sounds:
        letters = letters_of(low, sounds)
        vowels = [(_whole(low, k, sounds, letters), sounds[k].stress) for k in _nuclei(sounds, letters)]
    if not vowels or "" in part(core, [span for span, _ in vowels], spelling):
        spans = vowel_spans(low, spelling)
        loud = stressed(low, spans, spelling)
        vowels = [(span, FULL if k == loud else NONE) for k, span in enumerate(spans)]
    parts = given if len(given) > 1 else part(core, [span for span, _ in vowels], spelling)
    stress = [NONE] * len(parts)
    for span, force in vowels:
        k = _part_at(parts, span.start)
        stress[k] = max(stress[k], force)
    return parts, tuple(stress)


def _nuclei(sounds: Sequence[Sound], letters: Sequence[Span]) -> list[int]:
    """Which sounds carry a note: the vowels, but not the second half of "fire", "hour" and "tired", which no letter
    writes: sung, they are one syllable."""
    return [
        k
        for k, sound in enumerate(sounds)
        if sound.is_vowel and not (k and sounds[k - 1].is_vowel and letters[k].start == letters[k].end)
    ]


def _whole(word: str, k: int, sounds: Sequence[Sound], letters: Sequence[Span]) -> Span:
    """The letters of a vowel with those of the glide before it: the "oi" of French "soir"."""
    glides = (
        k > 0
        and sounds[k - 1].symbol in GLIDES
        and not set(word[letters[k - 1].start : letters[k].start]) - VOWEL_LETTERS
    )
    return Span(letters[k - 1].start, letters[k].end) if glides else letters[k]


def _part_at(parts: Sequence[str], place: int) -> int:
    """Which part holds the letter at this place of the word."""
    ends = [sum(map(len, parts[: k + 1])) for k in range(len(parts))]
    return next((k for k, end in enumerate(ends) if place < end), len(parts) - 1)


def _raised(stress: tuple[int, ...]) -> tuple[int, ...]:
    """A word of meaning has one full stress: the last of the strongest."""
    loud = max(range(len(stress)), key=lambda k: (stress[k], k))
    return tuple(FULL if k == loud else min(s, SECOND) for k, s in enumerate(stress))


def _initials(core: str, sounds: Sequence[Sound]) -> tuple[str, ...]:
    """ "MRI" and "U.S.A." letter by letter; nothing for a word that is said as a word, as NASA is."""
    letters = core.replace(".", "")
    if not (letters.isupper() and letters.isalpha() and 2 <= len(letters) <= MOST_INITIALS):
        return ()
    names = tuple(name for letter in letters for name in (DOUBLE_U if letter == "W" else (letter,)))
    heard = sum(sound.is_vowel for sound in sounds)
    return names if heard in (0, len(names)) else ()


def _hyphenated(words: Sequence[Word]) -> str:
    return " ".join("-".join(word.parts) for word in words)
