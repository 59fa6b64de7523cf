"""One word: its parts, their stress and their sounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mit.language.accent import FULL, NONE, SECOND, Word
from mit.language.match import VOWEL_LETTERS, letters_of
from mit.language.sounds import GLIDES, SCHWA, Sound, cut_sounds, read_sounds
from mit.language.spelling import Span, Spelling, hold, part, stressed, vowel_spans
from mit.phrase import HYPHENS

if TYPE_CHECKING:
    from mit.phrase_file import Language

Vowels = Sequence[tuple[Span, int]]
"""The letters of each vowel that carries a note, and its stress (0 to 2)."""

MOST_INITIALS = 5
"""Capitals in a row that may be said one by one: MRI, NHS. More are a word that is written in capitals."""

DOUBLE_U = ("dou", "ble", "u")
"""The letter of the English alphabet whose name has three syllables."""


def read_word(typed: str, said: str, language: Language) -> Word:
    """A typed word, with or without hyphens; said: its pronunciation, "" where it is not known.

    The signs around it stay with its first and its last part.
    """
    first = next(k for k, c in enumerate(typed) if c.isalnum())
    last = max(k for k, c in enumerate(typed) if c.isalnum()) + 1
    given = tuple(piece for piece in HYPHENS.split(typed[first:last]) if piece)
    core = "".join(given)
    sounds = read_sounds(said)
    if len(given) == 1 and (letters := _initials(core, sounds)):
        parts, stress = letters, (NONE,) * (len(letters) - 1) + (FULL,)
    else:
        vowels = _heard(core.lower(), sounds, language.spelling) or _ruled(core.lower(), language.spelling)
        parts = given if len(given) > 1 else part(core, [span for span, _ in vowels], language.spelling)
        stress = _stress(parts, vowels)
    joins = core.lower().replace("’", "'") in language.function_words
    parts = (typed[:first] + parts[0], *parts[1:])
    return Word((*parts[:-1], parts[-1] + typed[last:]), stress if joins else _raised(stress), joins)


def syllable_sounds(parts: Sequence[str], sounds: Sequence[Sound]) -> tuple[tuple[Sound, ...], ...]:
    """The sounds of each part of a word: as they are said where they have as many vowels, else by their letters.

    A part without a vowel takes the shortest one, because a note needs one; all are empty where there are no sounds.
    """
    if not sounds:
        return ((),) * len(parts)
    letters = letters_of("".join(parts).lower(), sounds)
    nuclei = _nuclei(sounds, letters)
    if len(nuclei) == len(parts):
        return cut_sounds(sounds, nuclei)
    taken: list[list[Sound]] = [[] for _ in parts]
    for sound, span in zip(sounds, letters, strict=True):
        taken[_part_at(parts, span.start)].append(sound)
    return tuple(tuple(s) if any(x.is_vowel for x in s) else (*s, Sound(SCHWA)) for s in taken)


def _heard(word: str, sounds: Sequence[Sound], spelling: Spelling) -> Vowels:
    """The vowels of a word by ear; none where its sounds do not fit its letters."""
    letters = letters_of(word, sounds)
    vowels: Vowels = [(_whole(word, k, sounds, letters), sounds[k].stress) for k in _nuclei(sounds, letters)]
    if spelling.diphthongs_hold:
        vowels = hold(word, vowels, spelling)
    return vowels if all(part(word, [span for span, _ in vowels], spelling)) else ()


def _ruled(word: str, spelling: Spelling) -> Vowels:
    """The vowels of a word by rule."""
    spans = vowel_spans(word, spelling)
    loud = stressed(word, spans, spelling)
    return [(span, FULL if k == loud else NONE) for k, span in enumerate(spans)]


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
    glide = Span(letters[k - 1].start, letters[k].end) if k and sounds[k - 1].symbol in GLIDES else letters[k]
    return glide if set(word[glide.start : letters[k].start]) <= VOWEL_LETTERS else letters[k]


def _part_at(parts: Sequence[str], place: int) -> int:
    """Which part holds the letter at this place of the word."""
    ends = [sum(map(len, parts[: k + 1])) for k in range(len(parts))]
    return next((k for k, end in enumerate(ends) if place < end), len(parts) - 1)


def _stress(parts: Sequence[str], vowels: Vowels) -> tuple[int, ...]:
    stress = [NONE] * len(parts)
    for span, force in vowels:
        k = _part_at(parts, span.start)
        stress[k] = max(stress[k], force)
    return tuple(stress)


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
