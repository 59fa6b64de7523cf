"""Writes an assignment as a TOML file that a person can read and change, and that holds all its phrases whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import msgspec

from mit.assignment import Assignment, Judging
from mit.exchange.overrides import differences
from mit.phrase import Phrase
from mit.protocol import Switches

SCHEMA = 1
"""The shape of an assignment file; goes up when an older trainer could not read it rightly."""

HEAD = "# What to practise with the melodic intonation trainer. Take it with: mit import FILE"


def write_assignment(assignment: Assignment) -> str:
    """The file of an assignment; what is as always is left out. Reading it gives the same assignment."""
    lines = [HEAD, *_keys(_person(assignment))]
    lines += _table("switches", _changed(assignment.switches, Switches()))
    protocol = differences(assignment.protocol)
    lines += _table("protocol", {key: value for key, value in protocol.items() if not isinstance(value, dict)})
    for name, step in protocol.items():
        lines += _table(f"protocol.{name}", step) if isinstance(step, dict) else ()
    lines += _table("judging", _changed(assignment.judging, Judging()))
    for name in ("phrases", "reserve", "probes"):
        for phrase in getattr(assignment, name):
            lines += ["", f"[[{name}]]", *_keys(_phrase(phrase, assignment.level))]
    return "\n".join(lines) + "\n"


def _person(assignment: Assignment) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "id": str(assignment.id) if assignment.id else None,
        "made": assignment.made,
        "person": assignment.person,
        "language": assignment.language,
        "level": assignment.level,
        "minutes": assignment.minutes,
        "most_minutes": assignment.most_minutes,
        "goal": assignment.goal or None,
        "review": assignment.review,
        "decides": assignment.deciders,
        "counts": assignment.counting,
    }


def _phrase(phrase: Phrase, level: str) -> dict[str, Any]:
    beats = [syllable.beats for syllable in phrase.syllables]
    semitones = [syllable.semitones for syllable in phrase.syllables]
    return {
        "id": phrase.id,
        "text": phrase.hyphenated,
        "pattern": phrase.pattern,
        "level": phrase.level if phrase.level != level else None,
        "beats": beats if set(beats) != {1.0} else None,
        "semitones": semitones if None not in semitones else None,
        "question": phrase.question or None,
        "tags": phrase.tags or None,
    }


def _changed(value: Any, usual: Any) -> dict[str, Any]:
    names = (field.name for field in fields(usual))
    return {name: getattr(value, name) for name in names if getattr(value, name) != getattr(usual, name)}


def _table(name: str, keys: dict[str, Any]) -> list[str]:
    return ["", f"[{name}]", *_keys(keys)] if keys else []


def _keys(keys: dict[str, Any]) -> Iterator[str]:
    return (f"{key} = {_value(value)}" for key, value in keys.items() if value is not None)


def _value(value: Any) -> str:
    """A value in TOML. Its strings are those of JSON, as long as no control character is in them."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return f"{{ {', '.join(_keys(dict(value)))} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(each) for each in value)}]"
    return msgspec.json.encode(value).decode()
