"""Every stage at every size: what is needed is there, at the left, at its height, and nothing overflows."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from mit.library import load_sets
from mit.phrase import Syllable, spell
from mit.tui.canvas import Canvas
from mit.tui.letters import composed
from mit.tui.look import Reading, TextSize
from mit.tui.renderables.fitting import chunks
from mit.tui.renderables.grid import grid
from mit.tui.renderables.keys import key_boxes
from mit.tui.renderables.layout import Layout
from mit.tui.renderables.stages import paint, paint_live, paint_still, still_holds
from mit.tui.theme import DARK, Role
from mit.tui.view import Line, Mark, Sign, Stage, View
from mit.tui.widgets.stage import StageWidget
from tests.pictures.views import COFFEE, LONG, SIZES, VIEWS, WATER, feedback, listen, ready, sung, turn

STROKE = spell("I had a stroke two years a-go", "LLLHLHLH")
"""Its middle three syllables are too wide for letters in the smallest window."""

ALL_SIZES = (*SIZES, (60, 18), (100, 30), (159, 45))
every_size = pytest.mark.parametrize(("width", "height"), ALL_SIZES)
every_view = pytest.mark.parametrize("name", VIEWS)


def pixels(canvas: Canvas, role: Role, column: int, row: int) -> int:
    """How many quarters of a cell are of this role."""
    return canvas.rows[row].quarters(column).count(role)


def dotted(canvas: Canvas) -> set[tuple[int, int]]:
    return {(x, y) for y, row in enumerate(canvas.rows) for x in row.dots}


def layout(view: View, width: int, height: int) -> Layout:
    return paint_still(view, width, height).layout


@every_view
@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("mirrored", [False, True])
def test_the_essentials_stand_in_sixty_percent(name: str, width: int, height: int, mirrored: bool) -> None:
    view = replace(VIEWS[name], helper=(), demo="", reading=Reading(mirrored=mirrored))
    free = slice(width - int(width * 0.6)) if mirrored else slice(int(width * 0.6), None)
    assert all(cell.text == " " for row in paint(view, width, height).rows for cell in row.cells()[free])


@every_view
@every_size
def test_every_word_is_written_and_every_row_is_full(name: str, width: int, height: int) -> None:
    view = VIEWS[name]
    canvas = paint(view, width, height)
    written = " ".join(canvas.texts)
    needed = [view.head, view.go, view.demo, *(line.text for line in view.lines)]
    assert all(word in written for text in needed for word in text.split())
    assert all(cell_len(strip.text) == width for strip in canvas.strips(DARK))
    assert len(canvas.rows) == height


@every_size
@pytest.mark.parametrize("phrase", [WATER, COFFEE, LONG])
def test_every_syllable_is_shown_when_it_is_sung(phrase: tuple[Syllable, ...], width: int, height: int) -> None:
    for lit, syllable in enumerate(phrase):
        assert syllable.text in paint(listen(phrase, lit), width, height).texts


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_phrases_are_written_large(width: int, height: int) -> None:
    for phrase in (WATER, COFFEE, LONG):
        size = layout(ready(phrase), width, height).size
        assert size
        assert size.height >= {80: 8, 120: 9, 200: 14}[width]


@pytest.mark.parametrize("language", ["en", "es", "fr", "de"])
def test_every_phrase_is_written_in_large_letters_also_in_the_smallest_window(language: str) -> None:
    for phrase in (phrase for phrases in load_sets(language) for phrase in phrases.phrases):
        shown = layout(replace(listen(phrase.syllables, 0), picture=Sign.CUP), 80, 24)
        assert shown.size, phrase.text


@every_size
def test_high_blocks_stand_over_low_ones(width: int, height: int) -> None:
    for view in (ready(COFFEE), listen(COFFEE, 0), turn(COFFEE, 1), feedback(COFFEE, 2)):
        tops = {block.index: block.box.y for block in layout(view, width, height).blocks}
        assert all(tops[high] < tops[low] for high in tops for low in tops if (high % 2, low % 2) == (0, 1)), (
            "H on even syllables"
        )


@every_size
def test_letters_stand_clear_of_the_blocks_of_the_next_line(width: int, height: int) -> None:
    for view in (listen(STROKE, 0), listen(LONG, 0), feedback(STROKE, 2), feedback(LONG, 2)):
        found = layout(view, width, height)
        for above in found.blocks if found.size else ():
            foot = above.letters[1] + found.size.drop(composed(view.syllables[above.index].text))  # type: ignore[union-attr]
            tops = [block.box.y for block in found.blocks if block.line == above.line + 1]
            assert all(top > foot for top in tops)


def test_a_middle_tone_stands_between() -> None:
    blocks = layout(ready(spell("one two three", "HML")), 80, 24).blocks
    assert blocks[0].box.y < blocks[1].box.y < blocks[2].box.y


@every_size
def test_the_lit_syllable_is_solid_and_the_others_are_hollow(width: int, height: int) -> None:
    still = paint_still(listen(COFFEE, 2), width, height)
    for block in still.layout.blocks:
        middle = int(block.box.x + block.box.w / 2), int(block.box.y + block.box.h / 2) // 2
        solid = pixels(still.canvas, Role.MODEL, *middle) == 4
        assert solid == (block.index == 2)


@every_size
def test_the_beat_is_a_disc_under_the_lit_syllable(width: int, height: int) -> None:
    still = paint_still(listen(WATER, 1), width, height)
    box = still.layout.blocks[1].box
    bottom = int(grid(width, height).stage.y + grid(width, height).stage.h) // 2 - 1
    columns = [x for x in range(width) if pixels(still.canvas, Role.YOU, x, bottom)]
    assert columns
    assert box.x <= min(columns)
    assert max(columns) <= box.x + box.w


@every_size
def test_the_hand_moves_and_nothing_else_does(width: int, height: int) -> None:
    up, down = (paint(listen(WATER, 0, down=down), width, height) for down in (False, True))
    assert {y for y, *_ in up.changes(down)} <= set(range(int(grid(width, height).stage.y) // 2))
    assert list(up.changes(down))


@every_size
def test_the_phrase_stays_in_its_place_from_ready_to_turn(width: int, height: int) -> None:
    for phrase in (WATER, COFFEE, LONG):
        places = {layout(view, width, height).blocks for view in (ready(phrase), listen(phrase, 0), turn(phrase, 0.5))}
        assert len(places) == 1


@every_size
def test_the_line_follows_the_pitch(width: int, height: int) -> None:
    for height_sung, syllable in ((1.0, 0), (0.0, 1)):
        marks = tuple(Mark(syllable + k / 50, height_sung) for k in range(5, 45))
        view = replace(turn(WATER, 0), voice=marks)
        still = paint_still(view, width, height)
        cells = dotted(paint_live(still, view))
        box = still.layout.blocks[syllable].box
        assert cells
        assert all(box.x <= x < box.x + box.w and box.y // 2 <= y < (box.y + box.h + 1) // 2 for x, y in cells)


@every_size
def test_the_head_of_the_line_steps_with_the_voice(width: int, height: int) -> None:
    """At the first mark of a low tone it is as near to the low block as to the high one, or nearer."""
    high = tuple(Mark(k / 60, 1.0) for k in range(60))
    view = replace(turn(WATER, 0), voice=(*high, Mark(1.0, 0.0)))
    still = paint_still(view, width, height)
    block = still.layout.blocks[1]
    canvas, before = paint_live(still, view), paint_live(still, replace(view, voice=high))
    rows = [y for y, left, past in canvas.changes(before) for x in range(left, past) if pixels(canvas, Role.YOU, x, y)]
    assert sum(rows) / len(rows) >= (block.high + block.low) / 4 - 0.5, "rows, counted from their upper edge"


def test_the_line_is_broken_where_there_is_no_voice() -> None:
    whole = tuple(Mark(k / 50, 1.0) for k in range(50))
    gap = tuple(Mark(mark.x, None if 0.4 < mark.x < 0.6 else mark.height) for mark in whole)
    broken = dotted(paint(replace(feedback(WATER, 3), voice=gap), 120, 40))
    assert broken < dotted(paint(replace(feedback(WATER, 3), voice=whole), 120, 40))


def test_the_line_needs_no_even_steps_and_stays_near_the_blocks() -> None:
    marks = (Mark(0.1, 40.0), Mark(0.9, -40.0), Mark(1.99, None), Mark(2.0, 0.0), Mark(7.0, 0.5))
    view = replace(turn(WATER, 0), voice=marks)
    still = paint_still(view, 80, 24)
    rows = {y for _, y in dotted(paint_live(still, view))}
    assert rows <= set(range(int(grid(80, 24).head.h) // 2, int(grid(80, 24).keys.y) // 2))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_growing_line_redraws_only_its_own_cells(width: int, height: int) -> None:
    marks = sung(WATER, 1.8)
    earlier, later = (replace(turn(WATER, 0), voice=marks[:n]) for n in (60, 62))
    still = paint_still(earlier, width, height)
    assert still_holds(still, later, width, height)
    changed = list(paint_live(still, later).changes(paint_live(still, earlier)))
    assert changed
    assert sum(past - first for _, first, past in changed) < width / 2
    assert paint_live(still, later).plain() == paint(later, width, height).plain()


def test_the_voice_turns_the_page_of_a_long_phrase() -> None:
    early, late = turn(LONG, 0.5), turn(LONG, 8.5)
    still = paint_still(early, 80, 24)
    assert not still_holds(still, late, 80, 24)
    shown = {block.index for block in layout(late, 80, 24).blocks}
    assert 8 in shown
    assert len(layout(late, 80, 24).chunk_map) == len(LONG)


def test_chunks_end_with_words() -> None:
    assert chunks(LONG) == ((0, 1, 2), (3, 4, 5), (6, 7, 8))
    assert chunks(spell("un-be-liev-a-bly good", "LLHLLH")) == ((0, 1, 2, 3), (4, 5))
    assert chunks(WATER) == ((0, 1),)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_sun_stands_higher_with_every_grade(width: int, height: int) -> None:
    def top(grade: int) -> int:
        canvas = paint(replace(feedback(WATER, grade), voice=(), head="", lines=()), width, height)
        head = range(int(grid(width, height).head.h) // 2 + grid(width, height).tier.top)
        return min(
            v for v in range(2 * len(head)) if Role.YOU in (canvas.rows[v // 2].upper, canvas.rows[v // 2].lower)[v % 2]
        )

    tops = [top(grade) for grade in (1, 2, 3, 4)]
    assert tops == sorted(tops, reverse=True)
    assert len(set(tops)) == 4


@every_size
def test_letters_that_cannot_be_drawn_are_written(width: int, height: int) -> None:
    view = listen(spell("во-да", "HL"), 0)
    canvas = paint(view, width, height)
    assert {"во", "да"} <= set(canvas.texts)
    assert "во" in canvas.plain()
    assert layout(view, width, height).size is None


@every_size
def test_keys_keep_their_places_and_say_what_they_do(width: int, height: int) -> None:
    boxes = key_boxes(grid(width, height))
    assert boxes["space"].w > boxes["z"].w == boxes["x"].w
    row, column = int(boxes["space"].y) // 2 + 1, int(boxes["space"].x) + 1
    for view, solid in (
        (VIEWS["ready"], True),
        (VIEWS["wait"], False),
        (replace(VIEWS["ready"], go_ready=False), False),
    ):
        canvas = paint(view, width, height)
        assert (pixels(canvas, Role.YOU, column, row) > 0) == solid
        names = " ".join(canvas.texts).split()
        assert ("X" in names) == view.stop
        assert ("Z" in names) == view.again


@every_view
@pytest.mark.parametrize(("width", "height"), [*SIZES, (60, 18), (30, 8)])
def test_a_demonstration_says_so_on_every_screen(name: str, width: int, height: int) -> None:
    assert "demo" in paint(replace(VIEWS[name], demo="demo"), width, height).plain()


@pytest.mark.parametrize(("width", "height"), [(70, 20), (40, 10)])
def test_a_small_window_asks_for_a_larger_one(width: int, height: int) -> None:
    view = replace(ready(WATER), small="Please make the window larger.")
    assert "Please make the window larger." in paint(view, width, height).plain()
    assert "Please" not in paint(view, 80, 24).plain()


def test_feedback_shows_every_word_of_a_long_phrase() -> None:
    for width, height in SIZES:
        texts = Counter(paint(feedback(LONG, 2), width, height).texts)
        assert all(texts[syllable.text] for syllable in LONG)


def test_a_phrase_of_the_longest_kind_is_shown() -> None:
    phrase = spell("-".join(["ba"] * 24), "HL" * 12)
    for width, height in (*ALL_SIZES, (20, 5)):
        for view in (ready(phrase), listen(phrase, 23), turn(phrase, 20.5), feedback(phrase, 1)):
            assert "ba" in "".join(paint(view, width, height).texts)


@every_size
def test_without_letters_every_block_is_there_and_no_phrase_is_written(width: int, height: int) -> None:
    for phrase in (WATER, COFFEE, LONG):
        for view in (ready(phrase), listen(phrase, 1), turn(phrase, 0.5), feedback(phrase, 2)):
            bare = replace(view, reading=Reading(text=False), lines=())
            still = paint_still(bare, width, height)
            assert not {syllable.text for syllable in phrase} & set(still.canvas.texts)
            assert [block.index for block in still.layout.blocks] == list(range(len(phrase)))
            tops = {(block.line, phrase[block.index].height): block.box.y for block in still.layout.blocks}
            assert all(
                tops[line, "H"] < tops[line, "L"] for line, pitch in tops if pitch == "H" and (line, "L") in tops
            )


@pytest.mark.parametrize("size", TextSize)
@every_size
def test_every_size_of_letters_says_the_same(size: TextSize, width: int, height: int) -> None:
    for name in ("feedback", "feedback-long", "trouble"):
        view = replace(VIEWS[name], reading=Reading(size=size))
        written = " ".join(paint(view, width, height).texts)
        assert all(word in written for line in view.lines for word in line.text.split()), name


WEIRD = st.text(max_size=14) | st.sampled_from(
    [
        "\U0001f469\u200d\U0001f680",
        "مرحبا",
        "\u202eabc",
        "水曜日",
        "e\u0301\u0301\u0301",
        "w" * 200,
        "\x1b[31m",
        "",
        " ",
    ]
)
SYLLABLES = st.lists(
    st.builds(Syllable, WEIRD, st.sampled_from("HML"), st.sampled_from([0.25, 1.0, 8.0]), st.booleans()), max_size=24
).map(tuple)
MARKS = st.lists(st.builds(Mark, st.floats(-3, 30), st.none() | st.floats(-50, 50)), max_size=20).map(tuple)
ANY_VIEW = st.builds(
    View,
    stage=st.sampled_from(Stage),
    head=WEIRD,
    sign=st.sampled_from(Sign),
    syllables=SYLLABLES,
    lit=st.integers(-1, 24),
    hand_down=st.none() | st.booleans(),
    voice=MARKS,
    grade=st.none() | st.integers(1, 4),
    lines=st.lists(st.builds(Line, st.sampled_from(Sign), WEIRD), max_size=3).map(tuple),
    go=WEIRD,
    go_sign=st.sampled_from(Sign),
    go_ready=st.booleans(),
    again=st.booleans(),
    stop=st.booleans(),
    helper=st.lists(WEIRD, max_size=4).map(tuple),
    small=WEIRD,
    demo=WEIRD,
    reading=st.builds(Reading, st.booleans(), st.booleans(), st.sampled_from(TextSize)),
    picture=st.none() | st.sampled_from(Sign),
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_VIEW, st.sampled_from([*ALL_SIZES, (30, 8), (1, 1), (3, 50), (300, 19)]))
def test_no_view_overflows_or_breaks(view: View, size: tuple[int, int]) -> None:
    width, height = size
    canvas = paint(view, width, height)
    assert len(canvas.rows) == height
    for strip in canvas.strips(DARK):
        assert strip.cell_length == cell_len(strip.text) == width


class OneWidget(App[None]):
    """The widget alone; remembers which keys were clicked."""

    def __init__(self) -> None:
        super().__init__()
        self.clicked: list[str] = []

    def compose(self) -> ComposeResult:
        yield StageWidget()

    def on_stage_widget_key_clicked(self, event: StageWidget.KeyClicked) -> None:
        self.clicked.append(event.key)


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_the_widget_shows_a_view_and_tells_clicks(width: int, height: int) -> None:
    app = OneWidget()
    async with app.run_test(size=(width, height)) as pilot:
        stage = app.query_one(StageWidget)
        assert stage.plain() == ""
        stage.show(VIEWS["listen"])
        await pilot.pause()
        assert stage.plain() == paint(VIEWS["listen"], width, height).plain()
        stage.show(VIEWS["turn"])
        await pilot.pause()
        shown = [stage.render_line(y).text.rstrip() for y in range(height)]
        assert "\n".join(shown) == paint(VIEWS["turn"], width, height).plain()
        for box in key_boxes(grid(width, height)).values():
            await pilot.click(offset=(int(box.x), int(box.y) // 2))
            await pilot.click(offset=(int(box.x + box.w) - 1, int(box.y + box.h) // 2 - 1))
        await pilot.click(offset=(0, 0))
        await pilot.pause()
    assert app.clicked == ["space", "space", "z", "z", "x", "x"]


async def test_keys_that_do_nothing_now_are_not_told() -> None:
    app = OneWidget()
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(StageWidget).show(VIEWS["wait"])
        for box in key_boxes(grid(80, 24)).values():
            await pilot.click(offset=(int(box.x) + 1, int(box.y) // 2 + 1))
        await pilot.pause()
    assert app.clicked == ["x"]


async def test_the_widget_follows_the_window() -> None:
    app = OneWidget()
    async with app.run_test(size=(80, 24)) as pilot:
        stage = app.query_one(StageWidget)
        stage.show(VIEWS["turn"])
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert stage.plain() == paint(VIEWS["turn"], 120, 40).plain()


def test_the_screen_is_painted_without_numbers_libraries() -> None:
    heavy = "numpy librosa scipy sounddevice soundfile soxr sqlalchemy"
    code = f"import sys, mit.tui.widgets.stage; print(sorted(set({heavy!r}.split()) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
