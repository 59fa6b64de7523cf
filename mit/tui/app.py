"""The app: pages around practice, and practice itself, over one outside world."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.app import App

from mit.session import By
from mit.tui.look import Look
from mit.tui.outside import BROKE, Outside
from mit.tui.picture import Telling
from mit.tui.presses import Presses
from mit.tui.prompter import Prompter
from mit.tui.screens.lobby import Around, Lobby
from mit.tui.screens.page import silent
from mit.tui.screens.practice import PracticeScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from mit.tui.beginning import Beginning
    from mit.words import Words


_log = logging.getLogger(__name__)


class TrainerApp(App[str]):
    """The trainer. Returns the act that ended it: "quit", or "pretend" to go on with a simulated patient.

    beginning: what the next session is begun with; visit: what happens on the pages around practice, given this app;
    None: practice alone, as where someone goes on with a simulated patient in mid-practice.
    """

    TITLE = "mit"
    ENABLE_COMMAND_PALETTE = False
    CSS = "Screen { background: ansi_default; }"

    def __init__(
        self,
        outside: Outside,
        words: Words,
        beginning: Callable[[], Beginning],
        *,
        look: Look | None = None,
        demo: bool = False,
        prompts: bool = False,
        visit: Callable[[TrainerApp], Coroutine[None, None, str]] | None = None,
    ) -> None:
        super().__init__()
        self.farewell: tuple[str, ...] = ()
        """What a helper has to know when the app has closed, a line each."""
        self._outside = outside
        self._beginning = beginning
        self._words = words
        self._demo = demo
        self._visit = visit
        self._prompter = Prompter(outside)
        self.look = look or Look()
        self._say = self._prompter.say if prompts else silent
        self.presses = Presses()
        self.lobby = Lobby(self.look, self.presses, self._say, Around.of(words, demo=demo))
        self.practice = self._practice()

    def on_mount(self) -> None:
        if self._visit is None:
            self.push_screen(self.practice, self.exit)
        else:
            self.push_screen(self.lobby)
            self.run_worker(self._go(self._visit(self)), exit_on_error=True)
        for name in ("SIGHUP", "SIGTERM"):  # the window is closed, the computer shuts down: what was sung is kept
            with suppress(AttributeError, NotImplementedError, RuntimeError):
                asyncio.get_running_loop().add_signal_handler(getattr(signal, name), self.exit)

    async def practise(self, present: By = By.HELPER) -> str:
        """Show the practice screen; what ended it. present: who is beside the person and may decide."""
        self.practice = self._practice(present)
        return await self.push_screen_wait(self.practice)

    def wear(self, look: Look) -> None:
        """Show everything in another way from now on."""
        self.look = look
        self.lobby.wear(look)

    def on_unmount(self) -> None:
        self._prompter.say(())
        self.farewell = self._outside.close()

    def action_help_quit(self) -> None:
        """Ctrl+C ends practice, as everywhere in a terminal."""
        self.exit()

    async def _go(self, visit: Coroutine[None, None, str]) -> None:
        self.exit(await visit)

    def _practice(self, present: By = By.HELPER) -> PracticeScreen:
        beginning = self._beginning()
        text, compares = self.look.reading.text, beginning.settings.compare
        telling = Telling(self._words, text=text, compares=compares, demo=self._demo)
        return PracticeScreen(self._outside, beginning, telling, self.look, self.presses, self._say, present=present)

    def _fatal_error(self) -> None:
        """A mistake of ours: the log knows it, the person reads a kind line instead of a traceback."""
        _log.error("the app broke off", exc_info=True)
        self.panic(" ".join(self._words(key) for key in BROKE))
