"""A screen on which something sounds, or time passes, with pictures that follow it.

Threads run `errands`, which tell it by messages what came of them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen

from mit.taps import Tapping
from mit.tui import errands
from mit.tui import messages as said
from mit.tui.beginning import Beginning
from mit.tui.outside import BROKE, FAULTS, Judged, Outside
from mit.tui.picture import Telling
from mit.tui.scenes import Scene
from mit.tui.script import Cue, Line
from mit.tui.state import State

if TYPE_CHECKING:
    from uuid import UUID

    from mit.audio import Audio
    from mit.device import Playback
    from mit.live import Frame
    from mit.take import Ended
    from mit.tui.exercise import Exercise
    from mit.tui.look import Look

FRAME_RATE = 30
"""Pictures a second while something moves: the line follows the voice, the blocks the beat."""

STEP_RATE = 4
"""The same where nothing shall move smoothly: the line grows in steps, the beat is still seen."""

WAIT_SHOWN = 0.4
"""Seconds of judging or getting ready after which that is said; it is rarely seen, and would only flicker before."""

SCENE_OF = {
    Cue.PLAY: Scene.LISTEN,
    Cue.WAIT: Scene.WAIT,
    Cue.INSIDE: Scene.INSIDE,
    Cue.ASK: Scene.ASKED,
    Cue.ALONG: Scene.ALONG,
    Cue.TURN: Scene.TURN,
    Cue.SETTLE: Scene.SETTLING,
    Cue.COMPARE: Scene.COMPARE,
    Cue.MINE: Scene.COMPARE,
}

PROMPTS = {Cue.PLAY: "stage.listen", Cue.ALONG: "stage.along", Cue.TURN: "stage.turn", Cue.INSIDE: "stage.inside"}
"""What is said before a line begins, unless it was the last thing said."""


class SoundingScreen(Screen[str]):
    """Holds the state and replaces it whole. turn: number of what happens now; what another one says comes too late."""

    look: Look

    def __init__(self, outside: Outside, beginning: Beginning, telling: Telling, *, prompts: bool) -> None:
        super().__init__()
        self.outside = outside
        self.beginning = beginning
        self.telling = telling
        self.state = State()
        self.turn = 0
        self.trial: UUID | None = None
        self.judged: Judged | None = None
        self._speaks = prompts
        self._spoken = ""
        self._frames: list[Frame] = []
        self._begun = False
        self._playback: Playback | None = None
        self._lead = 0.0
        self._asked: Ended | None = None
        self._tapping = Tapping()

    def on_mount(self) -> None:
        rate = FRAME_RATE if self.look.motion else STEP_RATE
        self._moving = self.set_interval(1 / rate, self._move, pause=True)

    def on_unmount(self) -> None:
        self.turn += 1  # a take that is still being heard ends here
        self._moving.stop()

    # ---- for the screen that derives from it

    def show(self, state: State) -> None:
        """Show this state from now on."""
        raise NotImplementedError

    def line_over(self) -> None:
        """What sounded is over, or the time has passed."""
        raise NotImplementedError

    def tapped(self, times: tuple[float, ...], judged: Judged | None, *, heard: bool = False) -> None:
        """Taps were made to something that sounded, or in a take."""
        raise NotImplementedError

    def settle(self, message: Message) -> None:
        """A scene came by itself."""
        raise NotImplementedError

    def leave(self) -> None:
        """Whatever sounds, or is heard, is no longer of this turn."""
        if self._playback is not None:
            self._playback.stop()
            self._playback = None
        self.turn += 1
        self._asked = None
        self._moving.pause()

    def hit(self, key: str, time: float) -> None:
        """The hand beats."""
        self._tapping = self._tapping.hit(key, time)

    def run(self, errand: Callable[[], object], *, waited_for: bool = False) -> None:
        turn = self.turn
        errands.start(errand, lambda: self.post(said.Mistaken(turn)), waited_for=waited_for)

    def post(self, message: Message) -> None:
        """What errands say; the app may have closed by then."""
        with suppress(RuntimeError):
            self.post_message(message)

    # ---- what sounds

    def _play(self, line: Line) -> None:
        from mit.voice import HEAD

        exercise = self._exercise
        self._sound(lambda: (self.outside.model(exercise, line.manner), HEAD), line)

    def _ask(self, line: Line) -> None:
        phrase, tuning = self._exercise.phrase, self.beginning.tuning
        low, interval = tuning.low, tuning.interval
        self._sound(lambda: (self.outside.question(phrase, line.manner, low=low, interval=interval), 0.0), line)

    def _play_mine(self, line: Line) -> None:
        audio = self.judged.audio if self.judged else None
        self.show(replace(self.state, mine=True, frames=()))
        self._sound(lambda: (audio, 0.0), line)

    def _sound(self, make: Callable[[], tuple[Audio | None, float]], line: Line) -> None:
        turn, prompt = self._as_turn(), self._prompt(line)
        self.run(lambda: errands.sound(self.outside, self.post, turn, make, prompt))
        self.set_timer(WAIT_SHOWN, lambda: self._show_preparing(turn.number))

    def _wait(self, line: Line) -> None:
        """Time passes as if something sounded; in a silent round the syllables light up as they would be sung."""
        from mit.device.silent import SilentPlayback

        inside = line.cue is Cue.INSIDE
        seconds = max(line.seconds, self._exercise.melody.duration + 1.0 if inside else 0.0)
        self._lead = seconds - self._exercise.melody.duration - 0.5 if inside else 0.0
        self._playback = SilentPlayback(seconds, self.beginning.pace)

    def _prompt(self, line: Line) -> str:
        """What to say before a line: nothing where it was just said, or where the question says it."""
        key = PROMPTS.get(line.cue, "")
        if not self._speaks or not key or key == self._spoken or (line.cue is Cue.TURN and self.state.asks):
            return ""
        self._spoken = key
        return self.telling.words(key)

    @property
    def _exercise(self) -> Exercise:
        assert self.state.exercise is not None
        return self.state.exercise

    def _as_turn(self) -> errands.Turn:
        from mit.take import Ended

        number = self.turn
        asked = lambda: self._asked if number == self.turn else Ended.LEFT  # noqa: E731 - asked from the thread
        return errands.Turn(number, self._exercise, self.state.step, self.trial, asked)

    # ---- what the threads say

    def on_sounds(self, message: said.Sounds) -> None:
        if message.turn != self.turn:
            return message.playback.stop()
        self._playback, self._lead = message.playback, message.lead
        if self.state.line:
            self.show(replace(self.state, scene=SCENE_OF[self.state.line.cue]))
        return self._moving.resume()

    def on_silent(self, message: said.Silent) -> None:
        if message.turn == self.turn:
            self.line_over()

    def on_broke(self, message: said.Broke) -> None:
        if message.turn == self.turn:
            self._show_trouble(message, message.notes)

    def on_mistaken(self, message: said.Mistaken) -> None:
        """A mistake of ours: the log knows it, the person goes on."""
        if message.turn == self.turn and self.state.scene is not Scene.READY:
            self._show_trouble(message, BROKE)

    # ---- pictures

    def _show_trouble(self, message: Message, notes: tuple[str, ...]) -> None:
        self.leave()
        self.settle(message)
        self.show(replace(self.state, scene=Scene.TROUBLE, notes=notes, line=None, mine=False))

    def _show_preparing(self, turn: int) -> None:
        if turn == self.turn and self._playback is None and self.state.scene in (Scene.LISTEN, Scene.ASKED):
            self.show(replace(self.state, scene=Scene.PREPARING))

    def _move(self) -> None:
        """The next picture of what moves: the model's place, the time that passes, or the line of the voice."""
        if self.state.scene is Scene.TURN:
            if len(self._frames) != len(self.state.frames):
                self.show(replace(self.state, frames=tuple(self._frames), begun=self._begun))
        elif (playback := self._playback) is not None:
            self._show_position(playback)
            if playback.finished and self.state.scene is not Scene.ALONG:
                self._sound_over(playback)

    def _show_position(self, playback: Playback) -> None:
        position, line = playback.position, self.state.line
        calm = min(1.0, position / line.seconds) if line and line.seconds else 0.0
        if self.state.mine:
            self.show(replace(self.state, frames=tuple(f for f in self._frames if f.time <= position)))
        else:
            self.show(replace(self.state, position=position - self._lead, calm=calm))

    def _sound_over(self, playback: Playback) -> None:
        self._moving.pause()
        self._playback = None
        self.tapped(self._tapping.since((playback.started or 0.0) + self._lead), None)
        if playback.trouble:
            self.post(said.Broke(self.turn, FAULTS["speaker"]))
        else:
            self.line_over()
