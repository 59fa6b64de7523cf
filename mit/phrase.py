"""Phrases as syllables with heights: what is sung, before any pitch is chosen."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from mit.errors import PhraseError

HEIGHTS = "HML"
"""High, middle, low: the two pitches of the published method, and one between them."""

MAX_SYLLABLES = 24
"""Longest phrase taken. The longest of the published levels has 9 syllables; more is no phrase but a text."""

MAX_TEXT = 200
"""Longest phrase taken, in characters: 24 syllables of the longest English kind ("strengths") with their spaces."""

LEVELS = ("elementary", "intermediate", "advanced")

PERSONAL = "personal"
"""The tag of a phrase that was written for one person: the names, places and things of their own days."""

SEMITONES_RANGE = (0.0, 7.0)
"""A syllable's own pitch above the low note: to the fifth, the widest step of published practice."""

MIDDLE, HIGH = 1.0, 2.5
"""Semitones from which an own pitch is shown as middle and as high: between them lies half the usual third."""

BEATS_RANGE = (0.25, 8.0)
"""Length of one syllable in beats: a quarter of a hand beat to two bars of four."""

HYPHENS = re.compile(r"[-‐‑]")
"""The signs that part syllables."""

_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Unicode categories that steer a terminal, reorder a line or show nothing: control, format, surrogate, private,
unassigned, line and paragraph separators."""


@dataclass(frozen=True, slots=True)
class Syllable:
    """One sung syllable: its spelling, its height ("H", "M" or "L"), its length in beats, and whether a word ends.

    semitones: its own pitch above the low note, where someone chose one; the height then only shows about where.
    """

    text: str
    height: str = "L"
    beats: float = 1.0
    word_end: bool = True
    semitones: float | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase to practise. `id` is unique within its language; `question` is what the phrase answers."""

    id: str
    syllables: tuple[Syllable, ...]
    language: str = "en"
    level: str = ""
    question: str = ""
    tags: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The phrase as it is written, without syllable breaks."""
        return "".join(s.text + (" " if s.word_end else "") for s in self.syllables).strip()

    @property
    def hyphenated(self) -> str:
        """The phrase with its syllable breaks: "I want cof-fee"."""
        return "".join(s.text + (" " if s.word_end else "-") for s in self.syllables).strip(" -")

    @property
    def pattern(self) -> str:
        """The heights, one letter a syllable: "LLHL"."""
        return "".join(s.height for s in self.syllables)


@dataclass(frozen=True, slots=True)
class PhraseSet:
    """A named list of phrases of one level and language."""

    name: str
    language: str
    level: str
    phrases: tuple[Phrase, ...]


def check_text(text: str) -> None:
    """Refuse what no phrase may hold: nothing, control or format characters, signs without a letter, a whole page.

    Raises PhraseError. Control characters would reach the terminal; that is why they are refused on entry.
    """
    if not text.strip():
        raise PhraseError("The phrase is empty.", "Write at least one word.")
    if any(unicodedata.category(c) in _UNSEEN for c in text):
        raise PhraseError("The phrase holds control characters.", "Type it again as plain text.")
    if not any(c.isalpha() for c in text):
        raise PhraseError("The phrase has no letters.", "Write at least one word.")
    if len(text) > MAX_TEXT:
        raise PhraseError(f"The phrase has {len(text)} characters, the most is {MAX_TEXT}.", "Make two phrases of it.")


def split(text: str) -> tuple[tuple[str, bool], ...]:
    """Cut at spaces and hyphens: "wa-ter please" gives (("wa", False), ("ter", True), ("please", True)).

    Letters are composed (NFC), so that "é" is one sign however it was typed. Signs that stand alone, as in "Ça va ?",
    are no syllable and are left out. Raises PhraseError (see check_text).
    """
    check_text(text)
    words = [_pieces(word) for word in unicodedata.normalize("NFC", text).split()]
    return tuple((piece, k == len(word) - 1) for word in words for k, piece in enumerate(word))


def _pieces(word: str) -> list[str]:
    return [piece for piece in HYPHENS.split(word) if any(c.isalnum() for c in piece)]


def retune(syllables: tuple[Syllable, ...], semitones: tuple[float, ...]) -> tuple[Syllable, ...]:
    """The syllables on pitches of their own, semitones above the low note. Raises PhraseError."""
    least, most = SEMITONES_RANGE
    if len(semitones) != len(syllables) or not all(least <= pitch <= most for pitch in semitones):
        raise PhraseError(
            "The semitones do not fit the syllables.", f"Give one from {least:g} to {most:g} for each syllable."
        )
    return tuple(
        replace(s, semitones=pitch, height=shown_height(pitch)) for s, pitch in zip(syllables, semitones, strict=True)
    )


def shown_height(semitones: float) -> str:
    """The letter that shows a pitch so many semitones above the low note."""
    return "H" if semitones >= HIGH else "M" if semitones >= MIDDLE else "L"


def spell(text: str, pattern: str, beats: tuple[float, ...] = ()) -> tuple[Syllable, ...]:
    """Join a hyphenated text, its pattern ("LLHL") and, where given, its beats into syllables.

    Raises PhraseError where they disagree in number or hold something else.
    """
    parts = split(text)
    pattern = pattern.strip().upper()
    if len(parts) > MAX_SYLLABLES:
        raise PhraseError(
            f"The phrase has {len(parts)} syllables, the most is {MAX_SYLLABLES}.", "Make two phrases of it."
        )
    if len(pattern) != len(parts):
        raise PhraseError(
            f"The pattern {pattern!r} has {len(pattern)} letters, the phrase {len(parts)} syllables.",
            "Give one letter for each syllable: H, M or L.",
        )
    if set(pattern) - set(HEIGHTS):
        raise PhraseError(f"The pattern {pattern!r} holds other letters than H, M and L.", "Use only H, M and L.")
    least, most = BEATS_RANGE
    if beats and (len(beats) != len(parts) or not all(least <= b <= most for b in beats)):
        raise PhraseError(
            "The beats do not fit the syllables.", f"Give one length from {least:g} to {most:g} for each syllable."
        )
    lengths = beats or (1.0,) * len(parts)
    return tuple(
        Syllable(part, height, float(length), end)
        for (part, end), height, length in zip(parts, pattern, lengths, strict=True)
    )
