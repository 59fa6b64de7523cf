"""A page: one thing to read or to look at and what can be chosen, as a value. `renderables.pages` paints it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from mit.phrase import Syllable
from mit.tui.look import Reading
from mit.tui.theme import Role
from mit.tui.view import Keys, Line, Sign

BACK = "back"
"""What X chooses, unless a page says otherwise."""

OPENED = "opened"
"""What is chosen by typing the word of a page."""

MOST_CHOICES = 4


class Arrange(StrEnum):
    """How the choices stand."""

    COLUMN = "column"  # one under the other, four of them two by two: words
    ROW = "row"  # side by side: pictures
    HOME = "home"  # the first over half the height, the others side by side below


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: what the page returns for it, its sign and one to three words, or a phrase."""

    id: str
    sign: Sign
    text: str = ""
    syllables: tuple[Syllable, ...] = ()
    """Of a phrase: where phrases are not written, their blocks stand in its place."""


@dataclass(frozen=True, slots=True)
class Meter:
    """A level, upright, with the two lines it should stay between. All from 0 (silent) to 1 (full).

    step: which of `steps` states it is in, lowest first; drawn as steps, so that a state is a place, not a colour.
    """

    level: float
    low: float
    high: float
    step: int = 0
    steps: int = 0


@dataclass(frozen=True, slots=True)
class Disc:
    """A disc that breathes inside its ring; size: 0 to 1."""

    size: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A sign, large."""

    sign: Sign
    role: Role = Role.MODEL
    second: Role = Role.INK


@dataclass(frozen=True, slots=True)
class Song:
    """A phrase on its heights; lit: the syllable that sounds now, -1 none. Empty text in a syllable: blocks alone."""

    syllables: tuple[Syllable, ...]
    lit: int = -1
    picture: Sign | None = None


Content = Meter | Disc | Picture | Song


@dataclass(frozen=True, slots=True)
class Page:
    """One screen. All words come translated; a sentence has at most seven.

    choices: none or one: only the keys stand there; two to four: large targets, Z moves on from one to the next. A
    click on a target chooses it at once. go: what is written on Space.
    """

    head: str
    sign: Sign
    lines: tuple[Line, ...] = ()
    choices: tuple[Choice, ...] = ()
    lit: int = 0
    """Which choice Space takes now."""
    arrange: Arrange = Arrange.COLUMN
    content: Content | None = None
    go: str = "Space"
    ready: bool = True
    """Whether Space does anything yet; hollow while not."""
    again: str | None = None
    """What Z chooses; None: it moves on among the choices, or says the page once more where there is one."""
    again_sign: Sign = Sign.AGAIN
    stop: str | None = BACK
    """What X chooses; None: nothing."""
    done: int | None = None
    """Of ten places at the foot of the page, how many are done."""
    silent: bool = False
    """Whether the voice says nothing: something else sounds here."""
    word: str = ""
    """What is typed, letter by letter, to choose OPENED: for helpers, never needed by the person who practises."""
    sounds: Role | None = None
    """Who sounds now: a bar at the edge."""
    helper: tuple[str, ...] = ()
    small: str = ""
    demo: str = ""
    reading: Reading = field(default_factory=Reading)

    def __post_init__(self) -> None:
        if len(self.choices) > MOST_CHOICES:
            raise ValueError(f"a page with {len(self.choices)} choices")

    @property
    def chosen(self) -> Choice | None:
        """What Space takes."""
        return self.choices[self.lit] if self.choices else None

    @property
    def moves(self) -> bool:
        """Whether Z moves on to the next choice."""
        return self.again is None and len(self.choices) > 1

    @property
    def moved_on(self) -> Page:
        """The same with the next choice lit; after the last comes the first."""
        return replace(self, lit=(self.lit + 1) % len(self.choices))

    @property
    def said(self) -> tuple[str, ...]:
        """What the voice says when the page comes up."""
        if self.silent:
            return ()
        return tuple(text for text in (self.head, *(line.text for line in self.lines)) if text)

    @property
    def said_now(self) -> tuple[str, ...]:
        """What the voice says when the lit choice has changed: the whole page again where they begin anew."""
        chosen = self.chosen
        said = (chosen.text,) if chosen and chosen.text and not self.silent else ()
        return said if self.lit else (*self.said, *said)

    @property
    def keys(self) -> Keys:
        chosen = self.chosen
        sign = Sign.GO if chosen is None or len(self.choices) > 1 else chosen.sign
        return Keys(
            self.go if chosen else "",
            sign,
            self.ready,
            z_sign=Sign.ON if self.moves else self.again_sign,
            again=self.moves or self.again is not None or bool(self.said),
            stop=self.stop is not None,
        )
