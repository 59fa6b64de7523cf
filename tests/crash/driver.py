"""Hard luck for a store, each in a process of its own: python -m tests.crash.driver kill|full|plain|migrate HOME ...

Prints one JSON object. POSIX only.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NoReturn

import sqlalchemy as sa

import mit.store.database  # noqa: F401 - loaded before the fork: what is killed is practice, not a start
from mit.errors import DeviceError, StoreError
from mit.home import Home, throwaway_home
from mit.practice import judge
from mit.protocol import PROTOCOL
from mit.settings import Settings
from mit.store import Kept, Store
from mit.take import Ended, Heard
from mit.tui.exercise import Exercise
from mit.tui.outside import Outside
from tests.crash import made

ID_BYTES = 16
LONGEST_WAIT = 0.01
"""Seconds: an append takes about one thousandth, so a kill lands anywhere in the next few."""

NOBODY = 65534

ACTS = frozenset({"sqlite3.connect", "open", "os.rename", "os.remove", "os.mkdir", "os.chmod"})
"""What Python tells an audit hook of what is done to files."""

MOST_MOMENTS = 300

QUESTIONS = {
    "versions": "PRAGMA user_version",
    "checks": "PRAGMA integrity_check",
    "counts": "SELECT count(*) FROM attempts",
}


def kill(home: Home, *, times: int, seed: int) -> dict[str, list[str]]:
    """Start practice, kill it at a random moment, again and again; the attempts that were shown to the person."""
    chance, shown = random.Random(seed), bytearray()
    judge(made.contour(), made.MELODY)  # whatever loads late has loaded before the fork
    for _ in range(times):
        shown += _practise_and_die(home, first=chance.randrange(6), wait=chance.uniform(0.0, LONGEST_WAIT))
    return {"shown": [shown[k : k + ID_BYTES].hex() for k in range(0, len(shown), ID_BYTES)]}


def _practise_and_die(home: Home, *, first: int, wait: float) -> bytes:
    """Kill a practice `wait` seconds after it has shown `first` attempts; all that it showed."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _practise(home, into)
        finally:
            os._exit(1)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        shown = pipe.read(first * ID_BYTES)
        time.sleep(wait)  # the random moment itself; nothing is waited for
        os.kill(child, signal.SIGKILL)
        shown += pipe.read()
    if not os.WIFSIGNALED(os.waitpid(child, 0)[1]):
        raise RuntimeError("the practice ended before it was killed")
    return shown


def _practise(home: Home, shown: int) -> None:
    """Takes judged and kept as practice does it; what is written to `shown` is what a person would see."""
    plain, consenting = (Outside(home, Settings(keep_audio=keeps), _nothing) for keeps in (False, True))
    exercise, step = Exercise(made.PHRASE, made.MELODY), PROTOCOL.step("E4")
    while True:
        for outside in (plain, plain, consenting):
            heard = Heard(made.tone(0.2), made.contour(), Ended.FINISHED, None, None)
            os.write(shown, outside.judge(heard, exercise, step).attempt.bytes)


def _nothing() -> NoReturn:
    raise DeviceError("There are no devices here.")


def full(home: Home, *, limit: int) -> dict[str, list[str]]:
    """Practise where no file can grow past `limit` bytes, until nothing more can be kept."""
    store = Store.open(home)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    found: dict[str, list[str]] = {Kept.DATABASE: [], Kept.ASIDE: [], "told": []}
    while True:
        attempt = made.attempt()
        try:
            found[store.keep(attempt)].append(attempt.id.hex)
        except StoreError as fault:
            found["told"] = [str(store.trouble), str(fault)]
            return found


def plain(home: Home) -> dict[str, str]:
    """Open the store and keep one attempt as somebody whom file modes bind (they do not bind root)."""
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    store = Store.open(home)
    try:
        kept = str(store.keep(made.attempt()))
    except StoreError as fault:
        kept = str(fault)
    return {"trouble": str(store.trouble), "kept": kept}


def migrate(home: Home) -> dict[str, list[Any]]:
    """Open an older database and be killed at the first thing done, then at the second, until one start survives."""
    import mit.store.migrate  # noqa: F401 - as above

    found: dict[str, list[Any]] = {"versions": [], "checks": [], "counts": []}
    for moment in range(1, MOST_MOMENTS):
        survived = _open_and_die(home, moment)
        for name, question in QUESTIONS.items():
            found[name] += made.sql(home, question)[0]
        if survived:
            return found
    raise RuntimeError("no start survived")


def _open_and_die(home: Home, moment: int) -> bool:
    """Open the store; kill it before its `moment`-th statement or act on a file. Whether it came through."""
    child = os.fork()
    if child == 0:
        left = iter(range(moment - 1, -1, -1))

        def count(*_: object) -> None:
            if next(left, -1) == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        sa.event.listen(sa.Engine, "before_cursor_execute", count)
        sys.addaudithook(lambda event, _: count() if event in ACTS else None)
        Store.open(home)
        os._exit(0)
    return not os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _warm_up() -> None:
    """Import all that a store imports late, before a fork or a change of user."""
    with tempfile.TemporaryDirectory() as cache, throwaway_home(Home(Path(), Path(cache))) as home:
        store = Store.open(home)
        store.keep(made.attempt(seconds=0.1))
        store.attempts()
        store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=("kill", "full", "plain", "migrate"))
    parser.add_argument("home", type=Path)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, default=100_000)
    given = parser.parse_args()
    home = Home(given.home, given.home / "cache")
    _warm_up()
    if given.way == "kill":
        print(json.dumps(kill(home, times=given.times, seed=given.seed)))
    elif given.way == "migrate":
        print(json.dumps(migrate(home)))
    elif given.way == "full":
        print(json.dumps(full(home, limit=given.limit)))
    else:
        print(json.dumps(plain(home)))


if __name__ == "__main__":
    main()
