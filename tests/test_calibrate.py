from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from mit.calibrate import Graded, agreement, calibrate, fit_cuts, kappa, left_out_grades
from mit.calibration import PARTS, Calibration, as_text, parse, shipped
from mit.dimensions import DIMENSIONS
from mit.settings import Part, Settings

WEIGHTS = np.array([0.1, 0.2, 0.3, 0.0, 0.2, 0.2])
CUTS = (0.55, 0.7, 0.85)


def experts(count: int = 300, *, noise: float = 0.02) -> Graded:
    """Takes graded by two experts who weigh the parts as WEIGHTS says, with a little disagreement."""
    rng = np.random.default_rng(7)
    parts = rng.beta(3, 1, (count, len(DIMENSIONS)))
    means = parts @ WEIGHTS
    grades = np.stack([1.0 + np.digitize(means + rng.normal(0, noise, count), CUTS) for _ in range(2)], axis=1)
    return Graded(parts, grades, 1.0 + np.digitize(means, CUTS), [f"melody {k % 10}" for k in range(count)])


def test_what_experts_weigh_is_found() -> None:
    found = calibrate(experts())
    assert np.abs(np.array(list(found.weights.values())) - WEIGHTS).max() < 0.1
    assert found.figures["kappa_agreed"] > 0.9
    assert found.cuts[1] == pytest.approx(0.6, abs=1e-3)


def test_the_same_grades_give_the_same_calibration() -> None:
    assert calibrate(experts()) == calibrate(experts())


def test_grades_by_chance_give_no_agreement_on_unseen_melodies() -> None:
    graded = experts()
    mixed = np.random.default_rng(3).permutation(graded.grades)
    chance = graded._replace(grades=mixed, agreed=mixed[:, 0])
    assert abs(agreement(chance, left_out_grades(chance))["kappa_agreed"]) < 0.25


@pytest.mark.parametrize(
    ("given", "wanted", "expected"),
    [([1, 2, 3, 4], [1, 2, 3, 4], 1.0), ([4, 3, 2, 1], [1, 2, 3, 4], -1.0), ([1, 1, 4, 4], [1, 4, 1, 4], 0.0)],
)
def test_kappa_is_as_defined(given: list[int], wanted: list[float], expected: float) -> None:
    assert kappa(np.array(given), np.array(wanted, float)) == pytest.approx(expected)


def test_kappa_leaves_out_what_has_no_grade() -> None:
    assert kappa(np.array([1, 4, 1]), np.array([1.0, 4.0, np.nan])) == 1.0


def test_cuts_rise_and_part_the_grades() -> None:
    means = np.linspace(0, 1, 400)
    low, middle, high = fit_cuts(means, (1.0 + np.digitize(means, CUTS))[:, None])
    assert (low, middle, high) == pytest.approx(CUTS, abs=0.03)


def test_a_calibration_is_written_and_read_back() -> None:
    assert parse(as_text(shipped())) == shipped()


def test_the_shipped_calibration_agrees_with_experts() -> None:
    assert shipped().figures["kappa_agreed"] >= 0.87
    assert shipped().figures["kappa_single"] >= 0.81
    assert set(shipped().weights) == {d.name for d in DIMENSIONS}


def test_a_calibration_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="cuts rise"):
        Calibration(shipped().weights, 1.0, (0.5, 0.4, 0.9))
    with pytest.raises(ValueError, match="sum to 1"):
        Calibration({"contour": 0.5}, 1.0, (0.2, 0.4, 0.9))


def test_tolerance_widens_and_narrows() -> None:
    lenient, strict = (shipped().for_person(Settings(tolerance=name)) for name in ("lenient", "strict"))
    assert lenient.ease > shipped().ease > strict.ease


def test_a_part_can_count_more_or_not_at_all() -> None:
    usual, found = shipped().weights, shipped().for_person(Settings(emphasis={"rhythm": 0.0, "pitch": 2.0})).weights
    assert found["rhythm"] == 0.0
    assert found["pitch"] / found["contour"] == pytest.approx(2 * usual["pitch"] / usual["contour"])
    assert sum(found.values()) == pytest.approx(1.0)
    nothing = dict.fromkeys(PARTS, 0.0)
    assert shipped().for_person(Settings(emphasis=nothing)).weights == dict(usual)


def test_the_parts_have_one_order_everywhere() -> None:
    assert PARTS == tuple(d.name for d in DIMENSIONS) == tuple(shipped().weights) == get_args(Part)
