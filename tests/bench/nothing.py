"""Takes with nothing to judge, and takes with something else to be heard: silent or unsure, and never praise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from mit.audio import ANALYSIS_RATE, Audio
from mit.practice import assess
from mit.score import Score, Verdict
from tests.bench.figures import Figure, split, spread
from tests.bench.takes import PHRASES, Ask, families, melody_of, plain, sung_take
from tests.noises import mix, noise

EMPTY = ("silence", "hum50", "white", "pink", "brown", "barks", "coughs", "taps", "breath", "music", "band")
OTHERS = ("talker", "babble")
LONE = "lone"
"""An instrument alone plays what a voice may sing: told, not held to anything."""

SEEDS = 6
LEVELS = (-20.0, -30.0, -45.0)
"""dB re full scale: beside the microphone, in the room, next door."""

SECONDS = 6.0

SUNG = ("clean", "compressed 0.5", "random 2.0", "missing 1", "mixed 0.6", "monotone")
"""What is sung under noise: good and poor takes."""

BACKGROUNDS = ("white", "pink", "babble", "music")
SNRS = (20.0, 10.0, 5.0, 0.0)
POOR = 0.6
"""Score under which a take earns no praise."""


class Alone(NamedTuple):
    """A noise by itself."""

    kind: str
    seed: int


class Judgement(NamedTuple):
    """What was made of it."""

    kind: str
    verdict: Verdict
    praised: bool


class Noisy(NamedTuple):
    """A take under noise: its background and SNR, its score without (None: not scored) and with, its verdict."""

    family: str
    background: str
    snr: float
    before: float | None
    after: float | None
    verdict: Verdict

    @property
    def moved(self) -> float:
        return (self.after or 0.0) - (self.before or 0.0)


def figures(*, every: int = 1, jobs: int = 1) -> Iterator[Figure]:
    """What issue 4 asks of noise; `every`: only each so-manieth noise and take."""
    kinds = (*EMPTY, *OTHERS, LONE)
    alone = [Alone(kind, seed) for kind in kinds for seed in range(max(1, SEEDS // every))]
    yield from _alone(spread(judged, alone, jobs=jobs))
    sung = [
        plain(p, family, turn=k)._replace(fault=SUNG[k % len(SUNG)])
        for k, (family, p) in enumerate((f, p) for p in (2, 4, 5, 6, 8) for f in families())
    ]
    rows = [row for found in spread(under_noise, sung[:: max(1, every)], jobs=jobs) for row in found]
    yield from _noisy(rows)


def judged(asked: Alone) -> Judgement:
    """A noise judged as if it were a take."""
    melody = melody_of(PHRASES[asked.seed % len(PHRASES)])
    if asked.kind == "silence":
        samples = np.zeros(round(SECONDS * ANALYSIS_RATE), np.float32)
    else:
        samples = noise(asked.kind, SECONDS, level=LEVELS[asked.seed % len(LEVELS)], seed=asked.seed)
    score = assess(Audio(samples, ANALYSIS_RATE), melody).score
    return Judgement(asked.kind, score.verdict, score.praised)


def _alone(rows: Sequence[Judgement]) -> Iterator[Figure]:
    by = {kind: [r for r in rows if r.kind == kind] for kind in dict.fromkeys(r.kind for r in rows)}
    empty, others = {k: by[k] for k in EMPTY}, {k: by[k] for k in OTHERS}
    yield split("nothing sung: silent or unsure", ">= 0.95", _refused, empty)
    yield split("nothing sung: praised", "<= 0", _praised, empty)
    yield split("others talk: praised", "<= 0", _praised, others)
    yield split("others talk: silent or unsure", "", _refused, others)
    yield split("a lone instrument: praised", "", _praised, {LONE: by[LONE]})


def _refused(rows: Sequence[Judgement]) -> float:
    return float(np.mean([r.verdict is not Verdict.SCORED for r in rows]))


def _praised(rows: Sequence[Judgement]) -> float:
    return float(np.mean([r.praised for r in rows]))


def under_noise(ask: Ask) -> list[Noisy]:
    """One take with every background at every SNR."""
    take = sung_take(ask)
    before = _score(take.sung.samples, ask).score
    rows = []
    for k, background in enumerate(BACKGROUNDS):
        other = noise(background, len(take.sung.samples) / ANALYSIS_RATE, seed=100 * k + ask.seed)
        for snr in SNRS:
            after = _score(mix(take.sung.samples, other, snr=snr), ask)
            rows.append(Noisy(ask.family, background, snr, before, after.score, after.verdict))
    return rows


def _score(samples: np.ndarray, ask: Ask) -> Score:
    return assess(Audio(samples, ANALYSIS_RATE), melody_of(PHRASES[ask.phrase])).score


def _noisy(rows: Sequence[Noisy]) -> Iterator[Figure]:
    given = [r for r in rows if r.before is not None]
    mild, bad = [r for r in given if r.snr >= 10], [r for r in given if r.snr <= 5]
    both = [r for r in mild if r.after is not None]
    yield split("10 dB or better: moves a given score by (p90)", "<= 0.15", _p90, _by(both))
    for snr in SNRS[:2]:
        yield split(f"  at {snr:.0f} dB", "", _p90, _by([r for r in both if r.snr == snr]))
    yield split("10 dB or better: scored", "", _scored, _by(mild))
    worse = [r for r in bad if r.after is not None]
    yield split("5 dB or worse: off by over 0.25", "<= 0.10", _far, _by(worse))
    yield split("  of so many takes", "", len, _by(worse))
    yield split("5 dB or worse: scored", "", _scored, _by(bad))
    poor = [r for r in given if r.after is not None and (r.before or 0.0) < POOR]
    yield split("noise lifts a poor take by (most)", "<= 0.2", lambda c: max(r.moved for r in c), _by(poor))
    yield split(
        "noise makes a singer silent", "<= 0", lambda c: _mean(r.verdict is Verdict.SILENT for r in c), _by(rows)
    )


def _by(rows: Sequence[Noisy]) -> dict[str, list[Noisy]]:
    return {background: [r for r in rows if r.background == background] for background in BACKGROUNDS}


def _p90(rows: Sequence[Noisy]) -> float:
    return float(np.percentile([abs(r.moved) for r in rows], 90))


def _far(rows: Sequence[Noisy]) -> float:
    return _mean(abs(r.moved) > 0.25 for r in rows)


def _scored(rows: Sequence[Noisy]) -> float:
    return _mean(r.after is not None for r in rows)


def _mean(found: Iterator[bool]) -> float:
    return float(np.mean(list(found)))
