"""The bench itself: what it sings is what it says it sings, and its figures are held to their aims."""

from __future__ import annotations

import numpy as np
import pytest

from tests import faults
from tests.bench.figures import Figure, Part, as_table, split
from tests.bench.takes import FAULTS, PHRASES, Ask, asks, low_note, melody_of, sung_take
from tests.voices import follow

PLAN = follow(melody_of(PHRASES[4]).notes)


@pytest.mark.parametrize(
    ("aim", "value", "holds"),
    [
        (">= 0.9", 0.9, True),
        (">= 0.9", np.nan, None),
        ("<= -0.9", -0.85, False),
        ("< 15", 15.0, False),
        ("<= 0", 0.0, True),
        ("", 1.0, None),
    ],
)
def test_a_figure_is_held_to_its_aim(aim: str, value: float, holds: bool | None) -> None:
    assert Figure("", value, aim).holds is holds


def test_what_does_not_hold_is_said_in_the_table() -> None:
    figure = split("low", ">= 2", lambda c: float(np.mean(c)), {"one": [1.0], "none": []})
    assert list(as_table(Part("Parts", "", [figure])))[-2] == "| low | 1.000 | >= 2 | **no** | 1.000 | - |"


def test_a_figure_of_no_take_is_neither_good_nor_bad() -> None:
    none = split("off", "<= 0.1", lambda c: float(np.mean(c)), {"one": []})
    assert list(as_table(Part("Parts", "", [none])))[-2] == "| off | - | <= 0.1 | none to judge | - |"


def test_another_draw_is_sung_by_the_same_voices_in_the_same_keys() -> None:
    first, second = list(asks()), list(asks(draw=2))
    assert [a._replace(seed=0) for a in first] == [a._replace(seed=0) for a in second]
    assert [low_note(a) for a in first] == pytest.approx([low_note(a) for a in second])
    assert not {a.seed for a in first} & {a.seed for a in second}


def test_nothing_is_the_matter_with_a_patient_of_no_severity() -> None:
    assert faults.patient(PLAN, 0.0, seed=3) == PLAN


def test_some_syllables_are_left_out_and_one_stays() -> None:
    assert [len(faults.drop_some(PLAN, n, seed=1)) for n in (0, 1, 3, 9)] == [5, 4, 2, 1]


@pytest.mark.parametrize(
    ("fault", "changed"),
    [("clean", (0, 0)), ("missing first", (1, 0)), ("false start twice", (0, 2)), ("added", (0, 1))],
)
def test_the_truth_of_a_take_is_known(fault: str, changed: tuple[int, int]) -> None:
    take = sung_take(Ask(3, "formant", "alto", fault))
    assert take.changed == changed
    assert len(take.after_hiss) == len(take.plan)
    inside = [np.searchsorted(take.sung.times, n.onset + 0.15) for n in take.plan]
    assert (take.sung.voiced[inside] == 1).all()
    heard = 69 + 12 * np.log2(take.sung.f0[inside] / 440)
    assert heard == pytest.approx([n.pitch for n in take.plan], abs=0.3)


def test_voices_lie_between_80_and_350_hz_and_every_fault_is_sung() -> None:
    asked = list(asks())
    lows = [440 * 2 ** ((low_note(a) - 69) / 12) for a in asked]
    assert 79 < min(lows) < 84  # where only two families can sing, not every key is sung
    assert max(lows) * 2 ** (3 / 12) == pytest.approx(350, abs=2)
    assert {a.fault for a in asked} == set(FAULTS)
