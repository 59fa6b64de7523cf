"""How a session begins: from the assignment and what was practised before, or where the last one broke off. A shell."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from mit.assignment import Assignment
from mit.course import begin
from mit.due import Now
from mit.errors import StoreError
from mit.history import History, seconds_on
from mit.library import load_language, load_sets
from mit.plan import plan
from mit.resume import resume
from mit.settings import Settings
from mit.starter import starter
from mit.tui.exercise import Tuning
from mit.tui.keeping import Keeper

if TYPE_CHECKING:
    from mit.course import Course
    from mit.device.pace import Pace

RESUMED_WITHIN = timedelta(hours=20)
"""After which an interrupted session is yesterday's: a new one begins with what is due today."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a session is begun with.

    assignment: None is the one that was taken, or the starter's; simulated: no person practises; seed: of the order of
    phrases; fixed_pace: of the clock that pauses are measured by, None is as time passes.
    """

    settings: Settings
    assignment: Assignment | None = None
    simulated: bool = False
    seed: int = 0
    fixed_pace: Pace | None = None

    @property
    def pace(self) -> Pace:
        from mit.device.pace import REAL_TIME  # late: it brings arrays, which the first screen does not need

        return self.fixed_pace or REAL_TIME

    @property
    def now(self) -> Now:
        return Now(datetime.now(UTC), self.pace.passed(0.0))

    @property
    def tuning(self) -> Tuning:
        chosen = self.settings
        interval = chosen.interval if chosen.interval is not None else load_language(chosen.language).interval
        return Tuning(chosen.low, interval, chosen.beat)

    def open(self, keeper: Keeper) -> tuple[Course, Course | None]:
        """A new session, and the one that was interrupted, where it may be gone on with. What is kept of either comes
        with it."""
        from mit.score import SCORING_VERSION

        assignment, history = self._assignment(keeper), self._history(keeper)
        course = begin(
            assignment,
            plan(assignment, history.sittings(), day=self.now.at.date(), seed=self.seed),
            id=uuid4(),
            now=self.now,
            earlier=self._earlier(history),
            scoring_version=SCORING_VERSION,
            settings=json.dumps(asdict(self.settings)),
            simulated=self.simulated,
        )
        return course, self._interrupted(keeper, assignment, history)

    def dose(self, keeper: Keeper) -> tuple[float, float]:
        """Minutes practised today, and what is prescribed a day."""
        assignment = self._assignment(keeper)
        return self._earlier(self._history(keeper)) / 60, assignment.minutes

    def _assignment(self, keeper: Keeper) -> Assignment:
        if self.assignment is not None:
            return self.assignment
        return keeper.assignment() or starter(load_sets(self.settings.language))

    def _history(self, keeper: Keeper) -> History:
        try:
            return keeper.store.history(simulated=self.simulated)
        except StoreError as fault:
            _log.warning("what was practised cannot be read: %s", type(fault).__name__)
            return History()

    def _interrupted(self, keeper: Keeper, assignment: Assignment, history: History) -> Course | None:
        try:
            found = None if self.simulated else keeper.store.last_open_session()
        except StoreError:
            return None
        if found is None or not found.trials or self.now.at - found.session.at > RESUMED_WITHIN:
            return None
        earlier = self._earlier(history, besides=found.session.id)
        return resume(found, assignment, self.now, earlier=earlier)

    def _earlier(self, history: History, *, besides: UUID | None = None) -> float:
        """Seconds practised today."""
        return seconds_on(history, self.now.at.astimezone().date(), datetime.astimezone, besides=besides)
