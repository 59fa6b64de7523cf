"""The melody of a phrase: notes with onset, duration and pitch. The same Note describes model and sung voice."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from mit.errors import SettingsError
from mit.phrase import Syllable

A2, A3 = 45.0, 57.0
"""Low note of a low and of a high voice, MIDI (Norton 2009: A3/C4 for women; an octave below for men)."""

MINOR_THIRD = 3.0
"""Semitones from the low to the high note (Norton et al. 2009)."""

BEAT = 1.0
"""Seconds a syllable: one hand beat a second (Norton et al. 2009)."""

LOW_RANGE = (39.48, 69.0)
"""MIDI, 80 Hz to A4 (440 Hz): low notes that a person can hum, as far down as a comfortable one is looked for."""

HIGHEST = 71.5
"""MIDI: the highest note that the tracker follows with room above it (508 Hz)."""

INTERVAL_RANGE = (1.0, 7.0)
"""Semitones: published practice goes to a fifth; from a tritone on, a step cannot be told from its octave fold."""

BEAT_RANGE = (0.3, 3.0)


@dataclass(frozen=True, slots=True)
class Note:
    """A note: onset and duration in seconds, pitch as a float MIDI number (None: no pitch), its syllable's text.

    The onset is the vowel's, which is where listeners hear the beat.
    """

    onset: float
    duration: float
    pitch: float | None
    text: str | None = None

    @property
    def end(self) -> float:
        return self.onset + self.duration


@dataclass(frozen=True, slots=True)
class Melody:
    """Notes in order of time, the first at or after 0 s."""

    notes: tuple[Note, ...]

    @property
    def duration(self) -> float:
        return self.notes[-1].end if self.notes else 0.0


def midi(hz: float) -> float:
    """Frequency in Hz as a float MIDI number (A4 = 440 Hz = 69)."""
    return 69.0 + 12.0 * math.log2(hz / 440.0)


def hertz(pitch: float) -> float:
    """A float MIDI number as frequency in Hz."""
    return 440.0 * float(2.0 ** ((pitch - 69.0) / 12.0))


def parse_pitch(text: str) -> float:
    """Read a low note given as a name ("A3", "Bb2", "F#3") or in Hz ("220", "220 Hz"); return a MIDI number.

    Raises SettingsError when it is neither, or outside 80 to 440 Hz.
    """
    named = re.fullmatch(r"([A-Ga-g])([#b♯♭]?)(-?\d)", text.strip())
    if named:
        step = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}[named[1].upper()]
        pitch = 12.0 * (int(named[3]) + 1) + step + {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1}[named[2]]
    else:
        try:
            hz = float(re.sub(r"\s*[Hh][Zz]\s*$", "", text))
        except ValueError:
            hz = math.nan
        pitch = midi(hz) if hz > 0 and math.isfinite(hz) else math.nan
    if not LOW_RANGE[0] <= round(pitch, 6) <= LOW_RANGE[1] if math.isfinite(pitch) else True:
        raise SettingsError(
            f"{text!r} is no low note the trainer can use.", "Give a note from E2 to A4, or 80 to 440 Hz."
        )
    return pitch


def intone(
    syllables: Sequence[Syllable], *, low: float = A3, interval: float = MINOR_THIRD, beat: float = BEAT
) -> Melody:
    """Lay syllables on two pitches: high for stressed ones, low for the others, one beat each, or on their own.

    `low` is a MIDI number, `interval` semitones (1 to 7), `beat` seconds a beat (0.3 to 3). Raises SettingsError
    when one is out of range. Source: Norton, Zipse, Marchina & Schlaug 2009.
    """
    for name, value, (least, most) in (
        ("low note", low, LOW_RANGE),
        ("interval", interval, INTERVAL_RANGE),
        ("beat", beat, BEAT_RANGE),
    ):
        if not least <= value <= most:
            raise SettingsError(f"The {name} {value:g} is out of range.", f"Give {least:g} to {most:g}.")
    above = {"L": 0.0, "M": interval / 2, "H": interval}
    steps = [above[s.height] if s.semitones is None else s.semitones for s in syllables]
    if low + max([interval, *steps]) > HIGHEST:
        raise SettingsError(
            "The high note is too high to be followed.", "Choose a lower low note or a smaller interval."
        )
    notes, onset = [], 0.0
    for s, step in zip(syllables, steps, strict=True):
        notes.append(Note(onset, s.beats * beat, low + step, s.text))
        onset += s.beats * beat
    return Melody(tuple(notes))
