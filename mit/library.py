"""Reads what lies in the phrases folder: languages, phrase sets, words. A shell.

The folder lies inside the package in an installed wheel, and beside the package in a checkout.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from mit.errors import PhraseError
from mit.phrase import Phrase, PhraseSet
from mit.phrase_file import MAX_BYTES, Fault, Language, SetFile, decode, read_language, read_set
from mit.words import Words, read_words, word_faults

ENGLISH = "en"
LANGUAGE_FILE = "language.toml"
WORDS_FILE = "ui.po"

_REMEDY = "Run: mit phrases check"


def folder() -> Path:
    """The folder of all languages. Raises PhraseError when it is not there."""
    package = Path(__file__).parent
    for place in (package / "_phrases", package.parent / "phrases"):
        if place.is_dir():
            return place
    raise PhraseError("The phrases are not there.", "Install mit-trainer again.")


def languages() -> tuple[Language, ...]:
    """The languages there are, by code."""
    return tuple(load_language(file.parent.name) for file in sorted(folder().glob(f"*/{LANGUAGE_FILE}")))


def load_language(code: str = ENGLISH) -> Language:
    """One language. Raises PhraseError where it is unknown or its file has a fault."""
    language, faults = read_language(read_file(_language_folder(code) / LANGUAGE_FILE), f"{code}/{LANGUAGE_FILE}")
    if language is None:
        raise PhraseError(f"{faults[0]}", _REMEDY)
    return language


def load_sets(code: str = ENGLISH) -> tuple[PhraseSet, ...]:
    """The phrase sets of a language, in order of practice. Raises PhraseError where one has a fault."""
    files = [_set_file(_language_folder(code) / f"{name}.toml") for name in load_language(code).sets]
    for file in files:
        for fault in file.faults:
            raise PhraseError(f"{fault}", _REMEDY)
    return tuple(file.phrases for file in files)


def find_phrase(name: str, code: str = ENGLISH) -> Phrase:
    """The phrase with this id. Raises PhraseError that names the ids closest to it."""
    phrases = {phrase.id: phrase for phrases in load_sets(code) for phrase in phrases.phrases}
    if name in phrases:
        return phrases[name]
    near = get_close_matches(name, phrases, n=3)
    hint = f"Close to it: {', '.join(near)}." if near else "See: mit phrases list"
    raise PhraseError(f"There is no phrase {name!r}.", hint)


def load_words(code: str = ENGLISH) -> Words:
    """The words of the interface; what the language lacks comes in English. Raises PhraseError."""
    english = read_words(decode(read_file(folder() / ENGLISH / WORDS_FILE)))
    if code == ENGLISH:
        return english
    return read_words(decode(read_file(_language_folder(code) / WORDS_FILE)), english)


def check(paths: Sequence[Path] = ()) -> tuple[Fault, ...]:
    """Every fault in these files and folders (default: all that is shipped), in order of files.

    An id may be used once in a folder, which is a language.
    """
    faults: list[Fault] = []
    owners: dict[tuple[Path, str], str] = {}
    for path in paths or (folder(),):
        for file in _files(path):
            faults += _check_file(file, owners)
        if not _files(path):
            faults.append(Fault(str(path), "", "There are no phrase files here."))
    return tuple(faults)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix == ".toml" or file.name == WORDS_FILE)


def _check_file(file: Path, owners: dict[tuple[Path, str], str]) -> Iterator[Fault]:
    try:
        if file.name == LANGUAGE_FILE:
            yield from _check_language(file)
        elif file.suffix == ".po":
            yield from _check_words(file)
        else:
            yield from _check_set(file, owners)
    except PhraseError as fault:
        yield Fault(_shown(file), "", fault.message)


def _check_language(file: Path) -> Iterator[Fault]:
    language, faults = read_language(read_file(file), _shown(file))
    yield from faults
    if language is None:
        return
    if language.code != file.parent.name:
        yield Fault(_shown(file), "", f"The code {language.code!r} is not the name of the folder.")
    there = {other.stem for other in file.parent.glob("*.toml") if other.name != LANGUAGE_FILE}
    for name in sorted(there ^ set(language.sets)):
        yield Fault(_shown(file), name, "The set is not listed." if name in there else "The set is listed, not there.")
    if not (file.parent / WORDS_FILE).is_file():
        yield Fault(_shown(file), "", f"The catalogue {WORDS_FILE} is not there.")


def _check_words(file: Path) -> Iterator[Fault]:
    own = decode(read_file(file))
    beside = file.parent / LANGUAGE_FILE
    language = read_language(read_file(beside), _shown(beside))[0] if beside.is_file() else None
    english = read_words(own) if file.parent.name == ENGLISH else load_words()
    for key, message in word_faults(own, english, language.never_say if language else ()):
        yield Fault(_shown(file), key, message)


def _check_set(file: Path, owners: dict[tuple[Path, str], str]) -> Iterator[Fault]:
    found = _set_file(file)
    yield from found.faults
    for name in found.names:
        owner = owners.setdefault((file.parent.resolve(), name), _shown(file))
        if owner != _shown(file):
            yield Fault(_shown(file), name, f"The id is used in {owner} too.")


def _set_file(file: Path) -> SetFile:
    return read_set(read_file(file), file.parent.name, _shown(file))


def _language_folder(code: str) -> Path:
    """The folder of a language that is there: a code from outside never becomes part of a path unseen."""
    codes = {file.parent.name: file.parent for file in folder().glob(f"*/{LANGUAGE_FILE}")}
    if code not in codes:
        raise PhraseError(f"There is no language {code!r}.", f"There are: {', '.join(sorted(codes))}.")
    return codes[code]


def read_file(file: Path) -> bytes:
    """The bytes of an ordinary file, one more than allowed at most. Raises PhraseError."""
    try:
        if file.exists() and not file.is_file():
            raise PhraseError("This is no ordinary file.", "Give a file.")
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or "the name cannot be used"
        raise PhraseError(f"The file cannot be read: {reason}.", "Look at its name and rights.") from fault


def _shown(file: Path) -> str:
    """A file in a fault: the last two parts of its path tell it apart and give no one's home away."""
    return f"{file.parent.name}/{file.name}" if file.parent.name else file.name
