"""Keeps what the sound system's own code prints off the screen.

Textual draws on file descriptor 2, and ALSA, PortAudio and others print their complaints there: three such lines wipe
the top of the screen. So the screen gets a descriptor of its own, and descriptor 2 leads to a file.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mit.home import OWNER_FILE

LIMIT = 256 * 1024
"""Bytes the file may have: a few thousand lines."""

TRIM_EVERY = 10.0
"""Seconds between looks at its size."""


@contextmanager
def screen_shield(log: Path) -> Iterator[None]:
    """Within it, `sys.__stderr__` is the screen and descriptor 2 the file `log` (its owner's alone, bounded).

    Enter it before the app is made and after the folder of `log`; where `log` cannot be opened, what is printed goes
    nowhere. `2>file` on the command line keeps the app on the screen too.
    """
    before, kept = sys.__stderr__, os.dup(2)
    target = _open(log)
    over = threading.Event()
    # Where descriptor 2 was led elsewhere on the command line, the screen is still behind descriptor 1.
    screen = os.fdopen(os.dup(2 if os.isatty(2) else 1), "w", encoding="utf-8", errors="replace")
    sys.__stderr__ = screen  # type: ignore[misc]
    os.dup2(target, 2)
    threading.Thread(target=_trim, args=(target, over), name="mit-native-log", daemon=True).start()
    try:
        yield
    finally:
        over.set()
        os.dup2(kept, 2)
        os.close(kept)
        sys.__stderr__ = before  # type: ignore[misc]
        screen.close()


def _open(log: Path) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    try:
        return os.open(log, flags, OWNER_FILE)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)


def _trim(target: int, over: threading.Event) -> None:
    """Begin the file anew whenever it is too long; who appends goes on at its new end."""
    ended = False
    while not ended:
        if os.fstat(target).st_size > LIMIT:
            os.ftruncate(target, 0)
        ended = over.wait(TRIM_EVERY)
    os.close(target)
