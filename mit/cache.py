"""Rendered models on the disk, named by what they were made from. Everything here can be made again.

A file is written aside and renamed, so that two trainers can share the folder; one that does not hold what its
digest says is made anew. Nothing here ever stops practice: what cannot be kept is rendered each time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from mit.audio import Audio
from mit.errors import StoreError
from mit.home import Home, make_folder
from mit.melody import Melody
from mit.voice import ENGINE, render, sounding
from mit.voice.sounds import Sounds

MOST_BYTES = 200_000_000
"""Of all kept models: about 500 phrases of 4 s. The longest unused go first."""

SUFFIX = ".model"
DIGEST = hashlib.sha256().digest_size
RATE_BYTES = 4


def rendered(
    home: Home,
    melody: Melody,
    *,
    voice: str = "hum",
    lead: float = 0.0,
    sounds: Sounds | None = None,
    most_bytes: int = MOST_BYTES,
) -> Audio:
    """The model as `mit.voice.render` makes it, from the disk where it was made before: the same samples."""
    made_from = (sounding(voice, sounds), lead, sounds)
    return once(
        home, melody, made_from, lambda: render(melody, voice=voice, lead=lead, sounds=sounds), most_bytes=most_bytes
    )


def once(
    home: Home, melody: Melody, made_from: object, make: Callable[[], Audio], *, most_bytes: int = MOST_BYTES
) -> Audio:
    """What `make` makes of a melody, from the disk where it was made before.

    made_from: all else that is heard in it, as a value whose repr is the same whenever the sound is.
    """
    notes = tuple((note.onset, note.duration, note.pitch) for note in melody.notes)
    name = hashlib.sha256(repr((ENGINE, notes, made_from)).encode()).hexdigest()
    path = home.voices / f"{name}{SUFFIX}"
    if (kept := _read(path)) is not None:
        return kept
    audio = make()
    _write(path, audio, most_bytes)
    return audio


def _read(path: Path) -> Audio | None:
    try:
        content = path.read_bytes()
        digest, body = content[:DIGEST], content[DIGEST:]
        if len(body) <= RATE_BYTES or hashlib.sha256(body).digest() != digest:
            return None
        os.utime(path)  # the time of last use
    except OSError:
        return None
    samples = np.frombuffer(body, "<f4", offset=RATE_BYTES)
    return Audio(samples, int.from_bytes(body[:RATE_BYTES], "little"))


def _write(path: Path, audio: Audio, most_bytes: int) -> None:
    body = audio.rate.to_bytes(RATE_BYTES, "little") + audio.samples.astype("<f4").tobytes()
    try:
        handle, aside = tempfile.mkstemp(dir=make_folder(path.parent))
        try:
            with open(handle, "wb") as file:
                file.write(hashlib.sha256(body).digest() + body)
            os.replace(aside, path)
        finally:
            Path(aside).unlink(missing_ok=True)
        _make_room(path.parent, most_bytes)
    except (OSError, StoreError):
        return  # a full or read-only disk: practice goes on, the model is rendered each time


def _make_room(folder: Path, most_bytes: int) -> None:
    """Delete the longest unused until the rest fits. Another trainer may be deleting the same files."""
    kept = []
    for path in folder.iterdir():
        try:
            facts = path.stat()
        except FileNotFoundError:
            continue
        kept.append((facts.st_mtime_ns, facts.st_size, path))
    total = sum(size for _, size, _ in kept)
    for _, size, path in sorted(kept):
        if total <= most_bytes:
            return
        path.unlink(missing_ok=True)
        total -= size
