"""What is read back for practice: the history, the interrupted session, the assignment. Import late: see `database`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import sqlalchemy as sa

from mit.checkin import CheckIn
from mit.history import History, PastAttempt
from mit.session import Decision, Session, SessionEnd, Sitting, Taps, Trial
from mit.store.database import query, read, select
from mit.store.kinds import StoredAssignment
from mit.store.tables import attempts, decisions, session_ends, sessions, taps, trials

if TYPE_CHECKING:
    from mit.assignment import Assignment

Ids = sa.Select[tuple[str]]


def history(engine: sa.Engine, *, simulated: bool) -> History:
    """See `Store.history`. What belongs to no known session is a person's: it may not have arrived yet."""
    pretended = sa.select(sessions.c.id).where(sessions.c.simulated)
    return _facts(engine, pretended) if simulated else _facts(engine, pretended, besides=True)


def last_open_session(engine: sa.Engine) -> Sitting | None:
    """See `Store.last_open_session`."""
    real = sa.select(sessions.c.id).where(~sessions.c.simulated)
    last = real.order_by(sessions.c.at.desc(), sa.literal_column("rowid").desc()).limit(1)
    found = _facts(engine, last).sittings()
    return found[0] if found and not found[0].end else None


def stored(assignment: Assignment, at: datetime, *, after: StoredAssignment | None) -> StoredAssignment:
    """An assignment as it is taken; later than the one before it, also where the clock was set back."""
    from mit.exchange.assignment_text import write_assignment

    if assignment.id is None:
        raise ValueError("an assignment that is taken has an id")
    if after and at <= after.at:
        at = after.at + timedelta(microseconds=1)
    text = write_assignment(assignment)
    return StoredAssignment(uuid4(), at, assignment.id, assignment.made, assignment.person, text)


def assignment_of(taken: StoredAssignment) -> Assignment:
    """The assignment that was taken. Raises StoreError where this version cannot read it."""
    from mit.exchange.assignment_file import read_kept

    return read_kept(taken.text)


def _facts(engine: sa.Engine, chosen: Ids, *, besides: bool = False) -> History:
    """The facts of the chosen sessions; `besides`: of all others, with what belongs to none."""
    inner = sa.select(trials.c.id).where(trials.c.session.in_(chosen))

    def ours(column: sa.ColumnElement[Any], ids: Ids) -> sa.ColumnElement[bool]:
        return sa.or_(column.is_(None), column.not_in(ids)) if besides else column.in_(ids)

    return History(
        sessions=select(engine, Session, ours(sessions.c.id, chosen)),
        ends=select(engine, SessionEnd, ours(session_ends.c.session, chosen)),
        trials=select(engine, Trial, ours(trials.c.session, chosen)),
        decisions=select(engine, Decision, ours(decisions.c.trial, inner)),
        taps=select(engine, Taps, ours(taps.c.trial, inner)),
        attempts=read(engine, query(attempts, PastAttempt).where(ours(attempts.c.trial, inner)), PastAttempt),
        check_ins=select(engine, CheckIn) if besides else (),
    )
