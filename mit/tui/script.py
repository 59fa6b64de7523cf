"""What happens when a step is offered: its row as lines, one after the other. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mit.protocol import Along, Does, Manner, Step

COUNT_IN = 3
"""Beats before singing together: two intervals tell a tempo, and a short phrase is not outlasted by its count."""


class Cue(StrEnum):
    """What is done next."""

    PLAY = "play"  # the model, in a manner
    WAIT = "wait"  # seconds of silence
    INSIDE = "inside"  # a silent round: the syllables light up, nothing sounds
    ASK = "ask"  # the question, in a manner
    ALONG = "along"  # the person sings while the model sounds
    TURN = "turn"  # the person alone
    SETTLE = "settle"  # seconds before what came of a take is said
    COMPARE = "compare"  # the model once more, to compare with
    MINE = "mine"  # the take itself


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a script. seconds: of a wait, or at least of a silent round."""

    cue: Cue
    manner: Manner = Manner.SUNG
    along: Along = Along.NOTHING
    seconds: float = 0.0


def script(step: Step, *, sing_inside: bool = False) -> tuple[Line, ...]:
    """The lines of a step. sing_inside: a silent round after listening, and in the wait before the turn.

    The wait comes before the question: the manual has the question asked after six seconds.
    """
    lines = [Line(Cue.PLAY, manner) for manner in step.played]
    if step.delay or (sing_inside and step.does is Does.LISTEN):
        lines.append(Line(Cue.INSIDE if sing_inside else Cue.WAIT, seconds=step.delay))
    if step.asks:
        lines.append(Line(Cue.ASK, step.question))
    if step.along is not Along.NOTHING:
        lines.append(Line(Cue.ALONG, step.response, step.along))
    elif step.does is not Does.LISTEN:
        lines.append(Line(Cue.TURN, step.response))
    return tuple(lines)


def afterwards(*, hear_yourself: bool, delay: float) -> tuple[Line, ...]:
    """The lines after a take, before it is answered. delay: seconds in which a person listens to what they remember."""
    lines = [Line(Cue.SETTLE, seconds=delay)] if delay else []
    return (*lines, *((Line(Cue.COMPARE), Line(Cue.MINE)) if hear_yourself else ()))
