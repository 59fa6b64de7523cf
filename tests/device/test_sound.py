"""The real streams, on a virtual sound card."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mit.audio import ANALYSIS_RATE, Audio, Samples
from mit.device import Take, Trouble
from mit.device.faults import Fault, UnusableDeviceError
from mit.device.portaudio import Direction, find_device, library, list_devices
from mit.device.sound import SoundPlayer, SoundRecorder
from mit.melody import Melody
from tests.sound.card import FEED_RATE, VirtualSound, write_pcm

SILENCE = Melody(())
DEADLINE = 2.0
"""Seconds in which a fault must be seen."""

CLOCK = 0.005
"""Seconds that the two streams may differ by: 0.3 to 1.2 ms were measured on a quiet machine, 2.3 on a busy one.
Beats are told apart from 5 ms on."""


def listen(take: Take, until: Callable[[], bool], *, seconds: float = 20.0) -> Samples:
    """What the take gives until something holds; a failure after `seconds`."""
    blocks, end = [], time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, f"waited {seconds} s in vain; trouble: {take.trouble}"
        if (block := take.read(0.05)) is None:
            break
        blocks.append(block)
    return np.concatenate(blocks) if blocks else np.zeros(0, np.float32)


def spoken(seconds: float, *, seed: int = 0) -> NDArray[np.float64]:
    """Noise with the loudness of syllables, up to 4 kHz, with no stretch like another."""
    count = round(seconds * FEED_RATE)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    spectrum[round(4000 * seconds) :] = 0
    envelope = 0.6 + 0.4 * np.sin(2 * np.pi * 3.1 * np.arange(count) / FEED_RATE)
    voice = np.fft.irfft(spectrum, count) * envelope
    return 0.4 * voice / np.abs(voice).max()


def correlation(heard: Samples, fed: NDArray[np.float64]) -> float:
    """The best normalised correlation of `fed` (at FEED_RATE) with any stretch of `heard` (at 16 kHz).

    Compared at FEED_RATE, for at 16 kHz half a sample beside the place already costs 0.05.
    """
    fine = np.fft.irfft(np.fft.rfft(heard), len(heard) * FEED_RATE // ANALYSIS_RATE)
    size = len(fine) + len(fed)
    product = np.fft.irfft(np.fft.rfft(fine, size) * np.fft.rfft(fed, size).conj(), size)
    first = int(np.argmax(product[: len(fine) - len(fed) + 1]))
    return float(np.corrcoef(fine[first : first + len(fed)], fed)[0, 1])


def record(card: VirtualSound, fed: Path, recorder: SoundRecorder, *, seconds: float) -> tuple[Samples, Take]:
    take = recorder.open(SILENCE)
    card.feed(fed, wait=False)
    end = time.monotonic() + seconds
    heard = listen(take, lambda: time.monotonic() > end)
    take.close()
    return np.concatenate((heard, listen(take, lambda: False))), take


@pytest.fixture
def alive(sound_here: VirtualSound) -> VirtualSound:
    """A card whose microphone hears a quiet room."""
    sound_here.hiss()
    return sound_here


def test_hears_what_was_said(sound_here: VirtualSound, tmp_path: Path) -> None:
    voice = spoken(2.0)
    heard, take = record(sound_here, write_pcm(tmp_path / "voice.wav", voice), SoundRecorder(), seconds=3.0)
    assert correlation(heard, voice) > 0.98
    assert take.started is not None


def refuse_16_khz(monkeypatch: pytest.MonkeyPatch) -> None:
    """The virtual card takes any rate; sound cards that take only their own answer like this."""
    sd = library()
    check = sd.check_input_settings

    def strict(**settings: Any) -> None:
        if settings["samplerate"] == ANALYSIS_RATE:
            raise sd.PortAudioError("Invalid sample rate", -9997)
        check(**settings)

    monkeypatch.setattr(sd, "check_input_settings", strict)


def test_resamples_where_16_khz_is_refused(
    sound_here: VirtualSound, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_16_khz(monkeypatch)
    voice = spoken(2.0, seed=1)
    heard, _ = record(sound_here, write_pcm(tmp_path / "voice.wav", voice), SoundRecorder(), seconds=3.0)
    assert correlation(heard, voice) > 0.98
    assert len(heard) / ANALYSIS_RATE == pytest.approx(3.0, abs=0.3)


def clicks(rate: int) -> tuple[Audio, list[float]]:
    """Bursts of noise and when they begin, in seconds."""
    times = [0.4 + 0.37 * k for k in range(6)]
    burst = 0.2 * np.random.default_rng(3).standard_normal(rate // 50)
    samples = np.zeros(round(3.0 * rate))
    for at in times:
        samples[round(at * rate) : round(at * rate) + len(burst)] += burst
    return Audio(samples.astype(np.float32), rate), times


@pytest.mark.parametrize("rate", [16000, 24000, 400000])
def test_both_streams_keep_one_clock(sound_here: VirtualSound, rate: int) -> None:
    # 400 kHz is refused by the card, so it is resampled to the device's own rate. A machine that is busy for long
    # loses sound, which no program can mend: one whole take in three must come through.
    assert any(max(np.abs(clock_errors(rate))) <= CLOCK for _ in range(3))


def clock_errors(rate: int) -> list[float]:
    """Seconds that each click was heard from where the clocks of both streams place it."""
    sound, _ = clicks(rate)
    take = SoundRecorder("ears").open(SILENCE)
    playback = SoundPlayer().play(sound)
    heard = listen(take, lambda: playback.finished)
    heard = np.concatenate((heard, listen(take, past(time.monotonic() + 0.3))))
    take.close()
    assert take.started is not None
    assert playback.started is not None
    reference, times = clicks(ANALYSIS_RATE)
    if rate != ANALYSIS_RATE:
        from mit.audio import resample

        reference = resample(sound, ANALYSIS_RATE)
    errors = []
    for at in times:
        burst = reference.samples[round(at * ANALYSIS_RATE) : round((at + 0.02) * ANALYSIS_RATE)]
        wanted = playback.started + at - take.started
        first = round((wanted - 0.1) * ANALYSIS_RATE)
        stretch = heard[first : first + round(0.22 * ANALYSIS_RATE)]
        errors.append((first + int(np.argmax(np.correlate(stretch, burst, "valid")))) / ANALYSIS_RATE - wanted)
    return errors


def past(moment: float) -> Callable[[], bool]:
    return lambda: time.monotonic() > moment


def test_a_stopped_sound_fades_and_keeps_its_place(sound_here: VirtualSound) -> None:
    tone = np.sin(2 * np.pi * 220 * np.arange(5 * ANALYSIS_RATE) / ANALYSIS_RATE).astype(np.float32)
    take = SoundRecorder("ears").open(SILENCE)
    playback = SoundPlayer(loudness=12.0).play(Audio(tone, ANALYSIS_RATE))  # louder than the limits it never gets
    heard = listen(take, lambda: playback.position > 0.5)
    playback.stop()
    place = playback.position
    heard = np.concatenate((heard, listen(take, past(time.monotonic() + 0.5))))
    take.close()
    assert playback.finished
    assert playback.position == place
    assert playback.trouble is None
    assert np.abs(heard).max() == pytest.approx(0.501, abs=0.02)  # a full-scale tone comes out at -6 dB
    assert np.abs(heard[-1600:]).max() < 1e-3
    # No click: nowhere a step that the tone itself (2 pi 220 / 16000 of its peak) does not make.
    assert np.abs(np.diff(heard)).max() < 1.5 * 0.501 * 2 * np.pi * 220 / ANALYSIS_RATE


@pytest.mark.parametrize(
    ("what", "trouble"), [("unplug", Trouble.ZEROS), ("mute", Trouble.ZEROS), ("kill", Trouble.STOPPED)]
)
def test_a_fault_in_mid_take_is_seen_and_nothing_is_lost(alive: VirtualSound, what: str, trouble: Trouble) -> None:
    take = SoundRecorder().open(SILENCE)
    before = listen(take, past(time.monotonic() + 1.0))
    assert take.trouble is None
    getattr(alive, what)()
    struck = time.monotonic()
    after = listen(take, lambda: take.trouble is not None)
    assert time.monotonic() - struck < DEADLINE
    assert take.trouble is trouble
    sounding = np.count_nonzero(np.concatenate((before, after))) / ANALYSIS_RATE
    assert sounding > 0.8
    take.close()
    take.close()
    assert take.trouble is trouble


def test_a_dead_take_ends_after_its_last_sample(alive: VirtualSound) -> None:
    take = SoundRecorder().open(SILENCE)
    listen(take, past(time.monotonic() + 0.5))
    alive.kill()
    listen(take, lambda: take.trouble is Trouble.STOPPED, seconds=DEADLINE)
    listen(take, lambda: False, seconds=DEADLINE)
    assert take.read(0.0) is None


def test_a_new_server_is_found_again(alive: VirtualSound) -> None:
    alive.kill()
    with pytest.raises(UnusableDeviceError, match="No microphone answers") as caught:
        SoundRecorder().open(SILENCE)
    assert caught.value.fault is Fault.MICROPHONE
    alive.start()
    alive.hiss()
    take = SoundRecorder().open(SILENCE)
    assert len(listen(take, past(time.monotonic() + 0.5))) > 0
    take.close()


def test_a_hanging_server_keeps_nobody_waiting(alive: VirtualSound) -> None:
    take = SoundRecorder().open(SILENCE)
    listen(take, past(time.monotonic() + 0.3))
    os.kill(alive.pid, signal.SIGSTOP)
    try:
        listen(take, lambda: take.trouble is Trouble.STOPPED, seconds=DEADLINE)
        begun = time.monotonic()
        take.close()
        with pytest.raises(UnusableDeviceError, match="does not answer"):
            SoundPlayer().play(clicks(ANALYSIS_RATE)[0])
        assert time.monotonic() - begun < 10.0
    finally:
        os.kill(alive.pid, signal.SIGCONT)


def test_a_sound_that_breaks_off_is_told(alive: VirtualSound) -> None:
    playback = SoundPlayer().play(clicks(ANALYSIS_RATE)[0])
    end = time.monotonic() + DEADLINE
    while playback.position < 0.3 and time.monotonic() < end:
        time.sleep(0.01)
    alive.kill()
    end = time.monotonic() + DEADLINE
    while not playback.finished and time.monotonic() < end:
        time.sleep(0.01)
    assert playback.trouble is Trouble.STOPPED
    assert playback.finished
    assert playback.position < 3.0


def test_the_computers_own_sound_is_no_microphone(sound_here: VirtualSound) -> None:
    with pytest.raises(UnusableDeviceError, match="hears the computer, not a voice") as caught:
        SoundRecorder("loop").open(SILENCE)
    assert caught.value.fault is Fault.LOOPBACK


def test_a_default_that_is_the_computers_own_sound_is_refused(sound_here: VirtualSound) -> None:
    sound_here.unplug("mic1")
    sound_here.unplug("mic2")
    with pytest.raises(UnusableDeviceError, match=r"speaker\.monitor"):
        SoundRecorder().open(SILENCE)


def test_devices_have_names(sound_here: VirtualSound) -> None:
    devices = {device.name: device for device in list_devices(fresh=True)}
    assert {"mic1", "mic2", "loop", "default"} <= set(devices)
    assert devices["loop"].loopback
    assert not devices["mic1"].loopback
    assert find_device("MIC2", Direction.IN).name == "mic2"
    assert find_device(None, Direction.OUT).name == "default"
    with pytest.raises(UnusableDeviceError, match=r"No microphone answers \(studio\)"):
        find_device("studio", Direction.IN)


def test_no_device_at_all_is_told() -> None:
    code = (
        "from mit.device.sound import SoundRecorder\n"
        "from mit.device.portaudio import list_devices\n"
        "from mit.melody import Melody\n"
        "print(list_devices())\n"
        "try: SoundRecorder().open(Melody(()))\n"
        "except Exception as fault: print(repr(fault))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    listed, told = done.stdout.splitlines()
    if listed != "()":
        pytest.skip("this computer has sound devices of its own")
    assert told.startswith("UnusableDeviceError('No microphone answers.'")


def test_ends_cleanly_while_sound_is_open(alive: VirtualSound) -> None:
    code = (
        "import numpy as np\n"
        "from mit.audio import Audio\n"
        "from mit.device.sound import SoundRecorder, SoundPlayer\n"
        "from mit.melody import Melody\n"
        "take = SoundRecorder().open(Melody(()))\n"
        "SoundPlayer().play(Audio(np.zeros(16000, np.float32), 16000)).stop()\n"
        "take.read(0.2)\n"
    )
    env = {**os.environ, **alive.env}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
