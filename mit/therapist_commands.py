"""What a therapist and a home hand each other: `mit assign`, `import`, `report`, `rescore`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from mit.errors import AssignmentError
from mit.home import find_home

if TYPE_CHECKING:
    from mit.assignment import Assignment
    from mit.exchange.assignment_file import AssignmentFile

therapist_commands = typer.Typer()

LanguageOption = Annotated[str, typer.Option("--language", help="Language of the phrases.")]


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
        present = store.assignment()
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
