"""Opens the app: real practice, or the demonstration with a simulated patient in a throw-away home."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING

from mit.emergency import emergency_number
from mit.errors import MitError, SettingsError
from mit.home import Home, find_home, make_folder, throwaway_home
from mit.library import load_language, load_sets, load_words
from mit.melody import Melody, intone
from mit.model_takes import exercises
from mit.phrase import Phrase
from mit.settings import Settings, load_settings
from mit.starter import starter
from mit.tui.beginning import Beginning
from mit.tui.look import look_of
from mit.tui.outside import Outside
from mit.tui.scenes import Act

if TYPE_CHECKING:
    from mit.assignment import Assignment
    from mit.device import Player, Recorder
    from mit.tui.app import TrainerApp

Exercises = tuple[tuple[Phrase, Melody], ...]


def run_app() -> int:
    """Practise. Returns the exit code; what went amiss before the screen opened is told in one line."""
    try:
        home = find_home()
        make_folder(home.root)
        if not home.settings.exists() and not _set_up(home):
            return 0
        app = _open(home, load_settings(home), None)
        return run_demo(straight=True) if app.return_value == Act.PRETEND else app.return_code or 0
    except MitError as fault:
        print(f"mit: {fault}", file=sys.stderr)
        return 1


def _set_up(home: Home) -> bool:
    """Offer to set up at the first start. False where the window was closed instead."""
    from mit.setup.plan import FIRST_RUN
    from mit.tui.setup.app import run_setup

    return run_setup(home, FIRST_RUN) is not None


def run_demo(skill: str = "mild", seed: int = 1, *, straight: bool = False) -> int:
    """The same app with a simulated patient; what it practises reaches no store. straight: begins with practice.

    Raises SettingsError.
    """
    from mit.device.patient import SKILLS

    if skill not in SKILLS:
        raise SettingsError(f"There is no skill {skill!r}.", f"Choose one of: {', '.join(SKILLS)}.")
    real = find_home()
    with throwaway_home(real) as home:
        settings = replace(load_settings(real), keep_audio=False, introduced=True)
        return _open(home, settings, (skill, seed), straight=straight).return_code or 0


def _open(home: Home, settings: Settings, patient: tuple[str, int] | None, *, straight: bool = False) -> TrainerApp:
    from mit.device.screen_shield import screen_shield
    from mit.log import open_log
    from mit.tui.app import TrainerApp

    open_log(home)
    devices = _pretended(settings, *patient) if patient else _real(settings)
    known, outside = _exercises(home, settings), Outside(home, settings, devices)
    app = TrainerApp(
        outside,
        load_words(settings.language),
        lambda: Beginning(outside.settings, simulated=patient is not None),
        look=look_of(settings, os.environ),
        demo=patient is not None,
        prompts=settings.prompts,
        visit=None if straight else visit(known, outside, settings),
    )
    with screen_shield(home.native_log):
        app.run()
    for line in app.farewell:
        print(f"mit: {line}", file=sys.stderr)
    return app


def visit(
    practised: Exercises, outside: Outside, settings: Settings
) -> Callable[[TrainerApp], Coroutine[None, None, str]]:
    """The pages around practice, for an app that is open."""
    from mit.tui.sayer import Sayer
    from mit.tui.visit import Visit

    words, numbers = load_words(settings.language), load_language(settings.language).emergency
    environment = dict(os.environ)  # as it is now: Textual takes NO_COLOR out of it

    def number(chosen: Settings) -> str:
        locale = environment.get("LC_ALL") or environment.get("LANG", "")
        return emergency_number(numbers, country=chosen.country, locale=locale, own=chosen.emergency)

    def begin(app: TrainerApp) -> Coroutine[None, None, str]:
        sayer = Sayer(practised, outside)
        sayer.make_ready()
        here = Visit(
            app.lobby,
            outside,
            words,
            sayer,
            app.practise,
            settings,
            number,
            tuple(numbers),
            lambda chosen: app.wear(look_of(chosen, environment)),
            lambda given: _own(given, outside),
            lambda: Beginning(outside.settings).dose(outside.keeper),
        )
        return here.run(first=not settings.introduced)

    return begin


def _own(given: Assignment, outside: Outside) -> Exercises:
    """What is taught or known of an assignment, as it is practised."""
    tuning = Beginning(outside.settings).tuning
    found = [outside.exercise(phrase, tuning, given.switches) for phrase in (*given.phrases, *given.reserve)]
    return tuple((one.phrase, one.melody) for one in found)


def _exercises(home: Home, settings: Settings) -> Exercises:
    """What the starter teaches: each phrase with the melody of its own take, or in this person's key and tempo."""
    phrases = starter(load_sets(settings.language)).phrases
    interval = settings.interval if settings.interval is not None else load_language(settings.language).interval
    return exercises(
        home, phrases, lambda p: intone(p.syllables, low=settings.low, interval=interval, beat=settings.beat)
    )


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
