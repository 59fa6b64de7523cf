"""What Praat hears in a sung phrase: pitch inside vowels, vowel onsets, and a buzz where there should be hiss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import parselmouth
from numpy.typing import NDArray

from mit.audio import Audio
from mit.melody import Melody, Note

FLOOR, CEILING = 75.0, 600.0
"""Hz that Praat looks for, for every register alike."""

BUZZ = (72.0, 95.0)
"""Hz around the frame rate of the network, 80: no melody of the tests comes here."""

SETTLED = 0.03
"""Seconds after an onset from which a pitch is held to the note."""

NEAR = 0.20
"""Seconds around a beat in which its vowel is looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Praat's pitch: times in s, f0 in Hz, NaN where it hears none."""

    times: NDArray[np.float64]
    f0: NDArray[np.float64]

    @property
    def pitch(self) -> NDArray[np.float64]:
        return 69 + 12 * np.log2(self.f0 / 440)


def track(audio: Audio, *, step: float = 0.005) -> Track:
    sound = parselmouth.Sound(audio.samples.astype(np.float64), audio.rate)
    pitch = sound.to_pitch_ac(time_step=step, pitch_floor=FLOOR, pitch_ceiling=CEILING)
    f0 = np.array(pitch.selected_array["frequency"])
    return Track(np.array(pitch.xs()), np.where(f0 > 0, f0, np.nan))


def cents_off(heard: Track, melody: Melody, vowel_ends: Sequence[float], *, lead: float) -> list[NDArray[np.float64]]:
    """For each note, how far each voiced frame inside its vowel is from it. vowel_ends: s in the melody's time."""
    return [
        100 * (heard.pitch[inside] - float(note.pitch or 0))
        for note, end in zip(melody.notes, vowel_ends, strict=True)
        for inside in [_inside(heard, lead + note.onset + SETTLED, lead + end)]
    ]


def _inside(heard: Track, start: float, end: float) -> NDArray[np.bool_]:
    return (heard.times >= start) & (heard.times < end) & np.isfinite(heard.f0)


def onset_error(heard: Track, note: Note, *, lead: float) -> float:
    """Seconds by which the voice begins after the beat, following silence or hiss; NaN where it never paused."""
    near = np.flatnonzero(np.abs(heard.times - note.onset - lead) < NEAR)
    voiced = np.isfinite(heard.f0[near])
    starts = np.flatnonzero(voiced[1:] & ~voiced[:-1]) + 1
    errors = heard.times[near[starts]] - note.onset - lead
    return float(errors[np.argmin(np.abs(errors))]) if len(errors) else float("nan")


def buzzing(heard: Track) -> int:
    """Frames heard near the network's frame rate."""
    return int(np.sum((heard.f0 > BUZZ[0]) & (heard.f0 < BUZZ[1])))
