"""Typed words to syllables, heights and sounds: by ear, by rule, and what is refused."""

from __future__ import annotations

import subprocess
import sys
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mit import library, speakers
from mit.errors import PhraseError
from mit.language import derive, sounds_of, typed_phrase
from mit.language.accent import FULL, LONGEST_FLAT, NONE, Word, pattern
from mit.language.english import english_speaker
from mit.language.match import letters_of
from mit.language.sounds import Speaker, read_sounds
from mit.phrase import Phrase, Syllable
from mit.phrase_file import Language

ENGLISH = library.load_language("en")
ENOUGH = 0.9
"""Share of the reviewed syllables whose derived height is the same."""

LATIN = st.text("abcdefghijklmnopqrstuvwxyzáéïñôüßœ'", min_size=1, max_size=12).filter(
    lambda w: any(map(str.isalpha, w))
)


@pytest.fixture(scope="module")
def english() -> Speaker:
    speaker = english_speaker()
    if speaker is None:
        pytest.skip("hibari-tts is not installed")
    return speaker


def shown(syllables: tuple[Syllable, ...]) -> str:
    phrase = Phrase("x", syllables)
    return f"{phrase.hyphenated} {phrase.pattern}"


def reviewed(code: str) -> list[Phrase]:
    return [phrase for phrases in library.load_sets(code) for phrase in phrases.phrases]


def agreement(code: str, speaker: Speaker | None) -> tuple[float, float]:
    """Share of syllables with the reviewed height, and of phrases cut in the same places; prints the others."""
    language = library.load_language(code)
    same = cut = total = 0
    for phrase in reviewed(code):
        derived = Phrase("x", derive(phrase.text, language, speaker))
        total += len(phrase.syllables)
        if len(derived.syllables) == len(phrase.syllables):
            same += sum(a == b for a, b in zip(derived.pattern, phrase.pattern, strict=True))
        cut += derived.hyphenated == phrase.hyphenated
        if (derived.hyphenated, derived.pattern) != (phrase.hyphenated, phrase.pattern):
            print(f"{phrase.hyphenated} {phrase.pattern}   derived: {derived.hyphenated} {derived.pattern}")
    print(f"{code}: {same} of {total} heights, {cut} of {len(reviewed(code))} cuts are as reviewed")
    return same / total, cut / len(reviewed(code))


def test_derived_english_is_like_the_reviewed(english: Speaker) -> None:
    heights, cuts = agreement("en", english)
    assert heights >= ENOUGH
    assert cuts >= ENOUGH
    assert all(len(derive(p.text, ENGLISH, english)) == len(p.syllables) for p in reviewed("en"))


def test_without_a_dictionary_rules_come_near() -> None:
    heights, cuts = agreement("en", None)
    assert heights >= 0.8
    assert cuts >= 0.85


@pytest.mark.parametrize("code", ["de", "es", "fr"])
def test_other_languages_are_derived_by_rule(code: str) -> None:
    heights, cuts = agreement(code, None)
    assert heights >= ENOUGH
    assert cuts == 1.0


@pytest.mark.parametrize(
    ("text", "derived"),
    [
        ("I want some water", "I want some wa-ter LHLHL"),
        ("I need my medication", "I need my me-di-ca-tion LHLLLHL"),
        ("2 pills", "two pills LH"),
        ("7 o’clock", "se-ven o'-clock HLLH"),
        ("at 10:30 on the 3rd", "at ten thir-ty on the third LLHLLLH"),
        ("1984", "nine-teen eigh-ty four LHHLH"),
        ("$5 please", "five dol-lars please LHLH"),
        ("Call Dr. Smith", "Call Doc-tor Smith LHLH"),
        ("MRI scan", "M-R-I scan LLHH"),
        ("U.S.A.", "U-S-A. LLH"),
        ("the WC", "the dou-ble-u-C LLLLH"),
        ("NASA", "NA-SA HL"),
        ("HELP ME", "HELP ME HL"),
        ("I didn’t eat", "I did-n't eat LHLH"),
        ("I'll come back", "I'll come back HLH"),
        ("my daughter Siobhan", "my daugh-ter Si-ob-han LHLLHL"),
        ("O'Brien", "O'-Bri-en LHL"),
        ("Xyloqua", "Xy-lo-qua HLL"),
        ("hour of fire", "hour of fire HLH"),
        ("flower power", "flow-er pow-er HLHL"),
        ("the idea", "the i-de-a LLHL"),
        ("rhythm", "rhy-thm HL"),
        ("little table", "lit-tle ta-ble HLHL"),
        ("something on Wednesday", "some-thing on Wednes-day HLLHL"),
        ("café, please!", "ca-fé, please! LHH"),
        ("hmm", "hmm H"),
        ("How are you today", "How are you to-day HLLLH"),
        ("Bob broke both black boots now", "Bob broke both black boots now LHLHLH"),
    ],
)
def test_names_numbers_contractions_and_initials(english: Speaker, text: str, derived: str) -> None:
    assert shown(derive(text, ENGLISH, english)) == derived


@pytest.mark.parametrize(
    ("code", "text", "derived"),
    [
        ("es", "Quiero un poco de agua", "Quie-ro un po-co de a-gua HLLHLLHL"),
        ("es", "¿Dónde está mi teléfono?", "¿Dón-de es-tá mi te-lé-fo-no? HLLHLLHLL"),
        ("es", "guitarra y pingüino", "gui-ta-rra y pin-güi-no LHLLLHL"),
        ("es", "2 pastillas, ahora", "dos pas-ti-llas, a-ho-ra HLHLLHL"),
        ("fr", "Je voudrais un verre d'eau", "Je vou-drais un verre d'eau LLHLLH"),
        ("fr", "Bonne nuit", "Bonne nuit LH"),
        ("fr", "Où est mon téléphone?", "Où est mon té-lé-phone? LLHLLH"),
        ("de", "Ich verstehe nicht", "Ich ver-ste-he nicht LLHLH"),
        ("de", "die Bäckerei", "die Bä-cke-rei LLLH"),
        ("de", "Geburtstag", "Ge-burts-tag LHL"),
    ],
)
def test_rules_and_espeak_agree(code: str, text: str, derived: str) -> None:
    language = library.load_language(code)
    assert shown(derive(text, language)) == derived
    if speakers.espeak_command(code):
        assert shown(derive(text, language, speakers.speaker_of(language))) == derived


@pytest.mark.parametrize("code", ["de", "es", "fr"])
def test_espeak_is_like_the_reviewed(code: str) -> None:
    speaker = speakers.speaker_of(library.load_language(code))
    if speaker is None:
        pytest.skip("espeak-ng is not installed")
    assert min(agreement(code, speaker)) >= ENOUGH


@pytest.mark.parametrize(
    ("text", "heights", "derived"),
    [
        ("I want wa-ter medication", None, "I want wa-ter me-di-ca-tion LLHLLLHL"),
        ("ev-ery day", None, "ev-ery day HLH"),
        ("choc-o-late", None, "choc-o-late HLL"),
        ("I am tired", "LLH", "I am tired LLH"),
        ("every day", "HLLH", "e-ve-ry day HLLH"),
    ],
)
def test_what_someone_typed_wins(english: Speaker, text: str, heights: str | None, derived: str) -> None:
    assert shown(typed_phrase(text, heights, ENGLISH, lambda _: english).syllables) == derived


def test_a_pattern_that_fits_neither_spelling_is_told(english: Speaker) -> None:
    with pytest.raises(PhraseError, match="has 3 letters, the phrase 4 syllables"):
        typed_phrase("every day", "HLL", ENGLISH, lambda _: english)


def test_a_phrase_that_is_spelled_and_set_needs_no_dictionary() -> None:
    def find(_: Language) -> Speaker | None:
        raise AssertionError("no one is asked")

    phrase = typed_phrase("при-вет 2 ми-ра", "LHLHL", ENGLISH, find)
    assert phrase.hyphenated == "при-вет 2 ми-ра"


@pytest.mark.parametrize(
    ("text", "heights", "fault"),
    [
        ("", None, "The phrase is empty"),
        (" \u00a0", None, "The phrase is empty"),
        ("🍕", None, "The phrase has no letters"),
        ("I want 🍕", None, "'🍕' cannot be sung as it is written. Write it in words"),
        ("wa🍕ter", None, "cannot be sung as it is written"),
        ("45% off", None, "'45%' cannot be sung"),
        ("http://x.y", None, "cannot be sung"),
        ("1234567 pills", None, "'1234567' cannot be sung"),
        ("wa\x1b[31mter", None, "control characters"),
        ("wa\u200bter", None, "control characters"),
        ("one\ntwo", None, "control characters"),
        ("la-" * 200, None, "600 characters, the most is 200"),
        ("la " * 40, None, "40 syllables, the most is 24"),
        ("привет", None, "The syllables of 'привет' are not known. Give hyphens and a pattern"),
        ("水をください", None, "are not known. Give hyphens and a pattern"),
        ("wa-ter", "HLL", "'HLL' has 3 letters, the phrase 2 syllables"),
        ("wa-ter", "", "'' has 0 letters, the phrase 2 syllables"),
        ("wa-ter", "HX", "other letters than H, M and L"),
    ],
)
@pytest.mark.parametrize("code", ["en", "es"])
def test_what_cannot_be_sung_is_told_in_one_line(code: str, text: str, heights: str | None, fault: str) -> None:
    with pytest.raises(PhraseError) as caught:
        typed_phrase(text, heights, library.load_language(code))
    assert fault in str(caught.value)
    assert "\n" not in str(caught.value)


@settings(max_examples=60, deadline=None)
@given(st.lists(LATIN, min_size=1, max_size=6), st.sampled_from(["de", "en", "es", "fr"]))
def test_any_latin_words_are_cut_and_lose_no_letter(words: list[str], code: str) -> None:
    language = library.load_language(code)
    try:
        syllables = derive(" ".join(words), language)
    except PhraseError:  # more syllables than a phrase may have
        return
    assert "".join(s.text for s in syllables) == "".join(words)
    assert all(s.text for s in syllables)
    assert "H" in Phrase("x", syllables).pattern


@settings(max_examples=60, deadline=None)
@given(words=st.lists(LATIN, min_size=1, max_size=4))
def test_the_dictionary_takes_any_word(english: Speaker, words: list[str]) -> None:
    try:
        phrase = typed_phrase(" ".join(words), None, ENGLISH, lambda _: english)
    except PhraseError:
        return
    assert len(sounds_of(phrase, english)) == len(phrase.syllables)


@given(st.lists(st.tuples(st.lists(st.integers(0, 2), min_size=1, max_size=4), st.booleans()), min_size=1, max_size=12))
def test_no_height_stays_for_long(shape: list[tuple[list[int], bool]]) -> None:
    words = [Word(("la",) * len(stress), tuple(stress), joins) for stress, joins in shape]
    for phrase_final in (False, True):
        heights = pattern(words, phrase_final=phrase_final)
        assert len(heights) == sum(len(stress) for stress, _ in shape)
        assert "H" in heights
        assert max(len(list(run)) for _, run in groupby(heights)) <= LONGEST_FLAT


def test_the_last_stressed_syllable_stays_high() -> None:
    words = [Word(("I",), (NONE,), joins=True), Word(("go",), (FULL,)), Word(("home",), (FULL,))]
    assert pattern(words) == "LLH"


def test_every_shipped_syllable_has_its_sounds(english: Speaker) -> None:
    for phrase in reviewed("en"):
        sounds = sounds_of(phrase, english)
        assert len(sounds) == len(phrase.syllables)
        assert [one[-1] == " " for one in sounds] == [syllable.word_end for syllable in phrase.syllables]
        vowels = [sum(sound.is_vowel for sound in read_sounds("".join(one))) for one in sounds]
        assert vowels == [1] * len(sounds), phrase.text
        whole = " ".join(english.sounds(phrase.text.split())) + " "
        assert "".join(map("".join, sounds)) == whole


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("cof-fee", ("k ˈ ɔ", "f i")),
        ("yes-ter-day", ("j ˈ ɛ", "s t ə ɹ", "d ˌ A")),
        ("did-n't", ("d ˈ ɪ", "d ᵊ n t")),
        ("ev-ery", ("ˈ ɛ v", "ə ɹ i")),
        ("fire", ("f ˈ I ə ɹ",)),
        ("fi-re", ("f ˈ I", "ə ɹ")),
        ("hmm", ("h m m ə",)),
    ],
)
def test_sounds_follow_the_syllables_as_they_are_written(english: Speaker, text: str, sounds: tuple[str, ...]) -> None:
    phrase = typed_phrase(text, None, ENGLISH, lambda _: english)
    assert tuple(" ".join(one).rstrip() for one in sounds_of(phrase, english)) == sounds


@pytest.mark.parametrize(
    ("word", "said", "letters"),
    [
        ("daughter", "dˈɔTəɹ", "d augh t e r"),
        ("thought", "θˈɔt", "th ough t"),
        ("taxi", "tˈæksi", "t a x  i"),
        ("soir", "swˈaʁ", "s o i r"),
        ("quiet", "kwˈIət", "q u i e t"),
        ("strasse", "ʃtʁˈaːsə", "s t r a ss e"),
    ],
)
def test_letters_are_found_for_each_sound(word: str, said: str, letters: str) -> None:
    spans = letters_of(word, read_sounds(said))
    assert " ".join(word[span.start : span.end] for span in spans) == letters


def test_ipa_is_read_sound_by_sound() -> None:
    assert [s.symbol for s in read_sounds("fˈaɪeːrˌɑːbənt")] == ["f", "aɪ", "eː", "r", "ɑː", "b", "ə", "n", "t"]
    assert [s.symbol for s in read_sounds("mɛzˈɔ̃")] == ["m", "ɛ", "z", "ɔ̃"]
    assert [s.symbol for s in read_sounds("nyˈi")] == ["n", "ɥ", "i"]
    assert [s.stress for s in read_sounds("ˌɛmˈI")] == [1, 0, 2]


@pytest.mark.parametrize("way", ["program", "loader"])
def test_espeak_speaks_as_another_process(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if way == "loader":
        monkeypatch.setenv("PATH", "")
    command = speakers.espeak_command("es")
    if not command or (speakers.PROGRAM in "".join(command)) != (way == "program"):
        pytest.skip(f"espeak-ng is not installed as a {way}")
    sounds = speakers.EspeakSpeaker(command).sounds(("¡Quiero", "agua!", "[[x]]"))
    assert sounds[:2] == ("kjˈeɾo", "ˈaɣwa")
    assert "espeakng_loader" not in sys.modules


@pytest.mark.parametrize("does", ["raise SystemExit(3)", "print('one line')", "print('a\\nb\\nc')", ""])
def test_where_espeak_fails_rules_do(does: str) -> None:
    spanish = library.load_language("es")
    speaker = speakers.EspeakSpeaker((sys.executable, "-c", does))
    assert shown(derive("Quiero agua", spanish, speaker)) == "Quie-ro a-gua HLHL"
    lost = speakers.EspeakSpeaker(("/nowhere/espeak-ng",))
    assert lost.sounds(("uno", "dos")) == ("", "")


def test_dictionaries_are_loaded_only_when_asked_and_may_be_missing() -> None:
    code = (
        "import sys; sys.modules['hibari'] = None\n"
        "from mit.targets import Target, target_phrase\n"
        "heavy = {'numpy', 'onnxruntime', 'espeakng_loader', 'scipy'} & set(sys.modules)\n"
        "print(target_phrase(Target(text='some coffee')).hyphenated, *heavy)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "some cof-fee"
