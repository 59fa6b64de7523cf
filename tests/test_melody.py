"""Melodies: pitches by name and number, and intoning."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mit.errors import SettingsError
from mit.melody import A2, A3, HIGHEST, Melody, hertz, intone, midi, parse_pitch
from mit.phrase import spell

PATTERNS = st.text("HML", min_size=1, max_size=24)


@pytest.mark.parametrize(
    ("hz", "number"), [(440.0, 69.0), (220.0, A3), (110.0, A2), (261.6256, 60.0), (130.8128, 48.0), (82.4069, 40.0)]
)
def test_pitch_numbers_of_known_notes(hz: float, number: float) -> None:
    assert midi(hz) == pytest.approx(number, abs=1e-4)
    assert hertz(number) == pytest.approx(hz, rel=1e-5)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("A3", 57),
        ("a3", 57),
        ("C4", 60),
        ("Bb2", 46),
        ("B♭2", 46),
        ("F#3", 54),
        ("E2", 40),
        ("A4", 69),
        (" A2 ", 45),
        ("220", 57),
        ("110 Hz", 45),
        ("440hz", 69),
        ("Cb4", 59),
        ("B#3", 60),
    ],
)
def test_reads_a_low_note(text: str, number: float) -> None:
    assert parse_pitch(text) == pytest.approx(number)


@pytest.mark.parametrize(
    "text",
    ["", "H3", "A", "A9", "D2", "A#4", "-220", "0", "nan", "inf", "1e999", "Hz", "79", "441", "A3\x1b[31m", "\x00"],
)
def test_refuses_what_is_no_low_note(text: str) -> None:
    with pytest.raises(SettingsError, match="is no low note") as caught:
        parse_pitch(text)
    assert str(caught.value).isprintable()


@given(st.floats(82.5, 440.0))
def test_a_low_note_in_hz_comes_back(hz: float) -> None:
    assert hertz(parse_pitch(repr(hz))) == pytest.approx(hz)


def test_the_published_melody_of_water() -> None:
    high, low = intone(spell("wa-ter", "HL")).notes
    assert (high.onset, high.duration, high.text) == (0.0, 1.0, "wa")
    assert (low.onset, low.duration, low.text) == (1.0, 1.0, "ter")
    assert hertz(high.pitch or 0) == pytest.approx(261.63, abs=0.01)
    assert hertz(low.pitch or 0) == pytest.approx(220.0)


@given(PATTERNS, st.floats(40, 64), st.floats(1, 7), st.floats(0.3, 3))
def test_notes_follow_the_pattern_without_gap(pattern: str, low: float, interval: float, beat: float) -> None:
    melody = intone(spell("la " * len(pattern), pattern), low=low, interval=interval, beat=beat)
    heights = {"L": low, "M": low + interval / 2, "H": low + interval}
    assert [note.pitch for note in melody.notes] == [heights[letter] for letter in pattern]
    assert melody.duration == pytest.approx(len(pattern) * beat)
    for before, after in zip(melody.notes, melody.notes[1:], strict=False):
        assert after.onset == pytest.approx(before.end)


def test_beats_lengthen_their_own_note_only() -> None:
    notes = intone(spell("wa-ter please", "HLL", (1, 2, 0.5)), beat=0.8).notes
    assert [note.onset for note in notes] == pytest.approx([0.0, 0.8, 2.4])
    assert [note.duration for note in notes] == pytest.approx([0.8, 1.6, 0.4])


@pytest.mark.parametrize(
    ("name", "values"),
    [("low", (39.4, 69.1, math.nan)), ("interval", (0.9, 7.1, -3, math.nan)), ("beat", (0.29, 3.1, 0, math.inf))],
)
def test_settings_out_of_range_are_refused(name: str, values: tuple[float, ...]) -> None:
    for value in values:
        with pytest.raises(SettingsError, match=f"The {name}.* out of range"):
            intone(spell("wa-ter", "HL"), **{name: value})


def test_a_high_note_beyond_the_tracker_is_refused() -> None:
    with pytest.raises(SettingsError, match="too high to be followed"):
        intone(spell("wa-ter", "HL"), low=HIGHEST - 2.9)


def test_nothing_to_sing_lasts_no_time() -> None:
    assert Melody(()).duration == 0.0
