"""Key presses as taps: what counts, and how regular they are."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mit.taps import REPEAT, Tapping, per_syllable, regularity

KEYBOARD_REPEAT = 0.033


def pressed(*presses: tuple[str, float]) -> Tapping:
    return reduce(lambda taps, press: taps.hit(*press), presses, Tapping())


def test_a_held_key_is_one_tap() -> None:
    held = [("space", 5.0 + k * KEYBOARD_REPEAT) for k in range(90)]
    assert pressed(*held).times == (5.0,)


def test_two_keys_in_turn_are_two_taps_however_fast() -> None:
    assert pressed(("a", 1.0), ("s", 1.05), ("a", 1.1)).times == (1.0, 1.05, 1.1)


def test_taps_count_from_a_moment() -> None:
    assert pressed(("a", 9.5), ("a", 11.0)).since(10.0) == (-0.5, 1.0)


@given(st.lists(st.floats(REPEAT + 1e-6, 5.0), max_size=30))
def test_whatever_is_slower_than_the_keyboard_repeats_counts(gaps: list[float]) -> None:
    times = [sum(gaps[:k]) for k in range(1, len(gaps) + 1)]
    assert len(pressed(*(("space", 100.0 + time) for time in times)).times) == len(gaps)


def test_a_clock_is_regular_and_two_taps_tell_nothing() -> None:
    assert regularity([1.0, 2.0, 3.0, 4.0]) == pytest.approx(0.0)
    assert regularity([0.0, 0.5, 2.0]) == pytest.approx(0.5)
    assert regularity([1.0, 2.0]) is None
    assert per_syllable([1.0, 2.0], 4) == 0.5
    assert per_syllable([], 4) is None
