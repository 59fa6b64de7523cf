from __future__ import annotations

import os
import stat
import subprocess
import sys
import wave
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from mit.contour import BANDS, Contour
from mit.home import Home, throwaway_home
from mit.score import SCORING_VERSION, Verdict
from mit.store import Kept, Store
from mit.store.record import pack_contour, unpack_contour
from tests.crash import made

posix = pytest.mark.skipif(os.name != "posix", reason="file modes and limits of POSIX")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", tmp_path / "cache")


def test_an_attempt_comes_back_as_it_was(home: Home) -> None:
    attempt = made.attempt(at=datetime(2026, 3, 1, 9, 0, tzinfo=timezone(timedelta(hours=2))))
    with made.opened(home) as store:
        assert store.keep(attempt) is Kept.DATABASE
        (row,) = store.attempts()
    assert (row.id, row.at) == (attempt.id, datetime(2026, 3, 1, 7, 0, tzinfo=UTC))
    assert (row.language, row.phrase_id, row.level) == ("en", "wanted", "intermediate")
    assert (row.phrase, row.pattern, row.melody) == ("I want some wa-ter", "LLLHL", attempt.melody)
    assert (row.alignment, row.feedback) == (attempt.assessment.alignment, attempt.assessment.feedback)
    assert (row.verdict, row.grade, row.certainty, row.score) == (Verdict.SCORED, 2, 0.8, 0.55)
    assert row.parts == attempt.assessment.score.parts
    assert (row.missing, row.added, row.transposition, row.tempo_ratio, row.latency) == (4, 0, 0.2, 1.1, 0.4)
    assert (row.ended, row.trouble, row.recorder, row.player) == ("quiet", "clipping", "USB microphone", "loudspeaker")
    assert (row.scoring_version, row.schema_version, row.audio) == (SCORING_VERSION, 2, None)
    assert not home.recordings.exists()


def test_the_contour_comes_back_in_single_precision(home: Home) -> None:
    with made.opened(home) as store:
        store.keep(made.attempt())
        found, meant = store.attempts()[0].unpack_contour(), made.contour()
    for name in ("times", "f0", "intensity"):
        np.testing.assert_allclose(getattr(found, name), getattr(meant, name), rtol=1e-6)
    assert int(np.isnan(found.f0).sum()) == 100


def test_what_a_take_sounded_like_is_kept_and_older_takes_have_none() -> None:
    line = np.linspace(0.0, 1.0, 5)
    sounds = np.arange(5 * BANDS, dtype=np.int8).reshape(5, BANDS) - 100
    contour = Contour(line, line + 100.0, line - 20.0, line - 30.0, sounds)
    packed = pack_contour(contour)
    np.testing.assert_array_equal(unpack_contour(packed, rows=4).timbre, sounds)
    older = zlib.compress(np.stack([line, line + 100.0, line - 20.0]).astype("<f4").tobytes())
    assert unpack_contour(older, rows=3).timbre.shape == (0, BANDS)


def test_numpy_numbers_do_not_cost_an_attempt(home: Home) -> None:
    attempt = made.attempt()
    score = replace(attempt.assessment.score, score=np.float64(0.5), missing=np.int64(3), parts={"a": np.float32(0.5)})
    with made.opened(home) as store:
        store.keep(replace(attempt, assessment=replace(attempt.assessment, score=score)))
        (row,) = store.attempts()
    assert (row.score, row.missing, row.parts) == (0.5, 3, {"a": 0.5})


def test_a_time_without_its_zone_is_a_mistake_of_ours(home: Home) -> None:
    with made.opened(home) as store, pytest.raises(ValueError, match="UTC"):
        store.keep(made.attempt(at=datetime(2026, 3, 1)))


def test_attempts_come_in_order_of_time(home: Home) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    with made.opened(home) as store:
        for seconds in (0.5, 0.0, 60.0, 0.25):
            store.keep(made.attempt(at=start + timedelta(seconds=seconds)))
        times = [row.at for row in store.attempts()]
    assert times == sorted(times)


def test_audio_is_kept_with_consent(home: Home) -> None:
    attempt = made.attempt(seconds=0.5)
    with made.opened(home) as store:
        store.keep(attempt)
        (row,) = store.attempts()
    assert row.audio == f"{attempt.id}.wav"
    with wave.open(str(home.recordings / row.audio)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 16000)
        samples = np.frombuffer(sound.readframes(-1), "<i2") / 32767
    np.testing.assert_allclose(samples, attempt.audio.samples, atol=1e-4)


def test_audio_that_finds_no_room_does_not_cost_the_attempt(home: Home) -> None:
    home.root.mkdir()
    home.recordings.write_text("in the way")
    with made.opened(home) as store:
        assert store.keep(made.attempt(seconds=0.1)) is Kept.DATABASE
        assert store.attempts()[0].audio is None


@posix
def test_everything_is_for_its_owner_alone(home: Home) -> None:
    before = os.umask(0)
    try:
        with made.opened(home) as store:
            store.keep(made.attempt(seconds=0.1))
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.root.rglob("*")}
            made.sql(home, "PRAGMA user_version = 99")
            store.close()
            assert store.keep(made.attempt()) is Kept.ASIDE
    finally:
        os.umask(before)
    assert stat.S_IMODE(home.root.stat().st_mode) == 0o700
    assert modes.pop("recordings") == 0o700
    assert set(modes) > {"practice.sqlite3", "practice.sqlite3-wal", "practice.sqlite3-shm"}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(home.side_file.stat().st_mode) == 0o600


@posix
def test_a_file_that_others_could_read_is_closed_to_them(home: Home) -> None:
    made.fill(home, 1)
    home.database.chmod(0o644)
    home.root.chmod(0o755)
    Store.open(home).close()
    assert stat.S_IMODE(home.database.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.root.stat().st_mode) == 0o700


def test_the_database_says_what_it_is(home: Home) -> None:
    made.fill(home, 1)
    assert made.sql(home, "PRAGMA journal_mode") == [("wal",)]
    assert made.sql(home, "PRAGMA user_version") == [(2,)]
    assert made.sql(home, "PRAGMA application_id") == [(0x4D495454,)]


def test_the_same_attempt_twice_is_kept_once(home: Home) -> None:
    attempt = made.attempt()
    with made.opened(home) as store:
        assert [store.keep(attempt), store.keep(attempt)] == [Kept.DATABASE] * 2
        assert made.ids(store) == [attempt.id.hex]


def test_a_demonstration_leaves_nothing(home: Home) -> None:
    with throwaway_home(home) as demo:
        assert demo.numba == home.numba
        with made.opened(demo) as store:
            assert store.keep(made.attempt()) is Kept.DATABASE
    assert not demo.root.exists()
    assert not home.root.exists()


def test_the_store_is_named_without_loading_what_the_first_screen_does_not_need() -> None:
    script = "import mit.store, sys; print(sorted({'numpy', 'sqlalchemy', 'librosa'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout == "[]\n"
