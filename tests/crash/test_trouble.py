"""What can be wrong with a store: each is told, costs nothing, and is over once it is mended."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from mit.errors import StoreError
from mit.home import Home
from mit.store import Kept, Store
from tests.crash import made

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="file modes and limits of POSIX")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", tmp_path / "cache")


def drive(way: str, home: Path, *more: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.crash.driver", way, str(home), *more]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def garbage(home: Home) -> None:
    home.database.write_bytes(bytes(range(256)) * 64)


def truncated(home: Home) -> None:
    home.database.write_bytes(home.database.read_bytes()[:20000])


def broken_middle(home: Home) -> None:
    content = bytearray(home.database.read_bytes())
    middle = len(content) // 8192 * 4096
    content[middle : middle + 4096] = b"\xa5" * 4096
    home.database.write_bytes(content)


def newer(home: Home) -> None:
    made.sql(home, "PRAGMA user_version = 99")


def foreign(home: Home) -> None:
    made.sql(home, "PRAGMA application_id = 7")


def folder_in_its_place(home: Home) -> None:
    home.database.unlink()
    home.database.mkdir()


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (garbage, "damaged"),
        (truncated, "damaged"),
        (broken_middle, "damaged"),
        (newer, "newer version"),
        (foreign, "another program"),
        (folder_in_its_place, "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_and_costs_nothing(home: Home, harm: Any, told: str) -> None:
    made.fill(home)
    whole = home.database.read_bytes()
    harm(home)
    harmed = home.database.read_bytes() if home.database.is_file() else b""
    attempts = [made.attempt() for _ in range(3)]
    with made.opened(home) as store:
        assert told in str(store.trouble)
        assert [store.keep(attempt) for attempt in attempts] == [Kept.ASIDE] * 3
        with pytest.raises(StoreError, match=told):
            store.attempts()
    assert (home.database.read_bytes() if home.database.is_file() else b"") == harmed, "it was touched"

    if home.database.is_dir():
        home.database.rmdir()
    home.database.write_bytes(whole)
    with made.opened(home) as store:
        assert store.trouble is None
        assert len(store.attempts()) == 43
        assert {attempt.id.hex for attempt in attempts} <= set(made.ids(store))
    assert not list(home.root.glob("attempts-*"))


def test_a_damaged_database_moved_away_makes_room_for_a_new_one(home: Home) -> None:
    made.fill(home)
    garbage(home)
    with made.opened(home) as store:
        store.keep(made.attempt())
    home.database.rename(home.root / "old.sqlite3")
    with made.opened(home) as store:
        assert (store.trouble, len(store.attempts())) == (None, 1)


def test_a_lock_of_another_program_is_told_and_waits_aside(home: Home) -> None:
    made.fill(home, 1)
    hold = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('BEGIN EXCLUSIVE'); print('held', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", hold, str(home.database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with made.opened(home) as store:
            assert "Another program" in str(store.trouble)
            assert store.keep(made.attempt()) is Kept.ASIDE
            other.communicate()  # ends it, and with it the lock
            assert store.keep(made.attempt()) is Kept.DATABASE
            assert (store.trouble, len(store.attempts())) == (None, 3)


def test_two_stores_share_one_home(home: Home) -> None:
    with made.opened(home) as first, made.opened(home) as second:
        for store in (first, second, first, second):
            assert store.keep(made.attempt()) is Kept.DATABASE
        assert len(first.attempts()) == len(second.attempts()) == 4


def test_half_a_line_is_kept_apart_and_costs_no_other(home: Home) -> None:
    made.fill(home, 1)
    newer(home)
    attempts = [made.attempt() for _ in range(3)]
    with made.opened(home) as store:
        store.keep(attempts[0])
        store.keep(attempts[1])
        lines = home.side_file.read_bytes().rstrip(b"\n")
        home.side_file.write_bytes(lines[:-100])  # as a crash in mid-write leaves it
        store.keep(attempts[2])
        store.keep(attempts[2])
    made.sql(home, "PRAGMA user_version = 2")
    with made.opened(home) as store:
        assert set(made.ids(store)) > {attempts[0].id.hex, attempts[2].id.hex}
        assert len(store.attempts()) == 3
    assert attempts[1].id.hex in home.side_file.with_suffix(".unreadable").read_text().replace("-", "")
    assert not home.side_file.exists()


def test_lines_that_a_crash_left_half_taken_in_are_taken_once(home: Home) -> None:
    attempt = made.attempt()
    made.fill(home, 1)
    newer(home)
    with made.opened(home) as store:
        store.keep(attempt)
    claimed = home.side_file.with_stem("attempts-waiting-of-a-start-that-died")
    shutil.copy(home.side_file, claimed)
    made.sql(home, "PRAGMA user_version = 2")
    with made.opened(home) as store:
        assert made.ids(store).count(attempt.id.hex) == 1
    assert not claimed.exists()


@posix
def test_a_full_disk_is_told_and_loses_nothing_that_was_kept(home: Home) -> None:
    found = drive("full", home.root)
    assert found["database"]
    assert found["aside"]
    assert "disk" in found["told"][0]
    assert "The disk is full: this attempt could not be kept." in found["told"][1]
    with made.opened(home) as store:
        assert set(found["database"] + found["aside"]) <= set(made.ids(store))


@posix
@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o400, 0o700), (0o600, 0o500)])
def test_what_is_read_only_is_told(file_mode: int, folder_mode: int) -> None:
    with tempfile.TemporaryDirectory() as above:  # not tmp_path: nobody but its owner may enter that
        home = Home(Path(above) / "home", Path(above) / "cache")
        made.fill(home, 1)
        os.chmod(above, 0o755)
        home.database.chmod(file_mode)
        home.root.chmod(folder_mode)
        if os.geteuid() == 0:
            for path in (home.root, home.database):
                os.chown(path, 65534, 65534)
        found = drive("plain", home.root)
        home.root.chmod(0o700)
    assert "cannot be written to" in found["trouble"]
    assert found["kept"] == "aside" if folder_mode == 0o700 else "could not be kept" in found["kept"]


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    store = Store.open(Home(tmp_path / "home", tmp_path / "cache"))
    assert "cannot be used" in str(store.trouble)
    with pytest.raises(StoreError, match="cannot be used"):
        store.keep(made.attempt())
