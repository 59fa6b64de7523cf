"""The practice screen: keys, mouse and pictures of a session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from mit.session import By
from mit.tui import errands
from mit.tui import messages as said
from mit.tui.picture import ANSWERED, picture
from mit.tui.presses import key_name
from mit.tui.scenes import COMPARING, DECIDING, SCENES, TAPS, Act, Key, Scene
from mit.tui.screens.following import FollowingScreen
from mit.tui.screens.page import Say, silent
from mit.tui.widgets.stage import StageWidget

if TYPE_CHECKING:
    from mit.tui.beginning import Beginning
    from mit.tui.look import Look
    from mit.tui.outside import Outside
    from mit.tui.picture import Telling
    from mit.tui.presses import Presses
    from mit.tui.state import State

KEYS = frozenset(str(key) for key in Key)

SAID = ANSWERED | {Scene.READY, Scene.HEARD, Scene.TROUBLE, Scene.NO_SOUND}
"""Scenes that are spoken as they come; of those in which something sounds or is heard, the prompt comes before."""


class PracticeScreen(FollowingScreen):
    """Practise a session. Dismissed with how it ended: "done", "enough", "dose"; "leave", where it did not begin; or
    "pretend", to go on with a simulated patient."""

    def __init__(
        self,
        outside: Outside,
        beginning: Beginning,
        telling: Telling,
        look: Look,
        presses: Presses,
        say: Say = silent,
        *,
        present: By = By.HELPER,
    ) -> None:
        """present: who is beside the person and may decide, a helper or a therapist."""
        super().__init__(outside, beginning, telling, prompts=say is not silent)
        self.look = look
        self.presses = presses
        self.say = say
        self.present = present

    def compose(self) -> ComposeResult:
        yield StageWidget(self.look)

    def on_mount(self) -> None:
        self.presses.turn()
        self.show(self.state)
        self.call_after_refresh(self._begin_session)

    def on_unmount(self) -> None:
        self.say(())

    def show(self, state: State) -> None:
        earlier, self.state = self.state, state
        view = picture(state, self.telling)
        self.query_one(StageWidget).show(view)
        if state.scene is not earlier.scene:
            self.say((view.head, *(line.text for line in view.lines)) if state.scene in SAID else ())

    def _begin_session(self) -> None:
        self._look_for_devices()
        self.prepare()
        self.run(lambda: self.post(said.Opened(*self.beginning.open(self.outside.keeper))))

    # ---- keys

    def on_key(self, event: events.Key) -> None:
        key = key_name(event.key)
        if self._beats and (key in TAPS[self.look.reading.right_hand] or key == Key.SPACE):
            event.stop()
            self.hit(key, event.time)
        elif key in KEYS:
            event.stop()
            self._press(Key(key), event.time)
        elif key in COMPARING:
            event.stop()
            self._compare(COMPARING[key])
        elif key in DECIDING and self.presses.count(key, event.time):
            event.stop()
            self._helper_pressed(key)

    def on_stage_widget_key_clicked(self, event: StageWidget.KeyClicked) -> None:
        """A click ends a take, where the key itself beats the syllables."""
        if not (self._beats and event.key == Key.SPACE):
            self._press(Key(event.key), event.at)
        elif self.state.scene is Scene.TURN and self.presses.count(event.key, event.at):
            self.finish()

    def on_stage_widget_beaten(self, event: StageWidget.Beaten) -> None:
        if self._beats:
            self.hit("mouse", event.at)
        else:
            names = list(COMPARING.values())
            self._compare(names[(names.index(self.state.shown) + 1) % len(names)])

    @property
    def _beats(self) -> bool:
        """Whether the keys on the side of the hand that taps beat the syllables now."""
        return self.state.tapping and SCENES[self.state.scene].taps

    def look_back(self) -> None:
        """Bring the first take of this phrase and the best, for those who want to compare."""
        if self.judged is None or self.state.exercise is None:
            return
        turn, phrase, attempt = self.turn, self.state.exercise.phrase.id, self.judged.attempt
        self.run(lambda: self.post(said.Earlier(turn, self.outside.keeper.earlier(phrase, attempt))))

    def on_earlier(self, message: said.Earlier) -> None:
        if message.turn == self.turn:
            self.show(replace(self.state, others=message.voices))

    def _compare(self, name: str) -> None:
        """Draw another take; the head says which."""
        if self.state.others:
            self.show(replace(self.state, shown=name))

    def _helper_pressed(self, key: str) -> None:
        """A helper decides; while somebody sings, what they say is that the take is over."""
        if SCENES[self.state.scene].decided:
            self.decided_by_helper(DECIDING[key])
        elif self.state.scene is Scene.TURN and self.state.begun:
            self.finish()

    def _press(self, key: Key, time: float) -> None:
        if self.presses.count(key, time) and (wanted := self.state.act(key)) is not None:
            self._do(wanted)

    def _do(self, wanted: Act) -> None:
        """One row an act; taps are not pressed for anything."""
        doing: dict[Act, Callable[[], object]] = {
            Act.PERFORM: self.perform_step,
            Act.AGAIN: self.again,
            Act.FINISH: self.finish,
            Act.ON: self.on,
            Act.STOP: self.enough,
            Act.ASK: self.ask_whether_enough,
            Act.LOOK: self._look_again,
            Act.PRETEND: lambda: self._go(Act.PRETEND),
            Act.LEAVE: lambda: self._go(Act.LEAVE),
        }
        if wanted in doing:
            doing[wanted]()

    def _go(self, wanted: Act) -> None:
        self.leave()
        self.dismiss(str(wanted))

    # ---- devices

    def _look_for_devices(self) -> None:
        self.run(lambda: errands.look(self.outside, self.post))

    def _look_again(self) -> None:
        self.show(replace(self.state, scene=Scene.LOOKING, notes=()))
        self._look_for_devices()

    def on_found(self, _: said.Found) -> None:
        if self.state.scene is Scene.LOOKING:
            self.show(replace(self.state, scene=Scene.READY if self.state.exercise else Scene.OPENING))

    def on_no_sound(self, message: said.NoSound) -> None:
        self.leave()
        self.settle(message)
        self.show(replace(self.state, scene=Scene.NO_SOUND, line=None, notes=(*message.notes, "offer.pretend")))
