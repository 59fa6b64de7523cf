"""Goes on with a session that was interrupted, in the same place, from what was kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mit.assignment import Assignment
from mit.course import Course, decided
from mit.due import Item, Now, Pause, Rest
from mit.onward import is_over, opened
from mit.phrase import Phrase
from mit.session import Session, SessionEnd, Sitting, Trial


def resume(sitting: Sitting, assignment: Assignment, now: Now, *, earlier: float = 0.0) -> Course | None:
    """The course where the sitting broke off: the same step of the same item, offered as often as it was.

    None where it has ended, or where assignment or protocol are no longer those it was begun with. earlier: seconds
    practised today without this session.
    """
    session = sitting.session
    phrases = {p.id: p for p in (*assignment.phrases, *assignment.reserve, *assignment.probes)}
    ids = {*session.planned, *session.reserve, *(trial.phrase for trial in sitting.trials)}
    if sitting.end or session.protocol_version != assignment.protocol.version or not ids <= phrases.keys():
        return None
    course = _replayed(_unbegun(session, assignment, phrases, earlier), sitting, phrases)
    if not course.begun:
        return None
    kept = {trial.id for trial in sitting.trials}
    new = tuple(f for f in course.facts if isinstance(f, SessionEnd) or (isinstance(f, Trial) and f.id not in kept))
    last = max((decision.at for decision in sitting.decisions), default=session.at)
    due = course.due
    if isinstance(due, Pause | Rest):
        waited = (now.at - last).total_seconds()
        due = replace(due, until=now.clock + min(max(0.0, course.protocol.pause - waited), course.protocol.pause))
    return replace(course, due=due, facts=new, clock=now.clock)


def _unbegun(session: Session, assignment: Assignment, phrases: dict[str, Phrase], earlier: float) -> Course:
    probes = {phrase.id for phrase in assignment.probes}
    planned = tuple(Item(phrases[id], probe=id in probes) for id in session.planned)
    return Course(session, assignment, Pause(0.0), planned, tuple(phrases[id] for id in session.reserve), 0.0, earlier)


def _replayed(course: Course, sitting: Sitting, phrases: dict[str, Phrase]) -> Course:
    """The course after each item was opened as it was, and decided as it was."""
    numbers = {trial.id: trial.item for trial in sitting.trials}
    items = {t.item: Item(phrases[t.phrase], t.probe, t.reserve) for t in sitting.trials}
    for number in sorted(items):
        course = _opened_again(course, items[number], sitting.session.at)
        for decision in sitting.decisions:
            if numbers[decision.trial] == number:
                now = Now(decision.at, (decision.at - sitting.session.at).total_seconds())
                course = decided(course, decision.outcome, by=decision.by, now=now, suggestion=decision.suggestion)
    return course


def _opened_again(course: Course, item: Item, at: datetime) -> Course:
    left = tuple(other for other in course.coming if other.phrase.id != item.phrase.id)
    reserve = tuple(phrase for phrase in course.reserve if phrase.id != item.phrase.id)
    ending = item.reserve and is_over(course)
    course = replace(course, coming=left, reserve=reserve, endings=course.endings + ending, facts=())
    return opened(course, item, Now(at, course.clock))
