"""What is said after a take: one thing done well, one to try. Keys of the language catalogue, never words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of the catalogue: `feedback.<key>`, with the syllable it speaks of where there is one."""

    key: str
    syllable: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """did_well and try_next: None where nothing is to be said."""

    did_well: Saying | None = None
    try_next: Saying | None = None
