"""Whole sessions on the practice screen: by Space, by the mouse, without letters, broken off and gone on with."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from textual import events

from mit.device.pace import Pace
from mit.due import Offer
from mit.home import Home
from mit.library import load_words
from mit.progress import Outcome
from mit.protocol import PROTOCOL, Does
from mit.score import Verdict
from mit.session import By, Ended
from mit.tui.beginning import Beginning
from mit.tui.keeping import Keeper
from mit.tui.renderables.grid import grid
from mit.tui.renderables.keys import key_boxes
from mit.tui.renderables.pages import targets
from mit.tui.scenes import Scene
from mit.tui.screens.sounding import SCENE_OF
from mit.tui.script import script
from mit.tui.widgets.page import PageWidget
from mit.tui.widgets.painted import PaintedWidget
from mit.tui.widgets.stage import StageWidget
from tests.tui.driving import APART, MOST_PRESSES, SIZE, Hand, assignment, pretended, space, stored, trainer


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
        for _ in range(MOST_PRESSES):
            if hand.over:
                break
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
            for widget in app.screen.query(PaintedWidget):  # none, while a page is being composed
                shown.append(widget.plain())
                shown.extend(widget.canvas.texts if widget.canvas else ())
            return False

        await hand.walk(space, look)
        assert app.return_value == "done"
    words = " ".join(shown).lower()
    assert "thank" in words
    assert "water" not in words
    assert not {"wa", "ter"} & set(words.split())


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
