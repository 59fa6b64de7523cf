"""The course of a session: what is due now, and what each thing that happens makes of it.

    course = begin(assignment, plan, id=uuid4(), now=now)     what to keep is in course.facts, now and after each change
    match course.due:
        Offer    play and hear its step, then  course = decided(course, outcome, by=..., suggestion=..., now=now)
        Pause    the pulse; from its `until`   course = go_on(course, now)
        Rest     is offered                    course = rested(course, now) after it, go_on(course, now) for none
        Listening                              course = go_on(course, now) when it was heard
        End      praise and thanks
    course = enough(course, now)               at any time

Every function is total: what does not fit what is due changes nothing and gives no facts. Ids follow from the session's
and the place in it, so that keeping a fact twice keeps it once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from mit.assignment import Assignment
from mit.due import End, Listening, Now, Offer, Pause, Rest
from mit.onward import Course, come, ended, fact_id, finished, offered, ticked, unchanged
from mit.plan import Plan
from mit.progress import Outcome, advance
from mit.protocol import Judged
from mit.session import By, Decision, Ended, Session, Taps

__all__ = ["Course", "again", "begin", "decided", "enough", "go_on", "rested", "tapped"]


def begin(
    assignment: Assignment,
    plan: Plan,
    *,
    id: UUID,
    now: Now,
    earlier: float = 0.0,
    scoring_version: str = "",
    settings: str = "{}",
    simulated: bool = False,
) -> Course:
    """A session at its first step. earlier: seconds practised today already."""
    session = Session(
        id,
        now.at,
        assignment.language,
        assignment.level,
        planned=tuple(item.phrase.id for item in plan.items),
        reserve=tuple(phrase.id for phrase in plan.reserve),
        assignment=assignment.id,
        protocol_version=assignment.protocol.version,
        scoring_version=scoring_version,
        settings=settings,
        simulated=simulated,
    )
    pause = Pause(now.clock)
    course = Course(session, assignment, pause, plan.items, plan.reserve, now.clock, earlier, (session,))
    return come(course, now)


def decided(course: Course, outcome: Outcome, *, by: By, now: Now, suggestion: Outcome | None = None) -> Course:
    """The course after somebody decided what came of the step that is offered. suggestion: what the trainer would say.

    What was only listened to is HEARD, by NOBODY. Where nobody could decide on a take that may be judged, it is marked
    for the therapist to hear.
    """
    offer = course.due
    if not isinstance(offer, Offer):
        return unchanged(course)
    if outcome is Outcome.AGAIN and not offer.may_repeat:
        outcome = Outcome.HEARD
    move = advance(offer.position, outcome, offer.item.route(course.level, course.protocol), course.protocol)
    decision = Decision(
        fact_id(course, "decision", course.decisions),
        offer.trial,
        now.at,
        offer.position.step,
        outcome,
        by,
        backed=offer.position.backed,
        offered=offer.position.offered,
        suggestion=suggestion,
        review=by is By.NOBODY and outcome is Outcome.HEARD and offer.step.judged is not Judged.NOTHING,
        credit=move.credit,
    )
    missed = outcome is Outcome.NOT_YET and offer.step.scored
    course = replace(
        ticked(course, now), facts=(decision,), decisions=course.decisions + 1, misses=course.misses + missed
    )
    return offered(course, move.position, now) if move.position else finished(course, move.finish, now)


def again(course: Course, *, by: By = By.PERSON, now: Now) -> Course:
    """The same step once more; where it may not be, it counts as heard."""
    return decided(course, Outcome.AGAIN, by=by, now=now)


def tapped(
    course: Course, times: Sequence[float], *, id: UUID, now: Now, attempt: UUID | None = None, heard: bool = False
) -> Course:
    """Keeps the taps of the step that is offered (see Taps)."""
    if not isinstance(course.due, Offer) or not times:
        return unchanged(course)
    return replace(course, facts=(Taps(id, course.due.trial, now.at, tuple(times), attempt, heard),))


def go_on(course: Course, now: Now) -> Course:
    """The next item, once the pause is over; no rest, where one is offered; the end, after the listening."""
    due = course.due
    if isinstance(due, Listening):
        return ended(ticked(course, now), now)
    if isinstance(due, Rest) and now.clock < due.until:
        return replace(ticked(course, now), due=Pause(due.until))
    if isinstance(due, Pause | Rest) and now.clock >= due.until:
        return come(ticked(course, now), now)
    return unchanged(course)


def rested(course: Course, now: Now) -> Course:
    """The course after a rest, which is no practice."""
    if not isinstance(course.due, Rest):
        return unchanged(course)
    return go_on(replace(course, clock=now.clock), now)


def enough(course: Course, now: Now) -> Course:
    """The person had enough for today."""
    if isinstance(course.due, End):
        return unchanged(course)
    return ended(ticked(course, now), now, Ended.ENOUGH)
