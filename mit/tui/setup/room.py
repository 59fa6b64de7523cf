"""The room before a voice: how loud it is when nobody speaks. A shell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mit.tui.outside import FAULTS

if TYPE_CHECKING:
    from mit.audio import Samples
    from mit.device.sound import SoundTake
    from mit.setup.level import Hearing

Learn = Callable[[dict[str, Any]], object]
Left = Callable[[], bool]
"""What an errand tells, and whether the person has gone on."""

ROOM = 1.5
"""Seconds that the room is heard: thirty moments."""

READ = 0.05


def tell(learn: Learn, notes: tuple[str, ...]) -> None:
    """What is the matter: keys of the catalogue."""
    learn({"notes": notes})


def heard_room(take: SoundTake, learn: Learn, left: Left) -> Hearing | None:
    """The room's level; while there are only exact zeros that is told, and it is heard on. None: left, or broken."""
    from mit.audio import ANALYSIS_RATE
    from mit.device.watchdog import SOUNDLESS
    from mit.setup.level import Hearing, room_level

    while not left():
        if (samples := _read_room(take, left)) is None:
            tell(learn, FAULTS["stopped"])
            return None
        if (level := room_level(samples, ANALYSIS_RATE)) is not None:
            return Hearing(level, ANALYSIS_RATE)
        learn({"hearing": Hearing(SOUNDLESS, ANALYSIS_RATE, zeros=ROOM)})
    return None


def _read_room(take: SoundTake, left: Left) -> Samples | None:
    """ROOM seconds, fewer where the person goes on; None where the stream is dead."""
    import numpy as np

    from mit.audio import ANALYSIS_RATE

    samples = np.zeros(0, np.float32)
    while len(samples) < ROOM * ANALYSIS_RATE and not left():
        if (more := take.read(READ)) is None:
            return None
        samples = np.concatenate((samples, more))
    return samples
