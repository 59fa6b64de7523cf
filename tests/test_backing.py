from __future__ import annotations

import numpy as np
import pytest

from mit.audio import Audio
from mit.melody import Melody, intone
from mit.phrase import spell
from mit.voice import render
from mit.voice.backing import FADING, LESSER, PULSE, UNISON, Curve, back, steady
from mit.voice.loudness import LOUDNESS, PEAK, active_rms

PHRASE = intone(spell("I want some wa-ter", "LHLHL"), beat=0.7)
UNEVEN = intone(spell("good mor ning", "LHL", (1.5, 0.5, 2.0)), beat=0.61)
LEAD = 0.5
RATE = 24000


def silence(melody: Melody) -> Audio:
    return Audio(np.zeros(round((LEAD + melody.duration + 0.2) * RATE), np.float32), RATE)


def flat(melody: Melody) -> Audio:
    """A tone as loud as a voice: what the curve does can be read off it."""
    times = np.arange(round((LEAD + melody.duration) * RATE)) / RATE
    return Audio((LOUDNESS * np.sqrt(2) * np.sin(2 * np.pi * 400 * times)).astype(np.float32), RATE)


def heard_ticks(audio: Audio) -> list[float]:
    """The moment (s) at which each tick in a silence begins."""
    loud = np.flatnonzero(np.abs(audio.samples) > 0.02)
    starts = loud[np.concatenate(([True], np.diff(loud) > 0.1 * audio.rate))]
    return [float(start / audio.rate) for start in starts]


def level(audio: Audio, at: float) -> float:
    first = round((at - 0.02) * audio.rate)
    piece = audio.samples[first : first + round(0.04 * audio.rate)].astype(np.float64)
    return float(np.sqrt(np.mean(piece**2))) / LOUDNESS


def test_unison_is_the_model_itself() -> None:
    model = render(PHRASE, lead=LEAD)
    backing = back(model, PHRASE, lead=LEAD, curve=UNISON)
    assert backing.lead == LEAD
    assert np.array_equal(backing.audio.samples, model.samples)


@pytest.mark.parametrize("melody", [PHRASE, UNEVEN])
@pytest.mark.parametrize("count_in", [0, 1, 4])
def test_every_beat_is_heard_within_a_millisecond(melody: Melody, count_in: int) -> None:
    backing = back(silence(melody), melody, lead=LEAD, pulse=PULSE, count_in=count_in, beat=0.61)
    first = backing.lead + melody.notes[0].onset
    expected = [first - 0.61 * k for k in range(count_in, 0, -1)] + [backing.lead + n.onset for n in melody.notes]
    assert backing.beats == pytest.approx(expected, abs=1e-9)
    assert heard_ticks(backing.audio) == pytest.approx(expected, abs=0.001)


def test_a_count_in_makes_room_for_itself_and_moves_the_model_by_whole_samples() -> None:
    model = render(PHRASE, lead=LEAD)
    backing = back(model, PHRASE, lead=LEAD, count_in=4, beat=0.7)
    moved = round((backing.lead - LEAD) * RATE)
    assert backing.beats[0] >= 0.04
    assert backing.lead - LEAD == pytest.approx(moved / RATE, abs=1e-9)
    start = round((backing.lead + 0.1) * RATE)  # after the last tick of the count-in
    assert np.array_equal(backing.audio.samples[start:], model.samples[start - moved :])


def test_a_count_in_that_fits_moves_nothing() -> None:
    assert back(silence(PHRASE), PHRASE, lead=2.0, count_in=2, beat=0.7).lead == 2.0


def test_without_a_pulse_silence_stays_silent() -> None:
    assert not back(silence(PHRASE), PHRASE, lead=LEAD).audio.samples.any()


@pytest.mark.parametrize(("share", "expected"), [(0.05, 1.0), (0.35, 1.0), (0.5, 0.5), (0.65, 0.0), (0.95, 0.0)])
def test_fading_drops_out_half_way(share: float, expected: float) -> None:
    backing = back(flat(PHRASE), PHRASE, lead=LEAD, curve=FADING)
    assert level(backing.audio, LEAD + share * PHRASE.duration) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(("curve", "expected"), list(zip(LESSER, (0.6, 0.3, 0.0), strict=True)))
def test_the_model_steps_back(curve: Curve, expected: float) -> None:
    backing = back(flat(PHRASE), PHRASE, lead=LEAD, curve=curve)
    for share in (0.1, 0.5, 0.9):
        assert level(backing.audio, LEAD + share * PHRASE.duration) == pytest.approx(expected, abs=0.01)


def test_a_curve_can_be_set() -> None:
    backing = back(flat(PHRASE), PHRASE, lead=LEAD, curve=Curve(((0.2, 0.8), (0.8, 0.2))))
    heard = [level(backing.audio, LEAD + share * PHRASE.duration) for share in (0.1, 0.35, 0.5, 0.9)]
    assert heard == pytest.approx([0.8, 0.65, 0.5, 0.2], abs=0.01)


@pytest.mark.parametrize("points", [(), ((0.5, 1.0), (0.2, 0.0)), ((0.0, 1.5),), ((0.0, -0.1),)])
def test_a_curve_that_is_none_is_refused(points: tuple[tuple[float, float], ...]) -> None:
    with pytest.raises(ValueError, match="a curve needs points in order"):
        Curve(points)


def test_the_pulse_goes_on_after_the_model_has_faded() -> None:
    backing = back(render(PHRASE, lead=LEAD), PHRASE, lead=LEAD, curve=FADING, pulse=PULSE)
    last = round(backing.beats[-1] * RATE)
    assert not backing.audio.samples[last - 2400 : last].any()
    assert np.abs(backing.audio.samples[last : last + 240]).max() == pytest.approx(PULSE, rel=0.05)


@pytest.mark.parametrize("low", [45.0, 57.0])
def test_neither_peak_nor_loudness_rises_with_a_pulse(low: float) -> None:
    melody = intone(spell("I want some wa-ter", "LHLHL"), low=low, beat=0.7)
    for curve in (UNISON, FADING, *LESSER, steady(0.9)):
        samples = back(render(melody, lead=LEAD), melody, lead=LEAD, curve=curve, pulse=0.4, count_in=4).audio.samples
        assert np.abs(samples).max() <= PEAK + 1e-6
        assert active_rms(samples.astype(np.float64)) <= LOUDNESS * 1.001


def test_a_melody_without_notes_is_refused() -> None:
    with pytest.raises(ValueError, match="no beats"):
        back(silence(PHRASE), Melody(()), lead=LEAD)
