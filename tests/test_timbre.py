from __future__ import annotations

import numpy as np
import pytest

from mit.audio import ANALYSIS_RATE, Audio
from mit.contour import BANDS, Contour
from mit.melody import Note, intone
from mit.phrase import spell
from mit.pitch import track
from mit.practice import judge
from mit.starts import broken_off
from mit.timbre import change, differ, timbre
from tests import faults
from tests.voices import Sung, follow, sing

TWO = (Note(0.4, 0.6, None), Note(1.1, 0.6, None))


def heard(*syllables: str, voice: str = "alto") -> Contour:
    plan = tuple(Sung(0.4 + 0.7 * k, 0.7, 57.0, text) for k, text in enumerate(syllables))
    return track(Audio(sing(plan, voice=voice), ANALYSIS_RATE))


@pytest.mark.parametrize("voice", ["alto", "bass", "breathy"])
def test_a_vowel_is_nearer_to_itself_than_to_another(voice: str) -> None:
    same, other = differ(heard("ta", "ta", voice=voice), *TWO), differ(heard("ta", "ti", voice=voice), *TWO)
    assert same is not None
    assert other is not None
    assert same < 2.0 < 5.5 < other


def test_a_sound_changes_where_the_vowel_does_and_not_within_it() -> None:
    joined = change(heard("a", "i"), Note(0.4, 1.3, None), expected=0.5)
    one = track(Audio(sing((Sung(0.4, 1.4, 57.0, "a"),), voice="alto"), ANALYSIS_RATE))
    held = change(one, Note(0.4, 1.3, None), expected=0.5)
    assert joined is not None
    assert held is not None
    assert joined[0] == pytest.approx(1.1, abs=0.08)
    assert held[1] < 3.5 < joined[1]


def test_where_no_sound_is_known_nothing_is_told() -> None:
    bare = Contour(*(getattr(heard("ta", "ti"), name) for name in ("times", "f0", "intensity")))
    assert differ(bare, *TWO) is None
    assert change(bare, Note(0.4, 1.3, None), expected=0.5) is None
    assert not any(broken_off(TWO, bare))


@pytest.mark.parametrize("samples", [np.zeros(0), np.zeros(4000), np.ones(4000), np.resize([1.0, -1.0], 4000)])
def test_any_sound_has_whole_decibels_for_each_frame(samples: np.ndarray) -> None:
    found = timbre(samples.astype(np.float32))
    assert found.shape == (len(samples) // 160 + 1, BANDS)
    assert -120 <= found.min() <= found.max() <= 0


@pytest.mark.parametrize("times", [1, 2])
def test_a_start_is_not_taken_for_the_syllable_left_out_before_it(times: int) -> None:
    melody = intone(spell("can we go now", "LLHL"), beat=0.7)
    plan = faults.false_start(faults.drop(follow(melody.notes), 1), 1, times=times)
    score = judge(track(Audio(sing(plan, voice="tenor"), ANALYSIS_RATE)), melody).score
    assert (score.missing, score.added) == (1, times)


def test_a_short_syllable_of_another_sound_is_no_start() -> None:
    melody = intone(spell("can we go now", "LLHL"), beat=0.7)
    plan = tuple(n._replace(duration=0.3) if k == 0 else n for k, n in enumerate(follow(melody.notes)))
    score = judge(track(Audio(sing(plan, voice="tenor"), ANALYSIS_RATE)), melody).score
    assert (score.missing, score.added) == (0, 0)
