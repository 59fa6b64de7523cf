"""The voices that say words: sung on the notes, spoken plainly, and between both (speech-song).

The network speaks the phrase first, for itself; what it chose for energy and voicing is then carried over to the
lengths and pitches of the melody, and it is asked again.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mit.audio import Audio
from mit.melody import Melody
from mit.voice.line import FADE_OUT, ease, note_pitches, pitch_line
from mit.voice.loudness import level
from mit.voice.neural import FRAME, UNIT, load_network
from mit.voice.prosody import STRESS_ENERGY, VOICED_F0, Said, carry_over, drawn_large, held, hold_evenly, speak, stress
from mit.voice.shape import Vowel, shape, silence
from mit.voice.sounds import Sounds
from mit.voice.stretch import FIRST_VOWEL, LAG_FRAMES, Line, frame_ends, frames_in, hurry, rests_after, stretch
from mit.voice.sustain import bridge, sustain
from mit.voice.waveform import RATE, clear_hiss, draw_out, lengthen_tract, less_breath, waveform

Floats = NDArray[np.float64]

MAN_DEEPER = 1.85
"""A man's speaking pitch lies this factor below a woman's (about 115 and 213 Hz; Traunmüller & Eriksson 1995)."""

LOW_VOICE = 50.0
"""MIDI D3. A melody whose lowest note lies below is a man's."""

BREATH, LEAST_REST = 0.250, 0.350
"""Seconds before a beat in which its consonants sound, and of the shortest rest that is silent."""

LONG_TRACT, RAISED = 0.88, 2.0
"""A man's voice: resonances 12 % lower, and the network is fed f0 an octave up, in the range it was trained on; the
pulses sound at the true f0. Chosen by word errors of a recogniser: 8 % with, 16 % without the octave."""


CLEAR_VOWEL = 6.0
"""dB of breath taken from vowels that are held: they are sung, not spoken, and Praat then hears 1 % more of their
frames in tune (it hears a third of the pitch where breath is strong)."""


def sung(melody: Melody, *, lead: float = 0.0, sounds: Sounds) -> Audio:
    """Sing words: syllable k's vowel begins at its note's onset plus `lead`, in tune, -20 dBFS, under -6 dBFS peak.

    `sounds`: the symbols of each note's syllable (see mit.voice.sounds). Consonants before the first vowel sound
    before its beat: they are cut off where `lead` leaves no room. The end rings 0.3 s beyond the melody.
    Same input, same samples. Raises ValueError where notes and sounds differ in number or there are none.
    """
    said = _say(melody, sounds)
    units = stretch(said.line, said.units, melody.notes)
    energy, voiced = hold_evenly(said, units, *carry_over(said, units))
    pitch = pitch_line(melody.notes, _moments(len(energy), melody.notes[0].onset))
    f0 = np.where(voiced, _hertz(pitch), 0.0)
    samples = _sound(said.line, units, f0, energy, melody)
    return _placed(_shaped(samples, said.line, units, melody), melody, lead)


def spoken(melody: Melody, *, lead: float = 0.0, sounds: Sounds) -> Audio:
    """Say the words plainly, at the pace and pitch of speech; the first vowel begins at its note's onset plus `lead`.

    The register alone is the melody's. Else as `sung`.
    """
    said = _say(melody, sounds)
    f0 = np.where(said.f0 > VOICED_F0, said.f0 / (MAN_DEEPER if is_low(melody) else 1.0), 0.0)
    units = np.array(said.units, np.float64)
    first = said.line.held[0][0]
    before = FIRST_VOWEL - units[:first].sum()
    units[0] += before
    frames = 2 * round(before)
    f0, energy = _shifted(f0, frames), _shifted(said.energy, frames)
    return _placed(_sound(said.line, units, f0, energy, melody, plain=True), melody, lead)


def speechsong(melody: Melody, *, lead: float = 0.0, sounds: Sounds) -> Audio:
    """Say the words on the beats of the melody, with the tune of speech drawn large and no fixed pitches. As `sung`."""
    said = _say(melody, sounds)
    units = stretch(said.line, said.units, melody.notes)
    energy, voiced = hold_evenly(said, units, *carry_over(said, units))
    energy += STRESS_ENERGY * stress(said.line, units)
    pitch = drawn_large(said, units) - (12.0 * np.log2(MAN_DEEPER) if is_low(melody) else 0.0)
    samples = _sound(said.line, units, np.where(voiced, _hertz(pitch), 0.0), energy, melody)
    return _placed(_shaped(samples, said.line, units, melody), melody, lead)


def is_low(melody: Melody) -> bool:
    """Whether a melody is for a low (a man's) voice."""
    return min(note_pitches(melody.notes)) < LOW_VOICE


def _say(melody: Melody, sounds: Sounds) -> Said:
    if not melody.notes or len(sounds) != len(melody.notes):
        raise ValueError(f"{len(sounds)} syllables cannot be sung on {len(melody.notes)} notes")
    return speak(sounds)


def _sound(line: Line, units: Floats, f0: Floats, energy: Floats, melody: Melody, *, plain: bool = False) -> Floats:
    """Samples of the phrase, the first vowel `_first_vowel()` seconds in. plain: as spoken, no vowel is held."""
    low = is_low(melody)
    hurried = hurry(line, units)
    at = np.clip(np.round(frames_in(hurried, units)).astype(int), 0, len(f0) - 1)
    spectra = load_network().spectra(line.ids, hurried, f0[at] * (RAISED if low else 1.0), energy[at])
    spectra = draw_out(spectra, frames_in(units, hurried))
    if not plain:
        spans = _spans(line, units)
        spectra = sustain(less_breath(spectra, CLEAR_VOWEL * held(line, units)), spans)
        spectra = bridge(spectra, [first for (first, _), open_ in zip(spans, line.opened, strict=True) if open_])
    if low:
        spectra = lengthen_tract(spectra, LONG_TRACT)
    samples = waveform(clear_hiss(spectra, f0), f0).astype(np.float64)
    return samples - samples.mean()


def _spans(line: Line, units: Floats) -> list[tuple[int, int]]:
    """(first, past last) frames of each held vowel."""
    ends = frame_ends(units).astype(int)
    return [(max(int(ends[first]), 0), max(int(ends[past]), 0)) for first, past in line.held]


def _shaped(samples: Floats, line: Line, units: Floats, melody: Melody) -> Floats:
    """The samples with every syllable held and set apart from the one before."""
    ends = frame_ends(units)
    vowels = [
        Vowel(_first_vowel() + note.onset - melody.notes[0].onset, float(ends[past]) * FRAME, not syllable.hissed)
        for note, (_, past), syllable in zip(melody.notes, line.held, line.syllables, strict=True)
    ]
    rests = zip(melody.notes, rests_after(melody.notes), strict=True)
    start = _first_vowel() - melody.notes[0].onset
    silent = [(start + n.end, start + n.end + rest - BREATH) for n, rest in rests if rest > LEAST_REST]
    return silence(shape(samples, RATE, vowels), RATE, silent)


def _moments(frames: int, first_onset: float) -> Floats:
    """The melody's time (s) at the middle of each frame."""
    return (np.arange(frames, dtype=np.float64) + 0.5) * FRAME - _first_vowel() + first_onset


def _first_vowel() -> float:
    """Seconds from the start of the network's sound to its first vowel."""
    return FIRST_VOWEL * UNIT - LAG_FRAMES * FRAME


def _shifted(line: NDArray[np.floating], frames: int) -> Floats:
    """A line of frames that starts later (its first value lasts) or earlier."""
    return np.concatenate((np.full(max(frames, 0), line[0], np.float64), line[max(-frames, 0) :]))


def _placed(samples: Floats, melody: Melody, lead: float) -> Audio:
    """Cut or pad the start so that the first vowel lies on its beat; fade what was cut, and the end; level."""
    shift = round((lead + melody.notes[0].onset - _first_vowel()) * RATE)
    samples = np.concatenate((np.zeros(max(shift, 0)), samples[max(-shift, 0) :]))
    times = np.arange(len(samples)) / RATE
    samples = level(samples, RATE) * ease(times, 0.0, 0.010) * (1.0 - ease(times, times[-1] - FADE_OUT, FADE_OUT))
    return Audio(samples.astype(np.float32), RATE)


def _hertz(pitch: Floats) -> Floats:
    f0: Floats = 440.0 * 2.0 ** ((pitch - 69.0) / 12.0)
    return f0
