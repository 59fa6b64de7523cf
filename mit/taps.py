"""The hand that beats the syllables: which key presses are taps, and how regular they are. Never required."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, pstdev

REPEAT = 0.12
"""Seconds within which the same key again is the keyboard's own repeat (every 33 ms), not a second tap."""


@dataclass(frozen=True, slots=True)
class Tapping:
    """Taps so far. times: seconds, monotonic; key, last: what was pressed last and when, repeats included."""

    times: tuple[float, ...] = ()
    key: str = ""
    last: float = 0.0

    def hit(self, key: str, time: float) -> Tapping:
        """The same with one more key press; a key that is held stays one tap however long it repeats."""
        repeats = key == self.key and time - self.last < REPEAT
        return Tapping(self.times if repeats else (*self.times, time), key, time)

    def since(self, start: float) -> tuple[float, ...]:
        """The taps as seconds from a moment, those before it below 0."""
        return tuple(time - start for time in self.times)


def per_syllable(taps: Sequence[float], syllables: int) -> float | None:
    """Taps for each syllable; None where there was no tap or no syllable."""
    return len(taps) / syllables if taps and syllables else None


def regularity(taps: Sequence[float]) -> float | None:
    """Coefficient of variation of the times between taps: 0 is a clock, up to 0.25 is regular (protocol, design).

    None with fewer than three taps.
    """
    between = [b - a for a, b in pairwise(sorted(taps))]
    return pstdev(between) / fmean(between) if len(between) >= 2 and fmean(between) > 0 else None
