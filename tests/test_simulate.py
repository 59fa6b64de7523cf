"""Pretend people practise whole sessions; what they do is what their profile says, and all of it can be repeated."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import islice, pairwise

import pytest
from typer.testing import CliRunner

from mit.assignment import Assignment
from mit.cli import commands
from mit.device.helper import Helper
from mit.device.profile import PROFILES
from mit.device.sitter import drawn
from mit.home import find_home
from mit.items import items_of
from mit.phrase import LEVELS
from mit.protocol import PROTOCOL, Switches
from mit.score import Verdict
from mit.session import Attempt, By, Ended, Sitting, Taps
from mit.simulate import Simulated, simulate
from mit.simulate_command import ProfileName
from mit.simulate_command import assignments as simulated_assignments
from mit.store import Store
from mit.taps import regularity
from tests.bench import patients


def assignments(**more: object) -> tuple[Assignment, ...]:
    return tuple(replace(given, **more) for given in simulated_assignments())


def run(name: str, sessions: int, *, seed: int = 1, helper: Helper | None = None, **more: object) -> list[Simulated]:
    return list(simulate(name, assignments(**more), sessions=sessions, seed=seed, helper=helper))


def pauses(sitting: Sitting) -> list[float]:
    return [(b.trials[0].at - a.decisions[-1].at).total_seconds() for a, b in pairwise(items_of(sitting))]


def test_mild_with_a_helper_reaches_the_criterion_and_goes_on_a_level() -> None:
    sessions = simulate("mild", assignments(), sessions=30, seed=1, helper=Helper())
    suggested = next(done for done in sessions if done.criterion.advance)
    assert suggested.sitting.session.level == "elementary"
    assert suggested.criterion.mean >= 0.9
    assert next(sessions).sitting.session.level == "intermediate"


def test_severe_stays_where_it_is() -> None:
    done = run("severe", 8, helper=Helper())
    assert {one.sitting.session.level for one in done} == {"elementary"}
    assert not any(one.criterion.advance for one in done)
    assert max(done[-1].criterion.shares) < 0.6


def test_without_a_helper_nothing_is_decided() -> None:
    done = run("mild", 5)
    assert done[-1].criterion.shares == ()
    said = {d.by for one in done for d in one.sitting.decisions}
    assert said == {By.NOBODY, By.TRAINER, By.PERSON}
    assert all(d.suggestion is None or d.suggestion == d.outcome for one in done for d in one.sitting.decisions)


def test_perseverating_gets_the_pauses_and_is_helped_by_them() -> None:
    def stuck(pause: float) -> tuple[int, list[float]]:
        done = run("perseverating", 2, helper=Helper(), protocol=replace(PROTOCOL, pause=pause))
        waited = [seconds for one in done for seconds in pauses(one.sitting)]
        return sum((d.step, d.outcome) == ("E2", "not_yet") for one in done for d in one.sitting.decisions), waited

    with_pauses, waited = stuck(PROTOCOL.pause)
    hurried, short = stuck(1.0)
    assert min(waited) >= 10.0
    assert min(short) < 10.0
    assert with_pauses < hurried / 2


def test_tiring_stops_early_and_is_thanked_and_comes_again() -> None:
    done = run("tiring", 3, seed=2, helper=Helper())
    assert {one.sitting.end.ended for one in done} == {Ended.ENOUGH}
    assert all(one.sitting.end.seconds < 60 * 12 for one in done)
    assert all(len(items_of(one.sitting)) < len(one.sitting.session.planned) for one in done)


def test_apraxic_begins_late_and_begins_again() -> None:
    latencies, starts = [], 0

    def hear(performance, skill, melody, seed):
        nonlocal starts
        starts += len(performance.notes) - sum(note is not None for note in performance.sung)
        latencies.append(performance.notes[0].onset if performance.notes else 0.0)
        return drawn(performance, skill, melody, seed)

    list(simulate("apraxic", assignments(), sessions=1, seed=1, hear=hear))
    assert sorted(latencies)[len(latencies) // 2] > 2.5
    assert starts > len(latencies) / 4


@pytest.mark.parametrize("name", PROFILES)
def test_the_same_seed_gives_the_same_facts(name: str) -> None:
    once, again, other = (run(name, 1, seed=seed, helper=Helper())[0] for seed in (4, 4, 5))
    assert once.sitting == again.sitting != other.sitting
    assert [fact.id for fact in once.facts[:-1]] == [fact.id for fact in again.facts[:-1]]
    assert once.sitting.session.simulated


def test_the_hand_beats_where_the_step_asks_for_it() -> None:
    """Once a syllable, the same for the same seed, and the singing is the same without it."""
    with_taps, again, without = (
        run("moderate", 1, helper=Helper(), switches=Switches(tapping=on))[0] for on in (True, True, False)
    )
    taps, same, none = ([f for f in one.facts if isinstance(f, Taps)] for one in (with_taps, again, without))
    assert taps == same
    assert none == []
    assert with_taps.sitting == without.sitting
    steps = {trial.id: trial.step for trial in with_taps.sitting.trials}
    assert {steps[found.trial] for found in taps} == {"E2", "E3", "E4"}
    takes = {fact.id: fact for fact in with_taps.facts if isinstance(fact, Attempt)}
    assert all((found.attempt in takes) == (steps[found.trial] == "E4") for found in taps)
    counts = [len(found.times) / len(takes[found.attempt].melody.notes) for found in taps if found.attempt]
    assert 0.7 < sum(counts) / len(counts) <= 1.0
    assert any(regularity(found.times) for found in taps)


def test_a_helper_who_slips_says_the_other_thing() -> None:
    sure, slips = (run("mild", 1, helper=Helper(slips=s))[0].sitting.decisions for s in (0.0, 1.0))
    first = [next(d.outcome for d in decisions if d.by is By.HELPER) for decisions in (sure, slips)]
    assert sorted(first) == ["not_yet", "yes"]


def test_a_helper_may_leave_open_what_was_sung_together() -> None:
    decisions = run("mild", 1, helper=Helper(along=False))[0].sitting.decisions
    assert {d.by for d in decisions if d.step == "E2" and d.outcome != "again"} == {By.NOBODY}
    assert By.HELPER in {d.by for d in decisions}


def test_the_drawn_contour_is_judged_as_the_sound_is() -> None:
    """A few takes; whole sessions are for `python -m tests.bench.patients`."""
    people = zip(("severe", "moderate", "mild"), LEVELS, strict=True)
    takes = [take for name, level in people for take in islice(patients.takes(name, level), 1)]
    assert all(take.near for take in takes)
    assert all(take.sounded.verdict is Verdict.SCORED for take in takes)


def test_the_command_offers_every_profile() -> None:
    assert [name.value for name in ProfileName] == list(PROFILES)


def test_the_command_prints_one_object_a_session_with_every_key(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("MIT_HOME", str(tmp_path))
    command = ["simulate", "--profile", "tiring", "--sessions", "2", "--seed", "3"]
    printed = CliRunner().invoke(commands, [*command, "--json"]).output
    rows = [json.loads(line) for line in printed.splitlines()]
    assert [row["session"] for row in rows] == [1, 2]
    for row in rows:
        assert list(row) == ["session", "level", "items", "points", "maximum", "ended", "minutes"]
        assert row["level"] == "elementary"
        assert row["ended"] == "enough"
        for item in row["items"]:
            assert list(item) == ["phrase", "probe", "steps"]
            assert all(list(s) == ["step", "outcome", "backup", "points", "decided_by"] for s in item["steps"])
        earned = sum(s["points"] for item in row["items"] if not item["probe"] for s in item["steps"])
        assert row["points"] <= earned
    said = CliRunner().invoke(commands, [*command, "--alone"]).output.splitlines()
    assert len(said) == 2
    _kept_apart(Store.open(find_home()))
    assert all("elementary" in line and "not decided" in line and "enough" in line for line in said)


def _kept_apart(store: Store) -> None:
    """Twice two sessions, each with its takes, and nothing that is taken for a person's."""
    kept = store.history(simulated=True)
    assert len(kept.sessions) == len(kept.ends) == 4
    assert len({session.id for session in kept.sessions}) == 4
    assert all(items_of(sitting) for sitting in kept.sittings())
    judged = {decision.trial for decision in kept.decisions if decision.suggestion}
    assert judged <= {attempt.trial for attempt in kept.attempts}
    real = store.history()
    assert [*real.sessions, *real.trials, *real.decisions, *real.attempts] == []
    assert store.last_open_session() is None
