"""Against experts: graded imitations by real singers, from the folder that MIT_EVAL names. Nothing of it is kept."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata, spearmanr

from mit.batch import read_jobs, score_all
from mit.calibrate import Graded, agreement, left_out_grades
from mit.calibration import shipped
from mit.dimensions import DIMENSIONS
from mit.graded import read_graded

HOP = 0.01
PITCH_PARTS = 3
"""The first dimensions are those of pitch."""

EXPERTS = "expert_"


def folder() -> Path | None:
    """Where the data lies; None where it is not on this computer."""
    named = os.environ.get("MIT_EVAL")
    return Path(named) if named and (Path(named) / "mast_dev.npz").is_file() else None


def figures() -> Iterator[tuple[str, float, str]]:
    """Name, figure and aim of everything measured on people."""
    data = folder()
    if data is None:
        return
    with TemporaryDirectory() as made:
        manifest = write_manifest(data, Path(made))
        graded = read_graded(manifest)
        rows = list(score_all(read_jobs(manifest), workers=1))
    passed = np.array([row["jury"] == "pass" for row in _table(data)])
    scores = np.array([row["score"] or 0.0 for row in rows])
    found = agreement(graded, left_out_grades(graded))
    yield "kappa with the majority, melody left out", found["kappa_agreed"], ">= 0.87, aim 0.90"
    yield "kappa with single experts, melody left out", found["kappa_single"], ">= 0.81, aim 0.83"
    pitch = Graded(graded.parts[:, :PITCH_PARTS], graded.grades, graded.agreed, graded.melodies)
    yield "kappa, pitch dimensions alone", agreement(pitch, left_out_grades(pitch))["kappa_agreed"], ">= 0.85"
    yield "area under the curve, pass or not", _auc(scores, passed), ">= 0.955, aim 0.965"
    yield "Spearman with the experts' mean", float(spearmanr(scores, np.nanmean(graded.grades, axis=1))[0]), ""
    yield "takes scored", float(np.mean([row["verdict"] == "scored" for row in rows])), ""
    for part in (d.name for d in DIMENSIONS):
        yield f"  weight of {part}", shipped().weights[part], ""


def write_manifest(data: Path, made: Path) -> Path:
    """The tracks as CSV files and a graded manifest of them."""
    with np.load(data / "mast_dev.npz") as tracks:
        references = defaultdict(list)
        for key in sorted(tracks.files):
            name = key.replace("/", "_") + ".csv"
            _write_track(made / name, tracks[key])
            if "/ref/" in key:
                references[key.split("/")[0]].append(name)
    rows = _table(data)
    experts = [name for name in rows[0] if name.startswith(EXPERTS)]
    with (made / "graded.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["file", "model", "melody", "grade", *(f"grade_{name.removeprefix(EXPERTS)}" for name in experts)]
        )
        for row in rows:
            take, model = f"{row['melody']}_per_{row['performance']}.csv", ";".join(references[row["melody"]])
            writer.writerow([take, model, row["melody"], row["majority"], *(row[name] for name in experts)])
    return made / "graded.csv"


def _table(data: Path) -> list[dict[str, str]]:
    with (data / "mast_dev.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write_track(path: Path, f0: NDArray[np.floating]) -> None:
    path.write_text("".join(f"{k * HOP:.2f},{value:.3f}\n" for k, value in enumerate(f0)))


def _auc(scores: NDArray[np.floating], passed: NDArray[np.bool_]) -> float:
    """Chance that a take that passed scores higher than one that did not."""
    ranks = rankdata(scores)[passed]
    return float((ranks.mean() - (passed.sum() + 1) / 2) / (~passed).sum())


if __name__ == "__main__":
    import sys

    source = folder()
    if source is None:
        sys.exit("MIT_EVAL names no folder with the data.")
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    print(write_manifest(source, target))
