"""What set-up knows so far, and what an answer makes of it. Pure: replaced whole, never changed in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from mit.setup.plan import MEASURED, QUESTIONS, WHOLE, Part, Value, louder

if TYPE_CHECKING:
    from mit.setup.bleed import Bleed
    from mit.setup.delay import Delay
    from mit.setup.level import Hearing

SKIP, START, NEXT, AGAIN, HEAR, OTHERS = "skip", "start", "next", "again", "hear", "others"
LOUDER, SOFTER = "louder", "softer"
"""What can be chosen beside the options of a question."""

STEPS = {LOUDER: 1, SOFTER: -1}

PAGE = 3
"""Microphones shown at once, beside "others"."""


class Phase(StrEnum):
    """Where a part is."""

    ASK = "ask"  # it is explained; Space begins
    RUN = "run"  # the microphone or the loudspeaker is at work
    RESULT = "result"  # what was found


@dataclass(frozen=True, slots=True)
class State:
    """parts: those of this run, place: which one; changes: settings chosen so far, as the file holds them.

    devices: microphones by name, None before they were looked for; first: the first one shown; lost: whether the one
    of the settings is missing. hearing, bleed, delay, hums, low: what the parts have found; notes: keys of the
    catalogue that say what is the matter with the sound.
    """

    parts: tuple[Part, ...] = WHOLE
    place: int = 0
    phase: Phase = Phase.ASK
    changes: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    loudness: float = 0.0
    devices: tuple[str, ...] | None = None
    first: int = 0
    lost: bool = False
    hearing: Hearing | None = None
    bleed: Bleed | None = None
    delay: Delay | None = None
    hums: tuple[float, ...] = ()
    low: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def part(self) -> Part:
        return self.parts[self.place]

    @property
    def over(self) -> bool:
        """Whether the last part is behind."""
        return self.place >= len(self.parts)

    def chosen(self, setting: str, value: Value) -> State:
        """A setting is chosen."""
        return replace(self, changes=MappingProxyType({**self.changes, setting: value}))

    def on(self) -> State:
        """To the next part."""
        return replace(self, place=self.place + 1, phase=Phase.ASK, notes=(), hearing=self.hearing, hums=())


def answer(state: State, chosen: str) -> State:
    """What a choice makes of the state. Unknown ones change nothing."""
    if chosen in (SKIP, NEXT):
        return state.on()
    if chosen in (START, AGAIN):
        return replace(state, phase=_begun(state.part), notes=(), hums=(), hearing=_kept(state))
    if question := QUESTIONS.get(state.part):
        option = next((o for o in question.options if o.id == chosen), None)
        return state.chosen(question.setting, option.value).on() if option else state
    if state.part is Part.LANGUAGE:
        return state.chosen("language", chosen).on()
    if state.part is Part.MICROPHONE:
        return _microphone(state, chosen)
    if state.part is Part.LOUDNESS and chosen in STEPS:
        loudness = louder(state.loudness, STEPS[chosen])
        return replace(state.chosen("loudness", loudness), loudness=loudness)
    return state


def _begun(part: Part) -> Phase:
    return Phase.RUN if part in MEASURED or part is Part.LOUDNESS else Phase.ASK


def _kept(state: State) -> Hearing | None:
    """The voice's level stays known while other parts run: the bleed is told against it."""
    return None if state.part is Part.LEVEL else state.hearing


def _microphone(state: State, chosen: str) -> State:
    devices = state.devices or ()
    if chosen == OTHERS:
        return replace(state, first=0 if state.first + PAGE >= len(devices) else state.first + PAGE)
    if chosen in devices:
        return replace(state.chosen("recorder", None if chosen == DEFAULT else chosen), lost=False).on()
    return state


DEFAULT = "default"
"""The microphone that the sound system has chosen: the setting stays empty, so that its choice is followed."""
