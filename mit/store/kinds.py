"""The kinds of facts: each a record, which is a row of its table and a line of the side file."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from mit.checkin import CheckIn
from mit.rescore import Rescore
from mit.session import Attempt, Decision, Session, SessionEnd, Taps, Trial
from mit.store.record import SCHEMA_VERSION, StoredAttempt, describe


@dataclass(frozen=True, slots=True)
class StoredAssignment:
    """An assignment as it was taken. at: UTC, when; assignment, made, person: its own; text: its file, written anew."""

    id: UUID
    at: datetime
    assignment: UUID
    made: datetime | None
    person: str
    text: str


Kind = TypeVar("Kind")

Fact = Attempt | Session | SessionEnd | Trial | Decision | Taps | CheckIn | StoredAssignment | Rescore
"""What happens in practice and is kept."""

Record = StoredAttempt | Session | SessionEnd | Trial | Decision | Taps | CheckIn | StoredAssignment | Rescore
"""A fact as it is written down: plain values, the same in the database and in the side file."""

KINDS: dict[str, type[Record]] = {
    "attempts": StoredAttempt,
    "sessions": Session,
    "session_ends": SessionEnd,
    "trials": Trial,
    "decisions": Decision,
    "taps": Taps,
    "check_ins": CheckIn,
    "assignments": StoredAssignment,
    "rescores": Rescore,
}
"""The records by the names of their tables."""

NAMES: dict[type[Any], str] = {kind: name for name, kind in KINDS.items()}


class _Line(msgspec.Struct):
    """One line of the side file. fact: the name of the table."""

    schema: int
    fact: str
    record: msgspec.Raw


def as_record(fact: Fact, *, audio: str | None = None) -> Record:
    """The record of a fact; audio: the file of an attempt's take.

    Raises ValueError when its time does not know its offset from UTC.
    """
    if fact.at.utcoffset() is None:
        raise ValueError("the time of a fact must be in UTC, not naive")
    record = describe(fact, audio=audio) if isinstance(fact, Attempt) else fact
    return replace(record, at=record.at.astimezone(UTC))


def columns_of(kind: type[Any]) -> tuple[str, ...]:
    """The columns that a record is read from."""
    return tuple(field.name for field in fields(kind))


def to_columns(record: Record) -> dict[str, Any]:
    """A record as values for the database: text, numbers, bytes, and lists and dicts for the JSON columns."""
    columns = msgspec.to_builtins(record, builtin_types=(bytes, datetime), enc_hook=_plain)
    return {"schema_version": SCHEMA_VERSION} | {name: _sortable(value) for name, value in columns.items()}


def from_columns(columns: dict[str, Any], kind: type[Kind]) -> Kind:
    """A record, or some of its columns as another value, out of the database."""
    return msgspec.convert(columns, kind, builtin_types=(bytes,))


def to_line(record: Record) -> bytes:
    """A record as one line of JSON, without its end; bytes as base64."""
    plain = msgspec.json.encode(record, enc_hook=_plain)
    return msgspec.json.encode(_Line(SCHEMA_VERSION, NAMES[type(record)], msgspec.Raw(plain)))


def from_line(line: bytes) -> Record | None:
    """A record out of a line of JSON; None where the line is broken off or no record.

    The first version wrote attempts alone, without saying so.
    """
    try:
        found = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
        if "fact" not in found:
            return msgspec.json.decode(line, type=StoredAttempt)
        return msgspec.json.decode(found["record"], type=KINDS[msgspec.json.decode(found["fact"], type=str)])
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError):
        return None


def _sortable(value: Any) -> Any:
    """One width for every time, so that the order of the texts is the order of the times."""
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value


def _plain(value: Any) -> Any:
    """A numpy number as Python's own: one that slipped through must not cost an attempt."""
    return value.item()
