"""One whole session of each pretend person at each level as sound: is it judged as the drawn contour is?

`python -m tests.bench.patients` prints the share of takes whose grades lie within one step of each other, of steps that
may be judged, and the seconds that thirty sessions take without sound.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from mit.device.helper import Helper
from mit.device.patient import voiced
from mit.device.performance import Performance
from mit.device.profile import PROFILES
from mit.device.sitter import drawn
from mit.device.skill import Skill
from mit.melody import Melody
from mit.phrase import LEVELS
from mit.practice import Assessment, assess
from mit.score import Score
from mit.simulate import simulate
from mit.simulate_command import assignments

SESSIONS = 30


@dataclass(frozen=True, slots=True)
class Take:
    """A take of a session: what was made of its contour, and of its sound."""

    drawn: Score
    sounded: Score

    @property
    def near(self) -> bool:
        """Whether both could be judged, with grades within one step, or neither could."""
        if self.drawn.grade is None or self.sounded.grade is None:
            return self.drawn.grade is self.sounded.grade
        return abs(self.drawn.grade - self.sounded.grade) <= 1


def takes(name: str, level: str = LEVELS[0], *, seed: int = 1) -> Iterator[Take]:
    """The takes of the first session of a profile at a level that may be judged, in order."""
    sung: list[tuple[Performance, Skill, Melody, int, Score]] = []

    def hear(performance: Performance, skill: Skill, melody: Melody, seed: int) -> Assessment:
        assessment = drawn(performance, skill, melody, seed)
        sung.append((performance, skill, melody, seed, assessment.score))
        return assessment

    given = [assignment for assignment in assignments() if assignment.level == level]
    list(simulate(name, given, sessions=1, seed=seed, helper=Helper(), hear=hear))
    for performance, skill, melody, number, score in sung:
        yield Take(score, assess(voiced(performance.notes, skill, number), melody).score)


def main() -> None:
    """Print both for every profile."""
    for name in PROFILES:
        started = time.process_time()
        last = list(simulate(name, assignments(), sessions=SESSIONS, seed=1, helper=Helper()))[-1]
        spent = time.process_time() - started
        print(f"{name:<14} {SESSIONS} sessions in {spent:4.1f} s, then at {last.sitting.session.level}", flush=True)
        for level in LEVELS:
            _print(level, list(takes(name, level)))


def _print(level: str, found: list[Take]) -> None:
    near = sum(take.near for take in found) / len(found)
    same = sum(take.drawn.grade == take.sounded.grade for take in found) / len(found)
    print(f"  {level:<13} {len(found):>3} takes as sound: {near:.0%} within one step, {same:.0%} the same", flush=True)


if __name__ == "__main__":
    main()
