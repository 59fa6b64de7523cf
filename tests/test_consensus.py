from __future__ import annotations

import numpy as np
import pytest

from mit.consensus import consensus
from mit.contour import Contour
from mit.errors import RecordingError
from mit.practice import judge
from tests import faults
from tests.drawn import draw
from tests.voices import Sung

TUNE = tuple(
    Sung(0.3 + 0.5 * k, 0.5, pitch) for k, pitch in enumerate((60.0, 62.0, 64.0, 60.0, 67.0, 65.0, 64.0, 62.0))
)


def track(plan: tuple[Sung, ...], *, seed: int = 0) -> Contour:
    """A contour without loudness."""
    drawn = draw(plan, seed=seed)
    return Contour(drawn.times, drawn.f0, np.full(len(drawn.times), np.nan))


def test_one_reference_gives_its_notes() -> None:
    melody = consensus([track(TUNE)])
    assert [round(n.pitch) for n in melody.notes] == [60, 62, 64, 60, 67, 65, 64, 62]
    assert [n.onset for n in melody.notes] == pytest.approx([0.5 * k for k in range(8)], abs=0.07)
    assert all(n.text is None for n in melody.notes)


def test_references_of_any_tempo_vote_down_a_slip() -> None:
    references = [track(faults.tempo(TUNE, ratio), seed=k) for k, ratio in enumerate((1.0, 0.9, 1.1, 1.2))]
    references.append(track(faults.shift_note(TUNE, 4, 3.0)))
    assert [round(n.pitch) for n in consensus(references).notes] == [60, 62, 64, 60, 67, 65, 64, 62]


def test_a_hole_of_a_notes_length_is_a_note_without_pitch() -> None:
    melody = consensus([track(faults.whisper(TUNE, 4), seed=k) for k in range(3)])
    assert len(melody.notes) == 8
    assert [k for k, n in enumerate(melody.notes) if n.pitch is None] == [4]


def test_a_hole_that_others_fill_is_filled() -> None:
    holed = [track(faults.whisper(TUNE, 4), seed=k) for k in range(3)]
    melody = consensus([*holed, track(TUNE, seed=4), track(TUNE, seed=5)])
    assert round(melody.notes[4].pitch) == 67


def test_the_pitch_of_a_note_without_pitch_is_free_and_its_rhythm_counts() -> None:
    melody = consensus([track(faults.whisper(TUNE, 4))])
    right, off = judge(track(TUNE), melody), judge(track(faults.shift_note(TUNE, 4, -2.0)), melody)
    assert off.score.score == pytest.approx(right.score.score, abs=0.03)
    assert right.score.grade == 4
    late = judge(track(faults.pause_before(TUNE, 5, 0.4)), melody)
    assert late.score.parts["rhythm"] < right.score.parts["rhythm"] - 0.02


def test_where_loudness_is_known_equal_notes_are_told_apart() -> None:
    plan = tuple(Sung(0.3 + 0.5 * k, 0.5, pitch) for k, pitch in enumerate((57.0, 57.0, 60.0, 57.0)))
    melody = consensus([draw(plan), draw(faults.transpose(plan, 5.0), seed=1)])
    assert [n.pitch for n in melody.notes] == pytest.approx([57, 57, 60, 57], abs=0.15)


@pytest.mark.parametrize("made", [track, draw])
def test_silence_is_no_reference(made) -> None:
    with pytest.raises(RecordingError, match="no voice in the reference"):
        consensus([made((Sung(0.0, 1.0, None),))])


def test_a_reference_of_minutes_is_refused() -> None:
    with pytest.raises(RecordingError, match="longer than 60 s"):
        consensus([track(tuple(Sung(k * 1.0, 1.0, 57.0 + k % 5) for k in range(70)))])


PLANTED = {
    "another key": (lambda plan: faults.transpose(plan, -5.0), 4),
    "half the tempo": (lambda plan: faults.tempo(plan, 2.0), 4),
    "an octave": (lambda plan: faults.transpose(plan, 12.0), 4),
    "on one tone": (faults.flatten, 2),
    "upside down": (faults.invert, 2),
}


@pytest.mark.parametrize("name", PLANTED)
def test_tracks_are_judged_as_takes_are(name: str) -> None:
    change, most = PLANTED[name]
    melody = consensus([track(TUNE)])
    score = judge(track(change(TUNE), seed=3), melody).score
    assert score.grade <= most
    if most == 4:
        assert score.grade == 4
        assert (score.missing, score.added) == (0, 0)


@pytest.mark.parametrize("place", [1, 4, 7])
def test_one_note_off_is_found_on_its_own_place(place: int) -> None:
    score = judge(track(faults.shift_note(TUNE, place, 2.0)), consensus([track(TUNE)])).score
    values = score.by_syllable["pitch"]
    assert min(range(8), key=lambda k: values[k]) == place
    assert sum(v > 0.9 for v in values) == 7
    assert score.parts["rhythm"] > 0.9
