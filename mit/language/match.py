"""Which letters spell which sound: the cheapest way to read a word's phonemes off its letters.

Costs are set by hand so that the vowels fall on the vowel letters they are written with; only their order counts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from mit.language.sounds import LENGTH, Sound
from mit.language.spelling import APOSTROPHES, Span

MOST_LETTERS = 4
"""Longest spelling of one sound: the "augh" of daughter."""

UNREADABLE = math.inf
VOWEL_LETTERS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿ")
DIPHTHONGS = ("ai", "au", "ea", "ee", "ei", "eu", "ia", "ie", "oa", "oi", "oo", "ou", "ue", "ui", "äu")
"""Letters that mostly write one vowel together; parting them costs, but less than a vowel without a letter."""

SPLIT_DIPHTHONG = 0.8
SONORANTS = frozenset("lɹ")

SPELLINGS: dict[str, str] = {
    "b": "b bb v", "d": "d dd ed", "f": "f ff ph gh v", "ɡ": "g gg gu gh x", "g": "g gg gu gh", "h": "h wh j g",
    "ʤ": "j g gg dg dge d", "k": "c k q ck ch cc qu x kk", "l": "l ll", "m": "m mm mb mn", "n": "n nn kn gn",
    "ŋ": "n ng", "p": "p pp b", "ɹ": "r rr wr rh", "ʁ": "r rr", "ɾ": "r t tt", "r": "r rr", "s": "s ss c sc ps z ß ç x",
    "ʃ": "sh ch s ss t c sch", "t": "t tt d dd ed th", "T": "t tt d dd", "θ": "th z c", "ð": "th d", "v": "v w f b",
    "w": "w u ü wh o", "z": "z zz s ss x", "ʒ": "s g z j ge", "ʧ": "ch tch t c", "j": "y i j ll il", "ɲ": "ñ gn",
    "ʎ": "ll", "ʝ": "y ll", "x": "j g ch x", "ç": "ch g", "β": "b v", "ɣ": "g gu", "ɥ": "u",
}  # fmt: skip
"""Letters that write a consonant, in the languages of the trainer."""


def letters_of(word: str, sounds: Sequence[Sound]) -> tuple[Span, ...]:
    """The letters of each sound, in order; word: small letters."""
    rows, columns = len(word) + 1, len(sounds) + 1
    cost = [[UNREADABLE] * columns for _ in range(rows)]
    back: list[list[tuple[int, int]]] = [[(0, 0)] * columns for _ in range(rows)]
    cost[0][0] = 0.0
    for j in range(columns):
        for i in range(rows):
            for letters, taken, price in _moves(word, i, sounds, j):
                total = cost[i][j] + price
                if total < cost[i + letters][j + taken]:
                    cost[i + letters][j + taken], back[i + letters][j + taken] = total, (i, j)
    return _trace(back, len(word), len(sounds))


def _trace(back: Sequence[Sequence[tuple[int, int]]], i: int, j: int) -> tuple[Span, ...]:
    spans: list[Span] = []
    while (i, j) != (0, 0):
        before = back[i][j]
        if before[1] < j:
            spans.append(Span(before[0], i))
        i, j = before
    return tuple(reversed(spans))


def _moves(word: str, i: int, sounds: Sequence[Sound], j: int) -> Iterator[tuple[int, int, float]]:
    """Letters and sounds taken by each next step, and its cost. Fewer letters come first: the first cheapest stays."""
    if j < len(sounds):
        price = _vowel if sounds[j].is_vowel else _consonant
        for letters in range(min(MOST_LETTERS, len(word) - i) + 1):
            yield letters, 1, price(word, i, letters, sounds, j)
    if i < len(word):
        yield 1, 0, _silent(word[i])


def _silent(letter: str) -> float:
    if letter in APOSTROPHES or not letter.isalpha():
        return 0.0
    if letter in VOWEL_LETTERS:
        return 0.2 if letter == "e" else 0.4
    return 0.3 if letter == "h" else 0.5


def _vowel(word: str, i: int, letters: int, sounds: Sequence[Sound], j: int) -> float:
    if letters == 0:
        weak = sounds[j].symbol[0] in "əᵊ" and j + 1 < len(sounds) and sounds[j + 1].symbol in SONORANTS
        return 0.5 if weak or sounds[j].symbol == "ᵊ" else 1.2
    if word[i] not in VOWEL_LETTERS:
        return UNREADABLE
    nasal = "\u0303" in sounds[j].symbol
    price = 0.1 if letters == 1 and len(sounds[j].symbol.rstrip(LENGTH)) > 1 and not nasal else 0.0
    price += sum(_added(letter, nasal=nasal) for letter in word[i + 1 : i + letters])
    after_vowel = j > 0 and sounds[j - 1].is_vowel and i > 0
    return price + (SPLIT_DIPHTHONG if after_vowel and word[i - 1 : i + 1] in DIPHTHONGS else 0.0)


def _added(letter: str, *, nasal: bool) -> float:
    """The cost of one more letter of a vowel."""
    if letter in VOWEL_LETTERS or letter in "wy" or (nasal and letter in "nm"):
        return 0.1
    return 0.15 if letter in "gh" else UNREADABLE


def _consonant(word: str, i: int, letters: int, sounds: Sequence[Sound], j: int) -> float:
    symbol = sounds[j].symbol[0]
    spelled = word[i : i + letters]
    if not letters:
        return _unwritten(word, i, sounds, j)
    if spelled in SPELLINGS.get(symbol, "").split():
        return 0.02 * (letters - 1) + (0.3 if spelled[0] in VOWEL_LETTERS else 0.0)
    if letters > 1:
        return UNREADABLE
    return 1.5 if spelled in VOWEL_LETTERS else 0.6


def _unwritten(word: str, i: int, sounds: Sequence[Sound], j: int) -> float:
    """The cost of a consonant that no letter writes: the s of "taxi", the y of "music", the t of IPA "tʃ"."""
    pair = sounds[j].symbol + (sounds[j + 1].symbol if j + 1 < len(sounds) else "")
    after_x = i > 0 and word[i - 1] == "x" and pair[0] in "sz"
    return 0.1 if after_x or pair[0] == "j" or pair in ("tʃ", "dʒ", "ts") or pair[0] == "ʔ" else 0.8
