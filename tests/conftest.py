"""Fixtures that several test files share."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mit.home import find_home
from mit.tracker_cache import ready_tracker
from tests.sound.card import VirtualSound, lacking

MAY_SKIP = ("MIT_EVAL",)
"""Beginnings of the reasons for which a test may be skipped in CI; everything else is installed there."""


def pytest_configure(config: pytest.Config) -> None:
    """Each process that runs tests waits until one of them has compiled the tracker."""
    ready_tracker(find_home())


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a check that did not run is a check that failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("CI") or reporter is None:
        return
    reasons = [str(report.longrepr[2]) for report in reporter.stats.get("skipped", [])]
    if forbidden := [r for r in reasons if not r.removeprefix("Skipped: ").startswith(MAY_SKIP)]:
        reporter.write_line(f"skipped in CI, which counts as failed: {'; '.join(forbidden)}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def sound_server() -> Iterator[VirtualSound]:
    """One virtual sound card for all tests. Where its programs are missing: skipped, in CI a failure."""
    if reason := lacking():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    folder = Path(tempfile.mkdtemp(prefix="mit-card-", dir="/tmp"))  # short: a socket's path has 107 characters at most
    card = VirtualSound(folder)
    try:
        yield card
    finally:
        card.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def virtual_sound(sound_server: VirtualSound) -> Iterator[VirtualSound]:
    """The card as new. Give `env` to the processes that shall use it."""
    sound_server.start()
    yield sound_server
    sound_server.hush()


@pytest.fixture
def sound_here(virtual_sound: VirtualSound, monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualSound]:
    """The card as new, used by this very process."""
    from mit.device import portaudio

    for name, value in virtual_sound.env.items():
        monkeypatch.setenv(name, value)
    portaudio.rescan()
    yield virtual_sound
    virtual_sound.hush()
