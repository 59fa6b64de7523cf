"""Whether a recording can be the model: is there a voice, is it whole, is it this phrase."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from mit.align import align
from mit.audio import Audio, Samples
from mit.contour import Contour, runs
from mit.melody import Melody
from mit.pitch import track

LONGEST = 60.0
"""Seconds: 24 syllables sung slowly with pauses. Longer is not one phrase."""

LEAST_VOICE = 0.3
"""Seconds of voice: the shortest beat that can be set. Less is no sung phrase."""

FLAT_RUN, FLAT_SAMPLES, NEAR_TOP = 3, 8, 0.99
"""Samples of one value in a row near the top (a share of the largest) are cut off: a wave's own top moves on by
several of 16 bits. One plosive has a few, a vowel that is too loud hundreds."""

EXTRA = 0.5
"""Beats from which a sung note that the phrase does not have is a syllable: shorter is a scoop or a slip."""


class Flaw(StrEnum):
    """Why a recording cannot be the model as it is."""

    LONG = "long"
    SILENT = "silent"
    CLIPPED = "clipped"
    OTHER = "other"  # it does not hold the syllables of the phrase


COMPLAINTS: MappingProxyType[Flaw, tuple[str, str]] = MappingProxyType(
    {
        Flaw.LONG: (
            "A phrase is shorter than {name}: {seconds:.0f} s.",
            f"Cut it to the one phrase, at most {LONGEST:.0f} s.",
        ),
        Flaw.SILENT: ("No voice is heard in {name}.", "Look at the microphone, and sing it again."),
        Flaw.CLIPPED: ("The peaks of {name} are cut off: it is too loud.", "Record it again from further away."),
        Flaw.OTHER: (
            "This phrase is not in {name}: {heard} of {expected} syllables are heard, and {added} besides.",
            "Sing all of it along with the guide, one note a syllable.",
        ),
    }
)
"""What happened and what to do, by flaw."""

HOPELESS = frozenset({Flaw.LONG, Flaw.SILENT})
"""With these there is nothing to make a model of; with the others a person may know better."""


@dataclass(frozen=True, slots=True)
class Audition:
    """What is in a recording. flaw: the first that was found; heard, expected, added: syllables of the phrase that are
    heard, that it has, and that were sung besides; seconds: its length."""

    flaw: Flaw | None
    seconds: float
    heard: int = 0
    expected: int = 0
    added: int = 0

    @property
    def is_hopeless(self) -> bool:
        """Whether there is nothing in it to make a model of."""
        return self.flaw in HOPELESS

    def complaint(self, name: str) -> tuple[str, str]:
        """What happened and what to do, for a recording that is called `name`. Empty where there is no flaw."""
        if self.flaw is None:
            return "", ""
        what, remedy = COMPLAINTS[self.flaw]
        told = {"seconds": self.seconds, "heard": self.heard, "expected": self.expected, "added": self.added}
        return what.format(name=name, **told), remedy


def audition(take: Audio, melody: Melody, *, cut_off: bool = False) -> Audition:
    """Look a recording over before it becomes the model of a melody.

    cut_off: that its peaks are, where the microphone has told; else it is seen in the samples.
    """
    if take.duration > LONGEST:
        return Audition(Flaw.LONG, take.duration)
    contour = track(take)
    if contour.voiced_seconds < LEAST_VOICE:
        return Audition(Flaw.SILENT, take.duration)
    heard, added = _syllables(contour, melody)
    expected = len(melody.notes)
    flaw = Flaw.CLIPPED if cut_off or is_clipped(take.samples) else Flaw.OTHER if heard < expected or added else None
    return Audition(flaw, take.duration, heard, expected, added)


def is_clipped(samples: Samples) -> bool:
    """Whether peaks were cut off: flat tops, at whatever level they were stored afterwards."""
    strength = np.abs(samples)
    top = strength >= NEAR_TOP * strength.max(initial=0.0)
    flat = top[1:] & (samples[1:] == samples[:-1]) & (strength[1:] > 0)
    return sum(stop - first + 1 for first, stop in runs(flat) if stop - first + 1 >= FLAT_RUN) >= FLAT_SAMPLES


def _syllables(contour: Contour, melody: Melody) -> tuple[int, int]:
    """Notes of the melody that are heard, and notes besides that are long enough to be syllables."""
    alignment = align(melody, contour)
    beat = float(np.median([n.duration for n in melody.notes])) * (alignment.tempo or 1.0)
    return len(alignment.matched), sum(n.duration >= EXTRA * beat for n in alignment.added)
