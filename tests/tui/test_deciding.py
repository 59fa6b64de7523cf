"""Who decides in practice, and how it pauses and ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mit.criterion import figure
from mit.device.pace import Pace
from mit.due import Pause
from mit.library import load_words
from mit.progress import Outcome
from mit.protocol import PROTOCOL
from mit.session import By, Ended
from mit.tui.scenes import Scene
from tests.tui.driving import ANSWERS, SIZE, Hand, assignment, pretended, space, stored, trainer


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


async def test_a_rest_is_offered_every_five_minutes_and_lasts_as_long_as_wanted(tmp_path: Path) -> None:
    assert PROTOCOL.rest_every == 300.0
    assigned = assignment(count=2, deciders=(), steps=("E1",))
    soon = replace(assigned, protocol=replace(assigned.protocol, rest_every=1.0))
    app, words = trainer(tmp_path, soon), load_words()

    def page(key: str) -> Callable[[Hand], bool]:
        return lambda hand: getattr(hand.screen, "page", None) is not None and hand.screen.page.head == words(key)  # type: ignore[attr-defined]

    async with app.run_test(size=SIZE) as pilot:
        hand = Hand(app, pilot)
        await hand.walk(space, page("rest.ask"))
        await hand.press("z")
        await hand.press("space")
        await hand.until(lambda: page("stage.rest")(hand))
        assert hand.screen.page.ready  # type: ignore[attr-defined]
        await hand.press("space")
        await hand.until(lambda: hand.step == "E1")


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
