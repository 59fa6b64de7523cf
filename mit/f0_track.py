"""Tracks of f0 made by other programs: text to contour, hostile until checked.

A line holds a time (s) and an f0 (Hz), as Praat, Tony and mirdata write them: with a header or none; comma, semicolon
or tab between; any hop, even or not. An f0 of 0, less than 0, "nan", "--undefined--" or nothing is unvoiced, and so
is a hole in the times (Tony leaves unvoiced frames out).
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator

import numpy as np

from mit.contour import Contour, Floats
from mit.errors import RecordingError

GRID = 0.01
"""Seconds: the grid of every contour that is judged."""

HOLE = 3.0
"""Hops: frames that lie further apart have nothing between them; an uneven hop is no hole."""

LONGEST = 600.0
"""Seconds, as of a recording: ten minutes leave room for a whole sitting."""

MOST_LINES = 700_000
"""Lines read: ten minutes at a hop of 1 ms, with room to spare."""

LOWEST, HIGHEST = 20.0, 20_000.0
"""Hz: below, nothing is a tone (0 and less mean unvoiced); above, nothing is heard."""

UNVOICED = frozenset({"", "nan", "--undefined--", "undefined", "na", "none"})

TIME_NAMES = ("time", "times", "t", "time_s", "time (s)", "seconds", "start")
F0_NAMES = ("f0", "f0_hz", "f0 (hz)", "frequency", "freq", "hz", "pitch", "pitch_hz", "f0hz")


def parse_track(text: str, name: str) -> Contour:
    """The contour of a track, without intensity, on an even grid of 10 ms from 0 s. `name` is for the messages.

    Raises RecordingError that names the line.
    """
    times, f0 = _columns(text, name)
    if not len(times):
        raise RecordingError(f"{name} holds no frames.", "Give lines of time (s) and f0 (Hz).")
    grid = np.arange(round(times[-1] / GRID) + 1) * GRID
    return Contour(grid, _on_grid(grid, times, f0), np.full(len(grid), np.nan))


def _columns(text: str, name: str) -> tuple[Floats, Floats]:
    """Times and f0 as they are written: two arrays of one shape."""
    rows = list(_rows(text, name))
    if not rows:
        return np.zeros(0), np.zeros(0)
    time_at, f0_at = _places(rows[0][1])
    frames, before = [], -1.0
    for place, (line, cells) in enumerate(rows):
        if place == 0 and _is_header(cells, time_at):
            continue
        frame = _frame(cells, time_at, f0_at, name, line)
        if frame[0] <= before:
            raise RecordingError(f"{name}, line {line}: the times do not rise.", "Sort the lines by time.")
        before = frame[0]
        frames.append(frame)
    values = np.array(frames, np.float64).reshape(-1, 2)
    return values[:, 0], values[:, 1]


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and cells of the lines that hold something. Where numbers have commas, points take their place."""
    if "\0" in text:
        raise RecordingError(f"{name} is no text.", "Give a CSV of time (s) and f0 (Hz).")
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise RecordingError(f"{name} has {len(lines)} lines, the most is {MOST_LINES}.", "Make several of it.")
    mark = next((mark for mark in "\t;," if any(mark in line for line in lines[:2])), ",")
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=mark), 1):
            plain = [cell.strip() if mark == "," else cell.strip().replace(",", ".") for cell in cells]
            if any(plain):
                yield number, plain
    except csv.Error as fault:
        raise RecordingError(f"{name} is no CSV: {fault}.", "Give lines of time (s) and f0 (Hz).") from fault


def _is_header(cells: list[str], time_at: int) -> bool:
    return _number(cells[time_at]) is None if len(cells) > time_at else True


def _places(cells: list[str]) -> tuple[int, int]:
    """Which columns hold time and f0: by their names where there is a header that tells, else the first two."""
    names = [cell.casefold().strip("\"' #") for cell in cells]
    time_at = next((k for k, n in enumerate(names) if n in TIME_NAMES), 0)
    f0_at = next((k for k, n in enumerate(names) if n in F0_NAMES and k != time_at), 1 if time_at == 0 else 0)
    return time_at, f0_at


def _frame(cells: list[str], time_at: int, f0_at: int, name: str, line: int) -> tuple[float, float]:
    time = _number(cells[time_at]) if len(cells) > time_at else None
    if time is None or not 0 <= time <= LONGEST:
        raise RecordingError(f"{name}, line {line}: no time from 0 to {LONGEST:.0f} s.", "Give time (s), then f0 (Hz).")
    written = cells[f0_at] if len(cells) > f0_at else ""
    if written.casefold() in UNVOICED:
        return time, math.nan
    f0 = _number(written)
    if f0 is None or f0 > HIGHEST:
        raise RecordingError(f"{name}, line {line}: {written!r:.30} is no f0 in Hz.", "Give time (s), then f0 (Hz).")
    return time, f0 if f0 >= LOWEST else math.nan


def _number(written: str) -> float | None:
    """A finite number, or None."""
    try:
        value = float(written) if len(written) <= 40 else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _on_grid(grid: Floats, times: Floats, f0: Floats) -> Floats:
    """For each moment of the grid the f0 of the nearest frame, NaN where that one is further than a hole's edge."""
    hop = float(np.median(np.diff(times))) if len(times) > 1 else GRID
    after = np.clip(np.searchsorted(times, grid), 1, max(len(times) - 1, 1))
    before = np.minimum(after - 1, len(times) - 1)
    after = np.minimum(after, len(times) - 1)
    nearest = np.where(grid - times[before] <= times[after] - grid, before, after)
    near = np.abs(times[nearest] - grid) <= HOLE * max(hop, GRID) / 2
    return np.asarray(np.where(near, f0[nearest], np.nan))
