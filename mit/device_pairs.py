"""What was measured of each microphone with each loudspeaker, kept from one start to the next."""

from __future__ import annotations

from contextlib import suppress

import msgspec

from mit.home import Home, make_folder
from mit.settings_file import write_whole

VERSION = 1
"""Of the file; another one is measured anew, which takes a minute."""

MOST_BYTES = 65536
MOST_PAIRS = 20
"""Kept, the latest first: more devices than a household has."""


class Pair(msgspec.Struct, frozen=True, omit_defaults=True):
    """One microphone with one loudspeaker or headphone, by their names.

    delay: seconds there and back, spread: between its extremes; bleed: dB of the model at the microphone re the voice
    at this `loudness` setting (dB), ears: a value of `mit.setup.bleed.Ears`; voice, room: dB re full scale. None: not
    measured.
    """

    recorder: str
    player: str
    delay: float | None = None
    spread: float | None = None
    bleed: float | None = None
    ears: str | None = None
    loudness: float | None = None
    voice: float | None = None
    room: float | None = None


class Record(msgspec.Struct, frozen=True):
    """The file."""

    version: int
    pairs: tuple[Pair, ...]


def load_pairs(home: Home) -> tuple[Pair, ...]:
    """All pairs, the latest first; none where the file is missing, damaged or of another version."""
    with suppress(OSError, msgspec.DecodeError), open(home.devices, "rb") as file:
        record = msgspec.json.decode(file.read(MOST_BYTES), type=Record)
        return record.pairs if record.version == VERSION else ()
    return ()


def find_pair(home: Home, *, recorder: str, player: str) -> Pair:
    """What is known of two devices; an empty pair where nothing is."""
    known = (pair for pair in load_pairs(home) if (pair.recorder, pair.player) == (recorder, player))
    return next(known, Pair(recorder, player))


def save_pair(home: Home, pair: Pair) -> None:
    """Keep what was measured of a pair in place of what was known. Raises SettingsError, StoreError."""
    make_folder(home.root)
    others = (p for p in load_pairs(home) if (p.recorder, p.player) != (pair.recorder, pair.player))
    record = Record(VERSION, (pair, *others)[:MOST_PAIRS])
    write_whole(home.devices, msgspec.json.format(msgspec.json.encode(record)).decode() + "\n")
