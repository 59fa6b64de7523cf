"""Writing settings: what was chosen is there, what was there stays, and a crash leaves one or the other."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mit.device_pairs import MOST_PAIRS, Pair, find_pair, load_pairs, save_pair
from mit.errors import SettingsError
from mit.home import Home
from mit.settings import Settings, load_settings, parse_settings
from mit.settings_file import changed, save_settings

NAMES = st.text(
    st.characters(min_codepoint=32, exclude_characters="\x7f", exclude_categories=["Cs"]), min_size=1, max_size=60
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "new", tmp_path / "cache")


def test_what_is_chosen_is_read_again(home: Home) -> None:
    save_settings(home, {"low": "80.0 Hz", "keep_audio": True, "loudness": -15.0, "recorder": 'USB "é" #1'})
    save_settings(home, {"loudness": -5, "hand": "right"})
    read = load_settings(home)
    assert (read.keep_audio, read.loudness, read.recorder, read.hand) == (True, -5.0, 'USB "é" #1', "right")
    assert read.low == pytest.approx(39.487, abs=0.001)
    assert stat.S_IMODE(home.settings.stat().st_mode) == 0o600
    assert [path.name for path in home.root.iterdir()] == ["settings.toml"]


def test_comments_and_other_keys_stay(home: Home) -> None:
    text = '# by Anna\nbeat = 1.2 # slow\n\nrecorder = "mic1"  # the good one\n# hand = "right"\n'
    new = changed(text, {"beat": 1.5, "hand": "left", "recorder": None})
    assert new == '# by Anna\nbeat = 1.5 # slow\n\n# hand = "right"\nhand = "left"\n'
    assert changed(new, {}) == new


@given(name=NAMES, before=NAMES)
def test_every_device_name_can_be_kept(name: str, before: str) -> None:
    text = changed(changed("", {"recorder": before, "beat": 2}), {"recorder": name})
    assert parse_settings(text) == Settings(recorder=name, beat=2.0)


def test_a_value_over_several_lines_is_written_anew() -> None:
    text = 'recorder = """\nbeat = 2"""\nbeat = 1.0\n'
    assert "beat = 3\n" in changed(text, {"beat": 3, "recorder": "mic"})
    assert parse_settings(changed(text, {"beat": 3, "recorder": "mic"})) == Settings(beat=3.0, recorder="mic")


def test_what_cannot_be_is_not_written(home: Home) -> None:
    save_settings(home, {"beat": 2})
    before = home.settings.read_text()
    for changes in ({"loudness": 3.0}, {"hand": "both"}, {"recorder": "\x1b[2J"}, {"colour": "red"}):
        with pytest.raises(SettingsError):
            save_settings(home, changes)
    assert home.settings.read_text() == before


def test_a_damaged_file_is_told_and_left_alone(home: Home) -> None:
    home.root.mkdir()
    home.settings.write_text("beat = \n")
    with pytest.raises(SettingsError, match="cannot be read"):
        save_settings(home, {"beat": 1})
    assert home.settings.read_text() == "beat = \n"


def test_a_place_that_cannot_be_written_is_told(home: Home) -> None:
    home.devices.mkdir(parents=True)
    with pytest.raises(SettingsError, match=r"devices\.json cannot be written"):
        save_pair(home, Pair("mic1", "speaker"))
    assert [path.name for path in home.root.iterdir()] == ["devices.json"]


def test_pairs_of_devices_are_kept_each_for_itself(home: Home) -> None:
    assert load_pairs(home) == ()
    save_pair(home, Pair("mic1", "speaker", delay=0.042, spread=0.003))
    save_pair(home, Pair("mic1", "headphones", bleed=-41.5, ears="headphones", loudness=-10.0))
    save_pair(home, Pair("mic1", "speaker", delay=0.05, spread=0.001))
    assert find_pair(home, recorder="mic1", player="speaker").delay == 0.05
    assert find_pair(home, recorder="mic1", player="headphones").ears == "headphones"
    assert find_pair(home, recorder="mic2", player="speaker") == Pair("mic2", "speaker")
    assert len(load_pairs(home)) == 2
    assert stat.S_IMODE(home.devices.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"[]", b'{"version":2,"pairs":[]}', b'{"version":1,"pairs":[{"delay":1}]}']
)
def test_a_damaged_record_or_one_of_another_version_is_measured_anew(home: Home, content: bytes) -> None:
    home.root.mkdir()
    home.devices.write_bytes(content)
    assert load_pairs(home) == ()
    for k in range(MOST_PAIRS + 3):
        save_pair(home, Pair(f"mic{k}", "speaker"))
    assert load_pairs(home)[0].recorder == f"mic{MOST_PAIRS + 2}"
    assert len(load_pairs(home)) == MOST_PAIRS
