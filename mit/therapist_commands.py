"""What a therapist and a home hand each other: `mit assign`, `import`, `report`, `rescore`."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID, uuid4

import typer

from mit.errors import AssignmentError, RecordingError, ReportError, StoreError
from mit.home import Home, find_home
from mit.options import LanguageOption
from mit.tracker_cache import ready_tracker

if TYPE_CHECKING:
    from mit.assignment import Assignment
    from mit.calibration import Calibration
    from mit.exchange.assignment_file import AssignmentFile
    from mit.history import History
    from mit.rescore import Rescore
    from mit.store import Store
    from mit.store.record import StoredAttempt

therapist_commands = typer.Typer()

JUDGED = ("scored", "unsure", "silent")
"""The verdicts of takes that may be judged again: one during which the model sounded is never judged."""


@therapist_commands.command()
def assign(
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    patient: Annotated[str, typer.Option(help="A code for the person, never a name.")],
    set_name: Annotated[str | None, typer.Option("--set", help="All phrases of a shipped set.")] = None,
    phrases: Annotated[str | None, typer.Option(help="Ids instead, joined by commas: see mit phrases list.")] = None,
    level: Annotated[str | None, typer.Option(help="elementary, intermediate or advanced.")] = None,
    minutes: Annotated[float | None, typer.Option(help="Of practice a day.")] = None,
    most: Annotated[float | None, typer.Option(help="Minutes a day, at most.")] = None,
    goal: Annotated[str | None, typer.Option(help="In words.")] = None,
    review: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="When to look again.")] = None,
    reserve: Annotated[str | None, typer.Option(help="Ids of known phrases, for success.")] = None,
    probes: Annotated[str | None, typer.Option(help="Ids of phrases that are never taught.")] = None,
    decides: Annotated[str | None, typer.Option(help="therapist,helper,person: whose word goes first.")] = None,
    counts: Annotated[str | None, typer.Option(help="Whose decisions count toward the criterion.")] = None,
    switch: Annotated[list[str] | None, typer.Option(help="rhythm_only, no-tapping, ...; may be repeated.")] = None,
    protocol: Annotated[list[str] | None, typer.Option(help="I3.delay=4; may be repeated.")] = None,
    judging: Annotated[list[str] | None, typer.Option(help="tolerance=lenient; may be repeated.")] = None,
    language: LanguageOption = "en",
) -> None:
    """Write an assignment: what one person is to practise."""
    from mit.exchange.assignment_file import check_assignment
    from mit.exchange.assignment_text import write_assignment
    from mit.exchange.options import level_of, listed, overrides_of, switches_of
    from mit.library import load_sets

    given: dict[str, Any] = {
        "person": patient,
        "language": language,
        "level": level or level_of(load_sets(language), set_name, listed(phrases)),
        "set": set_name,
        "phrases": listed(phrases),
        "reserve": listed(reserve),
        "probes": listed(probes),
        "minutes": minutes,
        "most_minutes": most,
        "goal": goal,
        "review": review.date() if review else None,
        "decides": listed(decides) or None,
        "counts": listed(counts) or None,
        "switches": switches_of(switch or ()),
        "protocol": overrides_of(protocol or (), "--protocol"),
        "judging": overrides_of(judging or (), "--judging"),
    }
    made = {"id": uuid4(), "made": datetime.now(UTC).replace(microsecond=0)}
    table = made | {key: value for key, value in given.items() if value is not None}
    assignment = _sound(check_assignment(table, "", load_sets))
    _write(output, write_assignment(assignment))
    said = f"{len(assignment.phrases)} phrases for {assignment.person}. Take it with: mit import {output.name}"
    typer.echo(f"{output}: {said}")


@therapist_commands.command("import")
def take(
    file: Annotated[Path, typer.Argument(help="An assignment.")],
    yes: Annotated[bool, typer.Option("--yes", help="Take it without asking.")] = False,
) -> None:
    """Show what an assignment brings, and take it: later sessions practise it."""
    from mit.exchange.announcement import announce
    from mit.exchange.assignment_file import read_assignment
    from mit.library import load_sets, read_file
    from mit.store import Store

    found = _sound(read_assignment(read_file(file), file.name, load_sets))
    store = Store.open(find_home())
    try:
        present = _present(store)
        if present and present.id == found.id:
            typer.echo("This assignment is here already; nothing changes.")
            return
        for line in announce(found, present):
            typer.echo(line)
        if yes or _agreed():
            store.take(found, datetime.now(UTC))
            typer.echo("Taken. The next session practises it.")
        else:
            typer.echo("Nothing changes.")
    finally:
        store.close()


def _present(store: Store) -> Assignment | None:
    """The one that was taken before; where it cannot be read that is told, for this is how another takes its place."""
    try:
        return store.assignment()
    except StoreError as fault:
        typer.echo(f"mit: {fault.message}", err=True)
        return None


def _agreed() -> bool:
    try:
        return typer.confirm("Take it?")
    except typer.Abort:
        raise AssignmentError("Nobody answered; nothing changes.", "Answer y, or give --yes.") from None


def _sound(found: AssignmentFile) -> Assignment:
    """The assignment without faults; all but the last fault are said here, one a line."""
    if found.assignment is None:
        for fault in found.faults[:-1]:
            typer.echo(f"mit: {fault}", err=True)
        raise AssignmentError(str(found.faults[-1]))
    return found.assignment


def _write(file: Path, text: str) -> None:
    """Write a file for its owner alone: it is about a person."""
    from mit.store.sidefile import open_privately

    try:
        with open(file, "w", encoding="utf-8", newline="", opener=open_privately) as opened:
            opened.write(text)
    except OSError as fault:
        raise AssignmentError(f"{file} cannot be written ({fault.strerror}).", "Give another file.") from fault


@therapist_commands.command()
def report(
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write: .txt or .csv.")],
    patient: Annotated[str | None, typer.Option(help="The person's code: refused for another's records.")] = None,
) -> None:
    """Write down what was practised: dose, steps, who decided."""
    from mit.exchange.report_csv import as_csv
    from mit.exchange.report_text import as_text
    from mit.report import summarise

    if output.suffix not in (".txt", ".csv"):
        raise ReportError(f"There is no report as {output.suffix or 'a file without ending'}.", "Give .txt or .csv.")
    home = find_home()
    assignment, history = _practised(home)
    if patient and assignment.person and patient != assignment.person:
        raise ReportError(f"These records are of {assignment.person}, not of {patient}.", "Set MIT_HOME, or the code.")
    named = replace(assignment, person=assignment.person or patient or "")
    found = summarise(history, named, local=datetime.astimezone)
    today = datetime.now().astimezone().date()
    _write(output, as_csv(found) if output.suffix == ".csv" else as_text(found, today=today))
    typer.echo(f"{output}: {len(found.sessions)} sessions on {len(found.days)} days")


def _practised(home: Home) -> tuple[Assignment, History]:
    """The present assignment, else the starter's, and what a person practised."""
    from mit.library import load_sets
    from mit.settings import load_settings
    from mit.starter import starter
    from mit.store import Store

    store = Store.open(home)
    try:
        return store.assignment() or starter(load_sets(load_settings(home).language)), store.history()
    finally:
        store.close()


@therapist_commands.command()
def rescore() -> None:
    """Judge what was kept again: old and new side by side. The old figures stay."""
    from mit.score import SCORING_VERSION
    from mit.store import Store

    home = find_home()
    ready_tracker(home)
    store = Store.open(home)
    try:
        history = store.history()
        real, spoken = {attempt.id for attempt in history.attempts}, _spoken(history)
        kept = [attempt for attempt in store.attempts() if attempt.id in real and attempt.verdict in JUDGED]
        found = [attempt for attempt in kept if attempt.trial not in spoken]
        moved = 0
        calibration = _calibration(home, store)
        for attempt in found:
            again = _again(home, attempt, calibration)
            store.keep(again)
            moved += (attempt.verdict, attempt.grade) != (again.verdict, again.grade)
            typer.echo(_side_by_side(attempt, again))
    finally:
        store.close()
    typer.echo(f"{len(found)} takes judged by version {SCORING_VERSION}, {moved} with another grade.")
    if left := len(kept) - len(found):
        typer.echo(f"{left} takes of spoken steps were left: speech is not held to a melody.")


def _spoken(history: History) -> frozenset[UUID]:
    """The trials whose steps are never judged by pitch, as they are in practice. A backup that is judged at all is
    judged as the step it leads back to."""
    from mit.protocol import PROTOCOL, Judged, Manner

    steps = (step for level in PROTOCOL.levels for step in level.steps)
    free = {step.id for step in steps if step.judged is Judged.SYLLABLES or step.response is not Manner.SUNG}
    return frozenset(trial.id for trial in history.trials if trial.step in free)


def _calibration(home: Home, store: Store) -> Calibration:
    """How this person is judged: as the therapist set it, else as the settings say."""
    from mit.calibration import shipped
    from mit.settings import load_settings

    assigned = store.assignment()
    return shipped().for_person(assigned.judging if assigned else load_settings(home))


def _again(home: Home, attempt: StoredAttempt, calibration: Calibration) -> Rescore:
    """From the kept sound, else from the kept contour."""
    from mit.recordings import read_contour
    from mit.rescore import Source, judge_again

    file = home.recordings / attempt.audio if attempt.audio else None
    contour, source = attempt.unpack_contour(), Source.CONTOUR
    if file and file.is_file():
        with suppress(RecordingError):  # a file that is broken now: the contour is there
            contour, source = read_contour(file), Source.AUDIO
    return judge_again(attempt.id, attempt.melody, contour, calibration, source=source, at=datetime.now(UTC))


def _side_by_side(old: StoredAttempt, new: Rescore) -> str:
    mark = "=" if (old.verdict, old.grade) == (new.verdict, new.grade) else ">"
    sides = f"{_figures(old)} {mark} {_figures(new)}"
    return f"{old.at:%Y-%m-%d %H:%M} UTC  {old.phrase_id:<26} {sides}  from the {new.source}"


def _figures(found: StoredAttempt | Rescore) -> str:
    worth = f"{found.grade} {found.score:.2f}" if found.score is not None else str(found.verdict)
    return f"{worth:<9} (version {found.scoring_version})"
