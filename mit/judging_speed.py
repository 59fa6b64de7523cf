"""How fast many recordings are judged: `mit score --manifest` itself, on phrases that are hummed for it. A shell."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from mit.melody import Melody

PHRASES = (("wa-ter", "HL"), ("I want some wa-ter", "LHLHL"), ("I have to take my pills at six", "LLHLLHLH"))
WAVS, TRACKS = 144, 400
"""Recordings judged in a run: a patient's month, enough that starting the program weighs little."""


class Run(NamedTuple):
    """Seconds of recordings, of time, and of processors, with the start of the program."""

    recorded: float
    waited: float
    worked: float | None

    @property
    def times_real_time(self) -> float:
        """Seconds of recordings a second of one core, or of time where processors cannot be asked."""
        return self.recorded / (self.worked or self.waited)


class Batches(NamedTuple):
    """The same WAVs in one process and in two, and tracks of f0."""

    wavs: Run
    wavs_by_two: Run
    tracks: Run

    @property
    def gain_of_two(self) -> float:
        return self.wavs.waited / self.wavs_by_two.waited


def measure() -> Batches:
    """Judge a pile of WAVs with one job and with two, and a pile of tracks."""
    with TemporaryDirectory(prefix="mit-benchmark-") as made:
        folder = Path(made)
        lengths = [_write(folder / f"{k}", text, pattern) for k, (text, pattern) in enumerate(PHRASES)]
        wavs, tracks = _manifest(folder, "wav", WAVS), _manifest(folder, "csv", TRACKS)
        recorded = sum(lengths) / len(lengths)
        return Batches(
            _run(wavs, 1, WAVS * recorded), _run(wavs, 2, WAVS * recorded), _run(tracks, 1, TRACKS * recorded)
        )


def _write(name: Path, text: str, pattern: str) -> float:
    """A phrase hummed, as WAV and as a track; its seconds."""
    from mit.audio import ANALYSIS_RATE, resample
    from mit.device.wav import write_wav
    from mit.pitch import track
    from mit.voice import render

    audio = resample(render(_melody(text, pattern)), ANALYSIS_RATE)
    write_wav(name.with_suffix(".wav"), audio)
    contour = track(audio)
    rows = zip(contour.times, np.nan_to_num(contour.f0), strict=True)
    name.with_suffix(".csv").write_text("".join(f"{at:.2f},{f0:.2f}\n" for at, f0 in rows))
    return audio.duration


def _melody(text: str, pattern: str) -> Melody:
    from mit.melody import intone
    from mit.phrase import spell

    return intone(spell(text, pattern))


def _manifest(folder: Path, kind: str, count: int) -> Path:
    path = folder / f"{kind}-jobs.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "text", "pattern"])
        writer.writerows([f"{k % len(PHRASES)}.{kind}", *PHRASES[k % len(PHRASES)]] for k in range(count))
    return path


def _run(manifest: Path, jobs: int, recorded: float) -> Run:
    command = [sys.executable, "-m", "mit", "score", "--manifest", str(manifest), "--jobs", str(jobs)]
    worked, begun = _children(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    waited, after = time.perf_counter() - begun, _children()
    return Run(recorded, waited, None if worked is None or after is None else after - worked)


def _children() -> float | None:
    """Processor seconds of the programs that were started and have ended; None on Windows."""
    try:
        import resource
    except ImportError:
        return None
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
