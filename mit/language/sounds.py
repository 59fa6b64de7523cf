"""Phonemes: what is read from a pronouncing dictionary, cut into syllables.

A pronunciation is a string of IPA or of the alphabet of the English dictionary (capitals for diphthongs: A as in day,
I as in my, O as in go, W as in now, Y as in boy), with the marks of stress before the vowels or syllables.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

PRIMARY, SECONDARY = "ˈ", "ˌ"
STRESS = {PRIMARY: 2, SECONDARY: 1}
VOWELS = frozenset("AIOQWYaeiouyæøœɑɐɒɔəɚɛɜɝɨɪɯɵʉʊʌʏᵊᵻ")
LENGTH = "ːˑ"
GLIDES = frozenset("jwɥ")
OFFGLIDES = frozenset("ɪʊʏø")
"""Second halves of diphthongs, right after another short vowel: "aɪ", "aʊ", "ɔø"."""

SCHWA = "ə"

_GROUPS = """
    pl pɹ pj bl bɹ bj tɹ tw dɹ dw kl kɹ kw kj ɡl ɡɹ ɡw fl fɹ fj θɹ θw ʃɹ sp st sk sm sn sl sw sf vj mj hj hw
    spl spɹ stɹ skɹ skw
"""
ONSETS = frozenset(_GROUPS.split())
"""Consonant groups that begin English syllables."""


class Speaker(Protocol):
    """Knows how the words of one language are said."""

    def written(self, text: str) -> str:
        """The text with its figures and abbreviations written out, as far as it knows them."""
        ...

    def sounds(self, words: Sequence[str]) -> tuple[str, ...]:
        """The pronunciation of each word of a phrase; "" where it does not know one."""
        ...


@dataclass(frozen=True, slots=True)
class Sound:
    """One phoneme; stress: 2 primary, 1 secondary, 0 none, on vowels only."""

    symbol: str
    stress: int = 0

    @property
    def is_vowel(self) -> bool:
        """Whether it can carry a note."""
        return self.symbol[0] in VOWELS

    @property
    def written(self) -> tuple[str, ...]:
        """Its symbols, the mark of stress first."""
        marks = tuple(mark for mark, stress in STRESS.items() if stress == self.stress)
        return (*marks, *self.symbol)


FRENCH_U = Sound("y")
"""Short and without stress before another vowel it is a glide: "nyˈi" is one syllable, nuit."""


def read_sounds(text: str) -> tuple[Sound, ...]:
    """The phonemes of a pronunciation; signs that are none are left out."""
    found: list[Sound] = []
    stress = 0
    for sign in text:
        if sign in STRESS:
            stress = STRESS[sign]
        elif found and (sign in LENGTH or unicodedata.combining(sign) or _glides(found[-1], sign, stress)):
            found[-1] = Sound(found[-1].symbol + sign, found[-1].stress)
        elif sign.isalpha():
            vowel = sign in VOWELS
            if vowel and found and found[-1] == FRENCH_U:
                found[-1] = Sound("ɥ")
            found.append(Sound(sign, stress if vowel else 0))
            stress = 0 if vowel else stress
    return tuple(found)


def _glides(before: Sound, sign: str, stress: int) -> bool:
    return sign in OFFGLIDES and stress == 0 and before.is_vowel and before.symbol in "aeoɔɑɛəu"


def cut_sounds(sounds: Sequence[Sound], nuclei: Sequence[int]) -> tuple[tuple[Sound, ...], ...]:
    """The phonemes of each syllable; nuclei: indices of the vowels that carry a note, at least one.

    As many consonants as can begin a syllable go to the following vowel.
    """
    cuts = []
    for a, b in pairwise(nuclei):
        first = next((k for k in range(a + 1, b + 1) if not sounds[k].is_vowel), b)
        cuts.append(next(k for k in range(first, b + 1) if _begins(sounds[k:b])))
    return tuple(tuple(sounds[a:b]) for a, b in pairwise([0, *cuts, len(sounds)]))


def _begins(consonants: Sequence[Sound]) -> bool:
    group = "".join(s.symbol for s in consonants)
    return group in ONSETS or (len(consonants) == 1 and group != "ŋ") or not group
