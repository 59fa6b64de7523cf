"""The model of a phrase: a person's own take where there is one, else its words sung on its melody. A shell.

Either comes from the disk where it was made before.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator

from mit.audio import Audio
from mit.cache import once, rendered
from mit.errors import RecordingError, SettingsError
from mit.home import Home
from mit.language import sounds_of
from mit.language.english import english_speaker
from mit.melody import Melody
from mit.model_takes import ModelTake, latest_take, read_take
from mit.phrase import Phrase
from mit.voice import HEAD
from mit.voice.recorded import is_available, recorded
from mit.voice.sounds import Sounds

HUM, SUNG, RECORDED = "hum", "sung", "recorded"

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
    """The model of a phrase, its first vowel HEAD seconds from the start.

    A usable take of the phrase is the model where it is its melody that is practised (see `mit.model_takes.models`).
    Where that or the voice breaks off, the next best takes its place. Raises SettingsError for no such voice.
    """
    for make in _makers(home, phrase, melody, voice):
        try:
            return make()
        except SettingsError:
            raise
        except Exception:  # a lost file, a damaged graph, a library that does not load here
            _log.exception("a model broke off; the next best takes its place")
    return rendered(home, melody, voice=HUM, lead=HEAD)


def _makers(home: Home, phrase: Phrase, melody: Melody, voice: str) -> Iterator[Callable[[], Audio]]:
    """The ways to a model, the best first."""
    take = latest_take(home, phrase) if voice == SUNG else None
    if take is not None and take.melody == melody:
        yield lambda: recorded_model(home, take)
    yield lambda: rendered(home, melody, voice=voice, lead=HEAD, sounds=phrase_sounds(phrase))


def recorded_model(home: Home, take: ModelTake, *, tuned: float | None = None) -> Audio:
    """A take as the model, its first vowel HEAD seconds from the start.

    tuned: how far it is moved to its melody, 0 to 1 (None: as was chosen for it; as sung where there is no pyworld).
    Raises RecordingError, or MitError where `tuned` is given and there is no pyworld.
    """
    audio = read_take(home, take)
    strength = (take.tuned if is_available() else 0.0) if tuned is None else tuned
    made_from = (RECORDED, HEAD, strength, hashlib.sha256(audio.samples.tobytes()).hexdigest())
    return once(home, take.melody, made_from, lambda: recorded(take.melody, lead=HEAD, take=audio, strength=strength))


def wanted_take(home: Home, phrase: Phrase) -> ModelTake:
    """The take that is the model of a phrase. Raises RecordingError where there is none."""
    take = latest_take(home, phrase)
    if take is None:
        raise RecordingError("There is no recording of this phrase.", "Make one: mit voice record, or import.")
    return take
