"""What set-up has done in threads: it opens devices, measures, and posts what it learned. A shell.

Each errand is told `left`, which turns true when the person has gone on: then it ends, and nothing of it counts.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any

from mit.device_pairs import DEFAULT, Pair, find_pair, save_pair
from mit.errors import DeviceError, MitError
from mit.home import Home
from mit.library import load_language, load_sets
from mit.melody import intone
from mit.tracker_cache import ready_tracker
from mit.tui.outside import FAULTS, Outside, explain
from mit.tui.prompter import Prompter
from mit.tui.setup.room import READ, Learn, Left, heard_room, tell
from mit.tui.setup.state import Phase

if TYPE_CHECKING:
    from mit.audio import Audio, Samples
    from mit.device.sound import SoundPlayer, SoundRecorder, SoundTake
    from mit.settings import Settings
    from mit.setup.level import Hearing

Errand = Callable[[Learn, Left], object]

LOOK = 0.03
KEPT = 3.0
"""Seconds of the own voice that can be heard again."""

PAUSE = 0.5
"""Seconds without voice that are still kept: then pauses are cut out."""

HUM_PAUSE, HUM_END = 0.6, 1.0
"""Seconds of silence that end a hum that was long enough, and any hum."""

HUM_LENGTH = 1.0
"""Seconds of a hum that is long enough, twice over."""


class SetupSound:
    """The devices of set-up, as the settings name them now."""

    def __init__(self, home: Home, settings: Settings) -> None:
        self._home = home
        self._recent: Samples | None = None
        self._turn = Lock()
        self.adopt(settings)

    def adopt(self, settings: Settings) -> None:
        """Other settings hold from now on."""
        self._settings = settings
        self._outside = Outside(self._home, settings, lambda: (self._player(), self._recorder()))
        self._prompter = Prompter(self._outside)

    def say(self, texts: tuple[str, ...]) -> None:
        """Say these sentences, where prompts are wanted; none: silence."""
        if self._settings.prompts or not texts:
            self._prompter.say(texts)

    def _player(self) -> SoundPlayer:
        from mit.device.sound import SoundPlayer

        return SoundPlayer(self._settings.player, loudness=self._settings.loudness)

    def _recorder(self) -> SoundRecorder:
        from mit.device.sound import SoundRecorder

        return SoundRecorder(self._settings.recorder)

    def run(self, errand: Errand, learn: Learn, left: Left) -> None:
        """One errand after the other: the one before it has been left, and is closing its device. What is the matter
        with a device is told."""
        with self._turn:
            try:
                errand(learn, left)
            except DeviceError as fault:
                tell(learn, explain(fault))
            except MitError:  # the record cannot be written: the measure holds for today
                tell(learn, ("setup.unsaved",))

    # ---- errands

    def look(self, learn: Learn, left: Left) -> None:
        """Which microphones there are, and whether the one of the settings is among them."""
        from mit.device.portaudio import list_devices, microphones

        names = tuple(name for name in microphones(list_devices(fresh=True)) if _usable(name))
        learn(_found(names, self._settings.recorder, "microphone"))

    def speakers(self, learn: Learn, left: Left) -> None:
        """Which loudspeakers there are; and the model, which is heard on the one that is chosen."""
        from mit.device.portaudio import list_devices, loudspeakers

        learn(_found(loudspeakers(list_devices(fresh=True)), self._settings.player, "speaker"))
        self._model()

    def level(self, learn: Learn, left: Left) -> None:
        """The room, then the voice, until the person goes on."""
        from mit.setup.level import attend

        take = self._open()
        try:
            hearing = heard_room(take, learn, left)
            kept: deque[Samples] = deque(maxlen=round(KEPT / READ))
            while hearing and not left():
                if (samples := take.read(READ)) is None:
                    return tell(learn, FAULTS["stopped"])
                hearing = attend(hearing, samples)
                if hearing.waited < PAUSE:
                    kept.append(samples)
                learn({"hearing": hearing})
        finally:
            take.close()
        self._keep_voice(kept, hearing)
        return None

    def own_voice(self, learn: Learn, left: Left) -> None:
        """What was heard last, played back as loud as the model."""
        import numpy as np

        from mit.audio import ANALYSIS_RATE, Audio
        from mit.voice.loudness import level

        if self._recent is not None and len(self._recent):
            voice = level(self._recent.astype(np.float64), ANALYSIS_RATE)
            self._play(Audio(voice.astype(np.float32), ANALYSIS_RATE), left)
        _result(learn)

    def ready_model(self, learn: Learn, left: Left) -> None:
        """Sing the model for the first time, which takes seconds, while it is read what comes next."""
        self._model()

    def ready_tracker(self, learn: Learn, left: Left) -> None:
        """Load what follows a pitch, meanwhile as well."""
        ready_tracker(self._home)
        from mit.pitch import warm_up

        warm_up()

    def sing(self, learn: Learn, left: Left) -> None:
        """The model, at the loudness that is chosen."""
        self._play(self._model(), left)

    def ears(self, learn: Learn, left: Left, hearing: Hearing | None) -> None:
        """How much of the model the microphone hears."""
        from mit.audio import ANALYSIS_RATE, resample
        from mit.device.loopback import play_and_hear
        from mit.setup.bleed import Ears, measure_bleed, sweep
        from mit.setup.level import TOO_QUIET

        model = resample(self._model(), ANALYSIS_RATE)
        heard = play_and_hear(self._player(), self._recorder(), sweep(ANALYSIS_RATE), left=left)
        if heard.trouble:
            return tell(learn, FAULTS[str(heard.trouble)])
        level = hearing.voice_level if hearing else self._pair().voice
        voice = TOO_QUIET if level is None else level
        loudness = self._settings.loudness
        found = measure_bleed(heard.audio, model, due=heard.due, voice=voice, loudness=loudness)
        if found.ears is Ears.WIRE:
            return tell(learn, FAULTS["loopback"])
        self._keep(bleed=round(found.over_voice, 1), ears=str(found.ears), loudness=loudness)
        return _result(learn, bleed=found)

    def delay(self, learn: Learn, left: Left) -> None:
        """How long sound takes there and back."""
        from mit.audio import ANALYSIS_RATE
        from mit.device.loopback import play_and_hear
        from mit.setup.delay import click_times, clicks, measure_delay

        heard = play_and_hear(self._player(), self._recorder(), clicks(ANALYSIS_RATE), left=left)
        if heard.trouble:
            return tell(learn, FAULTS[str(heard.trouble)])
        found = measure_delay(heard.audio, [heard.due + time for time in click_times()])
        if found and found.steady:
            self._keep(delay=round(found.seconds, 4), spread=round(found.spread, 4))
        return _result(learn, delay=found)

    def hums(self, learn: Learn, left: Left) -> None:
        """Three hums, each as long as the person likes."""
        ready_tracker(self._home)
        from mit.setup.hums import HUMS, hum_pitch, low_note
        from mit.take import Ended, Ending, Listener, Patience, listen

        pitches: list[float] = []
        while len(pitches) < HUMS:
            ending = Ending((HUM_LENGTH,), Patience(HUM_PAUSE, HUM_END))
            take = self._open()
            learn({"hums": tuple(pitches)})  # now that the microphone is open
            heard = listen(take, ending, Listener(asked=lambda: Ended.LEFT if left() else None))
            if heard.ended is Ended.TROUBLE:
                return tell(learn, FAULTS[str(heard.trouble)])
            if left():
                return None
            if (pitch := hum_pitch(heard.audio, heard.contour)) is not None:
                pitches.append(pitch)
        return _result(learn, low=low_note(pitches))

    # ---- pieces

    def _open(self) -> SoundTake:
        from mit.melody import Melody

        return self._recorder().open(Melody(()))

    def _play(self, sound: Audio, left: Left) -> None:
        playback = self._player().play(sound)
        while not playback.finished and not left():
            time.sleep(LOOK)
        playback.stop()

    def _model(self) -> Audio:
        """The first phrase, in the key that holds now."""
        chosen = self._settings
        phrase = load_sets(chosen.language)[0].phrases[0]
        interval = load_language(chosen.language).interval if chosen.interval is None else chosen.interval
        return self._outside.ready_model(phrase, intone(phrase.syllables, low=chosen.low, interval=interval))

    def _keep_voice(self, kept: deque[Samples], hearing: Hearing | None) -> None:
        import numpy as np

        self._recent = np.concatenate([np.zeros(0, np.float32), *kept])
        if hearing and hearing.voice_level is not None:
            self._keep(voice=round(hearing.voice_level, 1), room=round(hearing.room, 1))

    def _pair(self) -> Pair:
        return find_pair(
            self._home, recorder=self._settings.recorder or DEFAULT, player=self._settings.player or DEFAULT
        )

    def _keep(self, **measured: Any) -> None:
        import msgspec

        save_pair(self._home, msgspec.structs.replace(self._pair(), **measured))


def _result(learn: Learn, **facts: Any) -> None:
    learn({"phase": Phase.RESULT, **facts})


def _found(names: tuple[str, ...], chosen: str | None, kind: str) -> dict[str, Any]:
    """Devices by name, and whether the chosen one is lost."""
    lost = chosen is not None and not any(chosen.lower() in name.lower() for name in names)
    return {"devices": names, "lost": lost, "notes": () if names else FAULTS[kind]}


def _usable(name: str) -> bool:
    """Whether a listed microphone is one: behind a harmless name the sound server may have put what the computer
    plays."""
    from mit.device.portaudio import Direction, find_device

    try:
        find_device(name, Direction.IN)
    except DeviceError:
        return False
    return True
