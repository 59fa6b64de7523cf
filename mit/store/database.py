"""The database of attempts: SQLite, reached through SQLAlchemy. Import late: no screen needs it."""

from __future__ import annotations

import errno
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from mit.errors import StoreError
from mit.home import OWNER_FILE
from mit.store.record import FIELDS, SCHEMA_VERSION, StoredAttempt, from_columns, to_columns
from mit.store.sidefile import DISK_FULL

APPLICATION_ID = 0x4D495454
"""Marks the file as ours in its header ("MITT"), so that a foreign database is never written to."""

_metadata = sa.MetaData()

attempts = sa.Table(
    "attempts",
    _metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("language", sa.String, nullable=False),
    sa.Column("phrase_id", sa.String, nullable=False),
    sa.Column("phrase", sa.String, nullable=False),
    sa.Column("pattern", sa.String, nullable=False),
    sa.Column("level", sa.String, nullable=False),
    sa.Column("melody", sa.JSON, nullable=False),
    sa.Column("contour", sa.LargeBinary, nullable=False),
    sa.Column("alignment", sa.JSON, nullable=False),
    sa.Column("verdict", sa.String, nullable=False),
    sa.Column("grade", sa.Integer),
    sa.Column("certainty", sa.Float),
    sa.Column("score", sa.Float),
    sa.Column("parts", sa.JSON, nullable=False),
    sa.Column("missing", sa.Integer, nullable=False),
    sa.Column("added", sa.Integer, nullable=False),
    sa.Column("transposition", sa.Float),
    sa.Column("tempo_ratio", sa.Float),
    sa.Column("latency", sa.Float),
    sa.Column("scoring_version", sa.String, nullable=False),
    sa.Column("feedback", sa.JSON, nullable=False),
    sa.Column("ended", sa.String, nullable=False),
    sa.Column("trouble", sa.String, nullable=False),
    sa.Column("recorder", sa.String, nullable=False),
    sa.Column("player", sa.String, nullable=False),
    sa.Column("audio", sa.String),
    sa.Column("app_version", sa.String, nullable=False),
    sa.Column("schema_version", sa.Integer, nullable=False),
)

KEPT_BESIDE = "Practice goes on: attempts are kept beside it and are taken in later."
DAMAGED = (
    "The practice records are damaged and are left untouched.",
    "Put back a copy of practice.sqlite3, or move it to another folder to begin anew. " + KEPT_BESIDE,
)
FAULTS = {
    sqlite3.SQLITE_BUSY: ("Another program is using the practice records.", "Close it. " + KEPT_BESIDE),
    sqlite3.SQLITE_LOCKED: ("Another program is using the practice records.", "Close it. " + KEPT_BESIDE),
    sqlite3.SQLITE_READONLY: (
        "The practice records cannot be written to.",
        "Allow writing to practice.sqlite3 and its folder. " + KEPT_BESIDE,
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The practice records cannot be opened.",
        "Check practice.sqlite3 and its folder. " + KEPT_BESIDE,
    ),
    sqlite3.SQLITE_FULL: ("The disk is full.", "Free some space. " + KEPT_BESIDE),
    sqlite3.SQLITE_IOERR: ("The disk does not take the practice records.", "Free some space. " + KEPT_BESIDE),
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}
"""What a person is told, by SQLite's primary result code."""

SYSTEM_FAULTS = {
    errno.EROFS: sqlite3.SQLITE_READONLY,
    errno.EACCES: sqlite3.SQLITE_READONLY,
    errno.EPERM: sqlite3.SQLITE_READONLY,
} | dict.fromkeys(DISK_FULL, sqlite3.SQLITE_FULL)
"""The operating system's faults around the database, as the code that SQLite has for them."""

UNKNOWN_FAULT = ("The practice records cannot be used.", "Start again later. " + KEPT_BESIDE)
PRIMARY_CODE = 0xFF
"""The part of an extended result code that names the kind of fault (sqlite.org/rescode.html)."""


def open_database(path: Path, *, patience: float) -> sa.Engine:
    """The database at `path`, made where there is none, checked, ready to be written to.

    patience: seconds to wait for another program's lock. Raises StoreError when it is locked, cannot be written, is
    damaged, foreign, or of a newer version; then nothing in it was changed.
    """
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        connect_args={"timeout": patience},
        isolation_level="AUTOCOMMIT",  # the driver begins nothing by itself: see _writing
        json_serializer=_to_json,
    )
    sa.event.listen(engine, "connect", _set_up_connection)
    try:
        with telling():
            _own_file(path)
            _prepare(engine)
    except StoreError:
        engine.dispose()
        raise
    return engine


@contextmanager
def telling() -> Iterator[None]:
    """Turn the database's faults into a StoreError that a person can act on."""
    try:
        yield
    except OSError as fault:
        code = SYSTEM_FAULTS.get(fault.errno or 0, sqlite3.SQLITE_CANTOPEN)
        raise StoreError(*FAULTS[code]) from fault
    except sa.exc.DBAPIError as fault:
        code = getattr(fault.orig, "sqlite_errorcode", 0) & PRIMARY_CODE
        raise StoreError(*FAULTS.get(code, UNKNOWN_FAULT)) from fault


def insert(engine: sa.Engine, records: Sequence[StoredAttempt]) -> None:
    """Write records; committed and on the disk when this returns. One that is there already stays as it is.

    Raises StoreError; then none of them was written.
    """
    if records:
        rows = [to_columns(record) for record in records]
        with telling(), _writing(engine) as connection:
            connection.execute(sa.insert(attempts).prefix_with("OR IGNORE"), rows)


def select(engine: sa.Engine) -> tuple[StoredAttempt, ...]:
    """Everything kept, in order of time. Raises StoreError."""
    with telling(), engine.connect() as connection:
        columns = [attempts.c[field] for field in FIELDS]
        rows = connection.execute(sa.select(*columns).order_by(attempts.c.at, attempts.c.id))
        return tuple(from_columns(dict(zip(FIELDS, row, strict=True))) for row in rows)


def _to_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _own_file(path: Path) -> None:
    """Create the file for its owner alone before SQLite does: SQLite gives its -wal and -shm files the same mode."""
    if not path.exists():
        path.touch(mode=OWNER_FILE)
    mode = path.stat().st_mode
    if stat.S_ISREG(mode) and mode & ~OWNER_FILE & 0o777:
        path.chmod(mode & OWNER_FILE)  # takes rights away only: a read-only file stays one


def _set_up_connection(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # committed means on the disk, also when the power goes


@contextmanager
def _writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction that has the right to write from its first moment, so that it waits for a lock only there.

    Whatever ends it early, the pool rolls it back.
    """
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
        connection.exec_driver_sql("COMMIT")


def _prepare(engine: sa.Engine) -> None:
    """Check what is there before anything is changed, then create what is missing and try the right to write."""
    with engine.connect() as connection:
        version = _check(connection)
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    with _writing(engine) as connection:  # finds a lock or a read-only disk now, not at the first take
        if version == 0:
            connection.execute(sa.schema.CreateTable(attempts, if_not_exists=True))
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _check(connection: sa.Connection) -> int:
    """The version of the schema found, 0 in a new file. Raises StoreError when it is not ours to write to."""
    version, application = (
        int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()) for name in ("user_version", "application_id")
    )
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if application != APPLICATION_ID and (version or tables):
        raise StoreError(
            "practice.sqlite3 belongs to another program.", "Move it to another folder and start again. " + KEPT_BESIDE
        )
    if version > SCHEMA_VERSION:
        raise StoreError(
            "The practice records were made by a newer version of the trainer.", "Update the trainer. " + KEPT_BESIDE
        )
    # Walks every page: writing into a half-broken file could cost what can still be saved of it.
    if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one() != "ok":
        raise StoreError(*DAMAGED)
    return version
