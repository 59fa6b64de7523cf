"""The virtual sound card of `vsound.sh` as an object that tests hold."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SCRIPT = Path(__file__).with_name("vsound.sh")
PROGRAMS = ("pulseaudio", "pactl", "paplay")
PACKAGES = "apt-get install -y --no-install-recommends pulseaudio pulseaudio-utils libasound2-plugins libportaudio2"
FEED_RATE = 48000
FEED_LATENCY = 500
"""Milliseconds of sound that the server holds ahead: with 50, a busy machine left gaps in what was fed (5 of 10 takes),
with 500 none. It does not delay the beginning."""
HISS = 1e-3
"""RMS of a quiet room, -60 dB: an idle virtual microphone gives exact zeros, which no real one does."""
HISS_SECONDS = 120


def lacking() -> str:
    """What this system lacks for the card, with its remedy; "" when nothing."""
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    if not ctypes.util.find_library("portaudio"):
        missing.append("libportaudio")
    return f"no virtual sound card: {', '.join(missing)} missing ({PACKAGES})" if missing else ""


def write_pcm(path: Path, samples: NDArray[np.floating], rate: int = FEED_RATE) -> Path:
    """A 16-bit mono WAV of samples within -1..1, by the standard library alone."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.round(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path


class VirtualSound:
    """Two microphones (mic1 is the default) and a loudspeaker, of a PulseAudio server of its own in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._feeding: list[subprocess.Popen[bytes]] = []
        self.env = self._read_env()
        """What a process must have in its environment to use the card."""

    def _read_env(self) -> dict[str, str]:
        lines = self._run("env").splitlines()
        pairs = (line.removeprefix("export ").split("=", 1) for line in lines)
        return {name: value.strip("'") for name, value in pairs}

    def _run(self, *words: str) -> str:
        env = {**os.environ, "VSOUND_DIR": str(self.folder)}
        done = subprocess.run([SCRIPT, *words], env=env, capture_output=True, text=True, timeout=30, check=False)
        if done.returncode:
            raise RuntimeError(f"vsound.sh {' '.join(words)}: {done.stderr}")
        return done.stdout

    @property
    def pid(self) -> int:
        return int((self.folder / "pid").read_text())

    def start(self) -> None:
        """A running server with both microphones plugged, unmuted, and nobody feeding them."""
        self.hush()
        self._run("start")

    def stop(self) -> None:
        self.hush()
        self._run("stop")

    def kill(self) -> None:
        """End the server as a crash would."""
        self._run("kill")

    def mute(self, mic: str = "mic1") -> None:
        self._run("mute", mic)

    def unmute(self, mic: str = "mic1") -> None:
        self._run("unmute", mic)

    def unplug(self, mic: str = "mic1") -> None:
        self._run("unplug", mic)

    def plug(self, mic: str = "mic1") -> None:
        self._run("plug", mic)

    def feed(self, path: Path, mic: str = "mic1", *, wait: bool = True) -> None:
        """Play a WAV into a microphone; wait: until it is through."""
        command = ["paplay", f"--device={mic}_in", f"--latency-msec={FEED_LATENCY}", str(path)]
        playing = subprocess.Popen(command, env={**os.environ, **self.env}, stderr=subprocess.DEVNULL)
        self._feeding.append(playing)
        if wait:
            playing.wait(timeout=HISS_SECONDS)

    def hiss(self, mic: str = "mic1") -> None:
        """Make the microphone alive: feed it two minutes of a quiet room in the background."""
        path = self.folder / "hiss.wav"
        if not path.exists():
            noise = np.random.default_rng(0).standard_normal(HISS_SECONDS * FEED_RATE)
            write_pcm(path, HISS * noise)
        self.feed(path, mic, wait=False)

    def hush(self) -> None:
        """End all feeding."""
        for playing in self._feeding:
            playing.terminate()
            playing.wait(timeout=10)
        self._feeding.clear()
