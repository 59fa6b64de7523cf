"""What an assignment brings, in plain lines: for whoever is asked to take it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from textwrap import wrap

from mit.assignment import Assignment, Judging
from mit.exchange.overrides import differences
from mit.phrase import Phrase
from mit.protocol import Switches

SHOWN = "%Y-%m-%d %H:%M UTC"
WIDTH, INDENT = 100, 14


def announce(assignment: Assignment, present: Assignment | None) -> tuple[str, ...]:
    """The lines; present: the assignment it would replace."""
    rows = (line for name, value in _rows(assignment) if value for line in _wrapped(name, value))
    return (*rows, *_remarks(assignment, present))


def _wrapped(name: str, value: str) -> list[str]:
    return wrap(value, WIDTH, initial_indent=f"{name:<{INDENT}}", subsequent_indent=" " * INDENT)


def _rows(assignment: Assignment) -> Iterator[tuple[str, str]]:
    counting = ", ".join(assignment.counting)
    yield "For", assignment.person
    yield "Made", _time(assignment.made)
    yield "Level", f"{assignment.level} ({assignment.language})"
    yield "Phrases", _phrases(assignment.phrases)
    yield "In reserve", _phrases(assignment.reserve)
    yield "Never taught", _phrases(assignment.probes)
    yield "A day", f"{assignment.minutes:g} minutes, at most {assignment.most_minutes:g}"
    yield "Goal", assignment.goal
    yield "Look again", assignment.review.isoformat() if assignment.review else ""
    yield "Who decides", ", then ".join(assignment.deciders) or "nobody"
    yield "Criterion", f"decisions of {counting}" if counting else "never decided"
    yield "Switches", ", ".join(_switches(assignment.switches))
    yield "Protocol", ", ".join(_protocol(assignment))
    yield "Judging", ", ".join(_judging(assignment.judging))


def _remarks(assignment: Assignment, present: Assignment | None) -> Iterator[str]:
    least, most = assignment.protocol.level(assignment.level).syllables
    for phrase in assignment.phrases:
        if not least <= len(phrase.syllables) <= most:
            yield f"Note: {phrase.id} has {len(phrase.syllables)} syllables; this level takes {least} to {most}."
    if not assignment.reserve:
        misses = assignment.protocol.misses
        yield f"Note: nothing is in reserve: until phrases are mastered, {misses} misses in a row end a session."
    if present is None:
        return
    if present.person != assignment.person:
        yield f"Note: the present assignment is for {present.person}."
    older = assignment.made and present.made and assignment.made < present.made
    yield f"It takes the place of the assignment made {_time(present.made)}" + (", WHICH IS NEWER." if older else ".")


def _time(moment: datetime | None) -> str:
    return moment.strftime(SHOWN) if moment else "at an unknown time"


def _phrases(phrases: tuple[Phrase, ...]) -> str:
    return f"{len(phrases)}: {', '.join(phrase.text for phrase in phrases)}" if phrases else ""


def _switches(switches: Switches) -> Iterator[str]:
    for field in fields(Switches):
        value = getattr(switches, field.name)
        if value != field.default:
            yield f"{field.name} {'on' if value else 'off'}"


def _protocol(assignment: Assignment) -> Iterator[str]:
    for key, value in differences(assignment.protocol).items():
        if isinstance(value, dict):
            yield from (f"{key}.{name} = {_said(each)}" for name, each in value.items())
        else:
            yield f"{key} = {_said(value)}"


def _said(value: object) -> str:
    if isinstance(value, list | tuple):
        return " ".join(str(each) for each in value)
    return f"{value:g}" if isinstance(value, float) else str(value) or "none"


def _judging(judging: Judging) -> Iterator[str]:
    if judging == Judging():
        return
    yield str(judging.tolerance)
    yield from (f"{name} times {factor:g}" for name, factor in judging.emphasis.items())
    yield from ("without the cap for missing syllables",) if not judging.cap_missing else ()
    yield from ("without the cap for another melody",) if not judging.cap_melody else ()
