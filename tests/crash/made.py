"""Attempts without a voice: small made-up contours, so that the store can be tried fast, and ways to look at it."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any

import numpy as np

from mit.align import Alignment, Pair
from mit.audio import ANALYSIS_RATE, Audio
from mit.contour import Contour
from mit.feedback import Feedback, Saying
from mit.home import Home
from mit.melody import Note, intone
from mit.phrase import Phrase, spell
from mit.practice import Assessment
from mit.score import Score, Verdict
from mit.session import Attempt
from mit.store import Kept, Store
from mit.store.kinds import StoredAssignment

PHRASE = Phrase("wanted", spell("I want some wa-ter", "LLLHL"), level="intermediate")
MELODY = intone(PHRASE.syllables)


def contour() -> Contour:
    """Two seconds, the second half unvoiced."""
    times = np.arange(200) * 0.01
    return Contour(times, np.where(times < 1.0, 220.0 + times, np.nan), -20.0 - times)


def attempt(*, seconds: float | None = None, at: datetime | None = None) -> Attempt:
    """A new attempt; with `seconds` of sound where there is consent to keep it."""
    sung = Note(0.4, 0.5, 57.2, "I")
    pairs = tuple(Pair(note, sung if k == 0 else None) for k, note in enumerate(MELODY.notes))
    parts = {"contour": 0.75, "interval": None, "completeness": 0.2}
    score = Score(Verdict.SCORED, 2, 0.8, 0.55, parts, missing=4, transposition=0.2, tempo_ratio=1.1, latency=0.4)
    said = Feedback(Saying("rhythm"), Saying("missing", "ter"))
    return Attempt(
        id=uuid.uuid4(),
        at=at or datetime.now(UTC),
        phrase=PHRASE,
        melody=MELODY,
        assessment=Assessment(contour(), Alignment(pairs), score, said),
        ended="quiet",
        trouble="clipping",
        recorder="USB microphone",
        player="loudspeaker",
        audio=None if seconds is None else tone(seconds),
    )


def tone(seconds: float) -> Audio:
    """A sine at half scale."""
    times = np.arange(int(seconds * ANALYSIS_RATE)) / ANALYSIS_RATE
    return Audio((0.5 * np.sin(2 * np.pi * 220 * times)).astype(np.float32), ANALYSIS_RATE)


@contextmanager
def opened(home: Home) -> Iterator[Store]:
    store = Store.open(home)
    try:
        yield store
    finally:
        store.close()


def fill(home: Home, count: int = 40) -> None:
    with opened(home) as store:
        for _ in range(count):
            assert store.keep(attempt()) is Kept.DATABASE


def leave_unread(home: Home) -> None:
    """An assignment in the store as a later version might have written it."""
    at = datetime.now(UTC)
    with opened(home) as store:
        store.keep(StoredAssignment(uuid.uuid4(), at, uuid.uuid4(), at, "AB12", 'schema = 99\nperson = "AB12"\n'))


def ids(store: Store) -> list[str]:
    return [row.id.hex for row in store.attempts()]


def sql(home: Home, statement: str) -> list[Any]:
    with closing(sqlite3.connect(home.database)) as connection:
        return connection.execute(statement).fetchall()
