"""The side file: what the database could not take, one line of JSON a fact, in order, until a start takes it in."""

from __future__ import annotations

import errno
import os
import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from mit.errors import StoreError
from mit.home import OWNER_FILE
from mit.store.kinds import Record, from_line, to_line

DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""No space, quota used up, file size limit reached."""

MOVED_TRIES = 3
"""How often a line is written again when another start takes the file away at that very moment."""


def put_aside(side_file: Path, records: Sequence[Record]) -> None:
    """Add records to the side file; they are on the disk when this returns. Raises StoreError."""
    # The leading newline parts them from a line that a crash or a full disk broke off; empty lines mean nothing.
    lines = b"\n" + b"".join(to_line(record) + b"\n" for record in records)
    try:
        for _ in range(MOVED_TRIES):
            if _write_lines(side_file, lines):
                return
    except OSError as fault:
        raise _not_kept(fault) from fault
    raise StoreError("This attempt could not be kept: another program moves the file.", "Close the other program.")


def _write_lines(side_file: Path, lines: bytes) -> bool:
    """Append durably; False when the file was taken in meanwhile, so that lines may have been overlooked."""
    with open(side_file, "ab", buffering=0, opener=open_privately) as file:
        while lines:  # a full disk takes what fits, and says so only to the next write
            lines = lines[file.write(lines) :]
        os.fsync(file.fileno())
        mine = os.fstat(file.fileno())
    sync_folder(side_file.parent)
    try:
        return os.path.samestat(mine, side_file.stat())
    except FileNotFoundError:
        return False


def _not_kept(fault: OSError) -> StoreError:
    if fault.errno in DISK_FULL:
        return StoreError("The disk is full: this attempt could not be kept.", "Free some space and go on practising.")
    return StoreError(
        f"This attempt could not be kept ({fault.strerror}).", "Check that the practice folder can be written to."
    )


def claim(side_file: Path) -> tuple[Path, ...]:
    """Take the waiting lines out of the way of writers: the files to take in.

    Each claim has its own name, so two starts at once never overwrite each other's; one that was left by a crash is
    found again.
    """
    with suppress(OSError):  # none there; or it is being written to (Windows): then it waits for the next start
        side_file.rename(side_file.with_stem(f"{side_file.stem}-{uuid.uuid4().hex}"))
    return tuple(sorted(side_file.parent.glob(f"{side_file.stem}-*{side_file.suffix}")))


def read_lines(claimed: Path) -> Iterator[Record | bytes]:
    """The records of a claimed file, and as bytes each line that is none."""
    for line in claimed.read_bytes().split(b"\n"):
        if line.strip(b"\0 \r"):  # zeros: what a power cut leaves of a line
            yield from_line(line) or line


def keep_apart(side_file: Path, broken: list[bytes]) -> None:
    """Keep lines that cannot be read in a file beside, in case a person can."""
    if broken:
        with open(side_file.with_suffix(".unreadable"), "ab", opener=open_privately) as file:
            file.write(b"".join(line + b"\n" for line in broken))


def open_privately(path: str | Path, flags: int) -> int:
    """An opener for `open`: what it creates, only its owner can read."""
    return os.open(path, flags, OWNER_FILE)


def sync_folder(folder: Path) -> None:
    """Make a new file's name as durable as its content (POSIX; elsewhere the system does it)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
