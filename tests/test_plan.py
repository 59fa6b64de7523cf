"""Which phrases a session takes, in which order: what is due first, unlike neighbours, probes now and then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mit.assignment import Assignment
from mit.items import Practised, items_of
from mit.library import load_sets
from mit.phrase import PERSONAL, Phrase, spell
from mit.plan import Plan, plan
from mit.progress import Outcome
from mit.schedule import BOXES, MASTERED, Standing, standing
from mit.session import By, Decision, Session, Sitting, Trial
from mit.similar import similar

DAY = date(2026, 3, 2)
ROOT = UUID(int=1)


def assignment(phrases: Iterable[Phrase], **more: object) -> Assignment:
    return replace(Assignment(None, None, "", "en", "elementary", tuple(phrases)), **more)


def unlike(count: int) -> tuple[Phrase, ...]:
    return tuple(Phrase(letter * 3, spell(letter * 3, "H")) for letter in "abcdefghijklmnopqrstuvwxyz"[:count])


def sitting(day: date, results: dict[str, Outcome], *, reserve: bool = False) -> Sitting:
    """A session in which each phrase was gone through, all yes, or ended with a miss at its last step, or was heard."""
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    session = Session(uuid5(ROOT, str(day)), at, "en", "elementary", tuple(results))
    trials, decisions = [], []
    for number, (phrase, last) in enumerate(results.items()):
        for step in ("E2", "E4") if reserve else ("E1", "E2", "E3", "E4", "E5"):
            id = uuid5(session.id, f"{number}{step}")
            outcome = last if step in ("E5",) else Outcome.HEARD if step == "E1" else Outcome.YES
            trials.append(Trial(id, session.id, at, number, phrase, "elementary", step, reserve=reserve))
            decisions.append(Decision(uuid5(id, "said"), id, at, step, outcome, By.HELPER, credit=outcome == "yes"))
    return Sitting(session, tuple(trials), tuple(decisions))


def names(planned: Plan, *, probe: bool = False) -> list[str]:
    return [item.phrase.id for item in planned.items if item.probe is probe]


@pytest.mark.parametrize("language", ["en", "es", "fr", "de"])
def test_no_two_neighbours_are_similar_in_what_is_shipped(language: str) -> None:
    for phrases in load_sets(language):
        if len(phrases.phrases) < 16:
            continue  # of eight short phrases half begin alike: no order is free of them
        for seed in range(10):
            given_phrases, probes = phrases.phrases[:-4], phrases.phrases[-4:]
            one = assignment(given_phrases, level=phrases.level, probes=probes)
            items = plan(one, (), day=DAY, seed=seed).items
            assert not any(similar(a.phrase, b.phrase) for a, b in pairwise(items))
            assert 10 <= len(items) <= 20
            assert not items[0].probe
            assert not items[-1].probe


@settings(max_examples=25, deadline=None)
@given(count=st.integers(0, 24), probes=st.integers(0, 6), seed=st.integers(0, 99), minutes=st.floats(1, 60))
def test_a_plan_is_within_its_limits_and_the_same_for_a_seed(
    count: int, probes: int, seed: int, minutes: float
) -> None:
    shipped = load_sets()[1].phrases
    one = assignment(shipped[:count], probes=load_sets()[0].phrases[:probes], minutes=minutes, level="intermediate")
    planned = plan(one, (), day=DAY, seed=seed)
    assert planned == plan(one, (), day=DAY, seed=seed)
    assert min(10, count) <= len(names(planned)) <= count
    assert len(planned.items) <= 20
    assert len({item.phrase.id for item in planned.items}) == len(planned.items)
    places = [place for place, item in enumerate(planned.items) if item.probe]
    assert all(b - a > 5 for a, b in pairwise([-1, *places]))


def test_similar_phrases_alone_are_practised_all_the_same() -> None:
    alike = tuple(Phrase(f"want-{k}", spell(f"want {k}a", "HL")) for k in range(4))
    assert len(plan(assignment(alike), (), day=DAY, seed=1).items) == 4


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("cup of tea", "more tea please", False),  # short words are carried along
        ("open the door", "the green door", True),
        ("water", "wash", True),
        ("Élan", "élite", True),
        ("good-bye", "hello", False),
    ],
)
def test_what_is_similar(one: str, other: str, alike: bool) -> None:
    a, b = (Phrase(text, spell(text, "H" * len(text.replace("-", " ").split()))) for text in (one, other))
    assert similar(a, b) is similar(b, a) is alike
    assert similar(replace(a, tags=("food",)), replace(b, tags=("food", "home")))
    assert similar(replace(a, tags=(PERSONAL,)), replace(b, tags=(PERSONAL,))) is alike


def test_personal_phrases_come_before_others() -> None:
    phrases = [replace(p, tags=(PERSONAL,) if k >= 17 else ()) for k, p in enumerate(unlike(20))]
    for seed in range(5):
        planned = plan(assignment(phrases, minutes=5.0), (), day=DAY, seed=seed)
        assert {p.id for p in phrases[17:]} <= set(names(planned))
        assert len(names(planned)) == 10


def test_what_was_not_practised_lately_comes_before_what_was() -> None:
    phrases = unlike(20)
    rested = {p.id for p in phrases[:10]}
    before = [sitting(DAY, dict.fromkeys((p.id for p in phrases[10:]), Outcome.NOT_YET))]
    assert set(names(plan(assignment(phrases, minutes=5.0), before, day=DAY, seed=1))) == rested


def test_every_phrase_has_its_turn() -> None:
    phrases, history = unlike(26), []
    for d in range(4):
        planned = names(plan(assignment(phrases), history, day=DAY + timedelta(days=d), seed=1))
        history.append(sitting(DAY + timedelta(days=d), dict.fromkeys(planned, Outcome.NOT_YET)))
    assert {trial.phrase for one in history[:2] for trial in one.trials} == {p.id for p in phrases}
    assert {trial.phrase for one in history[2:] for trial in one.trials} == {p.id for p in phrases}


def test_mastered_phrases_are_kept_warm_and_held_in_reserve() -> None:
    phrases = unlike(20)
    known = [p.id for p in phrases[:3]]
    history = [sitting(DAY + timedelta(days=d), dict.fromkeys(known, Outcome.YES)) for d in (0, 1, 3, 7)]
    soon = plan(assignment(phrases), history, day=DAY + timedelta(days=9), seed=1)
    assert not set(known) & set(names(soon))
    assert sorted(p.id for p in soon.reserve) == known
    others = [sitting(DAY + timedelta(days=16), dict.fromkeys((p.id for p in phrases[3:]), Outcome.NOT_YET))]
    due = plan(assignment(phrases), [*history, *others], day=DAY + timedelta(days=17), seed=1)
    assert set(known) <= set(names(due))
    assert due.reserve == ()


def test_the_therapists_reserve_goes_first_and_what_is_practised_is_no_reserve() -> None:
    phrases = unlike(12)
    extra = Phrase("zzz", spell("zzz", "H"))
    assert plan(assignment(phrases, reserve=(extra, phrases[0])), (), day=DAY, seed=1).reserve == (extra,)


def test_each_probe_is_sung_once_a_week() -> None:
    one = assignment(unlike(20), probes=tuple(Phrase(f"{k}0x", spell(f"x{k}x", "H")) for k in range(2)))
    first = plan(one, (), day=DAY, seed=1)
    sung = names(first, probe=True)
    assert len(sung) == 2
    session = sitting(DAY, dict.fromkeys(sung, Outcome.YES))
    assert names(plan(one, [session], day=DAY + timedelta(days=6), seed=1), probe=True) == []
    assert sorted(names(plan(one, [session], day=DAY + timedelta(days=7), seed=1), probe=True)) == sorted(sung)


def practised(outcome: Outcome) -> Practised:
    return items_of(sitting(DAY, {"a": outcome}))[0]


@pytest.mark.parametrize(
    ("days", "outcomes", "box"),
    [
        ([0], "y", 1),
        ([0, 0], "yy", 1),  # twice in a day
        ([0, 0], "ny", 0),
        ([0, 1, 2], "yyy", 2),  # not due before the third day
        ([0, 1, 3, 7, 15, 31], "yyyyyy", 5),
        ([0, 1, 3, 7], "yyyn", 2),
        ([0, 1], "yh", 1),
        ([0], "n", 0),
    ],
)
def test_boxes(days: list[int], outcomes: str, box: int) -> None:
    said = {"y": Outcome.YES, "n": Outcome.NOT_YET, "h": Outcome.HEARD}
    rows = [(DAY + timedelta(days=d), practised(said[o])) for d, o in zip(days, outcomes, strict=True)]
    now = standing(rows)
    assert now == Standing(box, rows[-1][0])
    assert now.mastered is (box >= MASTERED)
    assert now.late(rows[-1][0]) == -BOXES[box]


def test_a_known_phrase_given_for_success_does_not_move() -> None:
    phrases = unlike(12)
    others = sitting(DAY - timedelta(days=1), dict.fromkeys((p.id for p in phrases[1:]), Outcome.NOT_YET))
    history = [others, sitting(DAY, {phrases[0].id: Outcome.YES}, reserve=True)]
    planned = plan(assignment(phrases, minutes=5.0), history, day=DAY, seed=1)
    assert len(planned.items) == 10
    assert phrases[0].id in names(planned)
