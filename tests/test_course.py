"""Whatever comes of the steps, a session keeps its limits and comes to an end that is no failure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mit.assignment import Assignment
from mit.course import Course, again, begin, decided, enough, go_on, rested, tapped
from mit.criterion import figure
from mit.due import Due, End, Item, Listening, Now, Offer, Pause, Rest
from mit.items import items_of
from mit.library import load_sets
from mit.phrase import Phrase, spell
from mit.plan import Plan, plan
from mit.progress import Finish, Outcome
from mit.protocol import PROTOCOL, Judged, Switches, Tap
from mit.resume import resume
from mit.session import By, Decision, Ended, Session, SessionEnd, Sitting, Taps, Trial
from mit.similar import similar

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
SETS = {phrases.level: phrases.phrases for phrases in load_sets()}
LEVELS = tuple(SETS)


def assigned(level: str, *, phrases: int = 12, reserve: int = 0, probes: int = 0, most: float = 40.0) -> Assignment:
    own, others = SETS[level], SETS["intermediate" if level == "elementary" else "elementary"]
    taught, held = own[:phrases], own[20 : 20 + probes]
    known = others[:reserve]
    return Assignment(None, None, "", "en", level, taught, reserve=known, probes=held, most_minutes=most)


def named(text: str) -> Phrase:
    return Phrase(text, spell(text, "H"))


def moment(clock: float) -> Now:
    return Now(AT + timedelta(seconds=clock), clock)


def started(assignment: Assignment, *, seed: int = 0, earlier: float = 0.0) -> Course:
    planned = plan(assignment, (), day=date(2026, 1, 5), seed=seed)
    return begin(assignment, planned, id=UUID(int=7), now=moment(0.0), earlier=earlier)


def sitting_of(facts: list[object]) -> Sitting:
    return Sitting(
        next(fact for fact in facts if isinstance(fact, Session)),
        tuple(fact for fact in facts if isinstance(fact, Trial)),
        tuple(fact for fact in facts if isinstance(fact, Decision)),
        next((fact for fact in facts if isinstance(fact, SessionEnd)), None),
    )


@dataclass
class Practice:
    """A session played to its end: all courses it went through, what was due in each, and what was kept."""

    courses: list[Course]
    facts: list[object]

    @property
    def sitting(self) -> Sitting:
        return sitting_of(self.facts)


def practise(course: Course, outcome: Callable[[Offer], Outcome], *, seconds: Callable[[], float]) -> Practice:
    """Everything that is due is done, each after so many seconds; a pause is asked to end too early first."""
    courses, facts, clock = [course], list(course.facts), 0.0
    for _ in range(3000):
        if isinstance(course.due, End):
            return Practice(courses, facts)
        clock += seconds()
        course = happen(course, outcome, moment(clock))
        if isinstance(course.due, Pause):
            clock = max(clock, course.due.until)
        courses.append(course)
        facts += course.facts
    raise AssertionError("the session does not end")


def happen(course: Course, outcome: Callable[[Offer], Outcome], now: Now) -> Course:
    if isinstance(course.due, Offer):
        return decided(course, outcome(course.due), by=By.HELPER, now=now)
    if isinstance(course.due, Rest):
        return rested(course, now)
    return go_on(course, now)


def always(*outcomes: Outcome) -> Callable[[Offer], Outcome]:
    """These, in turn, the last for good."""
    left = list(outcomes)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def calmly() -> float:
    return 5.0


def at_random(rng: Random) -> Callable[[Offer], Outcome]:
    weights = [rng.random() for _ in Outcome]
    return lambda _: rng.choices(list(Outcome), weights)[0]


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    level=st.sampled_from(LEVELS),
    phrases=st.integers(1, 20),
    reserve=st.integers(0, 4),
    probes=st.integers(0, 4),
    most=st.sampled_from([2.0, 10.0, 40.0]),
)
def test_every_session_keeps_its_limits_and_ends(
    seed: int, level: str, phrases: int, reserve: int, probes: int, most: float
) -> None:
    rng = Random(seed)
    assignment = assigned(level, phrases=phrases, reserve=reserve, probes=probes, most=most)
    done = practise(started(assignment, seed=seed), at_random(rng), seconds=lambda: rng.uniform(0.0, 30.0))
    sitting = done.sitting
    assert sitting.end is not None
    _limits(sitting, assignment)
    _spacing(sitting)
    worth = figure(sitting, assignment)
    assert 0 <= worth.points <= worth.maximum
    assert worth.share is None or 0.0 <= worth.share <= 1.0
    assert isinstance(done.courses[-2].due, Listening) or done.courses[-1].succeeded
    _eases(done)
    again = practise(started(assignment, seed=seed), at_random(Random(seed)), seconds=calmly)
    twice = practise(started(assignment, seed=seed), at_random(Random(seed)), seconds=calmly)
    assert again.facts == twice.facts


def _eases(done: Practice) -> None:
    """After two misses in a row nothing is asked that is not known."""
    for before, after in pairwise(done.courses):
        if after.begun != before.begun and before.misses >= PROTOCOL.misses:
            assert after.begun[-1].reserve


def _limits(sitting: Sitting, assignment: Assignment) -> None:
    items = items_of(sitting)
    names = [item.phrase for item in items]
    assert len(set(names)) == len(names)
    assert sum(not item.reserve for item in items) <= PROTOCOL.items[1]
    assert len({fact.id for fact in (*sitting.trials, *sitting.decisions)}) == len(sitting.trials) + len(
        sitting.decisions
    )
    for item in items:
        assert all(decision.trial in {trial.id for trial in item.trials} for decision in item.decisions)
        for _, offers in groupby(item.decisions, key=lambda d: (d.step, d.backed)):
            assert len(list(offers)) <= PROTOCOL.most_offers
        if item.probe:
            assert len(item.decisions) == 1
            assert item.decisions[0].credit == 0
    phrases = {p.id: p for p in (*assignment.phrases, *assignment.reserve, *assignment.probes)}
    if len(assignment.phrases) >= 18:
        assert not any(similar(phrases[a], phrases[b]) for a, b in pairwise(names))


def _spacing(sitting: Sitting) -> None:
    for one, other in pairwise(items_of(sitting)):
        waited = other.trials[0].at - one.decisions[-1].at
        assert waited.total_seconds() >= PROTOCOL.pause - 1e-5


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32), level=st.sampled_from(LEVELS))
def test_an_interrupted_session_goes_on_in_the_same_place(seed: int, level: str) -> None:
    rng = Random(seed)
    assignment = assigned(level, phrases=6, reserve=2, probes=1)
    done = practise(started(assignment, seed=seed), at_random(rng), seconds=calmly)
    facts: list[object] = []
    for course in done.courses:
        facts += course.facts
        back = resume(sitting_of(facts), assignment, moment(course.clock + 3600.0))
        if isinstance(course.due, End):
            assert back is None
            continue
        assert back is not None
        assert (back.begun, back.coming, back.reserve) == (course.begun, course.coming, course.reserve)
        assert (back.misses, back.finish, back.best) == (course.misses, course.finish, course.best)
        assert back.endings == course.endings
        if isinstance(course.due, Offer):
            assert back.due == course.due
            assert back.facts == ()
        else:
            assert isinstance(back.due, Pause | Rest)
            assert back.due.until == back.clock  # the pause is long over


def test_what_was_not_kept_of_the_next_step_is_kept_when_it_goes_on() -> None:
    course = started(assigned("elementary"))
    then = decided(course, Outcome.HEARD, by=By.NOBODY, now=moment(9.0))
    decision, trial = then.facts
    back = resume(sitting_of([*course.facts, decision]), course.assignment, moment(60.0))
    assert back is not None
    assert (back.due, [fact.id for fact in back.facts]) == (then.due, [trial.id])


def test_nothing_goes_on_under_another_protocol_or_without_its_phrases() -> None:
    course = started(assigned("elementary"))
    sitting = sitting_of(list(course.facts))
    newer = replace(course.assignment, protocol=replace(PROTOCOL, version="newer"))
    assert resume(sitting, newer, moment(60.0)) is None
    assert resume(sitting, assigned("intermediate"), moment(60.0)) is None
    assert resume(replace(sitting, trials=()), course.assignment, moment(60.0)) is None


def dues(done: Practice) -> list[Due]:
    return [course.due for course in done.courses]


def unlike(*, reserve: int) -> Assignment:
    """Phrases of which no two are alike."""
    taught, known = map(named, "abcdefghijkl"), map(named, "xyz"[:reserve])
    return Assignment(None, None, "", "en", "elementary", tuple(taught), reserve=tuple(known))


def test_after_two_misses_in_a_row_comes_a_known_phrase_and_one_to_end_on() -> None:
    done = practise(started(unlike(reserve=3)), _misses_unless_known, seconds=calmly)
    kinds = [item.reserve for item in items_of(done.sitting)]
    assert kinds == [False, False, True, False, False, True, False, False, True]
    assert items_of(done.sitting)[-1].finish is Finish.DONE
    assert done.courses[-1].coming, "the last known phrase ends it, whatever is left"
    known = [trial.step for trial in done.sitting.trials if trial.reserve]
    assert known[:2] == ["E2", "E4"]


def _misses_unless_known(offer: Offer) -> Outcome:
    return Outcome.YES if offer.item.reserve else Outcome.NOT_YET


def test_a_step_that_was_missed_twice_counts_as_two_misses() -> None:
    outcomes = always(*[Outcome.HEARD, Outcome.YES, Outcome.NOT_YET, Outcome.YES, Outcome.NOT_YET, Outcome.YES])
    done = practise(started(assigned("intermediate", reserve=2)), outcomes, seconds=calmly)
    assert [item.reserve for item in items_of(done.sitting)][:3] == [False, True, False]


@pytest.mark.parametrize(("reserve", "items"), [(0, 2), (1, 5), (2, 6)])
def test_after_two_misses_without_a_known_phrase_left_it_ends(reserve: int, items: int) -> None:
    """With one known phrase it comes between; of two the other one is the end."""
    done = practise(started(unlike(reserve=reserve)), _misses_unless_known, seconds=calmly)
    assert len(items_of(done.sitting)) == items
    assert done.courses[-1].coming
    assert isinstance(done.courses[-2].due, Listening) is (reserve < 2)
    assert done.courses[-1].due == End(Ended.DONE)


def test_a_known_phrase_that_is_missed_too_ends_with_listening() -> None:
    done = practise(started(unlike(reserve=2)), always(Outcome.NOT_YET), seconds=calmly)
    assert [item.reserve for item in items_of(done.sitting)] == [False, False, True, False, False, True]
    assert isinstance(done.courses[-2].due, Listening)


def test_a_probe_is_never_what_is_listened_to_at_the_end() -> None:
    one, probe = named("a"), named("b")
    plan = Plan((Item(one), Item(probe, probe=True), Item(named("c"))))
    given = Assignment(None, None, "", "en", "elementary", (one, named("c")), probes=(probe,), most_minutes=0.45)
    done = practise(begin(given, plan, id=UUID(int=7), now=moment(0.0)), always(Outcome.NOT_YET), seconds=calmly)
    assert [item.probe for item in items_of(done.sitting)] == [False, True]
    assert done.courses[-2].due == Listening(one)


def test_it_listens_to_the_phrase_that_was_sung_best() -> None:
    first = always(*[Outcome.HEARD, *[Outcome.YES] * 4, Outcome.HEARD, Outcome.NOT_YET])
    done = practise(started(assigned("elementary")), first, seconds=calmly)
    assert done.courses[-2].due == Listening(done.courses[0].begun[0].phrase)


def test_a_success_on_the_last_phrase_is_the_end() -> None:
    done = practise(started(assigned("elementary", reserve=2)), always(Outcome.YES), seconds=calmly)
    assert not any(item.reserve for item in items_of(done.sitting))
    assert not any(isinstance(due, Listening) for due in dues(done))
    worth = figure(done.sitting, assigned("elementary"))
    assert worth.points == worth.maximum == 4 * 12


def test_a_rest_is_offered_every_five_minutes_and_is_no_practice() -> None:
    done = practise(started(assigned("elementary", phrases=20)), always(Outcome.YES), seconds=calmly)
    rests = [course for course in done.courses if isinstance(course.due, Rest)]
    assert len(rests) == int(done.courses[-1].practised // 300)
    assert all(300 <= b.practised - a.practised < 400 for a, b in pairwise(rests))
    course = rests[0]
    after = rested(course, moment(course.clock + 900.0))
    assert after.practised == course.practised
    assert isinstance(after.due, Offer)


def test_who_wants_no_rest_has_the_pause() -> None:
    done = practise(started(assigned("elementary")), always(Outcome.YES), seconds=calmly)
    course = next(course for course in done.courses if isinstance(course.due, Rest))
    early = go_on(course, moment(course.clock + 2.0))
    assert isinstance(early.due, Pause)
    assert go_on(early, moment(early.clock + 2.0)).due == early.due
    assert isinstance(go_on(early, moment(early.due.until)).due, Offer)


def test_the_telephone_is_no_practice() -> None:
    course = started(assigned("elementary"))
    late = decided(course, Outcome.HEARD, by=By.NOBODY, now=moment(3600.0))
    assert late.practised == 120.0


def test_the_most_of_the_day_ends_it_after_the_phrase_that_is_practised() -> None:
    done = practise(started(assigned("elementary", most=3.0)), always(Outcome.YES), seconds=calmly)
    assert done.courses[-1].due == End(Ended.DOSE)
    assert 180.0 <= done.courses[-1].practised < 240.0
    assert all(item.finish is Finish.DONE for item in items_of(done.sitting))
    assert started(assigned("elementary", most=3.0), earlier=180.0).due == End(Ended.DOSE)


def test_enough_is_enough_at_any_time() -> None:
    done = practise(started(assigned("elementary", reserve=1)), always(Outcome.YES), seconds=calmly)
    for course in done.courses[:-1]:
        over = enough(course, moment(course.clock + 1.0))
        assert over.due == End(Ended.ENOUGH)
        assert [type(fact) for fact in over.facts] == [SessionEnd]
    assert enough(done.courses[-1], moment(9999.0)).facts == ()


def test_again_is_offered_three_times_and_then_goes_on() -> None:
    course = started(assigned("elementary"))
    first = course.due
    assert isinstance(first, Offer)
    for offered in (1, 2, 3):
        assert isinstance(course.due, Offer)
        assert (course.due.position.offered, course.due.may_repeat) == (offered, offered < 3)
        course = again(course, now=moment(10.0 * offered))
    assert isinstance(course.due, Offer)
    assert course.due.step.id == "E2"
    assert [fact.outcome for fact in course.facts if isinstance(fact, Decision)] == [Outcome.HEARD]


def test_what_is_not_due_changes_nothing() -> None:
    course = started(assigned("elementary"))
    unchanged = replace(course, facts=())
    assert go_on(course, moment(60.0)) == rested(course, moment(60.0)) == unchanged
    pause = next(c for c in practise(course, always(Outcome.YES), seconds=calmly).courses if isinstance(c.due, Pause))
    same = replace(pause, facts=())
    assert decided(pause, Outcome.YES, by=By.HELPER, now=moment(99.0)) == same
    assert tapped(pause, (0.1,), id=UUID(int=1), now=moment(99.0)) == same
    assert go_on(pause, moment(pause.clock)) == same


@pytest.mark.parametrize(
    ("switches", "tap", "judged"),
    [
        (Switches(), Tap.YES, Judged.MELODY),
        (Switches(tapping=False), Tap.NO, Judged.MELODY),
        (Switches(rhythm_only=True), Tap.YES, Judged.RHYTHM),
        (Switches(imposed_melody=False), Tap.YES, Judged.RHYTHM),
    ],
)
def test_a_step_is_offered_as_it_is_switched_for_the_person(switches: Switches, tap: Tap, judged: Judged) -> None:
    course = started(replace(assigned("elementary"), switches=switches))
    while isinstance(course.due, Offer) and course.due.step.id != "E4":
        course = decided(course, Outcome.YES, by=By.HELPER, now=moment(course.clock + 5.0))
    assert isinstance(course.due, Offer)
    assert (course.due.step.tap, course.due.step.judged) == (tap, judged)


def test_the_therapists_numbers_hold() -> None:
    table = replace(PROTOCOL, pause=30.0, most_offers=1, misses=1)
    taught, known = tuple(map(named, "abcdef")), tuple(map(named, "xyz"))
    course = started(Assignment(None, None, "", "en", "elementary", taught, reserve=known, protocol=table))
    assert isinstance(course.due, Offer)
    assert not course.due.may_repeat
    done = practise(course, always(Outcome.NOT_YET), seconds=calmly)
    items = items_of(done.sitting, table)
    assert [item.reserve for item in items][:2] == [False, True]
    assert min((b.trials[0].at - a.decisions[-1].at).total_seconds() for a, b in pairwise(items)) >= 30.0


def test_taps_belong_to_the_step_that_is_offered() -> None:
    course = started(assigned("elementary"))
    assert isinstance(course.due, Offer)
    kept = tapped(course, [0.1, 1.1], id=UUID(int=3), now=moment(5.0), heard=True)
    assert kept.facts == (Taps(UUID(int=3), course.due.trial, moment(5.0).at, (0.1, 1.1), None, True),)


@pytest.mark.parametrize(
    ("by", "step", "review"),
    [(By.NOBODY, "E4", True), (By.TRAINER, "E4", False), (By.HELPER, "E4", False), (By.NOBODY, "E3", False)],
)
def test_what_nobody_could_tell_is_marked_where_it_could_be_judged(by: By, step: str, review: bool) -> None:
    course = started(assigned("elementary"))
    while isinstance(course.due, Offer) and course.due.step.id != step:
        course = decided(course, Outcome.YES, by=By.HELPER, now=moment(course.clock + 5.0))
    heard = decided(course, Outcome.HEARD, by=by, now=moment(course.clock + 5.0))
    assert isinstance(heard.facts[0], Decision)
    assert heard.facts[0].review is review


def test_a_known_phrase_is_unlike_the_one_before_it() -> None:
    course = begin(
        Assignment(None, None, "", "en", "elementary", (named("a1"), named("b1")), reserve=(named("b2"), named("c2"))),
        Plan((Item(named("a1")), Item(named("b1"))), (named("b2"), named("c2"))),
        id=UUID(int=7),
        now=moment(0.0),
    )
    done = practise(course, always(Outcome.NOT_YET), seconds=calmly)
    assert [item.phrase for item in items_of(done.sitting)] == ["a1", "b1", "c2", "b2"]


def test_a_known_phrase_between_unlike_ones_keeps_them_unlike() -> None:
    one, two, three, four, known = map(named, ("a1", "b1", "c1", "d1", "c2"))
    course = begin(
        Assignment(None, None, "", "en", "elementary", (one, two, three, four), reserve=(known,)),
        Plan(tuple(Item(p) for p in (one, two, three, four)), (known,)),
        id=UUID(int=7),
        now=moment(0.0),
    )
    done = practise(course, always(Outcome.NOT_YET), seconds=calmly)
    names = [item.phrase for item in items_of(done.sitting)]
    assert names[:4] == ["a1", "b1", "c2", "d1"]
