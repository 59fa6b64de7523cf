"""A model sent through rooms of a known loudness, beside a voice of a known loudness."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from mit.audio import Audio, Samples, resample
from mit.setup.bleed import Bleed, Ears, loudest_quarter, measure_bleed, sweep
from tests.voices import phrase, sing

RATE = 16000
MODEL = Audio(sing(phrase("wa-ter", "HL", beat=0.9, start=0.2), voice="soprano", level=-20.0, tail=0.2), RATE)
VOICE = -25.0
START = 0.3


def path(seconds: float = 0.35, *, seed: int = 0) -> NDArray[np.float64]:
    """A room without its gain: a direct sound, and echoes that die away."""
    rng = np.random.default_rng(seed)
    times = np.arange(round(seconds * RATE)) / RATE
    answer = 0.15 * rng.standard_normal(len(times)) * np.exp(-times / 0.05)
    answer[0] = 1.0
    return answer


def through(gain: float, *, late: float = 0.03, noise: float = -60.0, wire: bool = False) -> tuple[Audio, float]:
    """The sweep as the microphone hears it, and the dB of the model (loudest quarter) there, by convolution."""
    answer = 10 ** (gain / 20) * (np.ones(1) if wire else path())
    sent = sweep(RATE).samples
    first = round((START + late) * RATE)
    heard = 10 ** (noise / 20) * np.random.default_rng(7).standard_normal(first + len(sent) + RATE // 2)
    reached = np.convolve(sent, answer)[: len(heard) - first]
    heard[first : first + len(reached)] += reached
    model = np.convolve(MODEL.samples, answer)[: len(MODEL.samples)]
    return Audio(heard.astype(np.float32), RATE), loudest_quarter(model, RATE)


def measured(heard: Audio) -> Bleed:
    return measure_bleed(heard, MODEL, due=START, voice=VOICE)


@pytest.mark.parametrize("gain", [-36.0, -18.0, -6.0, 3.0])
@pytest.mark.parametrize("late", [0.0, 0.03, 0.25])
def test_the_figure_is_that_of_the_model_at_the_microphone(gain: float, late: float) -> None:
    heard, true = through(gain, late=late)
    found = measured(heard)
    assert found.heard
    assert found.over_voice == pytest.approx(true - VOICE, abs=1.0)


@pytest.mark.parametrize(
    ("gain", "ears"),
    [(-60.0, Ears.HEADPHONES), (-48.0, Ears.HEADPHONES), (-20.0, Ears.SPEAKERS), (6.0, Ears.DROWNED)],
)
def test_headphones_speakers_and_too_loud_speakers(gain: float, ears: Ears) -> None:
    assert measured(through(gain)[0]).ears is ears


def test_a_sweep_that_is_not_heard_gives_what_the_noise_would_hide() -> None:
    found = measured(through(-120.0, noise=-50.0)[0])
    assert not found.heard
    assert found.ears is Ears.HEADPHONES
    assert found.over_voice < -25.0


@pytest.mark.parametrize("noise", [-50.0, -40.0])
def test_the_rooms_noise_has_no_part_in_it(noise: float) -> None:
    heard, true = through(-12.0, noise=noise)
    assert measured(heard).over_voice == pytest.approx(true - VOICE, abs=1.5)


def test_a_wire_is_no_microphone_under_whatever_name() -> None:
    assert measured(through(0.0, wire=True, noise=-90.0)[0]).ears is Ears.WIRE
    assert measured(through(0.0)[0]).ears is not Ears.WIRE
    assert measured(through(-20.0, wire=True)[0]).ears is not Ears.WIRE  # a headphone held to the microphone


def test_silence_is_headphones() -> None:
    assert measured(Audio(np.zeros(4 * RATE, np.float32), RATE)).ears is Ears.HEADPHONES


def test_the_sweep_is_no_louder_than_a_model() -> None:
    samples: Samples = sweep(RATE).samples
    assert np.sqrt(np.mean(np.square(samples[RATE // 2 : RATE]))) <= 10 ** (-20 / 20)
    assert np.abs(resample(sweep(RATE), 48000).samples).max() < 0.15
