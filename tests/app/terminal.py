"""A real terminal for the real app: tmux on a socket of its own."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

SETTLING = 0.8
"""As `mit.tui.screens.practice.SETTLING`, which is not imported here: what drives a terminal needs nothing of ours."""

PATIENCE = 90.0
"""Seconds until a test gives up; nothing waits that long when all is well."""


def lacking() -> str:
    return "" if shutil.which("tmux") else "no terminal: tmux is missing (apt-get install tmux)"


class Terminal:
    """One program in a terminal of a given size."""

    def __init__(self, socket: Path, command: list[str], env: Mapping[str, str], *, width: int = 80, height: int = 24):
        self._tmux = ["tmux", "-S", str(socket), "-f", "/dev/null"]
        self._env = {**os.environ, **env, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        # The shell stays, so that what the program printed last, and its exit code, can still be read.
        line = f"{shlex.join(command)}; echo exit code $?; sleep 1000"
        self._run("new-session", "-d", "-x", str(width), "-y", str(height), line)

    def _run(self, *words: str) -> str:
        done = subprocess.run([*self._tmux, *words], env=self._env, capture_output=True, text=True, check=True)
        return done.stdout

    @property
    def text(self) -> str:
        return self._run("capture-pane", "-p")

    @property
    def painted(self) -> str:
        """The screen with the codes of its colours."""
        return self._run("capture-pane", "-p", "-e")

    @property
    def pid(self) -> int:
        """Of the program."""
        shell = self._run("display-message", "-p", "#{pane_pid}").strip()
        return int(Path(f"/proc/{shell}/task/{shell}/children").read_text().split()[0])

    def press(self, key: str) -> None:
        self._run("send-keys", key)

    def click(self, column: int, row: int) -> None:
        """A left click on a cell, counted from 0, as a terminal tells those who asked for the mouse."""
        for end in "Mm":
            told = f"\x1b[<0;{column + 1};{row + 1}{end}".encode()
            self._run("send-keys", "-H", *(f"{byte:02x}" for byte in told))

    def settle(self) -> None:
        """Until a scene that came by itself takes keys: the app's own rule, not a wait for luck."""
        time.sleep(SETTLING + 0.1)

    def wait_for(self, *any_of: str) -> str:
        """The screen as soon as it shows one of these texts."""
        return self.wait_until(lambda text: any(wanted in text for wanted in any_of), f"none of {any_of}")

    def wait_until(self, reached: Callable[[str], bool], otherwise: str) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if reached(text := self.text):
                return text
            time.sleep(0.05)
        raise AssertionError(f"{otherwise} on the screen:\n{self.text}")

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], env=self._env, capture_output=True, check=False)
