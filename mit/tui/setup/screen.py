"""The screen of set-up: it owns the state, shows its page, and sends errands to the devices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from textual.message import Message

from mit.errors import MitError
from mit.library import load_words
from mit.settings import Settings
from mit.setup.plan import LISTED, Part, Value
from mit.tui import errands
from mit.tui.look import Look
from mit.tui.outside import BROKE
from mit.tui.page import Page
from mit.tui.presses import Presses
from mit.tui.screens.page import PageScreen
from mit.tui.setup.pages import setup_page
from mit.tui.setup.sound import Errand, SetupSound
from mit.tui.setup.state import LATER, Phase, State, answer, learned
from mit.tui.widgets.page import PageWidget

QUIET = frozenset({Phase.RUN, Phase.HEAR})
"""When nothing is said: the microphone would hear it."""

DONE = "done"


class Learned(Message):
    """What an errand of this turn has learned: fields of the state."""

    def __init__(self, turn: int, facts: Mapping[str, Any]) -> None:
        super().__init__()
        self.turn = turn
        self.facts = facts


class SetupScreen(PageScreen):
    """Dismissed with "done" at the end, or "later" where set-up was put off.

    keep: writes settings as they are chosen, so that whoever breaks off loses nothing (raises MitError); look: how a
    person with these settings sees a page; number: whom they call in an emergency.
    """

    def __init__(
        self,
        state: State,
        sound: SetupSound,
        *,
        keep: Callable[[Mapping[str, Value]], object],
        look_of: Callable[[Settings], Look],
        number: Callable[[Settings], str],
    ) -> None:
        self.state = state
        self._sound = sound
        self._keep = keep
        self._look_of, self._number = look_of, number
        self._turn = 0
        self._words = load_words(state.settings.language)
        super().__init__(self._page(), look_of(state.settings), Presses(), self._speak)

    def on_mount(self) -> None:
        self._start()

    def on_unmount(self) -> None:
        self._turn += 1  # an open microphone is closed

    def choose(self, chosen: str) -> None:
        if chosen == LATER:
            self._save({})  # there are settings now: it is not offered again
            self.dismiss(LATER)
        else:
            self._become(answer(self.state, chosen))

    def on_learned(self, message: Learned) -> None:
        if message.turn == self._turn:
            self._become(learned(self.state, message.facts), message)

    # ---- one state after the other

    def _become(self, state: State, told: Learned | None = None) -> None:
        """Show a state. told: by an errand, which goes on while its part and phase stay; else by the person."""
        before, self.state = self.state, state
        if state.changes is not before.changes:
            self._adopt()
        if state.over:
            self.dismiss(DONE)
            return
        turned = _place(before) != _place(self.state)
        if turned or told is None:
            self._turn += 1
        if turned:
            self.turn_to(self._page(), told.time if told else None)
        else:
            self.show(self._page())
        if turned or told is None:
            self._start()

    def _adopt(self) -> None:
        """What was chosen holds from now on: the language, the side, the loudness."""
        self._save(self.state.changes)
        self._words = load_words(self.state.settings.language)
        self._speak(())
        self._sound.adopt(self.state.settings)
        self.look = self._look_of(self.state.settings)
        self.query_one(PageWidget).wear(self.look)

    def _save(self, changes: Mapping[str, Value]) -> None:
        try:
            self._keep(changes)
        except MitError:
            self.state = replace(self.state, unsaved=True)

    def _page(self) -> Page:
        return setup_page(self.state, self._words, self._number(self.state.settings))

    def _speak(self, texts: tuple[str, ...]) -> None:
        self._sound.say(() if self.state.over or self.state.phase in QUIET else texts)

    # ---- errands

    def _start(self) -> None:
        """Let the devices do what this state wants of them, if anything."""
        errand = self._errand()
        if errand is None or self.state.notes:
            return
        turn = self._turn

        def learn(facts: Mapping[str, Any]) -> None:
            with suppress(RuntimeError):  # the app may have closed by then
                self.post_message(Learned(turn, facts))

        run = partial(self._sound.run, errand, learn, lambda: turn != self._turn)
        errands.start(run, lambda: learn({"notes": BROKE}))

    def _errand(self) -> Errand | None:
        """A row for every state in which something sounds or is heard."""
        state, sound = self.state, self._sound
        if state.part in LISTED and state.phase is Phase.ASK and state.devices is not None:
            return None
        table: dict[tuple[Part, Phase], Errand] = {
            (Part.MICROPHONE, Phase.ASK): sound.look,
            (Part.LEVEL, Phase.RUN): sound.level,
            (Part.LEVEL, Phase.HEAR): sound.own_voice,
            (Part.SPEAKER, Phase.ASK): sound.speakers,
            (Part.SPEAKER, Phase.RUN): sound.sing,
            (Part.LOUDNESS, Phase.ASK): sound.ready_model,
            (Part.LOUDNESS, Phase.RUN): sound.sing,
            (Part.EARS, Phase.ASK): sound.ready_model,
            (Part.EARS, Phase.RUN): partial(sound.ears, hearing=state.hearing),
            (Part.DELAY, Phase.RUN): sound.delay,
            (Part.PITCH, Phase.ASK): sound.ready_tracker,
            (Part.PITCH, Phase.RUN): sound.hums,
        }
        return table.get((state.part, state.phase))


def _place(state: State) -> tuple[int, Phase, tuple[str, ...]]:
    """What makes another page of it."""
    return state.place, state.phase, state.notes
