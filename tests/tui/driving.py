"""A session of the real app, driven as a person drives it: keys and clicks with times of their own, nobody hurries."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from mit.assignment import Assignment
from mit.device import Player, Recorder
from mit.device.pace import AT_ONCE, Pace
from mit.device.patient import SimulatedPatient
from mit.device.silent import SilentPlayer
from mit.due import Offer
from mit.home import Home
from mit.library import load_sets, load_words
from mit.protocol import PROTOCOL, Switches
from mit.session import By
from mit.settings import Settings
from mit.store import Store
from mit.tui.app import TrainerApp
from mit.tui.beginning import Beginning
from mit.tui.look import Look, Reading
from mit.tui.outside import Outside
from mit.tui.scenes import SCENES, Scene
from mit.tui.screens.moments import MomentScreen, PauseScreen
from mit.tui.state import State
from mit.tui.widgets.page import PageWidget

Devices = Callable[[], tuple[Player, Recorder]]

WAIT = 15.0
"""Seconds until a test gives up: a cold pitch tracker takes twenty on a busy machine."""

MOST_PRESSES = 120
"""Of a session of three phrases: more, and it goes round in a circle."""

APART = 1.0
"""Seconds by which the times of two presses differ: no press is a repeat of the one before."""

FAST = Pace(speed=100.0)
"""Of the clock by which pauses are measured."""

PEOPLE = (By.HELPER, By.PERSON)

SIZE = (80, 24)

ANSWERS = (Scene.FEEDBACK, Scene.THANKS, Scene.ONCE_MORE)


def pretended(skill: str = "mild", pace: Pace = AT_ONCE) -> Devices:
    return lambda: (SilentPlayer(pace=AT_ONCE), SimulatedPatient(skill, seed=3, pace=pace))


def assignment(
    level: str = "elementary",
    count: int = 1,
    *,
    deciders: tuple[By, ...] = PEOPLE,
    steps: tuple[str, ...] = (),
    **on: bool,
) -> Assignment:
    """The first phrases of a level. steps: of it alone, as a therapist may change the protocol; on: switches."""
    phrases = next(found for found in load_sets() if found.level == level).phrases[:count]
    own = PROTOCOL.level(level)
    chosen = replace(own, steps=tuple(map(PROTOCOL.step, steps)) or own.steps)
    protocol = replace(PROTOCOL, levels=(chosen,))
    return Assignment(
        None, None, "", "en", level, phrases, switches=Switches(**on), deciders=deciders, protocol=protocol
    )


ALONE = assignment(steps=("E4", "E5"))
"""What a person sings alone."""


def stored(home: Path) -> Store:
    return Store.open(Home(home, home / "cache"))


def trainer(
    home: Path,
    assigned: Assignment | None = None,
    devices: Devices | None = None,
    *,
    pace: Pace = FAST,
    text: bool = True,
    **settings: object,
) -> TrainerApp:
    """The app at its practice screen; models are sung once for all tests of a run."""
    chosen = Settings(**{"beat": 0.5, "prompts": False, "text": text, **settings})  # type: ignore[arg-type]
    outside = Outside(Home(home, home.parent / "models"), chosen, devices or pretended())
    beginning = Beginning(chosen, assigned or assignment(), fixed_pace=pace)
    look = Look(reading=Reading(text=text))
    return TrainerApp(outside, load_words(), lambda: beginning, look=look, prompts=chosen.prompts)


@dataclass
class Hand:
    """Presses keys on an app, one after the other; `seen`: every scene and page it met, in order."""

    app: TrainerApp
    pilot: Pilot[str]
    seen: list[str] = field(default_factory=list)
    time: float = field(default_factory=lambda: time.monotonic() + 1000.0)
    """Ahead of every scene that comes by itself: what is tried here is not the wait after it."""

    def __post_init__(self) -> None:
        """Scenes that last no longer than a picture are met too."""
        show = self.app.practice.show

        def noted(state: State) -> None:
            self._note(str(state.scene))
            show(state)

        self.app.practice.show = noted  # type: ignore[method-assign]

    @property
    def screen(self) -> Screen[object]:
        return self.app.screen

    @property
    def scene(self) -> Scene | None:
        """The scene of practice, None on a page."""
        return self.app.practice.state.scene if self.screen is self.app.practice else None

    @property
    def step(self) -> str:
        course = self.app.practice.course
        return course.due.position.step if course and isinstance(course.due, Offer) else ""

    @property
    def place(self) -> str:
        if self.scene is not None:
            return str(self.scene)
        if isinstance(self.screen, MomentScreen):
            return "pause" if isinstance(self.screen, PauseScreen) else "page"
        return ""

    async def press(self, key: str) -> None:
        self.time += APART
        event = events.Key(key, " " if key == "space" else key)
        event.time = self.time
        self.screen.post_message(event)
        await self.pilot.pause()

    async def until(self, reached: Callable[[], bool]) -> None:
        end = time.monotonic() + WAIT
        while not reached():
            assert time.monotonic() < end, f"still {self.place} at {self.step}"
            await self.pilot.pause(0.01)
            self._note(self.place)

    async def at(self, *scenes: Scene) -> None:
        await self.until(lambda: self.scene in scenes)

    async def on_page(self) -> None:
        await self.until(lambda: isinstance(self.screen, MomentScreen))

    def _note(self, place: str) -> None:
        if place and place not in self.seen[-1:]:
            self.seen.append(place)

    @property
    def over(self) -> bool:
        return self.app.return_value is not None

    @property
    def waits(self) -> bool:
        """Whether it is for the person to go on: nothing sounds, nobody sings."""
        if self.scene is None:
            page = getattr(self.screen, "page", None)
            return page is not None and page.ready and bool(self.screen.query(PageWidget))
        return not SCENES[self.scene].taps and self.app.practice.state.act("space") is not None  # type: ignore[arg-type]

    async def walk(self, answer: Callable[[Hand], str], stop: Callable[[Hand], bool] = lambda _: False) -> None:
        """Through the session: answer gives the key to press wherever it is for the person to go on."""
        for _ in range(MOST_PRESSES):
            if self.over or stop(self):
                return
            await self.until(lambda: self.waits or self.over or stop(self))
            if not self.over and not stop(self):
                await self.press(answer(self))
        raise AssertionError(f"no way on from {self.place} at {self.step}")


def space(_: Hand) -> str:
    """Takes what is bright, everywhere."""
    return "space"
