"""Nothing leaves this computer: seen at the sockets while a session runs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mit.home import find_home, prepare_numba
from mit.library import load_words
from tests.app.connections import watched
from tests.app.terminal import PATIENCE, Terminal, lacking
from tests.sound.card import VirtualSound

pytestmark = pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="no tables of sockets on this system")

ELSEWHERE = "192.0.2.1"
"""An address that is nobody's (RFC 5737); a datagram socket that is tied to it sends nothing."""

REACHING_OUT = f"""
import socket, time
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("127.0.0.1", 9))
kept = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
kept.connect(("{ELSEWHERE}", 9))
time.sleep(0.5)
"""


def test_a_connection_would_be_seen(tmp_path: Path) -> None:
    with watched(tmp_path, os.environ) as (env, seen):
        done = subprocess.run([sys.executable, "-c", REACHING_OUT], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert seen.outside == [f"socket.connect {ELSEWHERE}", f"udp {ELSEWHERE}"]


def test_a_session_reaches_nothing_but_this_computer(tmp_path: Path, virtual_sound: VirtualSound) -> None:
    if reason := lacking():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    prepare_numba(find_home())
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.toml").write_text("check_in = false\nwarm_up = false\nprompts = false\n")
    own = {**virtual_sound.env, "MIT_HOME": str(home), "NUMBA_CACHE_DIR": os.environ["NUMBA_CACHE_DIR"]}
    with watched(tmp_path, own) as (env, seen):
        app = Terminal(tmp_path / "tmux", [sys.executable, "-m", "mit", "demo"], env)
        try:
            sing_one_phrase(app)
        finally:
            app.close()
    assert seen.pids
    assert seen.outside == []


def sing_one_phrase(app: Terminal) -> None:
    """From home to the feedback on the first phrase, with Space alone."""
    wanted, end = load_words().lines("helper.feedback")[1], time.monotonic() + PATIENCE
    app.wait_for(load_words()("demo.mark"))
    while wanted not in app.text:
        assert time.monotonic() < end, app.text
        app.press("Space")
        app.settle()
