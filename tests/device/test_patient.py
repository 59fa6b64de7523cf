"""The simulated patient sings what it says it sings, ever the same, each skill worse than the last."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mit.device.pace import AT_ONCE, Pace
from mit.device.patient import RATE, SKILLS, SimulatedPatient, perform, sing
from mit.device.performance import BROKEN_OFF
from mit.melody import Melody, Note, hertz, intone
from mit.phrase import spell

PHRASE = spell("I am hap-py to see you", "LLHLLHL")
MELODY = intone(PHRASE)


def pitch_of(samples: np.ndarray, near: float) -> float:
    """MIDI number of a steady stretch by its autocorrelation, looked for within three semitones of `near`."""
    stretch = samples - samples.mean()
    size = 2 * len(stretch)
    power = np.fft.irfft(np.abs(np.fft.rfft(stretch, size)) ** 2)
    lags = np.arange(int(RATE / hertz(near + 3)), int(RATE / hertz(near - 3)) + 2)
    k = int(lags[np.argmax(power[lags])])
    left, middle, right = power[k - 1 : k + 2]
    period = k + 0.5 * (left - right) / (left - 2 * middle + right)
    return float(69 + 12 * np.log2(RATE / period / 440))


@pytest.mark.parametrize("skill", SKILLS)
@pytest.mark.parametrize("seed", range(4))
def test_sings_the_notes_it_performs(skill: str, seed: int) -> None:
    samples = np.asarray(sing(MELODY, skill, seed).samples, dtype=np.float64)
    ended = 0.0
    for note in perform(MELODY, skill, seed).notes:
        assert note.pitch is not None
        calm, ended = note.onset - ended, note.end
        if note.duration == BROKEN_OFF:
            continue  # too short to hear a pitch in
        middle = samples[round((note.onset + 0.2) * RATE) : round((note.end - 0.15) * RATE)]
        assert pitch_of(middle, note.pitch) == pytest.approx(note.pitch, abs=0.25)
        before = samples[round((note.onset - 0.1) * RATE) : round((note.onset - 0.09) * RATE)]
        assert np.std(middle) > 10 * np.std(before) or calm < 0.1


def test_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    first, again, other = (sing(MELODY, "moderate", seed).samples for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert len(first) != len(other) or not np.array_equal(first, other)


def spread(skill: str) -> tuple[float, float, float]:
    """Mean interval between low and high notes (semitones), part of the syllables missing, mean length (s)."""
    takes = [perform(MELODY, skill, seed).notes for seed in range(60)]
    high = [[n.pitch for n in take if n.text in ("hap", "see")] for take in takes]
    low = [[n.pitch for n in take if n.text not in ("hap", "see")] for take in takes]
    steps = [np.mean(h) - np.mean(rest) for h, rest in zip(high, low, strict=True) if h and rest]
    sung = sum(len(take) for take in takes)
    return (
        float(np.mean(steps)),
        1 - sung / (60 * len(PHRASE)),
        float(np.mean([take[-1].end - take[0].onset for take in takes])),
    )


def test_each_skill_is_worse_than_the_last() -> None:
    intervals, missing, lengths = zip(*(spread(skill) for skill in ("mild", "moderate", "severe")), strict=True)
    assert intervals[0] > intervals[1] > intervals[2] > 0
    assert missing[0] == 0 < missing[1] < missing[2]
    assert lengths[0] < lengths[1] < lengths[2]


def test_stays_within_levels_and_a_quiet_room() -> None:
    samples = sing(MELODY, "mild", 3).samples
    assert 0.25 < np.abs(samples).max() < 0.4
    assert 1e-4 < np.std(samples[: round(0.2 * RATE)]) < 2e-3


@settings(max_examples=25, deadline=None)
@given(
    skill=st.sampled_from(sorted(SKILLS)),
    seed=st.integers(0, 2**31),
    notes=st.lists(st.tuples(st.floats(0.2, 3.0), st.none() | st.floats(40, 81), st.text(max_size=3)), max_size=6),
)
def test_sings_any_melody(skill: str, seed: int, notes: list[tuple[float, float | None, str]]) -> None:
    onsets = np.cumsum([0.0, *(duration for duration, _, _ in notes)])
    melody = Melody(tuple(Note(float(o), d, p, t) for o, (d, p, t) in zip(onsets, notes, strict=False)))
    audio = sing(melody, skill, seed)
    assert np.isfinite(audio.samples).all()
    sung = perform(melody, skill, seed).notes
    assert all(a.end <= b.onset for a, b in pairwise(sung))


def test_the_room_goes_on_after_the_singing() -> None:
    patient = SimulatedPatient("mild", seed=5, pace=AT_ONCE)
    assert patient.name == "simulated patient, mild"
    take = patient.open(MELODY)
    length = sing(MELODY, "mild", 5000).duration + 25.0
    blocks = []
    while sum(map(len, blocks)) < length * RATE:
        block = take.read(0.0)
        assert block is not None
        blocks.append(block)
    heard = np.concatenate(blocks)
    assert 1e-4 < np.std(heard[-RATE:]) < 2e-3
    take.close()
    assert take.read(0.0) is None
    assert take.trouble is None


def test_every_take_is_another_one() -> None:
    patient = SimulatedPatient("mild", pace=AT_ONCE)
    first, second = (np.concatenate([take.read(0.0) for _ in range(30)]) for take in map(patient.open, [MELODY] * 2))
    assert not np.array_equal(first, second)


ONE, OTHER = (intone(spell(text, "HL"), beat=0.3) for text in ("wa-ter", "cof-fee"))


def carried_over(skill: str, waits: float, *, people: int = 12) -> int:
    """Of so many people asked for a phrase some seconds after another one: how many sing the other one again."""
    clock, count = 0.0, 0

    def now() -> float:
        return clock

    for seed in range(people):
        patient = SimulatedPatient(skill, seed=seed, pace=Pace(now=now, wait=lambda _: None))
        first = sing(ONE, skill, seed * 1000)
        patient.open(ONE)
        clock += first.duration + waits
        take = patient.open(OTHER)
        clock += 60.0
        again = sing(ONE, skill, seed * 1000 + 1).samples
        count += np.array_equal(take.read(0.0)[: len(again)], again)  # type: ignore[index]
    return count


def test_who_perseverates_sings_the_phrase_before_and_a_pause_lets_it_go() -> None:
    assert carried_over("perseverating", 0.5) > 6
    assert carried_over("perseverating", 60.0) < 4
    assert carried_over("mild", 0.5, people=3) == 0


def test_a_skill_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="mild, moderate, severe"):
        SimulatedPatient("perfect")
