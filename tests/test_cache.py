from __future__ import annotations

import multiprocessing
import os
import stat
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mit.audio import Audio
from mit.cache import rendered
from mit.home import Home
from mit.melody import Melody, intone
from mit.phrase import spell
from mit.voice import render

PHRASE = intone(spell("wa-ter", "HL"), beat=0.4)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path, tmp_path / "cache")


def kept(home: Home) -> list[Path]:
    return sorted(home.voices.iterdir(), key=lambda path: path.stat().st_mtime_ns)


def same(one: Audio, other: Audio) -> bool:
    return one.rate == other.rate and np.array_equal(one.samples, other.samples)


def age(path: Path, seconds: float) -> None:
    os.utime(path, (time.time() - seconds,) * 2)


def test_what_was_rendered_is_read_back_sample_by_sample(home: Home) -> None:
    first = rendered(home, PHRASE, lead=0.2)
    age(kept(home)[0], 1000)
    assert same(first, render(PHRASE, lead=0.2))
    assert same(rendered(home, PHRASE, lead=0.2), first)
    assert len(kept(home)) == 1
    assert kept(home)[0].stat().st_mtime > time.time() - 500  # its use was noted


def test_only_the_owner_can_read_it(home: Home) -> None:
    rendered(home, PHRASE)
    assert stat.S_IMODE(kept(home)[0].stat().st_mode) == 0o600
    assert stat.S_IMODE(home.voices.stat().st_mode) == 0o700


def test_another_tempo_key_lead_or_voice_is_another_sound(home: Home) -> None:
    melodies = (PHRASE, intone(spell("wa-ter", "HL"), beat=0.41), intone(spell("wa-ter", "HL"), beat=0.4, low=56.0))
    for melody in melodies:
        rendered(home, melody)
    rendered(home, PHRASE, lead=0.1)
    assert len(kept(home)) == 4


def test_the_spelling_alone_makes_no_other_sound(home: Home) -> None:
    rendered(home, PHRASE)
    rendered(home, Melody(tuple(replace(note, text="x") for note in PHRASE.notes)))
    assert len(kept(home)) == 1


@pytest.mark.parametrize(
    "damage", [lambda b: b"", lambda b: b[:40], lambda b: b[:-7], lambda b: b[:99] + b"x" + b[100:]]
)
def test_a_damaged_entry_is_made_again(home: Home, damage: object) -> None:
    first = rendered(home, PHRASE)
    path = kept(home)[0]
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert same(rendered(home, PHRASE), first)
    assert same(rendered(home, PHRASE), first)
    assert len(path.read_bytes()) > 1000


def test_the_longest_unused_go_first(home: Home) -> None:
    melodies = [intone(spell("wa-ter", "HL"), beat=0.4, low=50.0 + k) for k in range(5)]
    for k, melody in enumerate(melodies[:4]):
        rendered(home, melody)
        age(kept(home)[-1], 1000 - k)
    size = kept(home)[0].stat().st_size
    rendered(home, melodies[0])  # used again: the second is now the oldest
    rendered(home, melodies[4], most_bytes=3 * size)
    names = {path.name for path in kept(home)}
    assert len(names) == 3
    for melody in (melodies[0], melodies[3], melodies[4]):
        rendered(home, melody)
    assert {path.name for path in kept(home)} == names


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert same(rendered(Home(tmp_path, blocked), PHRASE), render(PHRASE))


def _fill(home: Home) -> None:
    for k in range(12):
        rendered(home, intone(spell("wa-ter", "HL"), beat=0.4, low=50.0 + k), most_bytes=150_000)


def test_two_processes_share_the_folder(home: Home) -> None:
    workers = [multiprocessing.get_context("spawn").Process(target=_fill, args=(home,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert all(path.suffix == ".model" for path in kept(home))
    assert sum(path.stat().st_size for path in kept(home)) <= 300_000
