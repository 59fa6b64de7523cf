"""Processes that start together on a new computer: one compiles, the others wait, and all of them track."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from mit.tracker_cache import COMPILED

TRACK = """
from mit.home import find_home
from mit.tracker_cache import ready_tracker
ready_tracker(find_home())
from mit.pitch import warm_up
warm_up()
print("tracked")
"""


def test_processes_that_start_together_share_what_one_of_them_compiled(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    env |= {"MIT_HOME": str(tmp_path)}
    command = [sys.executable, "-c", TRACK]
    together = [subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate()[0] for process in together] == ["tracked\n"] * 2
    (compiled,) = (tmp_path / "cache" / "numba").rglob(f"*{COMPILED}")
    first = compiled.stat().st_mtime_ns
    assert subprocess.check_output(command, env=env, text=True) == "tracked\n"
    assert compiled.stat().st_mtime_ns == first
