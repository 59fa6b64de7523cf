"""The pictures of the README: the running app, sung to by the simulated patient, drawn as it stands."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from mit.device.patient import SimulatedPatient
from mit.device.silent import SilentPlayer
from mit.home import Home
from mit.library import load_sets, load_words
from mit.melody import intone
from mit.settings import Settings
from mit.tui.app import TrainerApp
from mit.tui.beginning import Beginning
from mit.tui.outside import Outside
from mit.tui.scenes import Scene
from mit.tui.theme import DARK
from mit.tui.widgets.painted import PaintedWidget
from tests.pictures.svg import as_svg

FOLDER = Path(__file__).parent
SIZE = (120, 40)
PATIENCE = 60.0

SUNG = 150
"""Moments of a take (10 ms each) after which it is drawn: in the second syllable."""


async def draw_readme(folder: Path = FOLDER) -> None:
    """home.svg, practice.svg and feedback.svg."""
    with tempfile.TemporaryDirectory() as root:
        app = _trainer(Home(Path(root), Path(root) / "cache"))
        async with app.run_test(size=SIZE) as pilot:
            await _until(lambda: "Practise" in _canvas(app).texts)
            _save(app, folder / "home.svg")
            await pilot.press("space")
            await _until(lambda: app.practice.is_active and app.practice.state.scene is Scene.READY)
            await asyncio.sleep(1.0)  # a key held over from the page before does nothing yet
            await pilot.press("space")
            await _to_the_turn(app, pilot)
            await _until(lambda: len(app.practice.state.frames) > SUNG and app.practice.state.scene is Scene.TURN)
            _save(app, folder / "practice.svg")
            await _until(lambda: app.practice.state.scene is Scene.FEEDBACK)
            _save(app, folder / "feedback.svg")


def _trainer(home: Home) -> TrainerApp:
    from mit.tui.start import visit

    settings = Settings(check_in=False, warm_up=False, prompts=False, introduced=True)
    exercises = tuple((p, intone(p.syllables)) for p in load_sets()[0].phrases[:2])
    outside = Outside(home, settings, lambda: (SilentPlayer(), SimulatedPatient("mild", seed=5)))
    return TrainerApp(outside, load_words(), lambda: Beginning(settings), visit=visit(exercises, outside, settings))


async def _to_the_turn(app: TrainerApp, pilot: Pilot[str]) -> None:
    """On from everything that comes before the person sings alone."""
    while app.practice.state.scene is not Scene.TURN:
        if app.screen is not app.practice or app.practice.state.scene is Scene.HEARD:
            await asyncio.sleep(1.0)
            await pilot.press("space")
        await asyncio.sleep(0.05)


def _canvas(app: TrainerApp):  # type: ignore[no-untyped-def]
    return app.screen.query_one(PaintedWidget).canvas


def _save(app: TrainerApp, file: Path) -> None:
    file.write_text(as_svg(_canvas(app), DARK), encoding="utf-8")


async def _until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not reached():
            await asyncio.sleep(0.02)
