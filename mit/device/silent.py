"""A loudspeaker that makes no sound but keeps the time: for a demonstration without sound."""

from __future__ import annotations

from mit.audio import Audio
from mit.device import Trouble
from mit.device.pace import REAL_TIME, Pace


class SilentPlayback:
    """Time that passes as if something sounded (the `Playback` protocol)."""

    def __init__(self, duration: float, pace: Pace) -> None:
        self._duration = duration
        self._pace = pace
        self._started = pace.now()
        self._stopped_at: float | None = None

    @property
    def started(self) -> float | None:
        return self._started

    @property
    def position(self) -> float:
        if self._stopped_at is not None:
            return self._stopped_at
        return min(self._duration, self._pace.passed(self._started))

    @property
    def finished(self) -> bool:
        return self._stopped_at is not None or self.position >= self._duration

    @property
    def trouble(self) -> Trouble | None:
        return None

    def stop(self) -> None:
        self._stopped_at = self.position


class SilentPlayer:
    """The `Player` protocol without a loudspeaker."""

    def __init__(self, *, pace: Pace = REAL_TIME) -> None:
        self._pace = pace

    @property
    def name(self) -> str:
        return "no sound"

    def play(self, audio: Audio) -> SilentPlayback:
        return SilentPlayback(audio.duration, self._pace)
