"""Hums of a known pitch by low, high, creaky and other voices."""

from __future__ import annotations

import numpy as np
import pytest

from mit.audio import Audio
from mit.melody import hertz, midi, parse_pitch
from mit.pitch import track
from mit.setup.hums import HIGHEST, LOWEST, as_setting, hum_pitch, low_note
from tests.voices import sing

RATE = 16000


def hum(pitch: float, voice: str, *, seed: int = 0, noise: float = 0.0, text: str = "m") -> float | None:
    sound = sing([(0.3, 1.2, pitch, text)], voice=voice, seed=seed, tail=0.3)
    noisy = sound + noise * np.random.default_rng(seed).standard_normal(len(sound))
    audio = Audio(noisy.astype(np.float32), RATE)
    return hum_pitch(audio, track(audio))


@pytest.mark.parametrize(
    ("voice", "pitch"),
    [
        ("bass", 41.0),
        ("tenor", 46.5),
        ("tenor", 59.0),  # the tracker takes the mouth's resonance for the voice, an octave up
        ("creaky", 44.0),
        ("creaky", 59.0),  # the same
        ("soprano", 58.0),
        ("breathy", 55.0),
        ("tremor", 50.0),
    ],
)
def test_every_voice_lands_on_its_own_pitch(voice: str, pitch: float) -> None:
    found = hum(pitch, voice, seed=3, noise=0.001)
    assert found == pytest.approx(pitch, abs=0.3)


def test_a_creaky_voice_that_the_tracker_halves_is_found_again() -> None:
    assert hum(62.0, "creaky", seed=3, text="ma") == pytest.approx(62.0, abs=0.3)


def test_no_hum_is_no_pitch() -> None:
    noise = Audio((0.001 * np.random.default_rng(0).standard_normal(2 * RATE)).astype(np.float32), RATE)
    assert hum_pitch(noise, track(noise)) is None


@pytest.mark.parametrize(
    ("hums", "low"),
    [
        ([45.0, 46.0, 47.5], 46.0),
        ([57.0, 54.2, 55.0], 55.0),
        ([38.0, 38.5, 39.0], LOWEST),
        ([61.0, 62.0, 63.0], HIGHEST),
        ([45.0, 48.5, 46.0], None),
        ([45.0, 57.0, 45.2], None),
        ([45.0, 45.0], None),
    ],
)
def test_the_low_note_is_their_median_and_three_that_differ_are_asked_again(
    hums: list[float], low: float | None
) -> None:
    assert low_note(hums) == low


def test_the_low_note_stays_from_80_to_260_hertz_and_the_settings_can_hold_it() -> None:
    assert hertz(LOWEST) == pytest.approx(80.0)
    assert hertz(HIGHEST) == pytest.approx(260.0)
    for pitch in (LOWEST, 45.3, HIGHEST):
        assert parse_pitch(as_setting(pitch)) == pytest.approx(pitch, abs=0.05)
    assert midi(80.0) == LOWEST
