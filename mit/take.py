"""One take: listen until the person has finished, without ever cutting them off.

Everything is passed in (an open microphone, what to tell whom), so the same loop hears a real voice, a file and a
simulated patient.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from mit.audio import ANALYSIS_RATE, Audio, Samples
from mit.contour import Contour
from mit.device import ENDS_TAKE, Take, Trouble
from mit.live import Frame, LivePitch, as_contour
from mit.nuclei import segment
from mit.pitch import Tracker

READ = 0.02
"""Seconds to wait for samples: the line on the screen moves 25 times a second or more."""

TAIL = 0.4
"""Seconds still heard after the person ended the take: the device's delay and the end of a slow note."""

SETTLED = 1.0
"""Seconds of silence after which a take is tracked to its end, in case it is over: then the answer is ready at once.
What the microphone hears after that, while the trainer waits to be sure, is not part of the take."""

SURE_DIP = 6.0
"""dB between syllables that surely are two: counting one too many would cut a slow singer off."""

SURE_LENGTH = 0.45
"""Voice heard for each expected syllable, as a share of its length in the model, before all count as sung."""

BEGUN = 0.25
"""Seconds of unbroken voice with which singing has begun: a click, a knock or a cough is shorter."""

BREAK = 0.05
"""Seconds without voice that a live frame or two may drop out inside one stretch."""

LONGEST = 300.0
"""Seconds after which a take ends whatever is heard: by then it is a television, and the microphone is to close."""

PAUSE_FACTOR = 1.3
"""Someone who made a pause may make one this much longer."""


class Ended(StrEnum):
    """Why a take ended; stored with the attempt."""

    FINISHED = "finished"  # silence after the last syllable
    PERSON = "person"  # the person said so
    SOURCE = "source"  # the file is through
    TROUBLE = "trouble"  # the microphone is gone
    LEFT = "left"  # the person went away from the phrase: what was heard is kept, but not answered


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds of waiting: silence that ends a take when all syllables were heard, and when fewer were; and how long
    without any voice until the model is offered again (the turn stays open)."""

    all_heard: float = 1.5
    some_heard: float = 3.0
    offer_model: float = 12.0


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """A finished take: its sound, its contour, why it ended, what the watchdog saw, and when it began (monotonic)."""

    audio: Audio
    contour: Contour
    ended: Ended
    trouble: Trouble | None
    started: float | None


class Ending:
    """Decide when a take is over, from live frames. Pure: no clock but that of the samples."""

    def __init__(self, lengths: tuple[float, ...], patience: Patience) -> None:
        """lengths: seconds of each note of the model."""
        self._lengths = lengths
        self._patience = patience
        self._frames: list[Frame] = []
        self._voiced: list[float] = []  # from the first stretch that was long enough
        self._stretch: list[float] = []

    def feed(self, frames: list[Frame]) -> None:
        self._frames += frames
        for time in (f.time for f in frames if f.f0 == f.f0):  # NaN is not itself
            if self._voiced:
                self._voiced.append(time)
                continue
            if self._stretch and time - self._stretch[-1] > BREAK:
                self._stretch = []
            self._stretch.append(time)
            if time - self._stretch[0] >= BEGUN:
                self._voiced = self._stretch

    @property
    def begun(self) -> bool:
        """True once somebody sang: what came before was a click or a cough."""
        return bool(self._voiced)

    @property
    def idle(self) -> bool:
        """True when no voice was heard for so long that the model should be offered again."""
        return not self._voiced and bool(self._frames) and self._frames[-1].time >= self._patience.offer_model

    @property
    def silence(self) -> float:
        """Seconds since the last voice; 0 before the first."""
        return self._frames[-1].time - self._voiced[-1] if self._voiced else 0.0

    @property
    def over(self) -> bool:
        """True when the silence since the last voice is long enough for what was heard."""
        silence = self.silence
        if self._frames and self._frames[-1].time >= LONGEST:
            return True
        if silence >= self._patience.some_heard:
            return True
        return silence >= self._after_all() and self._all_heard()

    def _after_all(self) -> float:
        """Patience once all was heard, stretched for someone whose pauses are long."""
        longest = max((b - a for a, b in pairwise(self._voiced)), default=0.0)
        return min(self._patience.some_heard, max(self._patience.all_heard, PAUSE_FACTOR * longest))

    def _all_heard(self) -> bool:
        contour = as_contour(self._frames)
        enough = contour.voiced_seconds >= SURE_LENGTH * sum(self._lengths)
        return enough and len(segment(contour, dip=SURE_DIP)) >= len(self._lengths)


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told what during a take. Called from the thread that listens.

    show: the live frames as they come; offer: once, when nobody sang for long; asked: PERSON or LEFT when the person
    ended the take.
    """

    show: Callable[[list[Frame]], object] = lambda frames: None
    offer: Callable[[], object] = lambda: None
    asked: Callable[[], Ended | None] = lambda: None


def listen(take: Take, ending: Ending, listener: Listener) -> Heard:
    """Hear a take to its end and close the microphone. What was heard until a fault is kept.

    Pitch is tracked in a thread of its own while the person sings, so that little is left to do at the end.
    """
    worker = ThreadPoolExecutor(1, "track")
    tape = _Tape(worker)
    try:
        ended = _hear(take, ending, listener, tape)
        if ended is Ended.PERSON:
            _hear_tail(take, tape)
    finally:
        trouble = take.trouble
        take.close()
    audio, contour = tape.finish(settled=ended is Ended.FINISHED)
    worker.shutdown(wait=False, cancel_futures=True)  # what was heard after the end is of no use to anybody
    return Heard(audio, contour, ended, trouble, take.started)


class _Tape:
    """What was heard so far, and the tracking of it in another thread."""

    def __init__(self, worker: ThreadPoolExecutor) -> None:
        self._worker = worker
        self._tracker = Tracker()
        self._blocks: list[Samples] = []
        self._fed: list[Future[None]] = []
        self._settled: tuple[int, Future[Contour]] | None = None

    def keep(self, samples: Samples) -> None:
        self._blocks.append(samples)
        self._fed.append(self._worker.submit(self._tracker.feed, samples))

    def watch(self, silence: float) -> None:
        """Track to the end once it has become silent; voice afterwards makes that void."""
        if silence < SETTLED:
            self._settled = None
        elif self._settled is None:
            self._settled = len(self._blocks), self._worker.submit(self._tracker.contour)

    def finish(self, *, settled: bool) -> tuple[Audio, Contour]:
        """The take and its contour; settled: up to where it had become silent."""
        if not (settled and self._settled):
            self._settled = len(self._blocks), self._worker.submit(self._tracker.contour)
        blocks, contour = self._settled
        samples = np.concatenate([np.zeros(0, np.float32), *self._blocks[:blocks]])
        tracked = contour.result()
        for fed in self._fed[:blocks]:
            fed.result()  # a mistake in the thread is not silently lost
        return Audio(samples, ANALYSIS_RATE), tracked


def _hear(take: Take, ending: Ending, listener: Listener, tape: _Tape) -> Ended:
    live, offered = LivePitch(), False
    while True:
        samples = take.read(READ)
        if samples is None:
            return Ended.TROUBLE if take.trouble in ENDS_TAKE else Ended.SOURCE
        tape.keep(samples)
        frames = live.feed(samples)
        ending.feed(frames)
        listener.show(frames)
        tape.watch(ending.silence)
        if asked := listener.asked():
            return asked
        if take.trouble in ENDS_TAKE:
            return Ended.TROUBLE
        if ending.over:
            return Ended.FINISHED
        if ending.idle and not offered:
            offered = True
            listener.offer()


def _hear_tail(take: Take, tape: _Tape) -> None:
    """The device's delay and the end of a slow note, after the person said that they have finished."""
    wanted = round(TAIL * ANALYSIS_RATE)
    while wanted > 0 and (samples := take.read(READ)) is not None and take.trouble not in ENDS_TAKE:
        tape.keep(samples)
        wanted -= len(samples)
