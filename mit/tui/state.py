"""The state of the practice screen and the picture it makes. Pure: replaced whole, never changed in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mit.melody import Melody
from mit.phrase import Phrase
from mit.tui.lines import live_line, sung_line
from mit.tui.pictures import picture_of
from mit.tui.scenes import SCENES, Row, Scene
from mit.tui.view import Line, Mark, Sign, View

if TYPE_CHECKING:
    from mit.live import Frame
    from mit.practice import Assessment
    from mit.words import Words

HAND_DOWN = 0.4
"""Share of a beat for which the drawn hand lies on the table."""

OFFER = "offer.model"

SIGNS = {"longer": Sign.LONG, "once_more": Sign.AGAIN}
"""Signs of what to try; everything else is an arrow on."""


@dataclass(frozen=True, slots=True)
class State:
    """What the screen knows.

    position: seconds of the melody heard, below 0 before it begins; frames: the take so far, begun: whether singing
    was heard in it; notes: keys of the catalogue that are said with the scene; quietly: keys that only the helper
    needs.
    """

    phrase: Phrase
    melody: Melody
    scene: Scene = Scene.READY
    position: float = -1.0
    frames: tuple[Frame, ...] = ()
    begun: bool = False
    assessment: Assessment | None = None
    notes: tuple[str, ...] = ()
    quietly: tuple[str, ...] = ()

    @property
    def offered(self) -> bool:
        """Whether the model is offered again, since nobody sang for long."""
        return OFFER in self.notes


def picture(state: State, words: Words, *, demo: bool) -> View:
    """The view of a state."""
    row = SCENES[state.scene]
    syllables = () if state.scene in (Scene.TROUBLE, Scene.NO_SOUND, Scene.END) else state.phrase.syllables
    sounding = _sounding(state)
    return View(
        stage=row.stage,
        head=_head(state, row, words),
        sign=row.sign,
        syllables=syllables,
        picture=picture_of(state.phrase) if syllables else None,
        lit=sounding[0] if sounding else -1,
        hand_down=(sounding is not None and sounding[1] < HAND_DOWN) if state.scene is Scene.LISTEN else None,
        voice=_voice(state),
        grade=_grade(state),
        lines=_lines(state, words),
        go=words("key.space") if row.space else "",
        go_sign=Sign.GO if state.offered else row.go_sign,
        go_ready=row.space is not None and (state.scene is not Scene.TURN or state.begun or state.offered),
        again=row.again is not None,
        stop=row.stop is not None,
        helper=(*words.lines(f"helper.{row.helper}"), *(words(key) for key in state.quietly)),
        demo=words("demo.mark") if demo else "",
        small=words("window.small"),
    )


def _grade(state: State) -> int | None:
    return state.assessment.score.grade if state.assessment and state.scene is Scene.FEEDBACK else None


def _head(state: State, row: Row, words: Words) -> str:
    grade = _grade(state)
    return words(row.head) if row.head else words(f"grade.{grade or 1}")


def _sounding(state: State) -> tuple[int, float] | None:
    """The syllable that the model sings now, and how far it is through it (0 to 1)."""
    if state.scene is not Scene.LISTEN:
        return None
    for k, note in enumerate(state.melody.notes):
        if note.onset <= state.position < note.end:
            return k, (state.position - note.onset) / note.duration
    return None


def _voice(state: State) -> tuple[Mark, ...]:
    if state.scene is Scene.TURN:
        return live_line(state.frames, state.melody)
    if state.scene is Scene.FEEDBACK and state.assessment:
        return sung_line(state.assessment, state.melody)
    return ()


def _lines(state: State, words: Words) -> tuple[Line, ...]:
    said = tuple(Line(_note_sign(key), words(key)) for key in state.notes)
    if state.scene is not Scene.FEEDBACK or state.assessment is None:
        return said
    feedback = state.assessment.feedback
    done, to_try = feedback.did_well, feedback.try_next
    lines = [Line(Sign.TICK, words(f"feedback.{done.key}", syllable=done.syllable))] if done else []
    if said:
        return (*lines, said[-1])  # what is the matter with the sound first: its remedy is the thing to try
    if to_try:
        sign = SIGNS.get(to_try.key, Sign.GO)
        lines.append(Line(sign, words(f"feedback.{to_try.key}", syllable=to_try.syllable)))
    return tuple(lines)


def _note_sign(key: str) -> Sign:
    """What is the matter has the microphone's sign, a way on an arrow."""
    return Sign.MICROPHONE if key.startswith("trouble.") else Sign.GO
