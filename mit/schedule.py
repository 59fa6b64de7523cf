"""When a phrase is due again: boxes after Leitner (1972), one day of practice at a time.

Not FSRS: its package would do (MIT, one small dependency, the same answer every time once its fuzz is off), but its
weights were fitted to healthy learners' flash cards, they stretch to months where a prescription lasts weeks, and
nobody could tell a therapist why a phrase comes today. A box can be told in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mit.items import Practised, items_of
from mit.phrase import Phrase
from mit.progress import Finish
from mit.protocol import Protocol
from mit.session import Sitting

BOXES = (0, 1, 2, 4, 8, 16)
"""Days until a phrase of each box is due again; in the first it is due in every session (doubling, after Leitner)."""

MASTERED = 4
"""Box from which a phrase is mastered: four days without a miss, over a week or more (design)."""


NEVER = 1000
"""Days that a new phrase counts as late: it comes before those that are practised already."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a phrase stands. box: its place in BOXES; last: the day it was practised, None: never."""

    box: int = 0
    last: date | None = None

    @property
    def mastered(self) -> bool:
        return self.box >= MASTERED

    def late(self, day: date) -> int:
        """Days since it was due; below 0: it is not due yet. What was never practised waited longest."""
        return NEVER if self.last is None else (day - self.last - timedelta(days=BOXES[self.box])).days


Days = Mapping[str, Sequence[tuple[date, Practised]]]
"""Of each phrase, by its id, the days on which it was practised, and how it went."""


def days_of(history: Iterable[Sitting], protocol: Protocol) -> Days:
    """The days of each phrase; those on which it was given for success left out. history: the oldest first."""
    days: dict[str, list[tuple[date, Practised]]] = {}
    for sitting in history:
        for item in items_of(sitting, protocol):
            if not item.reserve:
                days.setdefault(item.phrase, []).append((sitting.session.at.date(), item))
    return days


def mastered(phrases: Iterable[Phrase], days: Days) -> tuple[Phrase, ...]:
    """Those of the phrases that are mastered."""
    return tuple(phrase for phrase in phrases if standing(days.get(phrase.id, ())).mastered)


def standing(practised: Iterable[tuple[date, Practised]]) -> Standing:
    """Where a phrase stands after it was practised on these days, in order.

    Gone through without a miss, it moves up a box, where it was due: twice in a day is no proof of tomorrow. Set aside,
    it moves down one. Helped, heard or broken off, it stays.
    """
    now = Standing()
    for day, item in practised:
        rise = int(item.unaided and now.late(day) >= 0 and day != now.last)
        fall = int(item.finish is Finish.SET_ASIDE)
        now = Standing(min(max(0, now.box + rise - fall), len(BOXES) - 1), day)
    return now
