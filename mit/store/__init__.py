"""The store: every fact of practice, on the disk before anything that follows from it is shown.

A fact goes to the database, or, when that cannot take it, to a side file that is taken in as soon as the database is
usable again: at the next start or with the next fact. Facts are added, never changed and never removed.

A damaged database stays where it is, untouched, and is told of at every start; it is not renamed or replaced by
itself. The person at home is asked nothing and practises on, because no fact depends on the database. A helper
decides: "damaged" may be a copy that has not fully arrived or a disk that is about to die, where starting anew without
a word would hide years of practice, and writing into the file could destroy what can still be saved.
"""

from __future__ import annotations

import logging
import threading
from enum import StrEnum
from typing import TYPE_CHECKING

from mit.errors import StoreError
from mit.home import Home, make_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Engine

    from mit.assignment import Assignment
    from mit.history import History
    from mit.rescore import Rescore
    from mit.session import Sitting
    from mit.store.kinds import Fact, Record, StoredAssignment
    from mit.store.record import StoredAttempt

PATIENCE = 2.0
"""Seconds to wait for another program's lock at a start: a back-up or a second window is done by then."""

PATIENCE_AGAIN = 0.1
"""Seconds after a wait was in vain: the person sits waiting for feedback."""

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # without a log file nothing may reach the screen


class Kept(StrEnum):
    """Where a fact is kept."""

    DATABASE = "database"
    ASIDE = "aside"


class Store:
    """The facts of one home. May be used from several threads; facts are written one after the other.

    trouble: why the database cannot be used now, None while it can.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._engine: Engine | None = None
        self._lock = threading.Lock()
        self.trouble: StoreError | None = None

    @classmethod
    def open(cls, home: Home) -> Store:
        """The store of a home; never fails: what is wrong is in `trouble`, and facts then go aside."""
        store = cls(home)
        with store._lock:
            try:
                store._take_in(store._connect())
            except StoreError as fault:
                store._give_up(fault)
        return store

    def keep(self, *facts: Fact) -> Kept:
        """Keep facts, all or none of them; they are on the disk when this returns. The same fact twice is kept once.

        Raises StoreError when neither database nor side file takes them; call again with them later.
        """
        from mit.store import kinds, sidefile

        with self._lock:
            records = [kinds.as_record(fact, audio=self._keep_audio(fact)) for fact in facts]
            if self._insert(records):
                return Kept.DATABASE
            make_folder(self._home.root)
            sidefile.put_aside(self._home.side_file, records)
            return Kept.ASIDE

    def attempts(self, phrase_id: str | None = None) -> tuple[StoredAttempt, ...]:
        """Every attempt in the database, or at this phrase, whole, in order of time. Raises StoreError."""
        from mit.store import database, tables
        from mit.store.record import StoredAttempt

        where = () if phrase_id is None else (tables.attempts.c.phrase_id == phrase_id,)
        with self._lock:
            return database.select(self._connect(), StoredAttempt, *where)

    def rescores(self) -> tuple[Rescore, ...]:
        """Every take that was judged again, in order of time. Raises StoreError."""
        from mit.rescore import Rescore
        from mit.store import database

        with self._lock:
            return database.select(self._connect(), Rescore)

    def history(self, *, simulated: bool = False) -> History:
        """What was practised, or what simulated patients did: never both. Raises StoreError."""
        from mit.store import reading

        with self._lock:
            return reading.history(self._connect(), simulated=simulated)

    def last_open_session(self) -> Sitting | None:
        """The last session of a person, where it was interrupted.

        None where the last one ended, and where there is none. Raises StoreError.
        """
        from mit.store import reading

        with self._lock:
            return reading.last_open_session(self._connect())

    def take(self, assignment: Assignment, at: datetime) -> Kept:
        """Make an assignment the present one from now on; `assignment.id` must be there. Raises StoreError."""
        from mit.store import reading

        return self.keep(reading.stored(assignment, at, after=self._taken()))

    def assignment(self) -> Assignment | None:
        """The assignment that is practised, None where none was taken. Raises StoreError."""
        from mit.store import reading

        taken = self._taken()
        return reading.assignment_of(taken) if taken else None

    def close(self) -> None:
        """Let go of the database. The store may be used again; it then opens by itself."""
        with self._lock:
            self._disconnect()

    def _taken(self) -> StoredAssignment | None:
        from mit.store import database
        from mit.store.kinds import StoredAssignment

        with self._lock:
            found = database.select(self._connect(), StoredAssignment)
        return found[-1] if found else None

    def _insert(self, records: Sequence[Record]) -> bool:
        """Write to the database; where that works again, bring in first what waits aside. False, with `trouble`, if
        it does not."""
        from mit.store import database

        written = False
        try:
            engine = self._connect()
            database.insert(engine, records)
            written = True
            if self.trouble:
                self._take_in(engine)
        except StoreError as fault:
            self._give_up(fault)
        return written

    def _connect(self) -> Engine:
        """The database, opened with all checks. Raises StoreError."""
        if self._engine is None:
            from mit.store import database  # late: SQLAlchemy takes longer to load than the first screen

            make_folder(self._home.root)
            patience = PATIENCE_AGAIN if self.trouble else PATIENCE
            self._engine = database.open_database(self._home.database, patience=patience, copies=self._home.copies)
        return self._engine

    def _take_in(self, engine: Engine) -> None:
        """Bring what waits aside into the database, which is then free of trouble. Raises StoreError.

        A file goes only after its last line is safe.
        """
        from mit.store import database, sidefile
        from mit.store.faults import telling

        for claimed in sidefile.claim(self._home.side_file):
            with telling():
                lines = tuple(sidefile.read_lines(claimed))
                database.insert(engine, [line for line in lines if not isinstance(line, bytes)])
                sidefile.keep_apart(self._home.side_file, [line for line in lines if isinstance(line, bytes)])
                claimed.unlink(missing_ok=True)
            _log.info("%d waiting lines taken in", len(lines))
        self.trouble = None

    def _keep_audio(self, fact: Fact) -> str | None:
        """The file name of an attempt's take; None without consent, and where there is no room: the attempt counts
        more."""
        from mit.session import Attempt

        if not isinstance(fact, Attempt) or fact.audio is None:
            return None
        from mit.store.recording import keep_audio

        try:
            return keep_audio(self._home.recordings, fact.id, fact.audio)
        except (OSError, StoreError) as fault:
            _log.warning("a take was not kept: %s", type(fault).__name__)
            return None

    def _give_up(self, fault: StoreError) -> None:
        """Note the trouble; the next fact opens the database anew, with all checks."""
        _log.warning("the database cannot be used: %s", type(fault.__cause__ or fault).__name__)
        self._disconnect()
        self.trouble = fault

    def _disconnect(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
