"""Knocks on the table among singing: made here, at known times; and takes in which nobody knocked."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from mit.audio import Audio
from mit.knocks import APART, find_knocks
from tests.voices import VOICES, phrase, sing

RATE = 16000
NEAR = 0.03
"""Seconds that a knock may be off."""


def knock(peak: float, seed: int) -> NDArray[np.float64]:
    """A board that is struck: a click and four dull tones that die within some hundredths of a second."""
    rng = np.random.default_rng(seed)
    times = np.arange(round(0.12 * RATE)) / RATE
    tones = sum(
        rng.uniform(0.4, 1.0)
        * np.sin(2 * np.pi * hertz * times + rng.uniform(0, 6))
        * np.exp(-times / rng.uniform(0.010, 0.030))
        for hertz in rng.uniform(110, 900, 4)
    )
    struck = tones * np.minimum(times / 0.001, 1.0) + 0.3 * rng.standard_normal(len(times)) * np.exp(-times / 0.003)
    return peak * struck / np.abs(struck).max()


def take(voice: str | None, *, knocks: tuple[float, ...] = (), peak: float = 0.8, seconds: float = 7.0) -> Audio:
    """A quiet room, in it perhaps a voice that sings from 1 s on, and knocks."""
    samples = 1e-3 * np.random.default_rng(1).standard_normal(round(seconds * RATE))
    if voice:
        sung = np.asarray(sing(phrase("I want some wa-ter", "LHLHL", low=VOICES[voice].low, beat=1.0), voice=voice))
        samples[RATE : RATE + len(sung)] += (0.3 * sung / np.abs(sung).max())[: len(samples) - RATE]
    for seed, time in enumerate(knocks):
        first, sound = round(time * RATE), knock(peak, seed)
        samples[first : first + len(sound)] += sound[: len(samples) - first]
    return Audio(np.clip(samples, -1, 1).astype(np.float32), RATE)


def found(audio: Audio, knocks: tuple[float, ...]) -> int:
    heard = find_knocks(audio)
    hits = [any(abs(time - k) <= NEAR for time in heard) for k in knocks]
    assert sum(hits) == len(heard), "something else was taken for a knock"
    return sum(hits)


@pytest.mark.parametrize("peak", [0.05, 0.3, 0.9])
def test_every_knock_in_a_quiet_room_is_heard(peak: float) -> None:
    knocks = (0.5, 1.02, 2.0, 2.2, 6.9)
    assert found(take(None, knocks=knocks, peak=peak), knocks) == 5


@pytest.mark.parametrize("voice", VOICES)
def test_singing_is_no_knock(voice: str) -> None:
    assert find_knocks(take(voice)) == ()


def test_most_knocks_on_the_beat_are_heard_through_the_voice() -> None:
    knocks = tuple(1.0 + k + 0.05 * np.sin(7 * k) for k in range(5))
    assert sum(found(take(voice, knocks=knocks), knocks) for voice in VOICES) >= 0.6 * len(VOICES) * len(knocks)


def test_a_hand_that_bounces_is_one_knock() -> None:
    assert len(find_knocks(take(None, knocks=(2.0, 2.0 + APART / 2)))) == 1


@pytest.mark.parametrize("seconds", [0.0, 0.01, 0.2])
def test_a_take_of_nothing_has_no_knock(seconds: float) -> None:
    assert find_knocks(take(None, seconds=seconds)) == ()
