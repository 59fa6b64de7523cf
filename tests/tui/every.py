"""Every page of the app in one language: around practice, in it, and in set-up."""

from __future__ import annotations

from mit.library import load_words
from mit.session import Ended
from mit.tui import moments
from mit.tui.page import Page
from mit.tui.picture import Telling
from mit.tui.setup.pages import setup_page
from tests.pictures.pages import shipped
from tests.tui.setup.test_flow import STATES


def all_pages(code: str) -> dict[str, Page]:
    words = load_words(code)
    telling = Telling(words)
    return {
        **shipped(code),
        **{f"set-up: {name}": setup_page(state, words, "112") for name, state in STATES.items()},
        **{f"end: {ended}": moments.ending(telling, ended, done=3) for ended in Ended},
        "decide": moments.decide(telling, together=False),
        "decide together": moments.decide(telling, together=True),
        "pause": moments.pause(telling, 1.0, ready=False, done=3),
        "pause over": moments.pause(telling, 3.0, ready=True, done=3),
        "resting": moments.pause(telling, 3.0, ready=True, done=3, resting=True),
        "rest": moments.offer_rest(telling, done=3),
        "stopping": moments.stopping(telling),
        "interrupted": moments.interrupted(telling),
    }
