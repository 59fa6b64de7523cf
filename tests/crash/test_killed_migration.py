"""A start that is killed while it changes an older database, at every statement, leaves it whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mit.home import Home
from tests.crash import made
from tests.test_migrate import ATTEMPTS, WAITING, first_version, kept_copies, rows

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")

ROOT = Path(__file__).parents[2]


def test_a_start_killed_at_any_statement_loses_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path / "home", tmp_path / "cache")
    first_version(home)
    before = rows(home.database)
    command = [sys.executable, "-m", "tests.crash.driver", "migrate", str(home.root)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    assert len(found["versions"]) > 20, "it was killed at few statements"
    assert set(found["versions"]) <= {1, 2}
    assert found["versions"][0] == 1
    assert set(found["checks"]) == {"ok"}
    assert set(found["counts"]) <= {ATTEMPTS, ATTEMPTS + WAITING}
    assert found["versions"] == sorted(found["versions"]), "what was done stays done"
    with made.opened(home) as store:
        assert (store.trouble, len(store.attempts())) == (None, ATTEMPTS + WAITING)
    assert [row for row in rows(home.database) if row["id"] in {r["id"] for r in before}] == [
        row | {"trial": None} for row in before
    ]
    assert len(kept_copies(home)) == 1
    assert rows(kept_copies(home)[0]) == before
