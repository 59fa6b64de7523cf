"""What should be sung, as it is named on a command line or in a manifest: a phrase, a text, or a recorded model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mit.errors import PhraseError
from mit.language import typed_phrase
from mit.library import find_phrase, load_language
from mit.melody import BEAT, Melody, intone, parse_pitch
from mit.phrase import Phrase
from mit.speakers import speaker_of


@dataclass(frozen=True, slots=True)
class Target:
    """A phrase by id, or a text with its pattern; low: a note or Hz; interval: semitones (None: the language's).

    model: references instead, joined by ";", relative to `folder`: they have their own key, interval and tempo.
    """

    phrase: str | None = None
    text: str | None = None
    pattern: str | None = None
    low: str = "A3"
    interval: float | None = None
    beat: float = BEAT
    language: str = "en"
    model: str | None = None
    folder: Path = Path()


def target_phrase(target: Target) -> Phrase:
    """The phrase that is meant. Raises PhraseError."""
    _check_one(target)
    if target.phrase is not None:
        return find_phrase(target.phrase, target.language)
    language = load_language(target.language)
    return typed_phrase(target.text or "", target.pattern, language, speaker_of)


def target_melody(target: Target) -> Melody:
    """Its melody. Raises PhraseError, SettingsError or, for a recorded model, RecordingError."""
    _check_one(target)
    if target.model is not None:
        from mit.recordings import reference_melody  # late: phrases need no tracks

        return reference_melody(target.model, target.folder)
    interval = load_language(target.language).interval if target.interval is None else target.interval
    return intone(target_phrase(target).syllables, low=parse_pitch(target.low), interval=interval, beat=target.beat)


def _check_one(target: Target) -> None:
    if sum(named is not None for named in (target.phrase, target.text, target.model)) != 1:
        raise PhraseError("Give either a phrase or a text, or a recorded model.", "See: mit phrases list")
