"""A take ends by itself when the person has finished, and never before: sung by independent voices, without waiting."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from mit.audio import ANALYSIS_RATE, Audio
from mit.device.pace import AT_ONCE
from mit.device.wav import WavRecorder, write_wav
from mit.live import Frame, LivePitch
from mit.melody import intone
from mit.phrase import spell
from mit.take import Ended, Ending, Heard, Listener, Patience, listen
from tests.faults import pause_before
from tests.noises import noise
from tests.voices import VOICES, follow, phrase, sing

PHRASES = (("wa-ter", "HL"), ("I want cof-fee", "LLHL"), ("I know the word but can-not say it", "LHLHLHLHL"))


@dataclass
class Person:
    """Who is told during a take: remembers what was shown and offered, and asks for an end when told to."""

    end_at: float | None = None
    with_what: Ended = Ended.PERSON
    frames: list[Frame] = field(default_factory=list)
    offers: list[float] = field(default_factory=list)

    def listener(self) -> Listener:
        return Listener(self.frames.extend, lambda: self.offers.append(self.frames[-1].time), self._asked)

    def _asked(self) -> Ended | None:
        late = self.end_at is not None and bool(self.frames) and self.frames[-1].time >= self.end_at
        return self.with_what if late else None


def hear(
    tmp_path: Path, samples: np.ndarray, text: str, pattern: str, *, after: float = 4.0, **person: object
) -> tuple[Heard, Person]:
    """A take of these samples with half a second of quiet room before them and `after` seconds of it behind."""
    room = np.concatenate([np.zeros(ANALYSIS_RATE // 2), samples, np.zeros(round(after * ANALYSIS_RATE))])
    room = (room + noise("pink", len(room) / ANALYSIS_RATE, level=-62.0)[: len(room)]).astype(np.float32)
    write_wav(tmp_path / "room.wav", Audio(room, ANALYSIS_RATE))
    melody = intone(spell(text, pattern))
    who = Person(**person)  # type: ignore[arg-type]
    take = WavRecorder(tmp_path / "room.wav", pace=AT_ONCE).open(melody)
    return listen(take, Ending(tuple(n.duration for n in melody.notes), Patience()), who.listener()), who


def end_of(plan: tuple) -> float:
    """When the singing ends in the take: half a second of room lies before it."""
    return 0.5 + plan[-1].onset + plan[-1].duration


@pytest.mark.parametrize(
    ("text", "pattern", "voice"),
    [(*PHRASES[0], "alto"), (*PHRASES[0], "bass"), (*PHRASES[1], "breathy"), (*PHRASES[2], "soprano")],
)
def test_ends_soon_after_the_last_syllable(tmp_path: Path, text: str, pattern: str, voice: str) -> None:
    plan = phrase(text, pattern, low=VOICES[voice].low, beat=0.9)
    heard, who = hear(tmp_path, sing(plan, voice=voice), text, pattern)
    assert heard.ended is Ended.FINISHED
    assert end_of(plan) + 0.7 < heard.audio.duration < end_of(plan) + 1.3
    assert end_of(plan) + 1.2 < who.frames[-1].time < end_of(plan) + 3.3


@pytest.mark.parametrize(
    ("text", "pattern", "voice"),
    [(*p, voice) for p in PHRASES[:2] for voice in ("alto", "bass", "tremor", "creaky")] + [(*PHRASES[2], "tenor")],
)
def test_pauses_of_two_seconds_never_cut_a_take(tmp_path: Path, text: str, pattern: str, voice: str) -> None:
    plan = phrase(text, pattern, low=VOICES[voice].low, beat=0.9)
    for k in range(1, len(plan)):
        plan = pause_before(plan, k, 2.0)
    heard, _ = hear(tmp_path, sing(plan, voice=voice), text, pattern)
    assert heard.ended is Ended.FINISHED
    assert heard.audio.duration > end_of(plan)


def test_waits_longer_when_syllables_are_missing(tmp_path: Path) -> None:
    plan = phrase("I want", "LL", beat=0.9)
    heard, who = hear(tmp_path, sing(plan), "I want cof-fee", "LLHL")
    assert heard.ended is Ended.FINISHED
    assert end_of(plan) + 2.5 < who.frames[-1].time < end_of(plan) + 4.0


def test_offers_the_model_once_and_keeps_the_turn_open(tmp_path: Path) -> None:
    late = np.concatenate([np.zeros(13 * ANALYSIS_RATE), sing(phrase("wa-ter", "HL"))])
    heard, person = hear(tmp_path, late, "wa-ter", "HL")
    assert person.offers == [pytest.approx(12.0, abs=0.1)]
    assert heard.ended is Ended.FINISHED
    assert heard.contour.voiced_seconds > 1.0


@pytest.mark.parametrize("kind", ["white", "hum50", "pink"])
def test_steady_noise_is_no_voice(kind: str) -> None:
    frames = LivePitch().feed(noise(kind, 6.0, level=-35.0))
    assert sum(np.isfinite(f.f0) for f in frames) < 0.05 * len(frames)


def test_the_person_ends_it_and_the_tail_is_kept(tmp_path: Path) -> None:
    plan = phrase("I want cof-fee", "LLHL", beat=0.9)
    heard, _ = hear(tmp_path, sing(plan), "I want cof-fee", "LLHL", end_at=2.0)
    assert heard.ended is Ended.PERSON
    assert 2.3 < heard.audio.duration < 2.8


def test_leaving_keeps_no_tail(tmp_path: Path) -> None:
    heard, _ = hear(tmp_path, sing(phrase("wa-ter", "HL")), "wa-ter", "HL", end_at=1.0, with_what=Ended.LEFT)
    assert heard.ended is Ended.LEFT
    assert heard.audio.duration < 1.3


def test_a_source_that_ends_ends_the_take(tmp_path: Path) -> None:
    write_wav(tmp_path / "short.wav", Audio(sing(phrase("wa-ter", "HL"), tail=0.1), ANALYSIS_RATE))
    melody = intone(spell("wa-ter", "HL"))
    take = WavRecorder(tmp_path / "short.wav", pace=AT_ONCE).open(melody)
    heard = listen(take, Ending((1.0, 1.0), Patience()), Listener())
    assert heard.ended is Ended.SOURCE
    assert heard.contour.voiced_seconds > 0.8


def test_the_contour_is_that_of_the_whole_recording(tmp_path: Path) -> None:
    from mit.pitch import track

    heard, _ = hear(tmp_path, sing(phrase("I want cof-fee", "LLHL")), "I want cof-fee", "LLHL")
    whole = track(heard.audio)
    np.testing.assert_array_equal(heard.contour.f0, whole.f0)
    np.testing.assert_array_equal(heard.contour.intensity, whole.intensity)


def test_the_line_follows_the_voice(tmp_path: Path) -> None:
    plan = follow(intone(spell("wa-ter", "HL")).notes)
    _, person = hear(tmp_path, sing(plan), "wa-ter", "HL")
    for note in plan:
        inside = [f.f0 for f in person.frames if note.onset + 0.7 < f.time < note.onset + note.duration + 0.3]
        assert 69 + 12 * np.log2(np.nanmedian(inside) / 440) == pytest.approx(note.pitch, abs=0.3)


@pytest.mark.parametrize("sound", ["taps", "coughs"])
def test_a_knock_or_a_cough_does_not_begin_the_singing(tmp_path: Path, sound: str) -> None:
    """The first seconds hold only knocks or coughs; the singing comes at nine seconds and is heard whole."""
    first = noise(sound, 5.0, level=-30.0)
    plan = phrase("wa-ter", "HL")
    late = np.concatenate([first, np.zeros(4 * ANALYSIS_RATE), sing(plan)])
    heard, _ = hear(tmp_path, late, "wa-ter", "HL")
    assert heard.ended is Ended.FINISHED
    assert heard.audio.duration > 9.0 + end_of(plan)


def test_a_television_does_not_keep_the_microphone_open() -> None:
    ending = Ending((1.0, 1.0), Patience())
    ending.feed([Frame(0.016 * k, 200.0, -20.0) for k in range(round(299.0 / 0.016))])
    assert not ending.over
    ending.feed([Frame(299.0 + 0.016 * k, 200.0, -20.0) for k in range(100)])
    assert ending.over
