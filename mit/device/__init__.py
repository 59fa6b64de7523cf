"""The swappable outside world of sound: players and recorders, real, from file and simulated.

Clock: every time here is `time.monotonic()` seconds. `Playback.started` and `Take.started` are the moments at which
the first sample left the loudspeaker and reached the microphone (DAC and ADC time), so that the two can be laid side
by side.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from mit.audio import Audio, Samples
from mit.melody import Melody


class Trouble(StrEnum):
    """What the watchdog saw. The values are keys of the language catalogue and are stored with an attempt."""

    STOPPED = "stopped"  # the stream ended by itself, or no callback came for half a second
    ZEROS = "zeros"  # nothing but exact zeros for over a second: muted, unplugged, or not permitted
    CLIPPING = "clipping"  # too loud: the take is kept and judged, the person is told
    QUIET = "quiet"  # too quiet: the same


ENDS_TAKE = frozenset({Trouble.STOPPED, Trouble.ZEROS})
"""Troubles after which nothing more will be heard; the others are said and practice goes on."""


class Playback(Protocol):
    """A sound while it is being played."""

    @property
    def started(self) -> float | None:
        """When the first sample sounded; None before that."""

    @property
    def position(self) -> float:
        """Seconds of the sound that were heard so far: 0 before it starts, at most its duration."""

    @property
    def finished(self) -> bool:
        """True when all was heard, it was stopped, or it broke off."""

    @property
    def trouble(self) -> Trouble | None: ...

    def stop(self) -> None:
        """End it (a short fade, no click). May be called more than once."""


class Player(Protocol):
    """Something that plays."""

    @property
    def name(self) -> str: ...

    def play(self, audio: Audio) -> Playback:
        """Start to play. Raises DeviceError."""


class Take(Protocol):
    """An open microphone. Nothing is listened to before it is opened or after it is closed."""

    @property
    def started(self) -> float | None:
        """When the first sample was heard; None before that."""

    @property
    def trouble(self) -> Trouble | None:
        """The worst that the watchdog sees now."""

    def read(self, timeout: float) -> Samples | None:
        """The samples that came since the last read: float32 at ANALYSIS_RATE, perhaps empty after `timeout` seconds.

        None: the source has ended (a file is through, the stream is dead) and all it gave was read.
        """

    def close(self) -> None:
        """End listening. May be called more than once."""


class Recorder(Protocol):
    """Something that hears."""

    @property
    def name(self) -> str: ...

    def open(self, melody: Melody) -> Take:
        """Start to listen. Only a simulated patient looks at `melody`, to know what to sing. Raises DeviceError."""
