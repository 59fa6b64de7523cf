"""A screen that follows the course of a session: what is due now is what happens now.

It holds the course and replaces it whole; every fact that a change gives is kept before what follows from it is shown.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from mit.course import again, decided, enough, go_on, rested, tapped
from mit.due import End, Listening, Offer, Pause, Rest
from mit.progress import Outcome
from mit.protocol import Does
from mit.session import By
from mit.tui import messages as said
from mit.tui import moments
from mit.tui.outside import Judged
from mit.tui.page import BACK
from mit.tui.scenes import DECIDING, Act, Scene
from mit.tui.screens.moments import MomentScreen, PauseScreen
from mit.tui.screens.performing import PerformingScreen
from mit.tui.script import Cue, Line, afterwards, script
from mit.tui.state import State

if TYPE_CHECKING:
    from textual.message import Message

    from mit.course import Course
    from mit.due import Now
    from mit.tui.exercise import Exercise
    from mit.tui.page import Page
    from mit.tui.presses import Presses
    from mit.tui.screens.page import Say


class FollowingScreen(PerformingScreen):
    """Dismissed with how the session ended: "done", "enough" or "dose"."""

    presses: Presses
    say: Say
    present: By
    course: Course | None = None
    _answered = False
    _asking = _held = False
    """Whether somebody who sings is asked whether it is enough, and whether they are through meanwhile."""

    def on_opened(self, message: said.Opened) -> None:
        assigned = message.course.assignment
        self.outside.judging = assigned.judging if assigned.id else None
        if message.interrupted is None:
            return self._follow(message.course, begun=False)
        self.settle(message)
        going_on, anew = message.interrupted, message.course

        def chosen(answer: str | None) -> None:
            if answer == BACK:
                self.dismiss(str(Act.LEAVE))
            else:
                self._follow(anew if answer == moments.ANEW else going_on, begun=False)

        return self._push(moments.interrupted(self.telling), chosen)

    # ---- what is due

    def _follow(self, course: Course, *, begun: bool = True) -> None:
        """begun: a step begins at once, since somebody has just pressed a key for it."""
        self.course = course
        self.outside.keeper.put(*course.facts)
        self.run(self.outside.keeper.keep, waited_for=True)
        due = course.due
        if isinstance(due, Offer):
            self._offer(due, course, begun=begun)
        elif isinstance(due, Listening):
            self.show(replace(self.state, exercise=self._tuned(course, due), step=None, may_repeat=False))
            self.perform((Line(Cue.PLAY),))
        elif isinstance(due, Pause):
            self._pause(due.until)
        elif isinstance(due, Rest):
            self._push(moments.offer_rest(self.telling, done=self.done), self._rest_or_not)
        else:
            self._end(due)

    def _offer(self, offer: Offer, course: Course, *, begun: bool) -> None:
        self.leave()
        self.trial = offer.trial
        exercise, tapping = self._tuned(course, offer), course.assignment.switches.tapping
        silent = self.state.scene is Scene.NO_SOUND  # devices first: the phrase is there when they are
        scene, notes = (Scene.NO_SOUND, self.state.notes) if silent else (Scene.READY, ())
        self.show(State(exercise, offer.step, scene, notes=notes, may_repeat=offer.may_repeat, tapping=tapping))
        if begun:
            self.perform_step()

    def _tuned(self, course: Course, due: Offer | Listening) -> Exercise:
        return self.outside.exercise(due.phrase, self.beginning.tuning, course.assignment.switches)

    def perform_step(self) -> None:
        """The step that is offered, from its first line."""
        course = self.course
        if course is None or not isinstance(course.due, Offer):
            return
        self.judged, self._answered = None, False
        self.show(replace(self.state, assessment=None, taps=(), others=(), shown="", notes=(), mine=False))
        self.perform(script(course.due.step, sing_inside=course.assignment.switches.sing_inside))

    def _pause(self, until: float, *, resting: bool = False) -> None:
        """Calm; the next phrase comes when somebody wants it, from `until` on."""
        began, pace = self.beginning.now.clock, self.beginning.pace

        def page(seconds: float) -> Page:
            ready = resting or began + seconds >= until
            return moments.pause(self.telling, seconds, ready=ready, done=self.done, resting=resting)

        def over(answer: str | None) -> None:
            self._on_or_enough(answer, rested if resting else go_on)

        screen = PauseScreen(page, lambda: pace.passed(0.0) - began, self.look, self.presses, self.say)
        self.app.push_screen(screen, over)

    def _rest_or_not(self, answer: str | None) -> None:
        if answer == moments.REST and self.course is not None and isinstance(self.course.due, Rest):
            self._pause(self.course.due.until, resting=True)
        else:
            self._on_or_enough(answer, go_on)

    def _on_or_enough(self, answer: str | None, on: Callable[[Course, Now], Course]) -> None:
        if self.course is not None:
            self._follow((enough if answer == moments.ENOUGH else on)(self.course, self.beginning.now))

    def _end(self, end: End) -> None:
        self.leave()

        def seen(_: str | None) -> None:
            self.dismiss(str(end.ended))

        self._push(moments.ending(self.telling, end.ended, done=self.done), seen)

    @property
    def done(self) -> int:
        """How much of the session lies behind, in places of the line that shows it."""
        course = self.course
        if course is None:
            return 0
        over = len(course.begun) - isinstance(course.due, Offer)
        return moments.places(over, over + isinstance(course.due, Offer) + len(course.coming))

    # ---- what came of a step

    def performed(self) -> None:
        """What was heard is seen, what was sung is answered."""
        course = self.course
        assert course is not None
        self.presses.settle(time.monotonic())
        self._held = self._asking
        if self._held:
            return None
        if isinstance(course.due, Listening):
            return self._follow(go_on(course, self.beginning.now))
        if self.judged is None:
            return self.show(replace(self.state, scene=Scene.HEARD, line=None))
        answered, hear_yourself = self.state.answered, course.assignment.switches.hear_yourself
        if not self._answered and not self.state.together and answered:
            self._answered = True
            delay = self.beginning.settings.feedback_delay
            return self.go_through(afterwards(hear_yourself=hear_yourself, delay=delay))
        return self._answer(told=answered and not (self.state.together or hear_yourself) and self._tells())

    def _answer(self, *, told: bool) -> None:
        """The graded word, thanks, or once more; thanks alone, where the take is not told of."""
        from mit.feedback import Feedback

        assert self.judged is not None
        made = self.judged.assessment
        state = replace(self.state, line=None, mine=False, assessment=made)
        if not state.answered:
            self.show(replace(state, scene=Scene.THANKS, assessment=None))
        elif not told:
            self.show(replace(state, scene=Scene.THANKS, assessment=replace(made, feedback=Feedback())))
        elif made.score.grade is None:
            self.show(replace(state, scene=Scene.ONCE_MORE))
        else:
            self.show(replace(state, scene=Scene.FEEDBACK if state.on_pitch else Scene.THANKS))
        if state.together and self.course and By.PERSON in self.course.assignment.deciders:
            self.on()  # thanks and the question in one: a press less
        elif told and self.telling.compares:
            self.look_back()

    def _tells(self) -> bool:
        """Whether this trial is one of those that are answered in words: the same trial is always answered alike."""
        share = self.beginning.settings.feedback_share
        return share >= 1.0 or random.Random(str(self.trial)).random() < share

    def on(self) -> None:
        """On from what was heard or answered: the word of the person where it is wanted, else what comes next."""
        from mit.suggest import settle

        course = self.course
        if course is None or not isinstance(course.due, Offer):
            return
        if course.due.step.does is Does.LISTEN:
            self._decide(By.NOBODY, Outcome.HEARD)
        elif By.PERSON in course.assignment.deciders:
            page = moments.decide(self.telling, together=self.state.together)
            self._push(page, self._decided, deciding=self._helped)
        else:
            self._decide(*settle(None, self._suggestion))

    def decided_by_helper(self, outcome: Outcome) -> None:
        """Who is beside the person said yes, or not yet."""
        if self._helped:
            self._decide(self.present, outcome)

    def again(self) -> None:
        """The same step once more."""
        if self.course is not None and isinstance(self.course.due, Offer):
            self._follow(again(self.course, now=self.beginning.now))

    def enough(self) -> None:
        """Enough for today."""
        if self.course is not None:
            self.leave()
            self._follow(enough(self.course, self.beginning.now))

    def ask_whether_enough(self) -> None:
        """Asked of somebody who sings: the take goes on behind the question."""

        def chosen(answer: str | None) -> None:
            self._asking = False
            if answer == moments.ENOUGH:
                self.enough()
            elif self._held:
                self.performed()

        self._asking = True
        self._push(moments.stopping(self.telling), chosen)

    @property
    def _helped(self) -> bool:
        return self.course is not None and self.present in self.course.assignment.deciders

    @property
    def _suggestion(self) -> Outcome | None:
        from mit.suggest import suggest

        if self.judged is None or self.state.step is None:
            return None
        return suggest(self.judged.assessment.score, self.state.step.judged)

    def _decided(self, answer: str | None) -> None:
        if answer in DECIDING:
            self._decide(self.present, DECIDING[answer])
        elif answer == moments.ENOUGH:
            self.enough()
        else:
            self._decide(By.PERSON, Outcome.YES if answer == moments.YES else Outcome.NOT_YET)

    def _decide(self, by: By, outcome: Outcome) -> None:
        if self.course is not None:
            now, suggestion = self.beginning.now, self._suggestion
            self._follow(decided(self.course, outcome, by=by, now=now, suggestion=suggestion))

    def tapped(self, times: tuple[float, ...], judged: Judged | None, *, heard: bool = False) -> None:
        if self.course is None or not times:
            return
        attempt = judged.attempt if judged else None
        found = tapped(self.course, times, id=uuid4(), now=self.beginning.now, attempt=attempt, heard=heard)
        self.outside.keeper.put(*found.facts)

    def look_back(self) -> None:
        """Bring earlier takes, to be looked at."""
        raise NotImplementedError

    def settle(self, message: Message) -> None:
        """A scene came by itself."""
        self.presses.settle(message.time)

    def _push(self, page: Page, then: Callable[[str | None], None], *, deciding: bool = False) -> None:
        self.app.push_screen(MomentScreen(page, self.look, self.presses, self.say, deciding=deciding), then)
