"""What can be set, with its ranges: checked when it is read, trusted everywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from mit.errors import SettingsError
from mit.home import Home
from mit.melody import A3, BEAT, BEAT_RANGE, INTERVAL_RANGE, parse_pitch

QUIETEST = -40.0
"""dB: softer than this nobody hears the model."""

STARTING_LOUDNESS = -10.0
"""dB re the level limits (-20 dB RMS, -6 dB peak): the first sound startles nobody; only a key makes it louder."""

MAX_FILE = 65536
"""Bytes read of a settings file: a hundred times what one can hold."""

Part = Literal["contour", "interval", "pitch", "rhythm", "onset", "completeness"]
"""The parts of a score (`calibration.PARTS`)."""

Text = Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f]{1,200}$")]


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one person.

    low: MIDI number of the low note; interval: semitones, None is what the language takes; beat: seconds a syllable;
    silence_after_all, silence_after_some: seconds without voice that end a take once all, or only some, syllables were
    heard; offer_model_after: seconds without any voice before the model is offered again; keep_audio: consent to keep
    takes; recorder, player: device names, None is the system's choice; loudness: dB of the model re the level limits;
    hand: which one taps, "left" or "right"; side: where the essentials stand; size: of sentences and keys; text:
    whether phrases are written; motion: whether anything moves smoothly; prompts: whether screens are spoken;
    check_in: faces before and after practice; warm_up: breath and hum before it; country: whose emergency number, None
    is where the computer says it is; emergency: a number instead; introduced: whether the first pages were seen;
    tolerance, emphasis, cap_missing, cap_melody: how takes are judged (`calibration.Wishes`); feedback_delay: seconds
    before a take is answered; feedback_share: of the trials that are; compare: whether the first and the best take of a
    phrase may be looked at beside the last.
    """

    language: str = "en"
    low: float = A3
    interval: float | None = None
    beat: float = BEAT
    silence_after_all: float = 1.5
    silence_after_some: float = 3.0
    offer_model_after: float = 12.0
    keep_audio: bool = False
    recorder: str | None = None
    player: str | None = None
    theme: str = "dark"
    side: str = "left"
    size: str = "medium"
    text: bool = True
    motion: bool = True
    prompts: bool = True
    check_in: bool = True
    warm_up: bool = True
    country: str | None = None
    emergency: str | None = None
    introduced: bool = False
    feedback_delay: float = 0.0
    feedback_share: float = 1.0
    compare: bool = False
    loudness: float = STARTING_LOUDNESS
    hand: str = "left"
    tolerance: str = "usual"
    emphasis: Mapping[str, float] = field(default_factory=dict)
    cap_missing: bool = True
    cap_melody: bool = True


def _number(least: float, most: float, unit: str) -> tuple[Any, str]:
    return Annotated[float, Meta(ge=least, le=most)], f"a number from {least:g} to {most:g} ({unit})"


RULES: dict[str, tuple[Any, str]] = {
    "language": (Annotated[str, Meta(pattern="^[a-z]{2,3}$")], 'a language code such as "en"'),
    "low": (str | int | float, 'a note from "E2" to "A4", or 80 to 440 (Hz)'),
    "interval": _number(*INTERVAL_RANGE, "semitones"),
    "beat": _number(*BEAT_RANGE, "seconds a syllable"),
    # Shorter would cut slow speech, longer would feel like nobody listens.
    "silence_after_all": _number(0.5, 10.0, "seconds"),
    "silence_after_some": _number(1.0, 20.0, "seconds"),
    "offer_model_after": _number(5.0, 120.0, "seconds"),
    "keep_audio": (bool, "true or false"),
    "recorder": (Text, "the name of a microphone"),
    "player": (Text, "the name of a loudspeaker"),
    "theme": (Literal["dark", "light", "contrast", "plain"], '"dark", "light", "contrast" or "plain"'),
    "side": (Literal["left", "right"], '"left" or "right"'),
    "size": (Literal["small", "medium", "large"], '"small", "medium" or "large"'),
    "text": (bool, "true or false"),
    "motion": (bool, "true or false"),
    "prompts": (bool, "true or false"),
    "check_in": (bool, "true or false"),
    "warm_up": (bool, "true or false"),
    "country": (Annotated[str, Meta(pattern="^[A-Z]{2}$")], 'a country code such as "GB"'),
    "emergency": (Annotated[str, Meta(pattern=r"^[0-9*#+ -]{2,20}$")], "a telephone number"),
    "introduced": (bool, "true or false"),
    # Apraxia: after 3 to 5 s, in about 60 % of trials (Hula et al. 2008: later and fewer words helped some).
    "feedback_delay": _number(0.0, 5.0, "seconds"),
    "feedback_share": _number(0.0, 1.0, "a share of the trials"),
    "compare": (bool, "true or false"),
    "loudness": _number(QUIETEST, 0.0, "dB"),
    "hand": (Literal["left", "right"], '"left" or "right"'),
    "tolerance": (Literal["lenient", "usual", "strict"], '"lenient", "usual" or "strict"'),
    "emphasis": (dict[Part, Annotated[float, Meta(ge=0.0, le=4.0)]], "factors from 0 to 4, as in { rhythm = 0.5 }"),
    "cap_missing": (bool, "true or false"),
    "cap_melody": (bool, "true or false"),
}
"""The keys of a settings file: what each takes, for the check and in words."""


def parse_settings(text: str) -> Settings:
    """Read settings from TOML; a key that is absent keeps its default. Raises SettingsError naming the key."""
    try:
        found = msgspec.toml.decode(text, type=dict[str, Any])
    except msgspec.DecodeError as fault:
        raise SettingsError(f"The settings cannot be read: {fault}.", "Mend that line, or remove the file.") from fault
    return Settings(**{key: _checked(key, value) for key, value in found.items()})


def load_settings(home: Home) -> Settings:
    """The settings of a home; the defaults where there is no file. Raises SettingsError."""
    try:
        with open(home.settings, "rb") as file:
            return parse_settings(file.read(MAX_FILE).decode("utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsError(
            f"{home.settings.name} cannot be read.", "Save it again as a text file (UTF-8), or remove it."
        ) from fault


def _checked(key: str, value: object) -> Any:
    if key not in RULES:
        raise SettingsError(f"There is no setting {key!r}.", f"There are: {', '.join(RULES)}.")
    kind, words = RULES[key]
    try:
        good = msgspec.convert(value, kind)
        return parse_pitch(str(good).removesuffix("Hz").strip()) if key == "low" else good
    except (msgspec.ValidationError, SettingsError) as fault:
        raise SettingsError(f"The setting {key} cannot be {value!r:.60}.", f"Give {words}.") from fault
