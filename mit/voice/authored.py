"""A melody taken from singing: the notes of a take become the target, and a person may nudge them.

Nudging is pure: a melody in, another one out. Notes are counted from 0; `intone` sets the same limits.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from mit.audio import Audio
from mit.contour import Contour
from mit.errors import PhraseError, RecordingError, SettingsError
from mit.melody import HIGHEST, LOW_RANGE, Melody, Note
from mit.nuclei import DIP_DB, segment
from mit.phrase import BEATS_RANGE, Phrase
from mit.pitch import track

DIPS = (DIP_DB, 4.5, 6.0, 9.0, 2.0, 1.5)
"""dB of intensity between two notes, in the order in which they are tried: the usual, then what finds fewer notes (a
trembling voice), then what finds more (a smooth one). How many there should be is known here."""

LEGATO = 0.5
"""Seconds: across a shorter silence a note lasts until the next, as it does in a melody that is made up."""

SHORTEST = 0.1
"""Seconds: shorter is no note that someone could sing after."""


@dataclass(frozen=True, slots=True)
class Authored:
    """What was found in a take.

    melody: the notes found, the first at 0 s, with the syllables as their texts in order (None: more notes than
    syllables); expected: syllables of the phrase.
    """

    melody: Melody
    expected: int

    @property
    def fits(self) -> bool:
        """Whether there is a note for each syllable."""
        return len(self.melody.notes) == self.expected

    def __str__(self) -> str:
        found = len(self.melody.notes)
        return f"Notes found: {found}, syllables: {self.expected}"


def author(take: Audio, phrase: Phrase, *, rounded: bool = False) -> Authored:
    """The melody that is sung in a take, a note for each syllable where that many are heard.

    Pitches are as sung (MIDI); rounded: to whole semitones in the singer's own tuning, and then to the piano's.
    Raises RecordingError where no note is heard.
    """
    notes = _notes(track(take), len(phrase.syllables))
    if not notes:
        raise RecordingError("No sung note was found in this recording.", "Sing the phrase, one note a syllable.")
    start = notes[0].onset
    notes = tuple(replace(n, onset=n.onset - start) for n in _joined(notes))
    if rounded:
        notes = _rounded(notes)
    return Authored(respell(Melody(notes), phrase), len(phrase.syllables))


def _notes(contour: Contour, wanted: int) -> tuple[Note, ...]:
    """The notes at the first of DIPS that gives as many as wanted, else at the usual one."""
    tried = [segment(contour, dip=DIPS[0])]
    for dip in DIPS[1:]:
        if len(tried[-1]) == wanted:
            return tried[-1]
        tried.append(segment(contour, dip=dip))
    return tried[-1] if len(tried[-1]) == wanted else tried[0]


def _joined(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """Each note lasts until the next, unless there is a rest between them."""
    lasting = [
        replace(n, duration=after.onset - n.onset) if after.onset - n.end < LEGATO else n
        for n, after in pairwise(notes)
    ]
    return (*lasting, notes[-1])


def _rounded(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """Whole MIDI numbers: the tuning that all notes share is taken out first, so that no interval is bent by it."""
    pitches = np.array([n.pitch for n in notes if n.pitch is not None])
    tuning = float(np.angle(np.mean(np.exp(2j * np.pi * pitches)))) / (2 * math.pi)
    return tuple(n if n.pitch is None else replace(n, pitch=float(round(n.pitch - tuning))) for n in notes)


def respell(melody: Melody, phrase: Phrase) -> Melody:
    """The notes with the syllables of a phrase as their texts, in order; None for notes beyond them."""
    texts = [*(s.text for s in phrase.syllables), *[None] * len(melody.notes)]
    return Melody(tuple(replace(n, text=text) for n, text in zip(melody.notes, texts, strict=False)))


def nudge(melody: Melody, change: str) -> Melody:
    """A change as it is typed: the note, counted from 1, and what of it: "2:+1" semitones, "2:-0.5b" beats (of the
    length that most notes have), "2:split" in two, "2:join" with the next. Raises PhraseError or SettingsError.
    """
    parts = re.fullmatch(r"\s*(\d{1,3})\s*:\s*(?:(split|join)|([+-]?\d{1,2}(?:\.\d{1,3})?)\s*(b?))\s*", change)
    if parts is None:
        raise SettingsError(f"{change!r:.40} is no change of a note.", "Give it as 2:+1, 2:+0.5b, 2:split or 2:join.")
    index = int(parts[1]) - 1
    if parts[2]:
        return {"split": split_note, "join": join_notes}[parts[2]](melody, index)
    if parts[4]:
        beat = float(np.median([n.duration for n in melody.notes]))
        return lengthen(melody, index, float(parts[3]), beat=beat)
    return shift_pitch(melody, index, float(parts[3]))


def shift_pitch(melody: Melody, index: int, semitones: float) -> Melody:
    """Note `index` higher or lower. Raises PhraseError for a note that is not there, SettingsError out of range."""
    note = _note(melody, index)
    if note.pitch is None:
        raise PhraseError(f"Note {index + 1} has no pitch.", "Move another one.")
    pitch = note.pitch + semitones
    if not LOW_RANGE[0] <= pitch <= HIGHEST:
        raise SettingsError(
            f"Note {index + 1} would be out of range.", f"Stay from {LOW_RANGE[0]:g} to {HIGHEST:g} (MIDI)."
        )
    return _with(melody, index, replace(note, pitch=pitch))


def lengthen(melody: Melody, index: int, beats: float, *, beat: float) -> Melody:
    """Note `index` longer or shorter by `beats` of `beat` seconds; what follows comes later or earlier by as much.

    Raises PhraseError for a note that is not there, SettingsError for a length that cannot be sung.
    """
    note = _note(melody, index)
    change = beats * beat
    if not SHORTEST <= note.duration + change <= BEATS_RANGE[1] * beat:
        raise SettingsError(f"Note {index + 1} would be too short or too long.", "Move it by less.")
    later = tuple(replace(n, onset=n.onset + change) for n in melody.notes[index + 1 :])
    return Melody((*melody.notes[:index], replace(note, duration=note.duration + change), *later))


def split_note(melody: Melody, index: int) -> Melody:
    """Two notes of half the length in place of note `index`; the texts move on. For two syllables heard as one.

    Raises PhraseError for a note that is not there, SettingsError for one that is too short.
    """
    note = _note(melody, index)
    half = note.duration / 2
    if half < SHORTEST:
        raise SettingsError(f"Note {index + 1} is too short to be two.", "Split a longer one.")
    parts = (replace(note, duration=half), replace(note, onset=note.onset + half, duration=half))
    return Melody((*melody.notes[:index], *parts, *melody.notes[index + 1 :]))


def join_notes(melody: Melody, index: int) -> Melody:
    """One note in place of note `index` and the next, on the pitch of the longer. For one syllable heard as two.

    Raises PhraseError where there are not both.
    """
    first, second = _note(melody, index), _note(melody, index + 1)
    pitch = max(first, second, key=lambda n: n.duration if n.pitch is not None else 0.0).pitch
    both = replace(first, duration=second.end - first.onset, pitch=pitch)
    return Melody((*melody.notes[:index], both, *melody.notes[index + 2 :]))


def _note(melody: Melody, index: int) -> Note:
    if not 0 <= index < len(melody.notes):
        raise PhraseError(f"There is no note {index + 1}.", f"There are {len(melody.notes)}, counted from 1.")
    return melody.notes[index]


def _with(melody: Melody, index: int, note: Note) -> Melody:
    return Melody((*melody.notes[:index], note, *melody.notes[index + 1 :]))
