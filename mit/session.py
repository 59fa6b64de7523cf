"""Facts of practice, as they are kept: append-only, each with its own id and UTC time.

A session holds trials (one phrase at one step, with its backups), a trial holds attempts (one recording each), taps and
decisions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from mit.melody import Melody
from mit.phrase import Phrase
from mit.progress import Outcome

if TYPE_CHECKING:
    from mit.audio import Audio
    from mit.practice import Assessment


LONGEST_GAP = 120.0
"""Seconds between two things that happen from which on nobody is practising: the telephone rang."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One recording of one phrase and what was made of it.

    at: UTC, when the take began; ended: why the take ended (`take.Ended`); trouble: what the watchdog saw, or "";
    recorder, player: names of the devices; audio: the take itself, only with consent; trial: the trial it belongs to.
    """

    id: UUID
    at: datetime
    phrase: Phrase
    melody: Melody
    assessment: Assessment
    ended: str
    trouble: str = ""
    recorder: str = ""
    player: str = ""
    audio: Audio | None = None
    trial: UUID | None = None


class By(StrEnum):
    """Who decided what came of a step."""

    THERAPIST = "therapist"
    HELPER = "helper"
    PERSON = "person"
    TRAINER = "trainer"  # its suggestion was noted, since nobody else decided
    NOBODY = "nobody"  # practised: nothing to decide, or nothing that can be judged


class Ended(StrEnum):
    """Why a session ended."""

    DONE = "done"  # it ran its course: all items, or up to misses in a row with no known phrase left
    ENOUGH = "enough"  # the person had enough for today
    DOSE = "dose"  # the prescribed maximum of the day is reached


@dataclass(frozen=True, slots=True)
class Session:
    """A sitting, as it is begun. What was prescribed and what decided anything is kept with it.

    level: of therapy; assignment: the one practised, None the starter's; planned: ids of the phrases in order, probes
    among them; reserve: ids of the known phrases that may be given for success, in their order; settings: of the
    person, as JSON; simulated: no person practised, never mixed into real figures.
    """

    id: UUID
    at: datetime
    language: str
    level: str
    planned: tuple[str, ...]
    reserve: tuple[str, ...] = ()
    assignment: UUID | None = None
    protocol_version: str = ""
    scoring_version: str = ""
    settings: str = "{}"
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class SessionEnd:
    """How a session ended; one that has none was interrupted and may be gone on with. seconds: of practice."""

    session: UUID
    at: datetime
    ended: Ended
    seconds: float


@dataclass(frozen=True, slots=True)
class Trial:
    """One phrase at one step. item: its place in the session, from 0; probe: an untrained phrase, apart in every
    figure; reserve: a known phrase that was given for success."""

    id: UUID
    session: UUID
    at: datetime
    item: int
    phrase: str
    level: str
    step: str
    probe: bool = False
    reserve: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What came of one offer within a trial.

    step: the one offered, which is the trial's or its backup; backed: the trial's step, after its backup; offered: how
    often in a row; suggestion: what the trainer would say, None where it cannot; review: not sure, for the therapist to
    hear; credit: points.
    """

    id: UUID
    trial: UUID
    at: datetime
    step: str
    outcome: Outcome
    by: By
    backed: bool = False
    offered: int = 1
    suggestion: Outcome | None = None
    review: bool = False
    credit: int = 0


@dataclass(frozen=True, slots=True)
class Taps:
    """Taps of one offer: seconds from the first beat of what sounded, or from the opening of the microphone.

    attempt: the take they were made in, None where nothing was recorded; heard: knocks that the microphone heard.
    """

    id: UUID
    trial: UUID
    at: datetime
    times: tuple[float, ...]
    attempt: UUID | None = None
    heard: bool = False


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session with what was kept of it, trials and decisions in order of time; end: None where it was interrupted."""

    session: Session
    trials: tuple[Trial, ...] = ()
    decisions: tuple[Decision, ...] = ()
    end: SessionEnd | None = None
