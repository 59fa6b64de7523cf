"""Which sockets a program and its children reach out of this computer with, seen in two ways.

Python's own audit events tell of every connection that Python code makes; what native code does (the sound system,
the voice's network library) shows in the kernel's tables of sockets, which are looked at again and again meanwhile.
"""

from __future__ import annotations

import ipaddress
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

HOOK = """
import os, sys
_told = os.open({log!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
_asked = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname")
def _hook(event, arguments):
    if event in _asked:
        address = arguments[0] if event.startswith("socket.get") else arguments[1]
        host = address if isinstance(address, str) or address is None else (
            "unix" if isinstance(address, bytes) else address[0])
        os.write(_told, f"{{event}} {{host}}\\n".encode())
os.write(_told, f"pid {{os.getpid()}}\\n".encode())
sys.addaudithook(_hook)
"""
"""Goes before every program of this Python that is started with the environment of `watched`."""

TABLES = ("tcp", "tcp6", "udp", "udp6")
LOOK = 0.05
"""Seconds between looks at the kernel's tables: the shortest connection to another computer takes longer."""


class Seen:
    """What was seen so far. pids: programs that were watched; outside: a line for each way out of this computer."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._sockets: set[str] = set()

    @property
    def pids(self) -> set[int]:
        return {int(line.split()[1]) for line in self._lines() if line.startswith("pid ")}

    @property
    def outside(self) -> list[str]:
        told = [line for line in self._lines() if not line.startswith("pid ") and not is_here(line.split()[1])]
        return sorted({*told, *self._sockets})

    def look(self) -> None:
        """Look at the sockets that the programs hold now."""
        for pid in self.pids:
            with suppress(OSError):  # it has ended
                self._sockets |= set(_remote(pid))

    def _lines(self) -> list[str]:
        return self._log.read_text().splitlines() if self._log.exists() else []


@contextmanager
def watched(folder: Path, env: Mapping[str, str]) -> Iterator[tuple[dict[str, str], Seen]]:
    """An environment for the programs to watch, and what was seen of them."""
    log = folder / "connections.log"
    (folder / "sitecustomize.py").write_text(HOOK.format(log=str(log)))
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH", ""))))
    seen, over = Seen(log), threading.Event()

    def watch() -> None:
        while not over.wait(LOOK):
            seen.look()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield {**env, "PYTHONPATH": path}, seen
    finally:
        over.set()
        watcher.join()


def is_here(host: str) -> bool:
    """Whether an address is this computer: a path of its own, loopback, or none."""
    if host.startswith("/") or host in ("unix", "None", "localhost", "\0", ""):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False  # a name that would have to be asked for
    return address.is_loopback or address.is_unspecified


def _remote(pid: int) -> Iterator[str]:
    """Addresses beyond this computer that a process has a socket to."""
    mine = {os.readlink(file) for file in Path(f"/proc/{pid}/fd").iterdir() if os.path.islink(file)}
    for table in TABLES:
        for row in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            cells = row.split()
            if f"socket:[{cells[9]}]" in mine and not is_here(host := _host(cells[2].partition(":")[0])):
                yield f"{table} {host}"


def _host(digits: str) -> str:
    """An address as the kernel writes it: words of four bytes, each the wrong way round."""
    words = [bytes.fromhex(digits[k : k + 8])[::-1] for k in range(0, len(digits), 8)]
    address = ipaddress.ip_address(b"".join(words))
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)
