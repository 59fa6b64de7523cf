"""WAV files: read, written, and used as a microphone."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mit.audio import ANALYSIS_RATE, Audio, Samples, resample
from mit.device.pace import REAL_TIME, Pace, PacedTake
from mit.errors import RecordingError
from mit.home import OWNER_FILE
from mit.melody import Melody

if TYPE_CHECKING:
    from typing import BinaryIO

LONGEST = 600.0
"""Seconds. A take is over within a minute; ten leave room for a whole sitting, an hour is a mistake."""

RATES = (8000, 192000)
"""Hz: from telephone to studio. Below, a voice's overtones are gone."""

MOST_CHANNELS = 8
FORMATS = frozenset({"WAV", "WAVEX", "RF64"})
READ_BLOCK = 65536
MOST_CHUNKS = 64
"""Chunks looked at before the sound: real files have up to ten, a hostile one millions."""

STREAMED = 0x7FFF0000
"""Data lengths from here on (and 0) were written by a program that did not know the end: it wrote to a pipe."""

USE_WAV = "Save it as a WAV file and try again."


def read_wav(path: Path) -> Audio:
    """Read a WAV of 8 to 32 bits or float, 8 to 192 kHz, one to eight channels (mixed), at most ten minutes.

    The rate stays the file's; samples beyond full scale are scaled down. Raises RecordingError in one line.
    """
    try:
        with _open(path) as file:
            _check_complete(path, file)
            file.seek(0)
            return _decode(path, file)
    except OSError as fault:
        raise RecordingError(f"{path.name} cannot be read ({fault.strerror}).") from fault


def _open(path: Path) -> BinaryIO:
    """Open a regular file; a folder or a device (endless) is refused before a byte is read."""
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        raise RecordingError(f"{path.name} is a folder.", "Name a WAV file.")
    if not stat.S_ISREG(kind):
        raise RecordingError(f"{path.name} is no file.", "Name a WAV file.")
    return path.open("rb")


def _check_complete(path: Path, file: BinaryIO) -> None:
    """Refuse a file that is shorter than it says: scored, its lost end would be a person's missing syllables."""
    size = file.seek(0, os.SEEK_END)
    if not size:
        raise RecordingError(f"{path.name} is empty.", "Record it again.")
    begin, length = _data_chunk(file, size)
    streamed = length == 0 or length >= STREAMED
    if not streamed and begin + length > size:
        raise RecordingError(f"{path.name} breaks off: its end is missing.", "Copy or record it again.")


def _data_chunk(file: BinaryIO, size: int) -> tuple[int, int]:
    """Where the sound of a RIFF file begins and how long it says it is, in bytes; (0, 0) where there is none."""
    file.seek(0)
    at = 12 if file.read(4) == b"RIFF" else size
    for _ in range(MOST_CHUNKS):
        file.seek(at)
        name, length = file.read(4), int.from_bytes(file.read(4), "little")
        if name == b"data":
            return at + 8, length
        at += 8 + length + length % 2
    return 0, 0


def _decode(path: Path, file: BinaryIO) -> Audio:
    import soundfile  # late: the app starts without it

    try:
        with soundfile.SoundFile(file) as sound:
            _check_header(path, sound)
            return Audio(_mono(path, sound), sound.samplerate)
    except soundfile.SoundFileError as fault:
        raise RecordingError(f"{path.name} is no WAV file, or a damaged one.", USE_WAV) from fault


def _check_header(path: Path, sound: Any) -> None:
    """Judge by the header, before anything long is read."""
    if sound.format not in FORMATS:
        raise RecordingError(f"{path.name} is no WAV file.", USE_WAV)
    if not RATES[0] <= sound.samplerate <= RATES[1]:
        raise RecordingError(f"{path.name} has a rate of {sound.samplerate} Hz.", "Use 8000 to 192000 Hz.")
    if sound.channels > MOST_CHANNELS:
        raise RecordingError(f"{path.name} has {sound.channels} channels.", "Use one or two.")
    if not sound.frames:
        raise RecordingError(f"{path.name} holds no sound.", "Record it again.")
    if sound.frames > LONGEST * sound.samplerate:
        minutes = sound.frames / sound.samplerate / 60
        raise RecordingError(f"{path.name} is {minutes:.0f} minutes long.", "Cut it to one phrase, at most 10 minutes.")


def _mono(path: Path, sound: Any) -> Samples:
    """All samples, channels mixed block by block so that memory holds one channel only."""
    blocks = sound.blocks(READ_BLOCK, dtype="float32", always_2d=True)
    with np.errstate(invalid="ignore", over="ignore"):
        mixed = np.concatenate([block.mean(axis=1, dtype=np.float64) for block in blocks])
    if not np.isfinite(mixed).all():
        raise RecordingError(f"{path.name} holds values that are no sound (NaN or infinity).", "Export it again.")
    return (mixed / max(1.0, float(np.abs(mixed).max()))).astype(np.float32)


def write_wav(path: Path, audio: Audio, *, private: bool = False) -> None:
    """Write PCM 16 bit, mono. private: readable by its owner alone. Raises RecordingError."""
    import soundfile

    content = io.BytesIO()
    soundfile.write(content, np.clip(audio.samples, -1.0, 1.0), audio.rate, format="WAV", subtype="PCM_16")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_FILE if private else 0o666)
        with os.fdopen(handle, "wb") as file:
            if private:
                os.chmod(path, OWNER_FILE)  # the file may have been there with other rights
            file.write(content.getbuffer())
    except OSError as fault:
        raise RecordingError(f"{path.name} cannot be written ({fault.strerror}).", "Choose another folder.") from fault


class WavRecorder:
    """A microphone that hears a WAV file: the `Recorder` protocol. Each take hears it from its start."""

    def __init__(self, path: Path, *, pace: Pace = REAL_TIME) -> None:
        """Raises RecordingError."""
        self._path = path
        self._samples = resample(read_wav(path), ANALYSIS_RATE).samples
        self._pace = pace

    @property
    def name(self) -> str:
        return f"file {self._path.name}"

    def open(self, melody: Melody) -> PacedTake:
        return PacedTake(lambda first, last: self._samples[first:last], ANALYSIS_RATE, self._pace)
