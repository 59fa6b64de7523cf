"""Whole sessions of the real app, in tmux on a virtual sound card, played to their last page:
python -m tests.app.session [--level LEVEL] [--way WAY] [--size 80x24] [--pictures DIR] [--jobs N]

Ways: keys (Space and Z), mouse, hidden (keys, phrases without letters), simulated (the pretend voice inside the app),
killed (SIGKILL at thirteen points, and on again each time). All where none is named; without --size each way shows
each level at another one, so that every way and every level is seen at 80x24, 120x40 and 200x60. The sockets of every
program are watched. Not part of pytest: it takes minutes, and is for whoever changes the screens of practice. Exit
code 1 where one did not go as it should.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from mit.history import History
from mit.home import find_home
from mit.tracker_cache import ready_tracker
from mit.tui.theme import DARK
from tests.app.assignments import MISSED, PHRASES
from tests.app.connections import watched
from tests.app.killed import Killed
from tests.app.player import Player, ended
from tests.app.world import MIT, World
from tests.pictures.__main__ import photograph
from tests.pictures.svg import CELL_HEIGHT, CELL_WIDTH, as_svg
from tests.sound.card import lacking

WAYS = ("keys", "mouse", "hidden", "simulated")
KILLED = "killed"
SIZES = ("80x24", "120x40", "200x60")

PRETENDED = (sys.executable, "-m", "tests.app.pretended")


@dataclass(frozen=True)
class Case:
    """One session."""

    level: str
    way: str
    size: str

    @property
    def name(self) -> str:
        return f"{self.level}-{self.way}-{self.size}"


def begun(case: Case, world: World) -> Player:
    """Somebody at the app as this session has it."""
    width, height = map(int, case.size.split("x"))
    player = world.player(width, height, PRETENDED if case.way == "simulated" else MIT)
    player.way = "mouse" if case.way == "mouse" else "keys"
    player.missed, player.voice = MISSED[case.level], case.way != "simulated"
    return player


def play(case: Case, pictures: Path | None) -> tuple[bool, list[str]]:
    """One session from the first page to its last: whether all was well, and what is to be told of it."""
    since, well = time.monotonic(), True
    hidden = {"text": "false"} if case.way == "hidden" else {}
    with World.make(case.level, **hidden) as world, watched(world.folder, world.env) as (env, sockets):
        world.variables.update(env)
        if case.way == KILLED:
            killed = Killed(case.level, lambda: begun(case, world))
            player, run, told = killed.player, killed.run, killed.told
        else:
            player, told = begun(case, world), []
            run = lambda: player.go(ended)  # noqa: E731
        try:
            run()
            reached = "last page reached"
        except AssertionError as stuck:
            well, reached = False, f"LAST PAGE NOT REACHED: {stuck}"
        told = [*told, *report(player, world.history(simulated=case.way == "simulated"))]
        told.append(f"programs watched: {len(sockets.pids)}, connections beyond this computer: {sockets.outside}")
        if pictures:
            told.append(f"pictures: {draw(player, pictures / case.name)}")
    well = well and not sockets.outside and not (case.way == KILLED and killed.faults)
    return well, [f"{case.name}: {reached}, {time.monotonic() - since:.0f} s", *(f"  {line}" for line in told)]


def report(player: Player, history: History) -> list[str]:
    """What was met on the screen, and what is in the database of it."""
    steps = [(key, [name.partition(":")[2] for name in names])
             for key, names in groupby(player.met, lambda name: name.partition(":")[0])]  # fmt: skip
    items = {trial.item: trial.phrase for trial in history.trials}
    decided = {d.trial for d in history.decisions}
    last = {item: [t for t in history.trials if t.item == item][-1] for item in items}
    verdicts = Counter(f"{a.verdict} {a.grade or ''}".strip() for a in history.attempts)
    taps = sum(len(kept.times) for kept in history.taps if not kept.heard)
    return [
        "met: " + "; ".join(f"{key or '-'}: {' '.join(places)}" for key, places in steps),
        f"phrases: {', '.join(f'{items[k]} to {last[k].step}' for k in items if last[k].id in decided)}",
        "decisions: " + ", ".join(f"{d.step} {d.outcome} by {d.by}" for d in history.decisions),
        f"attempts: {len(history.attempts)} ({', '.join(f'{n} {name}' for name, n in verdicts.items())})",
        f"taps: {taps} kept in {len(history.taps)} rows, {player.taps} made",
        f"ended: {[str(end.ended) for end in history.ends]}",
        *(f"! {line}" for line in player.told),
    ]  # fmt: skip


def draw(player: Player, folder: Path) -> Path:
    """Every place that was met, as SVG and PNG."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, seen in player.pictures.items():
        if not name:
            continue
        svg = folder / f"{name}.svg"
        svg.write_text(as_svg(seen, DARK), encoding="utf-8")  # type: ignore[arg-type]
        photograph(svg, svg.with_suffix(".png"), seen.width * CELL_WIDTH, seen.height * CELL_HEIGHT)
    return folder


def cases(level: str | None, ways: Sequence[str] | None, size: str | None) -> list[Case]:
    """Each way with each level; the sizes go round."""
    return [
        Case(one, by, size or SIZES[(k + m) % len(SIZES)])
        for k, by in enumerate((*WAYS, KILLED))
        for m, one in enumerate(PHRASES)
        if level in (None, one) and (not ways or by in ways) and (by != KILLED or level or one == "elementary")
    ]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--level", choices=tuple(PHRASES))
    options.add_argument("--way", choices=(*WAYS, KILLED), action="append", help="more than one may be named")
    options.add_argument("--size", choices=SIZES)
    options.add_argument("--pictures", type=Path, metavar="DIR")
    options.add_argument("--jobs", type=int, default=2, help="sessions at a time")
    chosen = options.parse_args()
    if reason := lacking():
        sys.exit(reason)
    ready_tracker(find_home())
    wanted = cases(chosen.level, chosen.way, chosen.size)
    with ThreadPoolExecutor(chosen.jobs) as pool:
        fine = True
        for well, told in pool.map(lambda case: play(case, chosen.pictures), wanted):
            fine = fine and well
            print("\n".join(told), flush=True)
    sys.exit(not fine)


if __name__ == "__main__":
    main()
