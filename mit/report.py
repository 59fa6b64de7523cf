"""What a therapist is told of practice: what was done and who decided. It describes; it claims nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from statistics import fmean, median, pstdev, quantiles

from mit.assignment import Assignment
from mit.criterion import Criterion, Figure, criterion, figure
from mit.history import History, Local, seconds_of
from mit.progress import Outcome
from mit.session import By, Decision, Ended, Sitting, Trial

LEAST_TAPS = 3
"""Taps of one offer from which their regularity is told: two give one interval."""


class Group:
    """What is kept apart in every figure."""

    PRACTISED, PROBE, KNOWN = "practised", "probe", "known"


@dataclass(frozen=True, slots=True)
class Sat:
    """One session. at: local; minutes: practised, about, where it was interrupted; ended: None there."""

    at: datetime
    sitting: Sitting
    minutes: float
    ended: Ended | None
    figure: Figure

    @property
    def on_misses(self) -> bool:
        """Whether it ran its course before all that was planned: misses in a row, and no known phrase left."""
        begun = {trial.phrase for trial in self.sitting.trials}
        return self.ended is Ended.DONE and not begun.issuperset(self.sitting.session.planned)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of one phrase over all sessions: how often offered, and what came of it.

    alone, backed: succeeded without help, and after the backup; backups: how often the backup was offered; by: who
    decided, how often.
    """

    group: str
    level: str
    phrase: str
    step: str
    offered: int
    alone: int
    backed: int
    not_yet: int
    heard: int
    again: int
    backups: int
    by: Mapping[By, int]


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and quartiles of so many values."""

    count: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Report:
    """All that is told. days: minutes practised by local day; span: days from the first session to the last; latency:
    seconds to the first sung vowel, by group; taps: seconds between taps by offer of a practised phrase, as their mean
    and how much they vary (CV); review: decisions that a therapist may want to hear."""

    assignment: Assignment
    sessions: tuple[Sat, ...]
    days: Mapping[date, float]
    span: int
    criterion: Criterion
    steps: tuple[StepRow, ...]
    latency: Mapping[str, Spread]
    taps: tuple[tuple[float, float], ...]
    review: tuple[tuple[Trial, Decision], ...]
    free_attempts: int
    history: History


def summarise(history: History, assignment: Assignment, *, local: Local) -> Report:
    """The report of a history. The assignment says what was prescribed and whose word counts."""
    sittings = history.sittings()
    seconds = seconds_of(history)
    sessions = tuple(_sat(sitting, assignment, local, seconds[sitting.session.id]) for sitting in sittings)
    days: dict[date, float] = {}
    for sat in sessions:
        days[sat.at.date()] = days.get(sat.at.date(), 0.0) + sat.minutes
    return Report(
        assignment=assignment,
        sessions=sessions,
        days=days,
        span=(max(days) - min(days)).days + 1 if days else 0,
        criterion=criterion(sittings, assignment),
        steps=_step_rows(sittings),
        latency=_latencies(history),
        taps=_beats(history),
        review=_for_review(sittings),
        free_attempts=sum(attempt.trial is None for attempt in history.attempts),
        history=history,
    )


def group_of(trial: Trial) -> str:
    """What a trial is counted with."""
    return Group.PROBE if trial.probe else Group.KNOWN if trial.reserve else Group.PRACTISED


def decided_by(steps: Iterable[StepRow], group: str) -> Counter[By]:
    """Who decided, how often, in a group."""
    return sum((Counter(row.by) for row in steps if row.group == group), Counter())


def _sat(sitting: Sitting, assignment: Assignment, local: Local, seconds: float) -> Sat:
    ended = sitting.end.ended if sitting.end else None
    return Sat(local(sitting.session.at), sitting, seconds / 60, ended, figure(sitting, assignment))


def _step_rows(sittings: Iterable[Sitting]) -> tuple[StepRow, ...]:
    found: dict[tuple[str, str, str, str], list[tuple[Trial, Decision]]] = {}
    for sitting in sittings:
        trials = {trial.id: trial for trial in sitting.trials}
        for decision in sitting.decisions:
            trial = trials[decision.trial]
            key = (group_of(trial), trial.level, trial.phrase, trial.step)
            found.setdefault(key, []).append((trial, decision))
    return tuple(_step_row(key, each) for key, each in sorted(found.items()))


def _step_row(key: tuple[str, str, str, str], found: list[tuple[Trial, Decision]]) -> StepRow:
    own = [decision for trial, decision in found if decision.step == trial.step]
    came = Counter(decision.outcome for decision in own)
    backed = sum(decision.backed and decision.outcome is Outcome.YES for decision in own)
    return StepRow(
        *key,
        offered=len(own),
        alone=came[Outcome.YES] - backed,
        backed=backed,
        not_yet=came[Outcome.NOT_YET],
        heard=came[Outcome.HEARD],
        again=came[Outcome.AGAIN],
        backups=len(found) - len(own),
        by=Counter(decision.by for decision in own if decision.outcome is not Outcome.AGAIN),
    )


def _latencies(history: History) -> dict[str, Spread]:
    groups = {trial.id: group_of(trial) for trial in history.trials}
    found: dict[str, list[float]] = {}
    for attempt in history.attempts:
        if attempt.trial in groups and attempt.latency is not None:
            found.setdefault(groups[attempt.trial], []).append(attempt.latency)
    return {group: _spread(values) for group, values in found.items()}


def _beats(history: History) -> tuple[tuple[float, float], ...]:
    """Of practised phrases alone: a probe asks for no taps."""
    practised = {trial.id for trial in history.trials if group_of(trial) == Group.PRACTISED}
    return tuple(found for taps in history.taps if taps.trial in practised and (found := _beat(taps.times)))


def _spread(values: list[float]) -> Spread:
    low, _, high = quantiles(values, method="inclusive") if len(values) > 1 else values * 3
    return Spread(len(values), low, median(values), high)


def _beat(times: tuple[float, ...]) -> tuple[float, float] | None:
    gaps = [later - earlier for earlier, later in pairwise(times)]
    if len(times) < LEAST_TAPS or (mean := fmean(gaps)) <= 0:
        return None
    return mean, pstdev(gaps) / mean


def _for_review(sittings: Iterable[Sitting]) -> tuple[tuple[Trial, Decision], ...]:
    trials = {trial.id: trial for sitting in sittings for trial in sitting.trials}
    return tuple((trials[d.trial], d) for sitting in sittings for d in sitting.decisions if d.review)
