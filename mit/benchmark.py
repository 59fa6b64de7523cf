"""`mit benchmark`: speed on this computer, as medians. It sets no limits; it says what a person would wait for."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from mit.pitch import warm_up

if TYPE_CHECKING:
    from mit.audio import Samples
    from mit.device import Take, Trouble
    from mit.tui.outside import Outside

ROUNDS = 5
"""Starts and takes measured: enough for a median."""

SHORT, LONG = ("wa-ter", "HL"), ("I want some wa-ter", "LHLHL")
SYLLABLES = (2, 4, 8)
"""Lengths at which the voice is measured: its time should grow with the length and no faster."""

FIRST_SCREEN = "Space"
"""Stands in plain letters on the first screen at 80x24."""


def run() -> Iterator[str]:
    """One line a figure, as soon as it is known."""
    yield f"Python {platform.python_version()}, librosa {version('librosa')}, {os.cpu_count()} cores, {ROUNDS} rounds"
    first = _first_screen()
    yield f"start to first screen      {'not measured here' if first is None else f'{first:.2f} s'}"
    begun = time.perf_counter()
    warm_up()
    yield f"warm-up of the tracker     {time.perf_counter() - begun:.1f} s, in the background"
    takes = _takes()
    answers = [1000 * t.answer for t in takes]
    yield f"end of a take to feedback  {median(answers):.0f} ms, {max(answers):.0f} at most, kept on the disk"
    yield f"live line                  {median(t.updates for t in takes):.0f} updates a second"
    yield f"a take's processor time    {100 * median(t.busy for t in takes):.0f} % of one core"
    humming, tracking, judging = _tracking()
    yield f"pyin                       {tracking:.3f} of real time"
    yield f"judging what was tracked   {1000 * judging:.1f} ms for 5 syllables"
    yield f"humming the model          {1000 * humming:.0f} ms for 5 syllables"
    yield from _batches()
    yield from _voice()


def _first_screen() -> float | None:
    """Seconds from the command to the first painted screen, in a terminal of 80x24; None where there is no pty."""
    if os.name != "posix":
        return None
    times = []
    for _ in range(ROUNDS):
        with TemporaryDirectory(prefix="mit-benchmark-") as folder:
            times.append(_start(folder))
    return median(times)


def _start(folder: str) -> float:
    import fcntl
    import struct
    import termios

    mine, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    env = {**os.environ, "TERM": "xterm-256color", "MIT_HOME": folder}
    begun = time.perf_counter()
    app = subprocess.Popen([sys.executable, "-m", "mit"], stdin=theirs, stdout=theirs, stderr=theirs, env=env)
    seen = b""
    try:
        while FIRST_SCREEN.encode() not in seen:
            seen += os.read(mine, 65536)
        return time.perf_counter() - begun
    finally:
        app.kill()
        app.wait()
        os.close(mine)
        os.close(theirs)


class _Stopwatch:
    """A take that notes when it is closed: that is the moment at which the trainer knew it was over."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self.closed = 0.0

    @property
    def started(self) -> float | None:
        return self._take.started

    @property
    def trouble(self) -> Trouble | None:
        return self._take.trouble

    def read(self, timeout: float) -> Samples | None:
        return self._take.read(timeout)

    def close(self) -> None:
        self.closed = time.perf_counter()
        self._take.close()


class _Measured(NamedTuple):
    """One take: seconds from its end to its kept feedback, live updates a second, processor seconds a second."""

    answer: float
    updates: float
    busy: float


def _takes() -> list[_Measured]:
    """Takes in real time by the simulated patient, tracked, judged and kept as in practice."""
    from mit.device.patient import SimulatedPatient
    from mit.device.silent import SilentPlayer
    from mit.home import Home
    from mit.settings import Settings
    from mit.tui.outside import Outside

    with TemporaryDirectory(prefix="mit-benchmark-") as folder:
        home = Home(Path(folder), Path(folder))
        outside = Outside(home, Settings(), lambda: (SilentPlayer(), SimulatedPatient("mild", seed=1)))
        outside.find_devices()
        outside.prepare()
        measured = [_take(outside) for _ in range(ROUNDS)]
        outside.close()
    return measured


def _take(outside: Outside) -> _Measured:
    from mit.melody import intone
    from mit.phrase import Phrase, spell
    from mit.protocol import PROTOCOL
    from mit.take import Listener, listen
    from mit.tui.exercise import Exercise

    phrase = Phrase("benchmark", spell(*SHORT))
    melody = intone(phrase.syllables)
    take, shown = _Stopwatch(outside.open_take(melody)), list[int]()
    begun, worked = time.perf_counter(), time.process_time()
    heard = listen(take, outside.ending(melody), Listener(show=lambda frames: shown.append(len(frames))))
    busy = (time.process_time() - worked) / (time.perf_counter() - begun)
    outside.judge(heard, Exercise(phrase, melody), PROTOCOL.step("E4"))
    answer = time.perf_counter() - take.closed
    return _Measured(answer, sum(n > 0 for n in shown) / (take.closed - begun), busy)


def _tracking() -> tuple[float, float, float]:
    """Seconds to hum the model, seconds a second of audio to track it, seconds to judge what was tracked."""
    from mit.audio import ANALYSIS_RATE, resample
    from mit.melody import intone
    from mit.phrase import spell
    from mit.pitch import track
    from mit.practice import judge
    from mit.voice import render

    melody = intone(spell(*LONG))
    audio = resample(render(melody), ANALYSIS_RATE)
    contour = track(audio)
    humming = _median_time(lambda: render(melody))
    tracking = _median_time(lambda: track(audio)) / audio.duration
    return humming, tracking, _median_time(lambda: judge(contour, melody))


def _batches() -> Iterator[str]:
    from mit.judging_speed import measure

    found = measure()
    yield f"judging WAVs by manifest   {found.wavs.times_real_time:.1f} times real time a core, with the start"
    yield f"judging tracks of f0       {found.tracks.times_real_time:.0f} times real time a core, with the start"
    yield f"two jobs                   {found.gain_of_two:.2f} times as fast as one"


def _voice() -> Iterator[str]:
    """The sung voice: from nothing in a process of its own, then warm, by length, and all phrases one after another."""
    from mit.language.english import english_speaker
    from mit.library import load_sets
    from mit.melody import intone
    from mit.model import phrase_sounds
    from mit.voice import HEAD, available_voices, render

    if "sung" not in available_voices() or english_speaker() is None:
        yield "sung voice                 not on this computer: the model is hummed"
        return
    yield f"sung voice, from nothing   {_cold_voice():.2f} s, in the background"
    phrases = [phrase for part in load_sets("en") for phrase in part.phrases]
    songs = [(intone(phrase.syllables), phrase_sounds(phrase)) for phrase in phrases]
    times = []
    for melody, sounds in [songs[0], *songs]:  # the first warms up
        begun = time.perf_counter()
        render(melody, voice="sung", lead=HEAD, sounds=sounds)
        times.append(time.perf_counter() - begun)
    each = {n: [t for t, (m, _) in zip(times[1:], songs, strict=True) if len(m.notes) == n] for n in SYLLABLES}
    by_length = ", ".join(f"{1000 * median(each[n]) / n:.0f} for {n}" for n in SYLLABLES)
    yield f"a phrase, warm             {1000 * median(times[1:]):.0f} ms; ms a syllable: {by_length} syllables"
    yield f"all {len(songs)} phrases             {sum(times[1:]):.1f} s"


def _cold_voice() -> float:
    """Seconds to load the voice and its dictionary and to sing the first phrase, without the start of Python."""
    code = (
        "import time; begun = time.perf_counter()\n"
        "from mit.library import find_phrase\n"
        "from mit.melody import intone\n"
        "from mit.model import phrase_sounds\n"
        "from mit.voice import HEAD, render\n"
        "p = find_phrase('water', 'en')\n"
        "render(intone(p.syllables), voice='sung', lead=HEAD, sounds=phrase_sounds(p))\n"
        "print(time.perf_counter() - begun)"
    )
    runs = (subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(3))
    return median(float(run.stdout) for run in runs)


def _median_time(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return median(times)
