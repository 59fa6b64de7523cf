"""Where the app is, told from what stands on the screen in plain letters for the helper."""

from __future__ import annotations

from mit.tui.scenes import SCENES
from mit.words import Words

PAGES = (
    "home", "safety", "decide_page", "pause", "offer_rest", "rest", "stopping", "resume", "end", "phrases", "setup",
)  # fmt: skip
"""The pages that a session may meet: names of their lines for the helper."""


class Places:
    """What each place has beside it."""

    def __init__(self, words: Words) -> None:
        names = dict.fromkeys((*PAGES, *(row.helper for row in SCENES.values())))
        self._lines = {name: words.lines(f"helper.{name}") for name in names}

    def of(self, text: str) -> str:
        """The name of the place on the screen, the one with the most lines there; "" where none is there whole."""
        there = (name for name, lines in self._lines.items() if all(line in text for line in lines))
        return max(there, key=lambda name: len(self._lines[name]), default="")
