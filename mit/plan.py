"""What a session practises: which phrases of an assignment, and in which order."""

from __future__ import annotations

from dataclasses import dataclass

from mit.due import Item
from mit.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Plan:
    """The items of a session in order; reserve: known phrases that may be given for success, the first first."""

    items: tuple[Item, ...]
    reserve: tuple[Phrase, ...] = ()
