"""The one door to PortAudio: loaded late, its devices listed, its streams opened and closed one at a time.

PortAudio is one per process and keeps no order between threads itself, so whoever lists, opens or closes waits here.
"""

from __future__ import annotations

import atexit
import importlib
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mit.device.faults import Fault, UnusableDeviceError
from mit.device.pace import BLOCK

PATIENCE = 3.0
"""Seconds to wait for another thread's opening or closing: it takes 0.1 s, or for ever when a sound server hangs."""

CLOSING = 1.0
"""Seconds to wait for a closing: it takes 2 ms."""

FOLLOWERS = frozenset({"default", "pulse", "pipewire"})
"""ALSA names that lead to whatever source the sound server has chosen."""

SERVER_PATIENCE = 1.0
"""Seconds for the sound server to name its default source: it takes 10 ms."""

LOOPBACK = re.compile(r"monitor|loop|stereo ?mix|what u hear|wave ?out mix|rec\. playback", re.IGNORECASE)
"""Names of sources that give back what the computer plays (PulseAudio, ALSA, Realtek, Creative)."""

CARD_NUMBER = re.compile(r"[\s:,-]*\(hw:\d+,\d+\)$")

Callback = Callable[..., None]

_turn = threading.RLock()
_open_streams: set[Any] = set()


class Direction(StrEnum):
    """Which way sound goes; the values are PortAudio's words."""

    IN = "input"
    OUT = "output"


CHANNELS = {Direction.IN: (1, 2), Direction.OUT: (2, 1)}
"""In the order they are asked for: one microphone; both ears."""

MISSING = {Direction.IN: Fault.MICROPHONE, Direction.OUT: Fault.SPEAKER}


@dataclass(frozen=True, slots=True)
class Device:
    """A device as PortAudio lists it. inputs, outputs: channels; rate: its own sample rate, Hz; host: sound system."""

    index: int
    name: str
    inputs: int
    outputs: int
    rate: int
    host: str

    @property
    def loopback(self) -> bool:
        """True where its name says that it gives back what the computer plays."""
        return bool(LOOPBACK.search(self.name))

    def channels(self, direction: Direction) -> int:
        return self.inputs if direction is Direction.IN else self.outputs


@cache
def library() -> Any:
    """The sounddevice module. Raises UnusableDeviceError where PortAudio is missing."""
    try:
        module = importlib.import_module("sounddevice")
    except OSError as fault:
        raise UnusableDeviceError(Fault.LIBRARY) from fault
    atexit.register(_close_all)  # runs before the module's own ending, which hangs on a stream that is just closing
    return module


@contextmanager
def _in_turn() -> Iterator[Any]:
    """PortAudio for one thread at a time. Raises UnusableDeviceError when another thread's call does not come back."""
    if not _turn.acquire(timeout=PATIENCE):
        raise UnusableDeviceError(Fault.UNANSWERED)
    try:
        yield library()
    finally:
        _turn.release()


def list_devices(*, fresh: bool = False) -> tuple[Device, ...]:
    """All devices, none where there are none. fresh: look again for what was plugged in. Raises UnusableDeviceError."""
    if fresh:
        rescan()
    with _in_turn() as sd:
        return tuple(_device(sd, entry) for entry in sd.query_devices())


def find_device(name: str | None, direction: Direction) -> Device:
    """The named device, or the system's default for None. A part of a name is enough where nothing has it whole.

    Raises UnusableDeviceError: none there, or it hears the computer's own sound.
    """
    device = _default(direction) if name is None else _named(name, direction)
    if device is None:
        raise UnusableDeviceError(MISSING[direction], name)
    heard = _heard_name(device)
    if direction is Direction.IN and LOOPBACK.search(heard):
        raise UnusableDeviceError(Fault.LOOPBACK, heard)
    return device


def microphones(devices: tuple[Device, ...]) -> tuple[str, ...]:
    """Names of what can be listened with, each once, as they are found again: none that hears the computer itself."""
    names = (lasting_name(device.name) for device in devices if device.inputs and not device.loopback)
    return tuple(dict.fromkeys(names))


def loudspeakers(devices: tuple[Device, ...]) -> tuple[str, ...]:
    """Names of what can be heard through, each once, as they are found again."""
    names = (lasting_name(device.name) for device in devices if device.outputs and not device.loopback)
    return tuple(dict.fromkeys(names))


def lasting_name(name: str) -> str:
    """A device's name without the number that ALSA gives it anew at every start: "USB Audio: - (hw:2,0)"."""
    return CARD_NUMBER.sub("", name) or name


def rescan() -> bool:
    """Look again for devices: PortAudio's list is as old as its start. False while a stream is open (not possible)."""
    with _in_turn() as sd:
        if _open_streams:
            return False
        sd._terminate()
        sd._initialize()
        return True


def open_stream(
    name: str | None, direction: Direction, rate: int, prepare: Callable[[int], Callback], over: Callable[[], None]
) -> Any:
    """Open and start a stream of float32 in 20 ms blocks. Blocks for about 0.1 s. Raises UnusableDeviceError.

    name: None for the system's default; rate: Hz that is wished, the device's own is taken where it is refused;
    prepare: told the rate, gives the callback, which gets raw buffers (`frames_of`); over: called when the stream has
    ended, whyever. Where it does not open, devices are looked for afresh and it is tried once more.
    """
    try:
        return _open(find_device(name, direction), direction, rate, prepare, over)
    except UnusableDeviceError as fault:
        if fault.fault is not MISSING[direction] or not rescan():
            raise
    return _open(find_device(name, direction), direction, rate, prepare, over)


def _open(
    device: Device, direction: Direction, rate: int, prepare: Callable[[int], Callback], over: Callable[[], None]
) -> Any:
    with _in_turn() as sd:
        make = sd.RawInputStream if direction is Direction.IN else sd.RawOutputStream
        settings = _settings(sd, direction, device, rate)
        taken = settings["samplerate"]
        callbacks = {"callback": prepare(taken), "finished_callback": over}
        try:
            stream = make(**settings, **callbacks, blocksize=round(taken * BLOCK), latency="high")
            stream.start()
        except (sd.PortAudioError, ValueError) as fault:
            raise UnusableDeviceError(MISSING[direction], device.name) from fault
        _open_streams.add(stream)
        return stream


def frames_of(buffer: Any, frames: int) -> NDArray[np.float32]:
    """A callback's raw buffer as an array of shape (frames, channels), writable where the buffer is."""
    return np.frombuffer(buffer, dtype=np.float32).reshape(frames, -1)


def clock_offset(stream: Any) -> float:
    """Seconds by which the stream's clock is ahead of the monotonic one; 0 where the stream has died already."""
    before = time.monotonic()
    try:
        now = float(stream.time)
    except library().PortAudioError:
        return 0.0
    return now - (before + time.monotonic()) / 2


def close_stream(stream: Any) -> None:
    """Close for good; nothing is heard or played afterwards. A second time it does nothing.

    Where the sound server hangs, this comes back after a moment and the closing goes on without the caller.
    """
    closing = threading.Thread(target=_close, args=(stream,), name="mit-closing", daemon=True)
    closing.start()
    closing.join(CLOSING)


def _close(stream: Any) -> None:
    with _in_turn():
        if stream in _open_streams:
            stream.close(ignore_errors=True)
            _open_streams.discard(stream)


def _close_all() -> None:
    try:
        for stream in tuple(_open_streams):
            close_stream(stream)
        with _in_turn():
            return
    except UnusableDeviceError:
        library()._initialized = 0  # the sound server hangs: the module's own ending would wait for it for ever


def default_source() -> str | None:
    """The sound server's name of the microphone it has chosen; None where there is no such server to ask.

    Raises UnusableDeviceError where the server hangs: opening a stream would then never come back.
    """
    if not (pactl := shutil.which("pactl")):
        return None
    try:
        answer = subprocess.run(
            [pactl, "get-default-source"], capture_output=True, text=True, timeout=SERVER_PATIENCE, check=True
        )
    except subprocess.TimeoutExpired as fault:
        raise UnusableDeviceError(Fault.UNANSWERED) from fault
    except (OSError, subprocess.CalledProcessError):
        return None
    return answer.stdout.strip() or None


def _heard_name(device: Device) -> str:
    """The device's name, or that of the source which ALSA hides behind "default"."""
    return (default_source() if device.name in FOLLOWERS else None) or device.name


def _default(direction: Direction) -> Device | None:
    with _in_turn() as sd:
        try:
            return _device(sd, sd.query_devices(kind=direction.value))
        except (sd.PortAudioError, ValueError):
            return None


def _named(name: str, direction: Direction) -> Device | None:
    usable = [device for device in list_devices() if device.channels(direction)]
    exact = [device for device in usable if device.name == name]
    return next(iter(exact or [device for device in usable if name.lower() in device.name.lower()]), None)


def _device(sd: Any, entry: Any) -> Device:
    return Device(
        index=int(entry["index"]),
        name=str(entry["name"]),
        inputs=int(entry["max_input_channels"]),
        outputs=int(entry["max_output_channels"]),
        rate=int(entry["default_samplerate"]),
        host=str(sd.query_hostapis(entry["hostapi"])["name"]),
    )


def _settings(sd: Any, direction: Direction, device: Device, rate: int) -> dict[str, Any]:
    """The first rate and channel count that the device takes; where it takes none, opening will say why."""
    check = sd.check_input_settings if direction is Direction.IN else sd.check_output_settings
    wishes = [
        {"device": device.index, "samplerate": wanted, "channels": channels, "dtype": "float32"}
        for wanted in (rate, device.rate)
        for channels in CHANNELS[direction]
    ]

    def taken(wish: dict[str, Any]) -> bool:
        try:
            check(**wish)
        except (sd.PortAudioError, ValueError):
            return False
        return True

    return next(filter(taken, wishes), wishes[0])
