"""The scenes of practising one phrase: a table of what each shows and what each key does there. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mit.progress import Outcome
from mit.tui.view import Sign, Stage


class Key(StrEnum):
    """The three keys of the left hand."""

    SPACE = "space"
    AGAIN = "z"
    STOP = "x"


class Act(StrEnum):
    """What a key brings about."""

    PERFORM = "perform"  # what is due is played, asked, sung
    AGAIN = "again"  # the same step once more
    TAP = "tap"  # the hand beats a syllable
    FINISH = "finish"  # the take is over
    ON = "on"  # what was heard or answered is seen: decide, or what comes next
    STOP = "stop"  # enough for today
    ASK = "ask"  # whether it is enough
    LOOK = "look"  # look for the devices again
    PRETEND = "pretend"  # go on with a simulated patient
    LEAVE = "quit"


class Scene(StrEnum):
    """Where a person is with one phrase."""

    OPENING = "opening"
    READY = "ready"
    LOOKING = "looking"
    PREPARING = "preparing"
    LISTEN = "listen"
    WAIT = "wait"
    INSIDE = "inside"
    ASKED = "asked"
    ALONG = "along"
    TURN = "turn"
    JUDGING = "judging"
    HEARD = "heard"
    SETTLING = "settling"
    FEEDBACK = "feedback"
    THANKS = "thanks"
    ONCE_MORE = "once_more"
    COMPARE = "compare"
    TROUBLE = "trouble"
    NO_SOUND = "no_sound"


@dataclass(frozen=True, slots=True)
class Row:
    """A scene: how it is painted, its head (a key of the catalogue), its helper lines, and what the keys do.

    taps: whether the keys of the left side beat the syllables; decided: whether a helper may say yes or not yet.
    """

    stage: Stage
    head: str
    sign: Sign
    helper: str
    space: Act | None
    again: Act | None
    stop: Act | None
    go_sign: Sign = Sign.GO
    taps: bool = False
    decided: bool = False


# fmt: off
SCENES = {
    Scene.OPENING: Row(Stage.WAIT, "stage.preparing", Sign.REST, "wait", None, None, Act.LEAVE),
    Scene.READY: Row(Stage.READY, "stage.ready", Sign.NOTES, "ready", Act.PERFORM, Act.PERFORM, Act.STOP),
    Scene.LOOKING: Row(Stage.WAIT, "stage.wait", Sign.MICROPHONE, "wait", None, None, Act.LEAVE),
    Scene.PREPARING: Row(Stage.WAIT, "stage.preparing", Sign.REST, "wait", None, None, Act.STOP),
    Scene.LISTEN: Row(Stage.LISTEN, "stage.listen", Sign.SPEAKER, "listen", Act.TAP, Act.AGAIN, Act.STOP, Sign.TAP,
                      taps=True),
    Scene.WAIT: Row(Stage.CALM, "stage.calm", Sign.REST, "pause", None, Act.AGAIN, Act.STOP),
    Scene.INSIDE: Row(Stage.LISTEN, "stage.inside", Sign.NOTES, "inside", Act.TAP, Act.AGAIN, Act.STOP, Sign.TAP,
                      taps=True),
    Scene.ASKED: Row(Stage.ASKED, "stage.listen", Sign.SPEAKER, "asked", None, Act.AGAIN, Act.STOP),
    Scene.ALONG: Row(Stage.ALONG, "stage.along", Sign.VOICE, "along", Act.TAP, Act.AGAIN, Act.ASK, Sign.TAP,
                     taps=True),
    Scene.TURN: Row(Stage.TURN, "stage.turn", Sign.VOICE, "turn", Act.TAP, Act.AGAIN, Act.ASK, Sign.TAP, taps=True),
    Scene.JUDGING: Row(Stage.WAIT, "stage.wait", Sign.REST, "wait", None, None, Act.STOP),
    Scene.HEARD: Row(Stage.READY, "stage.heard", Sign.GO, "heard", Act.ON, Act.AGAIN, Act.STOP),
    Scene.SETTLING: Row(Stage.CALM, "stage.calm", Sign.REST, "pause", None, None, Act.STOP),
    Scene.FEEDBACK: Row(Stage.FEEDBACK, "", Sign.SUN, "feedback", Act.ON, Act.AGAIN, Act.STOP, decided=True),
    Scene.THANKS: Row(Stage.FEEDBACK, "stage.thanks", Sign.VOICE, "thanks", Act.ON, Act.AGAIN, Act.STOP,
                      decided=True),
    Scene.ONCE_MORE: Row(Stage.FEEDBACK, "stage.once_more", Sign.AGAIN, "feedback", Act.ON, Act.AGAIN, Act.STOP,
                         decided=True),
    Scene.COMPARE: Row(Stage.LISTEN, "stage.compare", Sign.SPEAKER, "compare", None, None, Act.STOP),
    Scene.TROUBLE: Row(Stage.TROUBLE, "stage.trouble", Sign.MICROPHONE, "trouble", Act.PERFORM, Act.PERFORM,
                       Act.STOP),
    Scene.NO_SOUND: Row(Stage.TROUBLE, "stage.trouble", Sign.MICROPHONE, "no_sound", Act.PRETEND, Act.LOOK,
                        Act.LEAVE),
}
# fmt: on

TAPS = {
    False: frozenset((*"12345qertasdfgcvb", "tab")),
    True: frozenset((*"67890uiophjklnm", "comma", "full_stop", "minus", "semicolon")),
}
"""The keys that beat a syllable, besides Space: those on the side of the hand that taps, by whether it is the right
one. All but X, Z and what lies in its place on other keyboards, and a helper's own, which are pressed for something."""

DECIDING = {"enter": Outcome.YES, "backspace": Outcome.NOT_YET}
"""What a helper or a therapist at the right side of the keyboard says of a step."""

COMPARING = {"a": "first", "s": "best", "d": ""}
"""Keys under the left hand that show the first take of a phrase, the best one, and the one of now."""


def act(scene: Scene, key: Key) -> Act | None:
    """What a key does in a scene; None: nothing."""
    row = SCENES[scene]
    return {Key.SPACE: row.space, Key.AGAIN: row.again, Key.STOP: row.stop}[key]
