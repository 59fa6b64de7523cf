"""What the commands print for programs: JSON objects with every key always there, never NaN."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from mit.audio import Audio
from mit.feedback import Saying
from mit.melody import Melody, Note
from mit.practice import Assessment
from mit.score import Verdict
from mit.words import Words

SCHEMA = 1
"""Of the objects below; a change that breaks a reader raises it."""

DIGITS = 4
"""Decimals printed: a tenth of a millisecond, a hundredth of a cent."""


def as_line(value: dict[str, Any]) -> str:
    """The object on one line. Refuses NaN: a reader in another language could not parse it."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def assessment_json(assessment: Assessment, words: Words) -> dict[str, Any]:
    """What `mit score --json` prints. sung.onset counts from the start of the recording."""
    score = assessment.score
    scored = score.verdict is Verdict.SCORED
    return {
        "schema": SCHEMA,
        "scoring_version": score.version,
        "verdict": str(score.verdict),
        "grade": score.grade,
        "certainty": _number(score.certainty),
        "score": _number(score.score),
        "parts": {name: _number(value) for name, value in score.parts.items()},
        "syllables": [
            {
                "text": pair.target.text,
                "target": _note(pair.target, pair.target.onset - assessment.alignment.pairs[0].target.onset),
                "sung": _note(pair.sung, pair.sung.onset) if pair.sung and scored else None,
            }
            for pair in assessment.alignment.pairs
        ],
        "missing": score.missing,
        "added": score.added,
        "transposition": _number(score.transposition),
        "tempo_ratio": _number(score.tempo_ratio),
        "latency": _number(score.latency),
        "feedback": {
            "did_well": say(assessment.feedback.did_well, words),
            "try_next": say(assessment.feedback.try_next, words),
        },
    }


def render_json(file: Path, audio: Audio, melody: Melody, *, lead: float) -> dict[str, Any]:
    """What `mit render --json` prints. target.onset counts from the start of the file, which begins with `lead`."""
    return {
        "schema": SCHEMA,
        "file": str(file),
        "sample_rate": audio.rate,
        "syllables": [{"text": n.text, "target": _note(n, n.onset + lead)} for n in melody.notes],
    }


def say(saying: Saying | None, words: Words) -> str | None:
    """A sentence of feedback in words."""
    return None if saying is None else words(f"feedback.{saying.key}", syllable=saying.syllable)


def _note(note: Note, onset: float) -> dict[str, float | None]:
    return {"onset": _number(onset), "duration": _number(note.duration), "pitch": _number(note.pitch)}


def _number(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, DIGITS)
