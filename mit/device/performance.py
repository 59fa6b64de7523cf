"""What a pretend patient sings of a melody: the notes, whose truth is known, before any sound is made of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mit.device.skill import Skill
from mit.melody import Melody, Note

LONGEST_LEAD = 8.0
LOWEST, HIGHEST = 42.0, 72.0
"""MIDI F#2 to C5: what the voice can sing."""

BROKEN_OFF, REGATHERED = 0.25, 0.3
"""Seconds that a false start sounds, and of silence after it."""

EARLY = -0.05
"""Seconds by which healthy people tap before a beat, on average (20 to 80 ms; Repp 2005)."""


@dataclass(frozen=True, slots=True)
class Performance:
    """notes: all that sounds, in order, onsets from the opening of the microphone; sung: for each note of the melody
    what was sung for it, None where nothing was; other: another phrase than the one asked for was sung."""

    notes: tuple[Note, ...]
    sung: tuple[Note | None, ...]
    other: bool = False

    @property
    def seconds(self) -> float:
        return self.notes[-1].end if self.notes else 0.0


def act(melody: Melody, own: Skill, seed: int | tuple[int, ...]) -> Performance:
    """What somebody of this skill sings. The same arguments give the same notes."""
    rng = np.random.default_rng(seed)
    key = _own_key(melody, rng)
    pitches = [note.pitch for note in melody.notes if note.pitch is not None]
    low, high = (min(pitches), max(pitches)) if pitches else (0.0, 0.0)
    notes: list[Note] = []
    sung: list[Note | None] = []
    delay = min(LONGEST_LEAD, own.latency * rng.uniform(0.7, 1.5))
    for note in melody.notes:
        chances = rng.random(3)
        delay += rng.uniform(1.0, 2.0) if notes and chances[0] < own.pause else 0.0
        error = rng.normal(0.0, own.wobble / 100), float(np.clip(rng.normal(0.0, own.timing), -0.2, 0.2))
        if chances[1] < own.missing or note.pitch is None:
            sung.append(None)
            continue
        pitch = low + high - note.pitch if chances[2] < own.wrong else note.pitch
        heard = low + (pitch - low) * own.interval + key + error[0]
        onset = max(delay + note.onset * own.tempo + error[1], notes[-1].end if notes else 0.0)
        starts = _false_starts(own, onset, rng)
        notes += [replace(note, onset=at, duration=BROKEN_OFF, pitch=heard) for at in starts]
        lost = len(starts) * (BROKEN_OFF + REGATHERED)
        delay += lost
        notes.append(replace(note, onset=onset + lost, duration=note.duration * own.tempo * 0.8, pitch=heard))
        sung.append(notes[-1])
    return Performance(tuple(notes), tuple(sung))


def beats(performance: Performance, own: Skill, rng: np.random.Generator) -> tuple[float, ...]:
    """When the hand beats the syllables that are sung: a little early, about as even as the voice."""
    onsets = [note.onset for note in performance.notes if note.duration > BROKEN_OFF]
    return tuple(sorted(max(0.0, onset + float(rng.normal(EARLY, own.timing))) for onset in onsets))


def _false_starts(own: Skill, onset: float, rng: np.random.Generator) -> list[float]:
    """When a note is begun and broken off before it is sung: one after the other, as long as chance has it."""
    starts: list[float] = []
    while own.false_start and len(starts) < 2 and rng.random() < own.false_start:
        starts.append(onset + len(starts) * (BROKEN_OFF + REGATHERED))
    return starts


def _own_key(melody: Melody, rng: np.random.Generator) -> float:
    """Semitones by which this voice sings lower or higher than the model, within what it can sing."""
    pitches = [note.pitch for note in melody.notes if note.pitch is not None] or [LOWEST]
    return float(np.clip(rng.uniform(-5.0, 2.0), LOWEST - min(pitches), max(0.0, HIGHEST - max(pitches))))
