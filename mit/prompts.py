"""The spoken words of the interface, in the model's voice, a little softer than the model. A shell."""

from __future__ import annotations

import logging
from dataclasses import replace

from mit.audio import Audio
from mit.cache import rendered
from mit.errors import PhraseError
from mit.home import Home
from mit.language import typed_phrase
from mit.library import load_language
from mit.melody import Melody, Note, intone
from mit.model import HUM, WORDED_LANGUAGE, phrase_sounds
from mit.speakers import speaker_of
from mit.voice import sounding

SPOKEN = "spoken"

SOFTER = 10 ** (-6 / 20)
"""A prompt beside the model: the phrase is what matters."""

LEAD = 0.3
"""Seconds before the first vowel."""

PACE = 0.4
"""Seconds a syllable: slow, plain speech."""

_log = logging.getLogger(__name__)


def prompt(home: Home, text: str, language: str, *, low: float) -> Audio | None:
    """A sentence, spoken; None where the voice cannot say it: another language, or no dictionary here.

    low: MIDI number of the person's low note: the voice of the prompts is the voice of the model.
    """
    if language != WORDED_LANGUAGE:
        return None
    try:
        phrase = typed_phrase(text, None, load_language(language), speaker_of)
        sounds = phrase_sounds(phrase)
        if sounding(SPOKEN, sounds) != SPOKEN:
            return None
        melody = intone(phrase.syllables, low=low, beat=PACE)
        said = rendered(home, melody, voice=SPOKEN, lead=LEAD, sounds=sounds)
    except PhraseError:
        return None
    except Exception:  # a damaged graph, a library that does not load here: the text is there to be read
        _log.exception("a prompt was not spoken")
        return None
    return replace(said, samples=SOFTER * said.samples)


def hum(home: Home, seconds: float, *, low: float) -> Audio:
    """One hummed note of this length, as soft as a prompt. low: MIDI number."""
    melody = Melody((Note(0.0, seconds, low, ""),))
    said = rendered(home, melody, voice=HUM)
    return replace(said, samples=SOFTER * said.samples)
