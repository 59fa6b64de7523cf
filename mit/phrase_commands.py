"""`mit phrases`: the phrases there are, and what is amiss in one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mit.options import LanguageOption

phrase_commands = typer.Typer(help="List, show and check phrases.", no_args_is_help=True)


@phrase_commands.command("list")
def list_phrases(language: LanguageOption = "en") -> None:
    """Every phrase: id, pattern, text."""
    from mit.library import load_sets

    for phrases in load_sets(language):
        for p in phrases.phrases:
            typer.echo(f"{p.level:<13} {p.id:<24} {p.pattern:<10} {p.hyphenated}")


@phrase_commands.command("show")
def show_phrase(name: Annotated[str, typer.Argument(help="Its id.")], language: LanguageOption = "en") -> None:
    """One phrase with all that is known of it."""
    from mit.library import find_phrase

    p = find_phrase(name, language)
    rows = {"id": p.id, "text": p.hyphenated, "pattern": p.pattern, "level": p.level, "question": p.question}
    rows |= {"beats": " ".join(f"{s.beats:g}" for s in p.syllables), "tags": ", ".join(p.tags)}
    if any(s.semitones is not None for s in p.syllables):
        rows["semitones"] = " ".join("-" if s.semitones is None else f"{s.semitones:g}" for s in p.syllables)
    typer.echo("\n".join(f"{key:<9} {value}" for key, value in rows.items()))


@phrase_commands.command("check")
def check_phrases(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders; without any, what is shipped.")] = None,
) -> None:
    """Look for faults in phrase files: one line each, exit code 1 when there are any."""
    from mit.library import check

    faults = check(tuple(paths or ()))
    for fault in faults:
        typer.echo(str(fault))
    if faults:
        raise typer.Exit(1)
    typer.echo("All phrases can be practised.")
