"""Against experts: graded imitations by real singers, from the folder that MIT_EVAL names. Nothing of it is kept."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata, spearmanr

from mit.calibrate import Graded, fit_cuts, fit_weights, kappa, left_out_grades
from mit.calibration import shipped
from mit.dimensions import DIMENSIONS
from tests.bench.figures import Figure

HOP = 0.01
PITCH_PARTS = ("contour", "interval", "pitch")
EXPERTS = "expert_"
RESAMPLED, SPLITS = 1000, 20
LINES = 4
"""Of the song that the singers of edelweiss/ sang, each a recording."""

REFERENCE = "MCUR"
RATINGS = {"overall": (), "pitch": PITCH_PARTS, "rhythm": ("rhythm", "onset")}
"""Judges' ratings, and the parts that should follow them (none: the score)."""

Grades = NDArray[np.integer]


def folder() -> Path | None:
    """Where the data lies; None where it is not on this computer."""
    named = os.environ.get("MIT_EVAL")
    return Path(named) if named and (Path(named) / "mast_dev.npz").is_file() else None


def figures(*, jobs: int = 1) -> Iterator[Figure]:
    """Everything measured on people, through `mit score --manifest`."""
    data = folder()
    if data is None:
        return
    with TemporaryDirectory() as made:
        rows = judge_manifest(write_manifest(data, Path(made)), jobs=jobs)
    table = _table(data)
    graded = _graded(table, rows)
    scores = np.array([row["score"] or 0.0 for row in rows])
    passed = np.array([row["jury"] == "pass" for row in table])
    given = _cuts_left_out(scores, graded)
    yield Figure("takes", len(rows), "")
    yield Figure("takes scored", float(np.mean([row["verdict"] == "scored" for row in rows])))
    yield _kappa("kappa with the majority, cuts without its melody", ">= 0.87", given, graded, _with_majority)
    yield _kappa("kappa with single experts, cuts without its melody", ">= 0.81", given, graded, _with_experts)
    yield Figure("area under the curve, pass or not", _auc(scores, passed), ">= 0.955")
    yield Figure("Spearman with the experts' mean", float(spearmanr(scores, np.nanmean(graded.grades, axis=1))[0]))
    fitted = left_out_grades(graded)
    yield _kappa("  majority, weights and cuts without its melody", ">= 0.87", fitted, graded, _with_majority)
    yield _kappa("  single experts, weights and cuts without its melody", ">= 0.81", fitted, graded, _with_experts)
    yield from _pitch_alone(graded)
    shown = np.array([row["grade"] or 1 for row in rows])
    yield _kappa("  majority, grades as shown (fitted to these takes)", "", shown, graded, _with_majority)
    yield from _held_out(graded)
    yield from (Figure(f"  weight of {d.name}", shipped().weights[d.name]) for d in DIMENSIONS)
    yield from _song(data, jobs=jobs)


def judge_manifest(manifest: Path, *, jobs: int = 1) -> list[dict[str, Any]]:
    """What the command prints for a manifest."""
    command = [sys.executable, "-m", "mit", "score", "--manifest", str(manifest), "--jobs", str(jobs)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in printed.splitlines()]


def _graded(table: Sequence[dict[str, str]], rows: Sequence[dict[str, Any]]) -> Graded:
    """Parts as printed; a part that could not be told, or a take that was not scored, is as good as lost."""
    experts = [name for name in table[0] if name.startswith(EXPERTS)]
    return Graded(
        np.array([[row["parts"][d.name] or 0.0 for d in DIMENSIONS] for row in rows]),
        np.array([[_grade(row[name]) for name in experts] for row in table]),
        np.array([_grade(row["majority"]) for row in table]),
        [row["melody"] for row in table],
    )


def _grade(cell: str) -> float:
    return float(cell) if cell else float("nan")


def _cuts_left_out(scores: NDArray[np.floating], graded: Graded) -> Grades:
    """The grade of each take by cuts on the printed scores of all other melodies."""
    names, given = np.array(graded.melodies), np.zeros(len(scores), np.int_)
    for name in np.unique(names):
        out = names == name
        given[out] = 1 + np.digitize(scores[out], fit_cuts(scores[~out], graded.grades[~out]))
    return given


Agreement = Callable[[Grades, Graded], float]


def _with_majority(given: Grades, graded: Graded) -> float:
    return kappa(given, graded.agreed)


def _with_experts(given: Grades, graded: Graded) -> float:
    return float(np.mean([kappa(given, column) for column in graded.grades.T]))


def _kappa(what: str, aim: str, given: Grades, graded: Graded, of: Agreement) -> Figure:
    """A kappa with its bootstrap interval by melody (Efron & Tibshirani 1993): melodies are drawn, not takes."""
    names, rng = np.array(graded.melodies), np.random.default_rng(0)
    places = [np.flatnonzero(names == name) for name in np.unique(names)]
    drawn = []
    for _ in range(RESAMPLED):
        chosen = np.concatenate([places[k] for k in rng.integers(len(places), size=len(places))])
        drawn.append(of(given[chosen], _some(graded, chosen)))
    low, high = np.percentile(drawn, (2.5, 97.5))
    return Figure(what, of(given, graded), aim, {"2.5 %": float(low), "97.5 %": float(high)})


def _some(graded: Graded, chosen: NDArray[np.integer]) -> Graded:
    names = np.array(graded.melodies)[chosen].tolist()
    return Graded(graded.parts[chosen], graded.grades[chosen], graded.agreed[chosen], names)


def _pitch_alone(graded: Graded) -> Iterator[Figure]:
    columns = [k for k, d in enumerate(DIMENSIONS) if d.name in PITCH_PARTS]
    pitch = graded._replace(parts=graded.parts[:, columns])
    yield _kappa("kappa, pitch dimensions alone", ">= 0.85", left_out_grades(pitch), pitch, _with_majority)
    plain = _cuts_left_out(pitch.parts.mean(axis=1), pitch)
    yield _kappa("  their plain mean, only cuts fitted", "", plain, pitch, _with_majority)


def _held_out(graded: Graded) -> Iterator[Figure]:
    """Weights and cuts from half of the melodies, agreement on the other half, many times over."""
    names, rng = np.array(graded.melodies), np.random.default_rng(0)
    melodies, found = np.unique(names), list[tuple[float, float]]()
    for _ in range(SPLITS):
        known = np.isin(names, rng.permutation(melodies)[: len(melodies) // 2])
        learnt, other = _some(graded, np.flatnonzero(known)), _some(graded, np.flatnonzero(~known))
        weights = fit_weights(learnt)
        given = 1 + np.digitize(other.parts @ weights, fit_cuts(learnt.parts @ weights, learnt.grades))
        found.append((_with_majority(given, other), _with_experts(given, other)))
    for name, values in zip(("majority", "single experts"), np.array(found).T, strict=True):
        spread = {"least": float(values.min()), "most": float(values.max())}
        yield Figure(f"halves of the melodies held out ({SPLITS} times), {name}", float(values.mean()), "", spread)


def _song(data: Path, *, jobs: int) -> Iterator[Figure]:
    """Whole lines of a song through `--model`, the mean of each singer's lines against judges' ratings."""
    singers = sorted(path.name for path in (data / "edelweiss").iterdir() if path.is_dir() and path.name != REFERENCE)
    with TemporaryDirectory() as made:
        manifest = Path(made) / "song.csv"
        with manifest.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["file", "model"])
            for name, line in ((n, k) for n in singers for k in range(LINES)):
                own, model = (data / "edelweiss" / who / f"{who}_{line}.wav" for who in (name, REFERENCE))
                writer.writerow([own, model])
        rows = judge_manifest(manifest, jobs=jobs)
    yield Figure("a song by --model: lines scored", float(np.mean([row["verdict"] == "scored" for row in rows])))
    for rating, parts in RATINGS.items():
        given = dict(line.split() for line in (data / "edelweiss" / f"ratings_{rating}.txt").read_text().splitlines())
        values = np.array([_value(row, parts) for row in rows]).reshape(len(singers), LINES).mean(axis=1)
        found = spearmanr(values, [float(given[name]) for name in singers])[0]
        yield Figure(f"a song by --model: Spearman with {rating} ({len(singers)} singers)", float(found))


def _value(row: dict[str, Any], parts: Sequence[str]) -> float:
    return float(np.mean([row["parts"][name] or 0.0 for name in parts])) if parts else row["score"] or 0.0


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
    source = folder()
    if source is None:
        sys.exit("MIT_EVAL names no folder with the data.")
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    print(write_manifest(source, target))
