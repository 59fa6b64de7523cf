"""Every fault has one next step on every system."""

from __future__ import annotations

import sys

import pytest

from mit.device.faults import Fault, UnusableDeviceError, remedy


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("system", ["linux", "darwin", "win32", "freebsd14"])
def test_every_fault_has_a_next_step(fault: Fault, system: str) -> None:
    step = remedy(fault, system)
    assert step.endswith(".") or "install" in step
    assert "\n" not in step


def test_the_step_fits_the_system() -> None:
    assert "Privacy & Security" in remedy(Fault.MICROPHONE, "darwin")
    assert "desktop apps" in remedy(Fault.MICROPHONE, "win32")


@pytest.mark.skipif(sys.platform != "linux", reason="packages are Linux's way")
def test_linux_names_its_package() -> None:
    assert "install" in remedy(Fault.LIBRARY)


def test_the_device_is_named() -> None:
    fault = UnusableDeviceError(Fault.MICROPHONE, "Scarlett")
    assert fault.message == "No microphone answers (Scarlett)."
    assert fault.fault is Fault.MICROPHONE
