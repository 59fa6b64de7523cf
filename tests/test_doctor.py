"""The doctor names what is missing and the next step."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mit.doctor import Check, run_checks
from mit.home import Home
from tests.crash.made import leave_unread
from tests.sound.card import VirtualSound


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "root", tmp_path / "root" / "cache")


def by_name(checks: tuple[Check, ...]) -> dict[str, Check]:
    return {check.name: check for check in checks}


def test_a_healthy_computer(sound_here: VirtualSound, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("LINES", "40")
    sound_here.hiss()
    checks = run_checks(home, listen=True)
    assert [check for check in checks if not check.ok] == []
    assert "default" in by_name(checks)["Microphone"].what
    assert "PortAudio" in by_name(checks)["PortAudio"].what
    assert "quiet" in by_name(checks)["Sound level"].what


def test_listens_only_when_asked(sound_here: VirtualSound, home: Home) -> None:
    assert "Sound level" not in by_name(run_checks(home))


def test_a_mute_microphone(sound_here: VirtualSound, home: Home) -> None:
    level = by_name(run_checks(home, listen=True))["Sound level"]
    assert not level.ok
    assert "muted" in level.what
    assert level.next_step


def test_a_microphone_that_hears_the_computer(sound_here: VirtualSound, home: Home) -> None:
    check = by_name(run_checks(home, recorder="loop"))["Microphone"]
    assert (check.ok, check.next_step != "") == (False, True)
    assert "hears the computer" in check.what


def test_a_small_screen(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("LINES", "18")
    check = by_name(run_checks(home))["Screen"]
    assert (check.ok, check.what) == (False, "60 columns, 18 rows")
    assert "larger" in check.next_step


def test_a_data_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    checks = by_name(run_checks(Home(tmp_path / "file" / "root", tmp_path / "file" / "cache")))
    for name in ("Data folder", "Cache"):
        assert not checks[name].ok
        assert "MIT_HOME" in checks[name].next_step


def test_a_computer_without_the_sound_library(tmp_path: Path) -> None:
    # A module of that name whose import fails as the real one's does where PortAudio is missing.
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    code = (
        "import sys; from pathlib import Path; from mit.home import Home; from mit.doctor import run_checks\n"
        "for c in run_checks(Home(Path(sys.argv[1]), Path(sys.argv[1]))): print(c.name, c.ok, c.what, c.next_step)\n"
    )
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", code, str(tmp_path / "home")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=True)
    lines = [line for line in done.stdout.splitlines() if "PortAudio is missing" in line]
    assert [line.split(" False")[0] for line in lines] == ["PortAudio", "Microphone", "Loudspeaker"]
    assert all("install" in line for line in lines)


def test_a_damaged_database_is_told_with_its_next_step(tmp_path: Path) -> None:
    home = Home(tmp_path, tmp_path / "cache")
    home.database.write_bytes(b"no database at all" * 500)
    (check,) = (c for c in run_checks(home) if c.name == "Attempts")
    assert not check.ok
    assert check.next_step


def test_an_assignment_that_cannot_be_read(home: Home) -> None:
    assert by_name(run_checks(home))["Assignment"].what == "none yet"
    leave_unread(home)
    check = by_name(run_checks(home))["Assignment"]
    assert not check.ok
    assert "Nothing is lost" in check.what
    assert "mit import FILE" in check.next_step
