"""When a take is over during which the model sounds. Pure."""

from __future__ import annotations

from mit.take import LONGEST, Ending, Patience

AFTER = 2.0
"""Seconds of silence after the accompaniment with which the take is over: nobody is hurried who sings on alone."""


class Accompanied(Ending):
    """As `Ending`; but the microphone may hear the model too, so that before the sound ends no voice tells anything."""

    def __init__(self, sounds: float) -> None:
        """sounds: seconds from the opening of the microphone to the end of what sounds."""
        super().__init__((), Patience())
        self._sounds = sounds

    @property
    def idle(self) -> bool:
        """Never: the model sounds already."""
        return False

    @property
    def over(self) -> bool:
        heard = self._frames[-1].time if self._frames else 0.0
        since = heard - max(self._sounds, heard - self.silence if self.begun else 0.0)
        return heard >= LONGEST or since >= AFTER
