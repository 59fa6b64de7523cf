"""A database of the first version opens with nothing lost, whatever happens meanwhile; see first_version/README."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mit.home import Home
from mit.store import Kept, Store, copies, migrate
from tests.crash import made

FIRST = Path(__file__).parent / "first_version"
ATTEMPTS = 8
WAITING = 2


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", tmp_path / "cache")


def first_version(home: Home, *, waiting: bool = True) -> None:
    home.root.mkdir(exist_ok=True)
    home.database.write_bytes(gzip.decompress((FIRST / "practice.sqlite3.gz").read_bytes()))
    if waiting:
        shutil.copy(FIRST / "attempts-waiting.jsonl", home.side_file)


def rows(database: Path, table: str = "attempts") -> list[dict[str, Any]]:
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY id")]


def shape(home: Home) -> dict[str, list[Any]]:
    tables = [name for (name,) in made.sql(home, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    columns = "SELECT name, type, [notnull], pk FROM pragma_table_info('{}') ORDER BY name"
    return {name: made.sql(home, columns.format(name)) for name in sorted(tables)}


def kept_copies(home: Home) -> list[Path]:
    return sorted(home.copies.glob("*.sqlite3"))


def test_a_database_of_the_first_version_opens_with_nothing_lost(home: Home) -> None:
    first_version(home)
    before = rows(home.database)
    with made.opened(home) as store:
        assert store.trouble is None
        assert len(store.attempts()) == ATTEMPTS + WAITING
        assert [len(row.unpack_contour().times) for row in store.attempts()] == [200] * (ATTEMPTS + WAITING)
        assert len(store.history().attempts) == ATTEMPTS + WAITING
        assert store.keep(made.attempt()) is Kept.DATABASE
    after = {row["id"]: row for row in rows(home.database)}
    assert len(before) == ATTEMPTS
    for row in before:
        assert after[row["id"]] == row | {"trial": None}
    assert not home.side_file.exists()


def test_what_was_led_here_is_the_same_as_what_is_new(home: Home, tmp_path: Path) -> None:
    fresh = Home(tmp_path / "fresh", tmp_path / "cache")
    Store.open(fresh).close()
    first_version(home)
    Store.open(home).close()
    assert shape(home) == shape(fresh)
    for found in (home, fresh):
        assert made.sql(found, "SELECT version_num FROM alembic_version") == [("0002",)]
        assert made.sql(found, "PRAGMA user_version") == [(2,)]


def test_a_copy_is_made_before_and_only_its_owner_can_read_it(home: Home) -> None:
    first_version(home)
    before = rows(home.database)
    Store.open(home).close()
    (copy,) = kept_copies(home)
    assert rows(copy) == before
    assert list(home.copies.iterdir()) == [copy]
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert stat.S_IMODE(home.copies.stat().st_mode) == 0o700
    Store.open(home).close()
    assert kept_copies(home) == [copy]


def test_a_copy_that_is_put_back_opens_again(home: Home) -> None:
    first_version(home)
    Store.open(home).close()
    for left in home.root.glob("practice.sqlite3*"):
        left.unlink()
    shutil.copy(kept_copies(home)[0], home.database)
    with made.opened(home) as store:
        assert len(store.attempts()) == ATTEMPTS
    assert len(kept_copies(home)) == 1


def test_a_change_that_meets_a_fault_leaves_all_as_it_was(home: Home, tmp_path: Path, monkeypatch: Any) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(migrate.SCRIPTS, broken, ignore=shutil.ignore_patterns("__pycache__"))
    with (broken / "versions" / "v0002_sessions.py").open("a") as script:
        script.write('    raise RuntimeError("met halfway")\n')
    first_version(home, waiting=False)
    before = rows(home.database)
    with monkeypatch.context() as patched:
        patched.setattr(migrate, "SCRIPTS", broken)
        for _ in range(3):
            with made.opened(home) as store:
                assert "could not be brought up to date" in str(store.trouble)
                assert store.keep(made.attempt()) is Kept.ASIDE
    assert rows(home.database) == before
    assert len(kept_copies(home)) == 1
    with made.opened(home) as store:
        assert (store.trouble, len(store.attempts())) == (None, ATTEMPTS + 3)


def test_few_copies_stay_and_none_goes_that_holds_something_of_its_own(home: Home) -> None:
    first_version(home)
    Store.open(home).close()
    (copy,) = kept_copies(home)
    for day in range(10, 16):
        shutil.copy(copy, copy.with_name(f"practice-schema-1-202601{day}T000000000000.sqlite3"))
    odd = home.copies / "practice-schema-1-20251231T000000000000.sqlite3"
    shutil.copy(copy, odd)
    with closing(sqlite3.connect(odd)) as connection:
        connection.execute("UPDATE attempts SET id = 'another' WHERE rowid = 1")
        connection.commit()
    copies.thin_out(home.database, home.copies)
    assert odd in kept_copies(home)
    assert len(kept_copies(home)) == copies.MOST_COPIES + 1
    assert copy in kept_copies(home)


def test_a_start_without_an_older_database_loads_no_migration(home: Home) -> None:
    made.fill(home, 1)
    script = (
        "import sys; from pathlib import Path; from mit.home import Home; from mit.store import Store\n"
        "store = Store.open(Home(Path(sys.argv[1]), Path(sys.argv[1])))\n"
        "print(len(store.attempts()), 'alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(home.root)], capture_output=True, text=True, check=True)
    assert done.stdout == "1 False\n"
