from __future__ import annotations

import librosa
import numpy as np
import pytest

from mit import pitch
from mit.audio import ANALYSIS_RATE, Audio
from mit.melody import hertz
from mit.pitch import Observed, Tracker, refine, track
from tests.voices import VOICES, phrase, sing


def whole(samples: np.ndarray) -> Observed:
    """One call of librosa.pyin over the whole take."""
    f0, voiced, _ = librosa.pyin(
        samples,
        fmin=pitch.F0_MIN,
        fmax=pitch.F0_MAX,
        sr=ANALYSIS_RATE,
        frame_length=pitch.FRAME,
        hop_length=pitch.HOP,
        beta_parameters=pitch.BETA,
        resolution=pitch.RESOLUTION,
        fill_na=None,
    )
    return Observed(f0, voiced)


@pytest.mark.parametrize("voice", ["alto", "bass", "breathy", "creaky"])
@pytest.mark.parametrize("block", [320, 4096, 10**9])
def test_chunks_give_the_frames_of_the_whole_call(voice: str, block: int) -> None:
    samples = sing(phrase("I want some wa-ter", "LLLHL", low=VOICES[voice].low), voice=voice)
    tracker = Tracker()
    for first in range(0, len(samples), block):
        tracker.feed(samples[first : first + block])
    contour = tracker.contour()
    expected = refine(whole(samples), samples)
    assert len(contour.f0) == len(expected.f0)
    assert np.array_equal(contour.f0, expected.f0, equal_nan=True)
    assert np.array_equal(contour.intensity, expected.intensity)
    assert np.array_equal(contour.sonority, expected.sonority)


@pytest.mark.parametrize("voice", VOICES)
def test_a_voice_is_tracked_in_its_own_octave(voice: str) -> None:
    plan = phrase("la na ma la", "LHLH", low=VOICES[voice].low, beat=0.8)
    contour = track(Audio(sing(plan, voice=voice), ANALYSIS_RATE))
    for note in plan:
        inside = (contour.times > note.onset + 0.15) & (contour.times < note.onset + 0.65)
        heard = contour.pitch[inside]
        assert np.isfinite(heard).mean() > 0.8
        assert np.nanmedian(heard) == pytest.approx(note.pitch, abs=0.3)


@pytest.mark.parametrize("low", [39.5, 66.0])
def test_the_lowest_and_highest_notes_are_followed(low: float) -> None:
    times = np.arange(2 * ANALYSIS_RATE) / ANALYSIS_RATE
    tone = sum(np.sin(2 * np.pi * h * hertz(low) * times) / h for h in range(1, 6))
    contour = track(Audio(0.1 * tone, ANALYSIS_RATE))
    assert np.nanmedian(contour.pitch) == pytest.approx(low, abs=0.1)


@pytest.mark.parametrize("rate", [8000, 44100, 48000])
def test_other_rates_are_brought_to_the_analysis_rate(rate: int) -> None:
    plan = phrase("la na", "LH")
    contour = track(Audio(sing(plan, rate=rate), rate))
    assert contour.hop == pytest.approx(0.01)
    assert np.nanmedian(contour.pitch[(contour.times > 0.6) & (contour.times < 1.0)]) == pytest.approx(57, abs=0.3)


def test_a_gap_between_syllables_is_seen_in_intensity() -> None:
    contour = track(Audio(sing(phrase("ta ta", "LL"), gap=0.12), ANALYSIS_RATE))
    near = (contour.times > 0.9) & (contour.times < 1.15)
    assert contour.intensity[near].min() < np.percentile(contour.intensity[contour.voiced], 50) - 6


def test_a_nasal_between_two_vowels_is_a_deep_dip_of_sonority() -> None:
    contour = track(Audio(sing(phrase("na na", "LL"), gap=0.0), ANALYSIS_RATE))
    near, vowel = (contour.times > 0.95) & (contour.times < 1.15), (contour.times > 0.6) & (contour.times < 0.8)
    dips = [np.median(line[vowel]) - line[near].min() for line in (contour.intensity, contour.sonority)]
    assert dips[1] > dips[0] + 2


@pytest.mark.parametrize("length", [0, 1, 159, 160, 639])
def test_takes_shorter_than_a_window_are_silent(length: int) -> None:
    contour = track(Audio(np.zeros(length), ANALYSIS_RATE))
    assert not contour.voiced.any()
    assert len(contour.times) == length // 160 + 1
