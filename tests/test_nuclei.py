from __future__ import annotations

import numpy as np
import pytest

from mit.contour import BANDS, Contour
from mit.nuclei import segment
from tests import faults
from tests.drawn import VOICE, draw
from tests.voices import Sung, phrase

PLAN = phrase("I want some wa ter", "LLLHL", beat=0.7)


@pytest.mark.parametrize("gap", [0.04, 0.1, 0.3])
def test_every_syllable_is_found_on_its_onset(gap: float) -> None:
    notes = segment(draw(PLAN, gap=gap))
    assert [n.onset for n in notes] == pytest.approx([n.onset for n in PLAN], abs=0.04)
    assert [n.pitch for n in notes] == pytest.approx([n.pitch for n in PLAN], abs=0.2)


def test_legato_on_two_pitches_is_cut_where_the_pitch_steps() -> None:
    notes = segment(draw(PLAN[2:], gap=0.0))
    assert [round(n.pitch) for n in notes] == [57, 60, 57]


@pytest.mark.parametrize("depth", [2.0, 3.0])
def test_a_voice_that_trembles_is_one_syllable(depth: float) -> None:
    steady = draw((Sung(0.4, 2.0, 57.0),))
    shaking = steady.intensity + depth * np.sin(2 * np.pi * 5.0 * steady.times)
    assert len(segment(Contour(steady.times, steady.f0, shaking))) == 1


def test_a_weak_voiced_consonant_beside_a_vowel_is_no_syllable() -> None:
    drawn = draw((Sung(0.4, 0.5, 57.0), Sung(0.95, 0.2, 57.0), Sung(1.19, 0.6, 57.0)), gap=0.04)
    weak = np.where((drawn.times > 0.92) & (drawn.times < 1.17), drawn.intensity - 10.0, drawn.intensity)
    assert len(segment(drawn)) == 3
    assert len(segment(Contour(drawn.times, drawn.f0, weak))) == 2


@pytest.mark.parametrize(("pitch", "syllables"), [(57.5, 2), (60.0, 3)])
def test_what_is_short_and_stands_on_no_height_of_its_own_is_a_slip(pitch: float, syllables: int) -> None:
    drawn = draw((Sung(0.4, 0.6, 57.0), Sung(1.1, 0.11, pitch), Sung(1.4, 0.6, 57.0)), gap=0.0)
    alike = np.full((len(drawn.times), BANDS), -40, np.int8)
    heard = Contour(drawn.times, drawn.f0, drawn.intensity, drawn.sonority, alike)
    assert len(segment(heard)) == syllables
    assert len(segment(drawn)) == 3


def behind(plan: tuple[Sung, ...], room: float, others: tuple[Sung, ...], under: float) -> Contour:
    """A plan with a background: its level (dB under the singer), uneven, and what others sing in it."""
    drawn, other = draw(plan), draw(others, tail=0.0)
    count = len(drawn.times)
    uneven = VOICE - room + 5.0 * np.sin(np.arange(count) / 7.0)
    theirs = np.interp(drawn.times, other.times, np.where(other.voiced, VOICE - under, -200.0), right=-200.0)
    f0 = np.where(drawn.voiced, drawn.f0, np.interp(drawn.times, other.times, other.f0, right=np.nan))
    return Contour(drawn.times, f0, np.maximum(np.maximum(drawn.intensity, uneven), theirs))


OTHERS = (Sung(0.0, 0.25, 62.0), Sung(4.1, 0.3, 64.0))


def test_who_sings_softly_in_a_quiet_room_is_heard() -> None:
    assert len(segment(behind(PLAN, 50.0, OTHERS, 15.0))) == len(PLAN) + 2


def test_who_talks_behind_the_singer_is_not() -> None:
    assert len(segment(behind(PLAN, 25.0, OTHERS, 15.0))) == len(PLAN)


def test_a_false_start_is_a_syllable_of_its_own() -> None:
    assert len(segment(draw(faults.false_start(PLAN, 0)))) == len(PLAN) + 1


def test_silence_has_no_syllables() -> None:
    assert segment(draw(())) == ()
    assert segment(Contour(np.zeros(0), np.zeros(0), np.zeros(0))) == ()
