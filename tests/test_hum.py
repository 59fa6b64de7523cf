from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from mit.errors import MitError
from mit.melody import A2, A3, Melody, Note, intone
from mit.phrase import spell
from mit.voice import VOICES, render
from tests import ear

PHRASE = spell("I need to go to the su-per mar", "LHLLHLHLL")
LOW_NOTES = [40.0, A2, A3, 65.0]


@pytest.mark.parametrize("low", LOW_NOTES)
def test_every_note_is_in_tune_within_three_cents(low: float) -> None:
    melody = intone(PHRASE, low=low, beat=0.7)
    sound = render(melody, lead=0.2)
    for note in melody.notes:
        heard = ear.pitch(sound.samples, sound.rate, start=note.onset + 0.3, end=note.end + 0.05)
        assert heard == pytest.approx(note.pitch, abs=0.03)


@pytest.mark.parametrize("low", LOW_NOTES)
@pytest.mark.parametrize("beat", [0.3, 1.0])
def test_every_note_starts_on_its_beat_after_a_dip(low: float, beat: float) -> None:
    melody = intone(PHRASE, low=low, beat=beat)
    sound = render(melody, lead=0.2)
    for before, note in itertools.pairwise(melody.notes):
        start = note.onset + 0.2
        dips = [ear.level(sound.samples, sound.rate, at=start - back, window=0.012) for back in (0.010, 0.020, 0.030)]
        sung = ear.level(sound.samples, sound.rate, at=before.onset + 0.2 + beat / 2, window=0.03)
        assert max(dips) < sung - 6
        assert ear.rise(sound.samples, sound.rate, near=start, search=0.04) == pytest.approx(start, abs=0.02)


@pytest.mark.parametrize("low", LOW_NOTES)
def test_loudness_is_the_same_for_every_key_and_peaks_stay_low(low: float) -> None:
    samples = render(intone(PHRASE, low=low, interval=6)).samples.astype(np.float64)
    assert np.abs(samples).max() <= 10 ** (-6 / 20)
    sounding = samples[np.abs(samples) > 0.02 * np.abs(samples).max()]
    assert 20 * np.log10(np.sqrt(np.mean(sounding**2))) == pytest.approx(-20, abs=0.5)


def test_silence_leads_and_nothing_clicks() -> None:
    melody = intone(PHRASE)
    sound = render(melody, lead=0.5)
    assert sound.duration == pytest.approx(0.5 + melody.duration, abs=1e-3)
    assert not sound.samples[: int(0.5 * sound.rate)].any()
    first = sound.samples[int(0.5 * sound.rate) :][: int(0.005 * sound.rate)]
    assert np.abs(first).max() < 0.2 * np.abs(sound.samples).max()
    assert abs(float(sound.samples[-1])) < 1e-3


def test_the_same_melody_is_the_same_sound() -> None:
    assert np.array_equal(render(intone(PHRASE)).samples, render(intone(PHRASE)).samples)


def test_lengths_in_beats_are_honoured() -> None:
    melody = intone(spell("good mor ning", "LHL", (2.0, 0.5, 1.5)), beat=0.6)
    sound = render(melody)
    for note in melody.notes[1:]:
        assert ear.rise(sound.samples, sound.rate, near=note.onset, search=0.04) == pytest.approx(note.onset, abs=0.015)


def test_a_rest_is_silent() -> None:
    sound = render(Melody((Note(0.0, 0.5, 57.0), Note(1.0, 0.5, 60.0))))
    assert ear.level(sound.samples, sound.rate, at=0.75, window=0.4) == pytest.approx(-120)


def test_a_note_without_pitch_is_heard_on_the_pitch_before_it() -> None:
    melody = intone(spell("a b c", "HLL"))
    holes = Melody(tuple(replace(note, pitch=None) if k != 1 else note for k, note in enumerate(melody.notes)))
    assert ear.pitch(render(holes).samples, 24000, start=2.2, end=2.8) == pytest.approx(A3, abs=0.03)
    assert ear.pitch(render(holes).samples, 24000, start=0.2, end=0.8) == pytest.approx(A3, abs=0.03)


def test_a_melody_without_notes_is_refused() -> None:
    with pytest.raises(ValueError, match="without notes"):
        render(Melody(()))


def test_an_unknown_voice_is_told_with_those_that_exist() -> None:
    with pytest.raises(MitError, match=f"no voice 'yodel'.*{next(iter(VOICES))}"):
        render(intone(PHRASE), voice="yodel")
