"""The practice screen: the phrase is shown, sung by the model, sung by the person, and answered.

It holds the state and replaces it whole. Threads run `errands`, which tell it by messages what came of them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from mit.melody import Melody
from mit.phrase import Phrase
from mit.tui import errands
from mit.tui import messages as said
from mit.tui.outside import FAULTS, Judged, Outside
from mit.tui.scenes import Act, Key, Scene, act
from mit.tui.state import State, picture
from mit.tui.theme import Theme
from mit.tui.widgets.stage import StageWidget

if TYPE_CHECKING:
    from mit.device import Playback
    from mit.live import Frame
    from mit.take import Ended
    from mit.words import Words

FRAME_RATE = 30
"""Pictures a second while something moves: the line follows the voice, the blocks the beat."""

DEBOUNCE = 0.3
"""Seconds in which a key counts once: a tremor or a held key is one act."""

WAIT_SHOWN = 0.4
"""Seconds of judging or getting ready after which that is said; it is rarely seen, and would only flicker before."""

KEYS = frozenset(str(key) for key in Key)

_log = logging.getLogger(__name__)


class PracticeScreen(Screen[str]):
    """Practise phrases one after the other. Dismissed with the act that ended it: quit or pretend."""

    def __init__(
        self,
        exercises: tuple[tuple[Phrase, Melody], ...],
        outside: Outside,
        words: Words,
        theme: Theme,
        *,
        demo: bool,
    ) -> None:
        super().__init__()
        self._exercises = exercises
        self._outside = outside
        self._words = words
        self._theme = theme
        self._demo = demo
        self._place = 0
        self.turn = 0
        self._prepared = False
        self._turn_is_next = False
        self._frames: list[Frame] = []
        self._playback: Playback | None = None
        self._lead = 0.0
        self._asked: Ended | None = None
        self._after_take: Act | None = None
        self._last_key = ("", 0.0)
        self.state = State(*exercises[0])

    def compose(self) -> ComposeResult:
        yield StageWidget(self._theme)

    def on_mount(self) -> None:
        self._moving = self.set_interval(1 / FRAME_RATE, self._move, pause=True)
        self._show(self.state)
        self.call_after_refresh(self._prepare)

    def on_unmount(self) -> None:
        self.turn += 1  # a take that is still being heard ends here

    # ---- keys

    def on_key(self, event: events.Key) -> None:
        if event.key in KEYS:
            event.stop()
            self._press(Key(event.key), event.time)

    def on_stage_widget_key_clicked(self, event: StageWidget.KeyClicked) -> None:
        self._press(Key(event.key), event.time)

    def _press(self, key: Key, time: float) -> None:
        """A held key repeats; every repeat renews the wait, so it stays one act."""
        last, before = self._last_key
        self._last_key = (key, time)
        if (last == key and time - before < DEBOUNCE) or (wanted := act(self.state.scene, key)) is None:
            return
        if self.state.scene is Scene.TURN:
            self._end_take(wanted)
        else:
            self._do(wanted)

    def _do(self, wanted: Act) -> None:
        """One row an act."""
        doing: dict[Act, Callable[[], None]] = {
            Act.LISTEN: self._listen,
            Act.READY: self._back_to_phrase,
            Act.NEXT: self._next_phrase,
            Act.PREPARE: self._prepare_again,
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
        self._in_thread(lambda: errands.play(self._outside, self.post_message, turn, *exercise))
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

    def _prepare_again(self) -> None:
        self._show(State(self.state.phrase, self.state.melody))
        self._prepare()

    def _prepare(self) -> None:
        exercise = (self.state.phrase, self.state.melody)
        self._in_thread(lambda: errands.prepare(self._outside, self.post_message, *exercise))

    def _leave(self, wanted: Act) -> None:
        self._stop_model()
        self.turn += 1
        self.dismiss(str(wanted))

    def _end_take(self, wanted: Act) -> None:
        """The take ends first, and what follows comes when the microphone is closed. A key pressed before any voice
        was heard belongs to the beat tapped along with the model: it does not end the turn."""
        from mit.take import Ended

        if wanted is Act.FINISH and not any(f.f0 == f.f0 for f in self._frames):  # NaN: no voice yet
            return
        self._asked = Ended.PERSON if wanted is Act.FINISH else Ended.LEFT
        self._after_take = None if wanted is Act.FINISH else wanted

    # ---- what the threads say

    def on_prepared(self, _: said.Prepared) -> None:
        self._prepared = True
        if self._turn_is_next:
            self._begin_turn()

    def on_no_sound(self, message: said.NoSound) -> None:
        notes = (*message.notes, "offer.pretend")
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

    def on_nobody_sang(self, message: said.NobodySang) -> None:
        if message.turn == self.turn:
            self._show(replace(self.state, notes=("offer.model",)))

    def on_take_closed(self, message: said.TakeClosed) -> None:
        if message.turn != self.turn:
            return
        self._moving.pause()
        after, self._after_take = self._after_take, None
        if after is not None:
            self._do(after)
        else:
            self.set_timer(WAIT_SHOWN, lambda: self._show_judging(message.turn))

    def on_broke(self, message: said.Broke) -> None:
        if message.turn == self.turn:
            self._moving.pause()
            self._show(State(self.state.phrase, self.state.melody, Scene.TROUBLE, notes=message.notes))

    def on_take_judged(self, message: said.TakeJudged) -> None:
        if message.turn == self.turn:
            self._show(_answered(self.state, message.judged))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A mistake of ours in a thread: the log knows it, the person goes on."""
        if event.state is WorkerState.ERROR:
            _log.error("a thread broke off", exc_info=event.worker.error)
            self.post_message(said.Broke(self.turn, FAULTS["unanswered"]))

    # ---- pictures

    def _show(self, state: State) -> None:
        self.state = state
        self.query_one(StageWidget).show(picture(state, self._words, demo=self._demo))

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
                self._show(replace(self.state, frames=tuple(self._frames)))
        elif self._playback is not None:
            self._show(replace(self.state, position=self._playback.position - self._lead))
            if self._playback.finished:
                self._model_over(self._playback)

    def _model_over(self, playback: Playback) -> None:
        self._moving.pause()
        self._playback = None
        if playback.trouble:
            self.post_message(said.Broke(self.turn, FAULTS[str(playback.trouble)]))
        elif self._prepared:
            self._begin_turn()
        else:
            self._turn_is_next = True
            self._show(replace(self.state, scene=Scene.PREPARING))

    def _begin_turn(self) -> None:
        self._turn_is_next = False
        following = self._exercises[(self._place + 1) % len(self._exercises)]
        self._in_thread(lambda: self._outside.ready_model(*following))
        self._frames, self._asked, self._after_take = [], None, None
        turn, exercise = self.turn, (self.state.phrase, self.state.melody)
        self._in_thread(lambda: errands.hear(self._outside, self.post_message, turn, *exercise, self._asked_in(turn)))

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

    def _in_thread(self, work: Callable[[], object]) -> None:
        """Start one of `errands`: they touch no state and post messages."""
        self.run_worker(work, thread=True, exit_on_error=False)


def _answered(state: State, judged: Judged) -> State:
    """What is shown after a take: feedback, an invitation to sing once more, or why the sound broke off."""
    graded = judged.assessment.score.grade is not None
    if judged.ended == "trouble":
        scene, quietly = Scene.TROUBLE, ("trouble.kept", *judged.quietly)
    else:
        scene, quietly = (Scene.FEEDBACK if graded else Scene.ONCE_MORE), judged.quietly
    return replace(state, scene=scene, assessment=judged.assessment, notes=judged.notes, quietly=quietly, frames=())
