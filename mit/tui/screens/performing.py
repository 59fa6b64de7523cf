"""A screen that performs one offer of a phrase, line by line of its script: plays, waits, asks, listens.

What follows is for the screen that derives from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mit.taps import Tapping
from mit.tui import errands
from mit.tui import messages as said
from mit.tui.beginning import Beginning
from mit.tui.outside import Judged, Outside
from mit.tui.picture import Telling
from mit.tui.scenes import Scene
from mit.tui.screens.sounding import SCENE_OF, WAIT_SHOWN, SoundingScreen
from mit.tui.script import Cue, Line
from mit.tui.state import OFFER


class PerformingScreen(SoundingScreen):
    """Goes through lines; the person sings where one asks for it."""

    def __init__(self, outside: Outside, beginning: Beginning, telling: Telling, *, prompts: bool) -> None:
        super().__init__(outside, beginning, telling, prompts=prompts)
        self._lines: tuple[Line, ...] = ()
        self._prepared = self._preparing = False
        self._waiting: Callable[[], object] | None = None

    def performed(self) -> None:
        """All lines are through."""
        raise NotImplementedError

    # ---- performing

    def perform(self, lines: tuple[Line, ...]) -> None:
        """Begin with the first of these lines."""
        self.leave()
        self._spoken = ""
        self.go_through(lines)

    def go_through(self, lines: tuple[Line, ...]) -> None:
        """The same turn goes on with these."""
        self._lines = lines
        self.line_over()

    def leave(self) -> None:
        """Whatever sounds, or is heard, is no longer of this turn, nor are the lines that were to come."""
        super().leave()
        self._lines, self._waiting = (), None

    def finish(self) -> None:
        """The person has finished the take."""
        from mit.take import Ended

        self._asked = Ended.PERSON
        self.show(replace(self.state, scene=Scene.JUDGING))

    def prepare(self) -> None:
        """Load what the first take needs, in the background."""
        if not self._preparing and not self._prepared:
            self._preparing = True
            self.run(lambda: errands.prepare(self.outside, self.post))

    def line_over(self) -> None:
        """On with the next line."""
        if not self._lines:
            return self.performed()
        line, self._lines = self._lines[0], self._lines[1:]
        self._tapping, self._lead, self._playback = Tapping(), 0.0, None
        self.show(replace(self.state, scene=SCENE_OF[line.cue], line=line, position=-1.0, calm=0.0, notes=()))
        self._moving.resume()
        return self._begin(line)

    def _begin(self, line: Line) -> None:
        """One row a cue."""
        beginning: dict[Cue, Callable[[Line], None]] = {
            Cue.PLAY: self._play,
            Cue.WAIT: self._wait,
            Cue.INSIDE: self._wait,
            Cue.ASK: self._ask,
            Cue.ALONG: self._take,
            Cue.TURN: self._take,
            Cue.SETTLE: self._wait,
            Cue.COMPARE: self._play,
            Cue.MINE: self._play_mine,
        }
        beginning[line.cue](line)

    def _take(self, line: Line) -> None:
        if not self._prepared:
            self._waiting = lambda: self._take(line)
            self.show(replace(self.state, scene=Scene.PREPARING))
            return self.prepare()
        self._waiting = None
        self._frames, self._begun, self._asked = [], False, None
        turn, prompt, exercise = self._as_turn(), self._prompt(line), self._exercise
        self.show(replace(self.state, scene=SCENE_OF[line.cue], frames=(), begun=False))
        if line.cue is Cue.TURN:
            return self.run(lambda: errands.hear(self.outside, self.post, turn, prompt), waited_for=True)
        make = lambda: self.outside.backing(exercise, line.manner, line.along)  # noqa: E731 - called in the thread
        return self.run(lambda: errands.sing_along(self.outside, self.post, turn, make, prompt), waited_for=True)

    # ---- what the threads say

    def on_prepared(self, _: said.Prepared) -> None:
        self._prepared, self._preparing = True, False
        if self._waiting is not None:
            self._waiting()

    def on_take_open(self, message: said.TakeOpen) -> None:
        if message.turn == self.turn:
            self._moving.resume()

    def on_sung(self, message: said.Sung) -> None:
        if message.turn == self.turn:
            self._frames += message.frames
            self._begun = message.begun

    def on_nobody_sang(self, message: said.NobodySang) -> None:
        if message.turn == self.turn:
            self.show(replace(self.state, notes=(OFFER,)))

    def on_take_closed(self, message: said.TakeClosed) -> None:
        if message.turn == self.turn:
            self._moving.pause()
            self.set_timer(WAIT_SHOWN, lambda: self._show_judging(message.turn))

    def on_take_judged(self, message: said.TakeJudged) -> None:
        if message.turn != self.turn:
            return
        judged, self.judged = message.judged, message.judged
        self._keep_taps(judged)
        self._playback = None
        if judged.ended == "trouble":
            self._show_trouble(message, (*_kept(judged), *judged.quietly))
        else:
            taps = self._tapping.since(judged.started or 0.0) or judged.knocks
            state = replace(self.state, assessment=judged.assessment, notes=judged.notes, quietly=judged.quietly)
            self.show(replace(state, taps=taps, scene=Scene.JUDGING, frames=tuple(self._frames)))
            self.settle(message)
            self.line_over()

    def on_mistaken(self, _: said.Mistaken) -> None:
        """What was to be loaded may be loaded anew; that of the screen below follows by itself."""
        self._preparing = False

    def _keep_taps(self, judged: Judged) -> None:
        self.tapped(self._tapping.since(judged.started or 0.0), judged)
        self.tapped(judged.knocks, judged, heard=True)

    def _show_judging(self, turn: int) -> None:
        if turn == self.turn and self.state.scene in (Scene.TURN, Scene.ALONG):
            self.show(replace(self.state, scene=Scene.JUDGING))


def _kept(judged: Judged) -> tuple[str, ...]:
    from mit.tui.keeping import UNSAVED

    return judged.notes if judged.quietly == UNSAVED else (*judged.notes, "trouble.kept")
