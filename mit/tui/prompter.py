"""Says the sentences of a screen aloud, in a thread of its own: what is asked for last is said, the rest ends."""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING

from mit.errors import DeviceError
from mit.tui import errands
from mit.tui.outside import Outside

if TYPE_CHECKING:
    from mit.device import Playback

LOOK = 0.03
"""Seconds between two looks whether a sentence is over."""


class Prompter:
    """Prompts of one app. Sound that cannot be played is no trouble here: the words are on the screen too."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._lock = Lock()
        self._wanted = 0
        self._playback: Playback | None = None

    def say(self, texts: tuple[str, ...]) -> None:
        """Say these, one after the other. None: silence."""
        with self._lock:
            self._wanted += 1
            number, playback = self._wanted, self._playback
            self._playback = None
        if playback is not None:
            playback.stop()
        if texts:
            errands.start(lambda: self._say(number, texts), lambda: None)

    def _say(self, number: int, texts: tuple[str, ...]) -> None:
        for text in texts:
            if number != self._wanted or (sound := self._outside.prompt(text)) is None:
                return
            try:
                playback = self._outside.play_sound(sound)
            except DeviceError:
                return
            if not self._keep(number, playback):
                return
            while not playback.finished:
                time.sleep(LOOK)

    def _keep(self, number: int, playback: Playback) -> bool:
        """Whether it is still wanted: someone may have gone on while it was made."""
        with self._lock:
            if number == self._wanted:
                self._playback = playback
                return True
        playback.stop()
        return False
