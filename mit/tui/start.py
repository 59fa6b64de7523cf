"""Opens the app: real practice, or the demonstration with a simulated patient in a throw-away home."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from mit.errors import MitError, SettingsError
from mit.home import Home, find_home, make_folder, throwaway_home
from mit.library import load_words
from mit.settings import Settings, load_settings
from mit.tui.beginning import Beginning
from mit.tui.look import look_of
from mit.tui.outside import Outside
from mit.tui.scenes import Act

if TYPE_CHECKING:
    from mit.device import Player, Recorder
    from mit.tui.app import TrainerApp


def run_app() -> int:
    """Practise. Returns the exit code; what went amiss before the screen opened is told in one line."""
    try:
        home = find_home()
        make_folder(home.root)
        app = _open(home, load_settings(home), None)
        return run_demo() if app.return_value == Act.PRETEND else app.return_code or 0
    except MitError as fault:
        print(f"mit: {fault}", file=sys.stderr)
        return 1


def run_demo(skill: str = "mild", seed: int = 1) -> int:
    """The same app with a simulated patient; what it practises reaches no store. Raises SettingsError."""
    from mit.device.patient import SKILLS

    if skill not in SKILLS:
        raise SettingsError(f"There is no skill {skill!r}.", f"Choose one of: {', '.join(SKILLS)}.")
    real = find_home()
    with throwaway_home(real) as home:
        return _open(home, replace(load_settings(real), keep_audio=False), (skill, seed)).return_code or 0


def _open(home: Home, settings: Settings, patient: tuple[str, int] | None) -> TrainerApp:
    from mit.device.screen_shield import screen_shield
    from mit.log import open_log
    from mit.tui.app import TrainerApp

    open_log(home)
    devices = _pretended(settings, *patient) if patient else _real(settings)
    app = TrainerApp(
        Outside(home, settings, devices),
        Beginning(settings, simulated=patient is not None),
        load_words(settings.language),
        look=look_of(settings, os.environ),
        demo=patient is not None,
    )
    with screen_shield(home.native_log):
        app.run()
    for line in app.farewell:
        print(f"mit: {line}", file=sys.stderr)
    return app


def _real(settings: Settings) -> Callable[[], tuple[Player, Recorder]]:
    def devices() -> tuple[Player, Recorder]:
        from mit.device.portaudio import Direction, find_device, rescan
        from mit.device.sound import SoundPlayer, SoundRecorder

        rescan()
        find_device(settings.recorder, Direction.IN)
        find_device(settings.player, Direction.OUT)
        return SoundPlayer(settings.player, loudness=settings.loudness), SoundRecorder(settings.recorder)

    return devices


def _pretended(settings: Settings, skill: str, seed: int) -> Callable[[], tuple[Player, Recorder]]:
    """The simulated patient; the model sounds where there is a loudspeaker, and is silent where there is none."""

    def devices() -> tuple[Player, Recorder]:
        from mit.device.patient import SimulatedPatient
        from mit.device.portaudio import Direction, find_device
        from mit.device.silent import SilentPlayer
        from mit.device.sound import SoundPlayer
        from mit.errors import DeviceError

        try:
            find_device(settings.player, Direction.OUT)
            player: Player = SoundPlayer(settings.player, loudness=settings.loudness)
        except DeviceError:
            player = SilentPlayer()
        return player, SimulatedPatient(skill, seed=seed)

    return devices
