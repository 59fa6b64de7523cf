"""A person's own singing as the model: tuned, looked over, kept, and a melody taken from it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import soundfile
import typer
from typer.testing import CliRunner, Result

from mit.audio import Audio
from mit.cli import OneLine
from mit.device.pace import AT_ONCE
from mit.device.silent import SilentPlayer
from mit.device.wav import WavRecorder, write_wav
from mit.errors import MitError, PhraseError, RecordingError, SettingsError
from mit.home import Home
from mit.melody import Melody, Note, intone
from mit.model import phrase_sounds, sung_model
from mit.model_takes import (
    ModelTake,
    all_takes,
    exercises,
    find_take,
    keep_melody,
    keep_take,
    latest_take,
    read_take,
    remove_take,
)
from mit.phrase import Phrase, spell
from mit.sing_along import guide, sing_along
from mit.voice import HEAD, render
from mit.voice.audition import Flaw, audition
from mit.voice.authored import author, join_notes, lengthen, nudge, shift_pitch, split_note
from mit.voice.loudness import LOUDNESS, PEAK, active_rms
from mit.voice.recorded import place, recorded, tune
from mit.voice_commands import voice_commands
from tests import espeak, faults, praat
from tests.sound.card import FEED_RATE, VirtualSound, write_pcm
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


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("MIT_HOME", str(tmp_path / "home"))
    return Home(tmp_path / "home", tmp_path / "home" / "cache")


def kept(home: Home, *, day: int = 1, flaw: str = "") -> str:
    audio = Audio(np.full(1600, 0.1 * day, np.float32), 16000)
    at = datetime(2026, 11, day, tzinfo=UTC)
    return keep_take(home, audio, WATER, MELODY, origin="imported", at=at, flaw=flaw).id


def test_takes_are_kept_for_their_owner_alone_and_the_latest_that_is_whole_is_used(home: Home) -> None:
    first, second, third = kept(home, day=1), kept(home, day=2), kept(home, day=3, flaw="other")
    assert [t.id for t in all_takes(home)] == [third, second, first]
    assert latest_take(home, WATER) == find_take(home, second)
    assert latest_take(home, Phrase("other-id", spell("tea", "H"))) is None
    assert find_take(home, first).melody == MELODY
    assert read_take(home, find_take(home, second)).samples.max() == pytest.approx(0.2, abs=1e-4)
    assert {stat.S_IMODE(f.stat().st_mode) for f in home.model_takes.iterdir()} == {0o600}
    assert stat.S_IMODE(home.model_takes.stat().st_mode) == 0o700


def test_two_takes_of_the_same_second_are_two(home: Home) -> None:
    assert len({kept(home), kept(home), kept(home)}) == 3


def test_a_removed_take_is_gone_and_others_stay(home: Home) -> None:
    gone, stays = kept(home, day=1), kept(home, day=2)
    remove_take(home, find_take(home, gone))
    assert [t.id for t in all_takes(home)] == [stays]
    with pytest.raises(RecordingError, match="no take"):
        find_take(home, gone)


def test_a_side_car_that_cannot_be_read_hides_no_other(home: Home) -> None:
    whole = kept(home)
    for name, content in (("a", b""), ("b", b"{}"), ("c", b"\xff"), ("d", b'{"id":"../../x"}')):
        (home.model_takes / f"{name}.json").write_bytes(content)
    assert [t.id for t in all_takes(home)] == [whole]


def test_the_guide_counts_in_and_a_take_is_heard_to_its_end(tmp_path: Path) -> None:
    sound = guide(MELODY)
    assert sound.lead > 3.9 * 0.8
    plan = follow(MELODY.notes, start=sound.lead)
    write_wav(tmp_path / "sung.wav", Audio(sing(plan, tail=9.0), 16000))
    told: list[str] = []
    recorder = WavRecorder(tmp_path / "sung.wav", pace=AT_ONCE)
    heard = sing_along(SilentPlayer(pace=AT_ONCE), recorder, MELODY, tell=told.append)
    assert len(told) == 2
    assert plan[-1].onset + plan[-1].duration < heard.audio.duration < plan[-1].onset + 4.0
    assert audition(heard.audio, MELODY).flaw is None


def test_nobody_sings_along_and_the_microphone_is_closed(tmp_path: Path) -> None:
    write_wav(tmp_path / "room.wav", Audio(sing([], tail=40.0), 16000))
    recorder = WavRecorder(tmp_path / "room.wav", pace=AT_ONCE)
    heard = sing_along(SilentPlayer(pace=AT_ONCE), recorder, MELODY, tell=str)
    assert heard.audio.duration < guide(MELODY).audio.duration + 7.0
    assert audition(heard.audio, MELODY).flaw is Flaw.SILENT


def test_a_take_is_recorded_with_a_real_microphone(virtual_sound: VirtualSound, home: Home, tmp_path: Path) -> None:
    melody = intone(WATER.syllables, beat=0.5)
    sung = sing(follow(melody.notes, start=guide(melody).lead), rate=FEED_RATE)
    virtual_sound.hiss()
    code = "from mit.voice_commands import voice_commands; voice_commands()"
    words = ("record", "--text", TEXT, "--pattern", PATTERN, "--beat", "0.5")
    with subprocess.Popen(
        [sys.executable, "-c", code, *words], stdout=subprocess.PIPE, env={**os.environ, **virtual_sound.env}, text=True
    ) as recording:
        assert recording.stdout is not None
        for line in recording.stdout:
            if line.startswith("Now sing"):
                virtual_sound.feed(write_pcm(tmp_path / "sung.wav", sung), wait=False)
    assert recording.returncode == 0
    (take,) = all_takes(home)
    assert (take.origin, take.flaw) == ("recorded", "")
    assert audition(read_take(home, take), melody).heard == 5


def kept_take(home: Home, melody: Melody = MELODY, *, tuned: float = 1.0) -> ModelTake:
    """A mis-sung take of the phrase, kept."""
    at = datetime(2026, 11, 4, tzinfo=UTC)
    return keep_take(home, take_of(mis_sung()), WATER, melody, origin="imported", at=at, tuned=tuned)


def made_up(phrase: Phrase) -> Melody:
    return intone(phrase.syllables, beat=0.8)


TEA = Phrase("tea", spell("tea please", "LH"))


def test_the_take_of_a_phrase_is_its_model_in_practice(home: Home) -> None:
    assert exercises(home, (WATER, TEA), made_up) == ((WATER, made_up(WATER)), (TEA, made_up(TEA)))
    take = kept_take(home)
    ((shown, melody), other) = exercises(home, (WATER, TEA), made_up)
    assert (shown.id, shown.pattern, other) == (WATER.id, WATER.pattern, (TEA, made_up(TEA)))
    model = sung_model(home, shown, melody)
    assert model.rate == RATE
    assert np.array_equal(model.samples, recorded(MELODY, lead=HEAD, take=read_take(home, take)).samples)
    begun = time.perf_counter()
    assert np.array_equal(sung_model(home, shown, melody).samples, model.samples)  # from the disk: 3 s the first time
    assert time.perf_counter() - begun < 0.5


def test_a_melody_taken_from_a_take_is_shown_and_scored_as_it_is_sung(home: Home) -> None:
    sung = Melody(tuple(replace(n, pitch=p) for n, p in zip(MELODY.notes, (60, 60, 61.2, 57, 60), strict=True)))
    take = keep_melody(home, kept_take(home), sung)
    (((shown, melody),)) = exercises(home, (WATER,), made_up)
    assert (shown.pattern, melody) == ("HHHLH", sung)
    assert latest_take(home, shown) == take
    assert place(sung_model(home, shown, melody), melody).notes[0].onset == pytest.approx(HEAD, abs=0.03)


def test_another_melody_than_the_takes_is_sung_by_the_voice(home: Home) -> None:
    kept_take(home)
    higher = intone(WATER.syllables, low=60.0, beat=0.8)
    assert np.array_equal(sung_model(home, WATER, higher).samples, spoken_for(WATER, higher).samples)


def spoken_for(wanted: Phrase, melody: Melody) -> Audio:
    return render(melody, voice="sung", lead=HEAD, sounds=phrase_sounds(wanted))


def test_where_the_file_of_a_take_is_lost_the_voice_sings(home: Home) -> None:
    take = kept_take(home)
    (home.model_takes / f"{take.id}.wav").unlink()
    assert np.array_equal(sung_model(home, WATER, MELODY).samples, spoken_for(WATER, MELODY).samples)


def test_without_pyworld_a_take_is_the_model_as_it_was_sung(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    take = kept_take(home)
    monkeypatch.setattr("mit.model.is_available", lambda: False)
    as_sung = recorded(MELODY, lead=HEAD, take=read_take(home, take), strength=0.0)
    assert np.array_equal(sung_model(home, WATER, MELODY).samples, as_sung.samples)


def run(*words: str | Path) -> Result:
    app = typer.Typer(cls=OneLine)
    app.add_typer(voice_commands, name="voice")
    return CliRunner().invoke(app, ["voice", *(str(w) for w in words)])


def test_a_take_is_imported_listed_authored_tuned_and_removed(home: Home, tmp_path: Path) -> None:
    stereo = np.stack([sing(mis_sung(), rate=192000, gap=0.0)] * 2, axis=1)
    soundfile.write(tmp_path / "mum.wav", stereo, 192000, subtype="PCM_24")
    done = run("import", tmp_path / "mum.wav", "--text", TEXT, "--pattern", PATTERN, "-o", tmp_path / "tuned.wav")
    assert done.exit_code == 0, done.output
    (take,) = all_takes(home)
    assert read_take(home, take).rate == 48000
    assert run("list").stdout.count(take.id) == 1
    assert in_tune(Audio(*soundfile.read(tmp_path / "tuned.wav", dtype="float32"))) >= 0.95
    assert "This is now its melody" in run("author", take.id, "--rounded").stdout
    low = find_take(home, take.id).melody
    assert run("author", take.id, "--nudge", "2:+1", "--nudge", "3:-1").exit_code == 0
    steps = [b.pitch - a.pitch for a, b in zip(low.notes, find_take(home, take.id).melody.notes, strict=True)]
    assert steps == [0, 1, -1, 0, 0]
    shown = json.loads(run("author", take.id, "--json").stdout)
    assert (shown["take"], shown["fits"], shown["expected"]) == (take.id, True, 5)
    assert [n["pitch"] for n in shown["notes"]] == [n.pitch for n in find_take(home, take.id).melody.notes]
    assert json.loads(run("list", "--json").stdout)["text"] == TEXT
    told = run("author", take.id, "--nudge", "1:split").stdout
    assert "Notes found: 6, syllables: 5. Nothing was changed" in told
    assert len(find_take(home, take.id).melody.notes) == 5
    assert run("tune", take.id, "-o", tmp_path / "half.wav", "--tuned", "0.5").exit_code == 0
    assert run("tune", take.id, "--tuned", "0.25").stdout == f"{take.id} is now tuned 0.25.\n"
    assert find_take(home, take.id).tuned == 0.25
    assert run("remove", take.id).exit_code == 0
    assert all_takes(home) == ()


@pytest.mark.parametrize(
    ("samples", "said"),
    [
        (np.zeros(32000), "No voice is heard in x.wav"),
        (np.clip(20 * sing(follow(MELODY.notes)), -1, 1), "cut off"),
        (sing(follow(MELODY.notes[:2])), "2 of 5 syllables"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line_and_nothing_is_lost(
    home: Home, tmp_path: Path, samples: np.ndarray, said: str
) -> None:
    before = kept(home)
    soundfile.write(tmp_path / "x.wav", samples, 16000)
    refused = run("import", tmp_path / "x.wav", "--text", TEXT, "--pattern", PATTERN)
    assert refused.exit_code == 1
    (line,) = refused.stderr.splitlines()
    assert said in line
    assert [t.id for t in all_takes(home)] == [before]
    assert (tmp_path / "x.wav").exists()


def test_a_person_may_know_better(home: Home, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "x.wav", sing(follow(MELODY.notes[:4])), 16000)
    words = ("import", tmp_path / "x.wav", "--text", TEXT, "--pattern", PATTERN)
    assert run(*words).exit_code == 1
    assert run(*words, "--anyway").exit_code == 0
    assert len(all_takes(home)) == 1
