"""Set-up as a flow of values: every part can be skipped and done again, and every state has a page with kind words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mit.library import languages, load_words
from mit.settings import Settings
from mit.setup.bleed import Bleed
from mit.setup.delay import Delay
from mit.setup.level import Hearing, Level, attend, verdict
from mit.setup.plan import FIRST_RUN, LISTED, MEASURED, Part
from mit.tui.outside import BROKE, FAULTS
from mit.tui.page import Meter, Page
from mit.tui.pages.safety import COUNT, ON
from mit.tui.renderables.pages import paint_page, targets
from mit.tui.setup.pages import setup_page
from mit.tui.setup.state import (
    AGAIN,
    HEAR,
    LATER,
    LOUDER,
    NEXT,
    OTHERS,
    SKIP,
    SOFTER,
    START,
    Phase,
    State,
    answer,
    learned,
    shown,
)

NAMES = tuple((language.code, language.name) for language in languages())
MICROPHONES = ("default", "USB Mic: Audio", "Headset", "Webcam C920", "Line in")
CHOICES = (
    ON,
    SKIP,
    NEXT,
    START,
    AGAIN,
    HEAR,
    OTHERS,
    LOUDER,
    SOFTER,
    "left",
    "no",
    "yes",
    "large",
    "fr",
    "Headset",
    "?",
)


def at(part: Part, phase: Phase = Phase.ASK, **facts: object) -> State:
    return State(parts=FIRST_RUN, place=FIRST_RUN.index(part), phase=phase, languages=NAMES, **facts)  # type: ignore[arg-type]


def spoken(level: float, *, room: float = -60.0, clipped: bool = False) -> Hearing:
    """Two seconds of a steady sound in a room."""
    noise = 10 ** (level / 20) * np.random.default_rng(0).standard_normal(32000)
    sound = np.clip(20 * noise if clipped else noise, -1.0, 1.0)
    return attend(Hearing(room, 16000), sound.astype(np.float32))


STATES: dict[str, State] = {f"{part}": at(part, devices=MICROPHONES) for part in Part} | {
    **{f"safety {k}": at(Part.SAFETY, first=k) for k in range(COUNT)},
    "looking": at(Part.MICROPHONE),
    "lost": at(Part.MICROPHONE, devices=MICROPHONES[:1], lost=True),
    "looking for a loudspeaker": at(Part.SPEAKER),
    "lost loudspeaker": at(Part.SPEAKER, devices=("default", "HDMI"), lost=True),
    "no loudspeaker": at(Part.SPEAKER, devices=(), notes=FAULTS["speaker"]),
    "audible": at(Part.SPEAKER, Phase.RUN, devices=("default", "HDMI")),
    "no microphone": at(Part.MICROPHONE, devices=(), notes=FAULTS["microphone"]),
    "broke": at(Part.EARS, Phase.RUN, notes=BROKE),
    "room": at(Part.LEVEL, Phase.RUN),
    "nothing yet": at(Part.LEVEL, Phase.RUN, hearing=Hearing(-60.0, 16000)),
    "good": at(Part.LEVEL, Phase.RUN, hearing=spoken(-20.0)),
    "quiet": at(Part.LEVEL, Phase.RUN, hearing=spoken(-40.0)),
    "loud": at(Part.LEVEL, Phase.RUN, hearing=spoken(-10.0, clipped=True)),
    "nothing": at(Part.LEVEL, Phase.RUN, hearing=Hearing(-60.0, 16000, waited=9.0)),
    "muted": at(Part.LEVEL, Phase.RUN, hearing=Hearing(-90.0, 16000, zeros=2.0)),
    "loud room": at(Part.LEVEL, Phase.RUN, hearing=spoken(-20.0, room=-30.0)),
    "own voice": at(Part.LEVEL, Phase.HEAR, hearing=spoken(-20.0)),
    "heard": at(Part.LEVEL, Phase.RESULT, hearing=spoken(-20.0)),
    "louder": at(Part.LOUDNESS, Phase.RUN),
    "sweep": at(Part.EARS, Phase.RUN),
    "headphones": at(Part.EARS, Phase.RESULT, bleed=Bleed(-45.0, heard=False)),
    "speakers": at(Part.EARS, Phase.RESULT, bleed=Bleed(-12.0, heard=True)),
    "drowned": at(Part.EARS, Phase.RESULT, bleed=Bleed(5.0, heard=True)),
    "clicks": at(Part.DELAY, Phase.RUN),
    "steady": at(Part.DELAY, Phase.RESULT, delay=Delay(0.042, 0.004, 8)),
    "uneven": at(Part.DELAY, Phase.RESULT, delay=Delay(0.042, 0.06, 8)),
    "unheard": at(Part.DELAY, Phase.RESULT),
    "opening": at(Part.PITCH, Phase.RUN),
    "hum": at(Part.PITCH, Phase.RUN, hums=()),
    "hum two": at(Part.PITCH, Phase.RUN, hums=(46.0,)),
    "hum three": at(Part.PITCH, Phase.RUN, hums=(46.0, 46.2)),
    "found": at(Part.PITCH, Phase.RESULT, low=46.0),
    "apart": at(Part.PITCH, Phase.RESULT),
    "unsaved": at(Part.CONSENT, unsaved=True),
}


WORDS = {code: load_words(code) for code, _ in NAMES}


def page(state: State, code: str = "en") -> Page:
    return setup_page(state, WORDS[code], "112")


@pytest.mark.parametrize("code", [code for code, _ in NAMES])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
def test_every_page_of_every_language_can_be_read_and_left(code: str, size: tuple[int, int]) -> None:
    for name, state in STATES.items():
        made = page(state, code)
        written = " ".join(paint_page(made, *size).texts)
        for text in (made.head, *(line.text for line in made.lines)):
            assert len(text.replace(" ?", "?").replace(" :", ":").split()) <= 7, text
            assert all(word in written for word in text.split()), (name, text)
        assert made.stop is not None, name
        assert "x" in targets(made, *size), name


@pytest.mark.parametrize(
    ("name", "level", "head", "remedy"),
    [
        ("good", Level.GOOD, "Good", "Your voice is clear."),
        ("quiet", Level.QUIET, "Too quiet", "Come a little closer."),
        ("loud", Level.LOUD, "Too loud", "Move back a little."),
        ("nothing", Level.NOTHING, "No sound", "Speak to me."),
        ("muted", Level.NOTHING, "No sound", WORDS["en"](FAULTS["zeros"][1])),
    ],
)
def test_each_level_has_its_word_its_step_and_one_remedy(name: str, level: Level, head: str, remedy: str) -> None:
    state = STATES[name]
    assert state.hearing is not None
    assert verdict(state.hearing) is level
    made = page(state)
    assert isinstance(made.content, Meter)
    assert made.content.step == [Level.NOTHING, Level.QUIET, Level.GOOD, Level.LOUD].index(level)
    assert 0 < made.content.low < made.content.high < 1
    assert (made.head, [line.text for line in made.lines]) == (head, [remedy])
    assert made.ready == (level is Level.GOOD)


@given(st.lists(st.sampled_from(CHOICES), max_size=60))
@settings(max_examples=100, deadline=None)
def test_whatever_is_pressed_there_is_a_page_and_a_way_on(pressed: list[str]) -> None:
    state = at(Part.OFFER)
    for chosen in pressed:
        state = answer(state, chosen)
        if state.over:
            return
        if state.part in LISTED and state.devices is None:
            state = learned(state, {"devices": MICROPHONES})
        if state.phase is not Phase.RESULT:
            page(state)
    for _ in FIRST_RUN:
        if not state.over:
            state = answer(state, SKIP)
    assert state.over


def test_nothing_is_changed_by_skipping_and_no_recording_is_kept_without_a_yes() -> None:
    state = at(Part.LANGUAGE)
    while not state.over:
        state = answer(state, SKIP)
    assert dict(state.changes) == {}
    assert state.settings == Settings()
    consent = page(at(Part.CONSENT))
    assert consent.chosen is not None
    assert consent.chosen.id == "no"
    assert answer(at(Part.CONSENT), "yes").changes["keep_audio"] is True


def test_what_is_chosen_is_lit_when_it_is_asked_again() -> None:
    for part, chosen in ((Part.HAND, "right"), (Part.SIZE, "large"), (Part.CONSENT, "yes")):
        state = answer(at(part), chosen)
        again = page(replace(state, place=state.place - 1)).chosen
        assert again is not None
        assert again.id == chosen


def test_it_starts_quiet_and_only_a_key_makes_it_louder() -> None:
    state = answer(at(Part.LOUDNESS), START)
    assert (state.phase, state.settings.loudness) == (Phase.RUN, -10.0)
    assert answer(state, NEXT).settings.loudness == -10.0
    for _ in range(9):
        state = answer(state, LOUDER)
    assert state.changes["loudness"] == 0.0  # the level limits
    for _ in range(20):
        state = answer(state, SOFTER)
    assert state.changes["loudness"] == -40.0


def test_a_long_list_of_microphones_is_turned_page_by_page() -> None:
    state = at(Part.MICROPHONE, devices=MICROPHONES)
    seen = set(shown(state, MICROPHONES))
    state = answer(state, OTHERS)
    seen |= set(shown(state, MICROPHONES))
    assert seen == {*MICROPHONES, OTHERS}
    assert shown(answer(state, OTHERS), MICROPHONES)[0] == MICROPHONES[0]
    assert answer(state, "Line in").changes["recorder"] == "Line in"
    assert answer(state, "default").changes["recorder"] is None


def test_a_loudspeaker_is_chosen_by_name_and_heard_before_it_is_kept_to() -> None:
    state = answer(at(Part.SPEAKER, devices=("default", "HDMI", "Headset")), "Headset")
    assert (state.part, state.phase, state.changes["player"]) == (Part.SPEAKER, Phase.RUN, "Headset")
    assert page(state).head == "Hear me?"
    other = answer(state, AGAIN)
    assert (other.phase, other.devices) == (Phase.ASK, None)  # it is looked for again: it may be plugged in by now
    state = answer(replace(other, devices=("default", "Headset")), "default")
    assert state.changes["player"] is None
    assert (answer(state, NEXT).part, answer(state, NEXT).devices) == (Part.LOUDNESS, None)
    assert page(STATES["lost loudspeaker"]).lines[0].text == "The old one is gone."


@pytest.mark.parametrize("part", sorted(MEASURED))
def test_a_measure_can_be_done_again_and_forgets_what_it_found(part: Part) -> None:
    state = answer(at(part, Phase.RESULT, hums=(46.0,), low=46.0), AGAIN)
    assert (state.part, state.phase, state.hums, state.low) == (part, Phase.RUN, None, None)


def test_the_low_note_that_was_found_becomes_a_setting() -> None:
    state = learned(at(Part.PITCH, Phase.RUN), {"phase": Phase.RESULT, "low": 46.0})
    assert state.settings.low == 46.0
    assert state.changes["low"] == "116.5 Hz"
    assert "low" not in learned(at(Part.PITCH, Phase.RUN), {"phase": Phase.RESULT, "low": None}).changes


def test_what_everyone_should_know_comes_first_and_once_it_is_read_it_is_known() -> None:
    state = answer(answer(at(Part.OFFER), START), "en")
    for _ in range(COUNT):
        assert state.part is Part.SAFETY
        state = answer(state, ON)
    assert (state.part, state.changes["introduced"]) == (Part.HAND, True)
    assert "introduced" not in answer(at(Part.SAFETY), SKIP).changes  # then it is shown before practice


def test_the_offer_can_be_put_off_by_one_key() -> None:
    assert page(at(Part.OFFER)).stop == LATER
    assert answer(at(Part.OFFER), START).part is Part.LANGUAGE
