"""The four states of a microphone, with voices, rooms and silences of a known level."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mit.audio import Samples
from mit.setup.level import LOUD_ROOM, Hearing, Level, attend, room_level, verdict, wanted_level
from tests.voices import phrase, sing

RATE = 16000
VOICE = sing(phrase("mo-ther may-be", "LHLH", beat=0.6, start=0.1), voice="alto", tail=0.1, level=-20.0)
ROOM = -58.0


def room(seconds: float, level: float = ROOM, seed: int = 0) -> Samples:
    noise = np.random.default_rng(seed).standard_normal(round(seconds * RATE))
    return (10 ** (level / 20) * noise).astype(np.float32)


def voice(gain: float) -> Samples:
    """The voice, so many dB louder, in the room; cut off at full scale as converters do."""
    loud = VOICE * np.float32(10 ** (gain / 20))
    return np.clip(loud + room(len(VOICE) / RATE, seed=1), -1.0, 1.0).astype(np.float32)


def heard(*pieces: Samples, at: float | None = None) -> Hearing:
    first = room(1.5) if at is None else room(1.5, at)
    level = room_level(first, RATE)
    assert level is not None
    hearing = Hearing(level, RATE)
    for piece in pieces:
        hearing = attend(hearing, piece)
    return hearing


@pytest.mark.parametrize(
    ("gain", "state"),
    [(-25.0, Level.QUIET), (-18.0, Level.QUIET), (-10.0, Level.GOOD), (0.0, Level.GOOD), (20.0, Level.LOUD)],
)
def test_each_state_where_it_should_be(gain: float, state: Level) -> None:
    assert verdict(heard(voice(gain))) is state


@given(pauses=st.lists(st.floats(0.0, 4.0), min_size=4, max_size=4), gain=st.sampled_from([-22.0, -5.0, 20.0]))
@settings(max_examples=25, deadline=None)
def test_pauses_do_not_change_the_verdict(pauses: list[float], gain: float) -> None:
    pieces = np.array_split(voice(gain), 4)
    paused = [part for piece, pause in zip(pieces, pauses, strict=True) for part in (piece, room(pause))]
    assert verdict(heard(*paused)) is verdict(heard(voice(gain)))


@given(cuts=st.lists(st.integers(0, len(VOICE)), max_size=8))
@settings(max_examples=20, deadline=None)
def test_how_the_sound_is_cut_into_blocks_makes_no_difference(cuts: list[int]) -> None:
    whole, cut = heard(voice(0.0)), heard(*np.split(voice(0.0), sorted(cuts)))
    assert cut.voice == whole.voice
    assert cut.waited == pytest.approx(whole.waited)


def test_a_room_without_a_voice_is_no_sound_after_a_while_and_not_a_muted_one() -> None:
    assert verdict(heard(room(3.0))) is None
    silent = heard(room(8.0))
    assert (verdict(silent), silent.muted) == (Level.NOTHING, False)


def test_exact_zeros_are_a_muted_or_forbidden_microphone() -> None:
    zeros = np.zeros(2 * RATE, np.float32)
    assert room_level(zeros, RATE) is None
    muted = heard(voice(0.0), zeros)
    assert (verdict(muted), muted.muted) == (Level.NOTHING, True)
    assert verdict(attend(muted, voice(0.0))) is Level.GOOD  # switched on again


def test_one_step_closer_shows_at_once() -> None:
    assert verdict(heard(voice(-22.0), voice(-22.0), voice(0.0), voice(0.0))) is Level.GOOD
    assert verdict(heard(voice(20.0), voice(0.0), voice(0.0))) is Level.GOOD


def test_a_click_is_no_voice() -> None:
    click = np.ones(20, np.float32)
    assert verdict(heard(room(0.5), click, room(2.0))) is None
    assert verdict(heard(voice(0.0)[: RATE // 4], room(1.0))) is None


def test_in_a_loud_room_the_same_voice_is_too_quiet() -> None:
    level = -30.0
    noisy = (VOICE + room(len(VOICE) / RATE, level, seed=2)).astype(np.float32)
    assert verdict(heard(noisy, at=level)) is Level.QUIET
    assert wanted_level(level) == -15.0
    assert level > LOUD_ROOM


def test_a_knock_while_the_room_is_heard_does_not_raise_it() -> None:
    quiet = room(1.5)
    knocked = quiet.copy()
    knocked[4000:8000] += 0.3
    assert room_level(knocked, RATE) == pytest.approx(ROOM, abs=1.0)
    assert room_level(quiet, RATE) == pytest.approx(ROOM, abs=0.5)
