"""The words of the interface: looking up, falling back, and what every text keeps to."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from mit import library
from mit.device import Trouble
from mit.device.faults import Fault
from mit.errors import PhraseError
from mit.tui.keeping import ASIDE, UNSAVED
from mit.tui.outside import BROKE, FAULTS
from mit.tui.scenes import SCENES
from mit.words import Words, read_words, sentence_faults, word_faults

ENGLISH = Words({"stage.listen": "Listen", "feedback.lift": "Lift {syllable}.", "helper.wait.1": "One"})
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
CODES = [language.code for language in library.languages()]
FORBIDDEN = ("wrong", "fail", "bad", "error", "score")
HELPER_WIDTH = 27  # columns right of the essentials at 80 columns: 80 - 48 - 4, and one free


def entry(key: str, source: str, text: str, flag: str = "") -> str:
    return f'{flag}\nmsgctxt "{key}"\nmsgid "{source}"\nmsgstr "{text}"\n'


def texts(code: str) -> list[str]:
    """Every text that a person practising in this language can meet: the catalogue and the questions."""
    questions = [p.question for phrases in library.load_sets(code) for p in phrases.phrases]
    return [*library.load_words(code).texts.values(), *questions]


def test_fills_the_placeholders() -> None:
    words = library.load_words()
    assert words("feedback.longer", syllable="TER") == "Hold TER longer."
    assert words("feedback.melody", syllable="TER") == "The melody was right there."


def test_a_placeholder_takes_text_with_braces() -> None:
    assert ENGLISH("feedback.lift", syllable="{x}") == "Lift {x}."


def test_unknown_keys_and_empty_placeholders_are_mistakes() -> None:
    with pytest.raises(ValueError, match=r"no words for 'stage\.nap'"):
        ENGLISH("stage.nap")
    with pytest.raises(ValueError, match="need a value for 'syllable'"):
        ENGLISH("feedback.lift")


def test_lines_are_numbered_keys() -> None:
    words = library.load_words()
    assert words.lines("helper.turn_free") == (
        "For the helper",
        "No hurry: it waits.",
        "Space: done",
        "Z: hear it again",
    )
    assert words.lines("helper.nowhere") == ()


def test_another_language_falls_back_to_english() -> None:
    own = HEAD + entry("stage.listen", "Listen", "Escuche") + entry("feedback.lift", "Lift {syllable}.", "")
    words = read_words(own, ENGLISH)
    assert words("stage.listen") == "Escuche"
    assert words("feedback.lift", syllable="TER") == "Lift TER."


@pytest.mark.parametrize("flag", ["\n#, fuzzy", "\n#, python-brace-format, fuzzy"])
def test_a_doubtful_translation_is_shown_in_english(flag: str) -> None:
    assert read_words(HEAD + entry("stage.listen", "Listen", "Tal vez", flag), ENGLISH)("stage.listen") == "Listen"


def test_an_obsolete_translation_is_left_out() -> None:
    old = HEAD + '\n#~ msgctxt "stage.listen"\n#~ msgid "Listen"\n#~ msgstr "Antes"\n'
    assert read_words(old, ENGLISH)("stage.listen") == "Listen"


def test_a_catalogue_never_reaches_into_objects() -> None:
    own = HEAD + entry("feedback.lift", "Lift {syllable}.", "{syllable.__class__} {0[x]}")
    assert read_words(own, ENGLISH)("feedback.lift", syllable="TER") == "Lift TER."


@pytest.mark.parametrize("text", ["", "hello", "msgid", 'msgid "a"\nrubbish\n', "\x00msgid \x1b[2J"])
def test_what_is_no_catalogue_is_told(text: str) -> None:
    with pytest.raises(PhraseError, match="no PO catalogue") as caught:
        read_words(text)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("key", "source", "text", "fault"),
    [
        ("listen", "Listen", "Ouvir", "The context is no key such as stage.listen."),
        ("stage.nap", "Nap", "Siesta", "The key is unknown."),
        ("stage.listen", "Hear", "Ouvir", "The English text is now 'Listen'."),
        ("feedback.lift", "Lift {syllable}.", "Suba {silaba}.", "The placeholders differ from those of"),
        ("feedback.lift", "Lift {syllable}.", "Suba.", "The placeholders differ from those of"),
        ("feedback.lift", "Lift {syllable}.", "Suba {syllable!r}.", "no plain names such as {syllable}"),
        ("feedback.lift", "Lift {syllable}.", "Suba {syllable", "no plain names such as {syllable}"),
        ("stage.listen", "Listen", "uno dos tres cuatro cinco seis siete ocho", "more than 7 words"),
        ("stage.listen", "Listen", "Mal hecho", "never said: 'mal'"),
        ("stage.listen", "Listen", "Otra 2 veces", "holds digits"),
        ("stage.listen", "Listen", "Oiga\\n", "empty or holds control characters"),
        ("stage.listen", "Listen", "Oi\u202ega", "empty or holds control characters"),
    ],
)
def test_a_faulty_translation_is_told(key: str, source: str, text: str, fault: str) -> None:
    found = word_faults(HEAD + entry(key, source, text), ENGLISH, ["mal"])
    assert any(where == key and fault in message for where, message in found), found


def test_a_key_used_twice_is_told() -> None:
    twice = HEAD + entry("stage.listen", "Listen", "Oiga") + entry("stage.listen", "Listen", "Oye")
    assert ("stage.listen", "The key is used twice.") in word_faults(twice, ENGLISH)


def test_a_good_sentence_has_no_fault() -> None:
    assert list(sentence_faults("Type: sudo apt install libportaudio2", FORBIDDEN)) == []


@pytest.mark.parametrize("code", CODES)
def test_every_text_is_short_and_kind(code: str) -> None:
    for text in texts(code):
        bare = text.replace("libportaudio2", "")
        assert 1 <= len(text.split()) <= 7, text
        assert not re.search(r"\d", bare), text
        assert text.isprintable(), text
        if code == "en":
            assert not any(word in text.lower() for word in FORBIDDEN), text
            assert not re.search(r"n't|'re|'ll", text), text


@pytest.mark.parametrize("code", CODES)
def test_no_text_of_any_language_blames(code: str) -> None:
    language = library.load_language(code)
    assert len(language.never_say) >= len(FORBIDDEN)
    for text in texts(code):
        assert not [fault for fault in sentence_faults(text, language.never_say) if "never said" in fault], text


@pytest.mark.parametrize("code", CODES)
def test_helper_lines_fit_their_column(code: str) -> None:
    words = library.load_words(code)
    assert all(len(text) <= HELPER_WIDTH for key, text in words.texts.items() if key.startswith("helper."))


@pytest.mark.parametrize("code", CODES)
def test_scenes_grades_and_troubles_have_their_words(code: str) -> None:
    words = library.load_words(code)
    wanted = {row.head for row in SCENES.values() if row.head} | {f"grade.{grade}" for grade in range(1, 5)}
    wanted |= {key for keys in (*FAULTS.values(), UNSAVED, ASIDE, BROKE) for key in keys}
    wanted |= {f"remedy.portaudio.{system}" for system in ("linux", "macos", "windows")}
    wanted |= {f"remedy.permission.{system}" for system in ("macos", "windows")}
    assert wanted <= set(words.texts)
    assert set(FAULTS) >= {str(what) for what in (*Trouble, *Fault)}
    assert all(words.lines(f"helper.{row.helper}") for row in SCENES.values())


def test_feedback_speaks_of_a_syllable_where_one_is_meant() -> None:
    words = library.load_words()
    meant = "missing lift lower wider_up wider_down same longer shorter sooner"
    about = {key.removeprefix("feedback.") for key, text in words.texts.items() if "{syllable}" in text}
    assert about == set(meant.split())
    fields = {name for text in words.texts.values() for _, name, _, _ in Formatter().parse(text)}
    assert fields == {None, "syllable", "number", "word", "done", "asked"}
