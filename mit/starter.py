"""The assignment that serves until a therapist makes one."""

from __future__ import annotations

from collections.abc import Iterable

from mit.assignment import Assignment
from mit.errors import PhraseError
from mit.phrase import LEVELS, PhraseSet

PROBE_EVERY = 6
"""Of the shipped phrases, every sixth is a probe: four of twenty-four, which leaves twenty, the most of a session."""


def starter(sets: Iterable[PhraseSet]) -> Assignment:
    """The first level's phrases of one language, some of them held out as probes. Raises PhraseError without any."""
    return at_level(sets, LEVELS[0])


def at_level(sets: Iterable[PhraseSet], level: str) -> Assignment:
    """The same for another level."""
    found = tuple(phrase for phrases in sets if phrases.level == level for phrase in phrases.phrases)
    if not found:
        raise PhraseError(f"There are no {level} phrases.", "Run: mit phrases check")
    probes = found[PROBE_EVERY - 1 :: PROBE_EVERY]
    phrases = tuple(phrase for phrase in found if phrase not in probes)
    return Assignment(None, None, "", found[0].language, level, phrases, probes=probes)
