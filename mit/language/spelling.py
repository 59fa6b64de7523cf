"""Where written syllables part: the rules of one language as data, and the rules that all of them share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

APOSTROPHES = "'’"


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a language writes its syllables, in small letters.

    vowels: letters; diphthongs: groups of them that are one vowel; consonants: groups that hold a vowel letter and
    sound as a consonant before a vowel ("qu"); onsets: consonant groups that may begin a syllable inside a word;
    closing: those that end one; seconds: second parts of compounds ("room"); silent, sounded: endings without a vowel
    of their own, and exceptions to them.

    stress: the syllable that carries it, from 1 at the front or from -1 at the end; stress_marks: vowels that always
    carry it; stress_endings: where it lies instead for words with these endings; unstressed: beginnings that never
    carry it. phrase_final: the last syllable of a phrase is the high one, as in French, not one in each word.
    diphthongs_hold: letters of a diphthong are one syllable even where two vowels are heard: Spanish "pingüino".
    """

    vowels: str = "aeiouy"
    diphthongs: tuple[str, ...] = ()
    consonants: tuple[str, ...] = ()
    onsets: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    seconds: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    sounded: tuple[str, ...] = ()
    stress: int = 1
    stress_marks: str = ""
    stress_endings: Mapping[str, int] = field(default_factory=dict)
    unstressed: tuple[str, ...] = ()
    phrase_final: bool = False
    diphthongs_hold: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Letters from start to before end that spell one vowel; an empty span: a vowel that is heard, not written."""

    start: int
    end: int


def vowel_spans(word: str, spelling: Spelling) -> tuple[Span, ...]:
    """The vowels of a written word, by rule; small letters."""
    spans: list[Span] = []
    place = 0
    while place < len(word):
        if _is_consonant(word, place, spelling):
            place += _longest(word, place, spelling.consonants)
        elif word[place] in spelling.vowels:
            end = place + max(1, _longest(word, place, spelling.diphthongs))
            if end > place + 1 and _is_consonant(word, end - 1, spelling):
                end -= 1  # Spanish "ayuda": no diphthong "ay"
            spans.append(Span(place, end))
            place = end
        else:
            place += 1
    return tuple(spans[:-1] if len(spans) > 1 and _ends_silent(word, spelling) else spans)


def part(word: str, spans: Sequence[Span], spelling: Spelling) -> tuple[str, ...]:
    """Cut a word between its vowels: part("hungry", (Span(1, 2), Span(5, 6)), english) gives ("hun", "gry")."""
    low = word.lower()
    cuts = [_cut(low, a.end, b, spelling) for a, b in pairwise(spans)]
    beginnings = [len(p) for p in spelling.unstressed if low.startswith(p)]
    if len(spans) > 2 and beginnings and spans[0].end <= max(beginnings) <= spans[1].start:
        cuts[0] = max(beginnings)  # German "ver-ste-hen"; words of two syllables mostly only look like it ("ges-tern")
    return tuple(word[a:b] for a, b in pairwise([0, *cuts, len(word)]))


def hold(word: str, vowels: Sequence[tuple[Span, int]], spelling: Spelling) -> tuple[tuple[Span, int], ...]:
    """Vowels (letters and stress) with those that touch and spell a diphthong made one."""
    held: list[tuple[Span, int]] = []
    for span, stress in vowels:
        before, force = held[-1] if held else (Span(0, -1), 0)
        if before.end == span.start and word[before.start : span.end] in spelling.diphthongs:
            held[-1] = Span(before.start, span.end), max(force, stress)
        else:
            held.append((span, stress))
    return tuple(held)


def stressed(word: str, spans: Sequence[Span], spelling: Spelling) -> int:
    """The index of the vowel that carries the stress, by rule; small letters."""
    marked = [k for k, s in enumerate(spans) if set(word[s.start : s.end]) & set(spelling.stress_marks)]
    if marked:
        return marked[-1]
    endings = [e for e in spelling.stress_endings if word.endswith(e)]
    place = spelling.stress_endings[max(endings, key=len)] if endings else spelling.stress
    if place == 1 and any(word.startswith(p) and len(word) > len(p) + 1 for p in spelling.unstressed):
        place = 2
    count = len(spans)
    return min(place - 1, count - 1) if place > 0 else max(count + place, 0)


def _ends_silent(word: str, spelling: Spelling) -> bool:
    silent = max((len(e) for e in spelling.silent if word.endswith(e)), default=0)
    return silent > max((len(e) for e in spelling.sounded if word.endswith(e)), default=0)


def _is_consonant(word: str, place: int, spelling: Spelling) -> bool:
    """Whether a group such as "qu" stands here with a vowel after it."""
    end = place + _longest(word, place, spelling.consonants)
    return place < end < len(word) and word[end] in spelling.vowels


def _longest(word: str, place: int, groups: Sequence[str]) -> int:
    return max((len(g) for g in groups if word.startswith(g, place)), default=0)


def _cut(word: str, start: int, following: Span, spelling: Spelling) -> int:
    """Where to cut between the end of one vowel and the following one."""
    if following.start == following.end and word.startswith(tuple("n" + a for a in APOSTROPHES), following.start):
        return following.start  # did-n't
    for second in spelling.seconds:
        if start <= word.rfind(second) <= following.start:
            return word.rfind(second)  # bath-room
    if start == following.start and word[start - 1] == "h":
        return start - 1  # German "ste-hen": the h of "eh" begins the next syllable
    start += _silent(word[start : following.start], spelling)  # some-thing
    between = word[start : following.start]
    for closing in spelling.closing:
        if between.startswith(closing):
            return start + len(closing)  # pock-et
    if len(between) > 1 and between[0] == between[1] and between not in spelling.onsets:
        return start + 1  # cof-fee
    return start + _onset(between, spelling)


def _silent(between: str, spelling: Spelling) -> int:
    """How many letters there are up to the last vowel letter that is not heard."""
    for group in spelling.consonants:
        between = between.replace(group, "-" * len(group))
    return max((k + 1 for k, letter in enumerate(between) if letter in spelling.vowels), default=0)


def _onset(between: str, spelling: Spelling) -> int:
    """How many of the consonants between two vowels stay with the first one."""
    for stay in range(len(between)):
        if between[stay:] in spelling.onsets:
            return stay
    return max(len(between) - 1, 0)
