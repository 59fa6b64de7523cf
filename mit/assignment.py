"""What a therapist prescribes: phrases, level, dose, switches, and who may decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from mit.phrase import Phrase
from mit.protocol import PROTOCOL, Protocol, Switches
from mit.session import By

STARTER_MINUTES, STARTER_MOST = 30.0, 40.0
"""Minutes a day of the starter assignment, and the most: two blocks of 15 to 20 minutes (protocol, design)."""


class Tolerance(StrEnum):
    """How much a take may differ from the model for the same grade."""

    LENIENT = "lenient"
    USUAL = "usual"
    STRICT = "strict"


@dataclass(frozen=True, slots=True)
class Judging:
    """How one person's takes are judged.

    emphasis: factors on the weights of the parts by name, 0 leaves one out; cap_missing, cap_melody: whether a take
    with syllables missing, and one that does not go up and down with the melody, is worth only so much.
    """

    tolerance: Tolerance = Tolerance.USUAL
    emphasis: Mapping[str, float] = field(default_factory=dict, hash=False)
    cap_missing: bool = True
    cap_melody: bool = True


@dataclass(frozen=True, slots=True)
class Assignment:
    """One prescription.

    phrases: to be practised, whole, so that the file needs no other; reserve: mastered ones for a success to end on;
    probes: never taught; minutes, most_minutes: of practice a day; goal: in the therapist's words; review: the day to
    look at it again; deciders: who may decide a step, in order of whose word goes first; counting: whose decisions
    count toward the criterion; protocol: the table with the therapist's overrides.
    """

    id: UUID | None
    made: datetime | None
    person: str
    language: str
    level: str
    phrases: tuple[Phrase, ...]
    reserve: tuple[Phrase, ...] = ()
    probes: tuple[Phrase, ...] = ()
    minutes: float = STARTER_MINUTES
    most_minutes: float = STARTER_MOST
    goal: str = ""
    review: date | None = None
    switches: Switches = field(default_factory=Switches)
    deciders: tuple[By, ...] = (By.THERAPIST, By.HELPER, By.PERSON)
    counting: tuple[By, ...] = (By.THERAPIST, By.HELPER)
    protocol: Protocol = PROTOCOL
    judging: Judging = field(default_factory=Judging)
