"""One page of every kind: what the pictures show and the tests look at."""

from __future__ import annotations

from dataclasses import replace

from mit.library import load_sets, load_words
from mit.settings import Settings
from mit.tui.page import Choice, Page
from mit.tui.pages import home, mood, phrases, safety, settings, warm_up
from mit.tui.view import Line, Sign
from mit.warm_up import WarmUp

HELPER = ("For the helper", "Space: this one", "Z: the next choice", "X: back")

GO_ON = (Choice("on", Sign.GO, "Go on"),)

KINDS: dict[str, Page] = {
    "column": Page(
        "Which side?",
        Sign.HAND,
        choices=(
            Choice("left", Sign.HAND, "Left"),
            Choice("right", Sign.HAND, "Right"),
            Choice("both", Sign.TICK, "Both"),
        ),
        lit=1,
        helper=HELPER,
    ),
    "column-lines": Page(
        "May I keep your singing?",
        Sign.MICROPHONE,
        lines=(Line(Sign.TICK, "It stays on this computer."), Line(Sign.TICK, "You can change this later.")),
        choices=(
            Choice("no", Sign.NONE, "No"),
            Choice("yes", Sign.TICK, "Yes"),
            Choice("ask", Sign.HELP, "Ask me later"),
        ),
        helper=HELPER,
    ),
    "column-four": Page(
        "Your language",
        Sign.VOICE,
        choices=tuple(Choice(text, Sign.VOICE, text) for text in ("English", "Español", "Français", "Deutsch")),
        lit=2,
    ),
}
"""Pages that only set-up has, one of every kind."""


def shipped(code: str = "en") -> dict[str, Page]:
    """Every page that a person meets in this language."""
    words, every = load_words(code), load_sets(code)[0].phrases
    chosen, plan = Settings(), WarmUp()
    found = {
        "home": home.home_page(words),
        "home-help": replace(home.home_page(words), lit=2),
        "door": home.door_page(words),
        "faces": mood.faces_page(words),
        "tired": mood.tired_page(words),
        "own-breath": warm_up.own_breath_page(words, 1),
        "phrases": phrases.phrases_page(words, every, 0),
        "phrase": phrases.phrase_page(words, every[0], lit=1, sounds=True),
        "phrase-used": replace(phrases.phrase_page(words, every[5], used=True), lit=1),
    }
    names = [f"safety-{topic}-{k}" for topic, _, pictures in safety.TOPICS for k in range(len(pictures))]
    found.update(zip(names, safety.safety_pages(words, "112"), strict=True))
    for name, time in (("in", 1.0), ("out", 3.0), ("hum", 0.8 * plan.length), ("over", plan.length + 1)):
        found[f"warm-up-{name}"] = warm_up.breathing_page(words, plan, _until(plan, name, time), motion=True)
    every_option = settings.options(("GB", "US"))
    for first in range(0, len(every_option), settings.AT_ONCE):
        found[f"settings-{first}"] = settings.settings_page(words, every_option, chosen, first)
    return found


def _until(plan: WarmUp, name: str, time: float) -> float:
    """A moment of the kind that the name says, from `time` on."""
    while name == "hum" and not (plan.at(time).hum and plan.at(time).size > 0.5):
        time += 0.1
    return time


PAGES: dict[str, Page] = {**KINDS, **shipped()}
