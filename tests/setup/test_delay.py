"""Delays that are known, through rooms, noise, jitter and lost clicks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from mit.audio import Audio
from mit.setup.delay import CLICK_PEAK, Delay, click_times, clicks, measure_delay

RATE = 16000
START = 0.25
"""Seconds into the recording at which playing began."""


def through(
    delays: Sequence[float | None], *, noise: float = 1e-3, gain: float = 0.3, echo: float = 0.5, rate: int = RATE
) -> Audio:
    """What a microphone hears of the clicks, each late by its own delay (None: lost), inverted, with an echo."""
    rng = np.random.default_rng(5)
    played, times = clicks(rate).samples, click_times()
    heard = noise * rng.standard_normal(len(played) + rate)
    for time, delay in zip(times, delays, strict=True):
        if delay is None:
            continue
        click = -gain * played[round(time * rate) : round((time + 0.012) * rate)]
        for late, part in ((0.0, 1.0), (0.007, echo)):
            first = round((START + time + delay + late) * rate)
            heard[first : first + len(click)] += part * click
    return Audio(heard.astype(np.float32), rate)


def measured(heard: Audio) -> Delay | None:
    return measure_delay(heard, [START + time for time in click_times()])


@pytest.mark.parametrize("true", [0.0, 0.043, 0.180, 0.310])
@pytest.mark.parametrize("rate", [16000, 48000])
def test_a_steady_delay_is_found_to_the_millisecond(true: float, rate: int) -> None:
    found = measured(through([true] * 8, rate=rate))
    assert found is not None
    assert found.seconds == pytest.approx(true, abs=0.001)
    assert found.spread < 0.002
    assert found.steady


def test_an_echo_as_loud_as_the_click_is_not_taken_for_it() -> None:
    found = measured(through([0.05] * 8, echo=1.3))
    assert found is not None
    assert found.seconds == pytest.approx(0.05, abs=0.002)


@pytest.mark.parametrize("lost", [(0,), (3, 7), (1, 2, 5)])
def test_lost_clicks_do_no_harm(lost: tuple[int, ...]) -> None:
    found = measured(through([None if k in lost else 0.06 for k in range(8)]))
    assert found is not None
    assert found.clicks == 8 - len(lost)
    assert found.seconds == pytest.approx(0.06, abs=0.001)


def test_four_clicks_are_too_few_and_noise_has_none() -> None:
    assert measured(through([0.06] * 4 + [None] * 4)) is None
    assert measured(through([None] * 8, noise=0.1)) is None
    assert measured(Audio(np.zeros(8 * RATE, np.float32), RATE)) is None
    assert measured(Audio(np.zeros(RATE, np.float32), RATE)) is None


def test_a_little_jitter_leaves_the_median() -> None:
    jitter = 0.08 + 0.001 * np.array([0, 12, -9, 3, -4, 8, -12, 1])
    found = measured(through(list(jitter)))
    assert found is not None
    assert found.seconds == pytest.approx(float(np.median(jitter)), abs=0.001)
    assert found.spread == pytest.approx(0.024, abs=0.002)
    assert found.steady


def test_much_jitter_is_refused() -> None:
    found = measured(through([0.08, 0.12, 0.06, 0.09, 0.1, 0.08, 0.07, 0.11]))
    assert found is not None
    assert found.spread == pytest.approx(0.06, abs=0.002)
    assert not found.steady


def test_clicks_in_a_noisy_room_are_found() -> None:
    found = measured(through([0.05] * 8, noise=0.02))
    assert found is not None
    assert found.seconds == pytest.approx(0.05, abs=0.002)


def test_clicks_are_never_loud() -> None:
    assert np.abs(clicks(RATE).samples).max() <= CLICK_PEAK
