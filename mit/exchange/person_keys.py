"""What an assignment sets for the person: who it is, how long a day, who decides, switches, how takes are judged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from mit.assignment import Judging, Tolerance
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

MOST_WEIGHT = 10.0
"""The largest weight of a part; only their ratios matter."""

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
    from mit.dimensions import DIMENSIONS  # late: with it come arrays

    messages = [f"The key {f'judging.{key}'!r:.80} is unknown." for key in table if key not in ("tolerance", "weights")]
    tolerance, weights = str(table.get("tolerance", Tolerance.USUAL)), table.get("weights", {})
    if tolerance not in tuple(Tolerance):
        messages.append(f"The key 'judging.tolerance' cannot be {tolerance!r:.60}: give {', '.join(Tolerance)}.")
    names = {dimension.name for dimension in DIMENSIONS}
    if not isinstance(weights, dict) or not weights.keys() <= names:
        return Judging(), [*messages, f"The table judging.weights may hold {', '.join(sorted(names))}."]
    if not all(_is_weight(value) for value in weights.values()) or (weights and not any(weights.values())):
        messages.append(f"The weights are numbers from 0 to {MOST_WEIGHT:g}, not all 0.")
    if messages:
        return Judging(), messages
    return Judging(Tolerance(tolerance), tuple((name, float(weights[name])) for name in sorted(weights))), []


def _is_weight(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0.0 <= value <= MOST_WEIGHT


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
    if keys.get("most_minutes", most) < keys.get("minutes", least):
        yield "The key 'most_minutes' is less than 'minutes'."


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
