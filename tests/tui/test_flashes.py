"""Nothing flashes more than twice a second: what is painted in each cell, over runs of everything that moves.

A flash is a cell that becomes brighter and dark again (WCAG 2.3: a pair of opposing changes).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import pi, sin

import numpy as np
import pytest

from mit.library import load_sets, load_words
from mit.live import Frame
from mit.melody import BEAT_RANGE, intone
from mit.protocol import PROTOCOL
from mit.setup.level import Hearing, attend
from mit.setup.plan import FIRST_RUN, Part
from mit.tui import moments
from mit.tui.canvas import BRAILLE, QUADRANTS, Canvas
from mit.tui.exercise import Exercise
from mit.tui.pages.warm_up import breathing_page
from mit.tui.picture import Telling, picture
from mit.tui.renderables.pages import paint_page
from mit.tui.renderables.stages import paint
from mit.tui.scenes import Scene
from mit.tui.setup.pages import setup_page
from mit.tui.setup.state import Phase
from mit.tui.setup.state import State as SetupState
from mit.tui.state import State
from mit.tui.theme import DARK, Role
from mit.warm_up import WarmUp
from tests.tui.test_canvas import luminance

RATE = 15
"""Pictures looked at a second: enough for what changes seven times in one."""

MOST = 2
"""Flashes in any second."""

AREA = 12
"""Cells: fewer are the tip of a line, or a bar, that moves."""

SEEN = 0.1
"""Of the brightness of white: the least change of a flash (WCAG 2.3)."""

WORDS = load_words()
PHRASE = load_sets()[0].phrases[0]
BRIGHT = {role: luminance(DARK.colour(role)) for role in Role}


def brightness(canvas: Canvas) -> np.ndarray:
    """Of each cell, 0 to 1: its two colours by the share that its glyph covers."""
    return np.array([[_bright(*cell[:3]) for cell in row.cells()] for row in canvas.rows])


def _bright(text: str, colour: Role, ground: Role) -> float:
    dots = ord(text or " ") - BRAILLE
    share = (
        dots.bit_count() / 8 if 0 <= dots < 256 else QUADRANTS.find(text).bit_count() / 4 if text in QUADRANTS else 0.5
    )
    return share * BRIGHT[colour] + (1 - share) * BRIGHT[ground]


def flashes(canvases: list[Canvas]) -> int:
    """The most in any second that AREA cells have in common: half of their turns between brighter and darker."""
    steps = np.diff(np.stack([brightness(canvas) for canvas in canvases]), axis=0)
    ways = np.sign(np.where(np.abs(steps) < SEEN, 0.0, steps))
    turns, last = np.zeros(ways.shape, int), np.zeros(ways.shape[1:])
    for k, way in enumerate(ways):
        turns[k] = (way != 0) & (way != last)
        last = np.where(way != 0, way, last)
    seconds = [turns[k : k + RATE].sum(axis=0) // 2 for k in range(max(1, len(turns) - RATE + 1))]
    return max(int(np.sort(second, axis=None)[-AREA]) for second in seconds)


def times(seconds: float) -> Iterator[float]:
    return (k / RATE for k in range(round(RATE * seconds)))


def listening(beat: float) -> list[Canvas]:
    melody = intone(PHRASE.syllables, low=57.0, beat=beat)
    step = PROTOCOL.step("E2")
    exercise = Exercise(PHRASE, melody)
    states = (State(exercise, step, Scene.ALONG, position=time - 3 * beat) for time in times(3.0))
    return [paint(picture(state, Telling(WORDS)), 80, 24) for state in states]


def singing() -> list[Canvas]:
    """A voice that trembles, five times a second."""
    melody = intone(PHRASE.syllables, low=57.0, beat=1.0)
    exercise, step = Exercise(PHRASE, melody), PROTOCOL.step("E4")
    frames = [Frame(0.016 * k, 220 * 2 ** (sin(10 * pi * 0.016 * k) / 12), -20.0) for k in range(188)]
    return [
        paint(
            picture(State(exercise, step, Scene.TURN, frames=tuple(frames[: round(t / 0.016)])), Telling(WORDS)), 80, 24
        )
        for t in times(3.0)
    ]


def speaking() -> list[Canvas]:
    """The meter of set-up, while somebody says a syllable four times a second."""
    rng, hearing, made = np.random.default_rng(0), Hearing(-60.0, 16000), []
    for time in times(3.0):
        loud = 0.1 * max(0.003, sin(2 * pi * 4 * time))
        hearing = attend(hearing, (loud * rng.standard_normal(16000 // RATE)).astype(np.float32))
        state = SetupState(parts=FIRST_RUN, place=FIRST_RUN.index(Part.LEVEL), phase=Phase.RUN, hearing=hearing)
        made.append(paint_page(setup_page(state, WORDS, "112"), 80, 24))
    return made


def resting() -> list[Canvas]:
    return [paint_page(moments.pause(Telling(WORDS), t, ready=True, done=3), 80, 24) for t in times(9.0)]


def warming_up() -> list[Canvas]:
    return [paint_page(breathing_page(WORDS, WarmUp(), t, motion=True), 80, 24) for t in times(6.0)]


RUNS: dict[str, Callable[[], list[Canvas]]] = {
    "the usual beat": lambda: listening(1.0),
    "the fastest beat": lambda: listening(BEAT_RANGE[0]),
    "a trembling voice": singing,
    "the meter": speaking,
    "a pause": resting,
    "the warm-up": warming_up,
}


@pytest.mark.parametrize("run", RUNS)
def test_nothing_flashes_more_than_twice_a_second(run: str) -> None:
    assert flashes(RUNS[run]()) <= MOST


def test_a_flash_is_seen() -> None:
    def lit(on: bool) -> Canvas:
        canvas = Canvas(6, 2)
        for half in range(4):
            canvas.span(0, 12, half, Role.YOU if on else Role.GROUND)
        return canvas

    assert flashes([lit(k % 4 < 2) for k in range(2 * RATE)]) > MOST
    assert flashes([lit(k % RATE < 5) for k in range(3 * RATE)]) <= MOST
