"""Looks at everything the trainer needs on this computer and says, for each thing that is missing, the next step."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from mit.errors import MitError
from mit.home import Home, make_folder

LEAST_DISK = 200_000_000
"""Bytes: a year of daily practice with kept recordings needs about 100 MB a month, without them 1 MB."""

LEAST_SCREEN = (80, 24)
"""Columns and rows."""

PACKAGES = ("librosa", "numba", "numpy", "scipy", "sounddevice", "soundfile", "soxr", "SQLAlchemy", "textual")

LISTENING = 1.5
"""Seconds: more than the second of zeros after which a microphone counts as mute."""

LOUD_ROOM = -40.0
"""dB re full scale: a voice has about -20 there, and judging wants 10 dB between the two."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. what: how it is, in one line; next_step: what to do, "" where all is well."""

    name: str
    ok: bool
    what: str
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """What the checks are told: where the data lies, which devices are chosen (None: the system's)."""

    home: Home
    recorder: str | None = None
    player: str | None = None


Finding = tuple[bool, str, str]
"""ok, what, next step."""


def run_checks(
    home: Home, *, recorder: str | None = None, player: str | None = None, listen: bool = False
) -> tuple[Check, ...]:
    """Look at everything. listen: open the microphone for 1.5 s to hear how loud the room is; nothing is kept."""
    bench = Bench(home, recorder, player)
    table = CHECKS + LISTENING_CHECKS if listen else CHECKS
    return tuple(_run(name, check, bench) for name, check in table)


def _run(name: str, check: Callable[[Bench], Finding], bench: Bench) -> Check:
    try:
        return Check(name, *check(bench))
    except MitError as fault:
        return Check(name, False, fault.message, fault.hint)


def _python(_bench: Bench) -> Finding:
    return True, f"{sys.version.split()[0]} on {sys.platform}", ""


def _packages(_bench: Bench) -> Finding:
    found, missing = [], []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            missing.append(package)
    if missing:
        return False, f"Missing: {', '.join(missing)}", "Install the trainer again: pip install --force-reinstall ."
    return True, ", ".join(found), ""


def _portaudio(_bench: Bench) -> Finding:
    from mit.device.portaudio import library

    return True, str(library().get_portaudio_version()[1]), ""


def _microphone(bench: Bench) -> Finding:
    from mit.device.portaudio import Direction, find_device

    device = find_device(bench.recorder, Direction.IN)
    return True, f"{device.name} ({device.host})", ""


def _loudspeaker(bench: Bench) -> Finding:
    from mit.device.portaudio import Direction, find_device

    device = find_device(bench.player, Direction.OUT)
    return True, f"{device.name} ({device.host})", ""


def _level(bench: Bench) -> Finding:
    from mit.device import ENDS_TAKE
    from mit.device.faults import Fault, remedy
    from mit.device.sound import SoundRecorder
    from mit.melody import Melody

    take = SoundRecorder(bench.recorder).open(Melody(()))
    try:
        level = _hear(take.read)
        trouble = take.trouble
    finally:
        take.close()
    if trouble in ENDS_TAKE or level is None:
        return False, "Only silence comes from the microphone: muted or not allowed.", remedy(Fault.MICROPHONE)
    if level > LOUD_ROOM:
        return False, f"The room is loud: {level:.0f} dB.", "Turn off fans and radio, or sit closer to the microphone."
    return True, f"The room is quiet: {level:.0f} dB.", ""


def _hear(read: Callable[[float], object]) -> float | None:
    """The median level in dB over LISTENING seconds; None when nothing came."""
    import numpy as np

    from mit.audio import ANALYSIS_RATE
    from mit.device.watchdog import Heard, hear

    heard = Heard(ANALYSIS_RATE)
    until = time.monotonic() + LISTENING
    while time.monotonic() < until:
        samples = read(0.1)
        if not isinstance(samples, np.ndarray):
            break
        heard = hear(heard, samples)
    return float(np.median(heard.levels)) if heard.levels else None


def _screen(_bench: Bench) -> Finding:
    columns, rows = shutil.get_terminal_size()
    enough = columns >= LEAST_SCREEN[0] and rows >= LEAST_SCREEN[1]
    size = f"{columns} columns, {rows} rows"
    return enough, size, "" if enough else "Make the window larger: at least 80 columns and 24 rows."


def _disk(bench: Bench) -> Finding:
    free = shutil.disk_usage(_existing(bench.home.root)).free
    enough = free >= LEAST_DISK
    return enough, f"{free / 1e9:.1f} GB free", "" if enough else "Delete files you no longer need."


def _existing(folder: Path) -> Path:
    return next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())


def _data(bench: Bench) -> Finding:
    return _writable(bench.home.root)


def _attempts(bench: Bench) -> Finding:
    """Opens the store where there is one, as practice does."""
    from mit.store import Store

    if not bench.home.database.exists():
        return True, "none yet", ""
    store = Store.open(bench.home)
    if store.trouble:
        raise store.trouble
    count = len(store.attempts())
    store.close()
    return True, f"{count} kept", ""


def _assignment(bench: Bench) -> Finding:
    """Whether the assignment that was taken can be read; without one the starter's phrases are practised."""
    from mit.store import Store

    if not bench.home.database.exists():
        return True, "none yet", ""
    store = Store.open(bench.home)
    try:
        found = store.assignment()
    finally:
        store.close()
    made = f", made {found.made:%Y-%m-%d}" if found and found.made else ""
    return True, f"{found.person}, {found.level}{made}" if found else "none yet", ""


def _measured(bench: Bench) -> Finding:
    """What set-up found of these two devices."""
    from mit.device_pairs import DEFAULT, find_pair

    pair = find_pair(bench.home, recorder=bench.recorder or DEFAULT, player=bench.player or DEFAULT)
    told = [pair.ears] if pair.ears else []
    told += [f"the model {pair.bleed:+.0f} dB re the voice"] if pair.bleed is not None else []
    told += [f"delay {1000 * pair.delay:.0f} ms"] if pair.delay is not None else []
    return True, ", ".join(told) or "nothing measured yet: mit setup", ""


def _cache(bench: Bench) -> Finding:
    ok, what, next_step = _writable(bench.home.numba)
    compiled = any(bench.home.numba.rglob("*.nbi"))
    state = "warm" if compiled else "not warm yet: the first start compiles for about half a minute"
    return ok, f"{what}, {state}" if ok else what, next_step


def _writable(folder: Path) -> Finding:
    make_folder(folder)
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True, str(folder), ""
    except OSError as fault:
        what = f"{folder} cannot be written ({fault.strerror})."
        return False, what, "Set MIT_HOME to a folder that you can write to."


CHECKS: tuple[tuple[str, Callable[[Bench], Finding]], ...] = (
    ("Python", _python),
    ("Packages", _packages),
    ("PortAudio", _portaudio),
    ("Microphone", _microphone),
    ("Loudspeaker", _loudspeaker),
    ("Set-up", _measured),
    ("Screen", _screen),
    ("Disk", _disk),
    ("Data folder", _data),
    ("Attempts", _attempts),
    ("Assignment", _assignment),
    ("Cache", _cache),
)

LISTENING_CHECKS: tuple[tuple[str, Callable[[Bench], Finding]], ...] = (("Sound level", _level),)
