"""The real app in a real terminal on a real sound server, from the first screen to the kept attempt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from mit.assignment import Assignment
from mit.audio import Audio
from mit.course import begin, decided
from mit.device.wav import write_wav
from mit.due import Item, Now
from mit.history import History
from mit.home import Home, find_home
from mit.library import load_words
from mit.plan import Plan
from mit.progress import Outcome
from mit.session import By
from mit.store import Store
from mit.tracker_cache import ready_tracker
from tests.app.connections import watched
from tests.app.terminal import Terminal, lacking
from tests.sound.card import VirtualSound
from tests.tui.driving import assignment
from tests.voices import phrase, sing

WORDS = load_words()
HELPER = {
    name: WORDS.lines(f"helper.{name}")
    for name in (
        "home",
        "ready",
        "listen",
        "turn",
        "feedback",
        "trouble",
        "end",
        "heard",
        "along",
        "decide_page",
        "pause",
        "resume",
    )
}
"""What stands in plain letters beside each scene, whatever the size of the terminal."""

MIT = [sys.executable, "-m", "mit"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "settings.toml").write_text(
        "keep_audio = true\nintroduced = true\ncheck_in = false\nwarm_up = false\nprompts = false\nbeat = 0.5\n"
    )
    home = Home(tmp_path, tmp_path / "cache")
    store = Store.open(home)
    assigned = _water()
    store.take(assigned, datetime.now(UTC))
    _begin_half_way(store, assigned)
    store.close()
    return home


def _begin_half_way(store: Store, assigned: Assignment) -> None:
    """A session that broke off before the phrase is sung alone: what comes before is heard and sung together."""
    now = Now(datetime.now(UTC), 0.0)
    course = begin(assigned, Plan((Item(assigned.phrases[0]),)), id=uuid4(), now=now)
    store.keep(*course.facts)
    for outcome, by in ((Outcome.HEARD, By.NOBODY), (Outcome.YES, By.HELPER), (Outcome.YES, By.HELPER)):
        course = decided(course, outcome, by=by, now=now)
        store.keep(*course.facts)


def _water() -> Assignment:
    """One phrase, the one that is sung here, whatever the day."""
    given = assignment()
    return replace(given, id=uuid4(), made=datetime.now(UTC), person="AB12", counting=given.deciders)


@pytest.fixture
def env(home: Home, virtual_sound: VirtualSound) -> dict[str, str]:
    ready_tracker(find_home())  # compiled code is shared with the other tests; what is kept is not
    return {**virtual_sound.env, "MIT_HOME": str(home.root), "NUMBA_CACHE_DIR": os.environ["NUMBA_CACHE_DIR"]}


@pytest.fixture
def terminal(tmp_path: Path, env: dict[str, str]) -> Iterator[Callable[..., Terminal]]:
    if reason := lacking():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    opened: list[Terminal] = []

    def open_terminal(*words: str, width: int = 80, height: int = 24) -> Terminal:
        opened.append(Terminal(tmp_path / "tmux", [*MIT, *words], env, width=width, height=height))
        return opened[-1]

    yield open_terminal
    for one in opened:
        one.close()


@pytest.fixture
def sung(tmp_path: Path) -> Path:
    """The first phrase, well sung by an independent voice a fifth below the model."""
    samples = sing(phrase("wa-ter", "HL", low=50.0, beat=1.0), voice="tenor")
    write_wav(tmp_path / "sung.wav", Audio(np.asarray(samples, np.float32), 16000))
    return tmp_path / "sung.wav"


def score(file: Path, env: dict[str, str]) -> dict[str, object]:
    done = subprocess.run(
        [*MIT, "score", str(file), "--phrase", "water", "--json"],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def begin_practice(app: Terminal) -> None:
    app.wait_for(HELPER["home"][1])
    app.press("Space")
    app.wait_for(HELPER["ready"][1], WORDS("offer.pretend"))
    app.settle()


def go_on_half_way(app: Terminal) -> None:
    """To the phrase that is sung alone next."""
    app.wait_for(HELPER["home"][1])
    app.press("Space")
    app.wait_for(HELPER["resume"][1])
    app.settle()
    app.press("Space")
    app.wait_for(HELPER["ready"][1], WORDS("offer.pretend"))
    app.settle()


def begin_turn(app: Terminal, virtual_sound: VirtualSound) -> None:
    virtual_sound.hiss()
    go_on_half_way(app)
    app.press("Space")
    app.wait_for(HELPER["listen"][1])
    app.wait_for(HELPER["turn"][1])


def to_what_was_heard(app: Terminal) -> None:
    """The first step of a phrase, to its end."""
    app.press("Space")
    app.wait_for(HELPER["heard"][2])


def to_the_answer(app: Terminal) -> None:
    """On through what is sung together with the pretend voice, to what comes of a turn."""
    app.settle()
    app.press("Space")
    app.wait_for(HELPER["along"][1])
    while HELPER["feedback"][1] not in (shown := app.wait_for(HELPER["feedback"][1], HELPER["decide_page"][2])):
        app.settle()
        app.press("Space")
        app.wait_until(lambda text, before=shown: HELPER["decide_page"][2] not in text, "no way on")


def test_from_the_first_screen_to_feedback(
    terminal: Callable[..., Terminal], virtual_sound: VirtualSound, env: dict[str, str], home: Home, sung: Path
) -> None:
    app = terminal()
    begin_turn(app, virtual_sound)
    virtual_sound.feed(sung)
    app.wait_for(HELPER["feedback"][1])
    (attempt,) = Store.open(home).attempts()
    assert (attempt.phrase_id, attempt.verdict, attempt.ended) == ("water", "scored", "finished")
    assert attempt.grade in (3, 4)
    recording = home.recordings / str(attempt.audio)
    for file, tolerance in ((recording, 0.02), (sung, 0.1)):
        parts = score(file, env)["parts"]
        for name, value in attempt.parts.items():
            assert (value is None) == (parts[name] is None)  # type: ignore[index]
            assert value is None or parts[name] == pytest.approx(value, abs=tolerance), (file.name, name)  # type: ignore[index]
    app.settle()
    app.press("BSpace")  # the helper's "not yet"
    app.wait_for(HELPER["pause"][1])
    app.press("x")
    app.wait_for(HELPER["end"][1])
    app.settle()
    app.press("x")
    app.wait_for(HELPER["home"][1])
    app.settle()
    app.press("x")
    app.wait_for("exit code 0")


@pytest.mark.parametrize("blow", ["unplug", "mute", "kill"])
def test_a_fault_in_mid_take_is_told_kindly_and_nothing_is_lost(
    terminal: Callable[..., Terminal], virtual_sound: VirtualSound, home: Home, sung: Path, blow: str
) -> None:
    app = terminal()
    begin_turn(app, virtual_sound)
    virtual_sound.feed(sung, wait=False)
    app.wait_until(lambda text: any(c in text for c in "⠛⠿⣿⣶⣀⣤"), "no line of the voice")
    getattr(virtual_sound, blow)()
    screen = app.wait_for(HELPER["trouble"][1])
    assert any(WORDS(f"trouble.{what}") in screen for what in ("stopped", "zeros"))
    assert "Traceback" not in screen
    attempt = Store.open(home).attempts()[-1]
    assert attempt.ended == "trouble"
    recording = home.recordings / str(attempt.audio)
    assert recording.stat().st_size > 16000  # half a second of voice and more
    virtual_sound.start()
    virtual_sound.hiss()
    app.settle()
    app.press("Space")
    app.wait_for(HELPER["listen"][1])
    app.wait_for(HELPER["turn"][1])


def test_without_any_sound_server_the_way_on_is_a_pretend_voice(
    terminal: Callable[..., Terminal], env: dict[str, str], tmp_path: Path
) -> None:
    env["PULSE_SERVER"] = f"unix:{tmp_path / 'nobody'}"
    app = terminal()
    go_on_half_way(app)
    screen = app.wait_for(WORDS("offer.pretend"))
    assert any(WORDS(f"trouble.{what}") in screen for what in ("microphone", "broke"))
    app.settle()
    app.press("Space")
    app.wait_for(WORDS("demo.mark"))
    app.wait_for(HELPER["ready"][1])


def test_without_the_sound_library_the_one_remedy_is_said(
    terminal: Callable[..., Terminal], env: dict[str, str], tmp_path: Path
) -> None:
    # A module of that name whose import fails as the real one's does where PortAudio is missing.
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    env["PYTHONPATH"] = str(tmp_path)
    app = terminal(width=120, height=40)
    go_on_half_way(app)
    screen = app.wait_for(WORDS("helper.no_sound.2"))
    assert "Traceback" not in screen
    app.settle()
    app.press("Space")
    app.wait_for(WORDS("demo.mark"))
    app.wait_for(HELPER["ready"][1])
    app.settle()
    app.press("Space")
    app.wait_for(HELPER["listen"][1])


def test_the_demonstration_fills_a_large_window(terminal: Callable[..., Terminal]) -> None:
    app = terminal("demo", width=200, height=60)
    begin_practice(app)
    to_what_was_heard(app)
    assert WORDS("demo.mark") in app.text


def test_the_demonstration_answers_by_itself_keeps_nothing_and_reaches_nothing_but_this_computer(
    terminal: Callable[..., Terminal], home: Home, env: dict[str, str], tmp_path: Path
) -> None:
    before = Store.open(home).history()
    with watched(tmp_path, env) as (own, seen):
        env.update(own)
        app = terminal("demo")
        begin_practice(app)
        to_what_was_heard(app)
        to_the_answer(app)
        screen = app.text
    assert WORDS("demo.mark") in screen
    assert Store.open(home).history() == before
    assert Store.open(home).history(simulated=True) == History()
    assert seen.pids
    assert seen.outside == []
