"""What a session begins with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from mit.course import begin, decided
from mit.due import Now
from mit.home import Home
from mit.library import load_sets
from mit.plan import plan
from mit.progress import Outcome
from mit.session import By
from mit.settings import Settings
from mit.starter import starter
from mit.tui.beginning import Beginning
from mit.tui.keeping import Keeper
from tests.crash import made


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", tmp_path / "cache")


@pytest.fixture
def keeper(home: Home) -> Iterator[Keeper]:
    keeper = Keeper(home)
    yield keeper
    keeper.close()


def test_what_was_interrupted_counts_toward_the_day_and_once_where_it_goes_on(keeper: Keeper) -> None:
    given = starter(load_sets())
    started = datetime.now(UTC) - timedelta(minutes=3)
    now = [Now(started + timedelta(seconds=s), float(s)) for s in (0, 60, 120)]
    course = begin(given, plan(given, (), day=started.date(), seed=0), id=UUID(int=1), now=now[0])
    keeper.keep(*course.facts)
    for moment in now[1:]:
        course = decided(course, Outcome.YES, by=By.HELPER, now=moment)
        keeper.keep(*course.facts)
    new, interrupted = Beginning(Settings()).open(keeper)
    assert interrupted is not None
    if started.astimezone().date() == datetime.now().astimezone().date():
        assert new.today == pytest.approx(120.0)
    assert interrupted.earlier == 0.0
    assert interrupted.practised == pytest.approx(120.0)
    assert Beginning(Settings()).dose(keeper) == (pytest.approx(new.today / 60), given.minutes)


def test_an_assignment_that_cannot_be_read_is_told_and_the_starters_serves(home: Home, keeper: Keeper) -> None:
    assert not keeper.begun
    assert not home.database.exists(), "nothing is made by looking"
    made.leave_unread(home)
    assert keeper.assignment() is None
    assert keeper.unread
    course, _ = Beginning(Settings()).open(keeper)
    assert course.assignment == starter(load_sets())
    (told,) = keeper.close()
    assert "cannot be read" in told
    assert "mit import FILE" in told
    assert len(made.sql(home, "SELECT text FROM assignments")) == 1, "nothing is lost"
