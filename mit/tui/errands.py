"""What the practice screen has done in threads: each takes values, calls the outside and the core, posts messages."""

from __future__ import annotations

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


def prepare(outside: Outside, post: Post, phrase: Phrase, melody: Melody) -> None:
    """Find the devices, sing the first model, and load what the first take needs."""
    try:
        outside.find_devices()
    except DeviceError as fault:
        post(said.NoSound(explain(fault)))
    outside.ready_model(phrase, melody)
    outside.prepare()
    post(said.Prepared())


def play(outside: Outside, post: Post, turn: int, phrase: Phrase, melody: Melody) -> None:
    """Let the model be heard."""
    try:
        post(said.ModelSounds(turn, *outside.play(phrase, melody)))
    except DeviceError as fault:
        post(said.Broke(turn, explain(fault)))


def hear(
    outside: Outside, post: Post, turn: int, phrase: Phrase, melody: Melody, asked: Callable[[], Ended | None]
) -> None:
    """Hear a take to its end, judge it and keep it. What was sung before someone left is kept too."""
    from mit.take import Ended, Listener, listen

    listener = Listener(
        show=lambda frames: post(said.Sung(turn, frames)), offer=lambda: post(said.NobodySang(turn)), asked=asked
    )
    try:
        take = outside.open_take(melody)
    except DeviceError as fault:
        post(said.Broke(turn, explain(fault)))
        return
    post(said.TakeOpen(turn))
    heard = listen(take, outside.ending(melody), listener)
    post(said.TakeClosed(turn))
    if heard.ended is not Ended.LEFT or heard.contour.voiced_seconds > 0:
        post(said.TakeJudged(turn, outside.judge(heard, phrase, melody)))
