"""Every kind of fact comes back as it was, from the database and from the side file; simulated ones stay apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mit.checkin import CheckIn, Kind
from mit.home import Home
from mit.library import load_sets
from mit.progress import Outcome
from mit.session import By, Decision, Ended, Session, SessionEnd, Taps, Trial
from mit.starter import starter
from mit.store import Kept, Store, kinds
from tests.crash import made

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
EVERY = st.sampled_from([Session, SessionEnd, Trial, Decision, Taps, CheckIn])
NUMBERS = st.integers(-(2**31), 2**31)
TEXTS = st.text(max_size=12)
FACTS = EVERY.flatmap(
    lambda kind: st.builds(
        kind,
        at=st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
        **{name: NUMBERS for name in ("item", "offered", "credit") if name in kinds.columns_of(kind)},
        **({"seconds": st.floats(0, 1e6)} if kind is SessionEnd else {}),
        **({"times": st.lists(st.floats(-10, 1e4), max_size=4).map(tuple)} if kind is Taps else {}),
        **({"mood": st.none() | NUMBERS} if kind is CheckIn else {}),
    )
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", tmp_path / "cache")


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    with made.opened(home) as store:
        yield store


def sitting(*, at: datetime = START, simulated: bool = False, ended: bool = True) -> tuple[kinds.Fact, ...]:
    """A session of one trial with an attempt, taps and two decisions."""
    session = Session(uuid4(), at, "en", "elementary", ("water", "coffee"), ("hello",), simulated=simulated)
    trial = Trial(uuid4(), session.id, at, 0, "water", "elementary", "E4")
    attempt = replace(made.attempt(at=at), trial=trial.id)
    missed = Decision(uuid4(), trial.id, at, "E4", Outcome.NOT_YET, By.HELPER)
    done = Decision(uuid4(), trial.id, at, "E4", Outcome.YES, By.HELPER, offered=2, suggestion=Outcome.YES, credit=1)
    taps = Taps(uuid4(), trial.id, at, (0.1, 1.2), attempt=attempt.id)
    facts = (session, trial, attempt, taps, missed, done)
    return (*facts, SessionEnd(session.id, at + timedelta(minutes=9), Ended.DONE, 540.0)) if ended else facts


@given(st.lists(FACTS, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_every_fact_comes_back_from_a_line_and_from_columns(facts: list[kinds.Record]) -> None:
    for fact in facts:
        record = kinds.as_record(fact)
        assert kinds.from_line(kinds.to_line(record)) == record
        assert kinds.from_columns(kinds.to_columns(record), type(record)) == record


@given(st.binary(max_size=60) | st.sampled_from([b'{"fact":"trials"}', b'{"fact":3,"record":{}}', b'{"fact":"x"}']))
def test_a_line_that_is_none_is_none(line: bytes) -> None:
    assert kinds.from_line(line) is None


def test_a_session_comes_back_with_all_that_belongs_to_it(store: Store) -> None:
    session, trial, attempt, taps, missed, done, end = facts = sitting()
    assert store.keep(*facts) is Kept.DATABASE
    assert store.keep(*facts) is Kept.DATABASE, "the same facts again"
    told = CheckIn(uuid4(), START, Kind.BEFORE, mood=2, tired=False)
    used = CheckIn(uuid4(), START, Kind.USED, phrase_id="water")
    store.keep(told, used)
    found = store.history()
    assert (found.sessions, found.ends, found.trials) == ((session,), (end,), (trial,))
    assert (found.decisions, found.taps, found.check_ins) == ((missed, done), (taps,), (told, used))
    assert [(a.id, a.trial, a.grade) for a in found.attempts] == [(attempt.id, trial.id, 2)]
    (whole,) = found.sittings()
    assert (whole.session, whole.trials, whole.decisions, whole.end) == (session, (trial,), (missed, done), end)


def test_facts_wait_aside_in_their_order(home: Home, store: Store) -> None:
    made.sql(home, "PRAGMA user_version = 99")
    store.close()
    facts = sitting(ended=False)
    assert [store.keep(*facts[:3]), store.keep(*facts[3:])] == [Kept.ASIDE] * 2
    lines = [line for line in home.side_file.read_bytes().split(b"\n") if line]
    assert [type(kinds.from_line(line)) for line in lines] == [type(kinds.as_record(fact)) for fact in facts]
    made.sql(home, "PRAGMA user_version = 2")
    assert store.keep(sitting(at=START - timedelta(days=1))[0]) is Kept.DATABASE
    found = store.history()
    assert (found.sessions[1], found.trials, found.decisions) == (facts[0], (facts[1],), facts[4:])
    assert not home.side_file.exists()


def test_what_was_simulated_never_mixes_with_what_was_practised(store: Store) -> None:
    real, pretended, free = sitting(), sitting(simulated=True), made.attempt(at=START + timedelta(hours=1))
    early = Decision(uuid4(), uuid4(), START, "E4", Outcome.YES, By.HELPER)  # its trial has not arrived yet
    store.keep(*real, *pretended, free, early, CheckIn(uuid4(), START, Kind.AFTER, mood=3))
    practised, simulated = store.history(), store.history(simulated=True)
    assert practised.sessions == real[:1]
    assert {a.id for a in practised.attempts} == {real[2].id, free.id}
    assert set(practised.decisions) == {*real[4:6], early}
    assert simulated.sessions == pretended[:1]
    assert [a.id for a in simulated.attempts] == [pretended[2].id]
    assert (simulated.decisions, simulated.taps, simulated.check_ins) == (pretended[4:6], (pretended[3],), ())


def test_only_the_last_session_can_be_gone_on_with(store: Store) -> None:
    assert store.last_open_session() is None
    broken_off = sitting(ended=False)
    store.keep(*broken_off)
    store.keep(*sitting(at=START + timedelta(days=1), simulated=True, ended=False))
    found = store.last_open_session()
    assert found is not None
    assert (found.session, found.trials, found.decisions) == (broken_off[0], broken_off[1:2], broken_off[4:])
    store.keep(*sitting(at=START + timedelta(hours=1)))
    assert store.last_open_session() is None


def test_the_assignment_taken_last_is_the_present_one(store: Store) -> None:
    assert store.assignment() is None
    first = replace(starter(load_sets()), id=UUID(int=1), made=START, person="AB", goal="to say hello")
    second = replace(first, id=UUID(int=2), minutes=10.0)
    store.take(first, START)
    assert store.assignment() == first
    store.take(second, START - timedelta(days=300))  # the clock was set back
    assert store.assignment() == second
    store.take(first, START + timedelta(days=1))
    assert store.assignment() == first


def test_a_fact_without_its_zone_is_a_mistake_of_ours(store: Store) -> None:
    with pytest.raises(ValueError, match="UTC"):
        store.keep(CheckIn(uuid4(), datetime(2026, 3, 1), Kind.BEFORE))
