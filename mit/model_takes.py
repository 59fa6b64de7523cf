"""Takes that may be the model: a therapist's or relative's own singing, kept raw. A shell.

Each is a WAV file as it was sung and, beside it, a side-car with what was sung; the side-car is written last, so that
a take is whole or not there. Only their owner can read them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import msgspec

from mit.audio import Audio, resample
from mit.errors import RecordingError, StoreError
from mit.home import OWNER_FILE, Home, make_folder
from mit.melody import Melody
from mit.phrase import Phrase, Syllable, split

SCHEMA = 1

MAX_SIDECAR = 65536
"""Bytes: thirty times what 24 syllables take."""

HIGHEST_RATE = 48000
"""Hz at which a take is kept at most: nothing of a voice lies above 24 kHz."""


@dataclass(frozen=True, slots=True)
class ModelTake:
    """What is known of a take. It says nothing of who sang.

    id: the name of its files; phrase, language, text: what was sung (text with its syllable breaks); at: UTC;
    origin: "recorded" or "imported"; melody: what it was sung along with, or, where `authored`, what was found in it;
    flaw: why it is kept but not used, "" where it is.
    """

    id: str
    phrase: str
    language: str
    text: str
    at: datetime
    origin: str
    melody: Melody
    authored: bool = False
    flaw: str = ""
    schema: int = SCHEMA

    def is_of(self, phrase: Phrase) -> bool:
        """Whether it sings this phrase: the words decide, whatever id they have."""
        return (self.language, self.text.casefold()) == (phrase.language, phrase.hyphenated.casefold())

    def as_phrase(self) -> Phrase:
        """Its words and syllables. Raises PhraseError."""
        syllables = tuple(Syllable(text, word_end=end) for text, end in split(self.text))
        return Phrase(self.phrase, syllables, self.language)


def keep_take(
    home: Home, audio: Audio, phrase: Phrase, melody: Melody, *, origin: str, at: datetime, flaw: str = ""
) -> ModelTake:
    """Keep a take, raw: one channel, 16 bits, at most 48 kHz. Raises RecordingError or StoreError."""
    from mit.device.wav import write_wav

    folder = make_folder(home.model_takes)
    id = _free_name(folder, f"{phrase.id}-{at:%Y%m%d-%H%M%S}")
    take = ModelTake(id, phrase.id, phrase.language, phrase.hyphenated, at, origin, melody, flaw=flaw)
    partial = folder / f"{id}.part"
    try:
        write_wav(partial, resample(audio, min(audio.rate, HIGHEST_RATE)), private=True)
        partial.replace(folder / f"{id}.wav")
    except OSError as fault:
        raise _unwritable(fault) from fault
    finally:
        with suppress(OSError):
            partial.unlink()
    _write_sidecar(folder, take)
    return take


def keep_melody(home: Home, take: ModelTake, melody: Melody) -> ModelTake:
    """Make a melody that was found in a take its target. Raises StoreError."""
    changed = replace(take, melody=melody, authored=True, flaw="")
    _write_sidecar(home.model_takes, changed)
    return changed


def all_takes(home: Home) -> tuple[ModelTake, ...]:
    """Every take whose side-car can be read, the latest first."""
    return tuple(sorted(_readable(home), key=lambda take: (take.at, take.id), reverse=True))


def latest_take(home: Home, phrase: Phrase) -> ModelTake | None:
    """The latest take of a phrase that can be used."""
    return next((t for t in all_takes(home) if t.is_of(phrase) and not t.flaw), None)


def find_take(home: Home, id: str) -> ModelTake:
    """A take by its name. Raises RecordingError."""
    for take in all_takes(home):
        if take.id == id:
            return take
    raise RecordingError(f"There is no take {id!r:.80}.", "See: mit voice list")


def read_take(home: Home, take: ModelTake) -> Audio:
    """Its sound, as it was sung. Raises RecordingError."""
    from mit.device.wav import read_wav

    return read_wav(home.model_takes / f"{take.id}.wav")


def remove_take(home: Home, take: ModelTake) -> None:
    """Remove a take for good. Raises StoreError."""
    try:
        for file in (_sidecar(home.model_takes, take.id), home.model_takes / f"{take.id}.wav"):
            file.unlink(missing_ok=True)
    except OSError as fault:
        raise StoreError(f"The take cannot be removed ({fault.strerror}).", f"Look at {home.model_takes}.") from fault


def _readable(home: Home) -> Iterator[ModelTake]:
    for file in home.model_takes.glob("*.json"):
        with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
            with file.open("rb") as opened:
                take = msgspec.json.decode(opened.read(MAX_SIDECAR), type=ModelTake)
            if take.schema == SCHEMA and take.id == file.stem and take.melody.notes:
                yield take


def _free_name(folder: Path, name: str) -> str:
    """The name, or with a number where a take of the same second has it."""
    names = (name, *(f"{name}-{k}" for k in range(2, 1000)))
    taken = {file.stem for file in folder.iterdir()}
    return next(n for n in names if n not in taken)


def _write_sidecar(folder: Path, take: ModelTake) -> None:
    """Under another name until it is whole: a change that fails leaves the take as it was."""
    partial = folder / f"{take.id}.new"
    try:
        partial.touch(OWNER_FILE)
        partial.write_bytes(msgspec.json.format(msgspec.json.encode(take), indent=1))
        partial.replace(_sidecar(folder, take.id))
    except OSError as fault:
        with suppress(OSError):
            partial.unlink()
        raise _unwritable(fault) from fault


def _sidecar(folder: Path, id: str) -> Path:
    return folder / f"{id}.json"


def _unwritable(fault: OSError) -> StoreError:
    return StoreError(f"The take cannot be kept ({fault.strerror}).", "Free some space, or set MIT_HOME elsewhere.")
