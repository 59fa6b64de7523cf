"""Where an item stands, and where each outcome leads: pure and total, so that every outcome can be asked beforehand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from mit.protocol import PROTOCOL, Level, Protocol, Step


class Outcome(StrEnum):
    """What came of offering a step."""

    YES = "yes"
    NOT_YET = "not_yet"
    HEARD = "heard"  # nobody decided, or it was not sure: go on, without a point and without blame
    AGAIN = "again"  # the same once more


class Finish(StrEnum):
    """How an item ended."""

    DONE = "done"  # through all its steps
    SET_ASIDE = "set_aside"  # a step was missed and had no backup left


@dataclass(frozen=True, slots=True)
class Position:
    """A step that is being offered.

    returns_to: the step that was missed, while its backup is offered; backed: the step had its backup and is offered
    for the last time; offered: how often in a row, from 1.
    """

    step: str
    returns_to: str | None = None
    backed: bool = False
    offered: int = 1


@dataclass(frozen=True, slots=True)
class Move:
    """Where an outcome leads: the next position or, where the item is over, how it ended; and the points earned."""

    position: Position | None
    finish: Finish | None = None
    credit: int = 0


def first(level: Level) -> Position:
    """Where an item of this level begins."""
    return Position(level.steps[0].id)


def may_repeat(position: Position, protocol: Protocol = PROTOCOL) -> bool:
    """Whether the step may be offered once more in a row."""
    return protocol.step(position.step).repeats and position.offered < protocol.most_offers


def advance(position: Position, outcome: Outcome, level: Level, protocol: Protocol = PROTOCOL) -> Move:
    """Where the outcome of a step leads.

    A miss leads to the step's backup, then back to it for fewer points, then out of the item; without a backup it ends
    the item (Helm-Estabrooks et al. 1989, Norton et al. 2009; routes as in the protocol's table). A miss of the backup
    itself ends the item too: the table has one way back, and repeated correction rarely helps (Sparks & Holland 1976).
    A step that earns nothing cannot be missed. AGAIN beyond the limit counts as HEARD.
    """
    step = protocol.step(position.step)
    if outcome is Outcome.AGAIN and may_repeat(position, protocol):
        return Move(replace(position, offered=position.offered + 1))
    if outcome is Outcome.NOT_YET and step.scored:
        return _missed(position, step)
    if position.returns_to is not None:
        return Move(Position(position.returns_to, backed=True))
    credit = 0
    if outcome is Outcome.YES:
        credit = step.credit_with_backup if position.backed else step.credit
    return replace(_following(position, level), credit=credit)


def _missed(position: Position, step: Step) -> Move:
    if step.backup is None or position.backed or position.returns_to is not None:
        return Move(None, Finish.SET_ASIDE)
    return Move(Position(step.backup, returns_to=step.id))


def _following(position: Position, level: Level) -> Move:
    ids = [step.id for step in level.steps]
    if position.step not in ids or position.step == ids[-1]:
        return Move(None, Finish.DONE)
    return Move(Position(ids[ids.index(position.step) + 1]))
