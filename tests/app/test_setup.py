"""The whole of set-up by scripted sound, in a real terminal on a real sound server."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mit.device_pairs import find_pair
from mit.home import Home, find_home
from mit.library import load_words
from mit.settings import load_settings
from mit.tracker_cache import ready_tracker
from tests.app.terminal import Terminal, lacking
from tests.sound.card import FEED_RATE, VirtualSound, write_pcm
from tests.voices import sing

WORDS = load_words()
MIT = [sys.executable, "-m", "mit"]
Open = Callable[..., Terminal]


def beginning(key: str) -> str:
    """Three words of a text: what comes after may stand on the next row."""
    return " ".join(WORDS(key).split()[:3])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", tmp_path / "home" / "cache")


@pytest.fixture
def terminal(tmp_path: Path, home: Home, virtual_sound: VirtualSound) -> Iterator[Open]:
    if reason := lacking():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    ready_tracker(find_home())  # compiled code is shared with the other tests; what is kept is not
    env = {**virtual_sound.env, "MIT_HOME": str(home.root), "NUMBA_CACHE_DIR": os.environ["NUMBA_CACHE_DIR"]}
    opened: list[Terminal] = []

    def open_terminal(*words: str) -> Terminal:
        opened.append(Terminal(tmp_path / "tmux", [*MIT, *words], env))
        return opened[-1]

    yield open_terminal
    for one in opened:
        one.close()


def voice(folder: Path, name: str, pitch: float, *, seconds: float, level: float) -> Path:
    samples = sing([(0.1, seconds, pitch, "a")], voice="tenor", rate=FEED_RATE, level=level, tail=0.1)
    return write_pcm(folder / name, samples, FEED_RATE)


def test_the_whole_of_set_up(terminal: Open, virtual_sound: VirtualSound, home: Home, tmp_path: Path) -> None:
    home.root.mkdir()
    home.settings.write_text('# by a helper\nsize = "small"  # plain letters\nprompts = false\n')
    aah = voice(tmp_path, "aah.wav", 48.0, seconds=1.2, level=-20.0)
    hums = [voice(tmp_path, f"hum{k}.wav", 46.0 + 0.3 * k, seconds=0.8, level=-24.0) for k in range(3)]
    app = terminal("setup")

    def then(key: str, wanted: str) -> None:
        app.press(key)
        app.wait_for(beginning(wanted))

    def turned(key: str) -> None:
        before = app.text
        app.press(key)
        app.wait_until(lambda text: text != before, "the same page")

    app.wait_for("Deutsch")
    then("Space", "setup.choice.left")  # which hand
    turned("x")
    then("Space", "setup.choice.small")
    app.press("x")
    app.wait_for("mic1")
    then("Space", "setup.level.1")
    app.settle()  # the same key twice: the second is an act only after a while
    app.press("Space")
    app.wait_for("Switch the microphone")  # exact zeros
    virtual_sound.hiss()
    app.wait_for(beginning("setup.say.1"))
    virtual_sound.feed(aah)
    app.wait_for(beginning("setup.level.good.1"))
    then("Space", "setup.choice.again")  # the own voice was heard
    app.settle()
    app.press("Space")
    app.wait_for("default")
    app.settle()
    app.press("Space")
    app.wait_for(WORDS("setup.choice.no"))
    app.settle()
    then("Space", "setup.loudness.1")
    then("x", "setup.ears.1")
    then("Space", "setup.ears.headphones.1")
    app.settle()
    then("Space", "setup.delay.1")
    then("x", "setup.pitch.1")
    then("Space", "setup.hum.1")
    for hum, wanted in zip(hums, ("setup.hum.2", "setup.hum.3", "setup.pitch.found.1"), strict=True):
        virtual_sound.feed(hum)
        app.wait_for(beginning(wanted))
    app.settle()
    then("Space", "setup.consent.1")
    app.press("x")
    app.wait_until(lambda text: beginning("setup.consent.1") not in text, "still asked")
    app.settle()
    app.press("Space")
    app.wait_for("exit code 0")
    kept = load_settings(home)
    assert kept.low == pytest.approx(46.3, abs=0.3)
    assert (kept.loudness, kept.keep_audio, kept.recorder) == (-10.0, False, None)
    assert home.settings.read_text().startswith('# by a helper\nsize = "small"  # plain letters\n')
    assert stat.S_IMODE(home.settings.stat().st_mode) == 0o600
    pair = find_pair(home, recorder="default", player="default")
    assert pair.ears == "headphones"
    assert pair.voice == pytest.approx(-20.0, abs=2.0)


def test_the_first_start_offers_set_up_and_one_key_puts_it_off(
    terminal: Open, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")  # whoever wants none gets none, in set-up and after it
    app = terminal()
    app.wait_for(WORDS.lines("helper.setup")[2])
    assert "8;2;" not in app.painted
    app.press("x")
    app.wait_for(WORDS.lines("helper.safety")[1])  # what everyone should know is not put off
    assert "8;2;" not in app.painted
    assert home.settings.exists()  # it is not offered again
