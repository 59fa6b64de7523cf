from __future__ import annotations

import numpy as np
import pytest

from mit.align import align
from mit.audio import ANALYSIS_RATE, Audio
from mit.contour import Contour
from mit.melody import intone
from mit.phrase import spell
from mit.practice import Assessment, assess, judge
from mit.verdict import LEAST_SNR, Verdict, signal_to_noise
from tests import faults
from tests.drawn import ROOM, VOICE, draw
from tests.noises import mix, noise
from tests.voices import Sung, follow, sing

TARGET = intone(spell("good mor-ning", "LHL"), beat=0.7)
PLAN = follow(TARGET.notes)


def noisy(over: float, plan: tuple[Sung, ...] = PLAN) -> Contour:
    """The contour of a plan with the noise raised to so many dB under the voice."""
    drawn = draw(plan)
    return Contour(drawn.times, drawn.f0, np.maximum(drawn.intensity, VOICE - over))


@pytest.mark.parametrize("over", [30.0, 15.0, 10.0, 5.0])
def test_the_noise_is_read_as_it_is(over: float) -> None:
    contour = noisy(over)
    assert signal_to_noise(align(TARGET, contour), contour) == pytest.approx(over, abs=2.0)
    assert (judge(contour, TARGET).score.verdict is Verdict.SCORED) == (over > LEAST_SNR)


def test_a_syllable_that_was_not_heard_is_no_noise() -> None:
    drawn = draw(PLAN)
    hidden = (drawn.times > PLAN[1].onset - 0.01) & (drawn.times < PLAN[2].onset - 0.06)
    contour = Contour(drawn.times, np.where(hidden, np.nan, drawn.f0), drawn.intensity)
    assert signal_to_noise(align(TARGET, contour), contour) > VOICE - ROOM - 20


def test_a_take_that_is_cut_tight_has_no_noise_to_read() -> None:
    contour = draw(faults.wait(PLAN, -PLAN[0].onset), gap=0.0, tail=0.0)
    assert signal_to_noise(align(TARGET, contour), contour) is None
    assert judge(contour, TARGET).score.verdict is Verdict.SCORED


def test_what_is_loud_and_has_no_pitch_leaves_it_open() -> None:
    drawn = draw(PLAN)
    contour = Contour(drawn.times, np.where(drawn.times < PLAN[2].onset - 0.1, np.nan, drawn.f0), drawn.intensity)
    assert judge(contour, TARGET).score.verdict is Verdict.UNSURE


@pytest.mark.parametrize(("share", "is_scored"), [(0.0, True), (0.2, True), (0.45, False)])
def test_a_pitch_that_is_torn_is_not_judged(share: float, is_scored: bool) -> None:
    """Every second moment or so on another pitch: a voice that breaks, or a tracker that does not know."""
    drawn = draw(PLAN)
    torn = np.arange(len(drawn.times)) % 10 < 10 * share
    contour = Contour(drawn.times, drawn.f0 * np.where(torn, 2.0 ** (7 / 12), 1.0), drawn.intensity)
    assert (judge(contour, TARGET).score.verdict is Verdict.SCORED) == is_scored


@pytest.mark.parametrize("length", [0.05, 0.12])
def test_barks_are_no_song(length: float) -> None:
    barks = tuple(Sung(0.4 + 0.17 * k, length, pitch) for k, pitch in enumerate((57.0, 60.0, 57.0)))
    assert judge(draw(barks, gap=0.0), TARGET).score.verdict is not Verdict.SCORED


def heard(kind: str, snr: float) -> Assessment:
    voice = sing(PLAN, voice="tenor")
    other = noise(kind, len(voice) / ANALYSIS_RATE + 1.0, seed=3)[: len(voice)]
    return assess(Audio(mix(voice, other, snr=snr), ANALYSIS_RATE), TARGET)


@pytest.mark.parametrize("kind", ["white", "music"])
def test_noise_moves_no_score(kind: str) -> None:
    some, much = heard(kind, 15.0).score, heard(kind, 0.0).score
    assert some.score is None or some.score >= 0.85
    assert much.score is None
    assert Verdict.SILENT not in (some.verdict, much.verdict)


def test_who_sings_under_something_loud_is_not_silent_where_no_pitch_is_heard() -> None:
    drawn = draw(PLAN)
    hidden = Contour(drawn.times, np.full(len(drawn.times), np.nan), drawn.intensity)
    fan = Contour(hidden.times, hidden.f0, np.full(len(hidden.times), VOICE))
    assert judge(hidden, TARGET).score.verdict is Verdict.UNSURE
    assert judge(fan, TARGET).score.verdict is Verdict.SILENT
