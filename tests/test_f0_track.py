from __future__ import annotations

import numpy as np
import pytest

from mit.errors import RecordingError
from mit.f0_track import parse_track
from mit.recordings import read_contour, reference_melody


@pytest.mark.parametrize(
    "text",
    [
        "0.00,220\n0.01,0\n0.02,220\n",
        "time,f0\n0.00,220\n0.01,\n0.02,220\n",
        "time\tf0\tvoiced\n0.00\t220\t1\n0.01\t--undefined--\t0\n0.02\t220\t1\n",
        "Zeit;Hz\n0,00;220,0\n0,01;0,0\n0,02;220,0\n",
        "f0,time\n220,0.00\n-220,0.01\n220,0.02\n",
        "# time, frequency\n0.00, 220\n\n0.01, nan\n0.02, 220\n",
        "0.00,220\r\n0.01,0\r\n0.02,220\r\n",
    ],
)
def test_the_dialects_of_other_programs_are_read(text: str) -> None:
    contour = parse_track(text, "a.csv")
    assert np.allclose(contour.f0, [220, np.nan, 220], equal_nan=True)
    assert not contour.has_intensity


def test_any_hop_even_or_not_comes_onto_one_grid() -> None:
    times = np.cumsum(np.random.default_rng(0).uniform(0.003, 0.02, 400))
    contour = parse_track("".join(f"{t:.4f},{200 + 10 * t:.3f}\n" for t in times), "a.csv")
    assert contour.hop == pytest.approx(0.01)
    inside = (contour.times >= times[0]) & (contour.times <= times[-1])
    assert np.abs(contour.f0[inside] - 200 - 10 * contour.times[inside]).max() < 0.2


def test_a_hole_in_the_times_is_unvoiced() -> None:
    contour = parse_track("".join(f"{t:.2f},220\n" for t in (*np.arange(0, 1, 0.01), *np.arange(2, 3, 0.01))), "a.csv")
    assert np.isnan(contour.f0[(contour.times > 1.1) & (contour.times < 1.9)]).all()
    assert np.isfinite(contour.f0[(contour.times > 2.0) & (contour.times < 2.9)]).all()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no frames"),
        ("time,f0\n", "no frames"),
        ("0.0,220\n0.0,220\n", "line 2: the times do not rise"),
        ("0.0,220\n-1,220\n", "line 2: no time"),
        ("0.0,220\n1e9,220\n", "line 2: no time"),
        ("0.0,220\n0.1,high\n", "line 2: 'high' is no f0"),
        ("0.0,220\n0.1,1e30\n", "is no f0"),
        ("0.0,220\n0.1,inf\n", "is no f0"),
        ("0.0,220\nend\n", "line 2: no time"),
        ("RIFF\0\0", "no text"),
        ('0.0,"' + "2" * 200000, "no CSV|no frames|no f0"),
        ("0.1," + "9" * 5000 + "\n", "is no f0"),
    ],
)
def test_what_is_no_track_is_told_in_one_line(text: str, told: str) -> None:
    with pytest.raises(RecordingError, match=told) as fault:
        parse_track(text, "a.csv")
    assert "\n" not in str(fault.value)
    assert len(str(fault.value)) < 200


def test_files_that_are_none_are_told(tmp_path) -> None:
    (tmp_path / "latin.csv").write_bytes(b"0.0,\xff\xfe")
    (tmp_path / "folder.csv").mkdir()
    for name, told in (("none.csv", "no file"), ("latin.csv", "no text in UTF-8"), ("folder.csv", "no file")):
        with pytest.raises(RecordingError, match=told):
            read_contour(tmp_path / name)


def test_references_must_be_named(tmp_path) -> None:
    with pytest.raises(RecordingError, match="0 references"):
        reference_melody(" ; ", tmp_path)
    with pytest.raises(RecordingError, match="40 references"):
        reference_melody(";".join(["a.csv"] * 40), tmp_path)
