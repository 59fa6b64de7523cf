"""The result of judging."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

SCORING_VERSION = "1"
"""Changes with every change that can move a score; stored with each attempt so that it can be judged again."""


class Verdict(StrEnum):
    """Whether a take can be judged."""

    SCORED = "scored"
    UNSURE = "unsure"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Score:
    """What a take was worth, in named parts.

    grade: 1 to 4; certainty, score and each part: 0 to 1, 1 is best; None is "cannot tell". transposition:
    semitones, sung minus target, octaves not folded; tempo_ratio: sung over target duration; latency: seconds from
    the start of the recording to the first sung vowel.
    """

    verdict: Verdict
    grade: int | None = None
    certainty: float | None = None
    score: float | None = None
    parts: Mapping[str, float | None] = field(default_factory=lambda: MappingProxyType({}))
    missing: int = 0
    added: int = 0
    transposition: float | None = None
    tempo_ratio: float | None = None
    latency: float | None = None
    version: str = SCORING_VERSION
