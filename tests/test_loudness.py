"""Every voice is brought to one loudness: -20 dB of full scale, and nowhere above -6 dB."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mit.voice.loudness import level

RATE = 16000
LIMIT, LOUD = 0.5012, 0.1
"""-6 dB and -20 dB of full scale, written out: what is tried here is not the product's own number."""


@settings(max_examples=30, deadline=None)
@given(
    gain=st.floats(1e-4, 10.0), sharp=st.sampled_from([1, 4, 16, 40]), f0=st.floats(80, 300), seed=st.integers(0, 99)
)
def test_nothing_rises_above_the_limit(gain: float, sharp: int, f0: float, seed: int) -> None:
    """From a soft tone to a voice of pulses whose peaks stand ten times over the rest, and one knock in it."""
    rng, times = np.random.default_rng(seed), np.arange(RATE) / RATE
    voice = np.cos(np.pi * f0 * times) ** (2 * sharp) * rng.choice([-1.0, 1.0]) + 0.02 * rng.standard_normal(RATE)
    voice[rng.integers(RATE)] = 5.0
    assert np.abs(level(gain * voice, RATE)).max() <= LIMIT


@pytest.mark.parametrize("gain", [0.001, 1.0, 30.0])
def test_a_tone_is_as_loud_as_every_voice(gain: float) -> None:
    made = level(gain * np.sin(2 * np.pi * 220 * np.arange(RATE) / RATE), RATE)
    assert np.sqrt(np.mean(made**2)) == pytest.approx(LOUD, rel=0.03)
    assert not np.any(level(np.zeros(RATE), RATE))
