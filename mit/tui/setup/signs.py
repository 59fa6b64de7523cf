"""The signs of set-up: of its parts, and of what can be chosen in them. Pure."""

from __future__ import annotations

from mit.setup.plan import Part
from mit.tui.view import Sign

SIGNS = {
    Part.OFFER: Sign.SETTINGS,
    Part.LANGUAGE: Sign.VOICE,
    Part.SAFETY: Sign.HELP,
    Part.HAND: Sign.HAND,
    Part.SIDE: Sign.GO,
    Part.SIZE: Sign.NOTES,
    Part.MICROPHONE: Sign.MICROPHONE,
    Part.LEVEL: Sign.MICROPHONE,
    Part.SPEAKER: Sign.SPEAKER,
    Part.LOUDNESS: Sign.SPEAKER,
    Part.EARS: Sign.HEADPHONES,
    Part.DELAY: Sign.TAP,
    Part.PITCH: Sign.VOICE,
    Part.CONSENT: Sign.MICROPHONE,
    Part.DONE: Sign.TICK,
}

CHOICE_SIGNS = {
    "setup": Sign.SETTINGS,
    "later": Sign.GO,
    "left": Sign.HAND,
    "right": Sign.HAND,
    "no": Sign.NONE,
    "yes": Sign.TICK,
    "fine": Sign.TICK,
    "start": Sign.GO,
    "next": Sign.GO,
    "again": Sign.AGAIN,
    "hear": Sign.SPEAKER,
    "others": Sign.ON,
    "louder": Sign.UP,
    "softer": Sign.DOWN,
}
"""Of choices by their word; the rest have the sign of their part."""

SIDES = {Part.HAND: {"right": Sign.RIGHT_HAND}, Part.SIDE: {"left": Sign.AGAIN, "right": Sign.ON}}
"""Of what lies left or right: the hands, and arrows to either side of the screen."""
