"""Who sings in the tests, and in what manner: how voices sound, apart from what they sing."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Singer:
    """How a voice sounds. jitter, creak: share of a period; shimmer: share of amplitude; breath: share of the voice.

    low: MIDI of a comfortable low note; tract: formants relative to a man's; opening: open quotient; tremor: cents.
    """

    low: float
    tract: float
    opening: float = 0.6
    jitter: float = 0.004
    shimmer: float = 0.03
    breath: float = 0.03
    creak: float = 0.0
    tremor: float = 0.0


VOICES = {
    "alto": Singer(low=57, tract=1.14),
    "tenor": Singer(low=48, tract=1.0),
    "bass": Singer(low=41, tract=0.92),
    "soprano": Singer(low=63, tract=1.18),
    "breathy": Singer(low=56, tract=1.14, opening=0.8, breath=0.5),
    "creaky": Singer(low=44, tract=0.97, opening=0.45, jitter=0.015, shimmer=0.10, breath=0.08, creak=0.025),
    "tremor": Singer(low=55, tract=1.10, jitter=0.008, shimmer=0.06, breath=0.10, tremor=45.0),
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How any voice may be changed, by what is added to it: vibrato and tremor in cents, the rest as in Singer."""

    vibrato: float = 15.0
    tremor: float = 0.0
    jitter: float = 0.0
    shimmer: float = 0.0
    breath: float = 0.0
    creak: float = 0.0


PLAIN = Manner()
MANNERS = {
    "breathy": Manner(breath=0.45),
    "rough": Manner(jitter=0.015, shimmer=0.12),
    "tremor": Manner(tremor=45.0, jitter=0.004, shimmer=0.03),
    "vibrato": Manner(vibrato=60.0),
    "creaky": Manner(jitter=0.010, shimmer=0.06, creak=0.025),
}
"""What a score may hardly be moved by."""

ADDED = ("jitter", "shimmer", "breath", "creak", "tremor")
"""What a manner adds to a singer."""


def in_manner(singer: Singer, manner: Manner) -> Singer:
    """The singer with what a manner adds to the voice (its vibrato is an argument of `sing`)."""
    added = {name: getattr(singer, name) + getattr(manner, name) for name in ADDED}
    return replace(singer, **added)
