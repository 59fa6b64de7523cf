"""Phrases: cutting, spelling, and what is refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mit.errors import PhraseError
from mit.phrase import MAX_SYLLABLES, MAX_TEXT, Phrase, check_text, spell, split

LETTERS = st.text(st.characters(categories=["Ll", "Lu"]), min_size=1, max_size=5).map(
    lambda t: unicodedata.normalize("NFC", t)
)
WORDS = st.lists(st.lists(LETTERS, min_size=1, max_size=3), min_size=1, max_size=5)


def test_cuts_at_spaces_and_hyphens() -> None:
    assert split("wa-ter please") == (("wa", False), ("ter", True), ("please", True))


@pytest.mark.parametrize("text", ["wa‐ter", "wa‑ter", "  wa-ter ", "wa--ter", "-wa-ter-", "wa-ter !", "wa-ter - ?"])
def test_other_hyphens_and_lone_signs_make_no_syllable(text: str) -> None:
    assert [part for part, _ in split(text)] == ["wa", "ter"]


def test_letters_are_composed() -> None:
    assert split("cafe\u0301") == (("caf\u00e9", True),)


@given(WORDS)
def test_the_hyphenated_form_is_cut_the_same_again(words: list[list[str]]) -> None:
    text = " ".join("-".join(word) for word in words)
    syllables = spell(text, "L" * sum(map(len, words)))
    phrase = Phrase("x", syllables)
    assert phrase.hyphenated == text
    assert phrase.text == " ".join("".join(word) for word in words)
    assert spell(phrase.hyphenated, phrase.pattern) == syllables


@given(st.text(max_size=40))
def test_any_text_is_cut_cleanly_or_refused(text: str) -> None:
    try:
        parts = split(text)
    except PhraseError:
        return
    assert parts
    assert parts[-1][1], "the last syllable ends a word"
    assert all(part.isprintable() and not set(part) & set(" -") for part, _ in parts)


@pytest.mark.parametrize("sign", ["\x1b[31m", "\x07", "\n", "\u202e", "\u2066", "\u200b", "\u2028", "\ue000", "\x9b"])
def test_control_characters_are_refused(sign: str) -> None:
    with pytest.raises(PhraseError, match="control characters"):
        check_text(f"wa{sign}ter")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("?! 12", "no letters"),
        ("a" * (MAX_TEXT + 1), "201 characters, the most is 200"),
    ],
)
def test_what_is_no_phrase_is_refused(text: str, fault: str) -> None:
    with pytest.raises(PhraseError, match=fault):
        check_text(text)


def test_spells_heights_beats_and_word_ends() -> None:
    first, second = spell("cof-fee", " hl ", (2, 0.5))
    assert (first.text, first.height, first.beats, first.word_end) == ("cof", "H", 2.0, False)
    assert (second.text, second.height, second.beats, second.word_end) == ("fee", "L", 0.5, True)


@pytest.mark.parametrize(
    ("text", "pattern", "beats", "fault"),
    [
        ("wa-ter", "HLL", (), "'HLL' has 3 letters, the phrase 2 syllables"),
        ("wa-ter", "", (), "has 0 letters, the phrase 2 syllables"),
        ("wa-ter", "HX", (), "other letters than H, M and L"),
        ("wa-ter", "HL", (1.0,), "beats do not fit"),
        ("wa-ter", "HL", (1.0, 0.0), "beats do not fit"),
        ("wa-ter", "HL", (1.0, float("nan")), "beats do not fit"),
        ("la " * (MAX_SYLLABLES + 1), "L" * (MAX_SYLLABLES + 1), (), "25 syllables, the most is 24"),
    ],
)
def test_disagreement_is_refused(text: str, pattern: str, beats: tuple[float, ...], fault: str) -> None:
    with pytest.raises(PhraseError, match=fault):
        spell(text, pattern, beats)


def test_a_hostile_pattern_is_never_echoed_raw() -> None:
    with pytest.raises(PhraseError) as caught:
        spell("wa-ter", "\x1b[2J")
    assert str(caught.value).isprintable()
