"""What set-up knows so far, and what an answer makes of it. Pure: replaced whole, never changed in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mit.device_pairs import DEFAULT
from mit.melody import hertz
from mit.settings import Settings
from mit.setup.plan import LISTED, MEASURED, QUESTIONS, WHOLE, Part, Value, louder
from mit.tui.pages import safety

if TYPE_CHECKING:
    from mit.setup.bleed import Bleed
    from mit.setup.delay import Delay
    from mit.setup.level import Hearing

SKIP, START, NEXT, AGAIN, HEAR, OTHERS = "skip", "start", "next", "again", "hear", "others"
LOUDER, SOFTER, LATER = "louder", "softer", "later"
"""What can be chosen beside the options of a question."""

STEPS = {LOUDER: 1, SOFTER: -1}

MOST, SOME = 4, 3
"""Choices on one page; and how many of a longer list, beside "others"."""


class Phase(StrEnum):
    """Where a part is."""

    ASK = "ask"  # it is explained; Space begins
    RUN = "run"  # the microphone or the loudspeaker is at work
    HEAR = "hear"  # the person's own voice sounds
    RESULT = "result"  # what was found


@dataclass(frozen=True, slots=True)
class State:
    """parts: those of this run, place: which one; settings: with what was chosen so far; changes: the same as the
    settings file holds it.

    languages: codes and names; devices: microphones or loudspeakers by name, None before they were looked for;
    first: the first of a long list that is shown, or the page of a part with several; lost: whether the device of
    the settings is missing. hearing, bleed, delay, hums, low: what the parts have found (hums: None until the
    microphone is open); notes: keys of the catalogue that say what is the matter; unsaved: whether the settings
    could not be written.
    """

    settings: Settings = field(default_factory=Settings)
    parts: tuple[Part, ...] = WHOLE
    place: int = 0
    phase: Phase = Phase.ASK
    changes: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    languages: tuple[tuple[str, str], ...] = ()
    devices: tuple[str, ...] | None = None
    first: int = 0
    lost: bool = False
    hearing: Hearing | None = None
    bleed: Bleed | None = None
    delay: Delay | None = None
    hums: tuple[float, ...] | None = None
    low: float | None = None
    notes: tuple[str, ...] = ()
    unsaved: bool = False

    @property
    def part(self) -> Part:
        return self.parts[self.place]

    @property
    def over(self) -> bool:
        """Whether the last part is behind."""
        return self.place >= len(self.parts)

    def chosen(self, setting: str, value: Any) -> State:
        """A setting is chosen; the low note as a MIDI number."""
        held = f"{hertz(value):.1f} Hz" if setting == "low" else value
        changes = MappingProxyType({**self.changes, setting: held})
        return replace(self, settings=replace(self.settings, **{setting: value}), changes=changes)

    def on(self) -> State:
        """To the next part."""
        return replace(self, place=self.place + 1, phase=Phase.ASK, first=0, notes=(), devices=None, lost=False)


def shown(state: State, found: tuple[str, ...]) -> tuple[str, ...]:
    """What of a list is on the page now; OTHERS leads to the rest of a long one."""
    return found if len(found) <= MOST else (*found[state.first : state.first + SOME], OTHERS)


def answer(state: State, chosen: str) -> State:
    """What a choice makes of the state; one that the part does not know changes nothing."""
    if chosen in (SKIP, NEXT):
        return state.on()
    if chosen in (START, AGAIN):
        return _begun(state)
    if state.part is Part.SAFETY:
        return _read_on(state) if chosen == safety.ON else state
    if chosen == HEAR:
        return replace(state, phase=Phase.HEAR)
    if chosen == OTHERS:
        found = len(state.devices or ()) if state.part in LISTED else len(state.languages)
        return replace(state, first=0 if state.first + SOME >= found else state.first + SOME)
    return _set(state, chosen)


def learned(state: State, facts: Mapping[str, Any]) -> State:
    """What the devices told."""
    told = replace(state, **facts)
    return told if told.low is None or "low" not in facts else told.chosen("low", told.low)


def _read_on(state: State) -> State:
    """The next page of what everyone should know; after the last one it is not shown again at the start."""
    if state.first + 1 < safety.COUNT:
        return replace(state, first=state.first + 1)
    return state.chosen("introduced", True).on()


def _begun(state: State) -> State:
    """The part begins, or begins again: what it found before is gone."""
    if state.part is Part.OFFER:
        return state.on()
    measured = state.part in MEASURED or state.part is Part.LOUDNESS
    hearing = None if state.part is Part.LEVEL else state.hearing
    phase = Phase.RUN if measured else Phase.ASK
    return replace(state, phase=phase, notes=(), hums=None, low=None, hearing=hearing, devices=None)


def _told(state: State, setting: str, value: Value) -> State:
    """With this setting. Whoever has one hand left misses the other side, if any: the next question is begun with it,
    and may be answered otherwise."""
    told = state.chosen(setting, value)
    return told.chosen("side", value) if state.part is Part.HAND and Part.SIDE in state.parts else told


def _set(state: State, chosen: str) -> State:
    if question := QUESTIONS.get(state.part):
        option = next((o for o in question.options if o.id == chosen), None)
        return _told(state, question.setting, option.value).on() if option else state
    if state.part is Part.LANGUAGE and chosen in dict(state.languages):
        return state.chosen("language", chosen).on()
    if state.part in LISTED and chosen in (state.devices or ()):
        # The system's choice stays an empty setting, so that it is followed when it changes.
        found = state.chosen(LISTED[state.part], None if chosen == DEFAULT else chosen)
        return found.on() if state.part is Part.MICROPHONE else replace(found, phase=Phase.RUN, lost=False)
    if state.part is Part.LOUDNESS and chosen in STEPS:
        return state.chosen("loudness", louder(state.settings.loudness, STEPS[chosen]))
    return state
