"""The figures of sessions, when the next level is suggested, and what is flagged for the therapist.

Nothing here changes a level: only the therapist does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from mit.assignment import Assignment
from mit.items import Practised, items_of
from mit.progress import Finish
from mit.protocol import Level
from mit.session import By, Ended, Sitting

ROUNDING = 1e-9
"""What a mean of shares may lose in the computer's last digits."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a session was worth.

    points, maximum: by whoever decided; counted, counted_maximum: of what was decided by those whose word counts;
    decided: how many of the scored steps offered these decided; offered: how many there were; own: whether the
    person's own word is among them; share: counted points over their maximum, 0 to 1, None: not decided.
    """

    points: int = 0
    maximum: int = 0
    counted: int = 0
    counted_maximum: int = 0
    decided: int = 0
    offered: int = 0
    own: bool = False
    share: float | None = None


def figure(sitting: Sitting, assignment: Assignment) -> Figure:
    """The figure of a session. The assignment says whose word counts, and holds the table.

    Unreached steps of an item that was set aside earn nothing (Helm-Estabrooks et al. 1989, to be checked). Items that
    were broken off, probes and known phrases given for success are left out. Steps that nobody decided whose word
    counts are out of the share; where they are too many there is none, as where the session was cut short after a few
    phrases: five of one phrase each are no five sessions.
    """
    protocol = assignment.protocol
    level = protocol.level(sitting.session.level)
    items = [i for i in items_of(sitting, protocol) if i.trained and i.finish is not None]
    rows = [_row(item, level, assignment.counting) for item in items]
    sums = [sum(column) for column in zip(*rows, strict=True)] or [0] * 5
    points, counted, counted_maximum, decided, offered = sums
    enough = offered > 0 and decided >= protocol.least_decided * offered and counted_maximum > 0
    enough = enough and not _cut_short(sitting, assignment, len(items))
    return Figure(
        points=points,
        maximum=level.maximum * len(items),
        counted=counted,
        counted_maximum=counted_maximum,
        decided=decided,
        offered=offered,
        own=By.PERSON in assignment.counting and any(d.by is By.PERSON for i in items for d in i.decisions),
        share=counted / counted_maximum if enough else None,
    )


def _cut_short(sitting: Sitting, assignment: Assignment, items: int) -> bool:
    """Whether it ended before its course did, after too few phrases; of a short plan all are enough."""
    probes = {phrase.id for phrase in assignment.probes}
    planned = sum(phrase not in probes for phrase in sitting.session.planned)
    ran_through = sitting.end is not None and sitting.end.ended is Ended.DONE
    return not ran_through and items < min(assignment.protocol.least_items, planned)


def _row(item: Practised, level: Level, counting: Sequence[By]) -> tuple[int, int, int, int, int]:
    """Of one item: points, counted points and their maximum, scored steps decided and offered."""
    credits = {step.id: step.credit for step in level.steps if step.scored}
    said = {trial.step: item.verdict(trial) for trial in item.trials if trial.step in credits}
    settled = {step: d for step, d in said.items() if d is not None and d.by in counting}
    points = sum(d.credit for d in said.values() if d)
    counted = sum(d.credit for d in settled.values())
    # Steps not reached count where somebody whose word counts ended the item.
    ended = item.finish is Finish.DONE or item.decisions[-1].by in counting
    open_steps = said.keys() - settled.keys() if ended else credits.keys() - settled.keys()
    maximum = sum(credits.values()) - sum(credits[step] for step in open_steps)
    return points, counted, maximum, len(settled), len(said)


@dataclass(frozen=True, slots=True)
class Criterion:
    """What the last sessions of a level say. shares: of the sessions that were decided, the oldest first, at most as
    many as the criterion asks; mean: of them, None with fewer; advance: the criterion is met, and the next level, where
    there is one, is suggested; stuck, low: flags
    for the therapist."""

    shares: tuple[float, ...] = ()
    mean: float | None = None
    advance: bool = False
    stuck: bool = False
    low: bool = False


def criterion(history: Sequence[Sitting], assignment: Assignment) -> Criterion:
    """Where a person stands at the assignment's level, from all sittings, the oldest first.

    Sessions that were not decided lie between without breaking the row. Stuck: so many sessions lie within so few
    points of each other, and the criterion is not met; low: each of so many lies under the share of the protocol.
    """
    protocol = assignment.protocol
    figures = (figure(s, assignment) for s in history if s.session.level == assignment.level)
    shares = tuple(f.share for f in figures if f.share is not None)
    last = shares[-protocol.advance_sessions :]
    mean = fmean(last) if len(last) == protocol.advance_sessions else None
    advance = mean is not None and mean >= protocol.advance_share - ROUNDING
    still, low = shares[-protocol.stuck_sessions :], shares[-protocol.low_sessions :]
    return Criterion(
        last,
        mean,
        advance,
        stuck=not advance
        and len(still) == protocol.stuck_sessions
        and 100 * (max(still) - min(still)) < protocol.stuck_points,
        low=len(low) == protocol.low_sessions and max(low) < protocol.low_share,
    )
