"""The live line and the taps of the real app, on the virtual sound card: `python -m tests.bench.live`.

A pseudo-terminal stands in for the screen: when its cells are written is when they are drawn. A second recorder hears
the same microphone, so that the moment a sound reached it is known to the converters' clock. Wall-clock figures: run
it on a computer that does nothing else.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from mit.audio import ANALYSIS_RATE
from mit.library import load_words
from tests.sound.card import FEED_RATE, VirtualSound, write_pcm
from tests.voices import Sung, sing

SIZE = (120, 40)
MARK = re.compile(rb"\xe2[\xa0-\xa3][\x80-\xbf]")
"""A glyph of dots, in UTF-8: the line of the voice."""

BURSTS, BURST, GAP = 12, 0.35, 0.45
"""Notes with silence between them, seconds: each begins a new stretch of the line."""

LONG = 2.0
"""Seconds of one note: as long as the phrase, so that the line moves on at every picture."""

TAPS = 40
TAP = b"t"
"""A key that does nothing, so that the take goes on."""

ONSET = 0.01
"""RMS that is a voice: -40 dB, over a room of -60."""

APART = 0.005
"""Seconds between two writes that are two pictures."""

CHILD = """
import sys
from textual.events import Key
from mit.tui.app import TrainerApp
from mit.tui.start import run_app
told, before = open(sys.argv[1], "a", buffering=1), TrainerApp.on_event
async def on_event(self, event):
    if isinstance(event, Key) and event.key == "t":
        told.write(f"{event.time}\\n")
    await before(self, event)
TrainerApp.on_event = on_event
run_app()
"""
"""The app as it is, which also tells the times of its key events."""


class Screen:
    """The app on a pseudo-terminal, and what it wrote when."""

    def __init__(self, env: dict[str, str], told: Path) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
        self.app = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(told)],
            env={**os.environ, **env, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        self.writes: list[tuple[float, bytes]] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            try:
                content = os.read(self.master, 65536)
            except OSError:
                return
            self.writes.append((time.monotonic(), content))

    def press(self, key: bytes) -> float:
        """Write a key; when."""
        now = time.monotonic()
        os.write(self.master, key)
        return now

    def shows(self, text: str, since: int) -> bool:
        return text.encode() in b"".join(content for _, content in self.writes[since:])

    def marks(self, first: float, last: float) -> list[float]:
        """When the line was drawn on: a picture may come in several writes."""
        found: list[float] = []
        for at, content in self.writes[:]:
            if first <= at <= last and MARK.search(content) and (not found or at - found[-1] > APART):
                found.append(at)
        return found

    @property
    def busy(self) -> float:
        """Processor seconds of the app so far."""
        cells = Path(f"/proc/{self.app.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(cells[11]) + int(cells[12])) / os.sysconf("SC_CLK_TCK")

    def until_turn(self) -> None:
        """Press Space until it is the person's turn."""
        words, end = load_words(), time.monotonic() + 120
        wanted = words.lines("helper.turn")[1]
        while not self.shows(wanted, 0):
            if time.monotonic() > end:
                raise RuntimeError("the app never came to the turn")
            self.press(b" ")
            for _ in range(12):
                time.sleep(0.1)
                if self.shows(wanted, 0):
                    return


class Ear:
    """What reaches the microphone, and when."""

    def __init__(self) -> None:
        from mit.device.sound import SoundRecorder
        from mit.melody import Melody

        self._take = SoundRecorder("mic1").open(Melody(()))
        self._blocks: list[np.ndarray] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._hear, daemon=True)
        self._thread.start()

    def _hear(self) -> None:
        while not self._over.is_set() and (samples := self._take.read(0.05)) is not None:
            self._blocks.append(samples)

    def close(self) -> list[float]:
        """When each note began, monotonic."""
        self._over.set()
        self._thread.join()
        started = self._take.started or 0.0
        self._take.close()
        size = ANALYSIS_RATE // 200
        samples = np.concatenate(self._blocks)
        frames = samples[: len(samples) // size * size].reshape(-1, size)
        loud = np.sqrt(np.mean(np.square(frames), axis=1)) > ONSET
        quiet_before = np.array([not loud[max(0, k - 40) : k].any() for k in range(len(loud))])
        return [started + k * size / ANALYSIS_RATE for k in np.flatnonzero(loud & quiet_before)]


def figures() -> Iterator[tuple[str, float, str]]:
    """Name, figure and aim."""
    with _running() as (screen, card, folder):
        told = folder / "taps"
        notes = [Sung(0.3 + k * (BURST + GAP), BURST, 50.0 + k % 3, "a") for k in range(BURSTS)]
        long_note = _file(folder / "long.wav", [Sung(0.3, LONG, 50.0, "a")])
        bursts = _file(folder / "bursts.wav", notes)
        ear, busy, begun = Ear(), screen.busy, time.monotonic()
        card.feed(long_note)
        card.feed(bursts, wait=False)
        tapped = _tap(screen)
        spent, seconds = screen.busy - busy, time.monotonic() - begun
        time.sleep(1.0)
        onsets = ear.close()
        taps = list(dict.fromkeys(map(float, told.read_text().split())))  # the app sees each event twice
    first = onsets[0]
    drawn = screen.marks(first + 0.2, first + LONG)
    yield "live line: pictures a second", len(drawn) / (LONG - 0.2), ">= 25"
    late = [1000 * (next(iter(screen.marks(at, at + GAP + BURST)), np.inf) - at) for at in onsets[1:]]
    yield "sound to drawn mark, median (ms)", float(np.median(late)), "< 100"
    yield "sound to drawn mark, p95 (ms)", float(np.percentile(late, 95)), ""
    yield "notes heard", float(len(late)), f"{BURSTS}"
    yield "processor while singing and tapping (% of a core)", 100 * spent / seconds, "< 35"
    off = 1000 * (np.array(taps[: len(tapped)]) - np.array(tapped[: len(taps)]))
    yield "tap to its time, median (ms)", float(np.median(off)), ""
    yield "tap to its time, p95 (ms)", float(np.percentile(np.abs(off), 95)), "< 5"
    yield "taps counted", float(len(taps)), f"{TAPS}"


def _tap(screen: Screen) -> list[float]:
    rng = np.random.default_rng(1)
    times = []
    for _ in range(TAPS):
        time.sleep(float(rng.uniform(0.15, 0.3)))
        times.append(screen.press(TAP))
    time.sleep(0.5)
    return times


def _file(path: Path, notes: list[Sung]) -> Path:
    return write_pcm(path, sing(notes, voice="tenor", rate=FEED_RATE, level=-20.0, tail=0.3), FEED_RATE)


@contextmanager
def _running() -> Iterator[tuple[Screen, VirtualSound, Path]]:
    """The app in the person's turn, on a card whose microphone hears a quiet room."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        home, card = folder / "home", VirtualSound(folder / "card")
        home.mkdir()
        (home / "settings.toml").write_text(
            "silence_after_all = 10\nsilence_after_some = 10\nintroduced = true\n"
            "check_in = false\nwarm_up = false\nprompts = false\n"
        )
        card.folder.mkdir()
        card.start()
        try:
            os.environ.update(card.env)
            screen = Screen({"MIT_HOME": str(home)}, folder / "taps")
            try:
                card.hiss()
                screen.until_turn()
                time.sleep(0.5)
                yield screen, card, folder
            finally:
                screen.app.terminate()
                screen.app.wait(timeout=20)
        finally:
            card.stop()


if __name__ == "__main__":
    for name, value, aim in figures():
        print(f"{name:<52} {value:8.1f}  {aim}")
