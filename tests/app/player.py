"""Somebody at the real app: reads what the screen shows, waits for what is bright, presses, clicks, taps and sings."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mit.library import load_sets, load_words
from mit.phrase import Phrase
from tests.app.painted import Painted, Patch, read
from tests.app.places import Places
from tests.app.terminal import SETTLING, Terminal
from tests.sound.card import FEED_RATE, VirtualSound, write_pcm
from tests.voices import phrase as plan
from tests.voices import sing

BEAT = 0.5
"""Seconds a syllable of everything here."""

LOW = 50.0
"""MIDI D3, of a man who sings below the model."""

LOOK = 0.15
"""Seconds between looks at the screen."""

UNANSWERED = 3.0
"""Seconds after which a press that changed nothing is made again, and told of."""

STUCK = 90.0
"""Seconds at one place after which there is no way on."""

BREATH = 0.6
"""Seconds from the opening of a turn to the voice."""

HISS_AGAIN = 60.0
"""Seconds after which the quiet of the room is fed anew; the card's lasts twice as long."""

AT_THE_FOOT = 0.85
"""Of the height, from which a bright patch is the key; over it, while the key is hollow, a hand may be the last."""

TAPPED = frozenset({"along", "turn"})
"""Places where the hand beats."""

BY_ITSELF = frozenset({"", "wait", "listen", "along", "turn", "inside", "asked"})
"""Places that go on without a press."""

LATE = {"listen": 1.2, "along": 2.2, "turn": 2.2, "asked": 0.6, "pause": 12.0}
"""Seconds after which a place is drawn; all others as they come up."""


@dataclass
class Player:
    """way: "keys" (Space, and Z for what is not lit), or "mouse". missed: the step of the second phrase that is first
    answered with "not yet". voice: whether the person sings, or somebody pretends to inside the app."""

    app: Terminal
    card: VirtualSound
    folder: Path
    database: Path
    width: int
    height: int
    way: str = "keys"
    missed: str = ""
    voice: bool = True
    places: Places = field(default_factory=lambda: Places(load_words()))
    met: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """What went otherwise than it should."""
    pictures: dict[str, Painted] = field(default_factory=dict)
    taps: int = 0
    place: str = ""
    screen: Painted = field(default_factory=lambda: Painted(0, ()))
    _key: tuple[int, int] = (0, 0)
    """Where Space is drawn: always in the same place, also while it is hollow."""
    _until: Callable[[Player], bool] = lambda _: False
    _since: float = 0.0
    _acted: float = 0.0
    _hissed: float = 0.0
    _sung: bool = False
    _declined: bool = False
    _phrases: dict[str, Phrase] = field(default_factory=lambda: {p.id: p for s in load_sets() for p in s.phrases})

    def turn_to(self, app: Terminal) -> None:
        """The same person, the app in another window."""
        self.app, self.place = app, ""

    # ---- seeing

    def look(self) -> None:
        """Take in what is on the screen now."""
        painted = self.app.painted
        self.screen = read(painted, self.width, self.height)
        place = self.places.of(self.screen.text)
        if place != self.place:
            self.place, self._since, self._acted, self._sung = place, time.monotonic(), 0.0, False
            if place:
                self.met.append(f"{self.step}:{place}")
        if self.screen.bright and self.screen.bright[-1].last > AT_THE_FOOT * self.height:
            self._key = self.screen.bright[-1].middle
        self._keep_picture()

    def _keep_picture(self) -> None:
        name = (
            f"{self.step}-{self.place}"
            if self.place in ("listen", "along", "turn", "asked", "feedback")
            else self.place
        )
        if name not in self.pictures or self.here < LATE.get(self.place, 0.5) + 2 * LOOK:
            self.pictures[name] = self.screen

    @property
    def here(self) -> float:
        """Seconds at this place."""
        return time.monotonic() - self._since

    @property
    def trial(self) -> tuple[int, str, str]:
        """Number of the item, phrase and step that are practised now: what a person sees and hears."""
        found = self.find("select item, phrase, step from trials order by rowid desc limit 1")
        return found[0] if found else (0, "", "")

    @property
    def step(self) -> str:
        return self.trial[2]

    def find(self, question: str) -> list[tuple[Any, ...]]:
        """What the database answers; nothing where there is none yet."""
        try:
            with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=2.0)) as there:
                return there.execute(question).fetchall()
        except sqlite3.OperationalError:
            return []

    # ---- doing

    def go(self, until: Callable[[Player], bool]) -> None:
        """On and on, until something is so."""
        self._since, self._until = time.monotonic(), until
        while True:
            self._room()
            self.look()
            if until(self):
                return
            if self.here > STUCK:
                raise AssertionError(
                    f"no way on from {self.place or 'an unknown place'} at {self.step}:\n{self.screen.text}"
                )
            self._act()
            time.sleep(LOOK)

    def _room(self) -> None:
        if time.monotonic() > self._hissed + HISS_AGAIN:
            self._hissed = time.monotonic()
            self.card.hiss()

    def _act(self) -> None:
        if self.place in TAPPED and not self._sung:
            self._sung = True
            self._sing() if self.place == "turn" and self.voice else self._tap()
        elif self.place not in BY_ITSELF and self.screen.bright and self._may_press:
            if self._acted:
                self.told.append(f"a press at {self.place} changed nothing for {UNANSWERED:g} s")
            self._press()

    @property
    def _may_press(self) -> bool:
        settled = self.here > SETTLING + 0.2
        return settled and (not self._acted or time.monotonic() > self._acted + UNANSWERED)

    def _press(self) -> None:
        declines = self.place == "decide_page" and self._declines
        if declines:
            self._declined = True
            self.choose_other()
        else:
            self.take()
        self._acted = time.monotonic()

    @property
    def _declines(self) -> bool:
        item, _, step = self.trial
        return bool(self.missed) and not self._declined and (item, step) == (1, self.missed)

    @property
    def _lit(self) -> Patch:
        """A choice is larger than the key below it, which is larger than any picture."""
        return max(self.screen.bright, key=lambda patch: patch.size)

    def take(self) -> None:
        """What is lit."""
        if self.way == "mouse":
            self.app.click(*self._lit.middle)
        else:
            self.app.press("Space")

    def choose_other(self) -> None:
        """The second of two choices: by Z and Space, or by a click on the hollow one."""
        if self.way == "mouse":
            lit, key = self._lit, self.screen.bright[-1]
            self.app.click(lit.middle[0], (lit.last + key.first) // 2)
        else:
            self.app.press("z")
            self.app.settle()
            self.app.press("Space")

    def _beat(self) -> None:
        """Once with the hand: the key, or a click in the middle of the stage."""
        self.taps += 1
        if self.way == "mouse":
            self.app.click(self.width // 4, self.height // 2)
        else:
            self.app.press("Space")

    def _tap(self) -> None:
        """In the tempo of the phrase, as long as the place is the same."""
        begun, place = time.monotonic(), self.place
        for k, _ in enumerate(self._phrases[self.trial[1]].syllables, start=1):
            self._beat()
            time.sleep(max(0.0, begun + k * BEAT - time.monotonic()))
            self.look()
            if self.place != place or self._until(self):
                return

    def _sing(self) -> None:
        """The phrase, well, with the hand on the beat; whoever has the mouse ends the take by a click as well."""
        time.sleep(BREATH)
        self.card.feed(self.song(self._phrases[self.trial[1]]), wait=False)
        self._tap()
        if self.way == "mouse" and self.place == "turn" and self.trial[0] == 0:
            time.sleep(BEAT)
            self.app.click(*self._key)

    def song(self, phrase: Phrase) -> Path:
        """As the voice sings it that has no code in common with the trainer's."""
        file = self.folder / f"{phrase.id}.wav"
        if not file.exists():
            notes = plan(phrase.hyphenated, phrase.pattern, low=LOW, beat=BEAT, start=0.1)
            write_pcm(file, sing(notes, voice="tenor", rate=FEED_RATE), FEED_RATE)
        return file


def ended(player: Player) -> bool:
    """Whether the last page has been there for as long as it takes to see it."""
    return player.place == "end" and player.here > 1.0
