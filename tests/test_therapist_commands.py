"""From the therapist to the home and back, by the commands as someone types them."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner, Result

from mit.audio import Audio
from mit.cli import commands
from mit.home import Home
from mit.melody import Melody, intone
from mit.pitch import track
from mit.practice import judge
from mit.store import Store
from tests.crash import made
from tests.test_facts import sitting
from tests.voices import phrase, sing


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("MIT_HOME", str(tmp_path / "home"))
    return Home(tmp_path / "home", tmp_path / "home" / "cache")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    assert assign(tmp_path / "a.mit", "--set", "elementary", "--minutes", "20").exit_code == 0
    return tmp_path / "a.mit"


def run(*words: str | Path, typed: str | None = None) -> Result:
    return CliRunner().invoke(commands, [str(word) for word in words], input=typed)


def assign(output: Path, *words: str) -> Result:
    return run("assign", "--patient", "AB12", "-o", output, *words)


def present(home: Home) -> UUID | None:
    with made.opened(home) as store:
        found = store.assignment()
        return found.id if found else None


def test_an_assignment_goes_home_and_is_practised(home: Home, file: Path) -> None:
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    shown = run("import", file, typed="y\n")
    assert shown.exit_code == 0, shown.output
    assert "AB12" in shown.output
    assert "20 minutes, at most 40" in shown.output
    with made.opened(home) as store:
        found = store.assignment()
    assert found is not None
    assert (found.person, found.minutes, len(found.phrases)) == ("AB12", 20.0, 24)


def test_nothing_is_taken_without_a_yes(home: Home, file: Path) -> None:
    assert "Nothing changes" in run("import", file, typed="n\n").output
    unanswered = run("import", file)
    assert unanswered.exit_code == 1
    assert "give --yes" in unanswered.stderr
    assert present(home) is None


def test_the_same_twice_is_harmless_and_an_older_one_is_told(home: Home, file: Path, tmp_path: Path) -> None:
    run("import", file, "--yes")
    first = present(home)
    assert "here already" in run("import", file, "--yes").output
    assert len(made.sql(home, "SELECT id FROM assignments")) == 1
    older = tmp_path / "older.mit"
    text = re.sub("(?m)^made = .*$", "made = 2025-01-01T00:00:00Z", file.read_text())
    older.write_text(text.replace(str(first), str(UUID(int=7))))
    assert "IS NEWER" not in run("import", file, "--yes").output
    assert "NEWER" in run("import", older, typed="n\n").output
    assert present(home) == first
    run("import", older, "--yes")
    assert present(home) == UUID(int=7)


def test_one_that_cannot_be_read_any_more_is_told_and_replaced(home: Home, file: Path) -> None:
    made.leave_unread(home)
    done = run("import", file, "--yes")
    assert done.exit_code == 0, done.output
    assert "cannot be read" in done.stderr
    assert present(home) is not None
    assert len(made.sql(home, "SELECT id FROM assignments")) == 2


def test_every_fault_of_a_file_is_a_line(home: Home, tmp_path: Path) -> None:
    bad = tmp_path / "bad.mit"
    bad.write_text('person = "\\u001b[2J"\nlevel = "high"\nphrases = ["watr"]\n')
    found = run("import", bad, "--yes")
    assert found.exit_code == 1
    lines = found.stderr.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("mit: bad.mit: ") and line.isprintable() for line in lines)
    assert present(home) is None


def test_switches_overrides_and_who_decides_are_written(home: Home, tmp_path: Path) -> None:
    options = ["--phrases", "i-want-coffee,see-you-later", "--level", "intermediate", "--decides", "helper,person"]
    options += ["--counts", "helper,person", "--switch", "no-tapping", "--protocol", "I3.delay=4"]
    options += ["--judging", "tolerance=lenient", "--review", "2026-12-24", "--probes", "call-me-later"]
    done = assign(tmp_path / "b.mit", *options)
    assert done.exit_code == 0, done.output
    shown = run("import", tmp_path / "b.mit", "--yes").output
    for part in ("helper, then person", "tapping off", "I3.delay = 4", "lenient", "2026-12-24", "1: Call me later"):
        assert part in shown
    told = assign(tmp_path / "c.mit", "--phrases", "water", "--protocol", "I3.delay=[")
    assert (told.exit_code, "this is no value" in told.stderr) == (1, True)


@pytest.mark.parametrize("ending", [".txt", ".csv"])
def test_a_report_is_written_of_what_a_person_did(home: Home, file: Path, tmp_path: Path, ending: str) -> None:
    run("import", file, "--yes")
    with made.opened(home) as store:
        store.keep(*sitting(), *sitting(simulated=True))
    output = tmp_path / f"report{ending}"
    done = run("report", "-o", output, "--patient", "AB12")
    assert "1 sessions on 1 days" in done.output
    assert "AB12" in output.read_text("utf-8")
    other = run("report", "-o", output, "--patient", "CD34")
    assert (other.exit_code, "are of AB12" in other.stderr) == (1, True)


def test_a_report_of_another_kind_is_refused(home: Home, tmp_path: Path) -> None:
    assert "Give .txt or .csv" in run("report", "-o", tmp_path / "report.pdf").stderr


@pytest.fixture
def sung(home: Home) -> Iterator[tuple[Store, Melody, Audio]]:
    melody = intone(made.PHRASE.syllables, beat=0.7)
    with made.opened(home) as store:
        yield store, melody, Audio(sing(phrase(made.PHRASE.hyphenated, made.PHRASE.pattern)), 16000)


def test_what_was_kept_is_judged_again_beside_the_old_figures(home: Home, sung: tuple[Store, Melody, Audio]) -> None:
    store, melody, audio = sung
    judged = judge(track(audio), melody)
    plain = replace(made.attempt(), melody=melody, assessment=judged)
    kept = replace(made.attempt(), melody=melody, assessment=judged, audio=audio)
    old = replace(judged, score=replace(judged.score, grade=1, score=0.1, version="0"))
    store.keep(plain, kept, replace(made.attempt(), melody=melody, assessment=old))
    store.keep(*sitting(simulated=True))
    done = run("rescore")
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert len(lines) == 4, "the pretended one is left out"
    assert "1 0.10    (version 0) > 4" in done.output
    assert sum("from the audio" in line for line in lines) == 1
    assert "3 takes judged" in lines[-1]
    assert "1 with another grade" in lines[-1]
    found = {again.attempt: again for again in store.rescores()}
    assert {again.grade for again in found.values()} == {4}
    assert sorted(a.grade or 0 for a in store.attempts() if a.id in found) == [1, 4, 4], "the old figures stay"
    run("rescore")
    assert len(store.rescores()) == 3, "judged by the same version it is kept once"


def test_speech_is_not_judged_again_by_a_melody(home: Home, sung: tuple[Store, Melody, Audio]) -> None:
    store, melody, audio = sung
    session, trial, attempt, *_ = sitting()
    judged = judge(track(audio), melody)
    for step in ("E4", "A3", "A4", "A5"):
        one = replace(trial, id=uuid4(), step=step)
        store.keep(session, one, replace(attempt, id=uuid4(), melody=melody, assessment=judged, trial=one.id))
    lines = run("rescore").output.splitlines()
    assert len(store.rescores()) == 1
    assert lines[-2].startswith("1 takes judged")
    assert lines[-1] == "3 takes of spoken steps were left: speech is not held to a melody."
