"""A helper who is not there: sits beside a pretend patient and knows what was sung."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from mit.device.performance import Performance
from mit.melody import Melody
from mit.progress import Outcome
from mit.protocol import Judged, Manner, Step

SYLLABLES, WAYS = 0.8, 2 / 3
"""Shares of the syllables, and of the ways up and down, from which a helper says yes: what the trainer goes by too."""

HEARD_STEP = 0.5
"""Semitones from which a helper hears the voice go up or down."""


@dataclass(frozen=True, slots=True)
class Helper:
    """slips: chance of saying the other thing; along: whether steps are decided too in which the model sounded."""

    slips: float = 0.0
    along: bool = True

    def says(self, step: Step, melody: Melody, performance: Performance, chance: float) -> Outcome | None:
        """The verdict on what was sung; None where this helper leaves the step open. chance: 0 to 1, drawn."""
        if step.judged is Judged.NOTHING and not self.along:
            return None
        yes = is_good(melody, performance, pitched=step.response is Manner.SUNG)
        return Outcome.YES if yes != (chance < self.slips) else Outcome.NOT_YET


def is_good(melody: Melody, performance: Performance, *, pitched: bool) -> bool:
    """Whether this was the phrase: its syllables and, where it was to be sung, its ways up and down."""
    there = sum(note is not None for note in performance.sung)
    if performance.other or there < SYLLABLES * len(melody.notes):
        return False
    return not pitched or _followed(melody, performance) >= WAYS


def _followed(melody: Melody, performance: Performance) -> float:
    """Share of the melody's ways up and down that went the right way; 1 where it has none."""
    ways = [
        (b.pitch - a.pitch, y.pitch - x.pitch if x and y and x.pitch is not None and y.pitch is not None else 0.0)
        for (a, x), (b, y) in pairwise(zip(melody.notes, performance.sung, strict=True))
        if a.pitch is not None and b.pitch is not None and a.pitch != b.pitch
    ]
    right = sum((sung if wanted > 0 else -sung) >= HEARD_STEP for wanted, sung in ways)
    return right / len(ways) if ways else 1.0
