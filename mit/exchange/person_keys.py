"""What an assignment sets for the person: who it is, how long a day, who decides, switches, how takes are judged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from mit.assignment import STARTER_MINUTES, Judging, Tolerance
from mit.phrase import LEVELS
from mit.protocol import Switches
from mit.session import By

PERSON = re.compile(r"\w[\w.-]{0,63}")
"""A code for a person, never a name: letters, digits, points, hyphens."""

MOST_GOAL = 500
"""Characters of a goal in words."""

MINUTES = (1.0, 240.0)
"""Minutes of practice a day that can be prescribed."""

MADE = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
"""When an assignment can have been made."""

DECIDERS = (By.THERAPIST, By.HELPER, By.PERSON)
"""Who can be allowed to decide a step. The trainer only suggests."""

MOST_EMPHASIS = 4.0
"""The largest factor on the weight of a part."""

Part = Literal["contour", "interval", "pitch", "rhythm", "onset", "completeness"]

JUDGING: dict[str, tuple[Any, str]] = {
    "tolerance": (Tolerance, ", ".join(Tolerance)),
    "emphasis": (dict[Part, float], f"factors from 0 to {MOST_EMPHASIS:g}, as in {{ rhythm = 0.5 }}"),
    "cap_missing": (bool, "true or false"),
    "cap_melody": (bool, "true or false"),
}
"""The keys of [judging]: what each takes, for the check and in words."""

Keys = Mapping[str, Any]


def person_faults(keys: Keys) -> Iterator[str]:
    """What is the matter with the keys that have the right type."""
    for check in _CHECKS:
        yield from check(keys)


def read_switches(table: Mapping[str, object]) -> tuple[Switches, list[str]]:
    """The switches of a table, and what is the matter with it."""
    names = tuple(field.name for field in fields(Switches))
    chosen = {key: value for key, value in table.items() if key in names and isinstance(value, bool)}
    messages = [
        f"The switch {key!r:.80} is neither true nor false."
        if key in names
        else f"The switch {key!r:.80} is unknown: there are {', '.join(names)}."
        for key in table
        if key not in chosen
    ]
    return Switches(**chosen), messages


def read_judging(table: Mapping[str, object]) -> tuple[Judging, list[str]]:
    """How takes are judged by a table, and what is the matter with it."""
    chosen: dict[str, Any] = {}
    messages: list[str] = []
    for key, value in table.items():
        kind, words = JUDGING.get(key, (None, ""))
        if kind is None:
            messages.append(f"The key {f'judging.{key}'!r:.80} is unknown: there are {', '.join(JUDGING)}.")
            continue
        try:
            chosen[key] = msgspec.convert(value, kind)
        except msgspec.ValidationError:
            messages.append(f"The key {f'judging.{key}'!r} cannot be {value!r:.60}: give {words}.")
    factors = chosen.get("emphasis", {}).values()
    if not all(0.0 <= factor <= MOST_EMPHASIS for factor in factors):  # also what is not a number
        messages.append(f"The factors of 'judging.emphasis' go from 0 to {MOST_EMPHASIS:g}.")
    return (Judging() if messages else Judging(**chosen)), messages


def _who(keys: Keys) -> Iterator[str]:
    if not PERSON.fullmatch(keys.get("person", "x")):
        yield "The key 'person' is a code of up to 64 letters, digits, points and hyphens."
    if keys.get("level", LEVELS[0]) not in LEVELS:
        yield f"The level {keys['level']!r:.60} is none of {', '.join(LEVELS)}."


def _how_long(keys: Keys) -> Iterator[str]:
    least, most = MINUTES
    for name in ("minutes", "most_minutes"):
        if not least <= keys.get(name, least) <= most:
            yield f"The key {name!r} cannot be {keys[name]:.60g}: give minutes a day from {least:g} to {most:g}."
    if keys.get("most_minutes", most) < keys.get("minutes", STARTER_MINUTES):
        yield f"The key 'most_minutes' is less than 'minutes' ({STARTER_MINUTES:g} where none are given)."


def _plain_goal(keys: Keys) -> Iterator[str]:
    goal = keys.get("goal", "")
    if len(goal) > MOST_GOAL or not goal.isprintable():
        yield f"The key 'goal' is plain text of one line, up to {MOST_GOAL} characters."


def _when(keys: Keys) -> Iterator[str]:
    made = keys.get("made")
    if made is not None and (made.utcoffset() is None or not MADE[0] <= made <= MADE[1]):
        yield "The key 'made' is a time with its zone, such as 2026-11-24T10:00:00Z, from 2020 to 2100."


def _who_decides(keys: Keys) -> Iterator[str]:
    for name in ("decides", "counts"):
        found = keys.get(name, ())
        if len(set(found)) < len(found) or not set(found) <= set(DECIDERS):
            yield f"The key {name!r} holds others than {', '.join(DECIDERS)}, each once."
    if "decides" in keys and not set(keys.get("counts", ())) <= set(keys["decides"]):
        yield "The key 'counts' names somebody who is not in 'decides'."


_CHECKS: tuple[Callable[[Keys], Iterator[str]], ...] = (_who, _how_long, _plain_goal, _when, _who_decides)
