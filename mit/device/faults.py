"""What can be the matter with microphone or loudspeaker, and the one thing to do about it on this system."""

from __future__ import annotations

import platform
import sys
from enum import StrEnum

from mit.errors import DeviceError


class Fault(StrEnum):
    """Why a device cannot be used."""

    LIBRARY = "library"  # the sound library is not installed
    MICROPHONE = "microphone"  # none there, or it does not open
    SPEAKER = "speaker"  # the same for the loudspeaker
    LOOPBACK = "loopback"  # the "microphone" hears the computer's own sound, so the trainer would judge itself
    UNANSWERED = "unanswered"  # the sound system hangs


WHAT = {
    Fault.LIBRARY: "The sound library PortAudio is missing.",
    Fault.MICROPHONE: "No microphone answers{name}.",
    Fault.SPEAKER: "No loudspeaker answers{name}.",
    Fault.LOOPBACK: "The device{name} hears the computer, not a voice.",
    Fault.UNANSWERED: "The sound system does not answer.",
}

PACKAGES = {
    "debian": "sudo apt install libportaudio2",
    "fedora": "sudo dnf install portaudio",
    "arch": "sudo pacman -S portaudio",
    "suse": "sudo zypper install portaudio",
}
"""How PortAudio is installed, by the family that /etc/os-release names. Its Python package brings it elsewhere."""

REMEDIES = {
    (Fault.LIBRARY, "darwin"): "Install it again: pip install --force-reinstall sounddevice",
    (Fault.LIBRARY, "win32"): "Install it again: pip install --force-reinstall sounddevice",
    (Fault.LIBRARY, ""): "Install the PortAudio library of this system.",
    (Fault.MICROPHONE, "darwin"): (
        "Allow it for this terminal: System Settings, Privacy & Security, Microphone. Then start the terminal again."
    ),
    (Fault.MICROPHONE, "win32"): (
        "Allow it: Settings, Privacy & security, Microphone, Let desktop apps access your microphone."
    ),
    (Fault.MICROPHONE, ""): "Plug one in, or choose it in the sound settings of this computer.",
    (Fault.SPEAKER, ""): "Plug one in, or choose it in the sound settings of this computer.",
    (Fault.LOOPBACK, ""): "Choose a real microphone in the sound settings of this computer.",
    (Fault.UNANSWERED, ""): "Start the computer again, or wait a moment and try once more.",
}
"""Next step by fault and `sys.platform`; "" is every other system."""


class UnusableDeviceError(DeviceError):
    """A DeviceError whose `fault` is known, so that a shell can say it in its own words."""

    def __init__(self, fault: Fault, name: str | None = None) -> None:
        super().__init__(WHAT[fault].format(name=f" ({name})" if name else ""), remedy(fault))
        self.fault = fault


def remedy(fault: Fault, system: str = sys.platform) -> str:
    """The next step after a fault, in one line."""
    if fault is Fault.LIBRARY and system == "linux":
        return f"Install it: {_package_command()}"
    return REMEDIES.get((fault, system)) or REMEDIES[fault, ""]


def _package_command() -> str:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    families = f"{release.get('ID', '')} {release.get('ID_LIKE', '')}".lower()
    return next((command for family, command in PACKAGES.items() if family in families), PACKAGES["debian"])
