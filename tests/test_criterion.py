"""What a session was worth, whose word counts, and what follows from several."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from mit.assignment import Assignment
from mit.course import begin, decided, enough, go_on
from mit.criterion import Criterion, criterion, figure
from mit.due import End, Item, Now, Offer, Pause
from mit.phrase import Phrase, spell
from mit.plan import Plan
from mit.progress import Outcome
from mit.protocol import PROTOCOL
from mit.session import By, Decision, Session, SessionEnd, Sitting, Trial
from mit.suggest import settle

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
PHRASES = tuple(Phrase(letter, spell(letter, "H")) for letter in "abcdef")
GIVEN = Assignment(None, None, "", "en", "elementary", PHRASES, probes=(Phrase("p", spell("p", "H")),))

PATIENT = replace(PROTOCOL, misses=99)
"""Goes through all items, however many are missed in a row."""

Said = tuple[By, str]
HELPED, NOBODY = (By.HELPER, "yes"), (By.NOBODY, "heard")


def session(rows: list[list[Said]], *, probe: bool = False, level: str = "elementary", stop: bool = False) -> Sitting:
    """A session whose items' scored steps were decided so, in order."""
    items = tuple(Item(phrase) for phrase, _ in zip(PHRASES, rows, strict=False))
    if probe:
        items = (items[0], Item(GIVEN.probes[0], probe=True), *items[1:])
        rows = [rows[0], [(By.HELPER, "yes")], *rows[1:]]
    course = begin(replace(GIVEN, level=level, protocol=PATIENT), Plan(items), id=uuid4(), now=Now(AT, 0.0))
    facts, number = list(course.facts), 0
    while not isinstance(course.due, End):
        if isinstance(course.due, Pause):
            number += 1
            course = go_on(course, Now(AT, course.due.until))
        elif not isinstance(course.due, Offer):
            course = go_on(course, Now(AT, course.clock))
        elif stop and not rows[number]:
            course = enough(course, Now(AT, course.clock))
        else:
            is_scored = course.due.step.scored or course.due.item.probe
            by, outcome = rows[number].pop(0) if is_scored else (By.NOBODY, "heard")
            course = decided(course, Outcome(outcome), by=by, now=Now(AT, course.clock))
        facts += course.facts
    trials = tuple(f for f in facts if isinstance(f, Trial))
    decisions = tuple(f for f in facts if isinstance(f, Decision))
    begun = next(f for f in facts if isinstance(f, Session))
    return Sitting(begun, trials, decisions, next(f for f in facts if isinstance(f, SessionEnd)))


def test_all_points_are_all() -> None:
    worth = figure(session([[HELPED] * 4] * 1 + [[HELPED] * 4]), GIVEN)
    assert (worth.points, worth.maximum, worth.counted, worth.counted_maximum) == (8, 8, 8, 8)
    assert (worth.decided, worth.offered, worth.share, worth.own) == (8, 8, 1.0, False)


def test_steps_that_were_not_reached_earn_nothing() -> None:
    worth = figure(session([[HELPED, HELPED, (By.HELPER, "not_yet")]]), GIVEN)
    assert (worth.points, worth.maximum, worth.share) == (2, 4, 0.5)


def test_probes_stand_apart() -> None:
    with_probe, without = (figure(session([[HELPED] * 4, [HELPED] * 4], probe=p), GIVEN) for p in (True, False))
    assert with_probe == without


def test_what_nobody_decided_is_out_and_too_much_of_it_is_no_figure() -> None:
    few = figure(session([[HELPED] * 4] * 1 + [[NOBODY, *[HELPED] * 3]]), GIVEN)
    assert (few.points, few.maximum) == (7, 8)
    assert (few.counted, few.counted_maximum, few.share) == (7, 7, 1.0)
    many = figure(session([[NOBODY, NOBODY, HELPED, HELPED]]), GIVEN)
    assert (many.decided, many.offered, many.share) == (2, 4, None)
    assert figure(session([[NOBODY] * 4]), GIVEN).share is None


@pytest.mark.parametrize("by", [By.PERSON, By.TRAINER])
def test_the_persons_and_the_trainers_word_counts_only_where_it_is_allowed(by: By) -> None:
    own = session([[(by, "yes")] * 4])
    assert figure(own, GIVEN).share is None
    assert figure(own, GIVEN).points == 4
    allowed = figure(own, replace(GIVEN, counting=(By.THERAPIST, By.HELPER, by)))
    assert allowed.share == 1.0
    assert allowed.own is (by is By.PERSON)


def test_an_item_that_the_trainer_ended_leaves_its_unreached_steps_open() -> None:
    worth = figure(session([[HELPED] * 4, [HELPED, HELPED, (By.TRAINER, "not_yet")]]), GIVEN)
    assert (worth.decided, worth.offered) == (6, 7)
    assert (worth.counted, worth.counted_maximum, worth.share) == (6, 6, 1.0)


def test_an_item_cut_off_by_enough_is_left_out() -> None:
    worth = figure(session([*([HELPED] * 4 for _ in range(5)), [HELPED]], stop=True), GIVEN)
    assert (worth.points, worth.maximum, worth.share) == (20, 20, 1.0)


def test_a_session_cut_short_after_a_few_phrases_is_no_session_of_five() -> None:
    short = session([[HELPED] * 4, [HELPED]], stop=True)
    assert (figure(short, GIVEN).points, figure(short, GIVEN).share) == (4, None)
    assert criterion([short] * 5, GIVEN) == Criterion()
    assert figure(replace(short, end=None), GIVEN).share is None
    assert figure(session([[(By.HELPER, "not_yet")], [(By.HELPER, "not_yet")]]), GIVEN).share == 0.0, (
        "the course itself ended it"
    )


def with_share(yes: int) -> Sitting:
    """A session of five items, of which so many of twenty points were earned."""
    rows = []
    for _ in range(5):
        got = min(yes, 4)
        yes -= got
        rows.append([HELPED] * got + [(By.HELPER, "not_yet")] * (got < 4))
    return session(rows)


def test_five_sessions_at_ninety_per_cent_suggest_the_next_level() -> None:
    history = [with_share(n) for n in (18, 18, 18, 18)]
    assert criterion(history, GIVEN).mean is None
    assert not criterion(history, GIVEN).advance
    said = criterion([*history, with_share(18)], GIVEN)
    assert said.mean == pytest.approx(0.9)
    assert said.advance
    assert not said.stuck
    assert not criterion([*history, with_share(17)], GIVEN).advance
    assert criterion([with_share(2), *history, with_share(18)], GIVEN).advance


def test_sessions_that_were_not_decided_lie_between() -> None:
    undecided = session([[NOBODY] * 4])
    said = criterion([*[with_share(18)] * 4, undecided, with_share(20), undecided], GIVEN)
    assert said.advance
    assert len(said.shares) == 5


def test_only_sessions_of_the_level_count() -> None:
    assert criterion([with_share(20)] * 5, replace(GIVEN, level="intermediate")).shares == ()


@pytest.mark.parametrize(
    ("points", "stuck", "low"),
    [
        ([10, 10, 10, 10, 10], True, False),
        ([10, 11, 10, 10, 10], False, False),
        ([10, 10, 10, 10], False, False),
        ([20, 20, 20, 20, 20], False, False),
        ([14, 14, 5, 5, 5], False, True),
        ([5, 5], False, False),
        ([5, 6, 5], False, False),
    ],
)
def test_flags(points: list[int], stuck: bool, low: bool) -> None:
    said = criterion([with_share(n) for n in points], GIVEN)
    assert (said.stuck, said.low) == (stuck, low)


def test_whose_word_is_taken() -> None:
    assert settle((By.HELPER, Outcome.NOT_YET), Outcome.YES) == (By.HELPER, Outcome.NOT_YET)
    assert settle(None, Outcome.NOT_YET) == (By.TRAINER, Outcome.NOT_YET)
    assert settle(None, None) == (By.NOBODY, Outcome.HEARD)


def test_ids_follow_from_the_session() -> None:
    one = begin(GIVEN, Plan((Item(PHRASES[0]),)), id=UUID(int=5), now=Now(AT, 0.0))
    other = begin(GIVEN, Plan((Item(PHRASES[0]),)), id=UUID(int=5), now=Now(AT, 9.0))
    assert [fact.id for fact in one.facts] == [fact.id for fact in other.facts]
