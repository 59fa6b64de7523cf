"""The question before an answer, asked by the voice of the model. A shell."""

from __future__ import annotations

import logging

from mit.audio import Audio
from mit.errors import PhraseError
from mit.home import Home
from mit.language import typed_phrase
from mit.library import load_language
from mit.melody import intone
from mit.model import sung_model
from mit.phrase import Phrase
from mit.protocol import Manner
from mit.speakers import speaker_of

PACE = 0.45
"""Seconds a syllable: "quickly", and still sung (Helm-Estabrooks et al. 1989)."""

_log = logging.getLogger(__name__)


def asked(home: Home, phrase: Phrase, manner: Manner, *, low: float, interval: float) -> Audio | None:
    """The question that this phrase answers; hummed where the voice cannot say it; None where there is none to hear.

    low: MIDI; interval: semitones from the low to the high note.
    """
    if not phrase.question.strip():
        return None
    try:
        question = typed_phrase(phrase.question, None, load_language(phrase.language), speaker_of)
        return sung_model(
            home, question, intone(question.syllables, low=low, interval=interval, beat=PACE), voice=manner
        )
    except PhraseError:
        _log.warning("a question of %s cannot be sung", phrase.id)
        return None
