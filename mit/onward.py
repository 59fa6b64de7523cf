"""Where a session stands, and what comes next in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from mit.assignment import Assignment
from mit.due import Due, End, Item, Listening, Now, Offer, Pause, Rest
from mit.phrase import Phrase
from mit.progress import Finish, Position, first, may_repeat
from mit.protocol import Level, Protocol, switched
from mit.session import LONGEST_GAP, Decision, Ended, Session, SessionEnd, Taps, Trial
from mit.similar import similar

Fact = Session | Trial | Decision | Taps | SessionEnd


@dataclass(frozen=True, slots=True)
class Course:
    """Where a session stands.

    due: what is to happen now; facts: what the last change gave to keep; begun: the items so far, the last one now or
    just over; coming: the items still planned; reserve: the known phrases left; finish: how the last item ended;
    misses: of scored steps since an item was gone through; endings: known phrases given to end on; best: the last
    phrase gone through; decisions: how many; clock: when something last happened; practised, earlier: seconds in this
    session and before it on the same day; rested: `practised` when a rest was last offered.
    """

    session: Session
    assignment: Assignment
    due: Due
    coming: tuple[Item, ...]
    reserve: tuple[Phrase, ...]
    clock: float
    earlier: float = 0.0
    facts: tuple[Fact, ...] = ()
    begun: tuple[Item, ...] = ()
    finish: Finish | None = None
    misses: int = 0
    endings: int = 0
    best: Phrase | None = None
    decisions: int = 0
    practised: float = 0.0
    rested: float = 0.0

    @property
    def protocol(self) -> Protocol:
        return self.assignment.protocol

    @property
    def level(self) -> Level:
        return self.protocol.level(self.session.level)

    @property
    def today(self) -> float:
        """Seconds practised today."""
        return self.earlier + self.practised

    @property
    def succeeded(self) -> bool:
        """Whether the last item was gone through; a probe is no success, whatever came of it."""
        return self.finish is Finish.DONE and not self.begun[-1].probe

    @property
    def is_full(self) -> bool:
        """Whether the most of the day is practised."""
        return self.today >= 60.0 * self.assignment.most_minutes


def unchanged(course: Course) -> Course:
    return replace(course, facts=())


def ticked(course: Course, now: Now) -> Course:
    """Time has passed in practice; there is nothing to keep yet."""
    gap = min(max(0.0, now.clock - course.clock), LONGEST_GAP)
    return replace(course, facts=(), clock=now.clock, practised=course.practised + gap)


def fact_id(course: Course, kind: str, place: int | str) -> UUID:
    return uuid5(course.session.id, f"{kind}/{place}")


def offered(course: Course, position: Position, now: Now) -> Course:
    """The course with this position of the last item offered; a trial is opened where it is another step."""
    item, number = course.begun[-1], len(course.begun) - 1
    step = position.returns_to or position.step
    trial = fact_id(course, "trial", f"{number}/{step}")
    row = switched(course.protocol.step(position.step), course.assignment.switches)
    before = course.due.trial if isinstance(course.due, Offer) else None
    offer = Offer(number, item, position, row, trial, may_repeat(position, course.protocol))
    course = replace(course, due=offer)
    if trial == before:
        return course
    fact = Trial(
        trial, course.session.id, now.at, number, item.phrase.id, course.session.level, step, item.probe, item.reserve
    )
    return replace(course, facts=(*course.facts, fact))


def finished(course: Course, finish: Finish | None, now: Now) -> Course:
    """The last item is over: a pause, in which a rest may be offered; or the end, where it was a success to end on."""
    item, gone = course.begun[-1], finish is Finish.DONE
    course = replace(
        course,
        finish=finish,
        misses=0 if (gone and not item.probe) or item.reserve else course.misses,
        best=item.phrase if gone and not item.probe else course.best,
    )
    if is_over(course) and course.succeeded:
        return ended(course, now)
    until = now.clock + course.protocol.pause
    if course.practised - course.rested >= course.protocol.rest_every:
        return replace(course, due=Rest(until), rested=course.practised)
    return replace(course, due=Pause(until))


def is_over(course: Course) -> bool:
    """Whether nothing new comes any more: the day is full, nothing is left, or the end was begun, or must be.

    After too many misses in a row a known phrase comes between; the last one is kept to end on, so that the end follows
    once nothing else is left to come between.
    """
    left = len(course.reserve) > 1 or (course.reserve and not any(item.reserve for item in course.begun))
    return course.is_full or not course.coming or course.endings > 0 or (_is_stuck(course) and not left)


def _is_stuck(course: Course) -> bool:
    return course.misses >= course.protocol.misses


def come(course: Course, now: Now) -> Course:
    """What follows a pause: the next item, a known one where it is needed, listening, or the end."""
    over = is_over(course)
    if over and (course.succeeded or not course.begun):
        return ended(course, now)
    wanted = course.endings < course.protocol.misses if over else _is_stuck(course)
    known = _known(course) if wanted else None
    if known is not None:
        left = tuple(phrase for phrase in course.reserve if phrase.id != known.id)
        return opened(replace(course, reserve=left, endings=course.endings + over), Item(known, reserve=True), now)
    if over or wanted:
        return _last(course, now)
    item = _next(course)
    return opened(replace(course, coming=tuple(other for other in course.coming if other is not item)), item, now)


def _last(course: Course, now: Now) -> Course:
    """Listening to the phrase that went best; never to a probe, which would teach it."""
    heard = [item.phrase for item in course.begun if not item.probe]
    if not heard:
        return ended(course, now)
    return replace(course, due=Listening(course.best or heard[-1]))


def opened(course: Course, item: Item, now: Now) -> Course:
    route = item.route(course.level, course.protocol)
    return offered(replace(course, begun=(*course.begun, item), finish=None), first(route), now)


def _known(course: Course) -> Phrase | None:
    """A known phrase that is unlike the one before it and, where there is one, unlike the one after it."""
    fits = [phrase for phrase in course.reserve if not similar(phrase, course.begun[-1].phrase)]
    after = course.coming[:1]
    return min(fits, key=lambda phrase: any(similar(phrase, item.phrase) for item in after), default=None)


def _next(course: Course) -> Item:
    """The first item still planned that is unlike the last one; a known phrase between may have changed the order."""
    if not course.begun:
        return course.coming[0]
    last = course.begun[-1].phrase
    return next((item for item in course.coming if not similar(item.phrase, last)), course.coming[0])


def ended(course: Course, now: Now, how: Ended | None = None) -> Course:
    how = how or (Ended.DOSE if course.is_full and course.coming else Ended.DONE)
    end = SessionEnd(course.session.id, now.at, how, course.practised)
    return replace(course, due=End(how), facts=(*course.facts, end))
