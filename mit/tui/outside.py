"""The outside world of the practice screen: devices, store and the judging, each call made from a thread.

A shell. It owns the devices and the store; the screen owns the state.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from mit.errors import DeviceError
from mit.home import Home
from mit.protocol import Along, Manner, Step, Switches, Tap
from mit.tracker_cache import ready_tracker
from mit.tui.exercise import Exercise, Tuning
from mit.tui.keeping import Keeper
from mit.tui.script import COUNT_IN

if TYPE_CHECKING:
    from mit.audio import Audio
    from mit.calibration import Wishes
    from mit.checkin import Kind
    from mit.device import Playback, Player, Recorder, Take
    from mit.melody import Melody
    from mit.phrase import Phrase
    from mit.practice import Assessment
    from mit.session import Attempt
    from mit.settings import Settings
    from mit.take import Ending, Heard
    from mit.voice.backing import Backing

SYSTEM = {"darwin": "macos", "win32": "windows"}.get(sys.platform, "linux")
"""This system, as the catalogue names it."""

BROKE = ("trouble.broke", "remedy.broke")
"""What is said where the sound system hangs, and after a mistake of ours."""

FAULTS = {
    "library": ("trouble.portaudio", f"remedy.portaudio.{SYSTEM}"),
    "microphone": ("trouble.microphone", "remedy.microphone" if SYSTEM == "linux" else f"remedy.permission.{SYSTEM}"),
    "speaker": ("trouble.speaker", "remedy.speaker"),
    "loopback": ("trouble.monitor", "remedy.monitor"),
    "unanswered": BROKE,
    "stopped": ("trouble.stopped", "remedy.stopped"),
    "zeros": ("trouble.zeros", "remedy.zeros" if SYSTEM == "linux" else f"remedy.permission.{SYSTEM}"),
    "clipping": ("trouble.clipping", "remedy.clipping"),
    "quiet": ("trouble.quiet", "remedy.quiet"),
}
"""What is said, and the one remedy for this system, by device fault (`device.faults.Fault`) and `device.Trouble`."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A take's assessment. audio: the take; started: when it began (monotonic); knocks: seconds from there; notes:
    what the person is told of the sound; quietly: what the helper is told of the store. Keys of the catalogue."""

    attempt: UUID
    assessment: Assessment
    ended: str
    audio: Audio
    started: float | None = None
    knocks: tuple[float, ...] = ()
    notes: tuple[str, ...] = ()
    quietly: tuple[str, ...] = ()


def explain(fault: DeviceError) -> tuple[str, ...]:
    """What to say about a device that cannot be used."""
    return FAULTS.get(str(getattr(fault, "fault", "unanswered")), FAULTS["unanswered"])


class Outside:
    """Everything that the practice screen reaches outside of itself."""

    def __init__(self, home: Home, settings: Settings, devices: Callable[[], tuple[Player, Recorder]]) -> None:
        self._home = home
        self.settings = settings
        """Those that hold now."""
        self._devices = devices
        self._player: Player | None = None
        self._recorder: Recorder | None = None
        self.keeper = Keeper(home)
        self.judging: Wishes | None = None
        """What a therapist set for this person's judging; None: what the settings say."""
        self.takes = 0
        """How often the person sang since the start."""

    @property
    def found(self) -> bool:
        """Whether the devices were there once: then they broke off, and are looked for as before."""
        return self._player is not None

    def find_devices(self) -> None:
        """Look for player and recorder. Raises DeviceError."""
        self._player, self._recorder = self._devices()

    def prepare(self) -> None:
        """Load what the first take needs: seconds on a new machine, so nobody waits for it in front of it."""
        ready_tracker(self._home)
        from mit.pitch import warm_up

        self.keeper.store  # noqa: B018 - opened here, not in front of the first feedback
        warm_up()

    def exercise(self, phrase: Phrase, tuning: Tuning, switches: Switches) -> Exercise:
        """A phrase as this person practises it: on the melody of its own take where there is one, or on one tone."""
        from mit.model_takes import exercises

        made_up = tuning.exercise(phrase, switches)
        if switches.on_one_tone:
            return made_up
        ((phrase, melody),) = exercises(self._home, (phrase,), lambda _: made_up.melody)
        return Exercise(phrase, melody)

    def model(self, exercise: Exercise, manner: Manner) -> Audio:
        """The model in a manner, its melody HEAD seconds in: a moment the first time, at once afterwards."""
        from mit.model import sung_model

        return sung_model(self._home, exercise.phrase, exercise.melody, voice=manner)

    def backing(self, exercise: Exercise, manner: Manner, along: Along) -> Backing:
        """What sounds while the person sings: the model, a pulse on every syllable, a count-in."""
        from mit.voice import HEAD
        from mit.voice.backing import FADING, PULSE, UNISON, back

        curve = {Along.FADING: FADING}.get(along, UNISON)
        model = self.model(exercise, manner)
        return back(model, exercise.melody, lead=HEAD, curve=curve, pulse=PULSE, count_in=COUNT_IN)

    def question(self, phrase: Phrase, manner: Manner, *, low: float, interval: float) -> Audio | None:
        """What the phrase answers, asked in a manner; None where there is nothing to hear."""
        from mit.questions import asked

        return asked(self._home, phrase, manner, low=low, interval=interval)

    def prompt(self, text: str) -> Audio | None:
        """A sentence of the interface, spoken; None where the voice cannot say it."""
        from mit.prompts import prompt

        return prompt(self._home, text, self.settings.language, low=self.settings.low)

    def ready_model(self, phrase: Phrase, melody: Melody) -> Audio:
        """The sung model of a phrase."""
        return self.model(Exercise(phrase, melody), Manner.SUNG)

    def play(self, phrase: Phrase, melody: Melody) -> tuple[Playback, float]:
        """Sing a phrase; also, how many seconds into the sound its melody begins. Raises DeviceError."""
        from mit.voice import HEAD

        return self.play_sound(self.ready_model(phrase, melody)), HEAD

    def hum(self, seconds: float) -> Audio:
        """One hummed note, low and soft."""
        from mit.prompts import hum

        return hum(self._home, seconds, low=self.settings.low)

    def save(self, changes: Mapping[str, str | bool]) -> Settings:
        """Change settings; those that hold from now on. Raises SettingsError."""
        from mit.settings import load_settings
        from mit.settings_file import save_settings

        save_settings(self._home, changes)
        self.settings = load_settings(self._home)
        return self.settings

    def keep_check_in(
        self, kind: Kind, *, mood: int | None = None, tired: bool | None = None, phrase: str | None = None
    ) -> None:
        """Keep what a person says of the day; it is on the disk when this returns."""
        from mit.checkin import CheckIn

        self.keeper.keep(CheckIn(uuid4(), datetime.now(UTC), kind, mood, tired, phrase))

    def play_sound(self, audio: Audio) -> Playback:
        """Let any sound be heard. Raises DeviceError."""
        if self._player is None:
            self.find_devices()
        assert self._player is not None
        return self._player.play(audio)

    def open_take(self, melody: Melody) -> Take:
        """Open the microphone. Raises DeviceError."""
        if self._recorder is None:
            self.find_devices()
        assert self._recorder is not None
        return self._recorder.open(melody)

    def ending(self, melody: Melody) -> Ending:
        """What decides when a take of this melody is over."""
        from mit.take import Ending, Patience

        chosen = self.settings
        patience = Patience(chosen.silence_after_all, chosen.silence_after_some, chosen.offer_model_after)
        return Ending(tuple(n.duration for n in melody.notes), patience)

    def judge(self, heard: Heard, exercise: Exercise, step: Step, trial: UUID | None = None) -> Judged:
        """Judge a take as far as its step allows, and keep it; it is on the disk before this returns."""
        from mit.calibration import shipped
        from mit.practice import judge

        calibration = shipped().for_person(self.judging or self.settings)
        assessment = judge(heard.contour, exercise.melody, calibration, judged=step.judged)
        notes = FAULTS[str(heard.trouble)] if heard.trouble else ()
        self.takes += 1
        attempt = self._attempt(heard, exercise, assessment, trial)
        quietly = self.keeper.keep(attempt)
        return Judged(
            attempt.id,
            assessment,
            str(heard.ended),
            heard.audio,
            heard.started,
            _knocks(heard, step),
            notes,
            quietly,
        )

    def close(self) -> tuple[str, ...]:
        """Let go of the store; what a helper has to know of it, a line each."""
        return self.keeper.close()

    def _attempt(self, heard: Heard, exercise: Exercise, assessment: Assessment, trial: UUID | None) -> Attempt:
        from mit.session import Attempt

        return Attempt(
            id=uuid4(),
            at=_begun(heard),
            phrase=exercise.phrase,
            melody=exercise.melody,
            assessment=assessment,
            ended=str(heard.ended),
            trouble=str(heard.trouble or ""),
            recorder=self._recorder.name if self._recorder else "",
            player=self._player.name if self._player else "",
            audio=heard.audio if self.settings.keep_audio else None,
            trial=trial,
        )


def _knocks(heard: Heard, step: Step) -> tuple[float, ...]:
    """Knocks in a take that is to be tapped; where the model sounded, its pulse knocks as well."""
    from mit.knocks import find_knocks

    return find_knocks(heard.audio) if step.along is Along.NOTHING and step.tap is not Tap.NO else ()


def _begun(heard: Heard) -> datetime:
    """When the take began, UTC: the clock that tells it is another one than the calendar's."""
    ago = time.monotonic() - heard.started if heard.started is not None else heard.audio.duration
    return datetime.now(UTC) - timedelta(seconds=ago)
