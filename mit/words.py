"""The words of the interface: one catalogue a language, in the format that translators' tools speak (PO).

An entry's context is its stable key ("stage.listen"), its id the English text, its string the translation. The
English catalogue is the source: its strings stay empty. What a language lacks is shown in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING

from mit.errors import PhraseError

if TYPE_CHECKING:
    import polib

MOST_WORDS = 7
"""Words in one sentence that the person who practises reads (Stroke Association 2012; Herbert et al. 2019)."""

_KEY = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
_NUMBER = re.compile(r"(?<!\w)\d")  # a standing number; "libportaudio2" is a name


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language by key: `words("feedback.lift", syllable="TER")`."""

    texts: Mapping[str, str]

    def __call__(self, key: str, **values: str) -> str:
        """The text with its {placeholders} filled; values it does not name are ignored.

        Raises ValueError for a key that no catalogue has, or a placeholder without a value: programming mistakes.
        """
        if key not in self.texts:
            raise ValueError(f"no words for {key!r}")
        try:
            return self.texts[key].format_map(values)
        except KeyError as lack:
            raise ValueError(f"the words for {key!r} need a value for {lack}") from lack

    def lines(self, key: str) -> tuple[str, ...]:
        """The texts of key.1, key.2 and so on, as many as there are."""
        found: list[str] = []
        while (numbered := f"{key}.{len(found) + 1}") in self.texts:
            found.append(self(numbered))
        return tuple(found)


def read_words(text: str, english: Words | None = None) -> Words:
    """The words of a catalogue; what it lacks, or has marked as doubtful, comes from `english`.

    Without `english` it is the English catalogue itself. Raises PhraseError where it is no PO catalogue.
    """
    own = {
        entry.msgctxt: entry.msgstr or entry.msgid
        for entry in _entries(text)
        if entry.msgctxt and (entry.msgstr or english is None) and not _placeholder_fault(entry.msgstr or entry.msgid)
    }
    return Words({**(english.texts if english else {}), **own})


def word_faults(text: str, english: Words, never_say: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """What is the matter with a catalogue: (key, message) pairs, all of them.

    `english`: the English words it is compared with; `never_say`: beginnings of words that must not occur. Raises
    PhraseError where it is no PO catalogue.
    """
    found: list[tuple[str, str]] = []
    seen: set[str] = set()
    for number, entry in enumerate(_entries(text), start=1):
        key = entry.msgctxt or f"entry {number}"
        if key in seen:
            found.append((key, "The key is used twice."))
        seen.add(key)
        found += [(key, message) for message in _entry_faults(entry, english, never_say)]
    return tuple(found)


def _entries(text: str) -> list[polib.POEntry]:
    """The entries in use: neither obsolete nor marked as doubtful ("fuzzy")."""
    import polib

    if "msgid" not in text:
        raise PhraseError("The file is no PO catalogue.", "Open it with a PO editor.")
    try:
        # polib takes a text that names a file for that file; no file's name ends in a line break
        return [entry for entry in polib.pofile(text + "\n") if not entry.obsolete and not entry.fuzzy]
    except (OSError, ValueError, IndexError) as fault:
        raise PhraseError(f"The file is no PO catalogue: {str(fault)!r}", "Open it with a PO editor.") from fault


def _entry_faults(entry: polib.POEntry, english: Words, never_say: Sequence[str]) -> Iterator[str]:
    text = entry.msgstr or entry.msgid
    source = english.texts.get(entry.msgctxt)
    if not _KEY.fullmatch(entry.msgctxt or ""):
        yield "The context is no key such as stage.listen."
    elif source is None:
        yield "The key is unknown."
    elif entry.msgid != source:
        yield f"The English text is now {source!r}."
    elif _names(text) != _names(source):
        yield f"The placeholders differ from those of {source!r}."
    if fault := _placeholder_fault(text):
        yield fault
    yield from sentence_faults(text, never_say)


def sentence_faults(text: str, never_say: Sequence[str] = ()) -> Iterator[str]:
    """What is the matter with one sentence for the person who practises."""
    if not text.strip() or not text.isprintable():
        yield "The text is empty or holds control characters."
    if len(text.split()) > MOST_WORDS:
        yield f"The text has more than {MOST_WORDS} words."
    if _NUMBER.search(text):
        yield "The text holds digits."
    for start in never_say:
        if re.search(rf"\b{re.escape(start)}", text, re.IGNORECASE):
            yield f"The text holds a word that is never said: {start!r}."


def _placeholder_fault(text: str) -> str:
    """Why the placeholders cannot be filled, or "": only plain names, so that no catalogue reaches into objects."""
    try:
        plain = all(
            name is None or (name.isidentifier() and not shape and not conversion)
            for _, name, shape, conversion in Formatter().parse(text)
        )
    except ValueError:
        plain = False
    return "" if plain else "The placeholders are no plain names such as {syllable}."


def _names(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"{(\w+)}", text))
