"""Stress to heights: which syllables of a phrase are sung on the high note.

The words that carry meaning are high on their stressed syllable, the words that join are low (Norton, Zipse, Marchina
& Schlaug 2009). As in speech, of two stressed syllables side by side only the second stays high when the first is a
word of its own: "I want COF-fee", but "I WANT to CALL".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

LONGEST_FLAT = 4
"""Notes of one height in a row. More of them are hard to keep apart, so a longer run takes a second accent."""

FULL, SECOND, NONE = 2, 1, 0


@dataclass(frozen=True, slots=True)
class Word:
    """A written word cut into syllables, and the stress of each (0 to 2); joins: it carries no meaning of its own."""

    parts: tuple[str, ...]
    stress: tuple[int, ...]
    joins: bool = False


def pattern(words: Sequence[Word], *, phrase_final: bool = False) -> str:
    """One letter a syllable, H or L, at least one H; phrase_final: only the last syllable of the phrase is high."""
    strengths = [s for word in words for s in word.stress]
    high = [False] * len(strengths)
    if phrase_final:
        high[-1] = True
    else:
        for k in _accents(words):
            high[k] = True
    if not any(high):
        high[_strongest(strengths)] = True
    for start, end in _flat_runs(high):
        _vary(high, strengths, words, start, end)
    return "".join("H" if h else "L" for h in high)


def _accents(words: Sequence[Word]) -> frozenset[int]:
    """The syllables that carry the stress of a meaning word, without those that give way to the next syllable.

    From the end to the front, so that of three words the first and the last stay high.
    """
    accents: set[int] = set()
    end = sum(len(word.parts) for word in words)
    for word in reversed(words):
        start = end - len(word.parts)
        gives_way = len(word.parts) == 1 and end in accents
        accents |= {start + k for k, s in enumerate(word.stress) if s == FULL and not (word.joins or gives_way)}
        end = start
    return frozenset(accents)


def _strongest(strengths: Sequence[int]) -> int:
    """The last of the strongest."""
    return max(range(len(strengths)), key=lambda k: (strengths[k], k))


def _flat_runs(high: Sequence[bool]) -> list[tuple[int, int]]:
    """First and past-the-last index of every run of one height that is too long."""
    runs, start = [], 0
    for _, group in groupby(high):
        end = start + len(list(group))
        if end - start > LONGEST_FLAT:
            runs.append((start, end))
        start = end
    return runs


def _vary(high: list[bool], strengths: Sequence[int], words: Sequence[Word], start: int, end: int) -> None:
    """Turn the syllable of a flat run that speech would turn: the strongest low one, the weakest high one.

    Of equals the one nearest to the middle; the ends stay, because they stand beside the other height. What is
    still too long is turned again.
    """
    middle = (start + end - 1) / 2
    sign = 1 if high[start] else -1
    joins = [word.joins for word in words for _ in word.parts]
    inner = range(start + 1, end - 1)
    k = min(inner, key=lambda k: (sign * (strengths[k] - 2 * joins[k]), abs(k - middle), k))
    high[k] = not high[k]
    for a, b in ((start, k), (k + 1, end)):
        if b - a > LONGEST_FLAT:
            _vary(high, strengths, words, a, b)
