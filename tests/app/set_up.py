"""How long set-up takes with a relative: python -m tests.app.set_up

The real app's first pages from language to "ready", and those on safety, in tmux on a virtual sound card, by scripted
sound, with the pages spoken. On every page somebody reads aloud at READING and thinks for CHOOSING before Space is
pressed; what measures takes its own time. The aim is three minutes. Exit code 1 where it takes longer.
"""

from __future__ import annotations

import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from mit.home import find_home
from mit.library import load_words
from mit.tracker_cache import ready_tracker
from tests.app.painted import read
from tests.app.player import HISS_AGAIN, UNANSWERED
from tests.app.terminal import SETTLING, Terminal
from tests.app.world import MIT, World
from tests.sound.card import FEED_RATE, VirtualSound, lacking, write_pcm
from tests.voices import sing

AIM = 180.0
"""Seconds."""

READING = 2.0
"""Words a second, read aloud without hurry (adults read aloud about three: Brysbaert 2019)."""

CHOOSING = 1.5
"""Seconds from a page that was read to the press."""

WIDTH, HEIGHT, EDGE, KEYS = 80, 24, 48, 4
"""Of the window; where the essentials end; rows of the keys at the foot."""

HEAD_ROWS, HEAD_END = 5, "|"

LOOK = 0.1

SETTINGS = 'size = "small"\n'
"""Plain letters, so that a page can be read back."""

SUNG = {"setup.say.1": 48.0, "setup.hum.1": 46.0, "setup.hum.2": 46.3, "setup.hum.3": 46.6}
"""The pages on which the person sounds, and the pitch."""


@dataclass
class Helper:
    """A relative at the keyboard, and the voice of the person beside them."""

    app: Terminal
    card: VirtualSound
    folder: Path

    def go(self, end: str) -> float:
        """Read and press until the screen shows `end`; seconds."""
        begun = since = heard = time.monotonic()
        page, read_until = "", 0.0
        self.card.hiss()
        while end not in (text := self.app.text):
            now = time.monotonic()
            if now - heard > HISS_AGAIN:
                heard = now
                self.card.hiss()
            if (here := _head(text) + _essentials(text)) != page:
                if page:
                    self._tell(page, now - since)
                page, since = here, now
                read_until = now + SETTLING + len(_essentials(text).split()) / READING + CHOOSING
                self._sound(page)
            elif now > read_until and self._may_press():
                self.app.press("Space")
                read_until = now + UNANSWERED
            if now - since > AIM:
                raise AssertionError(f"no way on:\n{text}")
            time.sleep(LOOK)
        self._tell(page, time.monotonic() - since)
        return time.monotonic() - begun

    def _tell(self, page: str, seconds: float) -> None:
        print(f"{seconds:6.1f} s  {page.rpartition(HEAD_END)[2][:70]}", flush=True)

    def _may_press(self) -> bool:
        """Whether Space is solid."""
        bright = read(self.app.painted, WIDTH, HEIGHT).bright
        return any(patch.last >= HEIGHT - KEYS for patch in bright)

    def _sound(self, page: str) -> None:
        words = load_words()
        for key, pitch in SUNG.items():
            if " ".join(words(key).split()[:3]) in page:
                notes = [(1.0, 1.0, pitch, "a")]
                self.card.feed(
                    write_pcm(self.folder / f"{key}.wav", sing(notes, rate=FEED_RATE), FEED_RATE), wait=False
                )


def _head(text: str) -> str:
    """What is drawn over a page: the pages on the hand and on the side have the same words."""
    return "".join(row[:EDGE] for row in text.splitlines()[:HEAD_ROWS]) + HEAD_END


def _essentials(text: str) -> str:
    """The words of a page that are not drawn, without the keys and the helper's lines."""
    rows = [row[:EDGE] for row in text.splitlines()[: HEIGHT - KEYS]]
    return " ".join(re.findall(r"[^\W_][\w'’-]*[.,:?]?", " ".join(rows)))


def measured() -> float:
    """Seconds from the first page to home; each page is told with its own."""
    total = 0.0
    with World.make("elementary") as world:
        world.home.settings.write_text(SETTINGS)
        for words, end in ((("setup",), "exit code 0"), ((), load_words().lines("helper.home")[1])):
            app = Terminal(
                world.folder / f"t{len(world.opened)}", [*MIT, *words], world.env, width=WIDTH, height=HEIGHT
            )
            world.opened.append(app)
            total += Helper(app, world.card, world.folder).go(end)
    return total


def main() -> None:
    if reason := lacking():
        sys.exit(reason)
    ready_tracker(find_home())
    total = measured()
    print(f"{total:6.1f} s  in all, aim {AIM:g}")
    sys.exit(total > AIM)


if __name__ == "__main__":
    main()
