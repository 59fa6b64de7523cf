"""A take judged again: kept beside the attempt, whose own figures stay as they were shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from mit.align import Alignment
from mit.melody import Melody
from mit.score import Figures, figures

if TYPE_CHECKING:
    from mit.calibration import Calibration
    from mit.contour import Contour


class Source(StrEnum):
    """What was judged again."""

    AUDIO = "audio"
    CONTOUR = "contour"  # no audio was kept, or it is gone


@dataclass(frozen=True, slots=True)
class Rescore(Figures):
    """What a later version makes of an attempt."""

    id: UUID
    at: datetime
    attempt: UUID
    source: Source
    app_version: str
    alignment: Alignment


def judge_again(
    attempt: UUID, melody: Melody, contour: Contour, calibration: Calibration, *, source: Source, at: datetime
) -> Rescore:
    """What this version makes of a take. The id follows from attempt, version and source, so that it is kept once."""
    import mit
    from mit.practice import judge  # late: with it come the numerical libraries

    made = judge(contour, melody, calibration)
    return Rescore(
        **figures(made.score),
        id=uuid5(attempt, f"{made.score.version} {source}"),
        at=at,
        attempt=attempt,
        source=source,
        app_version=mit.__version__,
        alignment=made.alignment,
    )
