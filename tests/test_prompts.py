"""Spoken prompts: there in English, soft, kept; silent in other languages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mit.home import Home
from mit.library import load_words
from mit.melody import A3
from mit.prompts import SOFTER, hum, prompt
from mit.voice import available_voices
from mit.voice.loudness import LOUDNESS, PEAK
from tests.pictures.pages import shipped


@pytest.mark.skipif("spoken" not in available_voices(), reason="the hum alone: onnxruntime is missing")
def test_pages_are_spoken_softly(tmp_path: Path) -> None:
    home = Home(tmp_path, tmp_path / "cache")
    said = {text for page in shipped().values() for text in page.said}
    assert load_words()("mood.ask") in said
    for text in sorted(said)[::2]:  # every second one tells as much, in half the time
        sound = prompt(home, text, "en", low=A3)
        assert sound, text
        assert np.abs(sound.samples).max() <= SOFTER * PEAK
        loud = np.sqrt(np.mean(sound.samples.astype(float) ** 2))
        assert 0.05 * LOUDNESS < loud <= SOFTER * LOUDNESS
        assert 0.6 < sound.duration < 4.0
    assert len(list(home.voices.iterdir())) == len(sorted(said)[::2])


def test_another_language_stays_silent(tmp_path: Path) -> None:
    assert prompt(Home(tmp_path, tmp_path / "cache"), "Wie geht es?", "de", low=A3) is None


def test_the_hum_of_a_warm_up_is_as_long_as_asked_for_and_soft(tmp_path: Path) -> None:
    sound = hum(Home(tmp_path, tmp_path / "cache"), 3.0, low=A3)
    assert sound.duration == pytest.approx(3.0, abs=0.5)
    assert np.abs(sound.samples).max() <= SOFTER * PEAK
