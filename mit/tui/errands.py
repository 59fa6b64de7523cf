"""What the practice screen has done in threads: each takes values, calls the outside and the core, posts messages."""

from __future__ import annotations

import contextvars
import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message

from mit.errors import DeviceError
from mit.tui import messages as said
from mit.tui.outside import Outside, explain

if TYPE_CHECKING:
    from mit.melody import Melody
    from mit.phrase import Phrase
    from mit.take import Ended

Post = Callable[[Message], object]

_log = logging.getLogger(__name__)


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


def prepare(outside: Outside, post: Post, phrase: Phrase, melody: Melody) -> None:
    """Sing the first model, and load what the first take needs."""
    outside.ready_model(phrase, melody)
    outside.prepare()
    post(said.Prepared())


def play(outside: Outside, post: Post, turn: int, phrase: Phrase, melody: Melody) -> None:
    """Let the model be heard."""
    try:
        post(said.ModelSounds(turn, *outside.play(phrase, melody)))
    except DeviceError as fault:
        post(said.Broke(turn, explain(fault)) if outside.found else said.NoSound(explain(fault)))


def hear(
    outside: Outside, post: Post, turn: int, phrase: Phrase, melody: Melody, asked: Callable[[], Ended | None]
) -> None:
    """Hear a take to its end, judge it and keep it. What was sung before someone left is kept too."""
    from mit.take import Ended, Listener, listen

    ending = outside.ending(melody)
    listener = Listener(
        show=lambda frames: post(said.Sung(turn, frames, begun=ending.begun)),
        offer=lambda: post(said.NobodySang(turn)),
        asked=asked,
    )
    try:
        take = outside.open_take(melody)
    except DeviceError as fault:
        post(said.Broke(turn, explain(fault)))
        return
    post(said.TakeOpen(turn))
    heard = listen(take, ending, listener)
    post(said.TakeClosed(turn))
    if heard.ended is not Ended.LEFT or heard.contour.voiced_seconds > 0:
        post(said.TakeJudged(turn, outside.judge(heard, phrase, melody)))
