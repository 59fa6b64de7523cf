"""The watchdog: what it says of made-up microphones, whatever the blocks and the pauses."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mit.audio import Samples
from mit.device import Trouble
from mit.device.watchdog import FIRST_GAP, GAP, Heard, find_trouble, hear, level_trouble, loudness

RATE = 16000
ROOM = 10 ** (-65 / 20)


def room(seconds: float, seed: int = 0) -> Samples:
    return (ROOM * np.random.default_rng(seed).standard_normal(round(seconds * RATE))).astype(np.float32)


def tone(seconds: float, db: float) -> Samples:
    """A sine of `db` RMS re full scale."""
    t = np.arange(round(seconds * RATE)) / RATE
    return (10 ** (db / 20) * np.sqrt(2) * np.sin(2 * np.pi * 200 * t)).astype(np.float32)


def zeros(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.float32)


def heard(*parts: Samples) -> Heard:
    state = Heard(RATE)
    for part in parts:
        state = hear(state, part)
    return state


def live(state: Heard) -> Trouble | None:
    return find_trouble(state, active=True, waited=0.02)


def test_a_good_take_has_no_trouble() -> None:
    assert live(heard(room(1), tone(2, -25), room(1))) is None


@pytest.mark.parametrize("seconds", [0.5, 1.0, 30.0])
def test_nothing_is_said_of_a_room_in_which_nobody_sings_yet(seconds: float) -> None:
    assert live(heard(room(seconds))) is None


def test_a_dead_stream_is_the_worst() -> None:
    state = heard(tone(1, 0), zeros(2))
    assert find_trouble(state, active=False, waited=0.0) is Trouble.STOPPED
    assert find_trouble(state, active=True, waited=GAP + 0.01) is Trouble.STOPPED
    assert find_trouble(state, active=True, waited=GAP) is Trouble.ZEROS


def test_the_first_block_may_take_longer() -> None:
    assert find_trouble(Heard(RATE), active=True, waited=FIRST_GAP) is None
    assert find_trouble(Heard(RATE), active=True, waited=FIRST_GAP + 0.01) is Trouble.STOPPED


def test_zeros_for_over_a_second_are_a_dead_microphone() -> None:
    assert live(heard(room(1), zeros(1.0))) is None
    assert live(heard(room(1), zeros(1.01))) is Trouble.ZEROS
    assert live(heard(room(1), zeros(1.01), room(0.1))) is None


def test_too_loud_needs_more_than_a_click() -> None:
    click = room(1)
    click[100:103] = 1.0
    assert live(heard(click)) is None
    assert live(heard(room(1), np.clip(tone(0.5, 5), -1, 1))) is Trouble.CLIPPING


def test_too_quiet_needs_a_fair_chance() -> None:
    assert live(heard(room(1), tone(0.3, -50))) is None
    assert live(heard(room(1), tone(1.0, -50), room(1))) is Trouble.QUIET
    assert live(heard(room(1), tone(1.0, -50), tone(1.0, -25))) is None


def test_the_last_digits_of_a_resampler_are_no_room() -> None:
    assert live(heard(zeros(0.9) + np.float32(1e-6), room(3))) is None


@settings(max_examples=60, deadline=None)
@given(
    db=st.sampled_from([-55.0, -46.0, -34.0, -20.0]),
    pauses=st.lists(st.floats(0.05, 6.0), min_size=4, max_size=4),
    silent=st.booleans(),
)
def test_pauses_do_not_change_the_verdict(db: float, pauses: list[float], silent: bool) -> None:
    make = zeros if silent else room
    sung = [part for pause in pauses for part in (tone(0.4, db), make(pause))]
    state = heard(room(0.4), *sung)
    assert level_trouble(state) is level_trouble(heard(room(0.4), tone(1.6, db), room(0.5)))
    assert loudness(state) == pytest.approx(db, abs=1.0)


@settings(max_examples=40, deadline=None)
@given(cuts=st.lists(st.integers(0, 3 * RATE), max_size=30), db=st.sampled_from([-50.0, -20.0, 3.0]))
def test_blocks_of_any_length_say_the_same(cuts: list[int], db: float) -> None:
    take = np.concatenate((room(1), np.clip(tone(1, db), -1, 1), room(0.5), zeros(0.5))).astype(np.float32)
    whole, parts = hear(Heard(RATE), take), heard(*np.split(take, sorted(cuts)))
    assert parts.levels == whole.levels
    assert parts.clipped == whole.clipped
    assert parts.zeros == pytest.approx(whole.zeros)
    assert live(parts) is live(whole)
