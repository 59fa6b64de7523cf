"""What the practice screen shows, as a value: made by the screen from its state, painted by `renderables`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from mit.phrase import Syllable
from mit.tui.look import Reading


class Stage(StrEnum):
    """Where a person is with one phrase."""

    READY = "ready"  # the phrase is shown; nothing sounds
    LISTEN = "listen"  # the model sings
    ALONG = "along"  # both sing
    ASKED = "asked"  # the question is heard
    CALM = "calm"  # nothing is to be done
    TURN = "turn"  # the person sings
    WAIT = "wait"  # getting ready, or judging for longer than usual
    FEEDBACK = "feedback"  # the graded word, one thing done well, one to try
    TROUBLE = "trouble"  # a kind sentence and a way on


class Sign(StrEnum):
    """Small pictures beside words; renderables.signs draws them."""

    SPEAKER = "speaker"
    VOICE = "voice"
    SUN = "sun"
    TICK = "tick"
    AGAIN = "again"
    GO = "go"
    REST = "rest"
    LONG = "long"
    MICROPHONE = "microphone"
    NOTES = "notes"
    TAP = "tap"
    ON = "on"
    UP = "up"
    DOWN = "down"
    NONE = "none"
    HEADPHONES = "headphones"
    HELP = "help"
    LOW_FACE = "low_face"
    MIDDLE_FACE = "middle_face"
    GLAD_FACE = "glad_face"
    SETTINGS = "settings"
    HAND = "hand"
    RIGHT_HAND = "right_hand"
    SPEECH = "speech"
    KEYS = "keys"
    PEOPLE = "people"
    PHONE = "phone"
    DROOPING = "drooping"
    ARM = "arm"
    FLASH = "flash"
    DOCTOR = "doctor"
    BREATH = "breath"
    LETTERS = "letters"
    GLASS = "glass"
    CUP = "cup"
    FOOD = "food"
    HOUSE = "house"
    BED = "bed"
    MOON = "moon"
    MUSIC = "music"
    HEART = "heart"
    DOOR = "door"
    LAMP = "lamp"
    CLOCK = "clock"
    BUS = "bus"
    GLASSES = "glasses"
    COINS = "coins"
    BATH = "bath"
    CHAIR = "chair"
    SCREEN = "screen"
    QUESTION = "question"
    CAKE = "cake"
    PILL = "pill"
    COLD = "cold"


@dataclass(frozen=True, slots=True)
class Line:
    """One short sentence with its sign."""

    sign: Sign
    text: str


@dataclass(frozen=True, slots=True)
class Keys:
    """What the three keys do now. go: what is written on Space, "" where it does nothing; ready: solid, not hollow;
    z_sign: what Z does, once more or the next choice; again, stop: whether Z and X do anything."""

    go: str
    go_sign: Sign = Sign.GO
    ready: bool = True
    z_sign: Sign = Sign.AGAIN
    again: bool = True
    stop: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a voice line. x: syllables from the left, 0 to their number (2.5 = the middle of the third block);
    height: 0 on the low block, 1 on the high one, beyond them a little; None: no voice, a gap in the line."""

    x: float
    height: float | None


@dataclass(frozen=True, slots=True)
class View:
    """One picture of the practice screen. All words come translated."""

    stage: Stage
    head: str
    sign: Sign
    syllables: tuple[Syllable, ...] = ()
    picture: Sign | None = None
    """What the phrase is about."""
    untold: bool = False
    """Whether its letters are left out: who is asked is not told the answer."""
    lit: int = -1
    """The syllable that sounds now; -1: none."""
    hand_down: bool | None = None
    """The hand that taps the beat: down, up, or not shown (None)."""
    breath: float = 0.0
    """How far the disc of a calm moment has filled, 0 to 1."""
    voice: tuple[Mark, ...] = ()
    taps: tuple[float, ...] = ()
    """Where the hand beat, in syllables from the left."""
    marked: int = -1
    """The syllable that a sentence speaks of; -1: none."""
    grade: int | None = None
    """1 to 4 where a take was graded; the sun stands higher with each."""
    lines: tuple[Line, ...] = ()
    go: str = ""
    """What Space does, a word ("Space"); empty: nothing now."""
    go_sign: Sign = Sign.GO
    go_ready: bool = True
    again: bool = True
    stop: bool = True
    helper: tuple[str, ...] = ()
    """Quiet lines for a relative, right of the essentials; never needed."""
    small: str = ""
    """What to say where the window is too small for the whole screen."""
    demo: str = ""
    """The word that marks a demonstration; empty in real practice."""
    reading: Reading = field(default_factory=Reading)

    @property
    def keys(self) -> Keys:
        return Keys(self.go, self.go_sign, self.go_ready, again=self.again, stop=self.stop)
