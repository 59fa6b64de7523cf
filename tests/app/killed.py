"""A session that is killed (SIGKILL) at one point after the other, and gone on with each time."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.app.player import Player, ended

Where = Callable[[Player], bool]

STEPS = {"elementary": ("E2", "E4", "E5"), "intermediate": ("I2", "I3", "I4"), "advanced": ("A3", "A4", "A5")}
"""Of each level: one sung together, one alone, one that asks."""

WHILE = 1.3
"""Seconds into what lasts longer: the model sounds, the person sings."""


@dataclass(frozen=True)
class Point:
    """Where the program is killed. due: what is shown when it goes on; twice: it is killed once before, so that it is
    the start itself that is killed."""

    name: str
    there: Where
    due: str = "ready"
    twice: bool = False


def points(level: str) -> tuple[Point, ...]:
    """In the order in which a session meets them."""
    along, alone, asked = STEPS[level]

    def at(item: int, step: str, *places: str, after: float = 0.0) -> Where:
        return lambda p: p.place in places and p.trial[0] == item and step in ("", p.step) and p.here >= after

    return (
        Point("in the very first listening", at(0, "", "listen", after=WHILE)),
        Point("singing together", at(0, along, "along", after=WHILE)),
        Point("on the decision after it", at(0, along, "decide_page")),
        Point("in the listening before a turn", at(0, alone, "listen", after=WHILE)),
        Point("while singing alone", at(0, alone, "turn", after=WHILE)),
        Point("as the answer comes up", at(0, alone, "feedback", "thanks")),
        Point("on the decision", at(0, alone, "decide_page")),
        Point("on the question whether to go on", lambda p: p.place == "resume", twice=True),
        Point("while the question is asked", at(0, asked, "asked")),
        Point("in a turn that nobody has taken", at(0, asked, "turn")),
        Point("in the pause", lambda p: p.place == "pause" and p.here > 2.0, due="pause"),
        Point("in the listening to the next phrase", at(1, "", "listen", after=WHILE)),
        Point("before anybody has pressed a key", at(1, "", "ready")),
    )


@dataclass(frozen=True)
class Kept:
    """What is on the disk. trial: the last one; decided, attempts: ids."""

    trial: str
    phrase: str
    step: str
    decided: tuple[str, ...]
    attempts: frozenset[str]

    @classmethod
    def of(cls, player: Player) -> Kept:
        (trial, phrase, step), *_ = player.find("select id, phrase, step from trials order by rowid desc limit 1")
        decided = tuple(row[0] for row in player.find("select trial from decisions order by rowid"))
        return cls(trial, phrase, step, decided, frozenset(r[0] for r in player.find("select id from attempts")))


def go_on(point: Point, player: Player, before: Kept) -> str:
    """Start again and go on as far as the next decision; what came of it, "" where all is as it was."""
    player.go(lambda p: p.place in ("resume", "ready"))
    if player.place != "resume":
        return "no question whether to go on"
    player.go(lambda p: p.place in ("ready", "pause"))
    now = Kept.of(player)
    if player.place != point.due:
        return f"goes on with {player.place}"
    if now.trial != before.trial:
        return f"goes on with another trial, {now.phrase} at {now.step}"
    return f"{len(before.attempts - now.attempts)} attempts are lost" if before.attempts - now.attempts else ""


class Killed:
    """One session. start: opens the app anew; told: what came of each point; faults: of how many it was
    not as before."""

    def __init__(self, level: str, start: Callable[[], Player]) -> None:
        self.told: list[str] = []
        self.faults = 0
        self.player = start()
        self._level = level
        self._start = start

    def run(self) -> None:
        """Through every point, and to the last page."""
        for point in points(self._level):
            if point.twice:
                self._kill()
            self.player.go(point.there)
            before = Kept.of(self.player)
            begun = time.monotonic()
            self._kill()
            fault = go_on(point, self.player, before)
            self.faults += bool(fault)
            seconds = time.monotonic() - begun
            where = f"killed {point.name} ({before.phrase}, {before.step})"
            self.told.append(f"{where}: {fault.upper() or 'goes on as it was'}, {seconds:.1f} s")
        self.player.go(ended)

    def _kill(self) -> None:
        """The program, and nothing else; then it is started again. What was seen stays with who sits there."""
        os.kill(self.player.app.pid, signal.SIGKILL)
        self.player.app.wait_for("exit code 137")
        self.player.app.close()
        self.player.turn_to(self._start().app)
