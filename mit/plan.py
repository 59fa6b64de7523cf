"""What a session practises: which phrases of an assignment, and in which order."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from mit.assignment import Assignment
from mit.due import Item
from mit.order import arrange
from mit.phrase import PERSONAL, Phrase
from mit.protocol import Does
from mit.schedule import Days, Standing, days_of, standing
from mit.session import Sitting

BREATH, TURN = 1.0, 8.0
"""Seconds after a rendering, and of a turn besides the singing, about: to begin, to end, and to decide."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The items of a session in order; reserve: known phrases that may be given for success, the first first."""

    items: tuple[Item, ...]
    reserve: tuple[Phrase, ...] = ()


def plan(assignment: Assignment, history: Sequence[Sitting], *, day: date, seed: int) -> Plan:
    """The plan of a session on this day (UTC, as the times of sessions). The same arguments give the same plan.

    history: earlier sittings with this assignment or others, the oldest first, without simulated ones unless this one
    is. What is due comes first, personal phrases before others; mastered ones are practised when they are due and held
    in reserve otherwise. Probes lie between, each at most once in `probe_days`. Similar phrases never follow each
    other, unless there are too few others.
    """
    rng = random.Random(f"{seed}/{day.isoformat()}")
    past = days_of(history, assignment.protocol)
    standings = {p.id: standing(past.get(p.id, ())) for p in assignment.phrases}
    count, most = _count(assignment, standings, day), assignment.protocol.items[1]
    probes = _probes(assignment, past, day, rng)[: (count - 1) // assignment.protocol.probe_every]
    items = arrange(
        [Item(phrase) for phrase in _by_need(assignment, standings, day, rng)],
        [Item(phrase, probe=True) for phrase in probes],
        count=min(count, most - len(probes)),
        every=assignment.protocol.probe_every,
        least=assignment.protocol.items[0],
    )
    return Plan(items, _reserve(assignment, standings, items))


def _count(assignment: Assignment, standings: Mapping[str, Standing], day: date) -> int:
    """How many phrases fit into a session, within the least and the most of the protocol, without mastered ones that
    are not due."""
    least, most = assignment.protocol.items
    minutes = min(assignment.minutes, assignment.protocol.session_minutes)
    wanted = sum(not _is_kept_back(standings[phrase.id], day) for phrase in assignment.phrases)
    return max(least, min(round(60.0 * minutes / _item_seconds(assignment)), wanted, most))


def _item_seconds(assignment: Assignment) -> float:
    """What an item takes with its pause, about: a syllable a second, by what its steps play and ask."""
    level = assignment.protocol.level(assignment.level)
    phrase = fmean(level.syllables)
    sounds = sum((len(step.played) + step.asks) * (phrase + BREATH) + step.delay for step in level.steps)
    turns = sum(phrase + TURN for step in level.steps if step.does is not Does.LISTEN)
    return sounds + turns + assignment.protocol.pause


def _is_kept_back(now: Standing, day: date) -> bool:
    return now.mastered and now.late(day) < 0


def _by_need(assignment: Assignment, standings: Mapping[str, Standing], day: date, rng: random.Random) -> list[Phrase]:
    """All phrases, the one that needs practice most first: due before not due, mastered ones only when they are due,
    not yet practised today before others, personal before others, the longest due first."""

    def need(phrase: Phrase) -> tuple[bool | int, ...]:
        now = standings[phrase.id]
        late = now.late(day)
        return _is_kept_back(now, day), late < 0, now.last == day, PERSONAL not in phrase.tags, -late

    shuffled = list(assignment.phrases)
    rng.shuffle(shuffled)
    return sorted(shuffled, key=need)


def _probes(assignment: Assignment, past: Days, day: date, rng: random.Random) -> list[Phrase]:
    """The probes that may be sung today, the one that waited longest first."""
    last = {id: days[-1][0] for id, days in past.items()}
    shuffled = list(assignment.probes)
    rng.shuffle(shuffled)
    free = [p for p in shuffled if (day - last.get(p.id, date.min)).days >= assignment.protocol.probe_days]
    return sorted(free, key=lambda phrase: last.get(phrase.id, date.min))


def _reserve(assignment: Assignment, standings: Mapping[str, Standing], items: Sequence[Item]) -> tuple[Phrase, ...]:
    """The known phrases that are not practised today: the therapist's, then those mastered since, the surest first."""
    busy = {item.phrase.id for item in items}
    sure = sorted((p for p in assignment.phrases if standings[p.id].mastered), key=lambda p: -standings[p.id].box)
    known = {p.id: p for p in (*assignment.reserve, *sure) if p.id not in busy}
    return tuple(known.values())
