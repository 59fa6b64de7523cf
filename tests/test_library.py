"""The phrases folder: what is shipped, and what the check says of hostile or mistaken files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mit import library
from mit.errors import PhraseError
from mit.melody import intone
from mit.phrase_file import MAX_BYTES, MAX_LINE, Fault, read_language, read_set

# The published tables, level by level, in order: typed from the clinical page, not from the files.
PATTERNS = {
    "elementary": "HL HL HL LH LH LH LH LH HL HL HL HL LH LH LH LH LHL LHL LHL LHL LLH LHL LLH LHL",
    "intermediate": "LLHL LHLH LHLH LLHL HLLH LLHL HLLH LHLL HLLH HLHL LLLH LHLH HLLH LLHL LHLLH LHLH LLLLH LHLHL "
    "HLLHL LHLLH LHLH LLHLH HLHLLH HLHLLH",
    "advanced": "LLHLLH LHLHLH LHLHLHL LHLHLHL LHLHLHL LLHLHLL LLLHLHLH LHLHLHLHL HLLHLLHLH LHLLLHLH LHLLHLH LHLHLLHL "
    "LHHLLHL HLLHLLHL LLHLLHL LHLHLHL HLLHLHL LLHLLHL LHLHLHLH LHHLHLH LHLHLHL LLHLHLLH LLHLLHLL LHLHLHLH",
}
SYLLABLES = {"elementary": (2, 3), "intermediate": (4, 6), "advanced": (6, 9)}

MOST_UNTRANSLATED = 0.1
"""Share of the words that may come in English: a new text is not held up by its translations."""

HEAD = 'name = "Mine"\nlevel = "elementary"\n'
WATER = '[[phrases]]\nid = "water"\ntext = "wa-ter"\npattern = "HL"\n'


def faults_of(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    return [str(fault) for fault in read_set(data, "en", "mine.toml").faults]


def test_what_is_shipped_has_no_fault() -> None:
    assert library.check() == ()


def test_the_three_published_sets() -> None:
    sets = library.load_sets()
    assert [phrases.level for phrases in sets] == list(PATTERNS)
    for phrases in sets:
        least, most = SYLLABLES[phrases.level]
        assert " ".join(phrase.pattern for phrase in phrases.phrases) == PATTERNS[phrases.level]
        assert all(least <= len(phrase.syllables) <= most for phrase in phrases.phrases)


def test_every_phrase_has_an_id_of_its_own_a_question_and_tags() -> None:
    phrases = [phrase for phrases in library.load_sets() for phrase in phrases.phrases]
    assert len({phrase.id for phrase in phrases}) == len({phrase.text for phrase in phrases}) == 72
    assert all(phrase.question.endswith("?") and phrase.tags for phrase in phrases)


@pytest.mark.parametrize(
    ("name", "hyphenated", "question"),
    [
        ("water", "wa-ter", "What do you want?"),
        ("goodbye", "Good-bye", "What do you say when you go?"),
        ("whats-for-dinner-tonight", "What's for din-ner to-night", "What do you ask?"),
        ("i-feel-better-than-yesterday", "I feel bet-ter than yes-ter-day", "How do you feel?"),
    ],
)
def test_finds_a_phrase(name: str, hyphenated: str, question: str) -> None:
    phrase = library.find_phrase(name)
    assert (phrase.hyphenated, phrase.question, phrase.language) == (hyphenated, question, "en")


def test_an_unknown_phrase_names_the_close_ones() -> None:
    with pytest.raises(PhraseError, match=r"no phrase 'watr'.*Close to it: water"):
        library.find_phrase("watr")
    with pytest.raises(PhraseError, match=r"no phrase '\\x1b\[2J'.*mit phrases list"):
        library.find_phrase("\x1b[2J")


@pytest.mark.parametrize("code", ["xx", "../en", "", "en/../en", "\x00"])
def test_an_unknown_language_is_told(code: str) -> None:
    with pytest.raises(PhraseError, match=r"There is no language .* There are: de, en, es, fr\."):
        library.load_sets(code)


def test_the_languages_have_their_name_and_step() -> None:
    found = [(language.code, language.name, language.interval) for language in library.languages()]
    assert found == [("de", "Deutsch", 3.0), ("en", "English", 3.0), ("es", "Español", 3.0), ("fr", "Français", 5.0)]


@pytest.mark.parametrize("code", ["de", "es", "fr"])
def test_the_other_languages_have_short_phrases_and_all_the_words(code: str) -> None:
    phrases = [phrase for phrases in library.load_sets(code) for phrase in phrases.phrases]
    assert len({phrase.id for phrase in phrases}) == len({phrase.text for phrase in phrases}) == 24
    assert all(2 <= len(phrase.syllables) <= 6 for phrase in phrases)
    assert all(phrase.question.endswith("?") and phrase.tags for phrase in phrases)
    entries = {entry.msgctxt: entry for entry in polib.pofile(str(library.folder() / code / library.WORDS_FILE))}
    lacks = sorted(set(library.load_words().texts) - set(entries))
    print(f"{code}: in English until translated: {lacks}")
    assert len(lacks) <= MOST_UNTRANSLATED * len(entries)
    assert all(entry.msgstr and not entry.fuzzy for entry in entries.values())


def test_french_phrases_end_high() -> None:
    assert all(p.pattern.endswith("H") for phrases in library.load_sets("fr") for p in phrases.phrases)


def test_a_syllable_may_have_a_pitch_and_a_length_of_its_own() -> None:
    found = read_set((HEAD + WATER + "semitones = [4.5, 0]\nbeats = [2, 0.5]\n").encode(), "en", "mine.toml")
    (phrase,) = found.phrases.phrases
    melody = intone(phrase.syllables, low=57.0, interval=3.0, beat=1.0)
    assert [(note.pitch, note.duration) for note in melody.notes] == [(61.5, 2.0), (57.0, 0.5)]
    assert phrase.pattern == "HL"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (WATER + 'colour = "red"\n', "mine.toml: water: The key 'colour' is unknown."),
        (
            WATER.replace('"HL"', '"HLL"'),
            "mine.toml: water: The pattern 'HLL' has 3 letters, the phrase 2 syllables.",
        ),
        (WATER.replace("HL", "HX"), "mine.toml: water: The pattern 'HX' holds other letters than H, M and L."),
        (WATER.replace("wa-ter", " "), "mine.toml: water: The phrase is empty."),
        (WATER.replace("wa-ter", r"wa\u001b[31m-ter"), "mine.toml: water: The phrase holds control characters."),
        (WATER.replace("wa-ter", "wa\u202e-ter"), "mine.toml: water: The phrase holds control characters."),
        (WATER + WATER, "mine.toml: water: The id is used twice in this file."),
        (WATER.replace('id = "water"\n', ""), "mine.toml: phrase 1: The key 'id' is missing."),
        (WATER.replace('"water"', '"Wa ter"'), "mine.toml: Wa ter: The id 'Wa ter' is not made of small letters"),
        (WATER.replace('"water"', r'"\u001b[2J"'), r"mine.toml: \x1b[2J: The id '\\x1b[2J' is not made of"),
        (WATER.replace('"water"', "7"), "mine.toml: phrase 1: The key 'id' has the wrong type: Expected `str`"),
        (WATER + "semitones = [1]\n", "mine.toml: water: The semitones do not fit the syllables."),
        (WATER + "semitones = [1, 8]\n", "mine.toml: water: The semitones do not fit the syllables."),
        (WATER + "semitones = [nan, 1]\n", "mine.toml: water: The semitones do not fit the syllables."),
        (WATER + "beats = [1]\n", "mine.toml: water: The beats do not fit the syllables."),
        (WATER + "beats = [1, inf]\n", "mine.toml: water: The beats do not fit the syllables."),
        (WATER + 'tags = ["a b"]\n', "mine.toml: water: The tag 'a b' is not made of small letters"),
        (WATER + 'question = "What\\u0007?"\n', "mine.toml: water: The key 'question' holds no plain text"),
        (WATER + '"\\u009b" = 1\n', r"mine.toml: water: The key '\x9b' is unknown."),
    ],
)
def test_a_fault_names_file_phrase_and_matter_in_one_line(text: str, fault: str) -> None:
    (line,) = faults_of(HEAD + text)
    assert line.startswith(fault)
    assert line.isprintable()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "The key 'name' is missing."),
        (WATER, "The key 'level' is missing."),
        (HEAD, "The key 'phrases' is missing."),
        (HEAD.replace("elementary", "easy") + WATER, "The level 'easy' is none of elementary, intermediate, advanced."),
        (HEAD + 'mood = "good"\n' + WATER, "The key 'mood' is unknown."),
        (HEAD + 'phrases = ["water"]\n', "The key 'phrases' has the wrong type"),
        (HEAD + WATER + "not toml", "The file is not TOML"),
        (HEAD + "x = '\x1b[2J'", "The file is not TOML"),
        (b"\xff\xfe" + HEAD.encode(), "The file is not UTF-8 (byte 0)."),
        (HEAD + "#" * (MAX_LINE + 1), "Line 3 is longer than 1000 characters."),
        (".".join("a" * 60000) + " = 1", "Line 1 is longer than 1000 characters."),
        ("x = " + "[\n" * 20000, "The file is not TOML"),
        ("#\n" * MAX_BYTES, "The file is larger than 1000000 bytes."),
        ("x = 2020-13-01", "The file is not TOML"),
    ],
)
def test_a_fault_of_the_whole_file_is_told(text: str | bytes, fault: str) -> None:
    lines = faults_of(text)
    assert any(line.startswith(f"mine.toml: {fault}") for line in lines), lines
    assert all(line.isprintable() for line in lines)


def test_all_faults_of_a_file_are_told() -> None:
    text = HEAD.replace("elementary", "x") + WATER.replace("HL", "HLL") + "colour = 1\ntags = 2\n" + WATER
    assert [line.split(": ")[1] for line in faults_of(text)] == [
        "The level 'x' is none of elementary, intermediate, advanced.",
        "water",
        "water",
        "water",
        "water",
    ]


def test_good_phrases_of_a_faulty_file_are_kept() -> None:
    found = read_set((HEAD + WATER + WATER.replace('"water"', '"tea"').replace("HL", "H")).encode(), "en", "mine.toml")
    assert [phrase.id for phrase in found.phrases.phrases] == ["water"]
    assert found.faults


@given(st.binary(max_size=200))
def test_any_bytes_give_faults_or_phrases_never_a_traceback(noise: bytes) -> None:
    for data in (noise, HEAD.encode() + noise, (HEAD + WATER).encode() + noise):
        found = read_set(data, "en", "mine.toml")
        assert found.faults or found.phrases.phrases
        assert all(str(fault).isprintable() for fault in found.faults)


@given(st.text(), st.text(), st.text())
def test_a_fault_is_one_plain_line_whatever_it_holds(file: str, entry: str, message: str) -> None:
    assert str(Fault(file, entry, message)).isprintable()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('code = "../x"\nname = "X"\nsets = []', "The code '../x' is not made of small letters"),
        ('code = "en"\nname = "X"\nsets = ["../../secret"]', "The set '../../secret' is not made of small letters"),
        ('code = "en"\nname = "X"\nsets = []\ninterval = 99', "The interval is outside 1 to 7 semitones."),
        ('code = "en"\nname = "\\u001b"\nsets = []', "The key 'name' holds no plain text"),
        ('code = "en"\nname = "X"', "The key 'sets' is missing."),
        ('code = "en"\nname = "X"\nsets = []\n[spelling]\nvowel = "a"', "The key 'spelling.vowel' is unknown."),
        ('code = "en"\nname = "X"\nsets = []\n[spelling]\nvowels = 3', "The key 'spelling' has the wrong type"),
        ("[", "The file is not TOML"),
    ],
)
def test_a_faulty_language_is_told(text: str, fault: str) -> None:
    language, faults = read_language(text.encode(), "en/language.toml")
    assert language is None
    assert any(fault in str(f) for f in faults), faults


def lay(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_checks_a_folder_with_ids_across_its_files(tmp_path: Path) -> None:
    folder = lay(tmp_path / "en", {"a.toml": HEAD + WATER, "b.toml": HEAD + WATER.replace("HL", "HLL")})
    assert [str(fault) for fault in library.check([folder])] == [
        "en/b.toml: water: The pattern 'HLL' has 3 letters, the phrase 2 syllables.",
        "en/b.toml: water: The id is used in en/a.toml too.",
    ]


def test_one_id_may_live_in_two_languages(tmp_path: Path) -> None:
    lay(tmp_path, {"xx/a.toml": HEAD + WATER, "yy/a.toml": HEAD + WATER})
    assert library.check([tmp_path]) == ()


def test_checks_the_language_and_its_catalogue(tmp_path: Path) -> None:
    language = 'code = "yy"\nname = "Y"\nsets = ["lost"]\nnever_say = ["bad"]\n'
    words = 'msgid ""\nmsgstr ""\n\nmsgctxt "stage.listen"\nmsgid "Listen"\nmsgstr "Not bad"\n'
    lay(tmp_path / "xx", {"language.toml": language, "mine.toml": HEAD + WATER, "ui.po": words})
    assert [str(fault) for fault in library.check([tmp_path])] == [
        "xx/language.toml: The code 'yy' is not the name of the folder.",
        "xx/language.toml: lost: The set is listed, not there.",
        "xx/language.toml: mine: The set is not listed.",
        "xx/ui.po: stage.listen: The text holds a word that is never said: 'bad'.",
    ]


def test_a_language_without_catalogue_is_told(tmp_path: Path) -> None:
    lay(tmp_path / "xx", {"language.toml": 'code = "xx"\nname = "X"\nsets = []\n'})
    assert [str(fault) for fault in library.check([tmp_path])] == [
        "xx/language.toml: The catalogue ui.po is not there."
    ]


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    told = [str(fault) for fault in library.check([tmp_path / "none.toml", tmp_path / "pipe.toml", Path("a\0b")])]
    assert [line.partition(": ")[2] for line in told] == [
        "The file cannot be read: No such file or directory.",
        "This is no ordinary file.",
        "The file cannot be read: the name cannot be used.",
    ]
    (tmp_path / "empty").mkdir()
    assert str(library.check([tmp_path / "empty"])[0]).endswith("There are no phrase files here.")


def test_reading_phrases_and_words_loads_nothing_heavy() -> None:
    code = (
        "import sys; from mit import library; library.load_words(); library.load_sets();"
        "print(*({'numpy', 'librosa', 'textual', 'sqlalchemy', 'sounddevice'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
