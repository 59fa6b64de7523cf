"""Takes with nothing to judge, and takes with something else to be heard: silent or unsure, and never praise."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mit.audio import ANALYSIS_RATE, Audio
from mit.practice import assess
from mit.score import Score, Verdict
from tests.bench.takes import FAULTS, PHRASES, melody_of, sung_take
from tests.noises import NOISES, mix, noise

EMPTY = tuple(kind for kind in NOISES if kind not in ("talker", "babble"))
TALK = ("talker", "babble")
SEEDS = 3
NOISY = ("clean", "compressed 0.5", "random 2", "missing middle")
BACKGROUNDS = ("white", "pink", "babble")
POOR = 0.6


def figures() -> Iterator[tuple[str, float, str]]:
    """Name, figure and aim."""
    empty = [_judged(kind, seed) for kind in EMPTY for seed in range(SEEDS)] + [_score(np.zeros(64000), 2)]
    talk = [_judged(kind, seed) for kind in TALK for seed in range(2 * SEEDS)]
    yield "nothing sung: silent or unsure", _share(s.verdict is not Verdict.SCORED for s in empty), ">= 0.95"
    yield "nothing sung: praised", _share(s.praised for s in empty), "0"
    yield "others talk: praised", _share(s.praised for s in talk), "0"
    yield from _noisy()


def _noisy() -> Iterator[tuple[str, float, str]]:
    moved: dict[float, list[float]] = {10.0: [], 5.0: [], 0.0: []}
    lifted, silent = [], []
    for k, (fault, kind) in enumerate((f, b) for f in NOISY for b in BACKGROUNDS):
        take = sung_take(PHRASES[k % len(PHRASES)], fault, ("alto", "tenor", "bass")[k % 3], seed=k)
        before = assess(Audio(take.samples, ANALYSIS_RATE), take.melody).score.score or 0.0
        for snr, shifts in moved.items():
            heard = mix(take.samples, noise(kind, len(take.samples) / ANALYSIS_RATE, seed=k), snr=snr)
            after = assess(Audio(heard, ANALYSIS_RATE), take.melody).score
            silent.append(after.verdict is Verdict.SILENT)
            if after.score is not None:
                shifts.append(after.score - before)
                lifted += [after.score - before] if before < POOR else []
    yield "10 dB: moves a score by (p90)", float(np.percentile(np.abs(moved[10.0] or [0.0]), 90)), "<= 0.15"
    yield "10 dB: scored", len(moved[10.0]) / (len(NOISY) * len(BACKGROUNDS)), ""
    worse = moved[5.0] + moved[0.0]
    yield "5 dB or worse: off by over 0.25", _share(abs(m) > 0.25 for m in worse), "<= 0.10"
    yield "5 dB or worse: scored", len(worse) / (2 * len(NOISY) * len(BACKGROUNDS)), ""
    yield "noise lifts a poor take by (most)", max(lifted, default=0.0), "<= 0.2"
    yield "noise makes a singer silent", _share(silent), "0"


def _judged(kind: str, seed: int) -> Score:
    return _score(noise(kind, 5.0, level=-30.0, seed=seed), seed)


def _score(samples: np.ndarray, place: int) -> Score:
    return assess(Audio(samples, ANALYSIS_RATE), melody_of(PHRASES[place % len(PHRASES)])).score


def _share(found: object) -> float:
    return float(np.mean([bool(f) for f in found] or [0.0]))  # type: ignore[attr-defined]


assert set(NOISY) <= set(FAULTS)
