"""The compiled code of the pitch tracker on the disk: made once a computer, by one process at a time. A shell.

Two processes that compile at once leave a cache whose parts do not fit each other: every later process that loads it
dies without a word (numba's cache of generalised ufuncs, seen with numba 0.68). So whoever comes first holds a lock
until all that the tracker needs is compiled, and the others wait for it.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from mit.errors import StoreError
from mit.home import Home, make_folder

COMPILED = ".compiled"
"""Ending of the file that says that all is there; its name says for which versions."""

PATIENCE = 180.0
"""Seconds to wait for another process that compiles: five times what it takes on a slow computer."""

_log = logging.getLogger(__name__)


def ready_tracker(home: Home) -> None:
    """Point numba's cache at a folder of this user's and fill it, if that was not done. Call before tracking.

    Half a minute on a new computer, nothing later on. Where no folder can be written to, numba tries its own places.
    """
    if "NUMBA_CACHE_DIR" in os.environ:
        folder = Path(os.environ["NUMBA_CACHE_DIR"])
    else:
        folder = home.numba / _versions()
        os.environ["NUMBA_CACHE_DIR"] = str(folder)
    try:
        compiled = folder / f"{_versions()}{COMPILED}"
        if not compiled.exists():
            make_folder(folder)
            _compile(compiled)
    except (OSError, StoreError):
        _log.warning("the tracker's cache cannot be kept")


def _compile(compiled: Path) -> None:
    from filelock import FileLock, Timeout  # late: needed once a computer

    from mit.pitch import warm_up

    try:
        with FileLock(compiled.with_suffix(".lock"), timeout=PATIENCE):
            if not compiled.exists():
                warm_up()
                compiled.touch()
    except Timeout:
        _log.warning("another process compiles the tracker for long")


def _versions() -> str:
    """What the compiled code belongs to: other versions, or another installation of the same, are compiled anew."""
    from importlib import metadata, util  # late: the first screen needs neither

    found = util.find_spec("librosa")
    made = Path(found.origin).stat().st_mtime_ns if found and found.origin else 0
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return "-".join((python, *(metadata.version(name) for name in ("librosa", "numba", "numpy")), f"{made:x}"))
