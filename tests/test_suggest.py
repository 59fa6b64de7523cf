"""The trainer's suggestion: what may be judged, and from where it says yes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mit.device.drawn import draw
from mit.device.performance import act
from mit.device.skill import SKILLS
from mit.melody import intone
from mit.phrase import spell
from mit.practice import judge
from mit.progress import Outcome
from mit.protocol import Judged
from mit.score import Score, Verdict
from mit.suggest import suggest

MELODY = intone(spell("I want some wa-ter please", "LLLHLH"))
SURE = replace(SKILLS["mild"], pause=0.0)


def score(**faults: float) -> Score:
    return judge(draw(act(MELODY, replace(SURE, **faults), 3).notes, 3), MELODY).score


WELL, TURNED, SILENT = score(), score(wrong=1.0), score(missing=1.0)


@pytest.mark.parametrize(
    ("sung", "judged", "said"),
    [
        (WELL, Judged.MELODY, Outcome.YES),
        (WELL, Judged.RHYTHM, Outcome.YES),
        (WELL, Judged.SYLLABLES, Outcome.YES),
        (WELL, Judged.NOTHING, None),
        (TURNED, Judged.MELODY, Outcome.NOT_YET),
        (TURNED, Judged.RHYTHM, Outcome.YES),
        (TURNED, Judged.SYLLABLES, Outcome.YES),
        (SILENT, Judged.MELODY, None),
        (SILENT, Judged.SYLLABLES, None),
        (Score(Verdict.UNSURE), Judged.MELODY, None),
    ],
)
def test_suggestion(sung: Score, judged: Judged, said: Outcome | None) -> None:
    assert suggest(sung, judged) is said


@pytest.mark.parametrize(("missing", "said"), [(1, Outcome.YES), (2, Outcome.NOT_YET)])
def test_four_of_five_syllables_are_enough(missing: int, said: Outcome) -> None:
    assert len(MELODY.notes) == 6
    assert suggest(replace(WELL, missing=missing), Judged.SYLLABLES) is said


@pytest.mark.parametrize(("contour", "said"), [(0.67, Outcome.YES), (0.66, Outcome.NOT_YET), (None, Outcome.YES)])
def test_two_of_three_steps_are_enough(contour: float | None, said: Outcome) -> None:
    assert suggest(replace(WELL, parts={**WELL.parts, "contour": contour}), Judged.MELODY) is said
