"""A page to hear before a release: python -m tests.listening OUTDIR

Twelve phrases in every voice and both registers: index.html, the sounds as WAV and their spectrograms as PNG.
"""

from __future__ import annotations

import html
import struct
import sys
import zlib
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mit.audio import Audio
from mit.device.wav import write_wav
from mit.language import sounds_of
from mit.language.english import english_speaker
from mit.library import load_sets
from mit.melody import A2, A3, Melody, intone
from mit.phrase import Phrase
from mit.voice import HEAD, available_voices, render
from mit.voice.backing import FADING, PULSE, back

COUNT = 12
REGISTERS = {"high": A3, "low": A2}
BEAT = 1.0

WINDOW, STEP = 720, 120
"""Samples of a spectrum at 24 kHz (30 ms, so that harmonics of both registers part) and between two of them."""

TOP, DEPTH = 6000.0, 70.0
"""Hz and dB shown."""

STYLE = """body { font: 18px sans-serif; margin: 2em; max-width: 70em } td { padding: .3em 1em .3em 0 }
img { width: 24em; height: 7em; image-rendering: pixelated } audio { width: 18em }"""

ASKED = """For each sound: Are the words clear? Is it in tune, does each syllable begin on its beat? Does anything buzz,
click or hiss? Is it kind to hear?"""


def phrases() -> list[Phrase]:
    """Phrases spread evenly over all levels."""
    every = [phrase for phrase_set in load_sets("en") for phrase in phrase_set.phrases]
    return [every[round(k)] for k in np.linspace(0, len(every) - 1, COUNT)]


def renditions(phrase: Phrase) -> Iterator[tuple[str, str, Audio]]:
    """Voice, register and sound of a phrase, and what a person sings to when the model fades."""
    speaker = english_speaker()
    sounds = sounds_of(phrase, speaker) if speaker else None
    for (register, low), voice in product(REGISTERS.items(), available_voices()):
        melody = intone(phrase.syllables, low=low, beat=BEAT)
        audio = render(melody, voice=voice, lead=HEAD, sounds=sounds)
        yield voice, register, audio
        if voice == "sung":
            yield "fading, with pulse and count-in", register, _fading(audio, melody)


def _fading(model: Audio, melody: Melody) -> Audio:
    return back(model, melody, lead=HEAD, curve=FADING, pulse=PULSE, count_in=4, beat=BEAT).audio


def spectrogram(audio: Audio) -> NDArray[np.uint8]:
    """Grey picture, dark where it is loud, low frequencies at the bottom."""
    frames = np.lib.stride_tricks.sliding_window_view(audio.samples, WINDOW)[::STEP]
    power = np.abs(np.fft.rfft(frames * np.hanning(WINDOW), 2 * WINDOW, axis=1)) ** 2
    shown = 10 * np.log10(power[:, : int(TOP * 2 * WINDOW / audio.rate)].T + 1e-12)
    dark = np.clip((shown - shown.max() + DEPTH) / DEPTH, 0, 1)
    return (255 * (1 - dark[::-1])).astype(np.uint8)


def png(picture: NDArray[np.uint8]) -> bytes:
    """An 8-bit grey PNG."""
    height, width = picture.shape
    rows = np.concatenate((np.zeros((height, 1), np.uint8), picture), axis=1).tobytes()
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(rows)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in (*chunks, (b"IEND", b"")))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def write_page(folder: Path) -> None:
    """Write the page and all that it shows."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = [f"<!doctype html><meta charset=utf-8><title>The voices</title><style>{STYLE}</style><h1>The voices</h1>"]
    parts.append(f"<p>{ASKED}</p>")
    for phrase in phrases():
        parts.append(f"<h2>{html.escape(phrase.hyphenated)} <small>{phrase.pattern}</small></h2><table>")
        for voice, register, audio in renditions(phrase):
            name = f"{phrase.id}-{register}-{voice.split(',')[0]}"
            write_wav(folder / f"{name}.wav", audio)
            (folder / f"{name}.png").write_bytes(png(spectrogram(audio)))
            parts.append(
                f"<tr><td>{voice}, {register}<td><audio controls preload=none src='{name}.wav'></audio>"
                f"<td><img src='{name}.png' alt='spectrogram'>"
            )
        parts.append("</table>")
    (folder / "index.html").write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    write_page(Path(sys.argv[1]))
