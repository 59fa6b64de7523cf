"""Which sung notes were begun and broken off: short, then silence, then the same sound at the same height again."""

from __future__ import annotations

from mit.contour import Contour
from mit.melody import Note
from mit.timbre import differ

SHORT = 0.7
"""Share of the note then sung that one broken off lasts at most."""

REST, LONGEST_REST = 0.05, 3.0
"""Seconds of silence after it: less is one syllable that runs into the next, more is another try of the phrase."""

SAME_PITCH = 1.0
"""Semitones within which it is the same note begun again."""

ALIKE = 5.5
"""dB over the bands within which two vowels are the same: 9 in 10 repeats lie below, 5 in 6 pairs of others above."""


def broken_off(notes: tuple[Note, ...], contour: Contour) -> tuple[bool, ...]:
    """For each note whether it was only a start of the next one. Where no sound is known, none is."""
    found = [False] * len(notes)
    whole = list(notes)  # the note that a start leads to, over further starts
    for k in range(len(notes) - 2, -1, -1):
        following = whole[k + 1] if found[k + 1] else notes[k + 1]
        if notes[k].duration <= SHORT * following.duration and _again(notes[k], notes[k + 1], contour):
            found[k], whole[k] = True, following
    return tuple(found)


def _again(a: Note, b: Note, contour: Contour) -> bool:
    if a.pitch is None or b.pitch is None or not REST <= b.onset - a.end <= LONGEST_REST:
        return False
    off = differ(contour, a, b) if abs(a.pitch - b.pitch) <= SAME_PITCH else None
    return off is not None and off <= ALIKE
