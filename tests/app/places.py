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
        """The name of the place on the screen; "" where there is none. The second line tells most of them; of others
        the one with the fewest lines that are not there: some are left out where they do not hold."""
        there = [name for name, lines in self._lines.items() if lines[1] in text]
        return min(there, key=lambda name: self._lacking(name, text), default="")

    def _lacking(self, name: str, text: str) -> tuple[int, int]:
        lines = self._lines[name]
        return sum(line not in text for line in lines), -len(lines)
