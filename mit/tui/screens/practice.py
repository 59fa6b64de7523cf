"""The practice screen: the phrase is shown, sung by the model, sung by the person, and answered.

It holds the state and replaces it whole. Threads run `errands`, which tell it by messages what came of them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen

from mit.melody import Melody
from mit.phrase import Phrase
from mit.tui import errands
from mit.tui import messages as said
from mit.tui.look import Look
from mit.tui.outside import BROKE, FAULTS, UNSAVED, Judged, Outside
from mit.tui.presses import key_name
from mit.tui.scenes import Act, Key, Scene, act
from mit.tui.state import OFFER, State, picture
from mit.tui.widgets.stage import StageWidget

if TYPE_CHECKING:
    from mit.device import Playback
    from mit.live import Frame
    from mit.take import Ended
    from mit.words import Words

FRAME_RATE = 30
"""Pictures a second while something moves: the line follows the voice, the blocks the beat."""

STEP_RATE = 4
"""The same where nothing shall move smoothly: the line grows in steps, the beat is still seen."""

DEBOUNCE = 0.3
"""Seconds in which a key counts once: a tremor or a held key is one act."""

SETTLING = 0.8
"""Seconds after a scene that came by itself in which no key counts: the finger was on its way for the one before."""

WAIT_SHOWN = 0.4
"""Seconds of judging or getting ready after which that is said; it is rarely seen, and would only flicker before."""

KEYS = frozenset(str(key) for key in Key)


class PracticeScreen(Screen[str]):
    """Practise phrases one after the other. Dismissed with the act that ended it: quit or pretend."""

    def __init__(
        self,
        exercises: tuple[tuple[Phrase, Melody], ...],
        outside: Outside,
        words: Words,
        look: Look,
        *,
        demo: bool,
    ) -> None:
        super().__init__()
        self._exercises = exercises
        self._outside = outside
        self._words = words
        self._worn = look
        self._demo = demo
        self._place = 0
        self.turn = 0
        self._prepared = self._preparing = self._turn_is_next = False
        self._frames: list[Frame] = []
        self._begun = False
        self._playback: Playback | None = None
        self._lead = 0.0
        self._asked: Ended | None = None
        self._key, self.pressed = "", 0.0
        self.settled = 0.0
        self.state = State(*exercises[0])

    def compose(self) -> ComposeResult:
        yield StageWidget(self._worn)

    def on_mount(self) -> None:
        self._moving = self.set_interval(1 / (FRAME_RATE if self._worn.motion else STEP_RATE), self._move, pause=True)
        self._show(self.state)
        self.call_after_refresh(self._look)
        self.call_after_refresh(self._prepare)

    def on_unmount(self) -> None:
        self.turn += 1  # a take that is still being heard ends here

    # ---- keys

    def on_key(self, event: events.Key) -> None:
        key = key_name(event.key)
        if key in KEYS:
            event.stop()
            self._press(Key(key), event.time)

    def on_stage_widget_key_clicked(self, event: StageWidget.KeyClicked) -> None:
        self._press(Key(event.key), event.time)

    def _press(self, key: Key, time: float) -> None:
        """A held key repeats; every repeat renews the wait, so it stays one act."""
        last, before = self._key, self.pressed
        self._key, self.pressed = key, time
        if (last == key and time - before < DEBOUNCE) or time < self.settled:
            return
        if (wanted := act(self.state.scene, key)) is not None:
            self._do(wanted)

    def _do(self, wanted: Act) -> None:
        """One row an act."""
        doing: dict[Act, Callable[[], None]] = {
            Act.LISTEN: self._listen,
            Act.FINISH: self._finish,
            Act.READY: self._back_to_phrase,
            Act.NEXT: self._next_phrase,
            Act.LOOK: self._look_again,
            Act.PRETEND: lambda: self._leave(Act.PRETEND),
            Act.QUIT: lambda: self._leave(Act.QUIT),
        }
        doing[wanted]()

    # ---- the person's acts

    def _listen(self) -> None:
        self._stop_model()
        self.turn += 1
        turn, exercise = self.turn, (self.state.phrase, self.state.melody)
        self._show(State(*exercise, scene=Scene.LISTEN))
        self._start(lambda: errands.play(self._outside, self._post, turn, *exercise))
        self.set_timer(WAIT_SHOWN, lambda: self._show_preparing(turn))

    def _back_to_phrase(self) -> None:
        self._stop_model()
        self.turn += 1
        self._show(State(self.state.phrase, self.state.melody))

    def _next_phrase(self) -> None:
        if self.state.scene is not Scene.END and self._place + 1 == len(self._exercises):
            return self._show(replace(self.state, scene=Scene.END, notes=("end.all",), assessment=None))
        self._place = (self._place + 1) % len(self._exercises)
        return self._show(State(*self._exercises[self._place]))

    def _look_again(self) -> None:
        self._show(State(self.state.phrase, self.state.melody, Scene.LOOKING))
        self._look()

    def _look(self) -> None:
        self._start(lambda: errands.look(self._outside, self._post))

    def _prepare(self) -> None:
        if not self._preparing:
            self._preparing = True
            exercise = (self.state.phrase, self.state.melody)
            self._start(lambda: errands.prepare(self._outside, self._post, *exercise))

    def _leave(self, wanted: Act) -> None:
        self._stop_model()
        self.turn += 1
        self.dismiss(str(wanted))

    def _finish(self) -> None:
        """The person has finished. A key pressed before any singing belongs to the beat that was tapped along with
        the model, and does not end the turn; once the model is offered again, it is taken."""
        from mit.take import Ended

        if self.state.begun:
            self._asked = Ended.PERSON
            self._show(replace(self.state, scene=Scene.JUDGING))
        elif self.state.offered:
            self._listen()

    # ---- what the threads say

    def on_prepared(self, _: said.Prepared) -> None:
        self._prepared, self._preparing = True, False
        if self._turn_is_next:
            self._begin_turn()

    def on_found(self, _: said.Found) -> None:
        if self.state.scene is Scene.LOOKING:
            self._show(State(self.state.phrase, self.state.melody))

    def on_no_sound(self, message: said.NoSound) -> None:
        self.turn += 1
        notes = (*message.notes, "offer.pretend")
        self._settle(message)
        self._show(State(self.state.phrase, self.state.melody, Scene.NO_SOUND, notes=notes))

    def on_model_sounds(self, message: said.ModelSounds) -> None:
        if message.turn != self.turn:
            return message.playback.stop()
        self._playback, self._lead = message.playback, message.lead
        self._show(replace(self.state, scene=Scene.LISTEN))
        return self._moving.resume()

    def on_take_open(self, message: said.TakeOpen) -> None:
        if message.turn == self.turn:
            self._show(replace(self.state, scene=Scene.TURN, frames=()))
            self._moving.resume()

    def on_sung(self, message: said.Sung) -> None:
        if message.turn == self.turn:
            self._frames += message.frames
            self._begun = message.begun

    def on_nobody_sang(self, message: said.NobodySang) -> None:
        if message.turn == self.turn:
            self._show(replace(self.state, notes=(OFFER,)))

    def on_take_closed(self, message: said.TakeClosed) -> None:
        if message.turn == self.turn:
            self._moving.pause()
            self.set_timer(WAIT_SHOWN, lambda: self._show_judging(message.turn))

    def on_take_judged(self, message: said.TakeJudged) -> None:
        if message.turn == self.turn:
            self._settle(message)
            self._show(_answered(self.state, message.judged))

    def on_broke(self, message: said.Broke) -> None:
        if message.turn == self.turn:
            self._show_trouble(message, message.notes)

    def on_mistaken(self, message: said.Mistaken) -> None:
        """A mistake of ours: the log knows it, the person goes on."""
        self._preparing = False
        if message.turn == self.turn and self.state.scene is not Scene.READY:
            self._show_trouble(message, BROKE)

    def _settle(self, message: Message) -> None:
        """A scene came by itself."""
        self.settled = message.time + SETTLING

    # ---- pictures

    def _show(self, state: State) -> None:
        self.state = state
        self.query_one(StageWidget).show(picture(state, self._words, demo=self._demo))

    def _show_trouble(self, message: Message, notes: tuple[str, ...]) -> None:
        self._moving.pause()
        self._settle(message)
        self._show(State(self.state.phrase, self.state.melody, Scene.TROUBLE, notes=notes))

    def _show_preparing(self, turn: int) -> None:
        if turn == self.turn and self.state.scene is Scene.LISTEN and self._playback is None:
            self._show(replace(self.state, scene=Scene.PREPARING))

    def _show_judging(self, turn: int) -> None:
        if turn == self.turn and self.state.scene is Scene.TURN:
            self._show(replace(self.state, scene=Scene.JUDGING))

    def _move(self) -> None:
        """The next picture of what moves: the model's place, or the line of the voice."""
        if self.state.scene is Scene.TURN:
            if len(self._frames) != len(self.state.frames):
                self._show(replace(self.state, frames=tuple(self._frames), begun=self._begun))
        elif self._playback is not None:
            self._show(replace(self.state, position=self._playback.position - self._lead))
            if self._playback.finished:
                self._model_over(self._playback)

    def _model_over(self, playback: Playback) -> None:
        self._moving.pause()
        self._playback = None
        if playback.trouble:
            self.post_message(said.Broke(self.turn, FAULTS["speaker"]))
        elif self._prepared:
            self._begin_turn()
        else:
            self._turn_is_next = True
            self._show(replace(self.state, scene=Scene.PREPARING))
            self._prepare()

    def _begin_turn(self) -> None:
        self._turn_is_next = False
        self._frames, self._begun, self._asked = [], False, None
        turn, exercise, asked = self.turn, (self.state.phrase, self.state.melody), self._asked_in(self.turn)
        self._start(lambda: errands.hear(self._outside, self._post, turn, *exercise, asked), waited_for=True)
        following = self._exercises[(self._place + 1) % len(self._exercises)]
        errands.start(lambda: self._outside.ready_model(*following), lambda: None)

    def _asked_in(self, turn: int) -> Callable[[], Ended | None]:
        """What the person has asked for during a take; a take of an earlier turn is to be left."""
        from mit.take import Ended

        return lambda: self._asked if turn == self.turn else Ended.LEFT

    def _stop_model(self) -> None:
        if self._playback is not None:
            self._playback.stop()
            self._playback = None
        self._turn_is_next = False
        self._moving.pause()

    def _start(self, errand: Callable[[], object], *, waited_for: bool = False) -> None:
        turn = self.turn
        errands.start(errand, lambda: self._post(said.Mistaken(turn)), waited_for=waited_for)

    def _post(self, message: Message) -> None:
        """What errands say; the app may have closed by then."""
        with suppress(RuntimeError):
            self.post_message(message)


def _answered(state: State, judged: Judged) -> State:
    """What is shown after a take: feedback, an invitation to sing once more, or why the sound broke off."""
    graded = judged.assessment.score.grade is not None
    if judged.ended == "trouble":
        kept = () if judged.quietly == UNSAVED else ("trouble.kept",)
        scene, quietly = Scene.TROUBLE, (*kept, *judged.quietly)
    else:
        scene, quietly = (Scene.FEEDBACK if graded else Scene.ONCE_MORE), judged.quietly
    return replace(state, scene=scene, assessment=judged.assessment, notes=judged.notes, quietly=quietly, frames=())
