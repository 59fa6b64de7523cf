"""One view for every state of the practice screen: what the pictures show and the painting tests look at."""

from __future__ import annotations

from dataclasses import replace
from math import sin

from mit.phrase import Syllable, spell
from mit.tui.view import Line, Mark, Sign, Stage, View

SIZES = ((80, 24), (120, 40), (200, 60))

WATER = spell("wa-ter", "HL")
COFFEE = spell("cup of cof-fee", "HLHL")
LONG = spell("I would like a cup of cof-fee please", "LLHLHLHLH")
PICTURES = {WATER: Sign.GLASS, COFFEE: Sign.CUP, LONG: Sign.CUP}
RAISED = {"H": 1.0, "M": 0.5, "L": 0.0}


def sung(syllables: tuple[Syllable, ...], upto: float, step: float = 0.02) -> tuple[Mark, ...]:
    """A voice that slides up to each note and falls off it a little, as far as `upto` syllables."""
    marks = []
    for k in range(round(upto / step)):
        x = k * step
        part = x - int(x)
        slide = -0.35 * max(0.0, 1 - 5 * part)
        fall = -0.15 * max(0.0, part - 0.7)
        height = RAISED[syllables[int(x)].height] + slide + fall + 0.05 * sin(11 * part + x)
        marks.append(Mark(x, None if part > 0.95 else height))
    return tuple(marks)


def ready(syllables: tuple[Syllable, ...]) -> View:
    return View(Stage.READY, "Ready?", Sign.NOTES, syllables, PICTURES.get(syllables), go="Space", again=True)


def listen(syllables: tuple[Syllable, ...], lit: int, down: bool = True) -> View:
    return View(
        Stage.LISTEN,
        "Listen",
        Sign.SPEAKER,
        syllables,
        PICTURES.get(syllables),
        lit=lit,
        hand_down=down,
        go="Space",
        go_sign=Sign.TAP,
        helper=("For the helper", "The model sings.", "Tap along on Space,", "with the left hand."),
    )


def turn(syllables: tuple[Syllable, ...], upto: float) -> View:
    return View(
        Stage.TURN,
        "Your turn",
        Sign.VOICE,
        syllables,
        PICTURES.get(syllables),
        hand_down=False,
        voice=sung(syllables, upto),
        go="Space",
        go_sign=Sign.TICK,
        helper=("For the helper", "No hurry: it waits.", "Space: done", "Z: hear it again"),
    )


GRADES = ("I hear you", "Close", "Very close", "Just like it")


def feedback(syllables: tuple[Syllable, ...], grade: int | None, try_next: str = "Hold ter longer.") -> View:
    return View(
        Stage.FEEDBACK,
        GRADES[grade - 1] if grade else "Once more?",
        Sign.SUN if grade else Sign.AGAIN,
        syllables,
        voice=sung(syllables, len(syllables) - 0.45) if grade else (),
        grade=grade,
        lines=(Line(Sign.TICK, "High, then low."), Line(Sign.LONG, try_next)) if grade else (),
        go="Space",
        helper=("For the helper", "Blocks: the model", "Line: this voice", "Z: hear both"),
    )


def trouble(*lines: str) -> View:
    signs = (Sign.MICROPHONE, Sign.GO)
    told = tuple(Line(sign, text) for sign, text in zip(signs, lines, strict=False))
    return View(Stage.TROUBLE, "No sound", Sign.MICROPHONE, lines=told, go="Space")


VIEWS: dict[str, View] = {
    "ready": ready(WATER),
    "ready-long": ready(LONG),
    "listen": listen(WATER, 1),
    "listen-up": listen(COFFEE, 2, down=False),
    "listen-long": listen(LONG, 4),
    "turn": turn(WATER, 1.4),
    "turn-coffee": turn(COFFEE, 2.6),
    "turn-long": turn(LONG, 7.3),
    "wait": View(Stage.WAIT, "One moment", Sign.REST, WATER, again=False),
    "wait-empty": View(Stage.WAIT, "Preparing", Sign.REST, again=False),
    "feedback": feedback(WATER, 3),
    "feedback-first": feedback(COFFEE, 1, "Start high, then go low."),
    "feedback-close": feedback(COFFEE, 2),
    "feedback-top": feedback(WATER, 4, "Once more?"),
    "feedback-long": feedback(LONG, 3, "Hold the last syllable longer."),
    "feedback-unsure": feedback(WATER, None),
    "trouble": trouble("The microphone is silent.", "Plug it in, then press Space."),
    "trouble-one": trouble("Come a little closer."),
    "demo": replace(turn(COFFEE, 1.7), demo="demo"),
}
