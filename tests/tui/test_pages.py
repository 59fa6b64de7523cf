"""Pages: what is needed is there and at its place; every choice is reached by key and by mouse."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App

from mit.library import languages, load_words
from mit.tui.look import Look, Reading, TextSize
from mit.tui.page import Arrange, Choice, Content, Disc, Meter, Page, Picture, Song
from mit.tui.pages.warm_up import breathing_page
from mit.tui.presses import DEBOUNCE, HELD, SETTLING, Presses
from mit.tui.renderables.grid import grid
from mit.tui.renderables.pages import paint_page, targets
from mit.tui.screens.page import PageScreen
from mit.tui.theme import DARK, Role
from mit.tui.view import Line, Sign
from mit.warm_up import WarmUp
from tests.pictures.pages import PAGES, shipped
from tests.pictures.views import COFFEE, LONG, SIZES
from tests.tui.every import all_pages
from tests.tui.keys import press

ALL_SIZES = (*SIZES, (60, 18), (100, 30), (159, 45))
every_page = pytest.mark.parametrize("name", PAGES)
every_size = pytest.mark.parametrize(("width", "height"), ALL_SIZES)
main_sizes = pytest.mark.parametrize(("width", "height"), SIZES)


@every_page
@main_sizes
@pytest.mark.parametrize("mirrored", [False, True])
def test_the_essentials_stand_in_sixty_percent(name: str, width: int, height: int, mirrored: bool) -> None:
    page = replace(PAGES[name], helper=(), demo="", reading=Reading(mirrored=mirrored))
    free = range(width - int(width * 0.6)) if mirrored else range(int(width * 0.6), width)
    canvas = paint_page(page, width, height)
    assert all(row.cells()[x].text == " " for row in canvas.rows for x in free)
    for box in targets(page, width, height).values():
        assert not {int(box.x), round(box.x + box.w) - 1} & set(free)


@every_page
@every_size
def test_every_word_is_written(name: str, width: int, height: int) -> None:
    page = PAGES[name]
    written = " ".join(paint_page(page, width, height).texts)
    needed = [page.head, *(line.text for line in page.lines)]
    needed += [choice.text for choice in page.choices] if len(page.choices) > 1 else []
    assert all(word in written for text in needed for word in text.split())


@every_page
@every_size
def test_targets_are_large_and_apart(name: str, width: int, height: int) -> None:
    boxes = list(targets(PAGES[name], width, height).values())
    cells = [
        (x, y) for b in boxes for x in range(round(b.x), round(b.x + b.w)) for y in range(round(b.y), round(b.y + b.h))
    ]
    assert len(cells) == len(set(cells))
    assert all(b.w >= 9 and b.h >= 4 for b in boxes)
    assert all(0 <= x < width and 0 <= y < 2 * height for x, y in cells)


@main_sizes
def test_the_lit_choice_alone_is_solid(width: int, height: int) -> None:
    for lit in range(4):
        page = replace(PAGES["home"], lit=lit)
        canvas = paint_page(page, width, height)
        solid = [
            k
            for k, box in targets(page, width, height).items()
            if isinstance(k, int) and canvas.rows[int(box.y) // 2].quarters(int(box.x + box.w) - 2)[3] == Role.YOU
        ]
        assert solid == [lit]


@main_sizes
def test_practise_takes_half_the_height_at_home(width: int, height: int) -> None:
    boxes = targets(PAGES["home"], width, height)
    stage = grid(width, height)
    assert boxes[0].h >= 0.5 * (stage.stage.y + stage.stage.h - stage.head.y)


@pytest.mark.parametrize("code", [language.code for language in languages()])
def test_the_targets_of_a_page_are_read_at_a_glance(code: str) -> None:
    for name, page in shipped(code).items():
        assert sum(len(choice.text.split()) for choice in page.choices if choice.id not in ("on", "more")) <= 12, name


@pytest.mark.parametrize("code", [language.code for language in languages()])
@main_sizes
def test_every_word_of_every_language_is_seen_and_at_the_left(code: str, width: int, height: int) -> None:
    for name, page in all_pages(code).items():
        canvas = paint_page(replace(page, helper=(), demo=""), width, height)
        assert all(cell.text == " " for row in canvas.rows for cell in row.cells()[int(width * 0.6) :]), name
        written = " ".join(canvas.texts)
        needed = [
            page.head,
            *(line.text for line in page.lines),
            *(c.text for c in page.choices if len(page.choices) > 1),
        ]
        assert all(word in written for text in needed for word in text.split()), name


@main_sizes
def test_without_letters_a_phrase_is_chosen_by_picture_and_blocks(width: int, height: int) -> None:
    for name in ("phrases", "phrase"):
        page = replace(PAGES[name], reading=Reading(text=False))
        written = " ".join(paint_page(page, width, height).texts)
        assert not {"water", "coffee", "wa", "ter"} & set(written.split())
        assert paint_page(page, width, height).plain() != paint_page(replace(page, choices=()), width, height).plain()


def test_where_nothing_shall_move_the_disc_knows_two_sizes() -> None:
    plan, words = WarmUp(), load_words()
    times = [0.1 * k for k in range(900)]
    still, moving = (
        {breathing_page(words, plan, time, motion=motion).content for time in times} for motion in (False, True)
    )
    assert len(still) == 2
    assert len(moving) > 100


CHOICES = st.lists(st.builds(Choice, st.text(max_size=3), st.sampled_from(Sign), st.text(max_size=20)), max_size=4)
UNIT = st.floats(-1, 2)
CONTENT: st.SearchStrategy[Content | None] = (
    st.none()
    | st.builds(Meter, UNIT, UNIT, UNIT, st.integers(0, 4), st.integers(0, 4))
    | st.builds(Disc, UNIT)
    | st.builds(Picture, st.sampled_from(Sign))
    | st.builds(Song, st.sampled_from([COFFEE, LONG]), st.integers(-1, 9), st.none() | st.sampled_from(Sign))
)
ANY_PAGE = st.builds(
    Page,
    head=st.text(max_size=30),
    sign=st.sampled_from(Sign),
    lines=st.lists(st.builds(Line, st.sampled_from(Sign), st.text(max_size=50)), max_size=4).map(tuple),
    choices=CHOICES.map(tuple),
    arrange=st.sampled_from(Arrange),
    content=CONTENT,
    done=st.none() | st.integers(0, 10),
    sounds=st.none() | st.sampled_from([Role.MODEL, Role.YOU]),
    reading=st.builds(Reading, st.booleans(), st.booleans(), st.sampled_from(TextSize)),
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_PAGE, st.sampled_from([*ALL_SIZES, (30, 8), (1, 1), (3, 50), (300, 19)]))
def test_no_page_overflows_or_breaks(page: Page, size: tuple[int, int]) -> None:
    width, height = size
    canvas = paint_page(page, width, height)
    assert len(canvas.rows) == height
    assert all(strip.cell_length == cell_len(strip.text) == width for strip in canvas.strips(DARK))
    targets(page, width, height)


def test_a_held_key_is_one_act_even_over_a_change_of_screens() -> None:
    presses = Presses()
    assert presses.count("space", 1.0)
    presses.turn()
    repeats = [1.0 + HELD - 0.1 + 0.03 * k for k in range(60)]
    assert not any(presses.count("space", time) for time in repeats)
    assert presses.count("z", repeats[-1] + 0.01)
    assert not presses.count("z", repeats[-1] + 0.01 + DEBOUNCE - 0.05)
    presses.settle(10.0)
    assert not presses.count("x", 10.0 + SETTLING - 0.1)
    assert presses.count("space", 10.0 + SETTLING)


class OnePage(App[str]):
    """One page; remembers what was said."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.said: list[tuple[str, ...]] = []
        self.chosen: list[str] = []
        self.shown = PageScreen(page, Look(), Presses(), self.said.append)

    def on_mount(self) -> None:
        self.push_screen(self.shown, lambda chosen: self.exit(chosen))


async def test_every_choice_is_reached_with_two_keys() -> None:
    app = OnePage(PAGES["column"])
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "z")
        await press(pilot, "z")
        assert app.shown.page.lit == 0
        await press(pilot, "Z")
        await press(pilot, "space")
    assert app.return_value == "right"
    assert app.said == [("Which side?",), ("Both",), ("Which side?", "Left"), ("Right",), ()]


class Collecting(PageScreen):
    """Stays open, and remembers what was chosen on it."""

    def __init__(self, page: Page, look: Look) -> None:
        super().__init__(page, look, Presses())
        self.chosen: list[str] = []

    def choose(self, chosen: str) -> None:
        self.chosen.append(chosen)


@pytest.mark.parametrize("name", ["home", "faces", "phrase", "phrases", "own-breath", "column-lines"])
async def test_everything_is_reached_by_the_mouse(name: str) -> None:
    reading = Reading(mirrored=name in ("home", "phrases"), text=name != "phrases")
    page = replace(PAGES[name], reading=reading)
    screen = Collecting(page, Look(reading=reading))
    app: App[None] = App()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(screen)
        for target, box in targets(page, 80, 24).items():
            screen.chosen.clear()
            await pilot.click(offset=(int(box.x + box.w / 2), int(box.y + box.h / 2) // 2))
            await pilot.pause()
            if isinstance(target, int):
                assert screen.chosen == [page.choices[target].id]
            elif target == "space":
                assert screen.chosen == [screen.page.choices[screen.page.lit].id]
            else:
                wanted = {"x": page.stop, "z": page.again}[target]
                assert screen.chosen == ([wanted] if wanted else [])


@every_page
def test_everything_is_reached_by_two_keys(name: str) -> None:
    page, reached = PAGES[name], set()
    for _ in page.choices:
        reached.add(page.choices[page.lit].id)
        page = page.moved_on if page.moves else page
    assert reached == {choice.id for choice in PAGES[name].choices}
    assert page.moves or len(page.choices) < 2
    assert page.stop is not None or page.choices


async def test_z_says_a_page_without_choices_once_more_and_x_goes_back() -> None:
    app = OnePage(PAGES["safety-about-0"])
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "z")
        await press(pilot, "x")
    assert app.return_value == "back"
    assert app.said[0] == app.said[1] == PAGES["safety-about-0"].said


async def test_a_page_that_is_not_ready_waits_and_keeps_the_choice_that_is_lit() -> None:
    page = replace(PAGES["column"], ready=False)
    app = OnePage(page)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "z")
        await press(pilot, "space")
        assert app.return_value is None
        app.shown.show(replace(page, ready=True, head="Now?"))
        await press(pilot, "space")
    assert app.return_value == "both"
