"""Facts of practice, as they are kept: append-only, each with its own id and UTC time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from mit.melody import Melody
from mit.phrase import Phrase

if TYPE_CHECKING:
    from mit.audio import Audio
    from mit.practice import Assessment


@dataclass(frozen=True, slots=True)
class Attempt:
    """One recording of one phrase and what was made of it.

    at: UTC, when the take began; ended: why the take ended (`take.Ended`); trouble: what the watchdog saw, or "";
    recorder, player: names of the devices; audio: the take itself, only with consent.
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
