"""Sings any own phrase at once, and hums along with a warm-up; in threads, so that no screen waits."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from mit.errors import DeviceError
from mit.tui import errands
from mit.tui.lines import place
from mit.tui.outside import Outside

if TYPE_CHECKING:
    from collections.abc import Callable

    from mit.device import Playback
    from mit.melody import Melody
    from mit.phrase import Phrase

Exercises = tuple[tuple["Phrase", "Melody"], ...]


class Sayer:
    """exercises: the own phrases, each with its melody. Sound that cannot be played is no trouble here."""

    def __init__(self, exercises: Exercises, outside: Outside) -> None:
        self._exercises = exercises
        self._outside = outside
        self._lock = Lock()
        self._wanted = 0
        self._playing: tuple[Playback, Melody | None, float] | None = None

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        return tuple(phrase for phrase, _ in self._exercises)

    @property
    def lit(self) -> int | None:
        """The syllable that sounds now; -1 between them; None: nothing sounds."""
        playing = self._playing
        if playing is None or playing[0].finished:
            return None
        playback, melody, lead = playing
        time = playback.position - lead
        if melody is None:
            return -1
        return int(place(melody, time)) if 0 <= time < melody.duration else -1

    def change(self, exercises: Exercises) -> None:
        """These are the own phrases from now on."""
        self.stop()
        self._exercises = exercises
        self.make_ready()

    def make_ready(self) -> None:
        """Sing all phrases into the cache, in the background: then each is heard at once."""
        errands.start(self._ready_all, lambda: None)

    def sing(self, number: int) -> None:
        """Let this phrase be heard; what sounds now ends."""
        phrase, melody = self._exercises[number]
        self._start(lambda: (*self._outside.play(phrase, melody), melody))

    def hum(self, seconds: float) -> None:
        """One soft note."""
        self._start(lambda: (self._outside.play_sound(self._outside.hum(seconds)), 0.0, None))

    def stop(self) -> None:
        with self._lock:
            self._wanted += 1
            playing, self._playing = self._playing, None
        if playing is not None:
            playing[0].stop()

    def _ready_all(self) -> None:
        for phrase, melody in self._exercises:
            self._outside.ready_model(phrase, melody)

    def _start(self, play: Callable[[], tuple[Playback, float, Melody | None]]) -> None:
        self.stop()
        number = self._wanted
        errands.start(lambda: self._play(number, play), lambda: None)

    def _play(self, number: int, play: Callable[[], tuple[Playback, float, Melody | None]]) -> None:
        try:
            playback, lead, melody = play()
        except DeviceError:
            return
        with self._lock:
            if number == self._wanted:
                self._playing = (playback, melody, lead)
                return
        playback.stop()
