"""A visit as a person makes it: from the first start to practice and back, phrases said at once, the helpers' door."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from textual.pilot import Pilot

from mit.audio import Audio
from mit.checkin import Kind
from mit.device.pace import AT_ONCE
from mit.device.patient import SimulatedPatient
from mit.device.silent import SilentPlayback, SilentPlayer
from mit.home import Home
from mit.library import load_sets, load_words
from mit.melody import intone
from mit.session import By
from mit.settings import Settings, load_settings
from mit.starter import starter
from mit.store import Store
from mit.tui.app import TrainerApp
from mit.tui.beginning import Beginning
from mit.tui.look import look_of
from mit.tui.outside import Outside
from mit.tui.pages.safety import TOPICS
from mit.tui.scenes import Scene
from mit.tui.screens.moments import MomentScreen
from mit.tui.start import _exercises, visit
from mit.tui.widgets.page import PageWidget
from tests.crash.made import leave_unread, opened
from tests.tui.keys import press

EXERCISES = tuple((p, intone(p.syllables, beat=0.5)) for p in load_sets()[0].phrases[:5])
WORDS = load_words()
PATIENCE = 30.0


class TimedPlayer(SilentPlayer):
    """Makes no sound, and remembers when each was asked for and how long it is."""

    def __init__(self) -> None:
        super().__init__()
        self.played: list[tuple[float, float]] = []

    def play(self, audio: Audio) -> SilentPlayback:
        self.played.append((time.monotonic(), audio.duration))
        return super().play(audio)


def trainer(home: Path, player: SilentPlayer | None = None, **settings: object) -> TrainerApp:
    place, chosen = Home(home, home / "cache"), Settings(**{"introduced": True, **settings})  # type: ignore[arg-type]
    pretended = SimulatedPatient("mild", seed=3, pace=AT_ONCE)
    outside = Outside(place, chosen, lambda: (player or SilentPlayer(pace=AT_ONCE), pretended))
    look = look_of(chosen, os.environ)
    return TrainerApp(
        outside, WORDS, lambda: Beginning(outside.settings), look=look, visit=visit(EXERCISES, outside, chosen)
    )


async def until(pilot: Pilot[str], reached: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < end, pilot.app.lobby.page  # type: ignore[attr-defined]
        await pilot.pause(0.02)


def head(app: TrainerApp, key: str, **values: str) -> Callable[[], bool]:
    return lambda: app.lobby.page.head == WORDS(key, **values) and app.lobby.is_active


def moment(app: TrainerApp, key: str) -> Callable[[], bool]:
    """On a page of practice."""
    return lambda: isinstance(app.screen, MomentScreen) and app.screen.page.head == WORDS(key)


def home(app: TrainerApp) -> Callable[[], bool]:
    return lambda: bool(app.lobby.page.choices) and app.lobby.page.choices[0].id == "practise"


async def test_the_first_start_says_what_this_is_and_only_then_comes_home(tmp_path: Path) -> None:
    app = trainer(tmp_path, introduced=False, emergency="112")
    async with app.run_test(size=(80, 24)) as pilot:
        for topic, _, pictures in TOPICS:
            for _ in pictures:
                await until(pilot, head(app, f"safety.{topic}", number="112"))
                await press(pilot, "space")
        await until(pilot, home(app))
        assert load_settings(Home(tmp_path, tmp_path / "cache")).introduced


@pytest.fixture
def connections() -> Iterator[list[object]]:
    """Where this process connects to while a test runs, name look-ups too."""
    seen: list[object] = []
    watching = True

    def watch(event: str, given: tuple[object, ...]) -> None:
        if watching and event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
            seen.append(given[-1] if event != "socket.getaddrinfo" else given[0])

    sys.addaudithook(watch)  # it cannot be taken off again
    yield seen
    watching = False


async def test_faces_before_and_after_practice_are_kept_and_a_sun_ends_it(
    tmp_path: Path, connections: list[object]
) -> None:
    app = trainer(tmp_path, warm_up=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, home(app))
        await press(pilot, "space")
        await until(pilot, head(app, "mood.ask"))
        await press(pilot, "z")
        await press(pilot, "space")
        await until(pilot, head(app, "mood.ask_tired"))
        await press(pilot, "z")
        await press(pilot, "space")
        await until(pilot, lambda: app.practice.is_active and app.practice.state.scene is Scene.READY)
        await press(pilot, "space")
        await until(pilot, lambda: app.practice.state.scene is Scene.HEARD)
        await press(pilot, "space")
        await until(pilot, moment(app, "stage.thanks"))
        await press(pilot, "x")
        await until(pilot, moment(app, "stage.end"))
        await press(pilot, "space")
        await until(pilot, head(app, "mood.ask"))
        await press(pilot, "x")
        await until(pilot, home(app))
        await press(pilot, "x")
        await until(pilot, lambda: app.return_value == "quit")
    (kept,) = Store.open(Home(tmp_path, tmp_path / "cache")).history().check_ins
    assert (kept.kind, kept.mood, kept.tired) == (Kind.BEFORE, 3, True)
    assert connections == []


async def test_the_warm_up_goes_at_the_own_pace_and_is_skipped_by_one_key(tmp_path: Path) -> None:
    app = trainer(tmp_path, check_in=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, home(app))
        await press(pilot, "space")
        await until(pilot, head(app, "warm_up.own"))
        await press(pilot, "z")
        await until(pilot, head(app, "warm_up.in"))
        before = app.lobby.query_one(PageWidget).plain()
        await until(pilot, lambda: app.lobby.query_one(PageWidget).plain() != before)  # it breathes
        await press(pilot, "space")
        await until(pilot, lambda: app.practice.is_active)


async def test_any_phrase_is_heard_after_two_keys_and_half_a_second(tmp_path: Path) -> None:
    player = TimedPlayer()
    app = trainer(tmp_path, player)
    app._outside.ready_model(*EXERCISES[1])
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, home(app))
        await press(pilot, "2")
        await until(pilot, head(app, "home.phrases"))
        asked = time.monotonic()
        await press(pilot, "2")
        await until(pilot, lambda: player.played)
        assert player.played[0][0] - asked < 0.5
        assert player.played[0][1] > EXERCISES[1][1].duration
        await until(pilot, lambda: app.lobby.page.content.lit == 1)  # type: ignore[union-attr]
        await press(pilot, "z")
        await press(pilot, "space")
        await until(pilot, lambda: app.lobby.page.choices[1].text == WORDS("phrases.kept"))
    (kept,) = Store.open(Home(tmp_path, tmp_path / "cache")).history().check_ins
    assert (kept.kind, kept.phrase_id) == (Kind.USED, EXERCISES[1][0].id)


async def test_the_helpers_door_opens_by_a_word_and_nothing_else(tmp_path: Path) -> None:
    app = trainer(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, home(app))
        await press(pilot, "4")
        await until(pilot, lambda: app.lobby.page.word)
        for key in ("space", "z", "space", "o", "p", "e"):
            await press(pilot, key)
        assert app.lobby.page.word
        await press(pilot, "x")
        await open_door(app, pilot)
        await press(pilot, "2")
        await until(pilot, lambda: app.look.theme.name == "light")
        assert load_settings(Home(tmp_path, tmp_path / "cache")).theme == "light"


async def open_door(app: TrainerApp, pilot: Pilot[str]) -> None:
    await until(pilot, home(app))
    await press(pilot, "4")
    await until(pilot, lambda: app.lobby.page.word)
    for key in "open":
        await press(pilot, key)
    await until(pilot, lambda: app.lobby.page.choices)


async def test_a_therapist_who_is_here_decides_in_the_next_session_alone(tmp_path: Path) -> None:
    app = trainer(tmp_path, check_in=False, warm_up=False, beat=0.3)
    async with app.run_test(size=(80, 24)) as pilot:
        for present, answer in ((True, By.THERAPIST), (False, By.HELPER)):
            await open_door(app, pilot)
            if present:
                await press(pilot, "1")
                await until(pilot, lambda: app.lobby.page.choices[0].text == WORDS("setting.present.yes"))
            assert app.lobby.page.choices[0].text == WORDS(f"setting.present.{'yes' if present else 'no'}")
            await press(pilot, "x")
            await until(pilot, home(app))
            assert (WORDS("helper.present.1") in app.lobby.page.helper) is present
            await press(pilot, "1")
            await until(pilot, lambda: app.practice.is_active and app.practice.state.scene is Scene.READY)
            assert app.practice.present is answer
            await press(pilot, "x")
            await until(pilot, moment(app, "stage.end"))
            await press(pilot, "space")


async def test_no_probe_is_heard_outside_a_session(tmp_path: Path) -> None:
    """To hear it would teach it."""
    place, given = Home(tmp_path, tmp_path / "cache"), starter(load_sets())
    assert not {p.id for p, _ in _exercises(place, Settings())} & {p.id for p in given.probes}
    taught, probe = load_sets()[1].phrases[:2], load_sets()[0].phrases[0]
    with opened(place) as store:
        store.take(replace(given, id=UUID(int=1), person="AB12", phrases=taught, probes=(probe,)), datetime.now(UTC))
    app = trainer(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, home(app))
        await press(pilot, "2")
        await until(pilot, head(app, "home.phrases"))
        assert [choice.id for choice in app.lobby.page.choices[:2]] == [phrase.id for phrase in taught]
        await press(pilot, "x")
        await until(pilot, home(app))
        assert WORDS("helper.dose", done="0", asked="30") in app.lobby.page.helper, "told to helpers, not judged"


async def test_helpers_are_told_of_an_assignment_that_cannot_be_read(tmp_path: Path) -> None:
    leave_unread(Home(tmp_path, tmp_path / "cache"))
    app = trainer(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, home(app))
        await until(pilot, lambda: WORDS("helper.unread.1") in app.lobby.page.helper)
        await open_door(app, pilot)
        assert app.lobby.page.head == WORDS("unread.head")
        assert WORDS("unread.kept") in app.lobby.page.said
        await press(pilot, "space")
        await until(pilot, lambda: app.lobby.page.choices[0].id == "present")
    assert any("mit import FILE" in line for line in app.farewell)


async def test_without_colours_the_app_writes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = trainer(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, home(app))
        shown = app.lobby.query_one(PageWidget)
        styles = [segment.style for y in range(24) for segment in shown.render_line(y) if segment.style]
        assert styles
        assert all(style.color is None and style.bgcolor is None for style in styles)
        assert any(style.reverse for style in styles)


@pytest.mark.parametrize("language", ["es", "de"])
def test_prompts_of_other_languages_stay_silent(tmp_path: Path, language: str) -> None:
    outside = Outside(Home(tmp_path, tmp_path / "cache"), Settings(language=language), lambda: ...)  # type: ignore[arg-type,return-value]
    assert outside.prompt("Hola") is None
