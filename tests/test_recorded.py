"""A person's own singing as the model: tuned, looked over, and a melody taken from it."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from mit.audio import Audio
from mit.errors import MitError, PhraseError, RecordingError, SettingsError
from mit.melody import Melody, Note, intone
from mit.phrase import Phrase, spell
from mit.voice.audition import Flaw, audition
from mit.voice.authored import author, join_notes, lengthen, nudge, shift_pitch, split_note
from mit.voice.loudness import LOUDNESS, PEAK, active_rms
from mit.voice.recorded import place, recorded, tune
from tests import espeak, faults, praat
from tests.voices import Sung, follow, phrase, sing, vowel

TEXT, PATTERN = "I want some wa-ter", "LHLHL"
WATER = Phrase("want-water", spell(TEXT, PATTERN))
MELODY = intone(WATER.syllables, beat=0.8)
SAID = {"I want some wa-ter": "LHLHL", "Where is my phone": "HLLH", "See you la-ter": "LLHL", "My head is sore": "LHLH"}
START = 0.45
RATE = 24000


def gliding(plan: tuple[Sung, ...], cents: float, *, seed: int, gap: float = 0.08) -> tuple[Sung, ...]:
    """Each note wanders slowly about its pitch, in steps of 0.1 s that the singer smooths; cents: its SD."""
    rng, pieces = np.random.default_rng(seed), []
    for note in plan:
        count = max(2, round(note.duration / 0.1))
        length = note.duration / count
        bends = np.interp(np.linspace(0, 2, count), [0, 1, 2], rng.normal(0, cents / 100, 3))
        for k, bend in enumerate(bends):
            text = note.text if k == 0 else vowel(note.text).replace("@", "e")
            sounding = length - gap * (k == count - 1)
            pieces.append(Sung(note.onset + k * length, sounding, note.pitch + float(bend), text))
    return tuple(pieces)


def mis_sung(*, key: float = 0.0, seed: int = 1) -> tuple[Sung, ...]:
    """The melody sung about 90 cents off: each note by itself, and gliding."""
    plan = faults.transpose(follow(MELODY.notes, start=START), key)
    return gliding(faults.random_notes(plan, 0.7, seed=seed), 70, seed=seed)


def take_of(plan: tuple[Sung, ...], voice: str = "alto", *, rate: int = RATE) -> Audio:
    return Audio(sing(plan, voice=voice, rate=rate, gap=0.0, scoop=0.0), rate)


def cents_off(audio: Audio, melody: Melody, *, key: float = 0.0) -> np.ndarray:
    """How far each voiced frame is from the melody, as Praat hears it."""
    heard = praat.track(audio)
    off = np.full(len(heard.times), np.nan)
    for note in melody.notes:
        inside = (heard.times >= START + note.onset) & (heard.times < START + note.end)
        off[inside] = 100 * (heard.pitch[inside] - note.pitch - key)
    return off[np.isfinite(off)]


def in_tune(audio: Audio, *, key: float = 0.0) -> float:
    """Share of the voiced frames within 30 cents of the melody."""
    return float(np.mean(np.abs(cents_off(audio, MELODY, key=key)) <= 30))


def envelope(audio: Audio) -> np.ndarray:
    """Loudness every 10 ms in dB, at most 30 dB under the loudest."""
    blocks = audio.samples[: len(audio.samples) // (RATE // 100) * (RATE // 100)].reshape(-1, RATE // 100)
    level = 10 * np.log10(np.mean(np.square(blocks, dtype=np.float64), axis=1) + 1e-12)
    return np.maximum(level, level.max() - 30)


@pytest.mark.parametrize(
    ("voice", "key"), [("alto", 0), ("tenor", -12), ("bass", -12), ("soprano", 0), ("breathy", 0), ("creaky", -12)]
)
def test_a_mis_sung_take_is_moved_to_the_notes_in_its_own_octave(voice: str, key: float) -> None:
    take = take_of(mis_sung(key=key), voice)
    tuned = tune(take, MELODY)
    assert in_tune(take, key=key) < 0.6
    assert in_tune(tuned, key=key) >= 0.95
    assert len(tuned.samples) == len(take.samples)


@pytest.mark.parametrize(
    ("voice", "low", "text", "pattern", "sd"),
    [
        ("bass", 42.4, "Good mor-ning nurse", "LHLH", 1.5),  # 90 Hz; soft consonants throughout
        ("soprano", 62.4, "Good mor-ning nurse", "LHLH", 1.2),  # 300 Hz
        ("breathy", 57.0, "Please help me stand up", "HHLLH", 1.5),
        ("tremor", 57.0, "I want some wa-ter", "LHLHL", 0.6),
    ],
)
def test_every_take_is_in_tune_by_itself(voice: str, low: float, text: str, pattern: str, sd: float) -> None:
    melody = intone(spell(text, pattern), low=low, beat=0.8)
    plan = faults.random_notes(follow(melody.notes, start=START), 0.8 * sd, seed=22)
    take = take_of(gliding(plan, 80 * sd, seed=22), voice)
    off = cents_off(tune(take, melody), melody)
    assert np.mean(np.abs(off) <= 30) >= 0.95


def test_spoken_words_that_are_sung_off_key_are_moved_too() -> None:
    if lacking := espeak.missing():
        pytest.skip(lacking)
    before, after = list[np.ndarray](), list[np.ndarray]()
    for seed, (words, pattern) in enumerate(SAID.items(), start=4):
        melody = intone(spell(words, pattern), beat=0.8)
        plan = faults.random_notes(follow(melody.notes, start=START), 0.9, seed=seed)
        take = Audio(espeak.espeak_sing(words.replace("-", ""), plan, voice=f"en-us+{'fm'[seed % 2]}2"), 16000)
        before.append(cents_off(take, melody))
        after.append(cents_off(tune(take, melody), melody))
    assert np.mean(np.abs(np.concatenate(before)) <= 30) < 0.6
    assert np.mean(np.abs(np.concatenate(after)) <= 30) >= 0.95
    assert min(np.mean(np.abs(off) <= 30) for off in after) >= 0.92


def test_the_timing_of_a_tuned_take_is_unchanged() -> None:
    take = take_of(mis_sung())
    before, after = envelope(take), envelope(tune(take, MELODY))
    before, after = before - before.mean(), after - after.mean()
    lags = [float(np.dot(before[5:-5], after[5 + lag : len(after) - 5 + lag])) for lag in range(-5, 6)]
    assert np.argmax(lags) == 5
    assert np.corrcoef(before, after)[0, 1] > 0.95


def test_strength_moves_part_of_the_way_and_none_leaves_the_voice_as_it_is() -> None:
    take = take_of(mis_sung())
    untouched, half, whole = (tune(take, MELODY, strength=s) for s in (0.0, 0.5, 1.0))
    assert in_tune(untouched) < in_tune(half) < in_tune(whole)
    gain = np.dot(untouched.samples, take.samples) / np.dot(take.samples, take.samples)
    assert np.abs(untouched.samples - gain * take.samples).max() < 0.05
    with pytest.raises(ValueError, match="strength"):
        tune(take, MELODY, strength=1.5)


def test_a_vibrato_is_kept() -> None:
    plan = follow(MELODY.notes, start=START)
    take = Audio(sing(plan, rate=RATE, vibrato=22.0, gap=0.08), RATE)
    sway = []
    for audio in (take, tune(take, MELODY)):
        heard = praat.track(audio)
        inside = (heard.times > START + 0.4) & (heard.times < START + 0.7) & np.isfinite(heard.f0)
        sway.append(float(np.std(heard.pitch[inside])))
    assert sway[1] > 0.6 * sway[0]


@pytest.mark.parametrize("level", [-45.0, -6.0])
def test_a_tuned_take_is_as_loud_as_every_voice(level: float) -> None:
    samples = sing(mis_sung(), rate=RATE, gap=0.0, level=level)
    tuned = tune(Audio(samples, RATE), MELODY)
    assert np.abs(tuned.samples).max() <= PEAK + 1e-6
    assert 20 * np.log10(active_rms(tuned.samples.astype(np.float64)) / LOUDNESS) == pytest.approx(0, abs=0.5)


def test_a_take_of_a_studio_is_tuned_at_a_rate_that_a_voice_needs() -> None:
    tuned = tune(take_of(mis_sung(), rate=96000), MELODY)
    assert tuned.rate == 48000
    assert in_tune(tuned) >= 0.95


def test_the_melody_is_found_where_it_is_sung() -> None:
    late = faults.pause_before(follow(MELODY.notes, start=1.3), 3, 0.5)
    placed = place(Audio(sing(late), 16000), MELODY)
    assert [n.onset for n in placed.notes] == pytest.approx([n.onset for n in late], abs=0.04)
    assert [n.pitch for n in placed.notes] == [n.pitch for n in MELODY.notes]


def test_as_the_model_the_first_vowel_lies_on_its_beat() -> None:
    audio = recorded(MELODY, lead=0.5, take=take_of(faults.wait(mis_sung(), 2.0)))
    assert place(audio, MELODY).notes[0].onset == pytest.approx(0.5, abs=0.03)
    assert audio.duration < 0.5 + MELODY.duration + 0.8


def test_silence_cannot_be_tuned() -> None:
    with pytest.raises(RecordingError, match="not heard"):
        tune(Audio(np.zeros(RATE, np.float32), RATE), MELODY)


def test_without_pyworld_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyworld", None)
    with pytest.raises(MitError, match="pip install pyworld-prebuilt"):
        tune(take_of(mis_sung()), MELODY)


@pytest.mark.parametrize(
    ("samples", "flaw"),
    [
        (np.zeros(3 * RATE, np.float32), Flaw.SILENT),
        (np.zeros(61 * RATE, np.float32), Flaw.LONG),
        (np.clip(20 * sing(follow(MELODY.notes), rate=RATE), -1, 1), Flaw.CLIPPED),
        (np.clip(20 * sing(follow(MELODY.notes), rate=RATE), -1, 1) / 4, Flaw.CLIPPED),
        (sing(follow(MELODY.notes[:3]), rate=RATE), Flaw.OTHER),
        (sing(phrase("la la la la la la la la", "LHLHLHLH", beat=0.8), rate=RATE), Flaw.OTHER),
        (sing(follow(MELODY.notes), rate=RATE), None),
    ],
)
def test_what_cannot_be_the_model_is_told(samples: np.ndarray, flaw: Flaw | None) -> None:
    found = audition(Audio(samples, RATE), MELODY)
    assert found.flaw == flaw
    assert bool(found.complaint("x.wav")[0]) == (flaw is not None)


@pytest.mark.parametrize("voice", ["alto", "bass", "tremor"])
def test_a_melody_is_taken_from_singing(voice: str) -> None:
    plan = faults.jitter(faults.random_notes(follow(MELODY.notes, start=1.0), 0.4, seed=2), 0.1, seed=2)
    found = author(Audio(sing(plan, voice=voice, gap=0.06), 16000), WATER)
    assert found.fits
    assert [n.text for n in found.melody.notes] == ["I", "want", "some", "wa", "ter"]
    assert [n.pitch for n in found.melody.notes] == pytest.approx([n.pitch for n in plan], abs=0.25)
    assert [n.onset for n in found.melody.notes] == pytest.approx([n.onset - plan[0].onset for n in plan], abs=0.05)


def test_rounding_takes_the_tuning_out_before_it_rounds() -> None:
    plan = faults.transpose(follow(MELODY.notes), 0.45)
    plan = faults.random_notes(plan, 0.1, seed=1)
    found = author(Audio(sing(plan), 16000), WATER, rounded=True)
    steps = [n.pitch - found.melody.notes[0].pitch for n in found.melody.notes]
    assert steps == [0, 3, 0, 3, 0]


def test_another_number_of_notes_is_a_result_that_can_be_mended() -> None:
    found = author(Audio(sing(follow(MELODY.notes[:4])), 16000), WATER)
    assert not found.fits
    assert str(found) == "Notes found: 4, syllables: 5"
    assert len(split_note(found.melody, 0).notes) == 5
    with pytest.raises(RecordingError, match="No sung note"):
        author(Audio(np.zeros(16000, np.float32), 16000), WATER)


TUNE = Melody((Note(0.0, 0.8, 57.0, "wa"), Note(0.8, 0.4, 60.0, "ter"), Note(1.2, 0.8, 57.0, "please")))


def test_nudges_give_a_new_melody() -> None:
    assert [n.pitch for n in shift_pitch(TUNE, 1, -0.5).notes] == [57.0, 59.5, 57.0]
    longer = lengthen(TUNE, 1, 0.5, beat=0.8)
    assert [(n.onset, round(n.duration, 6)) for n in longer.notes] == [
        (0.0, 0.8),
        (0.8, 0.8),
        (pytest.approx(1.6), 0.8),
    ]
    assert [(n.onset, n.duration) for n in split_note(TUNE, 0).notes][:2] == [(0.0, 0.4), (0.4, 0.4)]
    joined = join_notes(TUNE, 0)
    assert [(n.onset, n.pitch, n.text) for n in joined.notes] == [(0.0, 57.0, "wa"), (1.2, 57.0, "please")]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("1:+1", [58.0, 60.0, 57.0]),
        (" 3 : -2.5 ", [57.0, 60.0, 54.5]),
        ("1:join", [57.0, 57.0]),
        ("2:+0.5b", [57, 60, 57]),
    ],
)
def test_a_nudge_as_it_is_typed(change: str, expected: list[float]) -> None:
    assert [n.pitch for n in nudge(TUNE, change).notes] == expected


@pytest.mark.parametrize(
    ("change", "fault", "said"),
    [
        ("4:+1", PhraseError, "no note 4"),
        ("0:+1", PhraseError, "no note 0"),
        ("3:join", PhraseError, "no note 4"),
        ("1:+40", SettingsError, "out of range"),
        ("1:-2b", SettingsError, "too short or too long"),
        ("up", SettingsError, "no change"),
    ],
)
def test_a_nudge_that_cannot_be_is_told(change: str, fault: type[MitError], said: str) -> None:
    with pytest.raises(fault, match=said):
        nudge(TUNE, change)
