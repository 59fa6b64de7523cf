"""WAV files, good and hostile."""

from __future__ import annotations

import os
import stat
import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile

from mit.audio import ANALYSIS_RATE, Audio
from mit.device.pace import AT_ONCE
from mit.device.wav import WavRecorder, read_wav, write_wav
from mit.errors import RecordingError
from mit.melody import Melody

NOBODY = 65534


def tone(seconds: float = 0.5, rate: int = 16000) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * 220 * np.arange(round(seconds * rate)) / rate)


@pytest.mark.parametrize(
    ("subtype", "tolerance"),
    [("PCM_U8", 1e-2), ("PCM_16", 1e-4), ("PCM_24", 1e-6), ("PCM_32", 1e-6), ("FLOAT", 1e-6), ("DOUBLE", 1e-6)],
)
def test_reads_every_depth(tmp_path: Path, subtype: str, tolerance: float) -> None:
    soundfile.write(tmp_path / "a.wav", tone(), 16000, subtype=subtype)
    audio = read_wav(tmp_path / "a.wav")
    assert audio.rate == 16000
    assert audio.samples == pytest.approx(tone(), abs=tolerance)


@pytest.mark.parametrize("rate", [8000, 11025, 44100, 96000, 192000])
def test_reads_every_rate(tmp_path: Path, rate: int) -> None:
    soundfile.write(tmp_path / "a.wav", tone(rate=rate), rate)
    audio = read_wav(tmp_path / "a.wav")
    assert (audio.rate, audio.duration) == (rate, pytest.approx(0.5, abs=1e-4))


def test_mixes_two_channels(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.stack((tone(), np.zeros_like(tone())), axis=1), 16000, subtype="FLOAT")
    assert read_wav(tmp_path / "a.wav").samples == pytest.approx(tone() / 2, abs=1e-6)


def test_scales_what_is_beyond_full_scale(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", tone() * 40000, 16000, subtype="FLOAT")
    audio = read_wav(tmp_path / "a.wav")
    assert audio.samples == pytest.approx(2 * tone(), abs=1e-3)


def test_reads_a_file_whose_writer_did_not_know_the_end(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", Audio(tone(), 16000))
    content = bytearray((tmp_path / "a.wav").read_bytes())
    content[4:8] = content[40:44] = struct.pack("<I", 0xFFFFFFFF)
    (tmp_path / "a.wav").write_bytes(content)
    assert len(read_wav(tmp_path / "a.wav").samples) == 8000


def told(path: Path, match: str) -> None:
    with pytest.raises(RecordingError, match=match) as caught:
        read_wav(path)
    assert "\n" not in str(caught.value)


def test_a_file_that_breaks_off_is_told(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", Audio(tone(), 16000))
    content = (tmp_path / "a.wav").read_bytes()
    for length, match in (
        (0, "is empty"),
        (3, "no WAV"),
        (20, "no WAV"),
        (40, "no WAV|no sound"),
        (9000, "breaks off"),
    ):
        (tmp_path / "b.wav").write_bytes(content[:length])
        told(tmp_path / "b.wav", match)


@pytest.mark.parametrize(
    "content", [b"ID3\x03not sound", b"RIFF" + b"\xff" * 400, b"\0" * 4096, b"RIFF\0\0\0\0WAVE" * 99]
)
def test_what_is_no_wav_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    told(tmp_path / "a.wav", "a.wav (is no WAV file|breaks off)")


def test_other_sound_formats_are_told(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.flac", tone(), 16000)
    (tmp_path / "a.wav").write_bytes((tmp_path / "a.flac").read_bytes())
    told(tmp_path / "a.wav", "is no WAV file")


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_values_that_are_no_sound_are_told(tmp_path: Path, value: float) -> None:
    samples = tone()
    samples[77] = value
    soundfile.write(tmp_path / "a.wav", samples, 16000, subtype="FLOAT")
    told(tmp_path / "a.wav", "NaN or infinity")


@pytest.mark.parametrize("rate", [4000, 7999, 192001, 1000000])
def test_a_rate_out_of_range_is_told(tmp_path: Path, rate: int) -> None:
    soundfile.write(tmp_path / "a.wav", tone(), rate)
    told(tmp_path / "a.wav", f"rate of {rate} Hz")


def test_an_hour_is_told_before_it_is_read(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", Audio(np.zeros(80, np.float32), 8000))
    length = 3600 * 8000 * 2
    content = bytearray((tmp_path / "a.wav").read_bytes()[:44])
    content[4:8], content[40:44] = struct.pack("<I", length + 36), struct.pack("<I", length)
    with (tmp_path / "hour.wav").open("wb") as file:
        file.write(content)
        file.truncate(44 + length)  # a hole: takes no room on the disk
    tracemalloc.start()
    told(tmp_path / "hour.wav", "60 minutes long")
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_file_without_samples_is_told(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", Audio(np.zeros(0, np.float32), 8000))
    told(tmp_path / "a.wav", "holds no sound")


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    told(tmp_path, "is a folder")
    told(tmp_path / "none.wav", r"none.wav cannot be read \(No such file")
    told(Path(os.devnull), "is no file")


def test_a_forbidden_file_is_told(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", Audio(tone(), 16000))
    (tmp_path / "a.wav").chmod(0)
    administrator = os.geteuid() == 0  # may read everything, so be somebody else for a moment
    if administrator:
        os.seteuid(NOBODY)
    try:
        told(tmp_path / "a.wav", "Permission denied")
    finally:
        if administrator:
            os.seteuid(0)


def test_writes_what_it_reads(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", Audio(tone(), 22050))
    audio = read_wav(tmp_path / "a.wav")
    assert audio.rate == 22050
    assert audio.samples == pytest.approx(tone(), abs=1e-4)


def test_a_private_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    write_wav(path, Audio(tone(), 16000))
    assert stat.S_IMODE(path.stat().st_mode) & 0o077
    write_wav(path, Audio(tone(), 16000), private=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="cannot be written"):
        write_wav(tmp_path / "none" / "a.wav", Audio(tone(), 16000))


def test_the_recorder_gives_the_whole_file_at_16_khz(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", Audio(tone(1.03, 48000), 48000))
    recorder = WavRecorder(tmp_path / "a.wav", pace=AT_ONCE)
    assert recorder.name == "file a.wav"
    for _ in range(2):
        take = recorder.open(Melody(()))
        blocks = []
        while (block := take.read(0.0)) is not None:
            blocks.append(block)
        heard = np.concatenate(blocks)
        assert len(heard) == pytest.approx(1.03 * ANALYSIS_RATE, abs=2)
        assert take.read(0.0) is None
