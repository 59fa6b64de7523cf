"""What the trainer plays, heard again on the virtual card: the whole way through both streams."""

from __future__ import annotations

import numpy as np
import pytest

from mit.audio import ANALYSIS_RATE, Audio
from mit.device import Trouble
from mit.device.faults import UnusableDeviceError
from mit.device.loopback import play_and_hear
from mit.device.portaudio import Device, lasting_name, list_devices, microphones
from mit.device.sound import SoundPlayer, SoundRecorder
from mit.setup.bleed import Ears, measure_bleed, sweep
from mit.setup.delay import click_times, clicks, measure_delay
from tests.sound.card import VirtualSound
from tests.voices import phrase, sing

MODEL = Audio(sing(phrase("wa-ter", "HL", beat=0.7, start=0.1), level=-20.0, tail=0.1), ANALYSIS_RATE)


def stays() -> bool:
    return False


def test_clicks_come_back_when_they_should(sound_here: VirtualSound) -> None:
    heard = play_and_hear(SoundPlayer(), SoundRecorder("ears"), clicks(ANALYSIS_RATE), left=stays)
    found = measure_delay(heard.audio, [heard.due + time for time in click_times()])
    assert heard.trouble is None
    assert found is not None
    assert abs(found.seconds) < 0.005  # by the converters' clocks the card has none
    assert found.steady
    assert found.clicks >= 7


def test_a_softer_player_is_heard_softer_and_a_harmless_name_hides_no_wire(sound_here: VirtualSound) -> None:
    heard = play_and_hear(SoundPlayer(loudness=-20.0), SoundRecorder("ears"), sweep(ANALYSIS_RATE), left=stays)
    found = measure_bleed(heard.audio, MODEL, due=heard.due, voice=-25.0, loudness=-20.0)
    alone = measure_bleed(sweep(ANALYSIS_RATE), MODEL, due=0.0, voice=-25.0)
    assert found.over_voice == pytest.approx(alone.over_voice - 20.0, abs=1.0)
    assert found.ears is Ears.WIRE  # the computer hears itself


def test_whoever_goes_on_does_not_wait(sound_here: VirtualSound) -> None:
    sound_here.hiss()
    heard = play_and_hear(SoundPlayer(), SoundRecorder("mic1"), sweep(ANALYSIS_RATE), left=lambda: True)
    assert heard.audio.duration < 0.5


def test_a_muted_microphone_is_told(sound_here: VirtualSound) -> None:
    heard = play_and_hear(SoundPlayer(), SoundRecorder("mic1"), sweep(ANALYSIS_RATE), left=stays)
    assert heard.trouble is Trouble.ZEROS
    assert not np.any(heard.audio.samples)


def test_the_list_of_microphones_has_none_that_hears_the_computer(sound_here: VirtualSound) -> None:
    names = microphones(list_devices(fresh=True))
    assert {"mic1", "mic2"} <= set(names)
    assert "loop" not in names
    with pytest.raises(UnusableDeviceError, match="hears the computer"):
        play_and_hear(SoundPlayer(), SoundRecorder("loop"), sweep(ANALYSIS_RATE), left=stays)


def test_a_microphone_is_listed_once_by_a_name_that_lasts() -> None:
    def device(name: str, inputs: int = 1) -> Device:
        return Device(0, name, inputs, 2, 44100, "ALSA")

    names = (
        "USB Mic: Audio (hw:2,0)",
        "USB Mic: Audio (hw:3,0)",
        "Monitor of Speaker",
        "Stereo Mix (Realtek)",
        "default",
    )
    assert microphones((*map(device, names), device("HDMI", 0))) == ("USB Mic: Audio", "default")
    assert lasting_name("HDA: ALC (hw:0,0)") == "HDA: ALC"
    assert lasting_name("Microphone (2- USB Audio)") == "Microphone (2- USB Audio)"
