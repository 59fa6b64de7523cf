"""Copies of the database, made before its schema is changed: for the owner alone, and a few of them."""

from __future__ import annotations

import filecmp
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from mit.home import OWNER_FILE, make_folder
from mit.store.sidefile import sync_folder

MOST_COPIES = 3
"""Copies that stay. A schema changes a few times a year; the newest copy holds what the older ones hold and more."""

PARTIAL = ".part"


def keep_copy(database: Path, copies: Path, *, version: int) -> Path:
    """Copy the database as it is now, by SQLite itself, so that what lies in its journal is in it too.

    Under another name until it is whole. A start that fails after its copy, again and again, keeps one: a copy that is
    already there is not kept twice. Raises OSError and sqlite3.Error.
    """
    make_folder(copies)
    now = datetime.now(UTC)
    whole = copies / f"{database.stem}-schema-{version}-{now:%Y%m%dT%H%M%S%f}{database.suffix}"
    partial = whole.with_suffix(PARTIAL)
    for left in copies.glob(f"{database.stem}-*{PARTIAL}"):
        left.unlink()  # of a start that was killed
    partial.touch(mode=OWNER_FILE)
    try:
        _copy(database, partial)
        for other in _newest_first(database, copies):
            if filecmp.cmp(partial, other, shallow=False):
                return other
        partial.replace(whole)
        sync_folder(copies)
        return whole
    finally:
        partial.unlink(missing_ok=True)


def thin_out(database: Path, copies: Path) -> None:
    """Remove all but the newest copies. Call when the database is up to date, never before.

    A copy with anything in it that the database does not hold stays: somebody may have begun anew, and want it back.
    Raises OSError and sqlite3.Error.
    """
    for old in _newest_first(database, copies)[MOST_COPIES:]:
        if _holds_all_of(database, old):
            old.unlink(missing_ok=True)


def _holds_all_of(database: Path, copy: Path) -> bool:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("ATTACH ? AS copy", (str(copy),))
        tables = [name for (name,) in connection.execute("SELECT name FROM copy.sqlite_master WHERE type = 'table'")]
        return not any(_lacking(connection, table) for table in tables if table != "alembic_version")


def _lacking(connection: sqlite3.Connection, table: str) -> bool:
    """Whether the copy has a row of this table that the database lacks."""
    (key,) = connection.execute(f"SELECT name FROM pragma_table_info('{table}', 'copy') WHERE pk = 1").fetchone()
    wanted = f'SELECT 1 FROM copy."{table}" WHERE "{key}" NOT IN (SELECT "{key}" FROM main."{table}") LIMIT 1'
    return connection.execute(wanted).fetchone() is not None


def _newest_first(database: Path, copies: Path) -> list[Path]:
    found = copies.glob(f"{database.stem}-schema-*{database.suffix}")
    return sorted(found, key=lambda file: file.stem.rpartition("-")[2], reverse=True)


def _copy(database: Path, into: Path) -> None:
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(into)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, that can be put back as it is
        if target.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("the copy is not whole")
    with open(into, "rb+") as file:
        os.fsync(file.fileno())
