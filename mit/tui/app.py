"""The app: one practice screen over one outside world."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from textual.app import App

from mit.tui.screens.practice import PracticeScreen
from mit.tui.theme import DARK, THEMES

if TYPE_CHECKING:
    from mit.melody import Melody
    from mit.phrase import Phrase
    from mit.tui.outside import Outside
    from mit.words import Words


_log = logging.getLogger(__name__)


class TrainerApp(App[str]):
    """The trainer. Returns the act that ended it: "quit", or "pretend" to go on with a simulated patient."""

    TITLE = "mit"
    ENABLE_COMMAND_PALETTE = False
    CSS = "Screen { background: ansi_default; }"

    def __init__(
        self,
        exercises: tuple[tuple[Phrase, Melody], ...],
        outside: Outside,
        words: Words,
        *,
        theme: str = DARK.name,
        demo: bool = False,
    ) -> None:
        super().__init__()
        self._outside = outside
        self._words = words
        self.practice = PracticeScreen(exercises, outside, words, THEMES[theme], demo=demo)

    def on_mount(self) -> None:
        self.push_screen(self.practice, self.exit)

    def on_unmount(self) -> None:
        self._outside.close()

    def _fatal_error(self) -> None:
        """A mistake of ours: the log knows it, the person reads a kind line instead of a traceback."""
        _log.error("the app broke off", exc_info=True)
        self.panic(" ".join(self._words(key) for key in ("trouble.broke", "trouble.kept", "remedy.broke")))
