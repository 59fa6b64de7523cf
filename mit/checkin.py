"""What a person says of the day: how it feels before and after practice, and where a phrase was used in life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """When a check-in was made, or what it tells."""

    BEFORE = "before"
    AFTER = "after"
    USED = "used"  # a phrase was used in life


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One answer. mood: 1 to 3, 3 is best; tired: None where it was not asked; phrase_id: the phrase that was used."""

    id: UUID
    at: datetime
    kind: Kind
    mood: int | None = None
    tired: bool | None = None
    phrase_id: str | None = None
