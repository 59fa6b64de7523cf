from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from mit import log
from mit.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    yield Home(tmp_path / "home", tmp_path / "cache")
    log.close_log()


def test_a_line_has_its_utc_time_its_place_and_nothing_else(home: Home) -> None:
    log.open_log(home)
    logging.getLogger("mit.store").warning("%d waiting lines taken in", 3)
    time, *rest = home.log.read_text().split()
    assert time.endswith("Z")
    assert rest == ["WARNING", "mit.store", "3", "waiting", "lines", "taken", "in"]


def test_a_fault_is_logged_by_kind_and_place_without_what_it_says(home: Home) -> None:
    logger = log.open_log(home)
    try:
        raise ValueError("I want some wa-ter, said Anna")
    except ValueError:
        logger.exception("a take was not judged")
    text = home.log.read_text()
    assert "ValueError in test_log.py:" in text
    assert "Anna" not in text
    assert str(Path(__file__).parent) not in text


def test_the_folders_of_the_person_are_hidden(home: Home) -> None:
    log.open_log(home).info("reading %s and %s and %s", home.settings, home.numba, Path.home() / "anna" / "x")
    text = home.log.read_text()
    assert "<home>/settings.toml and <cache>/numba and ~/anna/x" in text.replace(os.sep, "/")


@pytest.mark.skipif(os.name != "posix", reason="file modes of POSIX")
def test_it_is_bounded_and_for_its_owner_alone(home: Home) -> None:
    logger = log.open_log(home)
    before = os.umask(0)
    try:
        for k in range(4 * log.MAX_BYTES // 1000):
            logger.info("%d %s", k, "." * 1000)
    finally:
        os.umask(before)
    files = sorted(home.root.glob("mit.log*"))
    assert [path.name for path in files] == ["mit.log", "mit.log.1"]
    assert all(path.stat().st_size <= log.MAX_BYTES for path in files)
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_a_second_log_takes_the_place_of_the_first(home: Home, tmp_path: Path) -> None:
    log.open_log(home).info("one")
    other = Home(tmp_path / "other", tmp_path / "cache")
    log.open_log(other).info("two")
    assert "two" not in home.log.read_text()
    assert "one" not in other.log.read_text()


def test_where_nothing_can_be_written_nothing_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "home").write_text("a file")
    log.open_log(Home(tmp_path / "home", tmp_path / "cache")).error("unheard")
    log.close_log()
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_not_told_on_the_screen(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    home.root.mkdir()
    home.log.symlink_to("/dev/full")
    log.open_log(home).error("unheard")
    log.close_log()
    assert capsys.readouterr() == ("", "")
