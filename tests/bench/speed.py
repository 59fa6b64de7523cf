"""How fast judging is, on processor time, so that a busy computer changes little."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np

from mit.audio import ANALYSIS_RATE, Audio
from mit.contour import Contour
from mit.melody import intone
from mit.phrase import spell
from mit.pitch import track
from mit.practice import judge
from tests.drawn import draw
from tests.voices import follow, sing

ROUNDS = 15


def figures() -> Iterator[tuple[str, float, str]]:
    """Name, figure and aim."""
    melody = intone(spell("I want some wa-ter", "LLLHL"))
    plan = follow(melody.notes)
    drawn, audio = draw(plan), Audio(sing(plan), ANALYSIS_RATE)
    bare = Contour(drawn.times, drawn.f0, np.full(len(drawn.times), np.nan))
    track(audio)
    judging = _seconds(lambda: judge(drawn, melody))
    yield "judging 5 notes beyond tracking (ms)", 1000 * judging, "< 15"
    yield (
        "tracking and judging a WAV, times real time",
        audio.duration / (_seconds(lambda: track(audio)) + judging),
        ">= 12",
    )
    yield "judging a track of f0, times real time", drawn.times[-1] / _seconds(lambda: judge(bare, melody)), ">= 100"


def _seconds(work: Callable[[], object]) -> float:
    spent = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return float(np.median(spent))
