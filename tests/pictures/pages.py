"""One page of every kind: what the pictures show and the tests look at."""

from __future__ import annotations

from mit.tui.page import Arrange, Choice, Disc, Meter, Page, Picture, Song
from mit.tui.theme import Role
from mit.tui.view import Line, Sign
from tests.pictures.views import COFFEE, WATER

HELPER = ("For the helper", "Space: this one", "Z: the next choice", "X: back")

FACES = (Choice("low", Sign.LOW_FACE), Choice("middle", Sign.MIDDLE_FACE), Choice("glad", Sign.GLAD_FACE))
GO_ON = (Choice("on", Sign.GO, "Go on"),)

PAGES: dict[str, Page] = {
    "home": Page(
        "",
        Sign.NOTES,
        choices=(
            Choice("practise", Sign.GO, "Practise"),
            Choice("phrases", Sign.NOTES, "My phrases"),
            Choice("help", Sign.HELP, "Help"),
            Choice("settings", Sign.SETTINGS, "For others"),
        ),
        arrange=Arrange.HOME,
        helper=HELPER,
    ),
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
    "faces": Page("How are you?", Sign.MIDDLE_FACE, choices=FACES, lit=1, arrange=Arrange.ROW, helper=HELPER),
    "meter": Page(
        "Good",
        Sign.TICK,
        lines=(Line(Sign.MICROPHONE, "Sing: aah."), Line(Sign.TICK, "Your voice is clear.")),
        choices=GO_ON,
        content=Meter(0.62, 0.38, 0.86, step=2, steps=4),
        sounds=Role.YOU,
    ),
    "disc": Page("Breathe", Sign.REST, choices=GO_ON, content=Disc(0.7), ready=False, done=4),
    "picture": Page(
        "Headphones?",
        Sign.HEADPHONES,
        lines=(Line(Sign.GO, "Put them on now."),),
        choices=(Choice("yes", Sign.HEADPHONES, "Yes"), Choice("no", Sign.SPEAKER, "No")),
        content=Picture(Sign.HEADPHONES),
        helper=HELPER,
    ),
    "sentences": Page(
        "Good to know",
        Sign.HELP,
        lines=(
            Line(Sign.TICK, "This helps you practise phrases."),
            Line(Sign.NONE, "It does not test you."),
            Line(Sign.VOICE, "Your therapist decides."),
        ),
        choices=GO_ON,
        helper=HELPER,
    ),
    "song": Page(
        "My phrases",
        Sign.NOTES,
        choices=(Choice("say", Sign.SPEAKER, "Say it"), Choice("used", Sign.TICK, "I used it today")),
        content=Song(WATER, lit=1),
        arrange=Arrange.ROW,
        sounds=Role.MODEL,
    ),
    "song-lines": Page("Listen", Sign.SPEAKER, lines=(Line(Sign.GO, "Say it with me."),), content=Song(COFFEE)),
    "end": Page("Well done", Sign.TICK, choices=GO_ON, content=Picture(Sign.SUN, Role.YOU, Role.MODEL), done=7),
}
