"""The items of a sitting as they went: phrase by phrase, from what was kept."""

from __future__ import annotations

from dataclasses import dataclass

from mit.due import Item
from mit.phrase import Phrase
from mit.progress import Finish, Outcome, advance, first
from mit.protocol import PROTOCOL, Protocol
from mit.session import Decision, Sitting, Trial


@dataclass(frozen=True, slots=True)
class Practised:
    """One phrase of one sitting.

    trials: its steps in order; decisions: what came of each offer, in order; finish: how it ended, None where it was
    broken off.
    """

    phrase: str
    probe: bool
    reserve: bool
    trials: tuple[Trial, ...]
    decisions: tuple[Decision, ...]
    finish: Finish | None

    @property
    def trained(self) -> bool:
        """Whether it counts in the figures of practice: neither a probe nor a known phrase given for success."""
        return not (self.probe or self.reserve)

    @property
    def unaided(self) -> bool:
        """Whether it was gone through without a miss, and its last step was a success."""
        missed = any(decision.outcome is Outcome.NOT_YET for decision in self.decisions)
        return self.finish is Finish.DONE and not missed and self.decisions[-1].outcome is Outcome.YES

    def verdict(self, trial: Trial) -> Decision | None:
        """What was decided last on one of its steps; None where nothing was, or only to do it again."""
        said = [d for d in self.decisions if d.trial == trial.id and d.outcome is not Outcome.AGAIN]
        return said[-1] if said else None


def items_of(sitting: Sitting, protocol: Protocol = PROTOCOL) -> tuple[Practised, ...]:
    """The items of a sitting in order."""
    numbers = sorted({trial.item for trial in sitting.trials})
    return tuple(_item(sitting, number, protocol) for number in numbers)


def _item(sitting: Sitting, number: int, protocol: Protocol) -> Practised:
    trials = tuple(trial for trial in sitting.trials if trial.item == number)
    ids = {trial.id for trial in trials}
    decisions = tuple(decision for decision in sitting.decisions if decision.trial in ids)
    one = trials[0]
    return Practised(one.phrase, one.probe, one.reserve, trials, decisions, _finish(sitting, one, decisions, protocol))


def _finish(sitting: Sitting, one: Trial, decisions: tuple[Decision, ...], protocol: Protocol) -> Finish | None:
    item = Item(Phrase(one.phrase, ()), one.probe, one.reserve)
    route = item.route(protocol.level(sitting.session.level), protocol)
    position = first(route)
    for decision in decisions:
        move = advance(position, decision.outcome, route, protocol)
        if move.position is None:
            return move.finish
        position = move.position
    return None
