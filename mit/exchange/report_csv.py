"""A report as a table (CSV): one row a decision, and rows that sum up; what a row is, its first column says.

row         filled columns
decision    time (UTC), session, level, phrase, group, step (offered), of_step (the trial's own), offered, backed,
            outcome, by, suggestion, review, points
session     time (local), session, level, minutes, ended, points, maximum, share (empty: not decided), note (misses: it
            ended after misses in a row, with no known phrase left)
day         time (local day), minutes, prescribed
criterion   level, share (mean over the sessions asked for; empty: not decided), note (what it suggests, flags)
checkin     time (UTC), note (before, after, used), mood, tired, phrase
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from mit.report import Report, group_of

COLUMNS = (
    "row", "person", "time", "session", "level", "phrase", "group", "step", "of_step", "offered", "backed", "outcome",
    "by", "suggestion", "review", "points", "maximum", "share", "minutes", "prescribed", "ended", "mood", "tired",
    "note",
)  # fmt: skip

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First signs by which a spreadsheet takes a text for a formula and runs it (OWASP, CSV injection)."""

Row = dict[str, Any]


def as_csv(report: Report) -> str:
    """The report as CSV: commas, UTF-8, one header line."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in (*_decisions(report), *_sessions(report), *_days(report), *_criterion(report), *_check_ins(report)):
        writer.writerow({key: _cell(value) for key, value in ({"person": report.assignment.person} | row).items()})
    return text.getvalue()


def _cell(value: Any) -> Any:
    """A value as a cell: a text that a spreadsheet would run is led by an apostrophe."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    text = str(value) if isinstance(value, StrEnum) else value
    return f"'{text}" if isinstance(text, str) and text.startswith(FORMULA) else text


def _decisions(report: Report) -> Iterator[Row]:
    for sat in report.sessions:
        trials = {trial.id: trial for trial in sat.sitting.trials}
        for decision in sat.sitting.decisions:
            trial = trials[decision.trial]
            yield {
                "row": "decision",
                "time": decision.at.isoformat(timespec="seconds"),
                "session": str(trial.session),
                "level": trial.level,
                "phrase": trial.phrase,
                "group": group_of(trial),
                "step": decision.step,
                "of_step": trial.step,
                "offered": decision.offered,
                "backed": decision.backed,
                "outcome": decision.outcome,
                "by": decision.by,
                "suggestion": decision.suggestion or "",
                "review": decision.review,
                "points": decision.credit,
            }


def _sessions(report: Report) -> Iterator[Row]:
    for sat in report.sessions:
        yield {
            "row": "session",
            "time": sat.at.isoformat(timespec="seconds"),
            "session": str(sat.sitting.session.id),
            "level": sat.sitting.session.level,
            "minutes": sat.minutes,
            "ended": sat.ended or "interrupted",
            "points": sat.figure.points,
            "maximum": sat.figure.maximum,
            "share": "" if sat.figure.share is None else sat.figure.share,
            "note": "misses" if sat.on_misses else "",
        }


def _days(report: Report) -> Iterator[Row]:
    for day, minutes in sorted(report.days.items()):
        yield {"row": "day", "time": day.isoformat(), "minutes": minutes, "prescribed": report.assignment.minutes}


def _criterion(report: Report) -> Iterator[Row]:
    found = report.criterion
    notes = (name for name in ("advance", "stuck", "low") if getattr(found, name))
    share = "" if found.mean is None else found.mean
    yield {"row": "criterion", "level": report.assignment.level, "share": share, "note": " ".join(notes)}


def _check_ins(report: Report) -> Iterator[Row]:
    for told in report.history.check_ins:
        yield {
            "row": "checkin",
            "time": told.at.isoformat(timespec="seconds"),
            "note": told.kind,
            "mood": "" if told.mood is None else told.mood,
            "tired": "" if told.tired is None else told.tired,
            "phrase": told.phrase_id or "",
        }
