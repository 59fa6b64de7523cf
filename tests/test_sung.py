from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mit.audio import Audio
from mit.errors import MitError
from mit.melody import A2, A3, Melody, intone
from mit.phrase import spell
from mit.practice import assess
from mit.voice import HEAD, VOICES, available_voices, render, sounding
from mit.voice.loudness import LOUDNESS, PEAK, active_rms
from mit.voice.neural import load_network
from mit.voice.sounds import Sounds, read_syllable

pytest.importorskip("onnxruntime")
pytest.importorskip("parselmouth")

from tests import praat
from tests.sung_truth import vowel_ends


def sounds(text: str) -> Sounds:
    """ "wˈɔ-Təɹ plˈiz" as symbols, a space where a word ends."""
    words = [word.split("-") for word in text.split()]
    return tuple(tuple(part + " " * (part is word[-1])) for word in words for part in word)


PHRASES = {
    "I want some wa-ter": ("LHLHL", "ˌI wˈɑnt sˌʌm wˈɔ-Təɹ"),
    "Pass the fish to Pat": ("HLHLH", "pˈæs ðə fˈɪʃ tə pˈæt"),
    "Where are my glass-es": ("HLLHL", "wˌɛɹ ɑɹ mI ɡlˈæ-sᵻz"),
    "I don't feel well": ("LLLH", "ˌI dˈOnt fˈil wˈɛl"),
    "I need to see the doc-tor": ("LHLHLHL", "ˌI nˈid tə sˈi ðə dˈɑk-təɹ"),
    "I know the word but can-not say it": ("LHLHLHLHL", "ˌI nˈO ðə wˈɜɹd bˌʌt kə-nˈɑt sˈA ɪt"),
    "Can I have the bill": ("LLHLH", "kˌæn ˌI hˈæv ðə bˈɪl"),
}
BUZZED = [
    "Pass the fish to Pat",
    "I don't feel well",  # a murmur where n meets t
    "I need to see the doc-tor",  # a voice that ends
    "I know the word but can-not say it",  # a vowel after a vowel
]
"""Phrases that were heard near 80 Hz, each for its own reason."""

WATER = PHRASES["I want some wa-ter"]
KNOWN = tuple(load_network().numbers)
REGISTERS = [A2, A3]
WORDED = [voice for voice in VOICES if voice != "hum"]


def phrase(text: str, *, low: float = A3, beat: float = 0.7) -> tuple[Melody, Sounds]:
    pattern, said = PHRASES[text]
    return intone(spell(text, pattern), low=low, beat=beat), sounds(said)


def sing(text: str, *, low: float = A3, beat: float = 0.7, voice: str = "sung") -> tuple[Melody, Sounds, Audio]:
    melody, said = phrase(text, low=low, beat=beat)
    return melody, said, render(melody, voice=voice, lead=HEAD, sounds=said)


@pytest.mark.parametrize("low", [42.0, *REGISTERS, 65.0])
@pytest.mark.parametrize("beat", [0.4, 1.0, 1.6])
def test_vowels_are_in_tune(low: float, beat: float) -> None:
    melody, said, audio = sing("I want some wa-ter", low=low, beat=beat)
    cents = praat.cents_off(praat.track(audio), melody, vowel_ends(melody, said), lead=HEAD)
    assert np.mean(np.abs(np.concatenate(cents)) <= 30) >= 0.95
    assert np.median([abs(np.median(note)) for note in cents]) <= 10


@pytest.mark.parametrize("low", REGISTERS)
@pytest.mark.parametrize("beat", [0.61, 1.0])
def test_vowels_begin_on_the_beat(low: float, beat: float) -> None:
    melody, said, audio = sing("Pass the fish to Pat", low=low, beat=beat)
    heard = praat.track(audio, step=0.002)
    hissed = [k for k, symbols in enumerate(said) if read_syllable(symbols, KNOWN).hissed]
    assert hissed == [0, 2, 3, 4]
    for k in hissed:
        assert abs(praat.onset_error(heard, melody.notes[k], lead=HEAD)) <= 0.040


@pytest.mark.parametrize("low", REGISTERS)
@pytest.mark.parametrize("text", BUZZED)
@pytest.mark.parametrize("beat", [0.7, 1.0])
def test_nothing_buzzes_at_the_frame_rate(text: str, low: float, beat: float) -> None:
    assert praat.buzzing(praat.track(sing(text, low=low, beat=beat)[2])) == 0


@pytest.mark.parametrize("low", REGISTERS)
@pytest.mark.parametrize("text", ["Where are my glass-es", "Can I have the bill"])
def test_the_trainer_finds_its_own_model_good(text: str, low: float) -> None:
    melody, _, audio = sing(text, low=low)
    score = assess(audio, melody).score
    assert (score.missing, score.added) == (0, 0)
    assert min(value for value in score.parts.values() if value is not None) >= 0.9


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("low", REGISTERS)
def test_every_voice_is_as_loud_and_never_too_loud(voice: str, low: float) -> None:
    samples = sing("I want some wa-ter", low=low, voice=voice)[2].samples.astype(np.float64)
    assert 20 * np.log10(active_rms(samples) / LOUDNESS) == pytest.approx(0, abs=0.5)
    assert np.abs(samples).max() <= PEAK + 1e-6


@pytest.mark.parametrize("voice", WORDED)
def test_the_same_melody_is_the_same_sound(voice: str) -> None:
    first, again = (sing("I want some wa-ter", voice=voice)[2] for _ in range(2))
    assert np.array_equal(first.samples, again.samples)


@pytest.mark.parametrize("voice", WORDED)
def test_lead_moves_the_sound_and_nothing_else(voice: str) -> None:
    melody, said = phrase("I want some wa-ter")
    early, late = (render(melody, voice=voice, lead=lead, sounds=said) for lead in (HEAD, HEAD + 1.25))
    moved = round(1.25 * early.rate)
    start = round(0.3 * early.rate)
    assert np.allclose(late.samples[moved + start :], early.samples[start:], atol=1e-4)
    assert not late.samples[: round(0.5 * late.rate)].any()


def test_speech_keeps_its_own_pace_and_the_register_of_the_melody() -> None:
    woman, man = (sing("I want some wa-ter", low=low, voice="spoken")[2] for low in (A3, A2))
    assert woman.duration < 2.5
    high, deep = (np.nanmedian(praat.track(audio).f0) for audio in (woman, man))
    assert 150 < high < 260
    assert 80 < deep < 140


@pytest.mark.parametrize("low", REGISTERS)
def test_speech_song_keeps_the_beat_without_fixed_pitches(low: float) -> None:
    melody, said, audio = sing("Pass the fish to Pat", low=low, voice="speechsong")
    heard = praat.track(audio, step=0.002)
    for k in (0, 2, 4):
        assert abs(praat.onset_error(heard, melody.notes[k], lead=HEAD)) <= 0.05
    spans = praat.cents_off(heard, melody, vowel_ends(melody, said), lead=HEAD)
    assert max(np.ptp(cents) for cents in spans if len(cents)) > 200


def test_a_rest_is_quiet_and_a_note_without_pitch_is_sung() -> None:
    melody, said = phrase("I want some wa-ter", beat=0.5)
    apart = tuple(replace(note, onset=note.onset + (1.0 if k > 2 else 0.0)) for k, note in enumerate(melody.notes))
    silent_pitch = (replace(apart[0], pitch=None), *apart[1:])
    audio = render(Melody(silent_pitch), voice="sung", lead=HEAD, sounds=said)
    rest = audio.samples[round((HEAD + 1.6) * audio.rate) : round((HEAD + 2.2) * audio.rate)]
    assert np.abs(rest).max() < 0.02
    assert np.abs(audio.samples[round((HEAD + 0.1) * audio.rate) : round((HEAD + 0.4) * audio.rate)]).max() > 0.1


def test_long_phrases_and_crowded_syllables_keep_the_beat() -> None:
    said = sounds("stɹˈɛŋθs " * 23 + "tˈɛksts")
    melody = intone(spell("streng " * 24, "LH" * 12), beat=0.4)
    audio = render(melody, voice="sung", lead=HEAD, sounds=said)
    assert audio.duration == pytest.approx(HEAD + melody.duration, abs=0.35)


@pytest.mark.parametrize(
    ("symbols", "parts"),
    [
        ("wˈɔ", ("w", "ˈ", "ɔ", "", False)),
        ("Təɹ ", ("T", "", "əɹ", "", True)),
        ("stɹˈɛŋθs ", ("stɹ", "ˈ", "ɛ", "ŋθs", True)),
        ("bˈɜɹd", ("b", "ˈ", "ɜɹ", "d", False)),
        ("n", ("", "", "n", "", False)),
        ("ʃ", ("ʃ", "", "ə", "", False)),
        (" ", ("", "", "ə", "", True)),
        ("", ("", "", "ə", "", False)),
        ("\x07日ˈi", ("", "ˈ", "i", "", False)),
    ],
)
def test_what_is_held_in_a_syllable(symbols: str, parts: tuple[str, str, str, str, bool]) -> None:
    found = read_syllable(tuple(symbols), KNOWN)
    assert (found.onset, found.mark, found.nucleus, found.coda, found.word_end) == parts


def test_syllables_without_known_sounds_are_still_sung() -> None:
    melody = intone(spell("a b c", "HLH"), beat=0.5)
    assert active_rms(render(melody, voice="sung", lead=HEAD, sounds=((), ("?", "日"), ("ˈ",))).samples) > 0.05


@pytest.mark.parametrize("voice", WORDED)
def test_sounds_that_do_not_fit_the_notes_are_a_mistake(voice: str) -> None:
    melody, said = phrase("I want some wa-ter")
    with pytest.raises(ValueError, match="4 syllables cannot be sung on 5 notes"):
        render(melody, voice=voice, sounds=said[:4])


def test_without_sounds_the_model_is_hummed() -> None:
    melody, _ = phrase("I want some wa-ter")
    assert np.array_equal(render(melody, voice="sung").samples, render(melody).samples)
    assert sounding("sung", None) == "hum"
    assert sounding("sung", (("ˈ", "I"),)) == "sung"


def test_without_onnxruntime_the_model_is_hummed() -> None:
    program = (
        "import sys; sys.modules['onnxruntime'] = None\n"
        "from mit.voice import available_voices, sounding\n"
        "print(available_voices(), sounding('sung', (('a',),)))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "('hum',) hum"
    assert available_voices() == VOICES


def test_the_voices_load_nothing_heavy_until_they_sing() -> None:
    program = (
        "import sys, mit.voice\n"
        "print(sorted({'onnxruntime', 'scipy', 'librosa', 'hibari', 'soxr', 'soundfile'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"


def test_a_damaged_graph_is_told_in_one_line(tmp_path: Path) -> None:
    graph = tmp_path / "voice.onnx"
    graph.write_bytes(b"no graph")
    with pytest.raises(MitError, match=r"voice\.onnx cannot be read\. Install the trainer again"):
        load_network(graph)
