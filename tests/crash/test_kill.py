"""Practice that is killed at random moments loses nothing that was shown."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from mit.home import Home
from mit.store import Store
from tests.crash import made

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", tmp_path / "cache")


def kill(home: Home, *, times: int, seed: int) -> set[str]:
    command = [sys.executable, "-m", "tests.crash.driver", "kill", str(home.root)]
    command += ["--times", str(times), "--seed", str(seed)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return set(json.loads(done.stdout)["shown"])


def check_nothing_lost(home: Home, shown: set[str]) -> None:
    store = Store.open(home)
    assert store.trouble is None
    rows = store.attempts()
    store.close()
    assert shown <= {row.id.hex for row in rows}
    for row in rows:
        assert len(row.unpack_contour().times) == 200
        if row.audio:
            with wave.open(str(home.recordings / row.audio)) as sound:
                assert sound.getnframes() == 3200
    assert made.sql(home, "PRAGMA integrity_check") == [("ok",)]


def test_fifty_kills_lose_nothing_that_was_shown(home: Home) -> None:
    shown = kill(home, times=50, seed=2)
    assert len(shown) >= 50
    check_nothing_lost(home, shown)


def test_kills_lose_nothing_aside_nor_while_it_is_taken_in(home: Home) -> None:
    Store.open(home).close()
    made.sql(home, "PRAGMA user_version = 99")
    aside = kill(home, times=10, seed=3)
    made.sql(home, "PRAGMA user_version = 2")
    check_nothing_lost(home, aside | kill(home, times=10, seed=4))
