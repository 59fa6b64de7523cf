"""The one screen for all pages around practice: it asks one after the other, so that nothing flickers in between."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from textual.app import ComposeResult
from textual.timer import Timer

from mit.tui.look import Look
from mit.tui.page import Page
from mit.tui.presses import Presses
from mit.tui.screens.page import PageScreen, Say
from mit.tui.view import Sign
from mit.tui.widgets.page import PageWidget
from mit.words import Words

SMOOTH, STEPS = 15.0, 2.0
"""Pictures a second of a page that moves, and where nothing shall move smoothly."""

EMPTY = Page("", Sign.REST, stop=None)


@dataclass(frozen=True, slots=True)
class Around:
    """What every page has besides its own: what is written on Space, what is said in a small window, the mark of a
    demonstration."""

    go: str
    small: str
    demo: str = ""

    @classmethod
    def of(cls, words: Words, *, demo: bool) -> Around:
        return cls(words("key.space"), words("window.small"), words("demo.mark") if demo else "")

    def dress(self, page: Page) -> Page:
        return replace(page, go=self.go, small=self.small, demo=self.demo)


class Lobby(PageScreen):
    """`ask` shows a page and waits for what is chosen on it."""

    def __init__(self, look: Look, presses: Presses, say: Say, around: Around) -> None:
        super().__init__(EMPTY, look, presses, say)
        self._around = around
        self._answer: asyncio.Future[tuple[str, float]] | None = None
        self._moving: Timer | None = None

    def compose(self) -> ComposeResult:
        yield PageWidget(self.page, self.look)

    async def ask(self, page: Page, moving: Callable[[float], Page] | None = None) -> str:
        """What is chosen. moving: the page so many seconds after it came up, where it changes by itself."""
        return (await self.ask_when(page, moving))[0]

    async def ask_when(self, page: Page, moving: Callable[[float], Page] | None = None) -> tuple[str, float]:
        """What is chosen, and when (monotonic, s)."""
        self._answer = asyncio.get_running_loop().create_future()
        self.turn_to(self._around.dress(page))
        if moving is not None:
            begun = time.monotonic()
            self._moving = self.set_interval(
                1 / (SMOOTH if self.look.motion else STEPS),
                lambda: self._move(self._around.dress(moving(time.monotonic() - begun))),
            )
        try:
            return await self._answer
        finally:
            if self._moving is not None:
                self._moving.stop()
                self._moving = None

    def choose(self, chosen: str) -> None:
        if self._answer is not None and not self._answer.done():
            self._say(())
            self._answer.set_result((chosen, time.monotonic()))

    def show_anew(self, page: Page) -> None:
        """Another picture of the page that is asked."""
        self.show(self._around.dress(page))

    def wear(self, look: Look) -> None:
        """Show everything in another way from now on."""
        self.look = look
        self.query_one(PageWidget).wear(look)

    def _move(self, page: Page) -> None:
        """The next picture; what it asks for is said where that has changed."""
        said = page.said != self.page.said
        self.show(page)
        if said:
            self._say(page.said)
