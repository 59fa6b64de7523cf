"""Takes that may be the model: a therapist's or relative's own singing, kept raw. A shell.

Each is a WAV file as it was sung and, beside it, a side-car with what was sung; the side-car is written last, so that
a take is whole or not there. Only their owner can read them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from mit.errors import RecordingError, StoreError
from mit.home import OWNER_FILE, Home, make_folder
from mit.melody import Melody
from mit.phrase import Phrase, Syllable, shown_height, split

if TYPE_CHECKING:
    from mit.audio import Audio

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
    flaw: why it is kept but not used, "" where it is; tuned: how far it is moved to the melody when it is the model,
    0 as sung to 1.
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
    tuned: Annotated[float, Meta(ge=0.0, le=1.0)] = 1.0
    schema: int = SCHEMA

    def is_of(self, phrase: Phrase) -> bool:
        """Whether it sings this phrase: the words decide, whatever id they have."""
        same = (self.language, self.text.casefold()) == (phrase.language, phrase.hyphenated.casefold())
        return same and len(self.melody.notes) == len(phrase.syllables)

    def exercise(self, phrase: Phrase) -> tuple[Phrase, Melody]:
        """The phrase and the melody to practise where this take is the model: shown as high as it is sung."""
        lowest = min((n.pitch for n in self.melody.notes if n.pitch is not None), default=0.0)
        shown = tuple(
            s if n.pitch is None else replace(s, height=shown_height(n.pitch - lowest))
            for s, n in zip(phrase.syllables, self.melody.notes, strict=True)
        )
        return replace(phrase, syllables=shown), self.melody

    def as_phrase(self) -> Phrase:
        """Its words and syllables. Raises PhraseError."""
        syllables = tuple(Syllable(text, word_end=end) for text, end in split(self.text))
        return Phrase(self.phrase, syllables, self.language)


def keep_take(
    home: Home,
    audio: Audio,
    phrase: Phrase,
    melody: Melody,
    *,
    origin: str,
    at: datetime,
    flaw: str = "",
    tuned: float = 1.0,
) -> ModelTake:
    """Keep a take, raw: one channel, 16 bits, at most 48 kHz. Raises RecordingError or StoreError."""
    from mit.audio import resample  # late: what takes there are is known before the first screen
    from mit.device.wav import write_wav

    folder = make_folder(home.model_takes)
    id = _free_name(folder, f"{phrase.id}-{at:%Y%m%d-%H%M%S}")
    take = ModelTake(id, phrase.id, phrase.language, phrase.hyphenated, at, origin, melody, flaw=flaw, tuned=tuned)
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


def keep_tuned(home: Home, take: ModelTake, tuned: float) -> ModelTake:
    """Let a take be moved that far to the melody when it is the model. Raises StoreError."""
    changed = replace(take, tuned=tuned)
    _write_sidecar(home.model_takes, changed)
    return changed


def all_takes(home: Home) -> tuple[ModelTake, ...]:
    """Every take whose side-car can be read, the latest first."""
    return tuple(sorted(_readable(home), key=lambda take: (take.at, take.id), reverse=True))


def latest_take(home: Home, phrase: Phrase) -> ModelTake | None:
    """The latest take of a phrase that can be used."""
    return models(home, (phrase,)).get(phrase.id)


def models(home: Home, phrases: Iterable[Phrase]) -> dict[str, ModelTake]:
    """For the phrases of which there are takes that can be used: the latest, by the phrase's id."""
    usable = [take for take in all_takes(home) if not take.flaw]
    found = ((p.id, next((take for take in usable if take.is_of(p)), None)) for p in phrases)
    return {id: take for id, take in found if take is not None}


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


def exercises(
    home: Home, phrases: Iterable[Phrase], made_up: Callable[[Phrase], Melody]
) -> tuple[tuple[Phrase, Melody], ...]:
    """Each phrase with the melody to practise: that of the take which is its model, else one that is made up."""
    phrases = tuple(phrases)
    takes = models(home, phrases)
    return tuple(takes[p.id].exercise(p) if p.id in takes else (p, made_up(p)) for p in phrases)


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
