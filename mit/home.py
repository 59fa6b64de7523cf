"""The one place that knows every file the trainer keeps. All are readable by their owner alone.

`MIT_HOME` overrides the per-user data folder, and then the caches lie inside it too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mit.errors import StoreError

OWNER_FOLDER = 0o700
OWNER_FILE = 0o600

THROWAWAY = "mit-demo-"
"""Beginning of the folders of demonstrations, before the number of their process."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one person: `root` for what is kept, `cache` for what can be made again."""

    root: Path
    cache: Path

    @property
    def database(self) -> Path:
        return self.root / "practice.sqlite3"

    @property
    def side_file(self) -> Path:
        """Attempts that the database could not take; the next start takes them in."""
        return self.root / "attempts-waiting.jsonl"

    @property
    def copies(self) -> Path:
        """Copies of the database, made before a new version of the trainer changes its shape."""
        return self.root / "copies"

    @property
    def recordings(self) -> Path:
        """Kept takes: only with consent."""
        return self.root / "recordings"

    @property
    def model_takes(self) -> Path:
        """Takes of a therapist or relative that may be the model."""
        return self.root / "model-takes"

    @property
    def settings(self) -> Path:
        return self.root / "settings.toml"

    @property
    def devices(self) -> Path:
        """What was measured of each microphone with each loudspeaker."""
        return self.root / "devices.json"

    @property
    def log(self) -> Path:
        return self.root / "mit.log"

    @property
    def native_log(self) -> Path:
        """What the sound system's own code prints on file descriptor 2."""
        return self.root / "native.log"

    @property
    def voices(self) -> Path:
        """Rendered models."""
        return self.cache / "voices"

    @property
    def numba(self) -> Path:
        """Compiled code of the pitch tracker: compiled once a machine, not once a start."""
        return self.cache / "numba"


def find_home() -> Home:
    """The home that `MIT_HOME` or this system names; nothing is created yet."""
    if named := os.environ.get("MIT_HOME"):
        root = Path(named).expanduser()
        return Home(root, root / "cache")
    from platformdirs import user_cache_path, user_data_path

    return Home(user_data_path("mit-trainer", appauthor=False), user_cache_path("mit-trainer", appauthor=False))


def make_folder(folder: Path) -> Path:
    """Create a folder that only its owner can read. Raises StoreError with the remedy."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=OWNER_FOLDER)
        if (mode := folder.stat().st_mode) & ~OWNER_FOLDER & 0o777:
            folder.chmod(mode & OWNER_FOLDER)  # takes rights away only: a read-only folder stays one, and is told of
    except OSError as fault:
        raise StoreError(
            f"The folder {folder} cannot be used ({fault.strerror}).",
            "Set MIT_HOME to a folder that you can write to.",
        ) from fault
    return folder


@contextmanager
def throwaway_home(real: Home) -> Iterator[Home]:
    """A home for a demonstration, gone afterwards. It shares only the caches, which hold nothing of anybody."""
    import tempfile

    _sweep(Path(tempfile.gettempdir()))
    prefix = f"{THROWAWAY}{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder:
        yield Home(Path(folder), real.cache)


def _sweep(folder: Path) -> None:
    """Remove what demonstrations left behind that were killed."""
    import shutil

    for left in folder.glob(f"{THROWAWAY}*"):
        number = left.name.removeprefix(THROWAWAY).partition("-")[0]
        if not (number.isdigit() and _runs(int(number))):
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    if os.name != "posix":
        return True  # there is no harmless way to ask: a folder too many stays
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
