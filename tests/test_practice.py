"""Issue-level truths of judging: the model against itself and against planted faults, through sound."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from mit.audio import Audio
from mit.melody import Melody, Note, intone
from mit.phrase import spell
from mit.practice import Assessment, assess
from mit.score import Verdict
from mit.voice.hum import hum

PHRASES = (("wa-ter", "HL"), ("I want some wa-ter", "LLLHL"), ("I know the word but can-not say it", "LHLHLHLHL"))
SWAPPED = str.maketrans("HL", "LH")


def melody(phrase: tuple[str, str], **manner: float) -> Melody:
    return intone(spell(*phrase), **manner)


@cache
def model_itself(phrase: tuple[str, str]) -> Assessment:
    return assess(hum(melody(phrase)), melody(phrase))


def parts(assessment: Assessment) -> dict[str, float]:
    """The parts that could be told."""
    assert assessment.score.verdict is Verdict.SCORED
    return {name: value for name, value in assessment.score.parts.items() if value is not None}


@pytest.mark.parametrize("phrase", PHRASES)
def test_the_model_against_itself_is_perfect(phrase: tuple[str, str]) -> None:
    assessment = model_itself(phrase)
    assert min(parts(assessment).values()) >= 0.97
    assert assessment.score.grade == 4
    assert (assessment.score.missing, assessment.score.added) == (0, 0)
    assert abs(assessment.score.transposition) < 0.1


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.parametrize("semitones", [-7, 5, -12])
def test_another_key_costs_nothing(phrase: tuple[str, str], semitones: int) -> None:
    sung = assess(hum(melody(phrase, low=57.0 + semitones)), melody(phrase))
    before, after = parts(model_itself(phrase)), parts(sung)
    assert after["contour"] == pytest.approx(before["contour"], abs=0.02)
    assert after["interval"] == pytest.approx(before["interval"], abs=0.02)
    assert sung.score.transposition == pytest.approx(semitones, abs=0.1)


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.parametrize("ratio", [0.7, 1.4])
def test_another_tempo_costs_nothing(phrase: tuple[str, str], ratio: float) -> None:
    sung = assess(hum(melody(phrase, beat=ratio)), melody(phrase))
    assert parts(sung)["rhythm"] == pytest.approx(parts(model_itself(phrase))["rhythm"], abs=0.03)
    assert sung.score.tempo_ratio == pytest.approx(ratio, rel=0.05)


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_missing_last_syllable_costs_completeness(phrase: tuple[str, str]) -> None:
    target = melody(phrase)
    sung = assess(hum(Melody(target.notes[:-1])), target)
    assert sung.score.missing == 1
    assert sung.alignment.pairs[-1].sung is None
    assert parts(sung)["completeness"] < 0.92
    assert sung.score.grade < 4


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_flat_melody_costs_the_interval(phrase: tuple[str, str]) -> None:
    text, pattern = phrase
    sung = assess(hum(melody((text, "L" * len(pattern)))), melody(phrase))
    assert parts(sung)["interval"] < 0.5
    assert parts(sung)["rhythm"] >= 0.95
    assert parts(sung)["completeness"] == 1.0
    assert sung.score.grade <= 2


@pytest.mark.parametrize("phrase", PHRASES)
def test_an_upside_down_melody_costs_the_contour(phrase: tuple[str, str]) -> None:
    text, pattern = phrase
    sung = assess(hum(melody((text, pattern.translate(SWAPPED)))), melody(phrase))
    assert parts(sung)["contour"] < 0.4
    assert parts(sung)["rhythm"] >= 0.95
    assert parts(sung)["completeness"] == 1.0
    assert sung.score.grade <= 2


def test_an_added_syllable_is_counted() -> None:
    target = melody(PHRASES[1])
    first, second, *rest = target.notes
    extra = replace(second, onset=second.end, duration=0.6)
    later = [replace(n, onset=n.onset + 0.6) for n in rest]
    sung = assess(hum(Melody((first, second, extra, *later))), target)
    assert (sung.score.missing, sung.score.added) == (0, 1)


def test_pauses_of_two_seconds_are_no_tempo() -> None:
    target = melody(PHRASES[1])
    slow = Melody(tuple(replace(n, onset=n.onset + 2.0 * k) for k, n in enumerate(target.notes)))
    sung = assess(hum(slow), target)
    assert sung.score.missing == sung.score.added == 0
    assert sung.score.tempo_ratio == pytest.approx(1.0, abs=0.15)
    assert parts(sung)["contour"] >= 0.97


NOTHING = {
    "nothing": np.zeros(0),
    "a moment": np.zeros(100),
    "silence": np.zeros(48000),
    "noise": 0.1 * np.random.default_rng(0).standard_normal(48000),
    "quiet noise": 1e-4 * np.random.default_rng(1).standard_normal(48000),
    "full noise": np.clip(np.random.default_rng(2).standard_normal(48000), -1, 1),
}


@pytest.mark.parametrize("name", NOTHING)
def test_where_nobody_sang_there_is_no_score(name: str) -> None:
    score = assess(Audio(NOTHING[name], 16000), melody(PHRASES[1])).score
    assert score.verdict is not Verdict.SCORED
    assert score.score is score.grade is score.certainty is score.transposition is score.tempo_ratio is None
    assert set(score.parts.values()) == {None}


def test_a_steady_tone_is_no_song() -> None:
    tone = 0.1 * np.sin(2 * np.pi * 100 * np.arange(48000) / 16000)
    assert not assess(Audio(tone, 16000), melody(PHRASES[1])).score.praised


def test_a_note_without_pitch_counts_in_rhythm_alone() -> None:
    target = melody(PHRASES[1])
    unpitched = Melody((*target.notes[:2], Note(2.0, 1.0, None, "some"), *target.notes[3:]))
    assert parts(assess(hum(target), unpitched)) == pytest.approx(parts(model_itself(PHRASES[1])), abs=0.03)
