"""Seven words of instruction a screen, in every language: a head and what it asks for, counted together.

Not counted, for they ask for nothing: what was done well, what is the matter with the sound (its remedy is counted),
the therapist's question, and the words of the targets, of which each is read alone.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from mit.library import languages, load_words
from mit.tui.letters import composed, largest
from mit.tui.outside import BROKE, FAULTS
from mit.tui.page import Page
from mit.tui.picture import ANSWERED, Telling, picture
from mit.tui.renderables.grid import grid
from mit.tui.renderables.pages import paint_page
from mit.tui.renderables.words import OVERHANG
from mit.tui.scenes import SCENES, Scene
from mit.tui.state import OFFER, State
from mit.words import MOST_WORDS, Words
from tests.pictures.views import SIZES
from tests.tui.every import all_pages

every_language = pytest.mark.parametrize("code", [language.code for language in languages()])

REMEDIES = {key for keys in (*FAULTS.values(), BROKE) for key in keys if key.startswith("remedy.")} | {
    *(f"remedy.portaudio.{system}" for system in ("linux", "macos", "windows")),
    *(f"remedy.permission.{system}" for system in ("macos", "windows")),
}


def words_in(*texts: str) -> int:
    """Words as they are read: a sign of its own, as before French questions, is none."""
    return sum(len(re.findall(r"[^\W_][\w'’-]*", text)) for text in texts)


def told(words: Words) -> set[str]:
    """What is the matter, in this language."""
    return {text for key, text in words.texts.items() if key.startswith("trouble.")}


def asked(page: Page, words: Words) -> tuple[str, ...]:
    return (page.head, *(line.text for line in page.lines if line.text not in told(words)))


@every_language
def test_every_page_asks_for_one_thing_in_seven_words(code: str) -> None:
    words = load_words(code)
    pages = all_pages(code)
    many = {name: asked(page, words) for name, page in pages.items() if words_in(*asked(page, words)) > MOST_WORDS}
    assert not many
    assert all(len(page.lines) <= 1 for name, page in pages.items() if not told(words) & {x.text for x in page.lines})


@every_language
def test_every_scene_of_practice_asks_for_one_thing_in_seven_words(code: str) -> None:
    words = load_words(code)
    for scene in set(SCENES) - ANSWERED:
        for notes in ((), (OFFER,), *((remedy,) for remedy in REMEDIES if scene is Scene.TROUBLE)):
            view = picture(State(scene=scene, notes=notes), Telling(words))
            assert words_in(view.head, *(line.text for line in view.lines)) <= MOST_WORDS, (scene, view.lines)
    tips = [text.format(syllable="ter") for key, text in words.texts.items() if key.startswith("feedback.")]
    assert max(map(words_in, tips)) <= MOST_WORDS


@every_language
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_head_is_written_large(code: str, width: int, height: int) -> None:
    place, words = grid(width, height).head, load_words(code)
    heads = {page.head for page in all_pages(code).values()}
    heads |= {words(row.head) for row in SCENES.values() if row.head} | {words(f"grade.{k}") for k in (1, 2, 3, 4)}
    small = {head for head in heads if head and not largest(composed(head), width=place.w - OVERHANG, height=place.h)}
    assert not small


@every_language
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_what_is_said_without_a_helper_is_written_large(code: str, width: int, height: int) -> None:
    """Safety, the end, the breath, the therapist's question; beside set-up and trouble somebody reads."""
    alone = ("safety", "end", "own-breath", "decide")
    pages = [replace(page, helper=()) for name, page in all_pages(code).items() if name.startswith(alone)]
    assert len(pages) > 10
    for page in pages:
        for line in page.lines:
            assert line.text.split()[-1] not in paint_page(page, width, height).plain(), line.text
