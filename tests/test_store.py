from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import wave
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mit.errors import StoreError
from mit.home import Home, throwaway_home
from mit.score import Verdict
from mit.store import Kept, Store
from tests.crash import made

ROOT = Path(__file__).parents[1]
posix = pytest.mark.skipif(os.name != "posix", reason="file modes and limits of POSIX")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", tmp_path / "cache")


@contextmanager
def opened(home: Home) -> Iterator[Store]:
    store = Store.open(home)
    try:
        yield store
    finally:
        store.close()


def fill(home: Home, count: int = 40) -> None:
    with opened(home) as store:
        for _ in range(count):
            assert store.append(made.attempt()) is Kept.DATABASE


def ids(store: Store) -> list[str]:
    return [row.id.hex for row in store.attempts()]


def sql(home: Home, statement: str) -> list[Any]:
    with closing(sqlite3.connect(home.database)) as connection:
        return connection.execute(statement).fetchall()


def drive(way: str, home: Path, *more: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.crash.driver", way, str(home), *more]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_an_attempt_comes_back_as_it_was(home: Home) -> None:
    attempt = made.attempt(at=datetime(2026, 3, 1, 9, 0, tzinfo=timezone(timedelta(hours=2))))
    with opened(home) as store:
        assert store.append(attempt) is Kept.DATABASE
        (row,) = store.attempts()
    assert (row.id, row.at) == (attempt.id, datetime(2026, 3, 1, 7, 0, tzinfo=UTC))
    assert (row.language, row.phrase_id, row.level) == ("en", "wanted", "intermediate")
    assert (row.phrase, row.pattern, row.melody) == ("I want some wa-ter", "LLLHL", attempt.melody)
    assert (row.alignment, row.feedback) == (attempt.assessment.alignment, attempt.assessment.feedback)
    assert (row.verdict, row.grade, row.certainty, row.score) == (Verdict.SCORED, 2, 0.8, 0.55)
    assert row.parts == attempt.assessment.score.parts
    assert (row.missing, row.added, row.transposition, row.tempo_ratio, row.latency) == (4, 0, 0.2, 1.1, 0.4)
    assert (row.ended, row.trouble, row.recorder, row.player) == ("quiet", "clipping", "USB microphone", "loudspeaker")
    assert (row.scoring_version, row.schema_version, row.audio) == ("1", 1, None)
    assert not home.recordings.exists()


def test_the_contour_comes_back_in_single_precision(home: Home) -> None:
    with opened(home) as store:
        store.append(made.attempt())
        found, meant = store.attempts()[0].unpack_contour(), made.contour()
    for name in ("times", "f0", "intensity"):
        np.testing.assert_allclose(getattr(found, name), getattr(meant, name), rtol=1e-6)
    assert int(np.isnan(found.f0).sum()) == 100


def test_numpy_numbers_do_not_cost_an_attempt(home: Home) -> None:
    attempt = made.attempt()
    score = replace(attempt.assessment.score, score=np.float64(0.5), missing=np.int64(3), parts={"a": np.float32(0.5)})
    with opened(home) as store:
        store.append(replace(attempt, assessment=replace(attempt.assessment, score=score)))
        (row,) = store.attempts()
    assert (row.score, row.missing, row.parts) == (0.5, 3, {"a": 0.5})


def test_a_time_without_its_zone_is_a_mistake_of_ours(home: Home) -> None:
    with opened(home) as store, pytest.raises(ValueError, match="UTC"):
        store.append(made.attempt(at=datetime(2026, 3, 1)))


def test_attempts_come_in_order_of_time(home: Home) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    with opened(home) as store:
        for seconds in (0.5, 0.0, 60.0, 0.25):
            store.append(made.attempt(at=start + timedelta(seconds=seconds)))
        times = [row.at for row in store.attempts()]
    assert times == sorted(times)


def test_audio_is_kept_with_consent(home: Home) -> None:
    attempt = made.attempt(seconds=0.5)
    with opened(home) as store:
        store.append(attempt)
        (row,) = store.attempts()
    assert row.audio == f"{attempt.id}.wav"
    with wave.open(str(home.recordings / row.audio)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 16000)
        samples = np.frombuffer(sound.readframes(-1), "<i2") / 32767
    np.testing.assert_allclose(samples, attempt.audio.samples, atol=1e-4)


def test_audio_that_finds_no_room_does_not_cost_the_attempt(home: Home) -> None:
    home.root.mkdir()
    home.recordings.write_text("in the way")
    with opened(home) as store:
        assert store.append(made.attempt(seconds=0.1)) is Kept.DATABASE
        assert store.attempts()[0].audio is None


@posix
def test_everything_is_for_its_owner_alone(home: Home) -> None:
    before = os.umask(0)
    try:
        with opened(home) as store:
            store.append(made.attempt(seconds=0.1))
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.root.rglob("*")}
            sql(home, "PRAGMA user_version = 99")
            store.close()
            assert store.append(made.attempt()) is Kept.ASIDE
    finally:
        os.umask(before)
    assert stat.S_IMODE(home.root.stat().st_mode) == 0o700
    assert modes.pop("recordings") == 0o700
    assert set(modes) > {"practice.sqlite3", "practice.sqlite3-wal", "practice.sqlite3-shm"}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(home.side_file.stat().st_mode) == 0o600


@posix
def test_a_file_that_others_could_read_is_closed_to_them(home: Home) -> None:
    fill(home, 1)
    home.database.chmod(0o644)
    home.root.chmod(0o755)
    Store.open(home).close()
    assert stat.S_IMODE(home.database.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.root.stat().st_mode) == 0o700


def test_the_database_says_what_it_is(home: Home) -> None:
    fill(home, 1)
    assert sql(home, "PRAGMA journal_mode") == [("wal",)]
    assert sql(home, "PRAGMA user_version") == [(1,)]
    assert sql(home, "PRAGMA application_id") == [(0x4D495454,)]


def test_the_same_attempt_twice_is_kept_once(home: Home) -> None:
    attempt = made.attempt()
    with opened(home) as store:
        assert [store.append(attempt), store.append(attempt)] == [Kept.DATABASE] * 2
        assert ids(store) == [attempt.id.hex]


# What can be wrong with a database: each is told, costs nothing, and is over once it is mended.


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
    sql(home, "PRAGMA user_version = 99")


def foreign(home: Home) -> None:
    sql(home, "PRAGMA application_id = 7")


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
    fill(home)
    whole = home.database.read_bytes()
    harm(home)
    harmed = home.database.read_bytes() if home.database.is_file() else b""
    attempts = [made.attempt() for _ in range(3)]
    with opened(home) as store:
        assert told in str(store.trouble)
        assert [store.append(attempt) for attempt in attempts] == [Kept.ASIDE] * 3
        with pytest.raises(StoreError, match=told):
            store.attempts()
    assert (home.database.read_bytes() if home.database.is_file() else b"") == harmed, "it was touched"

    if home.database.is_dir():
        home.database.rmdir()
    home.database.write_bytes(whole)
    with opened(home) as store:
        assert store.trouble is None
        assert len(store.attempts()) == 43
        assert {attempt.id.hex for attempt in attempts} <= set(ids(store))
    assert not list(home.root.glob("attempts-*"))


def test_a_damaged_database_moved_away_makes_room_for_a_new_one(home: Home) -> None:
    fill(home)
    garbage(home)
    with opened(home) as store:
        store.append(made.attempt())
    home.database.rename(home.root / "old.sqlite3")
    with opened(home) as store:
        assert (store.trouble, len(store.attempts())) == (None, 1)


def test_a_lock_of_another_program_is_told_and_waits_aside(home: Home) -> None:
    fill(home, 1)
    hold = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('BEGIN EXCLUSIVE'); print('held', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", hold, str(home.database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with opened(home) as store:
            assert "Another program" in str(store.trouble)
            assert store.append(made.attempt()) is Kept.ASIDE
            other.communicate()  # ends it, and with it the lock
            assert store.append(made.attempt()) is Kept.DATABASE
            assert (store.trouble, len(store.attempts())) == (None, 3)


def test_two_stores_share_one_home(home: Home) -> None:
    with opened(home) as first, opened(home) as second:
        for store in (first, second, first, second):
            assert store.append(made.attempt()) is Kept.DATABASE
        assert len(first.attempts()) == len(second.attempts()) == 4


def test_half_a_line_is_kept_apart_and_costs_no_other(home: Home) -> None:
    fill(home, 1)
    newer(home)
    attempts = [made.attempt() for _ in range(3)]
    with opened(home) as store:
        store.append(attempts[0])
        store.append(attempts[1])
        lines = home.side_file.read_bytes().rstrip(b"\n")
        home.side_file.write_bytes(lines[:-100])  # as a crash in mid-write leaves it
        store.append(attempts[2])
        store.append(attempts[2])
    sql(home, "PRAGMA user_version = 1")
    with opened(home) as store:
        assert set(ids(store)) > {attempts[0].id.hex, attempts[2].id.hex}
        assert len(store.attempts()) == 3
    assert attempts[1].id.hex in home.side_file.with_suffix(".unreadable").read_text().replace("-", "")
    assert not home.side_file.exists()


def test_lines_that_a_crash_left_half_taken_in_are_taken_once(home: Home) -> None:
    attempt = made.attempt()
    fill(home, 1)
    newer(home)
    with opened(home) as store:
        store.append(attempt)
    claimed = home.side_file.with_stem("attempts-waiting-of-a-start-that-died")
    shutil.copy(home.side_file, claimed)
    sql(home, "PRAGMA user_version = 1")
    with opened(home) as store:
        assert ids(store).count(attempt.id.hex) == 1
    assert not claimed.exists()


@posix
def test_a_full_disk_is_told_and_loses_nothing_that_was_kept(home: Home) -> None:
    found = drive("full", home.root)
    assert found["database"]
    assert found["aside"]
    assert "disk" in found["told"][0]
    assert "The disk is full: this attempt could not be kept." in found["told"][1]
    with opened(home) as store:
        assert set(found["database"] + found["aside"]) <= set(ids(store))


@posix
@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o400, 0o700), (0o600, 0o500)])
def test_what_is_read_only_is_told(file_mode: int, folder_mode: int) -> None:
    with tempfile.TemporaryDirectory() as above:  # not tmp_path: nobody but its owner may enter that
        home = Home(Path(above) / "home", Path(above) / "cache")
        fill(home, 1)
        os.chmod(above, 0o755)
        home.database.chmod(file_mode)
        home.root.chmod(folder_mode)
        if os.geteuid() == 0:
            for path in (home.root, home.database):
                os.chown(path, 65534, 65534)
        found = drive("plain", home.root)
        home.root.chmod(0o700)
    assert "cannot be" in found["trouble"]
    assert found["kept"] == "aside" if folder_mode == 0o700 else "could not be kept" in found["kept"]


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    store = Store.open(Home(tmp_path / "home", tmp_path / "cache"))
    assert "cannot be used" in str(store.trouble)
    with pytest.raises(StoreError, match="cannot be used"):
        store.append(made.attempt())


def test_a_demonstration_leaves_nothing(home: Home) -> None:
    with throwaway_home(home) as demo:
        assert demo.numba == home.numba
        with opened(demo) as store:
            assert store.append(made.attempt()) is Kept.DATABASE
    assert not demo.root.exists()
    assert not home.root.exists()


def test_the_store_is_named_without_loading_what_the_first_screen_does_not_need() -> None:
    script = "import mit.store, sys; print(sorted({'numpy', 'sqlalchemy', 'librosa'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout == "[]\n"
