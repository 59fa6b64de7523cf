"""Options of several commands, said once: what phrase is meant, how it is sung, how the answer is printed."""

from __future__ import annotations

from typing import Annotated

import typer

PhraseOption = Annotated[str | None, typer.Option("--phrase", help="A phrase, by its id.")]
TextOption = Annotated[str | None, typer.Option("--text", help='Its words instead; hyphens part syllables: "wa-ter".')]
PatternOption = Annotated[str | None, typer.Option("--pattern", help="One letter a syllable: H, M or L.")]
LowOption = Annotated[str, typer.Option("--low", help="The low note: a name (A3) or Hz.")]
IntervalOption = Annotated[float | None, typer.Option("--interval", help="Semitones up to the high note.")]
BeatOption = Annotated[float, typer.Option("--beat", help="Seconds a syllable.")]
LanguageOption = Annotated[str, typer.Option("--language", help="Language of the phrases.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON: one object a line.")]
