"""Phrase sets and languages as they are written: TOML in, values and every fault out.

Whatever comes from outside is hostile until it passed here: size, encoding, shape, control characters.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from mit.errors import PhraseError
from mit.language.spelling import Spelling
from mit.melody import INTERVAL_RANGE, MINOR_THIRD
from mit.phrase import LEVELS, Phrase, PhraseSet, check_text, retune, spell

MAX_BYTES = 1_000_000
"""Largest file read. The three published sets together hold 12 kB."""

MAX_LINE = 1000
"""Longest line read, in characters: a phrase has at most 200. One long line of dotted keys keeps Python's TOML
reader busy for minutes (its time grows with the square of their number)."""

MAX_SHOWN = 200
"""Longest piece of a foreign file repeated in a message, in characters."""

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""What names things in files: "thank-you"."""

MAX_SLUG = 64


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: the file, the phrase (or key) in it ("": the file itself), what is the matter.

    As text it is one line without control characters, whatever the file holds.
    """

    file: str
    entry: str
    message: str

    def __str__(self) -> str:
        return ": ".join(printable(part) for part in (self.file, self.entry, self.message) if part)


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the trainer. interval: semitones; sets: file names without ".toml", in order of practice;
    never_say: beginnings of words that the catalogue must not hold; function_words: words that carry no stress;
    numbers: the words of 0, 1, 2 and so on; emergency: the number to call in each country that speaks it, the likeliest
    first; spelling: how its syllables are written."""

    code: str
    name: str
    interval: float = MINOR_THIRD
    sets: tuple[str, ...] = ()
    never_say: tuple[str, ...] = ()
    function_words: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    emergency: dict[str, str] = dataclasses.field(default_factory=dict)
    spelling: Spelling = dataclasses.field(default_factory=Spelling)


@dataclass(frozen=True, slots=True)
class SetFile:
    """What a phrase set file holds: the phrases without fault, the names of all phrases, and every fault."""

    phrases: PhraseSet
    names: tuple[str, ...]
    faults: tuple[Fault, ...]


class _SetKeys(msgspec.Struct):
    name: str
    level: str
    phrases: list[dict[str, object]]


class _PhraseKeys(msgspec.Struct):
    id: str
    text: str
    pattern: str
    question: str = ""
    tags: tuple[str, ...] = ()
    beats: tuple[float, ...] = ()
    semitones: tuple[float, ...] = ()


class _LanguageKeys(msgspec.Struct):
    code: str
    name: str
    sets: tuple[str, ...]
    interval: float = MINOR_THIRD
    never_say: tuple[str, ...] = ()
    function_words: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    emergency: dict[str, str] = msgspec.field(default_factory=dict)
    spelling: Spelling = msgspec.field(default_factory=Spelling)


def printable(text: str) -> str:
    """The text with everything that is not plainly visible written out ("\\x1b"), cut at MAX_SHOWN characters."""
    shown = text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in shown)


def decode(data: bytes) -> str:
    """The text of a file. Raises PhraseError where it is too large, not UTF-8, or has overlong lines."""
    if len(data) > MAX_BYTES:
        raise PhraseError(f"The file is larger than {MAX_BYTES} bytes.", "Make several files of it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise PhraseError(f"The file is not UTF-8 (byte {fault.start}).", "Save it as UTF-8.") from fault
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MAX_LINE:
            raise PhraseError(f"Line {number} is longer than {MAX_LINE} characters.", "Break it.")
    return text


def read_set(data: bytes, language: str, file: str) -> SetFile:
    """Read a phrase set; `file` names it in the faults."""
    try:
        table = toml_table(data)
    except PhraseError as fault:
        return SetFile(PhraseSet("", language, "", ()), (), (Fault(file, "", fault.message),))
    keys, messages = take_keys(table, _SetKeys)
    messages += [*_text_faults(keys, "name"), *_level_faults(keys)]
    faults = [Fault(file, "", message) for message in messages]
    level = keys.get("level", "")
    phrases: list[Phrase] = []
    names: dict[str, None] = {}
    for number, item in enumerate(keys.get("phrases", ()), start=1):
        name = _entry_name(item, number)
        phrase, messages = read_phrase(item, language, level)
        if name in names:
            messages.append("The id is used twice in this file.")
        faults += [Fault(file, name, message) for message in messages]
        phrases += [phrase] if phrase and not messages else []
        names[name] = None
    return SetFile(PhraseSet(keys.get("name", ""), language, level, tuple(phrases)), tuple(names), tuple(faults))


def read_language(data: bytes, file: str) -> tuple[Language | None, tuple[Fault, ...]]:
    """A language's own file: the language, or None and every fault."""
    try:
        table = toml_table(data)
    except PhraseError as fault:
        return None, (Fault(file, "", fault.message),)
    keys, messages = take_keys(table, _LanguageKeys)
    messages += [*_text_faults(keys, "name"), *slug_faults("code", keys.get("code", "en"))]
    for name in keys.get("sets", ()):
        messages += slug_faults("set", name)
    messages += _spelling_faults(table.get("spelling"))
    least, most = INTERVAL_RANGE
    if not least <= keys.get("interval", least) <= most:
        messages.append(f"The interval is outside {least:g} to {most:g} semitones.")
    return (None if messages else Language(**keys)), tuple(Fault(file, "", message) for message in messages)


def toml_table(data: bytes) -> dict[str, object]:
    """The keys of a file. Raises PhraseError."""
    text = decode(data)
    try:
        return msgspec.toml.decode(text, type=dict[str, object])
    except (ValueError, RecursionError, msgspec.DecodeError) as fault:
        raise PhraseError(f"The file is not TOML: {fault}", "See the TOML pages at toml.io.") from fault


def take_keys(table: Mapping[str, object], shape: type[msgspec.Struct]) -> tuple[dict[str, Any], list[str]]:
    """The keys of `shape` that have the right type, and what is the matter with the others.

    Key by key, because msgspec stops at the first fault and a therapist wants to see all.
    """
    fields = {field.name: field for field in msgspec.structs.fields(shape)}
    taken: dict[str, Any] = {}
    messages = [f"The key {key!r} is unknown." for key in table if key not in fields]
    for name, field in fields.items():
        if name in table:
            try:
                taken[name] = msgspec.convert(table[name], field.type)
            except msgspec.ValidationError as fault:
                messages.append(f"The key {name!r} has the wrong type: {fault}.")
        elif field.required:
            messages.append(f"The key {name!r} is missing.")
    return taken, messages


def read_phrase(item: Mapping[str, object], language: str, level: str) -> tuple[Phrase | None, list[str]]:
    """A phrase as it is written, or None and everything that is the matter with it."""
    keys, messages = take_keys(item, _PhraseKeys)
    messages += slug_faults("id", keys.get("id", "x"))
    for tag in keys.get("tags", ()):
        messages += slug_faults("tag", tag)
    messages += _text_faults(keys, "question")
    try:
        check_text(keys.get("text", "x"))
        if "text" in keys and "pattern" in keys:
            syllables = spell(keys["text"], keys["pattern"], keys.get("beats", ()))
            syllables = retune(syllables, keys["semitones"]) if "semitones" in keys else syllables
    except PhraseError as fault:
        messages.append(fault.message)
    if messages:
        return None, messages
    return Phrase(keys["id"], syllables, language, level, keys.get("question", ""), keys.get("tags", ())), messages


def _entry_name(item: Mapping[str, object], number: int) -> str:
    """What names a phrase in a fault: its id, or its place where the id cannot be used."""
    name = item.get("id")
    return name if isinstance(name, str) and name.strip() else f"phrase {number}"


def _text_faults(keys: Mapping[str, Any], name: str) -> Iterator[str]:
    if name in keys:
        try:
            check_text(keys[name])
        except PhraseError as fault:
            yield f"The key {name!r} holds no plain text: {fault.message}"


def slug_faults(name: str, value: str) -> Iterator[str]:
    """What is the matter with a name in a file."""
    if not SLUG.fullmatch(value) or len(value) > MAX_SLUG:
        yield f"The {name} {printable(value)!r} is not made of small letters, digits and single hyphens."


def _spelling_faults(table: object) -> Iterator[str]:
    known = {f.name for f in dataclasses.fields(Spelling)}
    for key in table if isinstance(table, dict) else ():
        if key not in known:
            yield f"The key {f'spelling.{key}'!r} is unknown."


def _level_faults(keys: Mapping[str, Any]) -> Iterator[str]:
    if "level" in keys and keys["level"] not in LEVELS:
        yield f"The level {keys['level']!r} is none of {', '.join(LEVELS)}."
