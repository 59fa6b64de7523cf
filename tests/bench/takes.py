"""Takes sung by voices that are not the product's, with their exact truth: phrases, faults, voices and manners.

Four families of voices share no code with the product: the formant singers of tests/voices.py, and three speaking
programs whose words are laid on the melody by the WORLD vocoder. For flite and festival:
apt-get install --no-install-recommends flite festival festvox-kallpc16k festvox-kdlpc16k festvox-us-slt-hts
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from mit.melody import Melody, intone
from mit.phrase import spell
from tests import espeak, faults, flite
from tests.faults import Plan
from tests.singers import MANNERS, PLAIN, VOICES, in_manner
from tests.spoken import perform_speech
from tests.voices import Performance, consonant, follow, perform

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
TARGET = 57.0
"""MIDI of the model's low note: nobody has to sing there."""

FAMILIES = {
    "formant": {"bass": 41.5, "tenor": 48.0, "alto": 57.0, "soprano": 60.5},
    "espeak": {"en-us": 45.0, "en-us+f2": 57.0, "en-us+m3": 41.5, "en-us+f4": 60.5},
    "flite": flite.FLITE,
    "festival": flite.FESTIVAL,
}
"""The voices of each family with their low notes (MIDI)."""

KEYS = 3.0
"""Semitones over which the low notes of one voice are spread: 80 to 350 Hz with the high notes."""

HIGHEST = 65.0
"""MIDI: 350 Hz."""

DRAW = 1000
"""Seeds from one draw to the next: every voice keeps its keys."""


class Fault(NamedTuple):
    """A kind of fault: the series that it belongs to, how bad it is there, and how a plan comes by it, by a seed."""

    series: str
    severity: float
    make: Callable[[Plan, int], Plan]


def _middle(plan: Plan) -> int:
    return len(plan) // 2


def _series() -> Iterator[tuple[str, Fault]]:
    """The faults that come in degrees."""
    for share in (0.25, 0.5, 0.75):
        yield f"compressed {share}", Fault("compression", share, lambda p, s, c=share: faults.compress(p, 1 - c))
    yield "monotone", Fault("compression", 1.0, lambda p, s: faults.flatten(p))
    for sd in (0.5, 1.0, 2.0, 3.0):
        yield f"random {sd}", Fault("random", sd, lambda p, s, sd=sd: faults.random_notes(p, sd, seed=s))
    for sd in (0.1, 0.2, 0.3, 0.45):
        yield f"jitter {sd}", Fault("jitter", sd, lambda p, s, sd=sd: faults.jitter(p, sd, seed=s))
    for count in (1, 2, 3):
        yield f"missing {count}", Fault("missing", count, lambda p, s, n=count: faults.drop_some(p, n, seed=s))
    for degree in (0.2, 0.4, 0.6, 0.8, 1.0):
        yield f"mixed {degree}", Fault("mixed", degree, lambda p, s, d=degree: faults.patient(p, d, seed=s))


FAULTS: dict[str, Fault] = {
    "clean": Fault("", 0.0, lambda p, s: p),
    **dict(_series()),
    "missing first": Fault("count", 1, lambda p, s: faults.drop(p, 0)),
    "missing middle": Fault("count", 1, lambda p, s: faults.drop(p, _middle(p))),
    "missing last": Fault("count", 1, lambda p, s: faults.drop(p, len(p) - 1)),
    "missing close": Fault("count", 1, lambda p, s: faults.drop(p, _middle(p), close=True)),
    "added": Fault("count", 1, lambda p, s: faults.add(p, _middle(p))),
    "false start": Fault("count", 1, lambda p, s: faults.false_start(p, 0)),
    "false start twice": Fault("count", 2, lambda p, s: faults.false_start(p, _middle(p), times=2)),
    "inverted": Fault("other", 1.0, lambda p, s: faults.invert(p)),
    "pause": Fault("other", 1.0, lambda p, s: faults.pause_before(p, max(1, _middle(p)), 1.5)),
    "slow": Fault("other", 1.0, lambda p, s: faults.tempo(p, 1.5)),
    "transposed": Fault("free", 1.0, lambda p, s: faults.transpose(p, 2.0 if _top(p) + 2 < HIGHEST else -2.0)),
    "octave": Fault("free", 1.0, lambda p, s: faults.transpose(p, 12.0 if _top(p) + 12 < HIGHEST else -12.0)),
    "late": Fault("free", 1.0, lambda p, s: faults.wait(p, 2.0)),
}


def _top(plan: Plan) -> float:
    return max(note.pitch or 0.0 for note in plan)


class Ask(NamedTuple):
    """What is to be sung: the place of its phrase, the voice with its family, fault, manner, and a seed."""

    phrase: int
    family: str
    voice: str
    fault: str = "clean"
    manner: str = ""
    seed: int = 0


class Take(NamedTuple):
    """What was sung; after_hiss: for each note, whether a voiceless sound leads to it."""

    ask: Ask
    melody: Melody
    plan: Plan
    sung: Performance
    after_hiss: tuple[bool, ...]

    @property
    def changed(self) -> tuple[int, int]:
        """Syllables missing and added, in truth. A false start or repeat is one too many."""
        own = {note.text for note in self.plan if note.text.isdigit()}
        return len(self.melody.notes) - len(own), len(self.plan) - len(own)


def lacking() -> dict[str, str]:
    """The families that cannot sing here, and what they need."""
    needs = {"espeak": espeak.missing(), **{name: flite.missing(name) for name in ("flite", "festival")}}
    return {name: need for name, need in needs.items() if need}


def families() -> tuple[str, ...]:
    """The families that can sing here."""
    return tuple(name for name in FAMILIES if name not in lacking())


def asks(*, every: int = 1, draw: int = 0) -> Iterator[Ask]:
    """Everything that is to be sung; `every`: only each so-manieth fault and manner (what is clean stays); `draw`:
    which fall of what chance decides in the faults."""
    yield from (ask._replace(seed=ask.seed + DRAW * draw) for ask in _asks(every))


def _asks(every: int) -> Iterator[Ask]:
    there = families()
    yield from (plain(p, family) for family in there for p in range(len(PHRASES)))
    others = [plain(p, family)._replace(manner=m) for m in MANNERS for p, family in _in_turn(len(m), there, 2)]
    for f, (name, fault) in enumerate(FAULTS.items()):
        for p, family in _in_turn(f, there, 1 if fault.series == "other" else 2):
            base = plain(p, family) if fault.series == "free" else plain(p, family, turn=f)
            if name != "clean" and _is_possible(name, p):
                others.append(base._replace(fault=name))
    yield from others[:: max(every, 1)]


def _in_turn(first: int, there: tuple[str, ...], count: int) -> Iterator[tuple[int, str]]:
    """Each phrase with so many families, those in turn."""
    for p in range(len(PHRASES)):
        for k in range(min(count, len(there))):
            yield p, there[(first + p + k * max(1, len(there) // 2)) % len(there)]


def plain(phrase: int, family: str, *, turn: int = 0) -> Ask:
    """A clean take: `turn` gives another voice, key and seed."""
    voices = list(FAMILIES[family])
    return Ask(phrase, family, voices[(phrase + turn // 2) % len(voices)], seed=phrase + len(PHRASES) * turn)


def _is_possible(fault: str, phrase: int) -> bool:
    """Whether something is left to be sung, and the fault is what its name says."""
    count = len(PHRASES[phrase][1])
    return not fault.startswith("missing") or count > {"missing 2": 2, "missing 3": 3, "missing close": 2}.get(fault, 1)


def melody_of(phrase: tuple[str, str], low: float = TARGET) -> Melody:
    return intone(spell(*phrase), low=low, beat=BEAT)


def low_note(ask: Ask) -> float:
    """The low note of a voice, in a key of its own for each seed."""
    return FAMILIES[ask.family][ask.voice] + KEYS * ((0.37 * ask.seed) % 1.0 - 0.5)


def sung_take(ask: Ask) -> Take:
    """One take. Its notes carry the place of their syllable, so that whatever a fault does, each has its sound."""
    text, _ = PHRASES[ask.phrase]
    melody = melody_of(PHRASES[ask.phrase])
    marked = tuple(n._replace(text=str(k)) for k, n in enumerate(follow(melody.notes)))
    plan = FAULTS[ask.fault].make(faults.transpose(marked, low_note(ask) - TARGET), ask.seed)
    which = _sources(plan)
    if ask.family == "formant":
        syllables = [melody.notes[k].text or "na" for k in which]
        said = tuple(n._replace(text=s if n.text.isdigit() else n.text) for n, s in zip(plan, syllables, strict=True))
        hissed = tuple(consonant(n.text).voiced == 0 and consonant(n.text).seconds > 0 for n in said)
        return Take(ask, melody, plan, _formant(said, ask), hissed)
    speech = (espeak if ask.family == "espeak" else flite).speech(text.replace("-", ""), ask.voice)
    manner = MANNERS[ask.manner] if ask.manner else replace(PLAIN, vibrato=10.0)
    if ask.manner == "creaky":
        manner = replace(manner, creak=0.3)  # of amplitude: WORLD's pulses cannot be moved one by one
    sung = perform_speech(speech, plan, which=which, manner=manner, seed=ask.seed)
    return Take(ask, melody, plan, sung, tuple(speech.vowels[k].hissed for k in which))


def _sources(plan: Plan) -> list[int]:
    """The syllable that each note is sung on; one that is none of the phrase's takes the sound of the one before."""
    found = list[int]()
    for note in plan:
        found.append(int(note.text) if note.text.isdigit() else found[-1])
    return found


def _formant(plan: Plan, ask: Ask) -> Performance:
    manner = MANNERS[ask.manner] if ask.manner else PLAIN
    return perform(plan, voice=in_manner(VOICES[ask.voice], manner), seed=ask.seed, vibrato=manner.vibrato)


def came_out(take: Take) -> float:
    """How far notes (semitones) or times (log ratios) are from the model's in truth, key and tempo taken out.

    Chance may give a mild take where a bad one was drawn. NaN where syllables are missing or added.
    """
    if len(take.plan) != len(take.melody.notes):
        return float("nan")
    off = [n.pitch - m.pitch for n, m in zip(take.plan, take.melody.notes, strict=True) if n.pitch and m.pitch]
    steps = np.diff([n.onset for n in take.plan]) / np.diff([m.onset for m in take.melody.notes])
    return float(np.std(off) if FAULTS[take.ask.fault].series == "random" else np.std(np.log(steps)))
