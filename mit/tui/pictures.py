"""Which picture a phrase has: by what its tags say it is about. Pure."""

from __future__ import annotations

from mit.phrase import Phrase
from mit.tui.view import Sign

BY_TAG = {
    "water": Sign.GLASS,
    "coffee": Sign.CUP,
    "tea": Sign.CUP,
    "bath": Sign.BATH,
    "bed": Sign.BED,
    "door": Sign.DOOR,
    "seat": Sign.CHAIR,
    "glasses": Sign.GLASSES,
    "bus": Sign.BUS,
    "birthday": Sign.CAKE,
    "pills": Sign.PILL,
    "cold": Sign.COLD,
    "screen": Sign.SCREEN,
    "arm": Sign.ARM,
    "phone": Sign.PHONE,
    "love": Sign.HEART,
    "light": Sign.LAMP,
    "music": Sign.MUSIC,
    "shopping": Sign.COINS,
    "bill": Sign.COINS,
    "help": Sign.HELP,
    "time": Sign.CLOCK,
    "to-home": Sign.HOUSE,
    "health": Sign.DOCTOR,
    "drink": Sign.GLASS,
    "food": Sign.FOOD,
    "eating-out": Sign.FOOD,
    "night": Sign.MOON,
    "morning": Sign.SUN,
    "feeling": Sign.MIDDLE_FACE,
    "greeting": Sign.HAND,
    "polite": Sign.SPEECH,
    "people": Sign.PEOPLE,
    "question": Sign.QUESTION,
    "home": Sign.HOUSE,
}
"""From the closest to the widest: the first that a phrase has is its picture."""


def picture_of(phrase: Phrase) -> Sign | None:
    """The picture of a phrase; None where nothing fits."""
    return next((sign for tag, sign in BY_TAG.items() if tag in phrase.tags), None)
