"""Takes on the practice screen, sung by the simulated patient: taps, switches of one person, what is said of them."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from textual import events

from mit.device.pace import Pace
from mit.score import Verdict
from mit.tui.scenes import Scene
from mit.tui.widgets.stage import StageWidget
from tests.tui.driving import ALONE, ANSWERS, SIZE, Hand, assignment, pretended, space, stored, trainer


async def test_taps_are_kept_and_end_nothing(tmp_path: Path) -> None:
    app = trainer(tmp_path, ALONE, pretended(pace=Pace(speed=1.5)))
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.walk(space, lambda hand: hand.scene is Scene.TURN)
        await hand.until(lambda: app.practice.state.begun)
        began = time.monotonic()
        for k, key in enumerate(["space", "space", "f", "q"]):
            event = events.Key(key, None)
            event.time = began + 0.03 * k  # the second is the keyboard's own repeat
            app.practice.post_message(event)
        await hand.at(*ANSWERS)
    (taps,) = stored(tmp_path).history().taps
    (attempt,) = [a for a in stored(tmp_path).history().attempts if a.verdict == Verdict.SCORED]
    assert (taps.attempt, taps.heard, attempt.ended) == (attempt.id, False, "finished")
    assert np.diff(taps.times) == pytest.approx([0.06, 0.03], abs=1e-6)


async def test_without_tapping_space_ends_a_take_that_has_begun(tmp_path: Path) -> None:
    app = trainer(tmp_path, assignment(steps=("E4",), tapping=False), pretended(pace=Pace(speed=1.5)))
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.walk(space, lambda hand: hand.scene is Scene.TURN)
        await hand.until(lambda: app.practice.state.begun)
        await hand.press("space")
        await hand.at(*ANSWERS)
        assert app.practice.judged.ended == "person"  # type: ignore[union-attr]


async def test_inside_on_one_tone_and_heard_again(tmp_path: Path) -> None:
    """Three switches at once: a silent round, one height for all, the own take after the model and no verdict."""
    app = trainer(
        tmp_path, assignment(steps=("E1", "E4", "E5"), sing_inside=True, rhythm_only=True, hear_yourself=True)
    )
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.walk(space, lambda hand: hand.step == "E5")
        exercise = app.practice.state.exercise
    assert {"inside", "compare"} <= set(hand.seen)
    assert "feedback" not in hand.seen
    assert {note.pitch for note in exercise.melody.notes} == {app.practice.beginning.settings.low}  # type: ignore[union-attr]
    assert exercise.phrase.pattern == "LL"  # type: ignore[union-attr]


@pytest.mark.parametrize(("share", "scene"), [(1.0, "feedback"), (0.0, "thanks")])
async def test_feedback_may_come_late_and_seldom(tmp_path: Path, share: float, scene: str) -> None:
    app = trainer(tmp_path, ALONE, feedback_delay=4.0, feedback_share=share)
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.walk(space, lambda hand: hand.step == "E4" and hand.scene in ANSWERS)
        assert hand.seen[-2:] == ["settling", scene]


async def test_first_best_and_now_on_one_axis(tmp_path: Path) -> None:
    app = trainer(tmp_path, ALONE, compare=True)
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.walk(space, lambda hand: hand.step == "E5" and hand.scene in ANSWERS)
        await hand.until(lambda: bool(app.practice.state.others))
        now = app.practice.query_one(StageWidget).plain()
        await hand.press("a")
        first = app.practice.query_one(StageWidget).plain()
        await hand.press("d")
        assert first != now == app.practice.query_one(StageWidget).plain()
