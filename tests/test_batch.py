from __future__ import annotations

import json
import os

import numpy as np
import pytest

from mit.batch import read_jobs, score_all
from mit.contour import Contour
from mit.dimensions import DIMENSIONS
from mit.errors import PhraseError
from mit.output import as_line
from tests import faults
from tests.drawn import draw
from tests.voices import follow, phrase

KEYS = [
    "file", "schema", "scoring_version", "verdict", "grade", "certainty", "score", "parts", "syllables", "missing",
    "added", "transposition", "tempo_ratio", "latency", "feedback",
]  # fmt: skip
PLAN = follow(phrase("a b c d", "LHLL", low=57.0, start=0.0))


def write(folder, name: str, contour: Contour) -> None:
    rows = zip(contour.times, np.nan_to_num(contour.f0), strict=True)
    (folder / name).write_text("time,f0\n" + "".join(f"{t:.3f},{f:.3f}\n" for t, f in rows))


@pytest.fixture
def manifest(tmp_path):
    for name, plan in {
        "ref.csv": PLAN,
        "good.csv": faults.transpose(PLAN, -5),
        "flat.csv": faults.flatten(PLAN),
    }.items():
        write(tmp_path, name, draw(plan))
    write(tmp_path, "none.csv", draw(()))
    (tmp_path / "jobs.csv").write_text(
        "file,model,text,pattern,beat,colour\n"
        "good.csv,ref.csv;ref.csv,,,,red\n"
        "flat.csv,ref.csv,,,,\n"
        "none.csv,,la la,LH,1.0,\n"
        "gone.csv,ref.csv,,,,\n"
        "good.csv,,,,,\n"
        "good.csv,ref.csv,la la,LH,,\n"
        "good.csv,,la la,LH,soon,\n"
    )
    return tmp_path / "jobs.csv"


def test_each_row_gives_one_object_in_order(manifest) -> None:
    rows = list(score_all(read_jobs(manifest), workers=1))
    assert [row["file"] for row in rows] == [
        f"{n}.csv" for n in ("good", "flat", "none", "gone", "good", "good", "good")
    ]
    assert [("error" in row) for row in rows] == [False, False, False, True, True, True, True]
    assert all(list(row) == (["file", "error"] if "error" in row else KEYS) for row in rows)
    assert list(rows[0]["parts"]) == [d.name for d in DIMENSIONS]
    assert rows[0]["grade"] == 4
    assert rows[0]["transposition"] == pytest.approx(-5, abs=0.1)
    assert rows[1]["grade"] <= 2
    assert rows[0]["syllables"][0]["text"] is None


def test_what_cannot_be_judged_is_null_and_keeps_its_targets(manifest) -> None:
    row = list(score_all(read_jobs(manifest), workers=1))[2]
    assert row["verdict"] == "silent"
    nulls = ("grade", "certainty", "score", "transposition", "tempo_ratio")
    assert all(row[key] is None for key in nulls)
    assert set(row["parts"].values()) == set(row["feedback"].values()) == {None}
    assert [s["target"]["onset"] for s in row["syllables"]] == [0.0, 1.0]
    assert json.loads(as_line(row)) == row


def test_any_number_of_workers_prints_the_same(manifest) -> None:
    one, two = ([as_line(r) for r in score_all(read_jobs(manifest), workers=w)] for w in (1, 2))
    assert one == two


@pytest.mark.parametrize(("data", "told"), [(b"phrase\nx\n", "no column 'file'"), (b"\xff\xfe", "cannot be read")])
def test_what_is_no_manifest_is_told(tmp_path, data: bytes, told: str) -> None:
    (tmp_path / "jobs.csv").write_bytes(data)
    with pytest.raises(PhraseError, match=told):
        read_jobs(tmp_path / "jobs.csv")


def test_when_its_workers_are_killed_the_rest_is_judged_all_the_same(manifest, monkeypatch) -> None:
    expected = [as_line(r) for r in score_all(read_jobs(manifest), workers=1)]
    monkeypatch.setattr("mit.batch._start_worker", os.abort)
    assert [as_line(r) for r in score_all(read_jobs(manifest), workers=2)] == expected
