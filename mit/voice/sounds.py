"""The sounds of a phrase, syllable by syllable, as the network knows them.

A syllable comes as a tuple of symbols of hibari's alphabet (that of misaki and Kokoro: A I O W Y are the diphthongs of
day, eye, go, now, boy), the stress mark before its vowel: ("w", "ˈɔ"), ("T", "əɹ", " "). A space ends a word.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

VOWELS = frozenset("AIOQWYaeiouæɑɐɒɔəɚɛɜɪɨʊʌᵊᵻ")
STRESS_MARKS = "ˈˌ"
MAIN_STRESS = STRESS_MARKS[0]
LONG = "ː"
COLOURED = "əɜ"
"""Vowels that sound as one with an ɹ after them (water, bird): both are held."""

SYLLABIC = "mnŋlɹ"
"""Consonants that can be held in place of a vowel."""

VOICELESS = frozenset("ptkfθsʃʧh")
NEUTRAL = "ə"

Sounds = tuple[tuple[str, ...], ...]
"""The symbols of each syllable of a phrase."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One syllable: what comes before its vowel, the stress mark, what is held, what follows, and if a word ends."""

    onset: str
    mark: str
    nucleus: str
    coda: str
    word_end: bool

    @property
    def symbols(self) -> str:
        """All of it in order, with a space where the word ends."""
        return self.onset + self.mark + self.nucleus + self.coda + (" " if self.word_end else "")

    @property
    def hissed(self) -> bool:
        """Whether the vowel begins after sounds without voice: its beginning is then heard most clearly."""
        return bool(self.onset) and set(self.onset) <= VOICELESS


def read_syllable(symbols: tuple[str, ...], known: Collection[str]) -> Spoken:
    """Find what is held in a syllable. Symbols that the network does not know are left out."""
    text = "".join(symbols)
    mark = next((c for c in text if c in STRESS_MARKS), "")
    text, word_end = text.rstrip(), text.endswith(" ")
    letters = "".join(c for c in text if c in known and c not in STRESS_MARKS and not c.isspace())
    start, end = _held(letters)
    nucleus = letters[start:end]
    return Spoken(letters[:start], mark, nucleus or NEUTRAL, letters[end:], word_end)


def _held(letters: str) -> tuple[int, int]:
    """First and past-last place of what is held: the first vowel, else the last consonant that can be."""
    start = next((k for k, c in enumerate(letters) if c in VOWELS), None)
    if start is None:
        last = max((k for k, c in enumerate(letters) if c in SYLLABIC), default=len(letters))
        return last, last + 1
    end = start + 1
    end += letters[end : end + 1] == LONG
    end += letters[start] in COLOURED and letters[end : end + 1] == "ɹ"
    return start, end
