"""The hierarchy of melodic intonation as one table: levels, their steps, what each plays, asks and is worth.

Based on the published hierarchy in three levels (Helm-Estabrooks, Nicholas & Morgan 1989; Norton, Zipse, Marchina &
Schlaug 2009). Each row says where it comes from and how sure that is; a therapist may override every number. Screens
and the session read a row's fields and never ask which step it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from mit.phrase import MAX_SYLLABLES

PROTOCOL_VERSION = "2"
"""Changes with every change of the table and of the rules around it; stored with each session."""


class Confidence(StrEnum):
    """How far a row is known."""

    READ = "read"  # in the source itself
    SECONDARY = "secondary"  # in a text that summarises the manual
    KNOWN = "known"  # general knowledge of the field, not seen in a source
    UNSURE = "unsure"  # to be checked by a clinician with the 1989 manual
    DESIGN = "design"  # ours; no source claims it


class Manner(StrEnum):
    """How a phrase is voiced; the names of the voices."""

    HUM = "hum"
    SUNG = "sung"
    SPEECHSONG = "speechsong"
    SPOKEN = "spoken"


class Along(StrEnum):
    """What sounds while the person sings."""

    NOTHING = "nothing"
    UNISON = "unison"
    FADING = "fading"


class Does(StrEnum):
    """What the person does in a step."""

    LISTEN = "listen"
    SING_ALONG = "sing_along"
    REPEAT = "repeat"
    ANSWER = "answer"


class Tap(StrEnum):
    """Whether the hand beats the syllables."""

    YES = "yes"
    IF_NEEDED = "if_needed"
    NO = "no"


class Judged(StrEnum):
    """What of a take may be judged acoustically."""

    NOTHING = "nothing"  # the model sounded, or nobody was to sing
    SYLLABLES = "syllables"  # speech and speech-song: never by pitch
    RHYTHM = "rhythm"  # one tone in rhythm
    MELODY = "melody"


@dataclass(frozen=True, slots=True)
class Step:
    """One row. `id` names it in records, `name` in the catalogue.

    played: the model's renderings before the turn, in order; asks: whether a question is asked before it, in the
    manner `question`; response: how the person answers; delay: seconds of silence before the turn; credit,
    credit_with_backup: points; backup: the step a miss leads to (None: the item ends there); repeats: whether it may be
    offered again at once; answered: whether the person is told and shown how it went.
    """

    id: str
    name: str
    does: Does
    played: tuple[Manner, ...] = ()
    along: Along = Along.NOTHING
    asks: bool = False
    question: Manner = Manner.SUNG
    response: Manner = Manner.SUNG
    tap: Tap = Tap.YES
    delay: float = 0.0
    judged: Judged = Judged.NOTHING
    credit: int = 0
    credit_with_backup: int = 0
    backup: str | None = None
    repeats: bool = True
    answered: bool = True
    source: str = ""
    confidence: Confidence = Confidence.KNOWN

    @property
    def scored(self) -> bool:
        return self.credit > 0


@dataclass(frozen=True, slots=True)
class Level:
    """A level of therapy: its steps in order; syllables: least and most of a phrase."""

    name: str
    steps: tuple[Step, ...]
    syllables: tuple[int, int]

    @property
    def maximum(self) -> int:
        """Points of one item taken through every step without help."""
        return sum(step.credit for step in self.steps)


WAIT = 6.0
"""Seconds between model and turn where the repetition is delayed (manual of 1989: known, not seen in the source)."""

MANUAL = "Helm-Estabrooks, Nicholas & Morgan 1989"
NORTON = "Norton, Zipse, Marchina & Schlaug 2009"
_SUNG_TWICE, _SAID_TWICE = (Manner.SUNG, Manner.SUNG), (Manner.SPEECHSONG, Manner.SPEECHSONG)
_SECONDARY, _KNOWN, _UNSURE = Confidence.SECONDARY, Confidence.KNOWN, Confidence.UNSURE

# fmt: off
ELEMENTARY = Level("elementary", (
    Step("E1", "hum", Does.LISTEN, (Manner.HUM, *_SUNG_TWICE), source=NORTON, confidence=_SECONDARY),
    Step("E2", "unison", Does.SING_ALONG, along=Along.UNISON, credit=1, source=MANUAL, confidence=_SECONDARY),
    Step("E3", "fading", Does.SING_ALONG, along=Along.FADING, credit=1, source=MANUAL, confidence=_SECONDARY),
    Step("E4", "repetition", Does.REPEAT, (Manner.SUNG,), judged=Judged.MELODY, credit=1, source=MANUAL,
         confidence=_SECONDARY),
    Step("E5", "question", Does.ANSWER, asks=True, tap=Tap.IF_NEEDED, judged=Judged.MELODY, credit=1, source=MANUAL,
         confidence=_SECONDARY),
), (2, 3))

INTERMEDIATE = Level("intermediate", (
    Step("I1", "introduction", Does.LISTEN, _SUNG_TWICE, source=NORTON, confidence=_KNOWN),
    Step("I2", "fading", Does.SING_ALONG, along=Along.FADING, credit=1, source=NORTON, confidence=_KNOWN),
    Step("I3", "delayed", Does.REPEAT, (Manner.SUNG,), delay=WAIT, judged=Judged.MELODY, credit=2,
         credit_with_backup=1, backup="I2", source=MANUAL, confidence=_KNOWN),
    Step("I4", "question", Does.ANSWER, asks=True, tap=Tap.NO, delay=WAIT, judged=Judged.MELODY, credit=2,
         credit_with_backup=1, backup="I3", source=MANUAL, confidence=_UNSURE),
), (4, 6))

ADVANCED = Level("advanced", (
    Step("A1", "delayed", Does.REPEAT, (Manner.SUNG,), delay=WAIT, judged=Judged.MELODY, credit=2,
         credit_with_backup=1, backup="I2", source=MANUAL, confidence=_UNSURE),
    Step("A2", "introduction", Does.LISTEN, _SAID_TWICE, response=Manner.SPEECHSONG, source=NORTON, confidence=_KNOWN),
    Step("A3", "fading", Does.SING_ALONG, along=Along.FADING, response=Manner.SPEECHSONG, credit=2,
         credit_with_backup=1, backup="A2", source=MANUAL, confidence=_UNSURE),
    Step("A4", "delayed", Does.REPEAT, (Manner.SPOKEN,), response=Manner.SPOKEN, tap=Tap.NO, delay=WAIT,
         judged=Judged.SYLLABLES, credit=2, credit_with_backup=1, backup="A3", source=MANUAL, confidence=_UNSURE),
    Step("A5", "question", Does.ANSWER, asks=True, question=Manner.SPOKEN, response=Manner.SPOKEN, tap=Tap.NO,
         delay=WAIT, judged=Judged.SYLLABLES, credit=2, credit_with_backup=1, backup="A4", source=MANUAL,
         confidence=_UNSURE),
), (6, 9))
# fmt: on

PROBE = Step(
    "P", "probe", Does.REPEAT, (Manner.SUNG,), tap=Tap.NO, judged=Judged.MELODY, repeats=False,
    answered=False, confidence=Confidence.DESIGN,
)  # fmt: skip
"""An untrained phrase, sung once and repeated without help: it teaches nothing, earns nothing and is not answered."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """The levels, and the numbers of the rules around them.

    advance_share, advance_sessions: mean share of the points over so many sessions from which the next level is
    suggested; stuck_points, stuck_sessions: fewer percentage points of change over so many sessions are flagged for
    the desk, as is a share under low_share in low_sessions; least_decided: share of the scored steps offered that a
    person whose word counts has decided, under which a session's figure is "not decided"; least_items: the same for the
    phrases of a session that was cut short; most_offers: how often one
    step is offered in a row; pause: least seconds between items; rest_every: seconds of practice after which a rest is
    offered; items: least and most of a session; session_minutes: what a session is planned to last at most; misses:
    in a row, after which a known phrase follows; known: the steps of such a phrase; probe_every, probe_days: items
    between two probes, and days after which the same one is sung again.
    """

    levels: tuple[Level, ...] = (ELEMENTARY, INTERMEDIATE, ADVANCED)
    version: str = PROTOCOL_VERSION
    advance_share: float = 0.90  # manual of 1989, known
    advance_sessions: int = 5  # known; the paper of 1974 may have used ten
    stuck_points: float = 5.0  # design
    stuck_sessions: int = 5
    low_share: float = 0.30  # design
    low_sessions: int = 3
    least_decided: float = 0.80  # design
    least_items: int = 5  # design: half of the least that a session plans
    most_offers: int = 3  # design, against perseveration
    pause: float = 10.0  # Santo Pietro & Rigrodsky: 1 s to 10 s cut perseverations
    rest_every: float = 300.0  # design
    items: tuple[int, int] = (10, 20)  # known
    session_minutes: float = 20.0  # design: reading and singing tire after 15 to 20 minutes
    misses: int = 2  # design
    known: tuple[str, ...] = ("E2", "E4")  # design: together, then alone
    probe_every: int = 5  # design
    probe_days: int = 7  # design: each weekly

    def level(self, name: str) -> Level:
        """The level of this name. Raises ValueError for another."""
        for level in self.levels:
            if level.name == name:
                return level
        raise ValueError(f"there is no level {name!r}")

    def easy(self) -> Level:
        """The steps of a known phrase that is given for success, as a level."""
        return Level("known", tuple(self.step(name) for name in self.known), (1, MAX_SYLLABLES))

    def step(self, name: str) -> Step:
        """The step of this id, of whatever level. Raises ValueError for another."""
        for step in (PROBE, *(step for level in self.levels for step in level.steps)):
            if step.id == name:
                return step
        raise ValueError(f"there is no step {name!r}")


PROBES = Level("probe", (PROBE,), (1, MAX_SYLLABLES))
"""The one step of a probe, as a level."""

PROTOCOL = Protocol()


@dataclass(frozen=True, slots=True)
class Switches:
    """What a therapist may switch for one person.

    rhythm_only: the same steps on one tone; tapping: whether the hand beats; imposed_melody: off for tone languages,
    whose own tones high and low would overwrite; sing_inside: a silent round before the repetition; hear_yourself: the
    model and then the own take, without a verdict.
    """

    rhythm_only: bool = False
    tapping: bool = True
    imposed_melody: bool = True
    sing_inside: bool = False
    hear_yourself: bool = False

    @property
    def on_one_tone(self) -> bool:
        return self.rhythm_only or not self.imposed_melody


def switched(step: Step, switches: Switches) -> Step:
    """A step as it is for one person."""
    if switches.on_one_tone and step.judged is Judged.MELODY:
        step = replace(step, judged=Judged.RHYTHM)
    return step if switches.tapping else replace(step, tap=Tap.NO)
