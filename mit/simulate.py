"""Whole sessions of a pretend person, as facts: everything happens as in practice, only nobody waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_OID, UUID

from mit.assignment import Assignment
from mit.criterion import Criterion, criterion
from mit.device.helper import Helper
from mit.device.sitter import Hear, Kept, Sitter, drawn
from mit.melody import MINOR_THIRD
from mit.schedule import days_of, mastered
from mit.session import Decision, Session, SessionEnd, Sitting, Trial

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""The first session of everybody; the next one a day later."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """A session that nobody practised: what was kept of it, and where the person stands after it."""

    sitting: Sitting
    facts: tuple[Kept, ...]
    assignment: Assignment
    criterion: Criterion


def simulate(
    name: str,
    assignments: Sequence[Assignment],
    *,
    sessions: int,
    seed: int = 0,
    helper: Helper | None = None,
    hear: Hear = drawn,
    interval: float = MINOR_THIRD,
    root: UUID = NAMESPACE_OID,
) -> Iterator[Simulated]:
    """The sessions of the profile of this name, one a day. The same arguments give the same facts.

    assignments: one for each level, in order; a scripted therapist goes to the next one whenever it is suggested.
    helper: None, where the trainer's suggestion is all there is. interval: semitones of the melodies. root: of all ids:
    those who keep the facts give one of their own to each run, since another version may sing otherwise.
    """
    levels = list(assignments)
    history: list[Sitting] = []
    for number in range(sessions):
        sitter = Sitter(
            name, levels[0], seed=seed, session=number, helper=helper, hear=hear, interval=interval, root=root
        )
        facts = sitter.sit(history, START + timedelta(days=number))
        history.append(_sitting(facts))
        standing = criterion(history, levels[0])
        yield Simulated(history[-1], facts, levels[0], standing)
        if standing.advance and len(levels) > 1:
            known = mastered(levels[0].phrases, days_of(history, levels[0].protocol))
            levels = [replace(levels[1], reserve=known), *levels[2:]]


def _sitting(facts: Sequence[Kept]) -> Sitting:
    session = next(fact for fact in facts if isinstance(fact, Session))
    trials = tuple(fact for fact in facts if isinstance(fact, Trial))
    decisions = tuple(fact for fact in facts if isinstance(fact, Decision))
    return Sitting(session, trials, decisions, next(fact for fact in facts if isinstance(fact, SessionEnd)))
