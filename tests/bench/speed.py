"""How fast judging is: on processor time where it can be, so that a busy computer changes little."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np

from mit.audio import ANALYSIS_RATE, Audio
from mit.contour import Contour
from mit.judging_speed import measure
from mit.melody import Melody, intone
from mit.phrase import spell
from mit.pitch import track
from mit.practice import assess, judge
from tests.bench.figures import Figure
from tests.drawn import draw
from tests.voices import follow, sing

ROUNDS = 15
LENGTHS = (5.0, 30.0, 120.0)
"""Seconds of a recording; cost should grow as they do."""

LINEAR = 1.5
"""Times the cost of a second that the longest may take of the shortest."""


def figures() -> Iterator[Figure]:
    """What issue 4 asks of speed."""
    melody = intone(spell("I want some wa-ter", "LLLHL"))
    plan = follow(melody.notes)
    drawn, audio = draw(plan), Audio(sing(plan), ANALYSIS_RATE)
    bare = Contour(drawn.times, drawn.f0, np.full(len(drawn.times), np.nan))
    track(audio)
    judging = _seconds(lambda: judge(drawn, melody))
    yield Figure("judging 5 notes beyond tracking (ms)", 1000 * judging, "< 15")
    yield Figure("tracking a WAV, times real time", audio.duration / _seconds(lambda: track(audio)))
    yield Figure("judging a track of 5 notes, times real time", drawn.times[-1] / _seconds(lambda: judge(bare, melody)))
    batches = measure()
    yield Figure("manifest of WAVs, times real time a core", batches.wavs.times_real_time, ">= 12")
    yield Figure("manifest of f0 tracks, times real time a core", batches.tracks.times_real_time, ">= 100")
    yield Figure("two jobs against one (time waited)", batches.gain_of_two, ">= 1.7")
    yield from _linear(audio, melody)


def _linear(audio: Audio, melody: Melody) -> Iterator[Figure]:
    """Cost of a second of a long recording, against a short one: the phrase again and again."""
    for what, cost in (
        ("a second of WAV", lambda a: _once(lambda: assess(a, melody))),
        ("a second of tracked pitch", lambda a: _judging(a, melody)),
    ):
        each = {f"{s:.0f} s": cost(_repeated(audio, s)) / s for s in LENGTHS}
        values = list(each.values())
        by = {name: 1000 * value for name, value in each.items()}
        yield Figure(f"{what}, longest against shortest", values[-1] / values[0], f"<= {LINEAR}", by)


def _judging(audio: Audio, melody: Melody) -> float:
    contour = track(audio)
    return _once(lambda: judge(contour, melody))


def _repeated(audio: Audio, seconds: float) -> Audio:
    return Audio(np.resize(audio.samples, round(seconds * ANALYSIS_RATE)), ANALYSIS_RATE)


def _seconds(work: Callable[[], object]) -> float:
    return float(np.median([_once(work) for _ in range(ROUNDS)]))


def _once(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
