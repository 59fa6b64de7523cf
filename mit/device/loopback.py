"""Plays a sound and hears what the microphone makes of it, both on one clock."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from mit.audio import ANALYSIS_RATE, Audio, Samples
from mit.device import ENDS_TAKE, Player, Recorder, Take, Trouble
from mit.melody import Melody

BEFORE = 0.3
"""Seconds heard before the sound is started: the microphone is open and steady by then."""

AFTER = 0.6
"""Seconds heard after its end: what a wireless loudspeaker is late by, and the room."""

READ = 0.05
OVERDUE = 5.0
"""Seconds beyond its length after which a sound that never ends is given up."""


class Heard:
    """What came back. audio: at ANALYSIS_RATE; due: seconds into it at which the sound would have begun without any
    delay; trouble: what broke it off, else None."""

    __slots__ = ("audio", "due", "trouble")

    def __init__(self, audio: Audio, due: float, trouble: Trouble | None) -> None:
        self.audio, self.due, self.trouble = audio, due, trouble


def play_and_hear(player: Player, recorder: Recorder, sound: Audio, *, left: Callable[[], bool]) -> Heard:
    """Play a sound while the microphone is open. left: whether the person has gone on; then it ends early.

    Blocks until a moment after the sound's end. Raises DeviceError.
    """
    take = recorder.open(Melody(()))
    try:
        blocks = [*_hear(take, _after(BEFORE), left)]
        playback = player.play(sound)
        try:
            end = time.monotonic() + sound.duration + OVERDUE
            blocks += _hear(take, lambda: playback.finished or time.monotonic() > end, left)
            blocks += _hear(take, _after(AFTER), left)
        finally:
            playback.stop()
        due = (playback.started or 0.0) - (take.started or 0.0)
        trouble = take.trouble if take.trouble in ENDS_TAKE else playback.trouble
    finally:
        take.close()
    samples = np.concatenate([np.zeros(0, np.float32), *blocks])
    return Heard(Audio(np.clip(samples, -1.0, 1.0), ANALYSIS_RATE), due, trouble)


def _hear(take: Take, over: Callable[[], bool], left: Callable[[], bool]) -> list[Samples]:
    blocks: list[Samples] = []
    while not over() and not left() and take.trouble not in ENDS_TAKE:
        if (samples := take.read(READ)) is None:
            break
        blocks.append(samples)
    return blocks


def _after(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end
