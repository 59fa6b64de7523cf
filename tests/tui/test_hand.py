"""Which hand is free decides what is drawn, which keys beat, and at which side the essentials begin."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from mit.device.pace import Pace
from mit.settings import Settings
from mit.setup.plan import FIRST_RUN, Part
from mit.tui.canvas import Box, Canvas
from mit.tui.look import Look, Reading, look_of
from mit.tui.renderables.hand import draw_hand
from mit.tui.renderables.stages import paint
from mit.tui.scenes import Scene
from mit.tui.setup.state import State, answer
from mit.tui.theme import Role
from tests.pictures.views import SIZES, WATER, listen
from tests.tui.driving import ALONE, Hand, pretended, space, trainer


@pytest.mark.parametrize("side", [8, 12, 18, 26])
def test_the_right_hand_is_the_left_one_the_other_way_round(side: int) -> None:
    drawn = []
    for right in (False, True):
        canvas = Canvas(40, 20)
        draw_hand(canvas, Box(4, 4, side, side), Role.YOU, down=True, right=right)
        drawn.append([[u for u, mark in enumerate(row.upper) if mark] for row in canvas.rows[:-1] if any(row.upper)])
    (left, *_), (right_first, *_) = drawn
    assert drawn[0] != drawn[1]
    assert [len(line) for line in drawn[0]] == pytest.approx([len(line) for line in drawn[1]], abs=1)
    assert [v - left[0] for v in left] == pytest.approx([right_first[-1] - u for u in reversed(right_first)], abs=1)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_practice_shows_the_hand_that_taps(width: int, height: int) -> None:
    view = listen(WATER, 1)
    other = replace(view, reading=look_of(Settings(hand="right"), {}).reading)
    changed = list(paint(view, width, height).changes(paint(other, width, height)))
    assert changed
    assert all(y < 0.4 * height and past <= 0.3 * width for y, _, past in changed), "only the hand differs"


def test_the_side_begins_where_the_free_hand_is() -> None:
    asked = State(parts=FIRST_RUN, place=FIRST_RUN.index(Part.HAND))
    assert answer(asked, "left").settings.side == "left"
    told = answer(asked, "right")
    assert (told.part, told.settings.hand, told.settings.side) == (Part.SIDE, "right", "right")
    assert answer(told, "left").settings.side == "left"
    alone = answer(State(Settings(side="left"), parts=(Part.HAND,)), "right")
    assert (dict(alone.changes), alone.settings.side) == ({"hand": "right"}, "left")


@pytest.mark.parametrize("hand", ["left", "right"])
async def test_the_keys_at_its_side_beat_and_the_others_do_not(tmp_path: Path, hand: str) -> None:
    app = trainer(tmp_path, ALONE, pretended(pace=Pace(speed=1.0)))
    app.practice.look = Look(reading=Reading(right_hand=hand == "right"))
    async with app.run_test(size=(80, 24)) as pilot:
        person = Hand(app, pilot)
        await person.walk(space, lambda person: person.scene is Scene.TURN)
        for k, key in enumerate(("f", "j", "space")):
            event = events.Key(key, None)
            event.time = person.time + k
            app.practice.post_message(event)
        await pilot.pause()
        beats = [round(time - person.time) for time in app.practice._tapping.since(0.0)]
        assert beats == [0 if hand == "left" else 1, 2]
