"""The report tells what was done, by whom it was decided, trained apart from untrained, and claims nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mit.assignment import Assignment
from mit.checkin import CheckIn, Kind
from mit.exchange import report_csv
from mit.exchange.report_csv import as_csv
from mit.exchange.report_text import as_text
from mit.history import History, PastAttempt
from mit.library import load_sets
from mit.progress import Outcome
from mit.report import Group, Report, summarise
from mit.session import By, Decision, Ended, Session, SessionEnd, Taps, Trial
from mit.starter import starter

START = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
TODAY = date(2026, 4, 1)
ASSIGNMENT = replace(starter(load_sets()), person="AB12", minutes=20.0)
CLAIMS = ("improv", "recover", "better", "worse", "heal", "cure", "progress", "success", "fail", "wrong", "effective")
"""No word of these: what practice does to a person is not seen here."""

Came = tuple[str, Outcome, By]


def sat(came: Sequence[Came], *, day: int = 0, ended: Ended | None = Ended.DONE, **trial: bool) -> History:
    """A session on one phrase; each step offered once."""
    at = START + timedelta(days=day)
    session = Session(uuid4(), at, "en", "elementary", ("water",))
    trials = tuple(Trial(uuid4(), session.id, at, 0, "water", "elementary", step, **trial) for step, _, _ in came)
    later = at + timedelta(minutes=5)
    decisions = tuple(
        Decision(uuid4(), t.id, later, step, outcome, by, credit=int(outcome is Outcome.YES and not t.probe))
        for t, (step, outcome, by) in zip(trials, came, strict=True)
    )
    ends = (SessionEnd(session.id, at + timedelta(minutes=9), ended, 540.0),) if ended else ()
    return History((session,), ends, trials, decisions)


def joined(*parts: History) -> History:
    return History(*(tuple(f for part in parts for f in getattr(part, name)) for name in History.__slots__))


def whole(by: By = By.HELPER) -> list[Came]:
    return [("E1", Outcome.HEARD, By.NOBODY), *((step, Outcome.YES, by) for step in ("E2", "E3", "E4", "E5"))]


def told(history: History, assignment: Assignment = ASSIGNMENT) -> Report:
    return summarise(history, assignment, local=lambda at: at.astimezone(UTC))


def text(history: History, assignment: Assignment = ASSIGNMENT) -> str:
    return as_text(told(history, assignment), today=TODAY)


def rows(history: History) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(told(history)))))


def test_dose_stands_against_the_prescription() -> None:
    history = joined(sat(whole()), sat(whole(), day=2, ended=Ended.ENOUGH), sat(whole(), day=3, ended=None))
    said = text(history)
    assert "prescribed   20 minutes a day, at most 40" in said
    assert "practised    3 of 4 days, 20 minutes in all" in said
    assert "3: 1 ended by the person, 0 after misses with no known phrase left, 1 interrupted" in said
    assert "about 2 min" in said


def test_a_session_that_ended_on_misses_is_told() -> None:
    history = sat([("E1", Outcome.HEARD, By.NOBODY), ("E2", Outcome.NOT_YET, By.HELPER)])
    whole_plan, rest = text(history), replace(history.sessions[0], planned=("water", "coffee"))
    assert "0 after misses" in whole_plan
    ended_early = replace(history, sessions=(rest,))
    assert "1 after misses with no known phrase left" in text(ended_early)
    assert [row["note"] for row in rows(ended_early) if row["row"] == "session"] == ["misses"]


def test_a_day_ends_at_midnight_where_the_person_lives() -> None:
    east = summarise(sat(whole()), ASSIGNMENT, local=lambda at: at.astimezone(timezone(timedelta(hours=2))))
    assert list(east.days) == [date(2026, 3, 2)]
    assert list(told(sat(whole())).days) == [date(2026, 3, 1)]


def test_each_step_says_what_came_of_it_and_who_decided() -> None:
    first = sat([("E2", Outcome.YES, By.HELPER), ("E3", Outcome.NOT_YET, By.THERAPIST)])
    again = sat(
        [("E2", Outcome.AGAIN, By.PERSON), ("E2", Outcome.HEARD, By.NOBODY), ("E2", Outcome.YES, By.TRAINER)], day=1
    )
    found = {row.step: row for row in told(joined(first, again)).steps}
    e2 = found["E2"]
    assert (e2.offered, e2.alone, e2.heard, e2.again, e2.not_yet) == (4, 2, 1, 1, 0)
    assert dict(e2.by) == {By.HELPER: 1, By.NOBODY: 1, By.TRAINER: 1}
    assert (found["E3"].not_yet, dict(found["E3"].by)) == (1, {By.THERAPIST: 1})


def test_a_backup_is_told_apart_from_unaided_success() -> None:
    history = sat([("I3", Outcome.NOT_YET, By.HELPER)])
    trial = history.trials[0]
    backup = Decision(uuid4(), trial.id, START, "I2", Outcome.YES, By.HELPER)
    after = Decision(uuid4(), trial.id, START, "I3", Outcome.YES, By.HELPER, backed=True, credit=1)
    (row,) = told(replace(history, decisions=(*history.decisions, backup, after))).steps
    assert (row.offered, row.alone, row.backed, row.not_yet, row.backups) == (2, 0, 1, 1, 1)


def test_probes_and_known_phrases_stand_apart() -> None:
    history = joined(
        sat(whole()), sat([("P", Outcome.YES, By.HELPER)], day=1, probe=True), sat(whole(), day=2, reserve=True)
    )
    found = told(history)
    assert {row.group for row in found.steps} == {Group.PRACTISED, Group.PROBE, Group.KNOWN}
    assert all(row.offered == 1 for row in found.steps)
    assert [sat.figure.maximum for sat in found.sessions] == [4, 0, 0]
    assert "Probes: untrained" in text(history)


def test_the_criterion_is_a_figure_only_where_it_was_decided() -> None:
    lone = joined(*(sat(whole(By.TRAINER), day=k) for k in range(5)))
    assert "mean         not decided" in text(lone)
    assert "%" not in text(lone).split("Sessions")[1], "no figure where nobody decided whose word counts"
    decided = text(joined(*(sat(whole(), day=k) for k in range(5))))
    assert "mean         100 % (asked: 90 % over 5 sessions; counted: decisions of therapist, helper)" in decided
    assert "The therapist decides about the level" in decided


def test_shares_are_rounded_down() -> None:
    from mit.exchange.report_text import _percent

    assert [_percent(share) for share in (0.8999, 0.9, 0.29, 1.0)] == ["89 %", "90 %", "29 %", "100 %"]


def test_flags_for_the_desk() -> None:
    missed = [("E1", Outcome.HEARD, By.NOBODY), ("E2", Outcome.NOT_YET, By.HELPER)]
    low = joined(*(sat(missed, day=k) for k in range(5)))
    assert "Flag: 3 sessions in a row lie under 30 %" in text(low)
    assert "Flag: 5 sessions lie within 5 points of each other" in text(low)
    assert [row["note"] for row in rows(low) if row["row"] == "criterion"] == ["stuck low"]


def test_taps_latency_and_what_the_person_said_are_described() -> None:
    history = sat(whole())
    trial = history.trials[3]
    figures = {"level": "elementary", "verdict": "scored", "grade": 3, "score": 0.7, "missing": 0, "audio": None}
    more = {"scoring_version": "2", "ended": "quiet", "trouble": "", "trial": trial.id}
    takes = tuple(PastAttempt(uuid4(), START, "water", latency=x, **figures, **more) for x in (1.0, 2.0, 3.0))
    taps = Taps(uuid4(), trial.id, START, (0.0, 1.0, 2.0))
    said = (
        CheckIn(uuid4(), START, Kind.BEFORE, mood=2),
        CheckIn(uuid4(), START, Kind.AFTER, mood=3, tired=True),
        CheckIn(uuid4(), START, Kind.USED, phrase_id="water"),
    )
    shown = text(replace(history, attempts=takes, taps=(taps,), check_ins=said))
    assert "first sung vowel, practised: 2.0 s (quartiles 1.5 to 2.5, 3 takes)" in shown
    assert "taps: 1.00 s apart, varying by 0% of it" in shown
    assert "tired after practice: 1 of 1 times" in shown
    assert "used in life: water 1" in shown


@pytest.mark.parametrize("apart", ["probe", "reserve"])
def test_taps_of_probes_and_known_phrases_are_in_no_figure(apart: str) -> None:
    others = sat([("P", Outcome.YES, By.HELPER)], **{apart: True})
    history = joined(sat(whole()), others)
    taps = tuple(
        Taps(uuid4(), trial.id, START, times)
        for trial, times in ((history.trials[3], (0.0, 1.0, 2.0)), (others.trials[0], (0.0, 9.0, 10.0)))
    )
    assert told(replace(history, taps=taps)).taps == ((1.0, 0.0),)


def test_it_claims_nothing() -> None:
    history = joined(*(sat(whole(), day=k) for k in range(6)), sat([("P", Outcome.YES, By.HELPER)], probe=True))
    for shown in (text(history), text(History()), as_csv(told(history))):
        assert not [word for word in CLAIMS if word in shown.casefold()]
    assert "no test and no diagnosis" in text(history)


def test_nothing_practised_is_a_report_too() -> None:
    assert "practised    0 of 0 days" in text(History())
    assert [row["row"] for row in rows(History())] == ["criterion"]


def test_the_table_has_a_row_a_decision_and_rows_that_sum_up() -> None:
    history = joined(sat(whole()), sat([("P", Outcome.YES, By.PERSON)], day=1, probe=True, ended=None))
    found = rows(history)
    assert [row["row"] for row in found] == ["decision"] * 6 + ["session"] * 2 + ["day"] * 2 + ["criterion"]
    assert {row["person"] for row in found} == {"AB12"}
    assert (found[5]["group"], found[5]["by"], found[5]["points"]) == ("probe", "person", "0")
    sessions = [row for row in found if row["row"] == "session"]
    assert [(row["share"], row["ended"]) for row in sessions] == [("1", "done"), ("", "interrupted")]
    documented = report_csv.__doc__ or ""
    assert all(f"\n{row}" in documented for row in {row["row"] for row in found})


@given(st.sampled_from(["=", "+", "-", "@", "\t=", "\r"]), st.text(max_size=10))
def test_no_text_is_run_by_a_spreadsheet(sign: str, rest: str) -> None:
    hostile = replace(ASSIGNMENT, person=sign + rest)
    history = sat([("E2", Outcome.YES, By.HELPER)])
    trial = replace(history.trials[0], phrase=f'{sign}cmd|"x"!A1{rest}')
    found = summarise(replace(history, trials=(trial,)), hostile, local=lambda at: at)
    for row in csv.reader(io.StringIO(as_csv(found), newline="")):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("value", [-1.5, -3])
def test_numbers_stay_numbers(value: float) -> None:
    assert float(report_csv._cell(value)) == value
