"""The state of the practice screen. Pure: replaced whole, never changed in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mit.protocol import Along, Judged, Manner, Step, Tap
from mit.tui.exercise import Exercise
from mit.tui.scenes import Act, Key, Scene, act
from mit.tui.script import Line

if TYPE_CHECKING:
    from mit.live import Frame
    from mit.practice import Assessment

OFFER = "offer.model"


@dataclass(frozen=True, slots=True)
class Voice:
    """A take of this phrase from before: "first" or "best"."""

    name: str
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class State:
    """What the screen knows.

    step: the row that is offered, line: what of it happens now, None before and after; position: seconds of the melody
    heard, below 0 before it begins; calm: how far a wait has gone, 0 to 1; frames: the take so far, begun: whether
    singing was heard in it; taps: seconds from where the assessed take began; mine: whether it is the person's own
    take that sounds; others: earlier takes to look at, shown: which of them is; notes: keys of the catalogue that are
    said with the scene; quietly: keys that only the helper needs.
    """

    exercise: Exercise | None = None
    step: Step | None = None
    scene: Scene = Scene.OPENING
    line: Line | None = None
    position: float = -1.0
    calm: float = 0.0
    frames: tuple[Frame, ...] = ()
    begun: bool = False
    assessment: Assessment | None = None
    taps: tuple[float, ...] = ()
    mine: bool = False
    others: tuple[Voice, ...] = ()
    shown: str = ""
    notes: tuple[str, ...] = ()
    quietly: tuple[str, ...] = ()
    may_repeat: bool = True
    tapping: bool = True

    @property
    def offered(self) -> bool:
        """Whether the model is offered again, since nobody sang for long."""
        return OFFER in self.notes

    @property
    def taps_shown(self) -> bool:
        """Whether the hand is asked to beat in this step."""
        return self.step is not None and self.step.tap is not Tap.NO

    @property
    def asks(self) -> bool:
        return self.step is not None and self.step.asks

    @property
    def on_pitch(self) -> bool:
        """Whether the voice is drawn by its pitch, and graded."""
        return self.step is None or (self.step.judged is Judged.MELODY and self.step.answered)

    @property
    def answered(self) -> bool:
        """Whether the person is told and shown how it went."""
        return self.step is None or self.step.answered

    @property
    def together(self) -> bool:
        return self.step is not None and self.step.along is not Along.NOTHING

    @property
    def manner(self) -> Manner:
        """How the phrase is voiced now."""
        return self.line.manner if self.line else Manner.SUNG

    def act(self, key: Key) -> Act | None:
        """What a key does now. Without tapping, Space ends a take that has begun, or takes the model that is offered;
        with it, it never ends what somebody sings to."""
        wanted = act(self.scene, key)
        if wanted is Act.AGAIN and not self.may_repeat:
            return None
        if wanted is not Act.TAP or self.tapping:
            return wanted
        if self.scene is not Scene.TURN:
            return None
        return Act.FINISH if self.begun else Act.AGAIN if self.offered and self.may_repeat else None
