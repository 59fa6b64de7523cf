"""Practice where the sound, the store or a line of ours is not as it should be: told kindly, and a way on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mit.audio import Audio
from mit.device import Player, Recorder
from mit.device.faults import Fault, UnusableDeviceError
from mit.device.pace import AT_ONCE, Pace
from mit.device.silent import SilentPlayer
from mit.device.wav import WavRecorder, write_wav
from mit.library import load_words
from mit.tui.scenes import Scene
from mit.tui.widgets.stage import StageWidget
from tests.tui.driving import ALONE, ANSWERS, SIZE, Hand, assignment, space, trainer
from tests.voices import phrase, sing


async def test_nobody_sings_and_the_turn_stays_open(tmp_path: Path) -> None:
    quiet = 1e-3 * np.random.default_rng(0).standard_normal(14 * 16000)
    write_wav(tmp_path / "quiet.wav", Audio(quiet.astype(np.float32), 16000))
    wav = WavRecorder(tmp_path / "quiet.wav", pace=Pace(speed=20.0))
    app = trainer(
        tmp_path, assignment("intermediate", deciders=(), steps=("I3", "I4")), lambda: (SilentPlayer(pace=AT_ONCE), wav)
    )
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.walk(space, lambda hand: hand.scene is Scene.TURN)
        await hand.until(lambda: "offer.model" in app.practice.state.notes)
        assert hand.scene is Scene.TURN
        await hand.at(Scene.ONCE_MORE)  # the file is through
        await hand.press("space")
        await hand.until(lambda: hand.step == "I4")


@pytest.mark.parametrize(("level", "remedy"), [(0.02, "remedy.quiet"), (60.0, "remedy.clipping")])
async def test_too_soft_and_too_loud_are_told_with_their_remedy(tmp_path: Path, level: float, remedy: str) -> None:
    samples = sing(phrase("wa-ter", "HL", beat=1.2)) * level
    samples = samples + 1.5e-4 * np.random.default_rng(0).standard_normal(len(samples))
    write_wav(tmp_path / "level.wav", Audio(np.clip(samples, -1, 1).astype(np.float32), 16000))
    wav = WavRecorder(tmp_path / "level.wav", pace=AT_ONCE)
    app = trainer(tmp_path, ALONE, lambda: (SilentPlayer(pace=AT_ONCE), wav))
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.walk(space, lambda hand: hand.step == "E4" and hand.scene in ANSWERS)
        assert load_words()(remedy) in app.practice.query_one(StageWidget).plain()


@pytest.mark.parametrize("fault", list(Fault))
async def test_without_a_device_one_remedy_and_a_way_on(tmp_path: Path, fault: Fault) -> None:
    looked = []

    def nothing() -> tuple[Player, Recorder]:
        looked.append(fault)
        raise UnusableDeviceError(fault)

    app = trainer(tmp_path, devices=nothing)
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.at(Scene.NO_SOUND)
        assert app.practice.state.notes[-1] == "offer.pretend"
        assert app.practice.state.notes[0].startswith("trouble.")
        await hand.press("z")
        await hand.until(lambda: len(looked) == 2 and hand.scene is Scene.NO_SOUND)
        await hand.press("space")
        await hand.until(lambda: app.return_value == "pretend")


async def test_a_store_that_cannot_be_used_is_told_and_practice_goes_on(tmp_path: Path) -> None:
    (tmp_path / "practice.sqlite3").mkdir()
    app = trainer(tmp_path, ALONE)
    async with app.run_test(size=(120, 40)) as pilot:
        hand = Hand(app, pilot)
        await hand.walk(space, lambda hand: hand.step == "E4" and hand.scene in ANSWERS)
        assert "trouble.aside" in app.practice.state.quietly
        assert (tmp_path / "attempts-waiting.jsonl").stat().st_size > 0


async def test_with_consent_the_takes_are_kept(tmp_path: Path) -> None:
    app = trainer(tmp_path, ALONE, keep_audio=True)
    async with app.run_test(size=SIZE) as pilot:
        await Hand(app, pilot).walk(space, lambda hand: hand.step == "E4" and hand.scene in ANSWERS)
    assert len(list(tmp_path.glob("recordings/*.wav"))) == 1


async def break_off(app: object) -> None:
    def mistake() -> None:
        raise RuntimeError("a mistake")

    async with app.run_test(size=SIZE) as pilot:  # type: ignore[attr-defined]
        app.call_later(mistake)  # type: ignore[attr-defined]
        await pilot.pause()


async def test_a_mistake_of_ours_is_no_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app = trainer(tmp_path)
    with pytest.raises(RuntimeError, match="a mistake"):
        await break_off(app)
    assert app.return_code == 1
    said = capsys.readouterr().err
    assert "Something has stopped here." in said
    assert "Traceback" not in said
