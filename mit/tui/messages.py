"""What the threads tell the practice screen. Each carries the number of its turn: a late one is of no use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from mit.course import Course
    from mit.device import Playback
    from mit.live import Frame
    from mit.tui.outside import Judged
    from mit.tui.state import Voice


class Prepared(Message):
    """Everything that the first take needs is loaded."""


class Opened(Message):
    """A session can begin. interrupted: one that broke off, and may be gone on with instead."""

    def __init__(self, course: Course, interrupted: Course | None) -> None:
        super().__init__()
        self.course = course
        self.interrupted = interrupted


class Found(Message):
    """Player and recorder are there."""


class NoSound(Message):
    """The devices cannot be used: keys of the catalogue that say why and what to do."""

    def __init__(self, notes: tuple[str, ...]) -> None:
        super().__init__()
        self.notes = notes


class OfTurn(Message):
    """A message of one turn."""

    def __init__(self, turn: int) -> None:
        super().__init__()
        self.turn = turn


class Sounds(OfTurn):
    """Something is being played; its melody begins `lead` seconds into it."""

    def __init__(self, turn: int, playback: Playback, lead: float) -> None:
        super().__init__(turn)
        self.playback = playback
        self.lead = lead


class Silent(OfTurn):
    """There is nothing to hear here: what comes next may come."""


class TakeOpen(OfTurn):
    """The microphone is open: it is the person's turn."""


class Sung(OfTurn):
    """The next moments of the take; begun: whether singing was heard so far, not only clicks and coughs."""

    def __init__(self, turn: int, frames: list[Frame], *, begun: bool) -> None:
        super().__init__(turn)
        self.frames = frames
        self.begun = begun


class NobodySang(OfTurn):
    """Nothing was heard for long: offer the model again; the turn stays open."""


class TakeClosed(OfTurn):
    """The microphone is closed; the take is being judged."""


class Broke(OfTurn):
    """A device broke off before anything could be judged."""

    def __init__(self, turn: int, notes: tuple[str, ...]) -> None:
        super().__init__(turn)
        self.notes = notes


class Mistaken(OfTurn):
    """A mistake of ours ended an errand; the log knows it."""


class TakeJudged(OfTurn):
    """The take is judged, or practised, and kept."""

    def __init__(self, turn: int, judged: Judged) -> None:
        super().__init__(turn)
        self.judged = judged


class Earlier(OfTurn):
    """Takes of the same phrase and step from before: the first one and the best."""

    def __init__(self, turn: int, voices: tuple[Voice, ...]) -> None:
        super().__init__(turn)
        self.voices = voices
