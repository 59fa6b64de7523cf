"""What was practised of a day counts, however the session ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import uuid4

from mit.history import History, seconds_of, seconds_on
from mit.progress import Outcome
from mit.session import By, Decision, Ended, Session, SessionEnd, Taps, Trial

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = NOON.date()


def utc(at: datetime) -> datetime:
    return at


def sat(*minutes: float, at: datetime = NOON, ended: float | None = None) -> History:
    """A session of one trial, with a decision after each of these minutes; ended: minutes that were practised."""
    session = Session(uuid4(), at, "en", "elementary", ("water",))
    trial = Trial(uuid4(), session.id, at, 0, "water", "elementary", "E2")
    said = tuple(
        Decision(uuid4(), trial.id, at + timedelta(minutes=m), "E2", Outcome.AGAIN, By.HELPER) for m in minutes
    )
    last = at + timedelta(minutes=max(minutes, default=0.0))
    ends = () if ended is None else (SessionEnd(session.id, last, Ended.ENOUGH, 60 * ended),)
    return History((session,), ends, (trial,), said)


def both(one: History, other: History) -> History:
    return History(*(getattr(one, name) + getattr(other, name) for name in History.__slots__))


def test_an_interrupted_session_counts_up_to_the_last_that_was_kept_of_it() -> None:
    broken_off = sat(1, 2, 3.5)
    assert seconds_on(broken_off, DAY, utc) == 210
    taps = Taps(uuid4(), broken_off.trials[0].id, NOON + timedelta(minutes=4), (0.1,))
    assert seconds_on(replace(broken_off, taps=(taps,)), DAY, utc) == 240
    assert seconds_on(both(broken_off, sat(9, ended=5)), DAY, utc) == 210 + 300


def test_while_nothing_happened_for_long_nobody_practised() -> None:
    assert seconds_on(sat(1, 31), DAY, utc) == 60 + 120


def test_a_session_may_be_left_out_and_one_without_anything_is_nothing() -> None:
    broken_off = sat(1, 2)
    assert seconds_on(broken_off, DAY, utc, besides=broken_off.sessions[0].id) == 0
    assert list(seconds_of(sat()).values()) == [0]
    assert seconds_on(History(), DAY, utc) == 0


def test_a_day_is_the_one_on_the_wall() -> None:
    late = sat(1, 2, at=NOON + timedelta(hours=6))
    in_tokyo = timezone(timedelta(hours=9))
    assert seconds_on(late, DAY, utc) == 120
    assert seconds_on(late, DAY, lambda at: at.astimezone(in_tokyo)) == 0
    assert seconds_on(late, date(2026, 3, 2), lambda at: at.astimezone(in_tokyo)) == 120
