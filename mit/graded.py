"""Graded takes for `mit calibrate`: a manifest with the columns `melody`, `grade` and `grade_<expert>`."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np

from mit.batch import read_jobs, read_manifest
from mit.calibrate import Graded
from mit.calibration import GRADES
from mit.dimensions import DIMENSIONS
from mit.errors import RecordingError
from mit.practice import judge
from mit.recordings import read_contour
from mit.score import Verdict
from mit.targets import target_melody

SHIPPED = Path(__file__).parent / "data" / "calibration.json"
"""Where the trainer reads its calibration."""


def read_graded(manifest: Path) -> Graded:
    """Judge every take of a graded manifest. Raises MitError for a row that cannot be read.

    `grade` is the grade agreed on (empty where experts split), each `grade_<expert>` that of one; 1 to 4.
    """
    rows = list(csv.DictReader(io.StringIO(read_manifest(manifest), newline="")))
    experts = [name for name in rows[0] if name.startswith("grade_")] if rows else []
    if not experts or "melody" not in rows[0]:
        raise RecordingError("The manifest has no grades.", "Give the columns melody, grade and grade_<expert>.")
    judged = [judge(read_contour(j.folder / j.file), target_melody(j.target)).score for j in read_jobs(manifest)]
    scored = [k for k, score in enumerate(judged) if score.verdict is Verdict.SCORED]
    parts = [[_known(judged[k].parts[d.name]) for d in DIMENSIONS] for k in scored]
    return Graded(
        np.array(parts),
        np.array([[_grade(rows[k][name]) for name in experts] for k in scored]),
        np.array([_grade(rows[k].get("grade", "")) for k in scored]),
        [rows[k]["melody"] for k in scored],
    )


def _known(part: float | None) -> float:
    """A part that could not be told is as good as lost: only takes of one or two notes have such."""
    return 0.0 if part is None else part


def _grade(cell: str) -> float:
    try:
        value = float(cell) if cell.strip() else float("nan")
    except ValueError:
        value = 0.0
    if not (np.isnan(value) or value in range(1, GRADES + 1)):
        raise RecordingError(f"{cell!r:.20} is no grade.", "Give 1 to 4, or nothing.")
    return value
