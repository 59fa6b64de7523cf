"""What watches the sockets of a session (`test_real_app`) does see a way out of this computer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.connections import watched

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
