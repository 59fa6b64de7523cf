"""What the command line gives for an assignment, as the keys of its file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mit.errors import AssignmentError, PhraseError
from mit.phrase import PhraseSet
from mit.phrase_file import toml_table

NOT = "no-"
"""Before a switch: off."""


def listed(text: str | None) -> list[str]:
    """The parts of a list with commas."""
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def level_of(sets: Sequence[PhraseSet], set_name: str | None, phrases: Sequence[str]) -> str:
    """The level of a set, or of the phrases that are known: who names phrases need not name their level."""
    wanted = (set_name or "").casefold()
    for found in sets:
        if wanted in (found.name.casefold(), found.level) or {p.id for p in found.phrases} & set(phrases):
            return found.level
    raise AssignmentError("No level was given.", "Give --level, and phrases by --set or --phrases.")


def switches_of(names: Sequence[str]) -> dict[str, bool]:
    """ "no-tapping" as tapping = false."""
    return {name.removeprefix(NOT).replace("-", "_"): not name.startswith(NOT) for name in names}


def overrides_of(texts: Sequence[str], option: str) -> dict[str, Any]:
    """ "I3.delay=4" as a table of tables. Raises AssignmentError for what is none."""
    found: dict[str, Any] = {}
    for text in texts:
        path, _, value = text.partition("=")
        *tables, key = path.strip().split(".")
        place = found
        for name in tables:
            place = place.setdefault(name, {})
            if not isinstance(place, dict):
                raise AssignmentError(f"{option} {text}: {name} is set twice.", "Give each once.")
        place[key] = _value(value.strip(), f"{option} {text}")
    return found


def _value(text: str, where: str) -> Any:
    """A value as TOML has it; a word may come without quotes."""
    if text.isidentifier() and text not in ("true", "false", "nan", "inf"):
        return text
    try:
        return toml_table(f"value = {text}".encode())["value"]
    except (PhraseError, KeyError) as fault:
        raise AssignmentError(f"{where}: this is no value.", "Give a number, true, false, or a word.") from fault
