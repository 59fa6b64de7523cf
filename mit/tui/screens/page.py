"""The screen that shows a page and gives back what was chosen on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from mit.tui.look import Look
from mit.tui.page import OPENED, Page
from mit.tui.presses import Presses, key_name
from mit.tui.scenes import Key
from mit.tui.widgets.page import PageWidget

KEYS = frozenset(str(key) for key in Key)

DIRECT = "1234"
"""For helpers and whoever wants to be quick: the keys that take a choice at once, in reading order."""

Say = Callable[[tuple[str, ...]], object]
"""Say these sentences; what was being said ends. None: silence."""


def silent(_: tuple[str, ...]) -> None:
    """For those who want no prompts."""


class PageScreen(Screen[str]):
    """Space takes the lit choice, Z moves on or says the page once more, X goes back; a click takes what it hits.

    Dismissed with the id of what was chosen. Whoever wants to go on showing the same screen overrides `choose`; a page
    that changes by itself (a meter, a disc) is given to `show` again and again, and keeps the choice that is lit.
    """

    def __init__(self, page: Page, look: Look, presses: Presses, say: Say = silent) -> None:
        super().__init__()
        self.page = page
        self.look = look
        self._presses = presses
        self._say = say
        self._typed = ""

    def compose(self) -> ComposeResult:
        yield PageWidget(self.page, self.look)

    def on_mount(self) -> None:
        self._presses.turn()
        self._say(self.page.said)

    def on_unmount(self) -> None:
        self._say(())

    def show(self, page: Page) -> None:
        """Another picture of the same page: the lit choice stays where the person moved it."""
        lit = self.page.lit if len(page.choices) == len(self.page.choices) else page.lit
        self._show(replace(page, lit=lit))

    def turn_to(self, page: Page, time: float | None = None) -> None:
        """Another page on this screen, said aloud. time: of the event, where it came by itself: nothing counts yet."""
        if time is None:
            self._presses.turn()
        else:
            self._presses.settle(time)
        self._show(page)
        self._say(page.said)

    def choose(self, chosen: str) -> None:
        """Something was chosen."""
        self.dismiss(chosen)

    # ---- keys and clicks

    def on_key(self, event: events.Key) -> None:
        key = key_name(event.key)
        if key in KEYS:
            event.stop()
            self._press(Key(key), event.time)
        elif key in DIRECT[: len(self.page.choices)]:
            event.stop()
            self._hit(DIRECT.index(key), event.time)
        elif self.page.word and event.character:
            event.stop()
            self._typed = (self._typed + event.character.lower())[-len(self.page.word) :]
            if self._typed == self.page.word:
                self.choose(OPENED)

    def on_page_widget_clicked(self, event: PageWidget.Clicked) -> None:
        if isinstance(event.target, str):
            self._press(Key(event.target), event.at)
        else:
            self._hit(event.target, event.at)

    def _hit(self, choice: int, time: float) -> None:
        if self._presses.count(str(choice), time):
            self._show(replace(self.page, lit=choice))
            self._take()

    def _press(self, key: Key, time: float) -> None:
        if self._presses.count(key, time):
            {Key.SPACE: self._take, Key.AGAIN: self._again, Key.STOP: self._stop}[key]()

    def _take(self) -> None:
        if self.page.ready and (chosen := self.page.chosen):
            self.choose(chosen.id)

    def _again(self) -> None:
        if self.page.again is not None:
            self.choose(self.page.again)
        elif self.page.moves:
            self._show(self.page.moved_on)
            self._say(self.page.said_now)
        else:
            self._say(self.page.said)

    def _stop(self) -> None:
        if self.page.stop is not None:
            self.choose(self.page.stop)

    def _show(self, page: Page) -> None:
        self.page = page
        self.query_one(PageWidget).show(page)
