"""Takes on the practice screen, sung by the simulated patient: taps, switches of one person, what is said of them."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from textual import events

from mit.audio import Audio
from mit.device.pace import AT_ONCE, Pace
from mit.device.patient import SimulatedPatient
from mit.device.silent import SilentPlayback, SilentPlayer
from mit.device.wav import WavRecorder, write_wav
from mit.library import load_words
from mit.protocol import PROTOCOL
from mit.score import Verdict
from mit.tui.picture import Telling, picture
from mit.tui.scenes import Scene
from mit.tui.state import State
from mit.tui.view import Stage, View
from mit.tui.widgets.stage import StageWidget
from tests.test_knocks import knock
from tests.tui.driving import ALONE, ANSWERS, SIZE, Hand, assignment, pretended, space, stored, trainer
from tests.voices import phrase, sing


@pytest.mark.parametrize(("step", "beats"), [("E4", True), ("A4", False)])
def test_the_helper_is_told_of_the_beat_where_a_step_has_one(step: str, beats: bool) -> None:
    words = load_words()
    for scene, line in ((Scene.LISTEN, "helper.listen.3"), (Scene.TURN, "helper.turn.3")):
        beside = picture(State(step=PROTOCOL.step(step), scene=scene), Telling(words)).helper
        assert (words(line) in beside) is beats


@pytest.mark.parametrize(("step", "beats"), [("E4", True), ("A4", False)])
def test_the_key_is_for_the_beat_where_a_step_has_one_and_in_a_turn_for_a_click(step: str, beats: bool) -> None:
    for scene, named in ((Scene.LISTEN, beats), (Scene.TURN, True)):
        shown = picture(State(step=PROTOCOL.step(step), scene=scene), Telling(load_words()))
        assert (bool(shown.go), shown.go_ready) == (named, beats)


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


async def test_knocks_on_the_table_are_kept_as_beats(tmp_path: Path) -> None:
    sung = np.concatenate((np.zeros(8000), 0.2 * sing(phrase("wa-ter", "HL", beat=1.2)), np.zeros(32000)))
    sung += 1e-4 * np.random.default_rng(0).standard_normal(len(sung))
    struck = (0.9, 2.1)
    for number, at in enumerate(struck):
        board = knock(0.5, number)
        sung[round(16000 * at) :][: len(board)] += board
    write_wav(tmp_path / "knocked.wav", Audio(sung.astype(np.float32), 16000))
    wav = WavRecorder(tmp_path / "knocked.wav", pace=AT_ONCE)
    app = trainer(tmp_path, assignment(steps=("E4",)), lambda: (SilentPlayer(pace=AT_ONCE), wav))
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.walk(space, lambda hand: hand.step == "E4" and hand.scene in ANSWERS)
        assert app.practice.state.taps == pytest.approx(struck, abs=0.03)  # drawn under the line
        await hand.press("enter")
    (taps,) = stored(tmp_path).history().taps
    assert taps.heard
    assert taps.times == pytest.approx(struck, abs=0.03)


class Listed(SilentPlayer):
    """Makes no sound, and remembers how long each was."""

    def __init__(self) -> None:
        super().__init__(pace=AT_ONCE)
        self.played: list[float] = []

    def play(self, audio: Audio) -> SilentPlayback:
        self.played.append(round(audio.duration, 3))
        return super().play(audio)


async def test_what_is_to_be_done_is_said_before_it_begins(tmp_path: Path) -> None:
    player, words = Listed(), load_words()
    app = trainer(tmp_path, ALONE, lambda: (player, SimulatedPatient("mild", seed=3, pace=AT_ONCE)), prompts=True)
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.walk(space, lambda hand: hand.step == "E4" and hand.scene in ANSWERS)
        said = [app.practice.outside.prompt(words(key)) for key in ("stage.listen", "stage.turn")]
        listen, turn = (round(sound.duration, 3) for sound in said if sound)
        exercise = app.practice.state.exercise
    assert exercise is not None
    first, then = player.played.index(listen), player.played.index(turn)
    assert max(player.played[first + 1 : then]) > exercise.melody.duration  # the model, between the two


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


@pytest.mark.parametrize("hear_yourself", [False, True])
async def test_after_a_probe_nobody_learns_how_it_went(tmp_path: Path, hear_yourself: bool) -> None:
    """No model to compare with, no word, no tip, no voice over the blocks; the take is judged and kept all the same."""
    given = assignment(count=3, steps=("E1",), hear_yourself=hear_yourself)
    probing = replace(given.protocol, probe_every=1, items=(2, 3))
    *taught, probe = given.phrases
    app = trainer(tmp_path, replace(given, phrases=tuple(taught), probes=(probe,), protocol=probing))
    shown: list[View] = []

    def look(hand: Hand) -> bool:
        if hand.step == "P" and hand.scene:
            shown.append(picture(app.practice.state, app.practice.telling))
        return hand.over

    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.walk(space, look)
        assert app.return_value == "done"
    assert "thanks" in hand.seen
    assert not {"feedback", "once_more", "compare"} & set(hand.seen)
    thanks = [view for view in shown if view.head == load_words()("stage.thanks")]
    assert thanks
    assert all((view.voice, view.lines, view.grade) == ((), (), None) for view in thanks)
    assert {m.height for view in shown if view.stage is Stage.TURN for m in view.voice} <= {None, 0.0, 1.0}, "its time"
    (attempt,) = stored(tmp_path).history().attempts
    assert attempt.verdict == Verdict.SCORED


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
        await hand.press("s")
        assert app.practice.state.shown == "best"
        await hand.press("a")
        assert app.practice.state.shown == "first"
        first = app.practice.query_one(StageWidget).plain()
        await hand.press("d")
        assert first != now == app.practice.query_one(StageWidget).plain()
