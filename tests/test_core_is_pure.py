"""The core takes values and returns values: importing any of it pulls in no screen, no sound system, no database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import mit

# fmt: off
SHELLS = {
    "__main__", "batch", "benchmark", "cache", "cli", "device", "device_pairs", "doctor", "espeak_child",
    "f0_track", "graded", "home", "judging_speed", "library", "log", "model", "model_takes", "options",
    "phrase_commands", "prompts", "questions", "recordings", "settings", "settings_file", "setup_commands",
    "simulate_command", "sing_along", "speakers", "store", "targets", "therapist_commands", "tracker_cache",
    "tui", "voice_commands",
}
# fmt: on
"""The only modules that touch the world; whatever is new is core until it is named here."""

OUTSIDE = ("textual", "sounddevice", "sqlalchemy", "sqlite3", "soundfile", "typer", "platformdirs")

PACKAGE = Path(mit.__file__).parent
CORE = sorted(
    ".".join(("mit", *file.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
    for file in PACKAGE.rglob("*.py")
    if file.relative_to(PACKAGE).parts[0].removesuffix(".py") not in SHELLS
)


def test_there_is_a_core() -> None:
    assert {"mit.phrase", "mit.melody", "mit.pitch", "mit.align", "mit.score", "mit.practice"} <= set(CORE)


@pytest.mark.parametrize("names", [CORE])
def test_core_imports_nothing_of_the_world(names: list[str]) -> None:
    code = f"""
import importlib, sys
for name in {names!r}:
    before = set(sys.modules)
    importlib.import_module(name)
    pulled = {{m.split(".")[0] for m in set(sys.modules) - before}} & set({OUTSIDE!r})
    own = [m for m in set(sys.modules) - before if m.startswith("mit.")]
    shells = {{m for m in own if m.split(".")[1] in {sorted(SHELLS - {"device"})!r}}}
    if pulled or shells:
        print(name, sorted(pulled | shells))
"""
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == ""


def test_the_terminal_side_loads_no_numbers_before_the_first_screen() -> None:
    heavy = ("numpy", "librosa", "numba", "scipy", "sqlalchemy", "sounddevice", "soundfile", "soxr", "typer")
    code = f"import sys, mit.tui.start, mit.tui.app; print([m for m in {heavy!r} if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
