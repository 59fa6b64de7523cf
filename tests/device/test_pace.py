"""Takes and playbacks without a device: in step with a clock that passes only while somebody waits."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from mit.audio import Audio, Samples
from mit.device import Trouble
from mit.device.pace import AT_ONCE, Pace, PacedTake
from mit.device.silent import SilentPlayer

RATE = 16000
RAMP = np.linspace(-0.5, 0.5, RATE, dtype=np.float32)


class Clock:
    """A clock that passes only while somebody waits."""

    def __init__(self) -> None:
        self.time = 100.0

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float) -> None:
        self.time += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def whole(take: PacedTake) -> Samples:
    return np.concatenate(list(blocks_of(take)))


def blocks_of(take: PacedTake) -> Iterator[Samples]:
    while (block := take.read(0.05)) is not None:
        yield block


def ramp(first: int, last: int) -> Samples:
    return RAMP[first:last]


def test_comes_as_fast_as_time_passes(clock: Clock) -> None:
    take = PacedTake(ramp, RATE, Pace(1.0, clock.now, clock.wait))
    assert take.started == 100.0
    blocks = list(blocks_of(take))
    assert np.concatenate(blocks) == pytest.approx(RAMP)
    assert clock.time == pytest.approx(101.0, abs=0.05)
    assert max(len(block) for block in blocks) <= 0.03 * RATE


def test_a_short_timeout_gives_an_empty_block(clock: Clock) -> None:
    take = PacedTake(ramp, RATE, Pace(1.0, clock.now, clock.wait))
    block = take.read(0.0)
    assert block is not None
    assert len(block) == 0


def test_double_speed(clock: Clock) -> None:
    take = PacedTake(ramp, RATE, Pace(2.0, clock.now, clock.wait))
    assert whole(take) == pytest.approx(RAMP)
    assert clock.time == pytest.approx(100.5, abs=0.05)


def test_what_had_come_when_it_was_closed_can_still_be_read(clock: Clock) -> None:
    take = PacedTake(ramp, RATE, Pace(1.0, clock.now, clock.wait))
    clock.wait(0.5)
    take.close()
    clock.wait(0.2)
    take.close()
    block = take.read(0.05)
    assert block is not None
    assert len(block) == RATE // 2
    assert take.read(0.05) is None


def test_at_once_nobody_waits_and_closing_ends_it() -> None:
    take = PacedTake(ramp, RATE, AT_ONCE)
    assert take.read(10.0) == pytest.approx(RAMP[:1600])
    take.close()
    assert take.read(10.0) is None


def test_a_loud_file_is_told_and_a_silent_one_is_a_file() -> None:
    loud = PacedTake(lambda first, last: np.ones(RATE, np.float32)[first:last], RATE, AT_ONCE)
    loud.read(0.0)
    assert loud.trouble is Trouble.CLIPPING
    silent = PacedTake(lambda first, last: np.zeros(3 * RATE, np.float32)[first:last], RATE, AT_ONCE)
    while silent.read(0.0) is not None:
        assert silent.trouble is None


def test_silence_takes_its_time(clock: Clock) -> None:
    player = SilentPlayer(pace=Pace(1.0, clock.now, clock.wait))
    playback = player.play(Audio(RAMP, RATE))
    assert (playback.started, playback.position, playback.finished) == (100.0, 0.0, False)
    clock.wait(0.4)
    assert playback.position == pytest.approx(0.4)
    clock.wait(1.0)
    assert (playback.position, playback.finished, playback.trouble) == (1.0, True, None)


def test_silence_can_be_stopped(clock: Clock) -> None:
    playback = SilentPlayer(pace=Pace(1.0, clock.now, clock.wait)).play(Audio(RAMP, RATE))
    clock.wait(0.4)
    playback.stop()
    clock.wait(0.4)
    playback.stop()
    assert playback.position == pytest.approx(0.4)
    assert playback.finished


def test_silence_at_once_is_over_at_once() -> None:
    assert SilentPlayer(pace=AT_ONCE).play(Audio(RAMP, RATE)).finished
