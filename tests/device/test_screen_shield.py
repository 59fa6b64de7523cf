"""What native code prints never reaches the screen. In a process of its own, on a terminal of its own."""

from __future__ import annotations

import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

PRINTS = """
import os, sys
from pathlib import Path
from mit.device.screen_shield import screen_shield
import ctypes
with screen_shield(Path(sys.argv[1])):
    ctypes.CDLL(None).perror(b"ALSA lib pcm.c: underrun occurred")
    subprocess_says = os.system("echo from-a-child >&2")
    print("on the screen", file=sys.__stderr__, flush=True)
os.write(2, b"after\\n")
"""


def run(code: str, log: Path, *, errors_too: bool = True) -> str:
    """What the code shows on a terminal."""
    mine, theirs = pty.openpty()
    errors = theirs if errors_too else subprocess.DEVNULL
    process = subprocess.Popen([sys.executable, "-c", code, str(log)], stdin=theirs, stdout=theirs, stderr=errors)
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(mine, 4096):
            shown += chunk
    except OSError:  # Linux says so when the other side is closed
        pass
    assert process.wait(timeout=30) == 0, shown
    os.close(mine)
    return shown.decode()


def test_native_messages_go_to_the_file_and_the_app_to_the_screen(tmp_path: Path) -> None:
    log = tmp_path / "native.log"
    assert run(PRINTS, log).split("\r\n") == ["on the screen", "after", ""]
    assert "underrun occurred" in log.read_text()
    assert "from-a-child" in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_the_app_stays_on_the_screen_where_errors_are_led_elsewhere(tmp_path: Path) -> None:
    assert run(PRINTS, tmp_path / "native.log", errors_too=False).split("\r\n") == ["on the screen", ""]


def test_works_where_the_file_cannot_be_opened(tmp_path: Path) -> None:
    assert "underrun" not in run(PRINTS, tmp_path / "none" / "native.log")


def test_the_file_is_bounded(tmp_path: Path) -> None:
    log = tmp_path / "native.log"
    log.write_text("x" * 300_000)
    run(PRINTS, log)
    assert log.stat().st_size < 1000


def test_sound_errors_do_not_reach_the_screen(tmp_path: Path) -> None:
    code = PRINTS.replace(
        'ctypes.CDLL(None).perror(b"ALSA lib pcm.c: underrun occurred")',
        """
    from mit.device.sound import SoundRecorder
    from mit.errors import DeviceError
    from mit.melody import Melody
    try: SoundRecorder().open(Melody(())).close()
    except DeviceError: pass
""",
    )
    assert run(code, tmp_path / "native.log").split("\r\n") == ["on the screen", "after", ""]
