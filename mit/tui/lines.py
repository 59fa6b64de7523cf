"""A voice as a line over the blocks of a phrase: while it sings, and after it was judged. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, isfinite, log
from statistics import median
from typing import TYPE_CHECKING

from mit.melody import MINOR_THIRD, Melody, midi
from mit.tui.view import Mark

if TYPE_CHECKING:
    from mit.live import Frame
    from mit.practice import Assessment

OCTAVE_FROM = 9.0
"""Semitones off the model from which a moment is drawn an octave nearer."""

MOST_POINTS = 600
"""Of a live line: more than there are dots across a wide terminal, few enough to be drawn thirty times a second."""

CLOSER = 0.8
"""By which a voice that takes longer than the model is drawn closer together, again and again: in steps, for a line
that slid on at every moment would flicker."""

GAP = 0.05
"""Seconds without voice that leave a gap in the line."""

TAP_EARLY = 0.3
"""Seconds before a syllable from which a tap is its own: healthy hands come up to a tenth early."""


def place(melody: Melody, time: float) -> float:
    """Where a moment of the melody lies over its blocks: 2.5 is the middle of the third."""
    for k, note in enumerate(melody.notes):
        if time < note.end:
            return k + max(0.0, time - note.onset) / note.duration
    return float(len(melody.notes))


def live_line(frames: Sequence[Frame], melody: Melody) -> tuple[Mark, ...]:
    """The voice so far in its own key, from its first moment on; a slower voice is drawn closer together."""
    heard = [f for f in frames if isfinite(f.f0)]
    if not heard:
        return ()
    thin = 1 + len(heard) // MOST_POINTS
    gap = GAP * thin
    heard = heard[::thin]
    first, last = heard[0].time, heard[-1].time
    steps = max(0, ceil(log(melody.duration / max(last - first, melody.duration), CLOSER)))
    pace = CLOSER**steps
    xs = [place(melody, (f.time - first) * pace) for f in heard]
    off = [midi(f.f0) - _wanted(melody, x) for f, x in zip(heard, xs, strict=True)]
    key = off[0] + median(_folded(o - off[0]) for o in off)
    points = [(f.time, x, _wanted(melody, x) + _folded(o - key)) for f, x, o in zip(heard, xs, off, strict=True)]
    return tuple(_marks(points, melody, gap=gap))


def sung_line(assessment: Assessment, melody: Melody) -> tuple[Mark, ...]:
    """The judged voice on the model's blocks: each sung note within the block of its syllable, in the person's own
    key and tempo; a note that ended early stops short of the end of its block."""
    contour, alignment = assessment.contour, assessment.alignment
    points: list[tuple[float, float, float]] = []
    for k, pair in enumerate(alignment.pairs):
        if pair.sung is None or alignment.key is None:
            continue
        length = pair.target.duration * (alignment.tempo or 1.0)
        for time, f0 in zip(contour.times.tolist(), contour.f0.tolist(), strict=True):
            if pair.sung.onset <= time <= pair.sung.end and isfinite(f0):
                x = k + min(1.0, (time - pair.sung.onset) / length)
                wanted = _wanted(melody, k)
                points.append((time, x, wanted + _folded(midi(f0) - alignment.key - wanted)))
    return tuple(_marks(points, melody, gap=GAP))


def flat(marks: Iterable[Mark], melody: Melody) -> tuple[Mark, ...]:
    """The same voice in the middle of its blocks: when it sounded, and nothing of its pitch."""
    low, span = _span(melody)
    return tuple(Mark(m.x, None if m.height is None else (_wanted(melody, m.x) - low) / span) for m in marks)


def tap_places(taps: Sequence[float], assessment: Assessment) -> tuple[float, ...]:
    """Where taps (seconds of the take) lie over the blocks, by when each syllable was sung; those far outside are left
    out."""
    sung = [(k, pair.sung) for k, pair in enumerate(assessment.alignment.pairs) if pair.sung is not None]
    places = []
    for tap in taps:
        near = [k + (tap - note.onset) / note.duration for k, note in sung if note.onset - TAP_EARLY <= tap]
        if near and near[-1] <= sung[-1][0] + 1.0:
            places.append(max(0.0, near[-1]))
    return tuple(places)


def _wanted(melody: Melody, x: float) -> float:
    return melody.notes[min(int(x), len(melody.notes) - 1)].pitch or 0.0


def _folded(semitones: float) -> float:
    """An octave slip taken out; what is merely far off stays where it was sung."""
    return semitones - 12.0 * round(semitones / 12.0) if abs(semitones) >= OCTAVE_FROM else semitones


def _marks(points: Sequence[tuple[float, float, float]], melody: Melody, *, gap: float) -> Iterable[Mark]:
    """(time, x, pitch) as marks: height 0 on the low block, 1 on the high one, a gap where no voice was for `gap` s."""
    low, span = _span(melody)
    before: float | None = None
    for time, x, pitch in points:
        if before is not None and time - before > gap:
            yield Mark(x, None)
        yield Mark(x, (pitch - low) / span)
        before = time


def _span(melody: Melody) -> tuple[float, float]:
    """The lowest pitch, and how far the highest lies over it."""
    pitches = [n.pitch for n in melody.notes if n.pitch is not None]
    return min(pitches), max(pitches) - min(pitches) or MINOR_THIRD
