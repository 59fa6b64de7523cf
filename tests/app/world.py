"""What a whole session of the real app needs: a home with an assignment, a sound card and terminals of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mit.history import History
from mit.home import Home
from mit.store import Store
from tests.app.assignments import written
from tests.app.player import BEAT, Player
from tests.app.terminal import Terminal
from tests.sound.card import VirtualSound

SETTINGS = f"introduced = true\ncheck_in = false\nwarm_up = false\nprompts = false\nbeat = {BEAT}\n"
"""A person who is known here: what lies around practice has tests of its own."""

MIT = (sys.executable, "-m", "mit")


@dataclass(frozen=True)
class World:
    """A home, a sound card and a terminal of its own."""

    folder: Path
    home: Home
    card: VirtualSound
    opened: list[Terminal] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    """Of the environment, besides those that follow from the rest."""

    @classmethod
    @contextmanager
    def make(cls, level: str, **settings: str) -> Iterator[World]:
        """One for an assignment of this level, gone afterwards with all that runs in it."""
        folder = Path(tempfile.mkdtemp(prefix="mit-s-", dir="/tmp"))  # short: a socket's path has few characters
        world = cls(folder, Home(folder / "home", folder / "home" / "cache"), VirtualSound(folder / "c"))
        try:
            world.home.root.mkdir(mode=0o700)
            own = "".join(f"{key} = {value}\n" for key, value in settings.items())
            world.home.settings.write_text(SETTINGS + own)
            file = folder / "therapist.mit"
            file.write_text(written(level))
            taken = [*MIT, "import", str(file), "--yes"]
            subprocess.run(taken, env={**os.environ, **world.env}, check=True, capture_output=True)
            world.card.start()
            yield world
        finally:
            for app in world.opened:
                app.close()
            world.card.stop()
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def env(self) -> dict[str, str]:
        own = {"MIT_HOME": str(self.home.root), "NUMBA_CACHE_DIR": os.environ["NUMBA_CACHE_DIR"]}
        return {**self.card.env, **own, **self.variables}

    def player(self, width: int, height: int, command: Sequence[str] = MIT) -> Player:
        """Somebody at the app, which starts now in a window of so many columns and rows."""
        socket = self.folder / f"t{len(self.opened)}"  # one that was just closed is not taken again at once
        self.opened.append(Terminal(socket, [*command], self.env, width=width, height=height))
        return Player(self.opened[-1], self.card, self.folder, self.home.database, width, height)

    def history(self, *, simulated: bool) -> History:
        store = Store.open(self.home)
        try:
            return store.history(simulated=simulated)
        finally:
            store.close()
