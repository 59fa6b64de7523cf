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
    from mit.exchange.assignment_file import AssignmentFile

therapist_commands = typer.Typer()

LanguageOption = Annotated[str, typer.Option("--language", help="Language of the phrases.")]


def _listed(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


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
    tolerance: Annotated[str | None, typer.Option(help="lenient, usual or strict judging.")] = None,
    language: LanguageOption = "en",
) -> None:
    """Write an assignment: what one person is to practise."""
    from mit.exchange.assignment_file import check_assignment
    from mit.exchange.assignment_text import write_assignment
    from mit.exchange.options import level_of, overrides_of, switches_of
    from mit.library import load_sets

    sets = load_sets(language)
    given: dict[str, Any] = {
        "person": patient,
        "language": language,
        "level": level or level_of(sets, set_name, _listed(phrases)),
        "set": set_name,
        "phrases": _listed(phrases),
        "reserve": _listed(reserve),
        "probes": _listed(probes),
        "minutes": minutes,
        "most_minutes": most,
        "goal": goal,
        "review": review.date() if review else None,
        "decides": _listed(decides) or None,
        "counts": _listed(counts) or None,
        "switches": switches_of(switch or ()),
        "protocol": overrides_of(protocol or ()),
        "judging": {"tolerance": tolerance} if tolerance else None,
    }
    table = {"id": uuid4(), "made": datetime.now(UTC)} | {k: v for k, v in given.items() if v is not None}
    assignment = _sound(check_assignment(table, "", load_sets))
    _write(output, write_assignment(assignment))
    typer.echo(f"{output}: {len(assignment.phrases)} phrases for {assignment.person}. Take it with: mit import {output}")
