"""Pretend people over many sessions: what they can, how they learn, tire and get stuck."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from mit.device.skill import SKILLS, Skill
from mit.protocol import Along, Does, Step


@dataclass(frozen=True, slots=True)
class Profile:
    """One pretend person.

    start, best: the skill in the first session, and where practice leads; sessions: after which two thirds of that way
    are gone, None: it leads nowhere; stuck: chance of singing the phrase before instead of a new one that follows at
    once; tires: minutes of practice until they have enough, about, None: never; again: chance of asking once more.
    """

    start: Skill
    best: Skill
    sessions: float | None = None
    stuck: float = 0.0
    tires: float | None = None
    again: float = 0.05

    def skill(self, session: int) -> Skill:
        """The skill in a session, from 0."""
        share = 1.0 - math.exp(-session / self.sessions) if self.sessions else 0.0
        return self.start.towards(self.best, share)

    def stuck_after(self, pause: float) -> float:
        """Chance of being stuck after so many seconds of calm."""
        return self.stuck * math.exp(-pause / LETS_GO)


LETS_GO = 4.0
"""Seconds in which a phrase lets go: after the ten of the protocol a tenth of the chance is left (Santo Pietro &
Rigrodsky: 1 s to 10 s cut perseverations; the size is ours)."""

_BEST = replace(SKILLS["mild"], interval=1.0, pause=0.02, wobble=15.0)

PROFILES = {
    "mild": Profile(replace(SKILLS["mild"], wrong=0.06, missing=0.05), _BEST, sessions=5.0),
    "moderate": Profile(SKILLS["moderate"], replace(SKILLS["moderate"], wrong=0.05, missing=0.05), sessions=20.0),
    "severe": Profile(SKILLS["severe"], replace(SKILLS["severe"], missing=0.25), sessions=40.0, again=0.1),
    "apraxic": Profile(SKILLS["apraxic"], replace(SKILLS["apraxic"], latency=2.0, false_start=0.15), sessions=15.0),
    "perseverating": Profile(SKILLS["perseverating"], SKILLS["perseverating"], stuck=0.8),
    "tiring": Profile(SKILLS["tiring"], SKILLS["mild"], sessions=20.0, tires=8.0),
}
"""Not measured: chosen to take the course of a session down each of its ways."""

EFFORT = {
    (Does.SING_ALONG, Along.UNISON): 0.3,
    (Does.SING_ALONG, Along.FADING): 0.5,
    (Does.REPEAT, Along.NOTHING): 1.0,
    (Does.ANSWER, Along.NOTHING): 1.2,
}
"""What a step takes, as a factor of the chances of a slip: to sing along is easiest, to answer hardest."""

DELAYED, UNKNOWN, KNOWN, TIRED = 1.1, 1.3, 0.3, 1.0
"""Factors where the turn is delayed, for a phrase that was never taught and for a mastered one; and what is added by
the time they have enough."""


def effort(step: Step, *, probe: bool, reserve: bool, tired: float) -> float:
    """What a step takes; tired: 0 fresh to 1 about to have enough."""
    factor = EFFORT.get((step.does, step.along), 1.0) * (DELAYED if step.delay else 1.0)
    return factor * (UNKNOWN if probe else KNOWN if reserve else 1.0) * (1.0 + TIRED * tired)
