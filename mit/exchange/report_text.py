"""A report as plain text, to be read and printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from math import floor
from statistics import median

from mit.checkin import Kind
from mit.criterion import ROUNDING
from mit.report import Group, Report, Sat, StepRow, decided_by
from mit.session import Ended

NOTICE = (
    "This describes practice at home. It is no test and no diagnosis.",
    "Figures of the sound are descriptive; they were not validated in people with aphasia.",
)

TITLES = {
    Group.PRACTISED: "Practised phrases",
    Group.PROBE: "Probes: untrained, sung once without help, in no figure above",
    Group.KNOWN: "Known phrases given for success, in no figure above",
}

NOT_DECIDED = "not decided"

HEADER = f"{'phrase':<26}{'step':<6}{'offered':>8}{'alone':>7}{'backup':>8}{'not yet':>9}{'heard':>7}  decided by"


def as_text(report: Report, *, today: date) -> str:
    """The report as lines; today: for its head."""
    blocks = (_head(report, today), _dose(report), _criterion(report), _sessions(report))
    groups = (_steps(report, group) for group in TITLES)
    more = (_review(report), _body(report), _words(report))
    return "\n\n".join("\n".join(lines) for block in (*blocks, *groups, *more) if (lines := list(block))) + "\n"


def _head(report: Report, today: date) -> Iterator[str]:
    yield f"Practice of {report.assignment.person or 'an unnamed person'}, written {today.isoformat()}"
    yield from NOTICE


def _dose(report: Report) -> Iterator[str]:
    given, minutes = report.assignment, sum(report.days.values())
    yield "Dose"
    yield f"  prescribed   {given.minutes:g} minutes a day, at most {given.most_minutes:g}"
    yield f"  practised    {len(report.days)} of {report.span} days, {minutes:.0f} minutes in all"
    if report.days:
        enough = sum(value >= given.minutes for value in report.days.values())
        yield f"  a day        {minutes / len(report.days):.0f} minutes; {enough} days with all that was prescribed"
        hours = sorted(sat.at.hour for sat in report.sessions)
        yield f"  begun at     {hours[0]} to {hours[-1]} o'clock, mostly about {median(hours):.0f}"
    early = sum(sat.ended is Ended.ENOUGH for sat in report.sessions)
    open_ended = sum(sat.ended is None for sat in report.sessions)
    missed = sum(sat.on_misses for sat in report.sessions)
    how = f"{early} ended by the person, {missed} after misses with no known phrase left, {open_ended} interrupted"
    yield f"  sessions     {len(report.sessions)}: {how}"
    if report.free_attempts:
        yield f"  besides      {report.free_attempts} takes outside sessions"


def _criterion(report: Report) -> Iterator[str]:
    found, protocol = report.criterion, report.assignment.protocol
    asked = f"{_percent(protocol.advance_share)} over {protocol.advance_sessions} sessions"
    mean = NOT_DECIDED if found.mean is None else _percent(found.mean)
    counting = ", ".join(report.assignment.counting) or "nobody"
    yield f"Criterion at the level {report.assignment.level}"
    yield f"  mean         {mean} (asked: {asked}; counted: decisions of {counting})"
    yield f"  last         {', '.join(f'{share:.0%}' for share in found.shares) or NOT_DECIDED}"
    if found.advance:
        yield "  The criterion is met. The therapist decides about the level."
    if found.stuck:
        yield f"  Flag: {protocol.stuck_sessions} sessions lie within {protocol.stuck_points:g} points of each other."
    if found.low:
        yield f"  Flag: {protocol.low_sessions} sessions in a row lie under {_percent(protocol.low_share)}."


def _percent(share: float) -> str:
    """Rounded down: what reads as the criterion meets it."""
    return f"{floor(100 * share + ROUNDING)} %"


def _sessions(report: Report) -> Iterator[str]:
    yield "Sessions"
    for sat in report.sessions:
        yield f"  {sat.at:%Y-%m-%d %H:%M}  {_session(sat)}"


def _session(sat: Sat) -> str:
    worth = sat.figure
    share = NOT_DECIDED if worth.share is None else _percent(worth.share) + (" (own word counted)" if worth.own else "")
    minutes = f"{sat.minutes:.0f} min" if sat.ended else f"about {sat.minutes:.0f} min"
    ended = "after misses" if sat.on_misses else sat.ended or "interrupted"
    decided = f"{worth.decided} of {worth.offered} steps decided"
    return f"{sat.sitting.session.level:<13} {minutes:<13} {ended:<13} {share} ({decided})"


def _steps(report: Report, group: str) -> Iterator[str]:
    rows = [row for row in report.steps if row.group == group]
    if not rows:
        return
    yield TITLES[group]
    yield "  decided by: " + ", ".join(f"{by} {n}" for by, n in decided_by(rows, group).most_common())
    for level, found in groupby(rows, key=lambda row: row.level):
        yield f"  {level}"
        yield f"    {HEADER}"
        yield from (f"    {_step(row)}" for row in found)


def _step(row: StepRow) -> str:
    counts = f"{row.offered:>8}{row.alone:>7}{row.backed:>8}{row.not_yet:>9}{row.heard:>7}"
    return f"{row.phrase:<26}{row.step:<6}{counts}  {', '.join(f'{by} {n}' for by, n in row.by.items())}"


def _review(report: Report) -> Iterator[str]:
    if report.review:
        yield "To be heard by the therapist: nobody decided, and the trainer was not sure"
        for trial, decision in report.review:
            yield f"  {decision.at:%Y-%m-%d %H:%M} UTC  {trial.phrase}, step {decision.step}"


def _body(report: Report) -> Iterator[str]:
    if report.latency or report.taps:
        yield "Time, descriptive"
    for group, spread in report.latency.items():
        middle = f"{spread.middle:.1f} s (quartiles {spread.low:.1f} to {spread.high:.1f}, {spread.count} takes)"
        yield f"  first sung vowel, {group}: {middle}"
    if report.taps:
        beats, varying = (median(values) for values in zip(*report.taps, strict=True))
        yield f"  taps: {beats:.2f} s apart, varying by {varying:.0%} of it (median of {len(report.taps)} turns)"


def _words(report: Report) -> Iterator[str]:
    told = report.history.check_ins
    if told:
        yield "What the person said"
    for kind in (Kind.BEFORE, Kind.AFTER):
        moods = [each.mood for each in told if each.kind is kind and each.mood is not None]
        tired = [each.tired for each in told if each.kind is kind and each.tired is not None]
        if moods:
            counts = ", ".join(f"{mood}: {moods.count(mood)} times" for mood in (1, 2, 3))
            yield f"  mood {kind} practice, 3 is best: {counts}"
        if tired:
            yield f"  tired {kind} practice: {sum(tired)} of {len(tired)} times"
    used = [each.phrase_id for each in told if each.kind is Kind.USED and each.phrase_id]
    if used:
        yield "  used in life: " + ", ".join(f"{phrase} {used.count(phrase)}" for phrase in dict.fromkeys(used))
