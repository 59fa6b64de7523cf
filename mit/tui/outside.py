"""The outside world of the practice screen: devices, store and the judging, each call made from a thread.

A shell. It owns the devices and the store; the screen owns the state.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from mit.errors import DeviceError, StoreError
from mit.home import Home, prepare_numba

if TYPE_CHECKING:
    from mit.audio import Audio
    from mit.device import Playback, Player, Recorder, Take
    from mit.melody import Melody
    from mit.phrase import Phrase
    from mit.practice import Assessment
    from mit.session import Attempt
    from mit.settings import Settings
    from mit.store import Store
    from mit.take import Ending, Heard

SYSTEM = {"darwin": "macos", "win32": "windows"}.get(sys.platform, "linux")
"""This system, as the catalogue names it."""

UNSAVED = ("trouble.unsaved", "remedy.unsaved")
"""What the helper is told when neither database nor side file takes an attempt: it waits in memory."""

BROKE = ("trouble.broke", "remedy.broke")
"""What is said where the sound system hangs, and after a mistake of ours."""

FAULTS = {
    "library": ("trouble.portaudio", f"remedy.portaudio.{SYSTEM}"),
    "microphone": ("trouble.microphone", "remedy.microphone" if SYSTEM == "linux" else f"remedy.permission.{SYSTEM}"),
    "speaker": ("trouble.speaker", "remedy.speaker"),
    "loopback": ("trouble.monitor", "remedy.monitor"),
    "unanswered": BROKE,
    "stopped": ("trouble.stopped", "remedy.stopped"),
    "zeros": ("trouble.zeros", "remedy.zeros" if SYSTEM == "linux" else f"remedy.permission.{SYSTEM}"),
    "clipping": ("trouble.clipping", "remedy.clipping"),
    "quiet": ("trouble.quiet", "remedy.quiet"),
}
"""What is said, and the one remedy for this system, by device fault (`device.faults.Fault`) and `device.Trouble`."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A take's assessment; notes: what the person is told of the sound; quietly: what the helper is told of the
    store. Keys of the catalogue."""

    attempt: UUID
    assessment: Assessment
    ended: str
    notes: tuple[str, ...] = ()
    quietly: tuple[str, ...] = ()


def explain(fault: DeviceError) -> tuple[str, ...]:
    """What to say about a device that cannot be used."""
    return FAULTS.get(str(getattr(fault, "fault", "unanswered")), FAULTS["unanswered"])


class Outside:
    """Everything that the practice screen reaches outside of itself."""

    def __init__(self, home: Home, settings: Settings, devices: Callable[[], tuple[Player, Recorder]]) -> None:
        self._home = home
        self._settings = settings
        self._devices = devices
        self._player: Player | None = None
        self._recorder: Recorder | None = None
        self._store: Store | None = None
        self._unkept: list[Attempt] = []
        self._keeping = Lock()  # a take that was left may still be kept while the next one is

    @property
    def found(self) -> bool:
        """Whether the devices were there once: then they broke off, and are looked for as before."""
        return self._player is not None

    def find_devices(self) -> None:
        """Look for player and recorder. Raises DeviceError."""
        self._player, self._recorder = self._devices()

    def prepare(self) -> None:
        """Load what the first take needs: seconds on a new machine, so nobody waits for it in front of it."""
        prepare_numba(self._home)
        from mit.pitch import warm_up

        self._opened_store()
        warm_up()

    def ready_model(self, phrase: Phrase, melody: Melody) -> Audio:
        """The sung model: a moment the first time, at once afterwards."""
        from mit.model import sung_model

        return sung_model(self._home, phrase, melody)

    def play(self, phrase: Phrase, melody: Melody) -> tuple[Playback, float]:
        """Sing the model; also, how many seconds into it the melody begins. Raises DeviceError."""
        from mit.voice import HEAD

        return self.play_sound(self.ready_model(phrase, melody)), HEAD

    def prompt(self, text: str) -> Audio | None:
        """A sentence of the interface, spoken; None where the voice cannot say it."""
        from mit.prompts import prompt

        return prompt(self._home, text, self._settings.language, low=self._settings.low)

    def play_sound(self, audio: Audio) -> Playback:
        """Let any sound be heard. Raises DeviceError."""
        if self._player is None:
            self.find_devices()
        assert self._player is not None
        return self._player.play(audio)

    def open_take(self, melody: Melody) -> Take:
        """Open the microphone. Raises DeviceError."""
        if self._recorder is None:
            self.find_devices()
        assert self._recorder is not None
        return self._recorder.open(melody)

    def ending(self, melody: Melody) -> Ending:
        """What decides when a take of this melody is over."""
        from mit.take import Ending, Patience

        chosen = self._settings
        patience = Patience(chosen.silence_after_all, chosen.silence_after_some, chosen.offer_model_after)
        return Ending(tuple(n.duration for n in melody.notes), patience)

    def judge(self, heard: Heard, phrase: Phrase, melody: Melody) -> Judged:
        """Judge a take and keep it; it is on the disk before this returns."""
        from mit.practice import judge

        assessment = judge(heard.contour, melody)
        notes = FAULTS[str(heard.trouble)] if heard.trouble else ()
        attempt = self._attempt(heard, phrase, melody, assessment)
        return Judged(attempt.id, assessment, str(heard.ended), notes, self._keep(attempt))

    def close(self) -> tuple[str, ...]:
        """Let go of the store; what a helper has to know of it, a line each."""
        if self._store is None:
            return ()
        with self._keeping:
            self._try_to_keep()
            lost = len(self._unkept)
            told = (str(self._store.trouble),) if self._store.trouble else ()
            self._store.close()
        return (*told, f"{lost} attempts could not be kept.") if lost else told

    def _attempt(self, heard: Heard, phrase: Phrase, melody: Melody, assessment: Assessment) -> Attempt:
        from mit.session import Attempt

        return Attempt(
            id=uuid4(),
            at=_begun(heard),
            phrase=phrase,
            melody=melody,
            assessment=assessment,
            ended=str(heard.ended),
            trouble=str(heard.trouble or ""),
            recorder=self._recorder.name if self._recorder else "",
            player=self._player.name if self._player else "",
            audio=heard.audio if self._settings.keep_audio else None,
        )

    def _opened_store(self) -> Store:
        from mit.store import Store

        self._store = self._store or Store.open(self._home)
        return self._store

    def _keep(self, attempt: Attempt) -> tuple[str, ...]:
        """Keep this attempt and those that could not be kept before; say where they are, if not where they belong."""
        with self._keeping:
            self._unkept.append(attempt)
            return self._try_to_keep()

    def _try_to_keep(self) -> tuple[str, ...]:
        from mit.store import Kept

        store, places = self._opened_store(), set()
        try:
            while self._unkept:
                places.add(store.keep(self._unkept[0]))
                del self._unkept[0]
        except StoreError:
            return UNSAVED
        return ("trouble.aside", "remedy.aside") if Kept.ASIDE in places else ()


def _begun(heard: Heard) -> datetime:
    """When the take began, UTC: the clock that tells it is another one than the calendar's."""
    ago = time.monotonic() - heard.started if heard.started is not None else heard.audio.duration
    return datetime.now(UTC) - timedelta(seconds=ago)
