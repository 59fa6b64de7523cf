"""A take judged again: kept beside the attempt, whose own figures stay as they were shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from mit.align import Alignment
from mit.score import Verdict


class Source(StrEnum):
    """What was judged again."""

    AUDIO = "audio"
    CONTOUR = "contour"  # no audio was kept, or it is gone


@dataclass(frozen=True, slots=True)
class Rescore:
    """What a later version makes of an attempt; the figures are those of `Score`."""

    id: UUID
    at: datetime
    attempt: UUID
    source: Source
    scoring_version: str
    app_version: str
    verdict: Verdict
    grade: int | None
    certainty: float | None
    score: float | None
    parts: dict[str, float | None]
    missing: int
    added: int
    transposition: float | None
    tempo_ratio: float | None
    latency: float | None
    alignment: Alignment
