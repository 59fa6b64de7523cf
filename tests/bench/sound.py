"""From audio: takes by voices that are not the product's, against their exact truth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.stats import spearmanr

from mit.audio import ANALYSIS_RATE, Audio
from mit.practice import assess
from tests.bench.figures import Figure, split, spread
from tests.bench.takes import FAULTS, Ask, asks, came_out, sung_take

NEAR = 0.08
"""Seconds within which a syllable counts as found."""

SAME = 0.15
"""Seconds within which a note that was heard is taken for the one that was sung."""

OCTAVE = 600.0
"""Cents."""

SERIES = (
    ("compression", "interval compression", -0.9),
    ("missing", "missing syllables", -0.9),
    ("mixed", "mixed patients", -0.9),
    ("jitter", "jitter", -0.8),
    ("random", "random notes", -0.8),
)


class Place(NamedTuple):
    """A note that was sung: seconds to the nearest note heard, cents between them (NaN: none near), after a hiss."""

    late: float
    cents: float
    after_hiss: bool


class Judged(NamedTuple):
    """What was made of a take, as far as the figures need it; changed, counted: missing and added, true and found."""

    ask: Ask
    score: float | None
    grade: int | None
    changed: tuple[int, int]
    counted: tuple[int, int]
    severity: float
    came_out: float
    places: tuple[Place, ...]
    heard: int


Rows = Sequence[Judged]


def judged(ask: Ask) -> Judged:
    """Sing and judge one take."""
    take = sung_take(ask)
    assessment = assess(Audio(take.sung.samples, ANALYSIS_RATE), take.melody)
    score, alignment = assessment.score, assessment.alignment
    heard = [p.sung for p in alignment.pairs if p.sung] + list(alignment.added)
    places = list[Place]()
    for note, hissed in zip(take.plan, take.after_hiss, strict=True):
        nearest = min(heard, key=lambda n: abs(n.onset - note.onset), default=None)
        late = abs(nearest.onset - note.onset) if nearest else np.inf
        known = nearest is not None and late < SAME and nearest.pitch is not None and note.pitch is not None
        places.append(Place(late, 100.0 * abs(nearest.pitch - note.pitch) if known else np.nan, hissed))
    return Judged(
        ask,
        score.score,
        score.grade,
        take.changed,
        (score.missing, score.added),
        _severity(ask, take.changed[0] / len(take.melody.notes)),
        came_out(take) if FAULTS[ask.fault].series in ("random", "jitter") else 0.0,
        tuple(places),
        len(heard),
    )


def _severity(ask: Ask, missing: float) -> float:
    """How bad the take is in its series: of missing syllables their share."""
    fault = FAULTS[ask.fault]
    return missing if fault.series == "missing" else fault.severity


def figures(*, every: int = 1, draw: int = 0, jobs: int = 1) -> Iterator[Figure]:
    """What issue 4 asks of takes from audio; `every`: only each so-manieth take with a fault; `draw`: as in `asks`."""
    rows = spread(judged, list(asks(every=every, draw=draw)), jobs=jobs)
    parts = {name: [r for r in rows if r.ask.family == name] for name in dict.fromkeys(r.ask.family for r in rows)}
    yield split("takes", ">= 300", len, parts)
    clean = _only(parts, lambda r: r.ask.fault == "clean" and not r.ask.manner)
    yield split("clean: scored", ">= 0.97", lambda c: _share(r.score is not None for r in c), clean)
    yield split("clean: median score", ">= 0.85", lambda c: float(np.median([r.score or 0.0 for r in c])), clean)
    yield split("clean: grade 3 or 4", ">= 0.95", lambda c: _share((r.grade or 0) >= 3 for r in c), clean)
    yield from _falls(parts)
    yield from _places(parts)
    yield from _counts(parts)
    yield from _free(rows, parts)


def _only(parts: Mapping[str, Rows], wanted: object) -> dict[str, Rows]:
    return {name: [r for r in rows if wanted(r)] for name, rows in parts.items()}  # type: ignore[operator]


def _falls(parts: Mapping[str, Rows]) -> Iterator[Figure]:
    """Rank correlation of score and severity, what is clean at 0. An unscored take has no place in it."""
    for series, name, aim in SERIES:
        of = _only(parts, lambda r, s=series: _is_of(r, s) and r.score is not None)
        yield split(f"Spearman of score and {name}", f"<= {aim}", lambda c: _spearman(c, "severity"), of)
        if series in ("jitter", "random"):
            yield split("  the same with what came out by chance", "", lambda c: _spearman(c, "came_out"), of)
            long = _only(of, lambda r: len(r.places) >= 5)
            yield split("  the same, phrases of 5 syllables or more", "", lambda c: _spearman(c, "severity"), long)
        whole = _only(parts, lambda r, s=series: FAULTS[r.ask.fault].series == s)
        yield split("  scored", "", lambda c: _share(r.score is not None for r in c), whole)


def _is_of(row: Judged, series: str) -> bool:
    return FAULTS[row.ask.fault].series == series or (row.ask.fault == "clean" and not row.ask.manner)


def _spearman(rows: Rows, by: str) -> float:
    return float(spearmanr([getattr(r, by) for r in rows], [r.score for r in rows])[0])


def _places(parts: Mapping[str, Rows]) -> Iterator[Figure]:
    """Onsets, syllables and pitches against the plan, of every take."""
    places = {name: [p for r in rows for p in r.places] for name, rows in parts.items()}
    near = {name: [p for p in found if p.late < SAME] for name, found in places.items()}
    hissed = {name: [p.late for p in found if p.after_hiss] for name, found in near.items()}
    late = {name: [p.late for p in found] for name, found in near.items()}
    yield split("onsets after voiceless consonants off by (median, s)", "<= 0.03", _median, hissed)
    yield split("onsets after voiceless consonants off by (p90, s)", "<= 0.08", _p90, hissed)
    yield split("all onsets off by (median, s)", "", _median, late)
    yield split("all onsets off by (p90, s)", "", _p90, late)
    yield split("syllables within 80 ms, F1", ">= 0.85", _f1, parts)
    cents = {name: [p.cents for p in found if np.isfinite(p.cents)] for name, found in near.items()}
    yield split("pitch off by (median, cents)", "<= 15", _median, cents)
    yield split("pitch off by (p90, cents)", "<= 50", _p90, cents)
    yield split("octave errors", "< 0.01", lambda c: _share(x > OCTAVE for x in c), cents)


def _f1(rows: Rows) -> float:
    hits = sum(p.late < NEAR for r in rows for p in r.places)
    return 2 * hits / sum(r.heard + len(r.places) for r in rows)


def _counts(parts: Mapping[str, Rows]) -> Iterator[Figure]:
    scored = _only(parts, lambda r: r.score is not None)
    changed = _only(scored, lambda r: r.changed != (0, 0))
    yield split("missing and added exact", ">= 0.93", _exact, scored)
    yield split("missing and added exact, where there are any", ">= 0.60", _exact, changed)
    single = _only(scored, lambda r: FAULTS[r.ask.fault].series == "count")
    yield split("  the same, one fault alone", "", _exact, single)


def _exact(rows: Rows) -> float:
    return _share(r.changed == r.counted for r in rows)


def _free(rows: Rows, parts: Mapping[str, Rows]) -> Iterator[Figure]:
    """What may not, or hardly, move a score: against the same phrase by the same voice."""
    plain = {r.ask: r.score or 0.0 for r in rows if r.ask.fault == "clean" and not r.ask.manner}

    def moved(row: Judged) -> float:
        before = plain.get(row.ask._replace(fault="clean", manner=""))
        return np.nan if before is None else abs((row.score or 0.0) - before)

    for fault in ("transposed", "octave", "late"):
        of = _only(parts, lambda r, f=fault: r.ask.fault == f)
        yield split(f"{fault}: moves a score by (p90)", "", lambda c: _p90([moved(r) for r in c]), of)
        yield split(f"{fault}: moves a score by (most)", "<= 0.05", lambda c: max(moved(r) for r in c), of)
    manners = sorted({r.ask.manner for r in rows} - {""})
    for manner in manners:
        of = _only(parts, lambda r, m=manner: r.ask.manner == m)
        aim = "" if manner == "creaky" else "<= 0.15"
        yield split(f"{manner}: moves a score by (p90)", aim, lambda c: _p90([moved(r) for r in c]), of)


def _share(found: object) -> float:
    return float(np.mean([bool(f) for f in found]))  # type: ignore[attr-defined]


def _median(values: Sequence[float]) -> float:
    return float(np.median(values))


def _p90(values: Sequence[float]) -> float:
    return float(np.percentile(values, 90))
