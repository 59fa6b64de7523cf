"""The model of a phrase: its words sung on its melody, from the disk where it was sung before. A shell."""

from __future__ import annotations

import logging

from mit.audio import Audio
from mit.cache import rendered
from mit.errors import SettingsError
from mit.home import Home
from mit.language import sounds_of
from mit.language.english import english_speaker
from mit.melody import Melody
from mit.phrase import Phrase
from mit.voice import HEAD
from mit.voice.sounds import Sounds

HUM, SUNG = "hum", "sung"

_log = logging.getLogger(__name__)

WORDED_LANGUAGE = "en"
"""The language whose words the voice can say; in others it hums."""


def phrase_sounds(phrase: Phrase) -> Sounds | None:
    """What each syllable sounds like; None where the voice cannot say it: another language, or no dictionary here."""
    speaker = english_speaker() if phrase.language == WORDED_LANGUAGE else None
    if speaker is None:
        return None
    sounds = sounds_of(phrase, speaker)
    return sounds if all(sounds) else None


def sung_model(home: Home, phrase: Phrase, melody: Melody, *, voice: str = SUNG) -> Audio:
    """The model of a phrase, its first vowel HEAD seconds from the start; hummed where the voice breaks off.

    Raises SettingsError for no such voice.
    """
    try:
        return rendered(home, melody, voice=voice, lead=HEAD, sounds=phrase_sounds(phrase))
    except SettingsError:
        raise
    except Exception:  # a damaged graph, a library that does not load here: the phrase is not without a model
        _log.exception("the voice broke off; the model is hummed")
        return rendered(home, melody, voice=HUM, lead=HEAD)
