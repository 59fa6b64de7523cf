from __future__ import annotations

import pytest

from mit.melody import Note, intone
from mit.pairing import pair
from mit.phrase import spell

TARGET = intone(spell("I want some wa-ter", "LLLHL"), beat=1.0)


def notes(*found: tuple[float, float, float]) -> tuple[Note, ...]:
    """Onset, end and pitch of each."""
    return tuple(Note(a, b - a, pitch) for a, b, pitch in found)


REST = ((2.0, 2.9, 57.0), (3.0, 3.9, 60.0), (4.0, 4.9, 57.0))


@pytest.mark.parametrize(("end", "missing"), [(1.9, 0), (1.7, 0), (1.3, 1), (0.9, 1)])
def test_one_note_held_over_two_beats_is_two_syllables(end: float, missing: int) -> None:
    found = pair(TARGET, notes((0.0, end, 57.0), *REST))
    assert sum(p.sung is None for p in found.pairs) == missing
    assert not found.added


@pytest.mark.parametrize("ratio", [0.6, 1.8])
def test_it_is_held_in_the_persons_own_tempo(ratio: float) -> None:
    sung = notes(*((a * ratio, b * ratio, pitch) for a, b, pitch in ((0.0, 1.8, 57.0), *REST)))
    assert all(p.sung is not None for p in pair(TARGET, sung).pairs)


def test_a_scoop_belongs_to_its_note_and_a_whole_beat_does_not() -> None:
    first = ((0.0, 0.9, 57.0), (1.0, 1.2, 55.0), (1.2, 1.9, 57.0))
    assert not pair(TARGET, notes(*first, *REST)).added
    later = tuple((a + 1, b + 1, pitch) for a, b, pitch in REST)
    extra = pair(TARGET, notes((0.0, 0.9, 57.0), (1.0, 2.0, 57.0), (2.0, 2.9, 57.0), *later))
    assert len(extra.added) == 1
    assert all(p.sung is not None for p in extra.pairs)
