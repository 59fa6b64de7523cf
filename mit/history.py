"""What was practised, as it is read back: for the plan of a session, the criterion and the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from mit.checkin import CheckIn
from mit.session import Decision, Session, SessionEnd, Sitting, Taps, Trial


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


def seconds_on(history: History, day: date) -> float:
    """Seconds of practice in the sessions that ended on a day (UTC)."""
    return sum(end.seconds for end in history.ends if end.at.date() == day)
