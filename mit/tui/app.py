"""The app: one practice screen over one outside world."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.app import App

from mit.tui.beginning import Beginning
from mit.tui.look import Look
from mit.tui.outside import BROKE, Outside
from mit.tui.picture import Telling
from mit.tui.presses import Presses
from mit.tui.prompter import Prompter
from mit.tui.screens.page import silent
from mit.tui.screens.practice import PracticeScreen

if TYPE_CHECKING:
    from mit.words import Words


_log = logging.getLogger(__name__)


class TrainerApp(App[str]):
    """The trainer. Returns the act that ended it: "quit", or "pretend" to go on with a simulated patient."""

    TITLE = "mit"
    ENABLE_COMMAND_PALETTE = False
    CSS = "Screen { background: ansi_default; }"

    def __init__(
        self,
        outside: Outside,
        beginning: Beginning,
        words: Words,
        *,
        look: Look | None = None,
        demo: bool = False,
    ) -> None:
        super().__init__()
        self.farewell: tuple[str, ...] = ()
        """What a helper has to know when the app has closed, a line each."""
        self._outside = outside
        self._words = words
        look = look or Look()
        telling = Telling(words, look.reading, compares=beginning.settings.compare, demo=demo)
        presses = Presses()
        say = Prompter(outside).say if beginning.settings.prompts else silent
        self.practice = PracticeScreen(outside, beginning, telling, look, presses, say)

    def on_mount(self) -> None:
        self.push_screen(self.practice, self.exit)
        for name in ("SIGHUP", "SIGTERM"):  # the window is closed, the computer shuts down: what was sung is kept
            with suppress(AttributeError, NotImplementedError, RuntimeError):
                asyncio.get_running_loop().add_signal_handler(getattr(signal, name), self.exit)

    def on_unmount(self) -> None:
        self.farewell = self._outside.close()

    def action_help_quit(self) -> None:
        """Ctrl+C ends practice, as everywhere in a terminal."""
        self.exit()

    def _fatal_error(self) -> None:
        """A mistake of ours: the log knows it, the person reads a kind line instead of a traceback."""
        _log.error("the app broke off", exc_info=True)
        self.panic(" ".join(self._words(key) for key in BROKE))
