"""Record someone who sings along with the hummed guide. A shell: it plays, listens and waits."""

from __future__ import annotations

import time
from collections.abc import Callable

from mit.device import Playback, Player, Recorder
from mit.live import Frame
from mit.melody import Melody
from mit.take import TAIL, Ended, Ending, Heard, Listener, Patience, listen
from mit.voice.audition import LONGEST
from mit.voice.backing import PULSE, Backing, back
from mit.voice.hum import hum

COUNT_IN = 4
"""Beats before the first syllable: a bar, as musicians count."""

PATIENCE = 5.0
"""Seconds after the guide in which nobody sang, until the microphone is closed."""

POLL = 0.05
"""Seconds between looks at whether the guide is through."""


def guide(melody: Melody) -> Backing:
    """The hum with a count-in and a tick on each beat."""
    return back(hum(melody), melody, lead=0.0, pulse=PULSE, count_in=COUNT_IN)


def sing_along(player: Player, recorder: Recorder, melody: Melody, *, tell: Callable[[str], object]) -> Heard:
    """Play the guide, play it again while the person sings, and hear them out. tell: says what to do when.

    Raises DeviceError.
    """
    sound = guide(melody)
    tell("Put on headphones, so that the microphone hears nobody but you. First listen.")
    _await(player.play(sound.audio))
    tell("Now sing along: the first beats count you in.")
    take = recorder.open(melody)
    try:
        playing = player.play(sound.audio)
    except BaseException:
        take.close()
        raise
    try:
        return listen(take, ending := take_ending(melody, sound), _listener(ending))
    finally:
        playing.stop()


def take_ending(melody: Melody, sound: Backing) -> Ending:
    """A take ends after the last syllable; it is idle when nobody has sung for a while after the guide."""
    patience = Patience(offer_model=sound.audio.duration + PATIENCE)
    return Ending(tuple(n.duration for n in melody.notes), patience)


def _listener(ending: Ending) -> Listener:
    """Nobody has a key to end this take: it ends when nobody sings, and where something never falls silent."""
    seen: list[Frame] = []

    def asked() -> Ended | None:
        endless = bool(seen) and seen[-1].time >= LONGEST - TAIL
        return Ended.PERSON if ending.idle or endless else None

    return Listener(show=seen.extend, asked=asked)


def _await(playing: Playback) -> None:
    while not playing.finished:
        time.sleep(POLL)
