"""The database: SQLite, reached through SQLAlchemy. Import late: no screen needs it."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa

from mit.errors import StoreError
from mit.home import OWNER_FILE
from mit.store import kinds
from mit.store.faults import DAMAGED, KEPT_BESIDE, telling
from mit.store.kinds import NAMES, Record
from mit.store.record import SCHEMA_VERSION
from mit.store.tables import metadata, revision

APPLICATION_ID = 0x4D495454
"""Marks the file as ours in its header ("MITT"), so that a foreign database is never written to."""

Kind = TypeVar("Kind")


def open_database(path: Path, *, patience: float, copies: Path) -> sa.Engine:
    """The database at `path`, made where there is none, checked, brought up to date, ready to be written to.

    patience: seconds to wait for another program's lock; copies: the folder of copies made before an older schema is
    changed. Raises StoreError when it is locked, cannot be written, is damaged, foreign, or of a newer version; then
    nothing in it was changed.
    """
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        connect_args={"timeout": patience},
        isolation_level="AUTOCOMMIT",  # the driver begins nothing by itself: see writing
        json_serializer=_to_json,
    )
    sa.event.listen(engine, "connect", _set_up_connection)
    try:
        with telling():
            _own_file(path)
            _prepare(engine, copies)
    except StoreError:
        engine.dispose()
        raise
    return engine


def insert(engine: sa.Engine, records: Sequence[Record]) -> None:
    """Write records; committed and on the disk when this returns. One that is there already stays as it is.

    Raises StoreError; then none of them was written.
    """
    if records:
        with telling(), writing(engine) as connection:
            for record in records:
                table = metadata.tables[NAMES[type(record)]]
                connection.execute(sa.insert(table).prefix_with("OR IGNORE"), kinds.to_columns(record))


def select(engine: sa.Engine, kind: type[Kind], *where: sa.ColumnElement[bool]) -> tuple[Kind, ...]:
    """The records of a kind for which `where` holds, in order of time. Raises StoreError."""
    return read(engine, query(metadata.tables[NAMES[kind]], kind).where(*where), kind)


def query(table: sa.Table, kind: type[Any]) -> sa.Select[Any]:
    """What a kind of value needs of a table, in order of time; at the same moment, as it was written."""
    columns = (table.c[name] for name in kinds.columns_of(kind))
    return sa.select(*columns).order_by(table.c.at, sa.literal_column("rowid"))


def read(engine: sa.Engine, wanted: sa.Select[Any], kind: type[Kind]) -> tuple[Kind, ...]:
    """The rows of a query as values; its columns are their fields in order. Raises StoreError."""
    names = kinds.columns_of(kind)
    with telling(), engine.connect() as connection:
        return tuple(kinds.from_columns(dict(zip(names, row, strict=True)), kind) for row in connection.execute(wanted))


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction that has the right to write from its first moment, so that it waits for a lock only there.

    Whatever ends it early, the pool rolls it back.
    """
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
        connection.exec_driver_sql("COMMIT")


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


def _prepare(engine: sa.Engine, copies: Path) -> None:
    """Check what is there before anything is changed, then create or change what is missing and try the right to
    write: a lock or a read-only disk is found now, not at the first take."""
    with engine.connect() as connection:
        _check(connection)
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    with writing(engine) as connection:
        version = _pragma(connection, "user_version")  # once more: another start may have been here meanwhile
        if version == 0:
            _create(connection)
    if 0 < version < SCHEMA_VERSION:
        from mit.store.migrate import bring_up_to_date  # late: Alembic, for this one start

        bring_up_to_date(engine, copies)


def _create(connection: sa.Connection) -> None:
    metadata.create_all(connection)
    connection.execute(sa.insert(revision), {"version_num": f"{SCHEMA_VERSION:04}"})
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _check(connection: sa.Connection) -> None:
    """Raises StoreError when what is found is not ours to write to."""
    version, application = (_pragma(connection, name) for name in ("user_version", "application_id"))
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


def _pragma(connection: sa.Connection, name: str) -> int:
    return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
