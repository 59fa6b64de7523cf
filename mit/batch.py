"""Many recordings at once: `mit score --manifest`. A shell over `practice.judge`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from mit.errors import MitError, PhraseError
from mit.home import find_home
from mit.melody import BEAT, Melody
from mit.targets import Target, target_melody
from mit.tracker_cache import ready_tracker
from mit.words import Words

COLUMNS = ("file", "phrase", "text", "pattern", "beat", "model")
CHUNK = 16
"""Rows that a worker takes at a time: neighbours often share their references, which are learnt once a worker."""

PARTS = 8
"""Pieces of the work for each worker at least: whoever is done early waits for a sixteenth, not for a quarter."""

MAX_BYTES = 64_000_000
"""Largest manifest read: a million rows."""


@dataclass(frozen=True, slots=True)
class Job:
    """One row: the recording as it is written there, the folder it is relative to, and what should have been sung."""

    file: str
    folder: Path
    target: Target
    fault: str = ""


def read_jobs(manifest: Path) -> tuple[Job, ...]:
    """The rows of a manifest. A row that cannot be understood becomes a job with its fault. Raises PhraseError."""
    rows = csv.DictReader(io.StringIO(read_manifest(manifest), newline=""))
    if "file" not in (rows.fieldnames or ()):
        raise PhraseError("The manifest has no column 'file'.", f"Give the columns {', '.join(COLUMNS)}.")
    try:
        return tuple(_job(row, manifest.parent) for row in rows)
    except csv.Error as fault:
        raise PhraseError(f"The manifest is no CSV: {fault}.", "Save it as CSV again.") from fault


def read_manifest(manifest: Path) -> str:
    """The text of a manifest. Raises PhraseError."""
    try:
        with manifest.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise PhraseError(f"The manifest {manifest} cannot be read.", "Give a CSV file in UTF-8.") from fault
    if len(data) > MAX_BYTES:
        raise PhraseError(f"The manifest {manifest} is too large.", "Make several of it.")
    return text


def _job(row: dict[str, str], folder: Path) -> Job:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    fault = ""
    try:
        beat = float(cells["beat"] or BEAT)
    except ValueError:
        beat, fault = BEAT, f"The beat {cells['beat']!r} is no number."
    named = (cells["phrase"] or None, cells["text"] or None, cells["pattern"] or None)
    target = Target(*named, beat=beat, model=cells["model"] or None, folder=folder)
    return Job(cells["file"], folder, target, fault)


def score_all(jobs: tuple[Job, ...], *, workers: int) -> Iterator[dict[str, Any]]:
    """One object a job, in their order, the same for any number of workers.

    Where workers cannot start or are killed (memory, limits of the system), this process judges what is left.
    """
    done = 0
    if workers > 1:
        try:
            for row in _in_processes(jobs, min(workers, len(jobs))):
                done += 1
                yield row
        except (BrokenProcessPool, OSError):
            pass
    yield from map(score_job, jobs[done:])


def _in_processes(jobs: tuple[Job, ...], workers: int) -> Iterator[dict[str, Any]]:
    if not jobs:
        return
    # spawn: librosa's and numba's threads do not survive a fork.
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_start_worker) as pool:
        yield from pool.map(score_job, jobs, chunksize=max(1, min(CHUNK, len(jobs) // (PARTS * workers))))


def _start_worker() -> None:
    ready_tracker(find_home())


@lru_cache
def _words(language: str) -> Words:
    """The catalogue of a language, read once for all rows."""
    from mit.library import load_words

    return load_words(language)


def score_job(job: Job) -> dict[str, Any]:
    """The object of one row; what is the matter with it where it cannot be judged."""
    from mit.output import assessment_json
    from mit.practice import judge
    from mit.recordings import read_contour

    try:
        if job.fault:
            raise PhraseError(job.fault)
        melody: Melody = target_melody(job.target)
        assessment = judge(read_contour(job.folder / job.file), melody)
    except MitError as fault:
        return {"file": job.file, "error": str(fault)}
    return {"file": job.file, **assessment_json(assessment, _words(job.target.language))}
