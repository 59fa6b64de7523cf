"""Opens set-up: before the first practice, or whenever `mit setup` is called."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Mapping
from contextlib import suppress

from textual.app import App

from mit.emergency import emergency_number
from mit.home import Home, make_folder
from mit.library import languages, load_language, load_words
from mit.log import open_log
from mit.settings import Settings, load_settings
from mit.settings_file import save_settings
from mit.setup.plan import WHOLE, Part
from mit.tui.look import look_of
from mit.tui.outside import BROKE
from mit.tui.setup.screen import SetupScreen
from mit.tui.setup.sound import SetupSound
from mit.tui.setup.state import State

_log = logging.getLogger(__name__)


class SetupApp(App[str]):
    """Set-up alone. Returns "done" or "later"; None where the window was closed."""

    TITLE = "mit setup"
    ENABLE_COMMAND_PALETTE = False
    CSS = "Screen { background: ansi_default; }"

    def __init__(self, setup: SetupScreen, language: str) -> None:
        super().__init__()
        self._setup = setup
        self._language = language

    def on_mount(self) -> None:
        self.push_screen(self._setup, self.exit)
        for name in ("SIGHUP", "SIGTERM"):
            with suppress(AttributeError, NotImplementedError, RuntimeError):
                asyncio.get_running_loop().add_signal_handler(getattr(signal, name), self.exit)

    def action_help_quit(self) -> None:
        """Ctrl+C ends it, as everywhere in a terminal."""
        self.exit()

    def _fatal_error(self) -> None:
        """A mistake of ours: the log knows it, the person reads a kind line instead of a traceback."""
        _log.error("set-up broke off", exc_info=True)
        words = load_words(self._language)
        self.panic(" ".join(words(key) for key in BROKE))


def run_setup(home: Home, parts: tuple[Part, ...] = WHOLE) -> str | None:
    """Set up these parts; what is chosen is in the settings file at once. Raises MitError."""
    from mit.device.screen_shield import screen_shield

    make_folder(home.root)
    settings = load_settings(home)
    open_log(home)
    environment = dict(os.environ)
    names = tuple((language.code, language.name) for language in languages())
    screen = SetupScreen(
        State(settings, parts, languages=names),
        SetupSound(home, settings),
        keep=lambda changes: save_settings(home, changes),
        look_of=lambda settings: look_of(settings, environment),
        number=lambda settings: _number(settings, environment),
    )
    app = SetupApp(screen, settings.language)
    with screen_shield(home.native_log):
        app.run()
    return app.return_value


def _number(settings: Settings, environment: Mapping[str, str]) -> str:
    """Whom these settings say to call in an emergency."""
    numbers = load_language(settings.language).emergency
    locale = environment.get("LC_ALL") or environment.get("LANG", "")
    return emergency_number(numbers, country=settings.country, locale=locale, own=settings.emergency)
