from __future__ import annotations

import numpy as np
import pytest

from tests import ear, faults
from tests.noises import NOISES, mix, noise, room
from tests.voices import VOICES, Sung, follow, phrase, sing

RATE = 16000
DETACHED, LEGATO = ("la na sa ta ba a o", 0.06), ("I want some wa-ter ki-fo", 0.0)
PATTERN = "LHLHLHL"


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize(("text", "gap"), [DETACHED, LEGATO])
def test_a_singer_is_true_to_the_plan(voice: str, text: str, gap: float) -> None:
    plan = phrase(text, PATTERN, low=VOICES[voice].low, beat=1.1)
    samples = sing(plan, voice=voice, gap=gap, seed=len(text))
    voiced = ear.low_band(samples, RATE)
    for note in plan:
        assert ear.rise(voiced, RATE, near=note.onset) == pytest.approx(note.onset, abs=0.010)
        # 0.6 s: three periods of a tremor, so that its middle is the note.
        off = ear.pitch(samples, RATE, start=note.onset + 0.14, end=note.onset + 0.74) - note.pitch
        if voice == "creaky":
            off -= 12 * round(off / 12)  # every second pulse differs: the octave below is as true
        assert abs(off) < 0.10


@pytest.mark.parametrize(("voice", "low", "interval"), [("bass", 40.0, 8.0), ("soprano", 63.0, 3.0)])
def test_the_lowest_and_highest_voices_are_in_tune(voice: str, low: float, interval: float) -> None:
    plan = phrase("ma no si", "LHL", low=low, interval=interval)
    samples = sing(plan, voice=voice)
    for note in plan:
        heard = ear.pitch(samples, RATE, start=note.onset + 0.1, end=note.onset + 0.5)
        assert heard == pytest.approx(note.pitch, abs=0.1)


@pytest.mark.parametrize("rate", [8000, 44100, 48000])
def test_a_singer_sings_at_any_rate(rate: int) -> None:
    plan = phrase("ma no si", "LHL")
    samples = sing(plan, rate=rate)
    assert len(samples) == pytest.approx((plan[-1].onset + 0.7 + 0.6) * rate, abs=2)
    assert ear.pitch(samples, rate, start=1.2, end=1.6) == pytest.approx(60, abs=0.1)


def test_the_same_arguments_give_the_same_samples_and_another_seed_others() -> None:
    plan = phrase("ma no si", "LHL")
    assert np.array_equal(sing(plan, seed=1), sing(plan, seed=1))
    assert not np.array_equal(sing(plan, seed=1), sing(plan, seed=2))


def test_a_whispered_syllable_has_no_pitch_but_is_heard() -> None:
    plan = faults.whisper(phrase("ha ha ha", "LHL"), 1)
    samples = sing(plan)
    voiced, whispered, quiet = (ear.level(samples, RATE, at=at, window=0.2) for at in (0.8, 1.5, 0.15))
    assert voiced - 20 < whispered < voiced - 3
    assert whispered > quiet + 20
    assert np.mean(np.isnan([ear.f0(samples, RATE, at=at) for at in np.arange(1.3, 1.7, 0.02)])) > 0.8


def test_silence_is_the_quiet_of_a_room_and_never_zeros() -> None:
    samples = sing([], tail=1.0)
    assert len(samples) == RATE
    assert samples.all()
    assert ear.level(samples, RATE, at=0.5, window=0.9) == pytest.approx(-75, abs=1)


def test_a_plan_follows_notes_of_any_kind() -> None:
    assert follow([Sung(0.0, 0.5, 57.0, "wa")], start=0.3) == (Sung(0.3, 0.5, 57.0, "wa"),)


PLAN = phrase("a be ci do", "LHLH", low=57.0, beat=0.5, start=0.0)


def onsets(plan: tuple[Sung, ...]) -> list[float]:
    return [round(note.onset, 6) for note in plan]


def pitches(plan: tuple[Sung, ...]) -> list[float]:
    return [round(note.pitch, 6) for note in plan if note.pitch is not None]


@pytest.mark.parametrize(
    ("sung", "expected"),
    [
        (faults.transpose(PLAN, -12), [45, 48, 45, 48]),
        (faults.shift_note(PLAN, 2, 1), [57, 60, 58, 60]),
        (faults.octave(PLAN, 1, up=False), [57, 48, 57, 60]),
        (faults.flatten(PLAN), [57, 57, 57, 57]),
        (faults.invert(PLAN), [60, 57, 60, 57]),
        (faults.compress(PLAN, 0.5), [57.75, 59.25, 57.75, 59.25]),
        (faults.drift(PLAN, 300), [57, 61, 59, 63]),
        (faults.whisper(PLAN, 0), [60, 57, 60]),
    ],
)
def test_faults_of_pitch_leave_the_time_alone(sung: tuple[Sung, ...], expected: list[float]) -> None:
    assert pitches(sung) == expected
    assert onsets(sung) == onsets(PLAN)


@pytest.mark.parametrize(
    ("sung", "expected"),
    [
        (faults.tempo(PLAN, 2.0), [0, 1, 2, 3]),
        (faults.wait(PLAN, 1.0), [1, 1.5, 2, 2.5]),
        (faults.pause_before(PLAN, 2, 1.0), [0, 0.5, 2, 2.5]),
        (faults.even((Sung(0, 1, 57), Sung(1, 0.5, 57))), [0, 0.75]),
        (faults.drop(PLAN, 1), [0, 1, 1.5]),
        (faults.drop(PLAN, 1, close=True), [0, 0.5, 1]),
        (faults.drop(PLAN, 3), [0, 0.5, 1]),
        (faults.add(PLAN, 0), [0, 0.5, 1, 1.5, 2]),
        (faults.false_start(PLAN, 1, times=2), [0, 0.5, 1, 1.5, 2, 2.5]),
    ],
)
def test_faults_of_time_move_the_onsets_by_what_they_say(sung: tuple[Sung, ...], expected: list[float]) -> None:
    assert onsets(sung) == expected


def test_jitter_is_as_large_as_it_says_and_the_same_for_a_seed() -> None:
    plan = phrase(" ".join(["na"] * 400), "L" * 400, beat=1.0)
    uneven = faults.jitter(plan, 0.15, seed=3)
    assert np.std(np.diff(onsets(uneven))) == pytest.approx(0.15, abs=0.02)
    assert uneven == faults.jitter(plan, 0.15, seed=3)


def test_random_notes_are_off_by_as_much_as_they_say() -> None:
    plan = phrase(" ".join(["na"] * 400), "L" * 400)
    assert np.std(pitches(faults.random_notes(plan, 2.0, seed=3))) == pytest.approx(2.0, abs=0.2)


@pytest.mark.parametrize("kind", NOISES)
def test_a_noise_has_its_length_and_level(kind: str) -> None:
    made = noise(kind, 3.0, level=-30)
    assert len(made) == 3 * RATE
    sounding = made[np.abs(made) > 0.02 * np.abs(made).max()]
    assert 20 * np.log10(np.sqrt(np.mean(sounding**2))) == pytest.approx(-30, abs=0.2)
    assert np.array_equal(made, noise(kind, 3.0, level=-30))


def test_a_mix_has_the_ratio_it_says() -> None:
    voice = sing(phrase("ma no si", "LHL"))
    mixed = mix(voice, noise("pink", 1.0), snr=10)
    sounding = voice[np.abs(voice) > 0.02 * np.abs(voice).max()]
    assert 10 * np.log10(np.mean(sounding**2) / np.mean((mixed - voice) ** 2)) == pytest.approx(10, abs=0.1)


def test_a_room_rings_on_for_as_long_as_it_says() -> None:
    click = np.zeros(RATE, dtype=np.float32)
    click[0] = 0.5
    ringing = room(click, rt60=0.6)
    early, late = (ear.level(ringing, RATE, at=at, window=0.05) for at in (0.1, 0.4))
    assert early - late == pytest.approx(30, abs=2)
