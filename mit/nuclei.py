"""Syllable nuclei: where each sung syllable begins and ends, from intensity, voicing and steps of pitch.

pYIN bridges short gaps, so voicing alone joins syllables; the intensity envelope shows them (de Jong & Wempe 2009
find syllable nuclei as intensity peaks with a dip around them, inside voiced frames).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mit.contour import Contour, Floats, runs
from mit.melody import Note
from mit.timbre import differ

DIP_DB = 3.0
"""Least dip of intensity between two syllables (prominence; de Jong & Wempe 2009 use 2 dB on speech)."""

TREMOR_DB, TREMOR = 6.5, 0.3
"""A shallower dip with less than this many seconds to the next is a voice that trembles: tremor comes 4 to 8 times a
second, sung syllables hardly more than three times."""

WEAK_DB, WEAK, BESIDE = 6.5, 0.3, 0.15
"""What lies this far under the other syllables, is shorter than this (s) and this near to one is a voiced consonant."""

SLIP, SLIP_SHARE = 0.13, 0.3
"""Seconds under which a note is a consonant with a voice or the end of one, where it is also shorter than this share of
the middle one of the take: who sings short syllables sings them all."""

LEAD, LEAD_SHARE, LEAD_OVER, LEAD_OFF = 0.2, 0.5, 1.0, 4.5
"""A note shorter than this (s) and than this share of the next, no louder by more than so many dB, whose bands differ
by so many, is the consonant that leads to it ("glasses", "morning")."""

NEAR_DB = 6.0
"""Under the loudest note by less than this a note is the singer's, whatever the noise."""

OVER_DB, RISES, UNEVEN_DB = 3.0, 3.0, 6.0
"""A weaker one is, too, where it lies over the background by OVER_DB and RISES times its unevenness (dB from its lowest
tenth to its middle, at most UNEVEN_DB): a fan is even, and people who talk rise 8 to 10 dB over their own mean."""

AWAY, LEAST_AWAY, WELL_AWAY = 0.1, 10, 40
"""Seconds from a note in which its consonants and tail still sound; frames further away that tell the noise, and that
tell how uneven it is."""

SMOOTHING = 0.05
"""Seconds of intensity smoothing: longer than a glottal pulse, shorter than the gap between syllables."""

ONSET_DB = 8.0
"""A vowel has begun when its intensity is within this of its first peak: a voiced consonant lies below it."""

ATTACK = 0.2
"""Seconds in which a vowel reaches its first peak."""

RELEASE_DB = 18.0
"""A syllable has ended when its intensity has fallen this far under its peak."""

STEP = 0.8
"""Semitones between two plateaus that make two notes; the smallest step of the method is 3, sung small it is 1.5."""

PLATEAU = 0.12
"""Seconds on either side over which the pitch is compared: half a vibrato cycle and more, so vibrato is no step."""

SHORTEST = 0.08
"""Seconds: anything shorter is no syllable but a slip (protocol: peaks of at least 80 ms)."""

BRIDGE = 0.05
"""Seconds without voicing inside one syllable that the tracker may drop out."""


def segment(contour: Contour, *, dip: float = DIP_DB) -> tuple[Note, ...]:
    """The sung notes in order of time: onset of the vowel and duration in s, median pitch (MIDI) of the inner part.

    `dip`: dB of intensity between two syllables; more than DIP_DB counts only what is surely two.
    """
    if not contour.voiced.any():
        return ()
    level = _smooth(contour.sonority, contour.hop)
    notes = []
    for first, stop in _bridged(contour, level):
        cuts = _cuts(contour.pitch[first:stop], level[first:stop], contour.hop, dip)
        edges = [first, *(first + c for c in cuts), stop]
        notes += [_note(contour, level, a, b) for a, b in pairwise(edges)]
    found = [n for n in notes if n.duration >= SHORTEST and n.pitch is not None]
    loudness = _smooth(contour.intensity, contour.hop)
    return tuple(_whole(_strong(_foreground(found, contour, loudness), contour, loudness), contour))


def _whole(notes: list[Note], contour: Contour) -> list[Note]:
    """The notes without slips, and without the voiced consonants that lead to one. Where no sound is known none is."""
    if not notes or not len(contour.timbre):
        return notes
    least = min(SLIP, SLIP_SHARE * float(np.median([n.duration for n in notes])))
    around = zip([None, *notes[:-1]], notes, [*notes[1:], None], strict=True)
    return [
        n
        for before, n, after in around
        if not (after and _leads(n, after, contour)) and (n.duration >= least or _stands_out(n, before, after))
    ]


def _stands_out(note: Note, *beside: Note | None) -> bool:
    """Whether a note lies on another height than those beside it, as a syllable may and no consonant does."""
    off = [abs(note.pitch - n.pitch) for n in beside if n and n.pitch is not None and note.pitch is not None]
    return min(off, default=2 * STEP) >= 2 * STEP


def _leads(note: Note, after: Note, contour: Contour) -> bool:
    """Whether a short note is the consonant of the one that follows: no louder, and of another sound."""
    if note.duration > min(LEAD, LEAD_SHARE * after.duration) or after.onset - note.end > BESIDE:
        return False
    lead, vowel = _peaks([note, after], contour, contour.sonority)
    off = differ(contour, note, after)
    return off is not None and off >= LEAD_OFF and lead - vowel <= LEAD_OVER


def _peaks(notes: list[Note], contour: Contour, level: Floats) -> Floats:
    """The highest level within each note."""
    frames = [np.searchsorted(contour.times, (n.onset, n.end)) for n in notes]
    return np.array([level[first : max(stop, first + 1)].max() for first, stop in frames])


def _foreground(notes: list[Note], contour: Contour, level: Floats) -> list[Note]:
    """The notes without those of people or music behind the singer: weaker, and hardly above what else is heard.

    Each that is taken out shows more of the background.
    """
    while notes and (least := _least(notes, contour, level)) is not None:
        kept = [n for n, peak in zip(notes, _peaks(notes, contour, level), strict=True) if peak >= least]
        if len(kept) == len(notes):
            break
        notes = kept
    return notes


def _least(notes: list[Note], contour: Contour, level: Floats) -> float | None:
    """dB over which a note is the singer's own; None where no background is heard."""
    peaks = _peaks(notes, contour, level)
    near = float(peaks.max()) - NEAR_DB
    behind = level[_away(notes, contour)]
    if few := len(behind) < LEAST_AWAY:
        behind = level[_away([n for n, peak in zip(notes, peaks, strict=True) if peak >= near], contour)]
    if len(behind) < LEAST_AWAY or np.isnan(behind).all():
        return None
    deep, floor, middle = np.percentile(behind, (10, 25, 50))
    if few:  # much of what is behind may be the singer's own soft notes
        floor = deep
    uneven = UNEVEN_DB if few or len(behind) < WELL_AWAY else min(middle - deep, UNEVEN_DB)
    return min(float(floor + OVER_DB + RISES * uneven), near)


def _away(notes: list[Note], contour: Contour) -> NDArray[np.bool_]:
    """Frames in which none of these notes sounds, nor a consonant or tail of it."""
    away = np.ones(len(contour.times), bool)
    for note in notes:
        first, stop = np.searchsorted(contour.times, (note.onset - AWAY, note.end + AWAY))
        away[first:stop] = False
    return away


def _strong(notes: list[Note], contour: Contour, level: Floats) -> list[Note]:
    """The notes without voiced consonants that sound like weak syllables."""
    if not notes:
        return []
    peaks = _peaks(notes, contour, level)
    least = float(np.median(peaks)) - WEAK_DB
    gaps = [BESIDE + 1, *(b.onset - a.end for a, b in pairwise(notes)), BESIDE + 1]
    return [
        n for k, n in enumerate(notes) if peaks[k] >= least or n.duration >= WEAK or min(gaps[k], gaps[k + 1]) > BESIDE
    ]


def _bridged(contour: Contour, level: Floats) -> list[tuple[int, int]]:
    """Voiced runs, joined over drop-outs of voicing during which neither intensity nor pitch changed."""
    joined: list[tuple[int, int]] = []
    pitch = contour.pitch
    for first, stop in runs(contour.voiced):
        if joined and (first - joined[-1][1]) * contour.hop <= BRIDGE:
            before = joined[-1][1]
            dip = min(level[before - 1], level[first]) - level[before - 1 : first + 1].min()
            if dip < DIP_DB and abs(pitch[first] - pitch[before - 1]) < STEP:
                joined[-1] = (joined[-1][0], stop)
                continue
        joined.append((first, stop))
    return joined


def _smooth(level: Floats, hop: float) -> Floats:
    width = max(1, round(SMOOTHING / hop)) | 1
    return np.asarray(np.convolve(np.pad(level, width // 2, mode="edge"), np.full(width, 1 / width), "valid"))


def _cuts(pitch: Floats, level: Floats, hop: float, dip: float) -> list[int]:
    """Frames inside a run at which a new syllable begins: dips of intensity, then steps of pitch away from them."""
    near = round(PLATEAU / hop)
    dips = _dips(level, dip, hop)
    steps = [s for s in _steps(pitch, hop) if all(abs(s - d) > near for d in dips)]
    return sorted(dips + steps)


def _dips(level: Floats, least: float, hop: float) -> list[int]:
    """Local minima with at least `least` dB to the higher parts on both sides; more where they come fast."""
    from scipy.signal import find_peaks  # late: a second of import, done during warm-up

    places, found = find_peaks(-level, prominence=least)
    edges = np.concatenate(([0], places, [len(level)]))
    pieces = np.diff(edges) * hop
    slow = np.minimum(pieces[:-1], pieces[1:]) >= TREMOR
    return [int(k) for k in places[slow | (found["prominences"] >= TREMOR_DB)]]


def _steps(pitch: Floats, hop: float) -> list[int]:
    """Frames at which the median pitch of the next plateau differs by STEP or more from that of the last."""
    width = round(PLATEAU / hop)
    if len(pitch) < 2 * width:
        return []
    windows = np.nanmedian(np.lib.stride_tricks.sliding_window_view(pitch, width), axis=1)
    change = np.abs(windows[width:] - windows[:-width])
    return [width + k for k in _summits(change, STEP, width)]


def _summits(values: Floats, least: float, apart: int) -> Iterable[int]:
    """The highest place of each stretch over `least`, places closer than `apart` joined."""
    found: list[int] = []
    for first, stop in runs(values >= least):
        top = values[first:stop]
        k = first + round(float(np.mean(np.flatnonzero(top >= top.max() - 0.05))))
        if not found or k - found[-1] > apart:
            found.append(k)
    return found


def _note(contour: Contour, level: Floats, first: int, stop: int) -> Note:
    """One syllable between two cuts: trimmed to its vowel, with the median pitch of its inner 80 %."""
    inside = level[first:stop]
    attack = inside[: max(1, round(ATTACK / contour.hop))]
    onset = int(np.argmax(inside >= attack.max() - ONSET_DB))
    sounding = np.flatnonzero(inside >= inside.max() - RELEASE_DB)
    end = int(sounding[-1]) + 1 if len(sounding) else len(inside)
    body = contour.pitch[first + onset : first + end]
    edge = len(body) // 10
    core = body[edge : len(body) - edge]
    core = core[np.isfinite(core)]
    pitch = float(np.median(core)) if len(core) else None
    return Note(float(contour.times[first + onset]), max(0.0, (end - onset) * contour.hop), pitch)
