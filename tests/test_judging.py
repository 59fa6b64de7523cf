"""What must hold for any phrase and any singer: checked on contours drawn from notes, which take no time."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from mit.calibration import EASE, PARTS, shipped
from mit.melody import Melody, intone
from mit.phrase import spell
from mit.practice import Assessment, judge
from mit.settings import Settings
from tests import faults
from tests.drawn import draw
from tests.voices import Sung, follow

SETTINGS = settings(max_examples=40, deadline=None, derandomize=True)
PATTERNS = st.text("HL", min_size=2, max_size=9).filter(lambda p: len(set(p)) == 2)


def melody(pattern: str) -> Melody:
    return intone(spell(" ".join(["na"] * len(pattern)), pattern), beat=0.7)


def sing(pattern: str) -> tuple[Sung, ...]:
    return follow(melody(pattern).notes)


def score(pattern: str, plan: tuple[Sung, ...], seed: int = 0) -> Assessment:
    return judge(draw(plan, seed=seed), melody(pattern))


@SETTINGS
@given(PATTERNS, st.floats(-15, 8), st.integers(0, 9))
def test_any_key_is_as_good(pattern: str, semitones: float, seed: int) -> None:
    plan = sing(pattern)
    plain, moved = score(pattern, plan, seed), score(pattern, faults.transpose(plan, semitones), seed)
    assert abs(plain.score.score - moved.score.score) < 0.05
    assert plain.score.missing == moved.score.missing
    assert abs(moved.score.transposition - plain.score.transposition - semitones) < 0.1


@SETTINGS
@given(PATTERNS, st.floats(0.5, 2.0), st.integers(0, 9))
def test_any_tempo_from_half_to_double_is_as_good(pattern: str, ratio: float, seed: int) -> None:
    plan = sing(pattern)
    plain, moved = score(pattern, plan, seed), score(pattern, faults.tempo(plan, ratio), seed)
    assert abs(plain.score.score - moved.score.score) < 0.05
    assert abs(moved.score.tempo_ratio / ratio - 1) < 0.1


@SETTINGS
@given(PATTERNS, st.floats(0.0, 10.0))
def test_waiting_before_the_first_syllable_costs_nothing(pattern: str, seconds: float) -> None:
    plan = sing(pattern)
    plain, later = score(pattern, plan), score(pattern, faults.wait(plan, seconds))
    assert abs(plain.score.score - later.score.score) < 0.03
    assert abs(later.score.latency - plain.score.latency - seconds) < 0.05


@SETTINGS
@given(PATTERNS, st.data())
def test_an_octave_leap_of_one_note_costs_little(pattern: str, data: st.DataObject) -> None:
    plan = sing(pattern)
    leapt = faults.octave(plan, data.draw(st.integers(0, len(plan) - 1)), up=data.draw(st.booleans()))
    assert score(pattern, plan).score.score - score(pattern, leapt).score.score < 0.05


@SETTINGS
@given(PATTERNS, st.integers(0, 5), st.floats(0.0, 4.0), st.floats(0.0, 0.4))
def test_everything_lies_within_its_range(pattern: str, seed: int, off: float, uneven: float) -> None:
    plan = faults.jitter(faults.random_notes(sing(pattern), off, seed=seed), uneven, seed=seed)
    found = score(pattern, plan).score
    assert found.verdict in ("scored", "unsure")
    numbers = [v for v in (found.score, found.certainty, *found.parts.values()) if v is not None]
    assert all(0.0 <= v <= 1.0 for v in numbers)
    assert found.grade in (None, 1, 2, 3, 4)
    assert 0 <= found.missing <= len(pattern)


@SETTINGS
@given(PATTERNS, st.lists(st.integers(0, 8), max_size=3, unique=True), st.floats(0, 2), st.integers(0, 5))
def test_every_sung_note_is_paired_or_added_in_order(pattern: str, left: list[int], off: float, seed: int) -> None:
    plan = tuple(n for k, n in enumerate(faults.random_notes(sing(pattern), off, seed=seed)) if k not in left)
    found = score(pattern, plan).alignment
    assert len(found.pairs) == len(pattern)
    sung = [p.sung for p in found.pairs if p.sung is not None]
    assert [n.onset for n in sung] == sorted(n.onset for n in sung)
    assert all(a.end <= b.onset + 0.011 for a, b in pairwise(sung))
    assert found.false_starts <= len(found.added)


@SETTINGS
@given(PATTERNS, st.integers(0, 5))
def test_the_same_take_gets_the_same_answer(pattern: str, seed: int) -> None:
    plan = faults.random_notes(sing(pattern), 1.0, seed=seed)
    assert score(pattern, plan, seed).score == score(pattern, plan, seed).score


@SETTINGS
@given(PATTERNS)
def test_a_melody_on_one_tone_or_upside_down_is_never_very_close(pattern: str) -> None:
    for fault in (faults.flatten, faults.invert):
        assert score(pattern, fault(sing(pattern))).score.grade <= 2


@SETTINGS
@given(PATTERNS, st.data())
def test_with_a_syllable_missing_it_is_never_just_like_it(pattern: str, data: st.DataObject) -> None:
    plan = faults.drop(sing(pattern), data.draw(st.integers(0, len(pattern) - 1)))
    found = score(pattern, plan).score
    assert found.missing == 1
    assert found.grade < 4


@SETTINGS
@given(PATTERNS, st.floats(0.1, 1.0), st.floats(0.0, 0.9))
def test_wider_is_never_worse(pattern: str, factor: float, less: float) -> None:
    wide, narrow = (faults.compress(sing(pattern), f) for f in (factor, factor * less))
    assert score(pattern, wide).score.score >= score(pattern, narrow).score.score - 0.04


PEOPLE = st.builds(
    Settings,
    tolerance=st.sampled_from(sorted(EASE)),
    emphasis=st.dictionaries(st.sampled_from(PARTS), st.floats(0, 4), max_size=3),
    cap_missing=st.booleans(),
    cap_melody=st.booleans(),
)
FAULTY = st.tuples(st.floats(0, 3), st.floats(0, 0.5), st.floats(0, 1), st.integers(0, 9))


def faulty(pattern: str, fault: tuple[float, float, float, int]) -> tuple[Sung, ...]:
    off, uneven, narrow, seed = fault
    plan = faults.compress(faults.random_notes(sing(pattern), off, seed=seed), 1 - narrow)
    plan = faults.jitter(plan, uneven, seed=seed)
    return faults.drop(plan, seed % len(plan)) if seed % 3 == 0 else plan


@SETTINGS
@given(PATTERNS, PEOPLE, FAULTY, FAULTY)
def test_whoever_is_judged_a_higher_score_has_no_lower_grade(
    pattern: str, person: Settings, one: tuple[float, float, float, int], other: tuple[float, float, float, int]
) -> None:
    calibration, target = shipped().for_person(person), melody(pattern)
    found = [judge(draw(faulty(pattern, fault)), target, calibration).score for fault in (one, other)]
    low, high = sorted(found, key=lambda s: s.score or 0.0)
    assert (low.grade or 0) <= (high.grade or 0)
    for score in (s for s in found if s.score is not None):
        assert score.between == (min(abs(score.score - cut) for cut in calibration.cuts) < 0.025)


@SETTINGS
@given(PATTERNS, FAULTY)
def test_the_more_tolerance_the_better_the_score(pattern: str, fault: tuple[float, float, float, int]) -> None:
    take, target = draw(faulty(pattern, fault)), melody(pattern)
    found = [judge(take, target, shipped().for_person(Settings(tolerance=t))).score.score for t in EASE]
    assert sorted(EASE, key=EASE.get, reverse=True) == list(EASE)
    assert found == sorted(found, reverse=True)


@SETTINGS
@given(PATTERNS, st.data())
def test_without_its_cap_a_missing_syllable_costs_its_weight_alone(pattern: str, data: st.DataObject) -> None:
    plan = faults.drop(sing(pattern), data.draw(st.integers(0, len(pattern) - 1)))
    free = shipped().for_person(Settings(cap_missing=False))
    capped, uncapped = judge(draw(plan), melody(pattern)).score, judge(draw(plan), melody(pattern), free).score
    assert capped.score <= uncapped.score
    assert uncapped.grade >= capped.grade


@SETTINGS
@given(PATTERNS, st.floats(1.4, 2.5), st.booleans())
def test_how_long_the_last_note_is_held_counts_where_there_are_few(pattern: str, factor: float, longer: bool) -> None:
    *before, last = sing(pattern)
    uneven = (*before, last._replace(duration=last.duration * (factor if longer else 1 / factor)))
    found, plain = score(pattern, uneven).score, score(pattern, (*before, last)).score
    assert (found.parts["rhythm"] < plain.parts["rhythm"] - 0.03) == (len(pattern) <= 3)
    assert found.grade >= 3


@SETTINGS
@given(PATTERNS, st.integers(0, 8), st.floats(0.2, 0.7))
def test_with_a_syllable_missing_the_rest_counts_as_well(pattern: str, place: int, factor: float) -> None:
    plan = faults.drop(sing(pattern), place % len(pattern))
    right, flat = score(pattern, plan).score, score(pattern, faults.compress(plan, factor)).score
    if (flat.parts["interval"] or 1.0) < 1.0 and flat.missing == right.missing == 1:
        assert flat.score < right.score


def test_a_person_whose_wishes_leave_nothing_to_weigh_is_judged_all_the_same() -> None:
    target = intone(spell("tea", "H"))
    rhythm_alone = Settings(emphasis={name: 0.0 for name in PARTS if name != "rhythm"})
    found = judge(draw(follow(target.notes)), target, shipped().for_person(rhythm_alone)).score
    assert found.parts["rhythm"] is None
    assert found.score == 1.0
