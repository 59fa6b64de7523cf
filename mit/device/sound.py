"""The real microphone and loudspeaker: two streams of their own, laid side by side by their converters' clocks."""

from __future__ import annotations

import queue
import statistics
import threading
import time
from typing import Any

import numpy as np

from mit.audio import ANALYSIS_RATE, Audio, Samples, resample
from mit.device import Trouble
from mit.device.portaudio import Callback, Direction, clock_offset, close_stream, frames_of, library, open_stream
from mit.device.watchdog import Heard, find_trouble, hear, stream_stopped
from mit.melody import Melody

STAMPS = 100
"""Blocks (2 s) whose stamps are kept: their median is steady to 0.4 ms, and no clock drifts a millisecond in 2 s."""

FADE = 0.02
"""Seconds in which a stopped sound ends: shorter clicks, longer is heard as a note."""

PEAK = 10 ** (-6 / 20)
"""Nothing is played louder than -6 dB re full scale, whatever it was made by."""

TAIL = 0.2
"""Seconds of silence after a sound, so that no device cuts its end off."""

OVERDUE = 5.0
"""Seconds after a sound's end when its stream is closed even if the sound system never said that it was through."""

DEFAULT_NAME = "default"


class Stamps:
    """When a stream's first sample passed its converter, from the stamps of its first blocks."""

    def __init__(self, rate: int) -> None:
        self.offset = 0.0
        """Seconds by which the stream's clock is ahead of the monotonic one."""
        self.frames = 0
        self._rate = rate
        self._last = time.monotonic()
        self._firsts: list[float] = []
        self._guesses: list[float] = []

    def note(self, stamp: float, frames: int) -> None:
        """Take in a block: its stamp (stream clock, s; 0 where a driver knows none) and length. For callbacks."""
        self._last = time.monotonic()
        if len(self._firsts) + len(self._guesses) < STAMPS:
            known = stamp > 0
            (self._firsts if known else self._guesses).append(
                (stamp if known else self._last) - self.frames / self._rate
            )
        self.frames += frames

    @property
    def started(self) -> float | None:
        """Monotonic time of the first sample; None before the first block."""
        if firsts := self._firsts[:]:
            return statistics.median(firsts) - self.offset
        return statistics.median(self._guesses[:]) if self._guesses else None

    @property
    def waited(self) -> float:
        """Seconds since the last block, or since the opening."""
        return time.monotonic() - self._last


class SoundPlayback:
    """A sound on its way to the loudspeaker (the `Playback` protocol)."""

    def __init__(self, audio: Audio, device: str | None, loudness: float) -> None:
        self._audio = audio
        self._gain = min(1.0, 10 ** (loudness / 20))
        self._next = 0
        self._stopped_at: float | None = None
        self._faded = False
        self._over = threading.Event()
        self._through: type[Exception] = library().CallbackStop
        self._stream = open_stream(device, Direction.OUT, audio.rate, self._prepare, self._over.set)
        self._stamps.offset = clock_offset(self._stream)
        threading.Thread(target=self._close_when_over, name="mit-playback", daemon=True).start()

    def _prepare(self, rate: int) -> Callback:
        samples = resample(self._audio, rate).samples
        loudest = float(np.abs(samples).max(initial=PEAK))
        self._samples = np.concatenate(
            (samples * np.float32(self._gain * PEAK / loudest), np.zeros(round(TAIL * rate), np.float32))
        )
        self._ramp = np.linspace(1.0, 0.0, round(FADE * rate), dtype=np.float32)
        self._rate = rate
        self._stamps = Stamps(rate)
        return self._fill

    def _fill(self, buffer: Any, frames: int, stamps: Any, _status: Any) -> None:
        self._stamps.note(stamps.outputBufferDacTime, frames)
        if self._stopped_at is not None and not self._faded:
            self._fade_out()
        out = frames_of(buffer, frames)
        block = self._samples[self._next : self._next + frames]
        out[: len(block)] = block[:, np.newaxis]
        out[len(block) :] = 0.0
        self._next += frames
        if self._complete:
            raise self._through

    def _fade_out(self) -> None:
        """Let the sound end within FADE from here on; silence follows, for a device may cut off what comes last."""
        self._faded = True
        ending = self._samples[self._next : self._next + len(self._ramp)]
        self._samples[self._next : self._next + len(ending)] = ending * self._ramp[: len(ending)]
        self._samples = self._samples[: self._next + len(ending) + round(TAIL * self._rate)]
        self._samples[self._next + len(ending) :] = 0.0

    def _close_when_over(self) -> None:
        """Closing may take long where a sound server hangs: never in the caller's thread."""
        self._over.wait(self._audio.duration + OVERDUE)
        close_stream(self._stream)

    @property
    def _complete(self) -> bool:
        return self._next >= len(self._samples)

    @property
    def started(self) -> float | None:
        return self._stamps.started

    @property
    def position(self) -> float:
        if self._stopped_at is not None:
            return self._stopped_at
        if (started := self.started) is None:
            return 0.0
        heard = min(time.monotonic() - started, self._next / self._rate)
        return min(max(heard, 0.0), self._audio.duration)

    @property
    def finished(self) -> bool:
        through = self.position >= self._audio.duration or (self._complete and self._over.is_set())
        return through or self._stopped_at is not None or self.trouble is not None

    @property
    def trouble(self) -> Trouble | None:
        if self._stopped_at is not None or self._complete:
            return None
        dead = stream_stopped(active=not self._over.is_set(), begun=self._stamps.frames > 0, waited=self._stamps.waited)
        return Trouble.STOPPED if dead else None

    def stop(self) -> None:
        if self._stopped_at is None:
            self._stopped_at = self.position


class SoundPlayer:
    """The loudspeaker (the `Player` protocol).

    device: its name or a part of it, None for the system's default; loudness: dB re the level limits, at most 0.
    """

    def __init__(self, device: str | None = None, *, loudness: float = 0.0) -> None:
        self._device = device
        self._loudness = loudness

    @property
    def name(self) -> str:
        return self._device or DEFAULT_NAME

    def play(self, audio: Audio) -> SoundPlayback:
        """Start to play, at most at -6 dB peak. Blocks for about 0.1 s. Raises DeviceError."""
        return SoundPlayback(audio, self._device, self._loudness)


class SoundTake:
    """An open microphone (the `Take` protocol). `read` by one thread; `close` by any."""

    def __init__(self, device: str | None) -> None:
        self._blocks: queue.SimpleQueue[Samples] = queue.SimpleQueue()
        self._over = threading.Event()
        self._closed = False
        self._flushed = False
        self._last_trouble: Trouble | None = None
        self._stream = open_stream(device, Direction.IN, ANALYSIS_RATE, self._prepare, self._over.set)
        self._stamps.offset = clock_offset(self._stream)

    def _prepare(self, rate: int) -> Callback:
        self._stamps = Stamps(rate)
        self._heard = Heard(rate)
        self._resampler = _resampler(rate)
        return self._take_in

    def _take_in(self, buffer: Any, frames: int, stamps: Any, _status: Any) -> None:
        self._stamps.note(stamps.inputBufferAdcTime, frames)
        self._blocks.put(frames_of(buffer, frames)[:, 0].copy())

    @property
    def started(self) -> float | None:
        return self._stamps.started

    @property
    def trouble(self) -> Trouble | None:
        if self._closed:
            return self._last_trouble
        return find_trouble(self._heard, active=not self._over.is_set(), waited=self._stamps.waited)

    def read(self, timeout: float) -> Samples | None:
        over = self._over.is_set()  # asked first: what comes before the end is in the queue by then
        samples = self._drain(0.0 if over else timeout)
        self._heard = hear(self._heard, samples)
        if self._resampler is None:
            return None if over and not len(samples) else samples
        return self._resample(samples, last=over and not len(samples))

    def _drain(self, timeout: float) -> Samples:
        blocks: list[Samples] = []
        try:
            blocks.append(self._blocks.get(timeout > 0, timeout))
            while True:
                blocks.append(self._blocks.get_nowait())
        except queue.Empty:
            return np.concatenate(blocks) if blocks else np.zeros(0, np.float32)

    def _resample(self, samples: Samples, *, last: bool) -> Samples | None:
        """The samples at ANALYSIS_RATE; at the end what the filter still holds, then None."""
        if self._flushed:
            return None
        self._flushed = last
        return np.asarray(self._resampler.resample_chunk(samples, last=last), dtype=np.float32)

    def close(self) -> None:
        if self._closed:
            return
        self._last_trouble = self.trouble
        self._closed = True
        close_stream(self._stream)
        self._over.set()


def _resampler(rate: int) -> Any:
    """A resampler from `rate` to ANALYSIS_RATE that keeps time from chunk to chunk; None where none is needed."""
    if rate == ANALYSIS_RATE:
        return None
    import soxr  # late: only for devices that refuse the rate

    return soxr.ResampleStream(rate, ANALYSIS_RATE, 1, dtype="float32")


class SoundRecorder:
    """The microphone (the `Recorder` protocol). device: its name or a part of it, None for the system's default."""

    def __init__(self, device: str | None = None) -> None:
        self._device = device

    @property
    def name(self) -> str:
        return self._device or DEFAULT_NAME

    def open(self, melody: Melody) -> SoundTake:
        """Start to listen. Blocks for about 0.1 s. Raises DeviceError: none there, or it hears the computer itself."""
        return SoundTake(self._device)
