"""The practice screen as a person meets it: driven by keys and mouse, sung by the simulated patient."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from textual import events
from textual.pilot import Pilot

from mit.audio import Audio
from mit.device import Player, Recorder
from mit.device.faults import Fault, UnusableDeviceError
from mit.device.pace import AT_ONCE, Pace
from mit.device.patient import SimulatedPatient
from mit.device.silent import SilentPlayer
from mit.device.wav import WavRecorder, write_wav
from mit.home import Home
from mit.library import load_sets, load_words
from mit.melody import intone
from mit.settings import Settings
from mit.store import Store
from mit.tui.app import TrainerApp
from mit.tui.outside import Outside
from mit.tui.scenes import Scene
from mit.tui.screens.practice import DEBOUNCE
from mit.tui.widgets.stage import StageWidget
from tests.voices import phrase, sing

Devices = Callable[[], tuple[Player, Recorder]]

EXERCISES = tuple((p, intone(p.syllables, beat=0.5)) for p in load_sets()[0].phrases[:2])
WAIT = 30.0
"""Seconds until a test gives up: a cold pitch tracker takes twenty on a busy machine. Nothing waits this long when
all is well."""


def pretended(skill: str = "mild") -> Devices:
    return lambda: (SilentPlayer(pace=AT_ONCE), SimulatedPatient(skill, seed=3, pace=AT_ONCE))


def trainer(home: Path, devices: Devices, **settings: object) -> TrainerApp:
    place = Home(home, home / "cache")
    return TrainerApp(EXERCISES, Outside(place, Settings(**settings), devices), load_words())  # type: ignore[arg-type]


async def until(pilot: Pilot[str], reached: Callable[[], bool]) -> None:
    for _ in range(round(WAIT / 0.02)):
        if reached():
            return
        await pilot.pause(0.02)
    raise AssertionError(f"still {pilot.app.practice.state.scene}")  # type: ignore[attr-defined]


async def settle(pilot: Pilot[str], app: TrainerApp) -> None:
    """Until the scene that came by itself takes keys."""
    await until(pilot, lambda: time.monotonic() > max(app.practice.settled, app.practice.pressed) + DEBOUNCE)


def at(app: TrainerApp, *scenes: Scene) -> Callable[[], bool]:
    return lambda: app.practice.state.scene in scenes


async def test_a_phrase_from_the_first_screen_to_feedback(tmp_path: Path) -> None:
    app = trainer(tmp_path, pretended())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, at(app, Scene.READY))
        await pilot.press("space")
        await until(pilot, at(app, Scene.FEEDBACK))
        score = app.practice.state.assessment.score  # type: ignore[union-attr]
        assert score.grade in (3, 4)
        kept = Store.open(Home(tmp_path, tmp_path / "cache")).attempts()
        assert [(a.phrase_id, a.grade) for a in kept] == [(EXERCISES[0][0].id, score.grade)]
        assert kept[0].parts == dict(score.parts)
        assert not list(tmp_path.glob("recordings/*"))
        await pilot.press("space")
        assert app.practice.state.scene is Scene.FEEDBACK  # the finger was on its way before the feedback came
        await settle(pilot, app)
        await pilot.press("space")
        await until(pilot, at(app, Scene.READY))
        assert app.practice.state.phrase == EXERCISES[1][0]


async def test_with_consent_the_take_is_kept(tmp_path: Path) -> None:
    app = trainer(tmp_path, pretended(), keep_audio=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await until(pilot, at(app, Scene.FEEDBACK))
    assert len(list(tmp_path.glob("recordings/*.wav"))) == 1


async def test_again_and_the_end_of_the_set_by_mouse_alone(tmp_path: Path) -> None:
    app = trainer(tmp_path, pretended())
    async with app.run_test(size=(80, 24)) as pilot:
        for scene in (Scene.FEEDBACK, Scene.READY, Scene.FEEDBACK, Scene.END):
            await pilot.click(StageWidget, offset=(8, 21))
            await until(pilot, at(app, scene))
            await settle(pilot, app)
        assert len(Store.open(Home(tmp_path, tmp_path / "cache")).attempts()) == 2
        await pilot.click(StageWidget, offset=(43, 21))
        await until(pilot, lambda: app.return_value == "quit")


async def test_a_held_key_is_one_act(tmp_path: Path) -> None:
    """Z held down: the keyboard repeats it thirty times a second, the model begins once."""
    app = trainer(tmp_path, lambda: (SilentPlayer(), SimulatedPatient()))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: bool(app.practice.query(StageWidget)))
        turns = set()
        for _ in range(30):
            app.practice.post_message(events.Key("z", "z"))
        for _ in range(20):
            await pilot.pause(0.01)
            turns.add(app.practice.state.scene)
        assert turns <= {Scene.READY, Scene.LISTEN}
        assert app.practice.turn == 1


async def test_nobody_sings_and_the_turn_stays_open(tmp_path: Path) -> None:
    quiet = 1e-3 * np.random.default_rng(0).standard_normal(14 * 16000)
    write_wav(tmp_path / "quiet.wav", Audio(quiet.astype(np.float32), 16000))
    slow = Pace(speed=20.0)
    app = trainer(tmp_path, lambda: (SilentPlayer(pace=AT_ONCE), WavRecorder(tmp_path / "quiet.wav", pace=slow)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await until(pilot, lambda: "offer.model" in app.practice.state.notes)
        assert app.practice.state.scene is Scene.TURN
        await until(pilot, at(app, Scene.ONCE_MORE))  # the file is through
        await settle(pilot, app)
        await pilot.press("space")
        await until(pilot, lambda: app.practice.state.phrase == EXERCISES[1][0])


async def test_space_ends_the_take_and_is_answered_at_once(tmp_path: Path) -> None:
    app = trainer(tmp_path, lambda: (SilentPlayer(pace=AT_ONCE), SimulatedPatient("mild", seed=1)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await until(pilot, lambda: app.practice.state.begun)
        app.practice.post_message(events.Key("space", " "))
        await until(pilot, at(app, Scene.JUDGING))
        await until(pilot, at(app, Scene.FEEDBACK, Scene.ONCE_MORE))
        kept = Store.open(Home(tmp_path, tmp_path / "cache")).attempts()
        assert [a.ended for a in kept] == ["person"]


@pytest.mark.parametrize(("level", "remedy"), [(0.02, "remedy.quiet"), (60.0, "remedy.clipping")])
async def test_too_soft_and_too_loud_are_told_with_their_remedy(tmp_path: Path, level: float, remedy: str) -> None:
    samples = sing(phrase("wa-ter", "HL", beat=1.2)) * level
    samples = samples + 1.5e-4 * np.random.default_rng(0).standard_normal(len(samples))
    write_wav(tmp_path / "level.wav", Audio(np.clip(samples, -1, 1).astype(np.float32), 16000))
    app = trainer(tmp_path, lambda: (SilentPlayer(pace=AT_ONCE), WavRecorder(tmp_path / "level.wav", pace=AT_ONCE)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await until(pilot, at(app, Scene.FEEDBACK, Scene.ONCE_MORE))
        assert load_words()(remedy) in app.practice.query_one(StageWidget).plain()


async def test_capital_letters_are_the_same_keys(tmp_path: Path) -> None:
    app = trainer(tmp_path, pretended())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("X")
        await until(pilot, lambda: app.return_value == "quit")


@pytest.mark.parametrize("key", ["z", "x"])
async def test_leaving_a_turn(tmp_path: Path, key: str) -> None:
    slow = Pace(speed=1.0)
    app = trainer(tmp_path, lambda: (SilentPlayer(pace=AT_ONCE), SimulatedPatient("severe", seed=1, pace=slow)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await until(pilot, at(app, Scene.TURN))
        await pilot.press(key)
        await until(pilot, at(app, *({"z": (Scene.LISTEN, Scene.TURN), "x": (Scene.READY,)}[key])))
        assert app.practice.state.assessment is None


async def test_space_tapped_with_the_model_does_not_end_the_turn(tmp_path: Path) -> None:
    app = trainer(tmp_path, lambda: (SilentPlayer(pace=AT_ONCE), SimulatedPatient("severe", seed=1)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await until(pilot, at(app, Scene.TURN))
        await settle(pilot, app)
        await pilot.press("space")
        await pilot.pause()
        assert app.practice.state.scene is Scene.TURN


@pytest.mark.parametrize("fault", list(Fault))
async def test_without_a_device_one_remedy_and_a_way_on(tmp_path: Path, fault: Fault) -> None:
    looked = []

    def nothing() -> tuple[Player, Recorder]:
        looked.append(fault)
        raise UnusableDeviceError(fault)

    app = trainer(tmp_path, nothing)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, at(app, Scene.NO_SOUND))
        assert app.practice.state.notes[-1] == "offer.pretend"
        assert app.practice.state.notes[0].startswith("trouble.")
        await settle(pilot, app)
        await pilot.press("z")
        await until(pilot, lambda: len(looked) == 2 and app.practice.state.scene is Scene.NO_SOUND)
        await settle(pilot, app)
        await pilot.press("space")
        await until(pilot, lambda: app.return_value == "pretend")


async def test_a_store_that_cannot_be_used_is_told_and_practice_goes_on(tmp_path: Path) -> None:
    (tmp_path / "practice.sqlite3").mkdir()
    app = trainer(tmp_path, pretended())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("space")
        await until(pilot, at(app, Scene.FEEDBACK))
        assert "trouble.aside" in app.practice.state.quietly
        assert (tmp_path / "attempts-waiting.jsonl").stat().st_size > 0


async def break_off(app: TrainerApp) -> None:
    def mistake() -> None:
        raise RuntimeError("a mistake")

    async with app.run_test(size=(80, 24)) as pilot:
        app.call_later(mistake)
        await pilot.pause()


async def test_a_mistake_of_ours_is_no_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app = trainer(tmp_path, pretended())
    with pytest.raises(RuntimeError, match="a mistake"):
        await break_off(app)
    assert app.return_code == 1
    said = capsys.readouterr().err
    assert "Something has stopped here." in said
    assert "Traceback" not in said
