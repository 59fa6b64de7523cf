"""Takes of a person's own singing: kept, the model in practice, and the commands for them."""

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
from mit.errors import RecordingError
from mit.home import Home
from mit.melody import Melody, intone
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
from mit.voice.recorded import place, recorded
from mit.voice_commands import voice_commands
from tests.sound.card import FEED_RATE, VirtualSound, write_pcm
from tests.test_recorded import MELODY, PATTERN, RATE, TEXT, WATER, in_tune, mis_sung, take_of
from tests.voices import follow, sing


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
