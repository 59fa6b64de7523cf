"""The parts of set-up in their order, what each asks, and which setting an answer becomes. Pure, and quick to load."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """A part: it can be skipped, done again, and run alone (`mit setup PART`). The values are catalogue keys."""

    OFFER = "offer"
    LANGUAGE = "language"
    SAFETY = "safety"
    HAND = "hand"
    SIDE = "side"
    SIZE = "size"
    MICROPHONE = "microphone"
    LEVEL = "level"
    SPEAKER = "speaker"
    LOUDNESS = "loudness"
    EARS = "ears"
    DELAY = "delay"
    PITCH = "pitch"
    CONSENT = "consent"
    DONE = "done"


FIRST_RUN = tuple(Part)
"""Everything, with the question whether now. What everyone should know comes as soon as it can be read. What hears
comes after what is seen, for then the rest can be read; the voice's level before the bleed, which is told against it;
the loudness before both, for it changes them."""

WHOLE = tuple(part for part in Part if part not in (Part.OFFER, Part.SAFETY))
"""Later on: what everyone should know is found under help."""

ALONE = tuple(part for part in Part if part not in (Part.OFFER, Part.SAFETY, Part.DONE))
"""What can be run by itself."""

Value = str | bool | float | None


@dataclass(frozen=True, slots=True)
class Option:
    """An answer: its id, and what the setting becomes."""

    id: str
    value: Value


@dataclass(frozen=True, slots=True)
class Question:
    """A part that is one question with fixed answers, and the setting that they go to."""

    setting: str
    options: tuple[Option, ...]


QUESTIONS = {
    Part.HAND: Question("hand", (Option("left", "left"), Option("right", "right"))),
    Part.SIDE: Question("side", (Option("left", "left"), Option("right", "right"))),
    Part.SIZE: Question("size", (Option("small", "small"), Option("medium", "medium"), Option("large", "large"))),
    Part.CONSENT: Question("keep_audio", (Option("no", False), Option("yes", True))),
}
"""A new question is a row here, a part above, and its words."""

LISTED = {Part.MICROPHONE: "recorder", Part.SPEAKER: "player"}
"""Parts that choose one of the devices there are, by name, and the setting that keeps the name."""

MEASURED = frozenset({Part.LEVEL, Part.EARS, Part.DELAY, Part.PITCH})
"""Parts in which the microphone is open: they begin by a key, and nobody is spoken to meanwhile."""

LOUDER = 5.0
"""dB that one press makes the model louder or softer: clearly heard, and eight presses from end to end."""

QUIETEST, LOUDEST = -40.0, 0.0
"""dB re the level limits."""


def louder(loudness: float, steps: int) -> float:
    """The loudness so many presses up (or down), within its range."""
    return min(LOUDEST, max(QUIETEST, loudness + LOUDER * steps))
