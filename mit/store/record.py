"""One attempt as it is written down: plain values, the same in the database and in the side file."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import mit
from mit.align import Alignment
from mit.feedback import Feedback
from mit.melody import Melody
from mit.score import Figures, figures

if TYPE_CHECKING:
    from mit.contour import Contour
    from mit.session import Attempt

SCHEMA_VERSION = 2
"""The shape of what is stored: in every record, and in the database's `user_version`."""

ROWS = {1: 3, 2: 4}
"""Rows of a packed contour by the schema it was kept under: the first had no sonority."""


@dataclass(frozen=True, slots=True)
class StoredAttempt(Figures):
    """A kept attempt. Every field is a column of the table `attempts` and a key of the side file.

    at: UTC; phrase: its text with syllable breaks; contour: packed, see `unpack_contour`; audio: the name of the
    take in the recordings folder, None without consent; trial: None in free practice.
    """

    id: UUID
    at: datetime
    language: str
    phrase_id: str
    phrase: str
    pattern: str
    level: str
    melody: Melody
    contour: bytes = field(repr=False)
    alignment: Alignment
    feedback: Feedback
    ended: str
    trouble: str
    recorder: str
    player: str
    audio: str | None
    app_version: str
    schema_version: int
    trial: UUID | None = None

    def unpack_contour(self) -> Contour:
        """What the voice did; single precision."""
        return unpack_contour(self.contour, rows=ROWS.get(self.schema_version, max(ROWS.values())))


def describe(attempt: Attempt, *, audio: str | None) -> StoredAttempt:
    """The record of an attempt."""
    phrase, made = attempt.phrase, attempt.assessment
    return StoredAttempt(
        **figures(made.score),
        id=attempt.id,
        at=attempt.at,
        language=phrase.language,
        phrase_id=phrase.id,
        phrase=phrase.hyphenated,
        pattern=phrase.pattern,
        level=phrase.level,
        melody=attempt.melody,
        contour=pack_contour(made.contour),
        alignment=made.alignment,
        feedback=made.feedback,
        ended=str(attempt.ended),
        trouble=str(attempt.trouble),
        recorder=attempt.recorder,
        player=attempt.player,
        audio=audio,
        app_version=mit.__version__,
        schema_version=SCHEMA_VERSION,
        trial=attempt.trial,
    )


def pack_contour(contour: Contour) -> bytes:
    """A contour as bytes: times, f0, intensity, sonority as little-endian float32, shape (4, n), zlib; then its timbre
    as int8, zlib. Takes kept by versions that knew none end before that."""
    import numpy as np  # late: the first screen needs no arrays

    rows = np.stack([contour.times, contour.f0, contour.intensity, contour.sonority]).astype("<f4")
    return zlib.compress(rows.tobytes()) + zlib.compress(contour.timbre.tobytes())


def unpack_contour(packed: bytes, *, rows: int) -> Contour:
    """The contour that `pack_contour` packed, in so many rows."""
    import numpy as np  # late, as above

    from mit.contour import BANDS, Contour

    reading = zlib.decompressobj()
    lines = np.frombuffer(reading.decompress(packed), dtype="<f4").reshape(rows, -1)
    known = dict(zip(("times", "f0", "intensity", "sonority"), lines, strict=False))
    timbre = zlib.decompress(reading.unused_data) if reading.unused_data else b""
    return Contour(**known, timbre=np.frombuffer(timbre, np.int8).reshape(-1, BANDS))
