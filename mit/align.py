"""Which sung note belongs to which note of the model."""

from __future__ import annotations

from dataclasses import dataclass

from mit.melody import Note


@dataclass(frozen=True, slots=True)
class Pair:
    """A note of the model and the note that was sung for it (None: not found)."""

    target: Note
    sung: Note | None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Every note of the model with what was sung for it, and what was sung besides.

    added: sung notes that belong to no note of the model; false_starts: how many of them began a note that was then
    begun again; pauses: seconds of silence before each pair beyond what the tempo explains, 0 where none; key:
    semitones, sung minus model, octaves folded to within 6 (None: nothing sung).
    """

    pairs: tuple[Pair, ...]
    added: tuple[Note, ...] = ()
    false_starts: int = 0
    pauses: tuple[float, ...] = ()
    key: float | None = None
