"""Takes as WAV files, kept only with consent."""

from __future__ import annotations

import os
import wave
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from mit.home import make_folder
from mit.store.sidefile import open_privately, sync_folder

if TYPE_CHECKING:
    from mit.audio import Audio

FULL_SCALE = 32767
"""Largest 16 bit sample."""


def keep_audio(folder: Path, id: UUID, audio: Audio) -> str:
    """Write a take as <id>.wav, mono, 16 bit; return the file's name. Raises OSError and StoreError.

    Under another name until it is whole, so that a file with its right name is never half a take.
    """
    import numpy as np  # late: the first screen needs no arrays

    make_folder(folder)
    whole, partial = folder / f"{id}.wav", folder / f"{id}.part"
    samples = np.rint(np.clip(audio.samples, -1.0, 1.0) * FULL_SCALE).astype("<i2")
    with open(partial, "wb", opener=open_privately) as file:
        with wave.open(file, "wb") as sound:
            sound.setparams((1, 2, audio.rate, len(samples), "NONE", "not compressed"))
            sound.writeframes(samples.tobytes())
        file.flush()
        os.fsync(file.fileno())
    partial.replace(whole)
    sync_folder(folder)
    return whole.name
