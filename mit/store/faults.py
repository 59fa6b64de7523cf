"""What a person is told when the database cannot be used. Import late: see `database`."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from mit.errors import StoreError
from mit.store.sidefile import DISK_FULL

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


@contextmanager
def telling() -> Iterator[None]:
    """Turn the database's faults into a StoreError that a person can act on."""
    try:
        yield
    except OSError as fault:
        code = SYSTEM_FAULTS.get(fault.errno or 0, sqlite3.SQLITE_CANTOPEN)
        raise StoreError(*FAULTS[code]) from fault
    except (sa.exc.DBAPIError, sqlite3.Error) as fault:
        code = getattr(getattr(fault, "orig", fault), "sqlite_errorcode", 0) & PRIMARY_CODE
        raise StoreError(*FAULTS.get(code, UNKNOWN_FAULT)) from fault
