"""One session of a pretend person: takes what is due, sings, is judged and decided upon, in no time at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import numpy as np

from mit.assignment import Assignment
from mit.course import Course, again, begin, decided, enough, go_on, rested, tapped
from mit.device.drawn import draw
from mit.device.helper import Helper
from mit.device.performance import Performance, act, beats
from mit.device.profile import PROFILES, effort
from mit.device.skill import Skill
from mit.due import End, Now, Offer, Pause, Rest
from mit.melody import Melody, Note, intone
from mit.onward import Fact
from mit.plan import plan
from mit.practice import Assessment, judge
from mit.progress import Outcome
from mit.protocol import Does, Judged, Manner, Step, Tap
from mit.score import SCORING_VERSION
from mit.session import Attempt, By, Sitting
from mit.suggest import settle, suggest
from mit.take import Ended

BREATH, DECIDES, RESTS = 1.0, 3.0, 60.0
"""Seconds after each rendering, until somebody has decided, and of a rest."""

LINGERS = 4.0
"""Seconds, at most, until the next item is asked for after the pause."""

SPOKEN_TEMPO, SPOKEN_RANGE = 0.5, 0.3
"""Of speech against singing: shorter syllables and smaller steps, though none that keep still."""

Hear = Callable[[Performance, Skill, Melody, int], Assessment]
"""What the trainer makes of a performance: (performance, skill, melody, seed)."""

Kept = Fact | Attempt
"""What is kept of a session, takes included."""


def drawn(performance: Performance, skill: Skill, melody: Melody, seed: int) -> Assessment:
    """What it makes of the contour alone, without sound."""
    return judge(draw(performance.notes, seed), melody)


class Sitter:
    """A person of a profile, in one session. `session`: which of theirs it is, from 0; root: of all ids."""

    def __init__(
        self, name: str, assignment: Assignment, *, seed: int, session: int, helper: Helper | None, hear: Hear,
        interval: float, root: UUID,
    ) -> None:  # fmt: skip
        self._profile = PROFILES[name]
        self._assignment = assignment
        self._helper = helper
        self._hear = hear
        self._interval = interval
        self._skill = self._profile.skill(session)
        self._seed = seed
        self._name = name
        self._id = uuid5(root, f"{name}/{seed}/{session}")
        self._turn: list[Kept] = []  # what is kept of a turn before it is decided
        self._rng = np.random.default_rng((seed, session))
        self._hand = np.random.default_rng((seed, session, 1))  # its own: who taps sings no other way
        self._has_enough = 60.0 * (self._profile.tires or np.inf) * self._rng.uniform(0.7, 1.3)
        self._clock = 0.0
        self._paused = 0.0
        self._item = -1
        self._asked = Melody(())
        self._stuck: Melody | None = None  # in the phrase before, all through an item

    def sit(self, history: Sequence[Sitting], at: datetime) -> tuple[Kept, ...]:
        """The facts of the session that begins at this time."""
        planned = plan(self._assignment, history, day=at.date(), seed=self._seed)
        course = begin(
            self._assignment,
            planned,
            id=self._id,
            now=Now(at, self._clock),
            scoring_version=SCORING_VERSION,
            settings=json.dumps({"profile": self._name, "seed": self._seed}),
            simulated=True,
        )
        facts: list[Kept] = list(course.facts)
        while not isinstance(course.due, End):
            course = self._happens(course, at)
            facts += [*self._turn, *course.facts]
            self._turn = []
        return tuple(facts)

    def _happens(self, course: Course, at: datetime) -> Course:
        due, begun = course.due, self._clock
        if course.practised >= self._has_enough:
            return enough(course, self._now(at))
        if isinstance(due, Offer):
            return self._sung(course, due, at)
        if isinstance(due, Rest):
            self._clock += RESTS
            return rested(course, self._now(at))
        until = due.until if isinstance(due, Pause) else self._clock + BREATH
        self._clock = max(self._clock, until) + self._rng.uniform(0.0, LINGERS)
        self._paused = self._clock - begun
        return go_on(course, self._now(at))

    def _now(self, at: datetime) -> Now:
        return Now(at + timedelta(seconds=self._clock), self._clock)

    def _sung(self, course: Course, offer: Offer, at: datetime) -> Course:
        """The step is played, sung, judged and decided."""
        self._turns_to(offer)
        step, melody = offer.step, self._asked
        self._clock += _sounding(step, melody)
        if step.does is Does.LISTEN:
            return decided(course, Outcome.HEARD, by=By.NOBODY, now=self._now(at))
        tired = min(1.0, course.practised / self._has_enough)
        skill = self._skill.eased(effort(step, probe=offer.item.probe, reserve=offer.item.reserve, tired=tired))
        performance = self._performs(skill, voiced_as(melody, step))
        suggestion, attempt = None, None
        if step.judged is not Judged.NOTHING:
            assessment = self._hear(performance, skill, melody, self._draw())
            attempt = self._take(offer, assessment, at)
            self._turn.append(attempt)
            suggestion = suggest(assessment.score, step.judged)
        self._clock += performance.seconds + DECIDES
        if step.tap is Tap.YES:
            times, id = beats(performance, skill, self._hand), uuid5(self._id, f"taps/{self._clock}")
            done = tapped(course, times, id=id, now=self._now(at), attempt=attempt.id if attempt else None)
            self._turn += done.facts
        if offer.may_repeat and self._rng.random() < self._profile.again:
            return again(course, now=self._now(at))
        verdict = self._helper.says(step, melody, performance, self._rng.random()) if self._helper else None
        by, outcome = settle((By.HELPER, verdict) if verdict else None, suggestion)
        return decided(course, outcome, by=by, now=self._now(at), suggestion=suggestion)

    def _take(self, offer: Offer, assessment: Assessment, at: datetime) -> Attempt:
        return Attempt(
            uuid5(self._id, f"take/{self._clock}"),
            self._now(at).at,
            offer.phrase,
            self._asked,
            assessment,
            ended=Ended.FINISHED,
            recorder=f"simulated patient, {self._name}",
            trial=offer.trial,
        )

    def _turns_to(self, offer: Offer) -> None:
        """A new item may find this person still in the one before."""
        if offer.number == self._item:
            return
        stuck = self._item >= 0 and self._rng.random() < self._profile.stuck_after(self._paused)
        self._stuck = self._asked if stuck else None
        self._item = offer.number
        self._asked = intone(offer.phrase.syllables, interval=self._interval)

    def _performs(self, skill: Skill, melody: Melody) -> Performance:
        if self._stuck is None:
            return act(melody, skill, self._draw())
        other = act(self._stuck, skill, self._draw())
        return replace(other, sung=(None,) * len(melody.notes), other=True)

    def _draw(self) -> int:
        return int(self._rng.integers(2**31))


def _sounding(step: Step, melody: Melody) -> float:
    """Seconds of what the trainer plays and waits before the person's turn."""
    return (len(step.played) + step.asks) * (melody.duration + BREATH) + step.delay


def voiced_as(melody: Melody, step: Step) -> Melody:
    """The melody as this step has it voiced: speech is faster, and has smaller steps."""
    if step.response is not Manner.SPOKEN:
        return melody
    low = min((note.pitch for note in melody.notes if note.pitch is not None), default=0.0)
    return Melody(tuple(_said(note, low) for note in melody.notes))


def _said(note: Note, low: float) -> Note:
    return replace(
        note,
        onset=note.onset * SPOKEN_TEMPO,
        duration=note.duration * SPOKEN_TEMPO,
        pitch=None if note.pitch is None else low + (note.pitch - low) * SPOKEN_RANGE,
    )
