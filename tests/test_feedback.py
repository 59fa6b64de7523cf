from __future__ import annotations

import pytest

from mit.feedback import Feedback
from mit.library import load_words
from mit.melody import Melody, intone
from mit.output import say
from mit.phrase import spell
from mit.practice import judge
from tests import faults
from tests.drawn import draw
from tests.faults import Plan
from tests.voices import follow

TARGET = intone(spell("I want some wa-ter", "LLLHL"), beat=0.8)
PLAN = follow(TARGET.notes)


def advice(plan: Plan, target: Melody = TARGET) -> Feedback:
    return judge(draw(plan), target).feedback


@pytest.mark.parametrize(
    ("plan", "key", "syllable"),
    [
        (faults.drop(PLAN, 1), "missing", "WANT"),
        (faults.add(PLAN, 2), "added", ""),
        (faults.flatten(PLAN), "lift", "WA"),
        (faults.compress(PLAN, 0.4), "wider_up", "WA"),
        (faults.pause_before(PLAN, 3, 2.0), "sooner", "WA"),
        (faults.shift_note(PLAN, 1, 2.0), "same", "WANT"),
        (faults.shift_note(PLAN, 0, -2.0), "lift", "I"),
        (PLAN, "once_more", ""),
    ],
)
def test_the_one_thing_to_try_is_the_fault_on_its_syllable(plan: Plan, key: str, syllable: str) -> None:
    found = advice(plan).try_next
    assert (found.key, found.syllable) == (key, syllable)


@pytest.mark.parametrize("semitones", [-2.0, -1.0, 1.0, 2.0])
@pytest.mark.parametrize("pattern", ["HLLHL", "LHLHLLHLL"])
def test_one_note_off_is_named_wherever_it_is(pattern: str, semitones: float) -> None:
    target = intone(spell(" ".join(f"na{k}" for k in range(len(pattern))), pattern), beat=0.8)
    named = [
        advice(faults.shift_note(follow(target.notes), k, semitones), target).try_next.syllable
        for k in range(len(pattern))
    ]
    assert sum(name == f"NA{k}" for k, name in enumerate(named)) >= len(pattern) - 1


def test_a_missing_syllable_comes_before_a_narrow_interval() -> None:
    assert advice(faults.drop(faults.compress(PLAN, 0.4), 0)).try_next.key == "missing"


def test_praise_is_given_only_where_it_is_true() -> None:
    assert advice(PLAN).did_well.key == "melody"
    assert advice(faults.invert(PLAN)).did_well.key == "sang"


def test_what_was_not_judged_is_not_spoken_of() -> None:
    assert advice(()) == Feedback()


def test_notes_of_a_model_without_words_are_called_by_their_place() -> None:
    nameless = Melody(tuple(type(n)(n.onset, n.duration, n.pitch) for n in TARGET.notes))
    assert advice(faults.drop(PLAN, 1), nameless).try_next.syllable == "2"


@pytest.mark.parametrize("plan", [PLAN, faults.drop(PLAN, 1), faults.flatten(PLAN), faults.jitter(PLAN, 0.4, seed=1)])
def test_every_sentence_has_its_words(plan: Plan) -> None:
    words = load_words("en")
    for saying in (advice(plan).did_well, advice(plan).try_next):
        assert 1 <= len(say(saying, words).split()) <= 9
