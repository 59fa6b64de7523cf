"""Plays one phrase of a level through by the simulated patient and the scripted helper, and prints what happened.

`python -m tests.course` prints each level without a miss and each way of the backup table, to be held against the
tables of the published hierarchy by eye; then how a session goes in which every new phrase is missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from uuid import UUID

from mit.assignment import Assignment
from mit.course import Course, begin, decided, go_on
from mit.device.drawn import draw
from mit.device.helper import Helper
from mit.device.performance import act
from mit.device.sitter import voiced_as
from mit.device.skill import SKILLS
from mit.due import End, Item, Listening, Now, Offer
from mit.library import load_sets
from mit.melody import intone
from mit.phrase import Phrase
from mit.plan import Plan
from mit.practice import judge
from mit.progress import Outcome
from mit.protocol import Does, Judged, Manner, Step
from mit.session import By, Decision
from mit.similar import similar
from mit.suggest import suggest

SURE = replace(SKILLS["mild"], pause=0.0)
ASTRAY = replace(SURE, wrong=1.0)
"""Every way up is sung down."""
DUMB = replace(SURE, missing=1.0)
"""In speech only what is missing can be heard."""

TODAY = datetime(2026, 1, 5, 9, tzinfo=UTC)

WAYS: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = (
    ("elementary", ()),
    ("elementary", (("E2", 1),)),
    ("elementary", (("E3", 1),)),
    ("elementary", (("E4", 1),)),
    ("elementary", (("E5", 1),)),
    ("intermediate", ()),
    ("intermediate", (("I2", 1),)),
    ("intermediate", (("I3", 1),)),
    ("intermediate", (("I3", 1), ("I3", 2))),
    ("intermediate", (("I3", 1), ("I2", 2))),
    ("intermediate", (("I4", 1),)),
    ("intermediate", (("I4", 1), ("I4", 2))),
    ("intermediate", (("I4", 1), ("I3", 2))),
    ("advanced", ()),
    ("advanced", (("A1", 1),)),
    ("advanced", (("A1", 1), ("A1", 2))),
    ("advanced", (("A1", 1), ("I2", 1))),
    ("advanced", (("A3", 1),)),
    ("advanced", (("A3", 1), ("A3", 2))),
    ("advanced", (("A4", 1),)),
    ("advanced", (("A4", 1), ("A4", 2))),
    ("advanced", (("A4", 1), ("A3", 2))),
    ("advanced", (("A5", 1),)),
    ("advanced", (("A5", 1), ("A5", 2))),
    ("advanced", (("A5", 1), ("A4", 2))),
)
"""Levels, and which offers of which steps the patient misses."""


@dataclass(frozen=True, slots=True)
class Played:
    """What was offered, what the trainer would have said, and what was decided."""

    step: Step
    decision: Decision


def phrase_of(level: str) -> Phrase:
    """A phrase with ways up and down, the first of its level."""
    return next(phrases.phrases[0] for phrases in load_sets() if phrases.level == level)


def alone(level: str, *, probe: bool = False) -> Course:
    """A session of one phrase, begun."""
    phrase = phrase_of(level)
    assignment = Assignment(None, None, "", "en", level, (phrase,))
    return begin(assignment, Plan((Item(phrase, probe=probe),)), id=UUID(int=1), now=Now(TODAY, 0.0))


def play(course: Course, missed: Collection[tuple[str, int]] = ()) -> tuple[tuple[Played, ...], Course]:
    """The item that is due, to its end; missed: steps, and which of their offers (from 1) the patient misses."""
    offers: Counter[str] = Counter()
    played, clock = [], course.clock
    while isinstance(course.due, Offer):
        offer = course.due
        offers[offer.step.id] += 1
        clock += 10.0
        now = Now(TODAY + timedelta(seconds=clock), clock)
        course = _sung(course, offer, now, is_missed=(offer.step.id, offers[offer.step.id]) in missed)
        played += [Played(offer.step, fact) for fact in course.facts if isinstance(fact, Decision)]
    return tuple(played), course


def _sung(course: Course, offer: Offer, now: Now, *, is_missed: bool) -> Course:
    step, melody = offer.step, intone(offer.phrase.syllables)
    if step.does is Does.LISTEN:
        return decided(course, Outcome.HEARD, by=By.NOBODY, now=now)
    astray = ASTRAY if step.response is Manner.SUNG else DUMB
    performance = act(voiced_as(melody, step), astray if is_missed else SURE, offer.number)
    said = Helper().says(step, melody, performance, 1.0)
    assert said is not None
    score = judge(draw(performance.notes, 1), melody).score
    return decided(course, said, by=By.HELPER, now=now, suggestion=suggest(score, step.judged))


def _row(one: Played) -> str:
    step, said = one.step, one.decision
    before = [*step.played, *([f"question ({step.question})"] if step.asks else [])]
    plays = ", ".join([*before, *([f"{step.along} ({step.response})"] if step.does is Does.SING_ALONG else [])])
    wait = f"{step.delay:g} s" if step.delay else ""
    judged = "" if step.judged is Judged.NOTHING else f"{step.judged}: {said.suggestion or 'cannot tell'}"
    backed = "after backup" if said.backed else ""
    return (
        f"  {step.id:<3}{step.name:<13}{plays or '-':<32}{step.does:<11}{step.response:<11}tap {step.tap:<10}"
        f"{wait:<5}{judged:<24}{said.outcome:<9}{said.by:<8}{said.credit or '':<3}{backed}"
    ).rstrip()


def session(known: int) -> tuple[str, ...]:
    """What comes in a session in which every new phrase is missed, with so many known ones."""
    every = next(phrases.phrases for phrases in load_sets() if phrases.level == "elementary")
    unlike = reduce(lambda kept, one: kept if any(similar(one, p) for p in kept) else (*kept, one), every, ())
    taught, reserve = unlike[known:], unlike[:known]
    given = Assignment(None, None, "", "en", "elementary", taught, reserve=reserve)
    course = begin(given, Plan(tuple(map(Item, taught)), reserve), id=UUID(int=1), now=Now(TODAY, 0.0))
    told: list[str] = []
    while not isinstance(course.due, End):
        if isinstance(course.due, Offer):
            is_known, phrase = course.due.item.reserve, course.due.phrase
            _, course = play(course, () if is_known else (("E2", 1),))
            told.append(f"{'known' if is_known else 'new':<7}{phrase.hyphenated:<12}{course.finish}")
        elif isinstance(course.due, Listening):
            told.append(f"listen {course.due.phrase.hyphenated}")
            course = go_on(course, Now(TODAY, course.clock))
        else:
            course = go_on(course, Now(TODAY, course.due.until))
    return (*told, f"end, {course.due.ended}; {len(course.coming)} phrases were still planned")


def main() -> None:
    """Print every way."""
    for level, missed in WAYS:
        course = alone(level)
        played, over = play(course, missed)
        points = sum(one.decision.credit for one in played)
        what = ", ".join(f"{step} at offer {number}" for step, number in missed) or "nothing"
        print(f"\n{level}: {course.begun[0].phrase.hyphenated!r}, missed: {what}")
        print("\n".join(_row(one) for one in played))
        print(f"  {over.finish}, {points} of {over.level.maximum} points")
    for known in (0, 1, 2):
        print(f"\nelementary, every new phrase missed, {known} known ones in reserve")
        print("\n".join(f"  {line}" for line in session(known)))


if __name__ == "__main__":
    main()
