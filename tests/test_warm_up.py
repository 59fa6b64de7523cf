"""The warm-up: from the person's pace to a slow one, without a jump."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mit.warm_up import FASTEST, LENGTH, SLOW, USUAL, WarmUp, own_pace

PACE = st.floats(FASTEST, SLOW)
every_pace = given(PACE, st.floats(60.0, 180.0))


@every_pace
def test_it_begins_at_the_own_pace_and_ends_slow(start: float, length: float) -> None:
    plan = WarmUp(start, SLOW, length)
    assert plan.period(0.0) == pytest.approx(start)
    assert plan.period(length) == pytest.approx(SLOW) == plan.period(length + 60)
    periods = [plan.period(length * k / 50) for k in range(51)]
    assert all(earlier <= later + 1e-9 for earlier, later in pairwise(periods))


@every_pace
def test_breaths_are_counted_as_their_periods_say(start: float, length: float) -> None:
    plan, step = WarmUp(start, SLOW, length), 0.01
    counted = sum(step / plan.period(step * (k + 0.5)) for k in range(round(length / step / 10)))
    assert plan.breaths(round(length / step / 10) * step) == pytest.approx(counted, abs=0.01)


@every_pace
def test_the_disc_never_jumps(start: float, length: float) -> None:
    plan = WarmUp(start, SLOW, length)
    sizes = [plan.at(0.02 * k).size for k in range(1500)]
    assert all(0 <= size <= 1 for size in sizes)
    assert max(abs(later - earlier) for earlier, later in pairwise(sizes)) < 0.06


def test_out_is_longer_than_in_and_is_hummed_towards_the_end() -> None:
    plan = WarmUp()
    moments = [plan.at(0.1 * k) for k in range(round(10 * LENGTH))]
    assert sum(not moment.inward for moment in moments) > sum(moment.inward for moment in moments)
    hums = [k for k, moment in enumerate(moments) if moment.hum]
    assert min(hums) >= 0.5 * len(moments)
    assert all(0 < moment.left <= SLOW for moment in moments)


def test_the_own_pace_is_the_middle_of_what_was_pressed() -> None:
    assert own_pace((0.0, 3.0, 6.5, 9.5)) == pytest.approx(3.0)
    assert own_pace((0.0, 0.4, 3.4)) == pytest.approx(3.0)  # a press too much
    assert own_pace(()) == own_pace((1.0,)) == own_pace((1.0, 60.0)) == USUAL
