"""One function composes the judging of a take; app, command line and tests all call it."""

from __future__ import annotations

from dataclasses import dataclass

from mit.align import Alignment
from mit.contour import Contour
from mit.feedback import Feedback
from mit.score import Score


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """All that was made of a take."""

    contour: Contour
    alignment: Alignment
    score: Score
    feedback: Feedback
