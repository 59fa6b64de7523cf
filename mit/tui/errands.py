"""What the practice screen has done in threads: each takes values, calls the outside and the core, posts messages."""

from __future__ import annotations

import contextvars
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from mit.errors import DeviceError
from mit.tui import messages as said
from mit.tui.outside import Outside, explain

if TYPE_CHECKING:
    from uuid import UUID

    from mit.audio import Audio
    from mit.device import Playback, Take
    from mit.protocol import Step
    from mit.take import Ended, Ending, Heard, Listener
    from mit.tui.exercise import Exercise
    from mit.voice.backing import Backing

Post = Callable[[Message], object]

STARTS = 1.0
"""Seconds within which a loudspeaker has begun to sound; it takes a tenth."""

LOOK = 0.01
"""Seconds between looks at it."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """One offer as its errands know it. step: None where nobody is to sing; asked: what the person has asked for."""

    number: int
    exercise: Exercise
    step: Step | None
    trial: UUID | None
    asked: Callable[[], Ended | None]


def start(errand: Callable[[], object], mistaken: Callable[[], object], *, waited_for: bool = False) -> None:
    """Run an errand in a thread; `mistaken` is called where it breaks off by a mistake of ours.

    Only one that is `waited_for` holds up the end of the program: a take that is being kept does, a warm-up does not.
    """

    def run() -> None:
        try:
            errand()
        except Exception:
            _log.exception("an errand broke off")
            mistaken()

    threading.Thread(target=contextvars.copy_context().run, args=(run,), daemon=not waited_for).start()


def look(outside: Outside, post: Post) -> None:
    """Look for the devices."""
    try:
        outside.find_devices()
    except DeviceError as fault:
        post(said.NoSound(explain(fault)))
    else:
        post(said.Found())


def prepare(outside: Outside, post: Post) -> None:
    """Load what the first take needs."""
    outside.prepare()
    post(said.Prepared())


def sound(
    outside: Outside, post: Post, turn: Turn, make: Callable[[], tuple[Audio | None, float]], prompt: str = ""
) -> None:
    """Make a sound and let it be heard, after a prompt where there is one. make: the sound and its melody's start."""
    try:
        _say(outside, turn, prompt)
        audio, lead = make()
        if turn.asked() is None:
            sounds = audio and said.Sounds(turn.number, outside.play_sound(audio), lead)
            post(sounds or said.Silent(turn.number))
    except DeviceError as fault:
        post(said.Broke(turn.number, explain(fault)) if outside.found else said.NoSound(explain(fault)))


def hear(outside: Outside, post: Post, turn: Turn, prompt: str = "") -> None:
    """Hear a take to its end, judge it and keep it. What was sung before someone left is kept too."""
    from mit.take import listen

    ending = outside.ending(turn.exercise.melody)
    try:
        _say(outside, turn, prompt)
        take = outside.open_take(turn.exercise.melody)
    except DeviceError as fault:
        post(said.Broke(turn.number, explain(fault)))
        return
    post(said.TakeOpen(turn.number))
    _answer(outside, post, turn, listen(take, ending, _listener(post, turn, ending)))


def sing_along(outside: Outside, post: Post, turn: Turn, make: Callable[[], Backing], prompt: str = "") -> None:
    """Open the microphone, let the accompaniment sound, and keep what was sung as practised."""
    from mit.accompanied import Accompanied
    from mit.take import listen

    try:
        _say(outside, turn, prompt)
        backing = make()
        take = outside.open_take(turn.exercise.melody)
        playback = _played_or_closed(outside, backing, take)
    except DeviceError as fault:
        post(said.Broke(turn.number, explain(fault)))
        return
    post(said.Sounds(turn.number, playback, backing.lead))
    post(said.TakeOpen(turn.number))
    begun = time.monotonic()
    while playback.started is None and not playback.finished and time.monotonic() < begun + STARTS:
        time.sleep(LOOK)
    late = max(0.0, (playback.started or begun) - (take.started or begun))
    ending = Accompanied(late + backing.audio.duration)
    try:
        heard = listen(take, ending, _listener(post, turn, ending))
    finally:
        playback.stop()
    _answer(outside, post, turn, heard)


def _played_or_closed(outside: Outside, backing: Backing, take: Take) -> Playback:
    try:
        return outside.play_sound(backing.audio)
    except BaseException:
        take.close()
        raise


def _listener(post: Post, turn: Turn, ending: Ending) -> Listener:
    from mit.take import Listener

    return Listener(
        show=lambda frames: post(said.Sung(turn.number, frames, begun=ending.begun)),
        offer=lambda: post(said.NobodySang(turn.number)),
        asked=turn.asked,
    )


def _answer(outside: Outside, post: Post, turn: Turn, heard: Heard) -> None:
    from mit.take import Ended

    post(said.TakeClosed(turn.number))
    assert turn.step is not None
    if heard.ended is not Ended.LEFT or heard.contour.voiced_seconds > 0:
        post(said.TakeJudged(turn.number, outside.judge(heard, turn.exercise, turn.step, turn.trial)))


def _say(outside: Outside, turn: Turn, prompt: str) -> None:
    """Say a prompt to its end, or until the person has gone on; where the voice cannot, it is read."""
    audio = outside.prompt(prompt) if prompt else None
    if audio is None:
        return
    playback = outside.play_sound(audio)
    while not playback.finished and turn.asked() is None:
        time.sleep(LOOK)
    playback.stop()
