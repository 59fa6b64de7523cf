"""The scenes of practising one phrase: a table of what each shows and what each key does there. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mit.tui.view import Sign, Stage


class Key(StrEnum):
    """The three keys of the left hand."""

    SPACE = "space"
    AGAIN = "z"
    STOP = "x"


class Act(StrEnum):
    """What a key brings about."""

    LISTEN = "listen"  # the model sings this phrase
    FINISH = "finish"  # the take is over: judge it
    READY = "ready"  # back to the phrase
    NEXT = "next"  # the next phrase
    LOOK = "look"  # look for the devices again
    PRETEND = "pretend"  # go on with a simulated patient
    QUIT = "quit"


class Scene(StrEnum):
    """Where a person is with one phrase."""

    READY = "ready"
    LOOKING = "looking"
    PREPARING = "preparing"
    LISTEN = "listen"
    TURN = "turn"
    JUDGING = "judging"
    FEEDBACK = "feedback"
    ONCE_MORE = "once_more"
    TROUBLE = "trouble"
    NO_SOUND = "no_sound"
    END = "end"


@dataclass(frozen=True, slots=True)
class Row:
    """A scene: how it is painted, its head (a key of the catalogue), its helper lines, and what the keys do."""

    stage: Stage
    head: str
    sign: Sign
    helper: str
    space: Act | None
    again: Act | None
    stop: Act | None
    go_sign: Sign = Sign.GO


SCENES = {
    Scene.READY: Row(Stage.READY, "stage.ready", Sign.NOTES, "ready", Act.LISTEN, Act.LISTEN, Act.QUIT),
    Scene.LOOKING: Row(Stage.WAIT, "stage.wait", Sign.MICROPHONE, "wait", None, None, Act.QUIT),
    Scene.PREPARING: Row(Stage.WAIT, "stage.preparing", Sign.REST, "wait", None, None, Act.READY),
    Scene.LISTEN: Row(Stage.LISTEN, "stage.listen", Sign.SPEAKER, "listen", None, Act.LISTEN, Act.READY),
    Scene.TURN: Row(Stage.TURN, "stage.turn", Sign.VOICE, "turn", Act.FINISH, Act.LISTEN, Act.READY, Sign.TICK),
    Scene.JUDGING: Row(Stage.WAIT, "stage.wait", Sign.REST, "wait", None, None, Act.READY),
    Scene.FEEDBACK: Row(Stage.FEEDBACK, "", Sign.SUN, "feedback", Act.NEXT, Act.LISTEN, Act.READY),
    Scene.ONCE_MORE: Row(Stage.FEEDBACK, "stage.once_more", Sign.AGAIN, "feedback", Act.NEXT, Act.LISTEN, Act.READY),
    Scene.TROUBLE: Row(Stage.TROUBLE, "stage.trouble", Sign.MICROPHONE, "trouble", Act.LISTEN, Act.LISTEN, Act.READY),
    Scene.NO_SOUND: Row(Stage.TROUBLE, "stage.trouble", Sign.MICROPHONE, "no_sound", Act.PRETEND, Act.LOOK, Act.QUIT),
    Scene.END: Row(Stage.TROUBLE, "stage.end", Sign.TICK, "end", Act.NEXT, Act.NEXT, Act.QUIT),
}


def act(scene: Scene, key: Key) -> Act | None:
    """What a key does in a scene; None: nothing."""
    row = SCENES[scene]
    return {Key.SPACE: row.space, Key.AGAIN: row.again, Key.STOP: row.stop}[key]
