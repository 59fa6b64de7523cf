"""What a therapist changes in the protocol for one person: only the differences are written, each is checked."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from mit.protocol import PROTOCOL, Does, Level, Manner, Protocol, Step, Tap

MOST_POINTS = 10
"""Most points of one step; the published hierarchy gives at most two."""

Rule = tuple[Any, str]
"""What a key takes, for the check and in words."""


def _number(least: float, most: float, unit: str) -> Rule:
    return Annotated[float, Meta(ge=least, le=most)], f"a number from {least:g} to {most:g} ({unit})"


def _whole(least: int, most: int, unit: str) -> Rule:
    return Annotated[int, Meta(ge=least, le=most)], f"a whole number from {least} to {most} ({unit})"


def _names(kind: type[Any]) -> str:
    return ", ".join(f'"{name}"' for name in kind)


RULES: dict[str, Rule] = {
    "advance_share": _number(0.5, 1.0, "share of the points"),
    "advance_sessions": _whole(1, 30, "sessions"),
    "stuck_points": _number(0.0, 100.0, "percentage points"),
    "stuck_sessions": _whole(2, 30, "sessions"),
    "low_share": _number(0.0, 1.0, "share of the points"),
    "low_sessions": _whole(1, 30, "sessions"),
    "least_decided": _number(0.0, 1.0, "share of the steps"),
    "least_items": _whole(1, 20, "phrases"),
    "most_offers": _whole(1, 3, "times in a row"),
    "pause": _number(1.0, 120.0, "seconds"),
    "rest_every": _number(60.0, 3600.0, "seconds"),
    "items": (tuple[Annotated[int, Meta(ge=1, le=40)], Annotated[int, Meta(ge=1, le=40)]], "least and most, 1 to 40"),
    "session_minutes": _number(1.0, 90.0, "minutes"),
    "misses": _whole(1, 10, "in a row"),
    "known": (Annotated[tuple[str, ...], Meta(min_length=1, max_length=5)], 'one to five steps, such as ["E2", "E4"]'),
    "probe_every": _whole(1, 40, "items"),
    "probe_days": _whole(1, 365, "days"),
}
"""The keys of [protocol]."""

STEP_RULES: dict[str, Rule] = {
    "played": (Annotated[tuple[Manner, ...], Meta(max_length=6)], f"a list of {_names(Manner)}"),
    "tap": (Tap, f"one of {_names(Tap)}"),
    "delay": _number(0.0, 60.0, "seconds"),
    "credit": _whole(0, MOST_POINTS, "points"),
    "credit_with_backup": _whole(0, MOST_POINTS, "points"),
    "backup": (str, 'a step such as "I2", or "" for none'),
    "repeats": (bool, "true or false"),
}
"""The keys of [protocol.STEP]."""


def overridden(table: Mapping[str, object]) -> tuple[Protocol, list[str]]:
    """The protocol with a table's differences, and what is the matter with them."""
    steps = {step.id: step for level in PROTOCOL.levels for step in level.steps}
    values, messages = _checked({k: v for k, v in table.items() if k not in steps}, RULES, "")
    changed: dict[str, Step] = {}
    for name, step in steps.items():
        keys = table.get(name, {})
        if not isinstance(keys, dict):
            messages.append(f"The key {name!r} holds no table: write [protocol.{name}].")
            continue
        found, more = _checked(keys, STEP_RULES, f"{name}.")
        changed[name] = replace(step, **found | ({"backup": found["backup"] or None} if "backup" in found else {}))
        messages += more
    levels = tuple(_with(level, changed) for level in PROTOCOL.levels)
    protocol = replace(PROTOCOL, **values, levels=levels)
    messages += [message for check in _SENSE for message in check(protocol)]
    return (PROTOCOL, messages) if messages else (_marked(protocol), messages)


def differences(protocol: Protocol) -> dict[str, Any]:
    """What a protocol changes in the table: the keys of [protocol], as plain values."""
    found: dict[str, Any] = _changed(PROTOCOL, protocol, RULES)
    for level in protocol.levels:
        for step in level.steps:
            if keys := _changed(PROTOCOL.step(step.id), step, STEP_RULES):
                found[step.id] = {key: "" if value is None else value for key, value in keys.items()}
    return found


def _marked(protocol: Protocol) -> Protocol:
    """With a version of its own: what a session was held by must be told from the table as it is."""
    found = differences(protocol)
    if not found:
        return protocol
    return replace(protocol, version=f"{PROTOCOL.version}+{zlib.crc32(msgspec.json.encode(found)):08x}")


def _changed(old: Any, new: Any, rules: Mapping[str, Rule]) -> dict[str, Any]:
    values = {key: getattr(new, key) for key in rules if getattr(new, key) != getattr(old, key)}
    return {key: msgspec.to_builtins(value) for key, value in values.items()}


def _with(level: Level, changed: Mapping[str, Step]) -> Level:
    return replace(level, steps=tuple(changed.get(step.id, step) for step in level.steps))


def _checked(keys: Mapping[str, object], rules: Mapping[str, Rule], where: str) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    messages = []
    for key, value in keys.items():
        if key not in rules:
            messages.append(f"The key {f'protocol.{where}{key}'!r} is unknown.")
            continue
        kind, words = rules[key]
        try:
            values[key] = msgspec.convert(value, kind)
            if values[key] != values[key]:
                raise msgspec.ValidationError("not a number")
        except msgspec.ValidationError:
            messages.append(f"The key {f'protocol.{where}{key}'!r} cannot be {value!r:.60}: give {words}.")
    return values, messages


def _items_in_order(protocol: Protocol) -> Iterator[str]:
    if protocol.items[0] > protocol.items[1]:
        yield "The key 'protocol.items' has its least over its most."


def _known_steps(protocol: Protocol) -> Iterator[str]:
    names = {step.id for level in protocol.levels for step in level.steps}
    for step in protocol.known:
        if step not in names:
            yield f"The key 'protocol.known' names no step: {step!r:.60}."
    if len(set(protocol.known)) < len(protocol.known):
        yield "The key 'protocol.known' names a step twice."


def _sensible_steps(protocol: Protocol) -> Iterator[str]:
    names = {step.id for level in protocol.levels for step in level.steps}
    for level in protocol.levels:
        if not level.maximum:
            yield f"The level {level.name} earns no points."
        for step in level.steps:
            if step.backup is not None and (step.backup not in names or step.backup == step.id):
                yield f"The key 'protocol.{step.id}.backup' names no other step: {step.backup!r:.60}."
            if step.credit_with_backup > step.credit:
                yield f"The step {step.id} is worth more with its backup than without."
            if step.credit and step.does is Does.LISTEN:
                yield f"The step {step.id} is for listening and earns no points."


_SENSE: tuple[Callable[[Protocol], Iterator[str]], ...] = (_items_in_order, _known_steps, _sensible_steps)
"""What must hold of the whole."""
