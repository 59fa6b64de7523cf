"""What is known of a sung phrase before it is heard: where its vowels end, which of them follow a hiss."""

from __future__ import annotations

from mit.melody import Melody
from mit.voice.line import GLIDE
from mit.voice.neural import UNIT, load_network
from mit.voice.prosody import speak
from mit.voice.sounds import Sounds, read_syllable
from mit.voice.stretch import stretch


def vowel_ends(melody: Melody, sounds: Sounds) -> tuple[float, ...]:
    """Melody time (s) at which each vowel ends, or the glide to the next note begins."""
    said = speak(sounds)
    units = stretch(said.line, said.units, melody.notes)
    nexts = [*(note.onset - GLIDE for note in melody.notes[1:]), melody.duration]
    held = [float(units[first:past].sum()) * UNIT for first, past in said.line.held]
    return tuple(min(note.onset + length, then) for note, length, then in zip(melody.notes, held, nexts, strict=True))


def voiceless_onset(symbols: tuple[str, ...]) -> bool:
    return read_syllable(symbols, load_network().numbers).hissed
