"""The practice screen as a person meets it: driven by keys and mouse, sung by the simulated patient."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from textual import events

from mit.audio import Audio
from mit.criterion import figure
from mit.device import Player, Recorder
from mit.device.faults import Fault, UnusableDeviceError
from mit.device.pace import AT_ONCE, Pace
from mit.device.silent import SilentPlayer
from mit.device.wav import WavRecorder, write_wav
from mit.due import Offer, Pause
from mit.home import Home
from mit.library import load_words
from mit.progress import Outcome
from mit.protocol import PROTOCOL, Does
from mit.score import Verdict
from mit.session import By, Ended
from mit.store import Store
from mit.tui.beginning import Beginning
from mit.tui.keeping import Keeper
from mit.tui.picture import Telling, picture
from mit.tui.renderables.grid import grid
from mit.tui.renderables.keys import key_boxes
from mit.tui.renderables.pages import targets
from mit.tui.scenes import Scene
from mit.tui.screens.sounding import SCENE_OF
from mit.tui.script import script
from mit.tui.state import State
from mit.tui.widgets.page import PageWidget
from mit.tui.widgets.painted import PaintedWidget
from mit.tui.widgets.stage import StageWidget
from tests.tui.driving import APART, Hand, assignment, pretended, trainer
from tests.voices import phrase, sing

SIZE = (80, 24)
ALONE = assignment(steps=("E4", "E5"))
"""What a person sings alone."""
ANSWERS = (Scene.FEEDBACK, Scene.THANKS, Scene.ONCE_MORE)


def stored(home: Path) -> Store:
    return Store.open(Home(home, home / "cache"))


def space(_: Hand) -> str:
    return "space"


# ---- a whole session


@pytest.mark.parametrize("level", ["elementary", "intermediate", "advanced"])
async def test_every_scene_of_every_level_by_space_alone(tmp_path: Path, level: str) -> None:
    app = trainer(tmp_path, assignment(level))
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.walk(space)
        assert app.return_value == "done"
    steps = PROTOCOL.level(level).steps
    assert {str(SCENE_OF[line.cue]) for step in steps for line in script(step)} <= set(hand.seen)
    history = stored(tmp_path).history()
    assert [trial.step for trial in history.trials] == [step.id for step in steps]
    assert [(d.by, d.outcome) for d in history.decisions] == [
        (By.NOBODY, Outcome.HEARD) if step.does is Does.LISTEN else (By.PERSON, Outcome.YES) for step in steps
    ]
    assert history.ends[0].ended is Ended.DONE
    judged = {trial.id: PROTOCOL.step(trial.step).judged for trial in history.trials}
    assert len(history.attempts) == sum(step.does is not Does.LISTEN for step in steps)
    for attempt in history.attempts:
        assert (attempt.verdict == Verdict.PRACTISED) == (judged[attempt.trial] == "nothing")  # type: ignore[index]
        assert attempt.verdict != Verdict.PRACTISED or (attempt.grade, attempt.score) == (None, None)


async def test_not_yet_by_space_and_z_leads_to_the_backup_and_out(tmp_path: Path) -> None:
    """Z moves the light on to "not yet", Space takes it; a missed step goes back one, then the item ends, kindly."""

    def answer(hand: Hand) -> str:
        if hand.place == "page" and hand.step in ("I3", "I2") and not hand.screen.page.lit and decided(hand) > 1:
            return "z"  # the second decision is on I3, the third on its backup
        return "space"

    def decided(hand: Hand) -> int:
        return hand.app.practice.course.decisions  # type: ignore[union-attr]

    app = trainer(tmp_path, assignment("intermediate"))
    async with app.run_test(size=SIZE) as pilot:
        await Hand(app, pilot).walk(answer)
    found = [(d.step, d.outcome, d.credit) for d in stored(tmp_path).history().decisions]
    assert found[:4] == [
        ("I1", Outcome.HEARD, 0),
        ("I2", Outcome.YES, 1),
        ("I3", Outcome.NOT_YET, 0),
        ("I2", Outcome.NOT_YET, 0),
    ]


async def test_a_session_by_mouse_alone(tmp_path: Path) -> None:
    """Takes in their own time, each ended by a click on the key; the hand beats by clicks anywhere else."""
    app = trainer(tmp_path, devices=pretended(pace=Pace(speed=2.5)))
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        while not hand.over:
            await hand.until(lambda: hand.waits or hand.over or (hand.scene is Scene.TURN and app.practice.state.begun))
            if hand.scene is Scene.TURN:
                mouse(app.practice.query_one(StageWidget), events.MouseDown, (20, 10), hand)
            if not hand.over:
                await click(hand)
        assert app.return_value == "done"
    history = stored(tmp_path).history()
    assert [d.by for d in history.decisions][1:] == [By.PERSON] * 4
    assert {a.ended for a in history.attempts if a.verdict != Verdict.PRACTISED} == {"person"}
    assert len(history.taps) == 2


async def click(hand: Hand) -> None:
    """Click on what is to be taken: the first choice of a page, the key of a scene."""
    boxes = key_boxes(grid(*SIZE))
    if hand.scene is not None:
        box, widget = boxes["space"], hand.screen.query_one(StageWidget)
    else:
        found = targets(hand.screen.page, *SIZE)  # type: ignore[attr-defined]
        box, widget = found.get(0, boxes["space"]), hand.screen.query_one(PageWidget)
    hand.time += APART
    mouse(widget, events.Click, (int(box.x) + 2, int(box.y) // 2 + 1), hand)
    await hand.pilot.pause(0.05)


def mouse(widget: PaintedWidget, kind: type[events.MouseEvent], at: tuple[int, int], hand: Hand) -> None:
    event = kind(widget, *at, 0, 0, 1, False, False, False, *at)
    event.time = time.monotonic() if kind is events.MouseDown else hand.time
    widget.post_message(event)


async def test_with_text_hidden_no_syllable_is_written_anywhere(tmp_path: Path) -> None:
    app = trainer(tmp_path, assignment("elementary", 1), text=False)
    async with app.run_test(size=SIZE) as pilot:
        hand, shown = Hand(app, pilot), []

        def look(_: Hand) -> bool:
            shown.append(app.screen.query("StageWidget, PageWidget").first().plain())  # type: ignore[attr-defined]
            texts = app.screen.query("StageWidget, PageWidget").first().canvas  # type: ignore[attr-defined]
            shown.extend(texts.texts if texts else ())
            return False

        await hand.walk(space, look)
        assert app.return_value == "done"
    words = " ".join(shown).lower()
    assert "thank" in words
    assert "water" not in words
    assert not {"wa", "ter"} & set(words.split())


# ---- who decides


async def test_a_helper_decides_with_keys_of_their_own(tmp_path: Path) -> None:
    given = assignment()
    app = trainer(tmp_path, replace(given, protocol=replace(given.protocol, rest_every=1.0)))
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.walk(lambda hand: "enter" if hand.place == "page" else "space", lambda hand: hand.step == "E4")
        await hand.at(*ANSWERS)
        await hand.press("backspace")  # at the feedback itself
        await hand.on_page()
        assert app.screen.page.head == load_words()("rest.ask")  # type: ignore[attr-defined]
    found = stored(tmp_path).history().decisions
    assert [(d.step, d.outcome, d.by) for d in found[1:]] == [
        ("E2", Outcome.YES, By.HELPER),
        ("E3", Outcome.YES, By.HELPER),
        ("E4", Outcome.NOT_YET, By.HELPER),
    ]
    assert found[3].suggestion is Outcome.YES


async def test_what_a_therapist_decides_is_kept_as_theirs_and_counts_as_theirs(tmp_path: Path) -> None:
    given = assignment(deciders=(By.THERAPIST, By.HELPER), steps=("E4",))
    app = trainer(tmp_path, given)
    app.practice.present = By.THERAPIST  # as said in the helpers' place
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.walk(lambda hand: "enter" if hand.scene in ANSWERS else "space")
    history = stored(tmp_path).history()
    assert {d.by for d in history.decisions} == {By.THERAPIST}
    shares = [figure(history.sittings()[0], replace(given, counting=(by,))).share for by in given.deciders]
    assert shares == [1.0, None]


async def test_where_nobody_decides_the_suggestion_is_noted(tmp_path: Path) -> None:
    app = trainer(tmp_path, assignment(deciders=()))
    async with app.run_test(size=SIZE) as pilot:
        await Hand(app, pilot).walk(space)
    found = [(d.step, d.by, d.outcome) for d in stored(tmp_path).history().decisions]
    assert found[1:3] == [("E2", By.NOBODY, Outcome.HEARD), ("E3", By.NOBODY, Outcome.HEARD)]
    assert found[3] == ("E4", By.TRAINER, Outcome.YES)


async def test_a_step_is_offered_three_times_at_most(tmp_path: Path) -> None:
    app = trainer(tmp_path)
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        for _ in range(3):
            await hand.until(lambda: hand.scene in (Scene.READY, Scene.HEARD))
            await hand.press("z" if hand.scene is Scene.HEARD else "space")
            await hand.at(Scene.HEARD)
        assert app.practice.state.act("z") is None  # type: ignore[arg-type]
    found = stored(tmp_path).history().decisions
    assert [d.outcome for d in found] == [Outcome.AGAIN, Outcome.AGAIN]


# ---- taps


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


async def test_without_tapping_space_ends_a_take_that_has_begun(tmp_path: Path) -> None:
    app = trainer(tmp_path, assignment(steps=("E4",), tapping=False), pretended(pace=Pace(speed=1.5)))
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.walk(space, lambda hand: hand.scene is Scene.TURN)
        await hand.until(lambda: app.practice.state.begun)
        await hand.press("space")
        await hand.at(*ANSWERS)
        assert app.practice.judged.ended == "person"  # type: ignore[union-attr]


# ---- pauses, rests, enough


async def test_ten_seconds_of_calm_lie_between_phrases(tmp_path: Path) -> None:
    app = trainer(tmp_path, assignment(count=2, deciders=()), pace=Pace(speed=10.0))
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.walk(space, lambda hand: hand.place == "pause")
        begun, until = app.practice.course.clock, app.practice.course.due.until  # type: ignore[union-attr]
        assert isinstance(app.practice.course.due, Pause)  # type: ignore[union-attr]
        assert until - begun == 10.0
        await hand.press("space")
        assert hand.place == "pause"
        await hand.until(lambda: hand.screen.page.ready)  # type: ignore[attr-defined]
        await hand.press("space")
        await hand.until(lambda: hand.step == "E1")
        assert app.practice.course.clock >= until  # type: ignore[union-attr]


async def test_enough_is_praised_wherever_it_is_said(tmp_path: Path) -> None:
    app = trainer(tmp_path)
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.at(Scene.READY)
        await hand.press("X")  # Caps Lock is on
        await hand.on_page()
        assert load_words()("end.enough") in " ".join(line.text for line in app.screen.page.lines)  # type: ignore[attr-defined]
        await hand.press("space")
        await hand.until(lambda: app.return_value == "enough")
    assert [end.ended for end in stored(tmp_path).history().ends] == [Ended.ENOUGH]


@pytest.mark.parametrize("answer", ["space", "x"])
async def test_while_somebody_sings_x_asks_first(tmp_path: Path, answer: str) -> None:
    app = trainer(tmp_path, devices=pretended(pace=Pace(speed=4.0)))
    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.walk(space, lambda hand: hand.step == "E2")
        await hand.at(Scene.ALONG)
        await hand.press("x")
        await hand.on_page()
        assert app.screen.page.head == load_words()("stop.ask")  # type: ignore[attr-defined]
        await hand.press(answer)
        if answer == "space":  # the take went on behind the question
            await hand.until(lambda: app.practice.judged is not None)
        else:
            await hand.until(lambda: app.screen.page.head == load_words()("stage.end"))  # type: ignore[attr-defined]


async def test_what_was_interrupted_anywhere_goes_on_there(tmp_path: Path) -> None:
    """At every step the files are copied, as a computer that loses its power would leave them."""
    home, found = tmp_path / "home", []
    home.mkdir()
    app = trainer(home, given := assignment(count=3))

    def look(hand: Hand) -> bool:
        course = app.practice.course
        if course is None or (found and found[-1][1].decisions == course.decisions):
            return len(found) >= 10
        app.practice.outside.keeper.keep()  # as the thread does that was just begun
        shutil.copytree(home, copy := tmp_path / f"copy{len(found)}")
        found.append((copy, course))
        return False

    async with app.run_test(size=SIZE) as pilot:
        await Hand(app, pilot).walk(space, look)
    for copy, course in found:
        keeper = Keeper(Home(copy, copy / "cache"))
        _, resumed = Beginning(app.practice.beginning.settings, given).open(keeper)
        keeper.close()
        assert resumed is not None
        assert (resumed.session.id, len(resumed.begun)) == (course.session.id, len(course.begun))
        assert isinstance(resumed.due, Offer) == isinstance(course.due, Offer)
        if isinstance(course.due, Offer):
            assert (resumed.due.phrase, resumed.due.position) == (course.due.phrase, course.due.position)
    again = trainer(found[3][0], given)
    async with again.run_test(size=SIZE) as pilot:
        hand = Hand(again, pilot)
        await hand.on_page()
        assert again.screen.page.head == load_words()("resume.ask")  # type: ignore[attr-defined]
        await hand.press("space")
        await hand.at(Scene.READY)
        assert again.practice.course.session.id == found[3][1].session.id  # type: ignore[union-attr]


# ---- switches and settings of one person


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


# ---- sound that is not there


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
