"""Which presses of keys and buttons count."""

from __future__ import annotations

from math import inf

DEBOUNCE = 0.3
"""Seconds in which a key counts once: a tremor or a held key is one act."""

HELD = 0.7
"""Seconds before a held key repeats, at most, on common systems: until then it does nothing on the next screen."""

SETTLING = 0.8
"""Seconds after a screen that came by itself in which nothing counts: the finger was on its way for the one before."""


SAME = {"y": "z", "w": "z"}
"""Keys that lie where Z lies on other keyboards, under the left hand: German and French ones."""


def key_name(pressed: str) -> str:
    """The key that is meant: Caps Lock lies beside these keys, and keyboards differ."""
    name = pressed.lower().removeprefix("upper_")
    return SAME.get(name, name)


class Presses:
    """One for the whole app, so that a key held from one screen to the next stays one act. Times: event times, s."""

    def __init__(self) -> None:
        self._last = ""
        self._at = self._quiet_until = -inf
        self._turned = False

    def count(self, what: str, time: float) -> bool:
        """Whether this press is an act. Every repeat of a held key renews the wait."""
        wait = HELD if self._turned else DEBOUNCE
        repeated = what == self._last and time - self._at < wait
        self._last, self._at = what, time
        if repeated or time < self._quiet_until:
            return False
        self._turned = False
        return True

    def turn(self) -> None:
        """Another screen came up, by a press."""
        self._turned = True

    def settle(self, time: float) -> None:
        """Another screen came up by itself."""
        self._quiet_until = time + SETTLING
