"""What can be due in a session: a step to offer, a pause, a rest, listening, the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mit.phrase import Phrase
from mit.progress import Position
from mit.protocol import PROBES, Level, Protocol, Step
from mit.session import Ended


@dataclass(frozen=True, slots=True)
class Now:
    """The moment, as it is passed in. at: UTC, for what is kept; clock: seconds of a clock that never goes back."""

    at: datetime
    clock: float


@dataclass(frozen=True, slots=True)
class Item:
    """A phrase in a session. probe: untrained, never taught; reserve: known, given for success."""

    phrase: Phrase
    probe: bool = False
    reserve: bool = False

    def route(self, level: Level, protocol: Protocol) -> Level:
        """The steps this item is taken through in a session of this level."""
        return PROBES if self.probe else protocol.easy() if self.reserve else level


@dataclass(frozen=True, slots=True)
class Offer:
    """A step of an item, to be played, sung and decided.

    number: of the item, from 0; step: the row as it is for this person, which is the trial's step or its backup;
    trial: what attempts, taps and decisions belong to; may_repeat: whether it may be offered once more in a row.
    """

    number: int
    item: Item
    position: Position
    step: Step
    trial: UUID
    may_repeat: bool

    @property
    def phrase(self) -> Phrase:
        return self.item.phrase


@dataclass(frozen=True, slots=True)
class Pause:
    """Calm between two items until `until` on the clock; after it the next one comes when the person wants it."""

    until: float


@dataclass(frozen=True, slots=True)
class Rest:
    """A rest is offered. until: as in a pause, for who wants none."""

    until: float


@dataclass(frozen=True, slots=True)
class Listening:
    """The session ends with listening to this phrase and thanks: no known phrase is left to end on."""

    phrase: Phrase


@dataclass(frozen=True, slots=True)
class End:
    """The session is over, and praised, however it ended."""

    ended: Ended


Due = Offer | Pause | Rest | Listening | End
