"""Assignments as they are written: TOML in, the assignment or every fault out.

Whatever comes from outside is hostile until it passed here and in `phrase_file`: size, encoding, shape, ranges, control
characters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec

from mit.assignment import STARTER_MINUTES, STARTER_MOST, Assignment
from mit.errors import PhraseError, StoreError
from mit.exchange.assignment_text import SCHEMA, write_assignment
from mit.exchange.overrides import overridden
from mit.exchange.person_keys import DECIDERS, person_faults, read_judging, read_switches
from mit.exchange.phrase_list import read_lists
from mit.phrase import PhraseSet
from mit.phrase_file import Fault, take_keys, toml_table
from mit.session import By

WITHOUT_ID = UUID("4d495454-0000-5000-8000-000000000001")
"""Namespace of the ids of files that were written by hand without one: the same content, the same id."""

COUNTING = (By.THERAPIST, By.HELPER)
"""Whose decisions count toward the criterion, unless the therapist says otherwise."""

NEWER = "The assignment was made by a newer version of the trainer: update this one."

Sets = Callable[[str], tuple[PhraseSet, ...]]
"""The shipped phrase sets of a language, by its code. Raises PhraseError for one that is unknown."""


@dataclass(frozen=True, slots=True)
class AssignmentFile:
    """What a file holds: an assignment, or None and every fault."""

    assignment: Assignment | None
    faults: tuple[Fault, ...] = ()


class _Keys(msgspec.Struct):
    person: str
    level: str
    schema: int = SCHEMA
    id: UUID | None = None
    made: datetime | None = None
    language: str = "en"
    set: str = ""
    phrases: tuple[str | dict[str, object], ...] = ()
    reserve: tuple[str | dict[str, object], ...] = ()
    probes: tuple[str | dict[str, object], ...] = ()
    minutes: float = STARTER_MINUTES
    most_minutes: float = STARTER_MOST
    goal: str = ""
    review: date | None = None
    decides: tuple[By, ...] = DECIDERS
    counts: tuple[By, ...] = COUNTING
    switches: dict[str, object] = {}
    protocol: dict[str, object] = {}
    judging: dict[str, object] = {}


def read_assignment(data: bytes, file: str, sets: Sets) -> AssignmentFile:
    """Read an assignment; `file` names it in the faults; sets: where phrases that are given by id come from."""
    try:
        table = toml_table(data)
    except PhraseError as fault:
        return AssignmentFile(None, (Fault(file, "", fault.message),))
    return check_assignment(table, file, sets)


def check_assignment(table: Mapping[str, object], file: str, sets: Sets) -> AssignmentFile:
    """The same for keys that were read already."""
    schema = table.get("schema", SCHEMA)
    if isinstance(schema, int) and schema > SCHEMA:
        return AssignmentFile(None, (Fault(file, "", NEWER),))
    keys, messages = take_keys(table, _Keys)
    messages += person_faults(keys)
    try:
        lists, entries = read_lists(keys, sets(keys.get("language", "en")))
    except PhraseError as fault:  # there is no such language
        return AssignmentFile(None, (Fault(file, "", fault.message),))
    switches, more = read_switches(keys.get("switches", {}))
    protocol, unruly = overridden(keys.get("protocol", {}))
    judging, unfit = read_judging(keys.get("judging", {}))
    messages += [*more, *unruly, *unfit]
    if messages or entries:
        every = (*(("", message) for message in messages), *entries)
        return AssignmentFile(None, tuple(Fault(file, entry, message) for entry, message in every))
    person = {"switches": switches, "protocol": protocol, "judging": judging}
    return AssignmentFile(_assignment(keys, **lists, **person))


def read_kept(text: str) -> Assignment:
    """An assignment that was checked when it was taken, and is written whole. Raises StoreError."""
    found = read_assignment(text.encode(), "assignment", lambda language: ())
    if found.assignment is None:
        raise StoreError(
            f"The assignment that was taken cannot be read ({found.faults[0]}). Nothing is lost.",
            "Import its file again (mit import FILE); until then the first phrases are practised.",
        )
    return found.assignment


def _assignment(keys: Mapping[str, Any], **parts: Any) -> Assignment:
    made, deciders = keys.get("made"), keys.get("decides", DECIDERS)
    minutes = keys.get("minutes", STARTER_MINUTES)
    found = Assignment(
        id=keys.get("id"),
        made=made.astimezone(UTC) if made else None,
        person=keys["person"],
        language=keys.get("language", "en"),
        level=keys["level"],
        minutes=minutes,
        most_minutes=keys.get("most_minutes", max(minutes, STARTER_MOST)),
        goal=keys.get("goal", ""),
        review=keys.get("review"),
        deciders=deciders,
        counting=keys.get("counts", tuple(by for by in COUNTING if by in deciders)),
        **parts,
    )
    return found if found.id else replace(found, id=uuid5(WITHOUT_ID, write_assignment(found)))
