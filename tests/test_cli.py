"""The commands as someone types them: what they print, one line where something is amiss, and the exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from typer.testing import CliRunner, Result

from mit.cli import commands
from mit.voice import HEAD
from tests.voices import phrase, sing


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(commands, [str(w) for w in words])


@pytest.fixture
def model(tmp_path: Path) -> Path:
    assert run("render", "--text", "I want some wa-ter", "-o", tmp_path / "model.wav").exit_code == 0
    return tmp_path / "model.wav"


def one_line(result: Result) -> str:
    """The single line on stderr of a call that ended with 1."""
    assert result.exit_code == 1, result.output
    (line,) = result.stderr.splitlines()
    assert line.startswith("mit: ")
    return line


def test_render_tells_where_each_syllable_is(tmp_path: Path) -> None:
    out = tmp_path / "x.wav"
    result = run("render", "--phrase", "water", "-o", out, "--low", "A2", "--interval", "5", "--beat", "0.5", "--json")
    told = json.loads(result.stdout)
    assert told["schema"] == 1
    assert told["file"] == str(out)
    assert [s["text"] for s in told["syllables"]] == ["wa", "ter"]
    assert [s["target"] for s in told["syllables"]] == [
        {"onset": HEAD, "duration": 0.5, "pitch": 50.0},
        {"onset": HEAD + 0.5, "duration": 0.5, "pitch": 45.0},
    ]
    samples, rate = soundfile.read(out)
    assert rate == told["sample_rate"]
    assert np.abs(samples).max() <= 10 ** (-6 / 20)


def test_ones_own_take_is_rendered_where_it_is_sung(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIT_HOME", str(tmp_path / "home"))
    words = ("--text", "wa-ter please", "--pattern", "HLH")
    out = ("-o", tmp_path / "x.wav", "--voice", "recorded")
    assert "mit voice record" in one_line(run("render", *words, *out))
    sung = sing(phrase("wa-ter please", "HLH", beat=0.8), voice="alto", rate=24000)
    soundfile.write(tmp_path / "mum.wav", sung, 24000)
    assert run("voice", "import", tmp_path / "mum.wav", *words, "--beat", "0.8").exit_code == 0
    told = json.loads(run("render", *words, *out, "--tuned", "0.5", "--json").stdout)
    onsets = [s["target"]["onset"] for s in told["syllables"]]
    assert onsets == pytest.approx([HEAD, HEAD + 0.8, HEAD + 1.6], abs=0.05)
    assert [s["text"] for s in told["syllables"]] == ["wa", "ter", "please"]
    assert json.loads(run("score", tmp_path / "x.wav", *words, "--json").stdout)["grade"] == 4


def test_the_model_judged_against_itself(model: Path) -> None:
    told = json.loads(run("score", model, "--text", "I want some wa-ter", "--json").stdout)
    assert told["verdict"] == "scored"
    assert told["grade"] == 4
    assert min(told["parts"].values()) >= 0.97
    assert (told["missing"], told["added"]) == (0, 0)


def test_score_in_words_names_the_grade_and_no_blame(model: Path) -> None:
    said = run("score", model, "--text", "I want some wa-ter").stdout
    assert said.startswith("Just like it")
    assert not any(word in said.lower() for word in ("wrong", "fail", "bad", "error"))


def test_silence_is_a_result(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "silence.wav", np.zeros(32000), 16000)
    result = run("score", tmp_path / "silence.wav", "--phrase", "water", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told["verdict"] == "silent"
    assert told["grade"] is told["score"] is told["feedback"]["did_well"] is None
    assert [s["sung"] for s in told["syllables"]] == [None, None]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), (b"RIFF", "WAV"), (b"hello, this is no sound at all" * 50, "WAV"), (b"\x1b[2Jboo" * 99, "WAV")],
)
def test_what_is_no_recording_is_told_in_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "x.wav").write_bytes(content)
    line = one_line(run("score", tmp_path / "x.wav", "--phrase", "water"))
    assert said in line
    assert line.isprintable()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--phrase", "watre"], "Close to it: water"),
        ([], "either a phrase or a text"),
        (["--text", " "], "empty"),
        (["--text", "a \x1b[31mb", "--pattern", "HL"], "control"),
        (["--text", "wa-ter", "--pattern", "HLL"], "3 letters, the phrase 2 syllables"),
        (["--text", "wa-ter", "--low", "H9"], "low note"),
        (["--text", "wa-ter", "--beat", "99"], "beat"),
        (["--text", "wa-ter", "--interval", "nan"], "interval"),
    ],
)
def test_a_target_that_cannot_be_is_told_in_one_line(model: Path, words: list[str], said: str) -> None:
    assert said in one_line(run("score", model, *words))


def test_a_mistaken_call_is_usage() -> None:
    assert run("score", "--nonsense").exit_code == 2
    assert run("nonsense").exit_code == 2


@pytest.mark.parametrize("command", ["demo", "render", "score", "phrases", "doctor", "benchmark"])
def test_every_command_explains_itself(command: str) -> None:
    assert run(command, "--help").exit_code == 0


def test_phrases_list_show_and_check() -> None:
    assert len(run("phrases", "list").stdout.splitlines()) == 72
    assert "wa-ter" in run("phrases", "show", "water").stdout
    assert run("phrases", "check").exit_code == 0


def test_check_names_file_phrase_and_fault(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        'name = "mine"\nlevel = "elementary"\n[[phrases]]\nid = "tea"\ntext = "tea"\npattern = "HL"\n'
        '[[phrases]]\nid = "tea"\ntext = ""\npattern = "H"\ncolour = "red"\n'
    )
    result = run("phrases", "check", tmp_path / "mine.toml")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert all("mine.toml: tea: " in line for line in lines)
    for fault in ("2 letters, the phrase 1 syllable", "empty", "colour", "twice"):
        assert any(fault in line for line in lines), fault


def test_a_manifest_goes_on_past_what_cannot_be_read(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", sing(phrase("wa-ter", "HL")), 16000)
    rows = ("file,phrase,text,pattern,beat,note", "a.wav,water,,,,x", "gone.wav,water,,,,", "a.wav,,wa-ter,HL,0.7,")
    (tmp_path / "jobs.csv").write_text("\n".join(rows))
    command = [sys.executable, "-m", "mit", "score", "--manifest", str(tmp_path / "jobs.csv"), "--jobs"]
    # As programs of their own: their worker processes start anew, which the process of a test runner does not bear.
    one, two = (subprocess.run([*command, n], capture_output=True, text=True, check=False) for n in ("1", "2"))
    assert one.returncode == two.returncode == 1, two.stderr
    assert one.stdout == two.stdout
    told = [json.loads(line) for line in one.stdout.splitlines()]
    assert [next(iter(t)) for t in told] == ["file"] * 3
    assert ["error" in t for t in told] == [False, True, False]
    assert told[0]["parts"] == told[2]["parts"]


def test_as_a_program_of_its_own(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mit", "score", str(tmp_path / "none.wav"), "--phrase", "water"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
