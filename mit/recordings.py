"""Recordings as they are named on a command line or in a manifest: WAV files and tracks of f0, takes and references."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from mit.consensus import consensus
from mit.contour import Contour
from mit.errors import RecordingError
from mit.f0_track import parse_track
from mit.melody import Melody

MOST_BYTES = 32_000_000
"""Largest track read: ten minutes at a hop of 1 ms in long decimals."""

MOST_REFERENCES = 32
"""References of one melody: more agree no better, and comparing them grows with the square of their number."""


def read_contour(path: Path) -> Contour:
    """The contour of a recording: a track of f0 (.csv) is read, a WAV is tracked. Raises RecordingError."""
    if path.suffix.lower() == ".csv":
        return parse_track(_read_text(path), path.name)
    from mit.device.wav import read_wav  # late: a track needs neither decoder nor tracker
    from mit.pitch import track

    return track(read_wav(path))


def _read_text(path: Path) -> str:
    try:
        if not path.is_file():
            raise RecordingError(f"{path.name} is no file.", "Name a CSV of time (s) and f0 (Hz).")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise RecordingError(f"{path.name} is too large.", "Make several of it.")
        return data.decode("utf-8-sig")
    except OSError as fault:
        raise RecordingError(f"{path.name} cannot be read ({fault.strerror}).") from fault
    except UnicodeDecodeError as fault:
        raise RecordingError(f"{path.name} is no text in UTF-8.", "Give a CSV of time (s) and f0 (Hz).") from fault


def reference_melody(names: str, folder: Path) -> Melody:
    """The melody of one reference, or of several joined by ";", their paths relative to a folder.

    Raises RecordingError.
    """
    paths = tuple(folder / name.strip() for name in names.split(";") if name.strip())
    if not 1 <= len(paths) <= MOST_REFERENCES:
        raise RecordingError(f"{len(paths)} references were named.", f"Name 1 to {MOST_REFERENCES}, joined by ';'.")
    return _consensus_of(paths)


@lru_cache(maxsize=64)
def _consensus_of(paths: tuple[Path, ...]) -> Melody:
    """Learnt once: the rows of a manifest share their references."""
    return consensus([read_contour(path) for path in paths])
