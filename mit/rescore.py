"""A take judged again: kept beside the attempt, whose own figures stay as they were shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from mit.align import Alignment
from mit.melody import Melody
from mit.score import Verdict

if TYPE_CHECKING:
    from mit.calibration import Calibration
    from mit.contour import Contour


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


def judge_again(
    attempt: UUID, melody: Melody, contour: Contour, calibration: Calibration, *, source: Source, at: datetime
) -> Rescore:
    """What this version makes of a take. The id follows from attempt, version and source, so that it is kept once."""
    import mit
    from mit.practice import judge  # late: with it come the numerical libraries

    made = judge(contour, melody, calibration)
    score = made.score
    return Rescore(
        id=uuid5(attempt, f"{score.version} {source}"),
        at=at,
        attempt=attempt,
        source=source,
        scoring_version=score.version,
        app_version=mit.__version__,
        verdict=score.verdict,
        grade=score.grade,
        certainty=score.certainty,
        score=score.score,
        parts=dict(score.parts),
        missing=score.missing,
        added=score.added,
        transposition=score.transposition,
        tempo_ratio=score.tempo_ratio,
        latency=score.latency,
        alignment=made.alignment,
    )
