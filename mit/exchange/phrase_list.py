"""The phrases of an assignment: by the id of a shipped one, or written whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from mit.phrase import LEVELS, Phrase, PhraseSet
from mit.phrase_file import read_phrase

LISTS = ("phrases", "reserve", "probes")
"""The keys of an assignment that hold phrases."""

MOST_PHRASES = 200
"""Most phrases of one list: ten sessions of the longest without one twice."""

Faults = list[tuple[str, str]]
"""Entry and message."""


@dataclass(frozen=True, slots=True)
class _Source:
    """What phrases are made of: the language and level of the assignment, and the shipped phrases by id."""

    language: str
    level: str
    shipped: Mapping[str, Phrase]


def read_lists(keys: Mapping[str, Any], sets: Sequence[PhraseSet]) -> tuple[dict[str, tuple[Phrase, ...]], Faults]:
    """The phrases by key, and every fault. A `set` gives the phrases that are neither reserve nor probe."""
    shipped = {phrase.id: phrase for phrases in sets for phrase in phrases.phrases}
    source = _Source(keys.get("language", "en"), keys.get("level", ""), shipped)
    lists: dict[str, tuple[Phrase, ...]] = {}
    faults: Faults = []
    for name in LISTS:
        lists[name], more = _read_list(keys.get(name, ()), name, source)
        faults += more
    if wanted := keys.get("set"):
        apart = {phrase.id for phrase in (*lists["reserve"], *lists["probes"])}
        found = [phrases for phrases in sets if wanted.casefold() in (phrases.name.casefold(), phrases.level)]
        faults += [("set", "Give phrases or a set, not both.")] if lists["phrases"] else []
        faults += [] if found else [("set", f"There is no set {wanted!r:.80}.")]
        lists["phrases"] += tuple(p for phrases in found for p in phrases.phrases if p.id not in apart)
    if not faults:
        faults += _sense(lists)
    return lists, faults


def _read_list(items: Sequence[Any], name: str, source: _Source) -> tuple[tuple[Phrase, ...], Faults]:
    if len(items) > MOST_PHRASES:
        return (), [(name, f"There are more than {MOST_PHRASES} phrases.")]
    phrases: list[Phrase] = []
    faults: Faults = []
    for number, item in enumerate(items, start=1):
        entry, phrase, messages = _read_item(item, f"{name} {number}", source)
        faults += [(entry, message) for message in messages]
        phrases += [phrase] if phrase else []
    return tuple(phrases), faults


def _read_item(item: Any, place: str, source: _Source) -> tuple[str, Phrase | None, list[str]]:
    """What names the phrase in a fault, the phrase, and what is the matter with it."""
    keys = {"id": item} if isinstance(item, str) else dict(item)
    name = keys.get("id")
    if keys.keys() == {"id"} and isinstance(name, str):
        phrase = source.shipped.get(name)
        return (place, phrase, [] if phrase else [_unknown(name, source)])
    level = keys.pop("level", source.level)
    if level not in LEVELS:
        return place, None, [f"The level {level!r:.40} is none of {', '.join(LEVELS)}."]
    phrase, messages = read_phrase(keys, source.language, level)
    return (name if isinstance(name, str) and name.strip() else place), phrase, messages


def _unknown(name: str, source: _Source) -> str:
    near = get_close_matches(name[:80], source.shipped, n=3)
    return f"There is no phrase {name!r:.80}." + (f" Close to it: {', '.join(near)}." if near else "")


def _sense(lists: Mapping[str, tuple[Phrase, ...]]) -> Faults:
    """What must hold of all lists together: something to practise, and nothing twice. A probe is never taught."""
    faults: Faults = [] if lists["phrases"] else [("", "There are no phrases to practise.")]
    owners: dict[str, str] = {}
    for name, phrases in lists.items():
        for phrase in phrases:
            for mark in {phrase.id, phrase.text.casefold()}:
                if owners.setdefault(mark, name) != name:
                    faults.append((phrase.id, f"The phrase is in {owners[mark]} and in {name}."))
                    break
        ids = [phrase.id for phrase in phrases]
        faults += [(id, f"The phrase is twice in {name}.") for id in dict.fromkeys(ids) if ids.count(id) > 1]
    return faults
