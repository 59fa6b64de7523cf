"""What was practised, as it is read back: for the plan of a session, the criterion and the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from mit.checkin import CheckIn
from mit.session import LONGEST_GAP, Decision, Session, SessionEnd, Sitting, Taps, Trial

Local = Callable[[datetime], datetime]
"""A UTC time as the clock on the wall showed it: a day of practice ends at midnight there."""


@dataclass(frozen=True, slots=True)
class PastAttempt:
    """What is known of an attempt without its melody and contour; the figures are those of `Score`.

    audio: the name of its file in the recordings folder, None without consent.
    """

    id: UUID
    at: datetime
    phrase_id: str
    level: str
    verdict: str
    grade: int | None
    score: float | None
    latency: float | None
    missing: int
    scoring_version: str
    ended: str
    trouble: str
    audio: str | None
    trial: UUID | None


@dataclass(frozen=True, slots=True)
class History:
    """The facts of practice, each kind in order of time; real or simulated, never both.

    attempts: also those of free practice, which belong to no trial.
    """

    sessions: tuple[Session, ...] = ()
    ends: tuple[SessionEnd, ...] = ()
    trials: tuple[Trial, ...] = ()
    decisions: tuple[Decision, ...] = ()
    taps: tuple[Taps, ...] = ()
    attempts: tuple[PastAttempt, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()

    def sittings(self) -> tuple[Sitting, ...]:
        """Each session with what belongs to it."""
        ends = {end.session: end for end in self.ends}
        trials: dict[UUID, list[Trial]] = {session.id: [] for session in self.sessions}
        decisions: dict[UUID, list[Decision]] = {session.id: [] for session in self.sessions}
        owners = {trial.id: trial.session for trial in self.trials if trial.session in trials}
        for trial in self.trials:
            trials.get(trial.session, []).append(trial)
        for decision in self.decisions:
            decisions.get(owners.get(decision.trial, decision.id), []).append(decision)
        return tuple(
            Sitting(session, tuple(trials[session.id]), tuple(decisions[session.id]), ends.get(session.id))
            for session in self.sessions
        )


def seconds_of(history: History) -> dict[UUID, float]:
    """Seconds of practice of each session; of one that was interrupted, up to the last that was kept of it."""
    counted = {end.session: end.seconds for end in history.ends}
    return {id: counted.get(id, _between(times)) for id, times in _times(history).items()}


def seconds_on(history: History, day: date, local: Local, *, besides: UUID | None = None) -> float:
    """Seconds of practice on a day, as the clock on the wall has it. besides: a session that is left out.

    A session counts for the day on which it ended, or broke off.
    """
    ends, seconds = {id: max(times) for id, times in _times(history).items()}, seconds_of(history)
    return sum(seconds[id] for id, at in ends.items() if local(at).date() == day and id != besides)


def _times(history: History) -> dict[UUID, list[datetime]]:
    """When anything was kept of each session."""
    found = {session.id: [session.at] for session in history.sessions}
    owners = {trial.id: trial.session for trial in history.trials}
    kept: list[tuple[UUID | None, datetime]] = [(end.session, end.at) for end in history.ends]
    kept += [(trial.session, trial.at) for trial in history.trials]
    kept += [(owners.get(said.trial), said.at) for said in history.decisions]
    kept += [(owners.get(taps.trial), taps.at) for taps in history.taps]
    kept += [(owners.get(take.trial), take.at) for take in history.attempts if take.trial]
    for id, at in kept:
        if id in found:
            found[id].append(at)
    return found


def _between(times: Iterable[datetime]) -> float:
    """Seconds from first to last, counted as in a session: where nothing happened for long, nobody practised."""
    return sum(min((b - a).total_seconds(), LONGEST_GAP) for a, b in pairwise(sorted(times)))
