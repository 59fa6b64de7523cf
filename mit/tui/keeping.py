"""What practice keeps: facts on the disk, or in memory while no disk takes them. A shell."""

from __future__ import annotations

import logging
from collections import deque
from threading import Lock
from typing import TYPE_CHECKING

from mit.errors import MitError, StoreError
from mit.home import Home
from mit.tui.state import Voice

if TYPE_CHECKING:
    from uuid import UUID

    from mit.assignment import Assignment
    from mit.practice import Assessment
    from mit.store import Store
    from mit.store.kinds import Fact
    from mit.store.record import StoredAttempt

UNSAVED = ("trouble.unsaved", "remedy.unsaved")
"""What the helper is told when neither database nor side file takes a fact: it waits in memory."""

ASIDE = ("trouble.aside", "remedy.aside")
"""And when a side file took it."""

_log = logging.getLogger(__name__)


class Keeper:
    """The store of one home, opened when it is first needed. May be used from several threads."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._store: Store | None = None
        self._unkept: deque[Fact] = deque()
        self._unread: MitError | None = None
        self._keeping = Lock()  # a take that was left may still be kept while the next one is

    @property
    def store(self) -> Store:
        from mit.store import Store

        self._store = self._store or Store.open(self._home)
        return self._store

    @property
    def unread(self) -> bool:
        """Whether there is an assignment that cannot be read: as far as anybody has looked."""
        return self._unread is not None

    def assignment(self) -> Assignment | None:
        """The assignment that was taken; None where none was, and where it is `unread`."""
        try:
            found, self._unread = self.store.assignment(), None
        except MitError as fault:
            _log.warning("the assignment cannot be read: %s", type(fault).__name__)
            found, self._unread = None, fault
        return found

    @property
    def begun(self) -> bool:
        """Whether anything is kept yet: nothing is made by looking."""
        return self._home.database.exists()

    def put(self, *facts: Fact) -> None:
        """Take these, at once; `keep` brings them to the disk, in the order in which they came."""
        self._unkept.extend(facts)

    def keep(self, *facts: Fact) -> tuple[str, ...]:
        """Keep these after all that still waits; where they are, if not where they belong."""
        self.put(*facts)
        with self._keeping:
            return self._try_to_keep()

    def earlier(self, phrase_id: str, besides: UUID) -> tuple[Voice, ...]:
        """The first take of a phrase that was judged, and the best, where there are any besides this one."""
        takes = [take for take in self.store.attempts(phrase_id) if take.score is not None and take.id != besides]
        if not takes:
            return ()
        best = max(takes, key=lambda take: take.score or 0.0)
        return Voice("first", _assessment(takes[0])), Voice("best", _assessment(best))

    def close(self) -> tuple[str, ...]:
        """Let go of the store; what a helper has to know of it, a line each."""
        if self._store is None:
            return ()
        with self._keeping:
            self._try_to_keep()
            lost = len(self._unkept)
            told = tuple(dict.fromkeys(str(fault) for fault in (self._store.trouble, self._unread) if fault))
            self._store.close()
        return (*told, f"{lost} facts could not be kept.") if lost else told

    def _try_to_keep(self) -> tuple[str, ...]:
        from mit.store import Kept

        places = set()
        try:
            while self._unkept:
                places.add(self.store.keep(self._unkept[0]))
                self._unkept.popleft()
        except StoreError:
            return UNSAVED
        return ASIDE if Kept.ASIDE in places else ()


def _assessment(take: StoredAttempt) -> Assessment:
    """As much of a kept attempt as is drawn."""
    from mit.practice import Assessment
    from mit.score import Score

    return Assessment(take.unpack_contour(), take.alignment, Score(take.verdict, take.grade), take.feedback)
