"""Takes sung by voices that are not the product's, with their exact truth: phrases, faults and singers by the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mit.melody import Melody, intone
from mit.phrase import spell
from tests import espeak, faults
from tests.faults import Plan
from tests.voices import VOICES, follow, sing

PHRASES = (
    ("cof-fee", "HL"),
    ("thank you", "HL"),
    ("I want tea", "LLH"),
    ("good mor-ning", "LHL"),
    ("see you to-mor-row", "LLLHL"),
    ("I need my glas-ses", "LLLHL"),
    ("where is the te-le-phone", "HLLHLL"),
    ("can we go to the gar-den now", "LLHLLHLH"),
    ("I have to take my pills at six", "LLHLLHLH"),
)
"""Syllables begin with vowels, stops, hisses and nasals, on 2 to 8 notes."""

BEAT = 0.7
ESPEAK = {"en-us": 45.0, "en-us+f2": 57.0, "en-us+m3": 41.0, "en-us+f4": 62.0}
"""Voices of espeak-ng with their low notes (MIDI)."""

Fault = Callable[[Plan, int], Plan]
"""A plan with a fault in it; the number is a seed."""


class Take(NamedTuple):
    """What was sung: target, plan, samples at 16 kHz, and how."""

    phrase: str
    fault: str
    voice: str
    melody: Melody
    plan: Plan
    samples: NDArray[np.float32]
    hit: tuple[int, ...]


def _middle(plan: Plan) -> int:
    return len(plan) // 2


FAULTS: dict[str, Fault] = {
    "clean": lambda plan, seed: plan,
    "compressed 0.5": lambda plan, seed: faults.compress(plan, 0.5),
    "compressed 0.25": lambda plan, seed: faults.compress(plan, 0.25),
    "monotone": lambda plan, seed: faults.flatten(plan),
    "inverted": lambda plan, seed: faults.invert(plan),
    "random 1": lambda plan, seed: faults.random_notes(plan, 1.0, seed=seed),
    "random 2": lambda plan, seed: faults.random_notes(plan, 2.0, seed=seed),
    "jitter 15": lambda plan, seed: faults.jitter(plan, 0.15, seed=seed),
    "jitter 30": lambda plan, seed: faults.jitter(plan, 0.30, seed=seed),
    "pause": lambda plan, seed: faults.pause_before(plan, max(1, _middle(plan)), 1.5),
    "missing last": lambda plan, seed: faults.drop(plan, len(plan) - 1),
    "missing middle": lambda plan, seed: faults.drop(plan, _middle(plan)) if len(plan) > 2 else plan[:1],
    "missing close": lambda plan, seed: faults.drop(plan, _middle(plan), close=True) if len(plan) > 2 else plan[:1],
    "added": lambda plan, seed: faults.add(plan, _middle(plan)),
    "false start": lambda plan, seed: faults.false_start(plan, 0),
    "transposed": lambda plan, seed: faults.transpose(plan, 2.0),
    "slow": lambda plan, seed: faults.tempo(plan, 1.5),
    "late": lambda plan, seed: faults.wait(plan, 2.0),
}


def melody_of(phrase: tuple[str, str], low: float = 57.0) -> Melody:
    return intone(spell(*phrase), low=low, beat=BEAT)


def takes(names: tuple[str, ...] = tuple(FAULTS), *, every: int = 1) -> Iterator[Take]:
    """Each fault on each phrase, the voices in turn; `every`: only each so-manieth."""
    singers = [*VOICES, *([] if espeak.missing() else ESPEAK)]
    place = 0
    for f, name in enumerate(names):
        for p, phrase in enumerate(PHRASES):
            place += 1
            if place % every == 0:
                yield sung_take(phrase, name, singers[(f + p) % len(singers)], seed=place)


def sung_take(phrase: tuple[str, str], fault: str, voice: str, *, seed: int) -> Take:
    """One take. espeak-ng sings only where the words stay whole; elsewhere the formant voices do."""
    melody = melody_of(phrase)
    low = ESPEAK[voice] if voice in ESPEAK else VOICES[voice].low
    plan = FAULTS[fault](faults.transpose(follow(melody.notes), low - 57.0), seed)
    whole = [n.text for n in plan] == [n.text for n in melody.notes]
    if voice in ESPEAK and whole:
        try:
            return Take(
                phrase[0],
                fault,
                voice,
                melody,
                plan,
                espeak.espeak_sing(phrase[0].replace("-", ""), plan, voice=voice),
                (),
            )
        except ValueError:
            pass  # it says the word with another number of vowels
    voice = voice if voice in VOICES else "tenor"
    return Take(phrase[0], fault, voice, melody, plan, sing(plan, voice=voice, seed=seed), ())
