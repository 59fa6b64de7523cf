"""The errands of set-up on the virtual card: what they measure, what they keep, and what they say is the matter."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from mit.device.sound import SoundRecorder
from mit.device_pairs import find_pair
from mit.home import Home
from mit.melody import Melody
from mit.settings import Settings
from mit.setup.delay import Delay
from mit.tui.outside import FAULTS
from mit.tui.setup.sound import Errand, SetupSound
from mit.tui.setup.state import Phase
from tests.sound.card import VirtualSound


def told(sound: SetupSound, errand: Errand) -> dict[str, Any]:
    """All that an errand learned, the latest last."""
    known: dict[str, Any] = {}
    sound.run(errand, known.update, lambda: False)
    return known


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path, tmp_path / "cache")


def test_microphones_are_found_by_name_and_a_lost_one_is_noticed(sound_here: VirtualSound, home: Home) -> None:
    known = told(sound := SetupSound(home, Settings(recorder="mic2")), sound.look)
    assert {"mic1", "mic2", "default"} <= set(known["devices"])
    assert "loop" not in known["devices"]
    assert not known["lost"]
    sound.adopt(Settings(recorder="Headset of yesterday"))
    assert told(sound, sound.look)["lost"]
    sound_here.unplug("mic1")
    sound_here.unplug("mic2")  # now the sound server's choice is what the loudspeaker plays
    assert "default" not in told(sound, sound.look)["devices"]
    sound.adopt(Settings(recorder="loop"))
    assert told(sound, sound.hums)["notes"] == FAULTS["loopback"]


def test_loudspeakers_are_found_by_name_heard_and_a_lost_one_is_noticed(sound_here: VirtualSound, home: Home) -> None:
    known = told(sound := SetupSound(home, Settings(player="Headset of yesterday")), sound.speakers)
    assert "default" in known["devices"]
    assert known["lost"]
    sound.adopt(Settings(player="default"))
    assert not told(sound, sound.speakers)["lost"]
    take = SoundRecorder("ears").open(Melody(()))  # hears what the loudspeaker plays
    told(sound, sound.sing)
    heard = take.read(2.0)
    take.close()
    assert heard is not None
    assert 0.01 < abs(heard).max() < 0.5  # soft at first, and never over -6 dB


def test_the_delay_of_clicks_is_kept_for_the_pair(sound_here: VirtualSound, home: Home) -> None:
    # "ears" hears the loudspeaker directly; by the converters' clocks the card has no delay.
    known = told(sound := SetupSound(home, Settings(recorder="ears")), sound.delay)
    found = known["delay"]
    assert known["phase"] is Phase.RESULT
    assert isinstance(found, Delay)
    assert abs(found.seconds) < 0.005
    assert found.steady
    assert find_pair(home, recorder="ears", player="default").delay == pytest.approx(found.seconds, abs=1e-4)


def test_a_harmless_name_does_not_hide_that_the_computer_hears_itself(sound_here: VirtualSound, home: Home) -> None:
    sound = SetupSound(home, Settings(recorder="ears"))
    known = told(sound, partial(sound.ears, hearing=None))
    assert known["notes"] == FAULTS["loopback"]
    assert find_pair(home, recorder="ears", player="default").ears is None


def test_a_muted_microphone_measures_nothing(sound_here: VirtualSound, home: Home) -> None:
    known = told(sound := SetupSound(home, Settings(recorder="mic1")), sound.delay)
    assert known["notes"] == FAULTS["zeros"]
