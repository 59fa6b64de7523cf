"""The drawing surface: what is drawn is what a terminal shows, cell for cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mit.tui.canvas import Box, Canvas, glyphs, text_width
from mit.tui.letters import composed, largest, sizes
from mit.tui.theme import CONTRAST, DARK, THEMES, Role, Theme

READABLE = 7.0
"""Least contrast of text, WCAG 2 level AAA."""


def luminance(colour: str) -> float:
    """Relative luminance of "#RRGGBB" (WCAG 2)."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("under", [Role.GROUND, Role.TINT])
@pytest.mark.parametrize("role", [Role.INK, Role.QUIET, Role.MODEL, Role.YOU])
def test_every_role_is_readable(theme: Theme, role: Role, under: Role) -> None:
    dark, light = sorted((luminance(theme.colour(role)), luminance(theme.colour(under))))
    assert (light + 0.05) / (dark + 0.05) >= READABLE


def test_a_block_is_solid_and_a_frame_hollow() -> None:
    canvas = Canvas(6, 3)
    canvas.block(Box(0, 0, 6, 6), Role.YOU)
    assert canvas.plain() == "▟████▙\n██████\n▜████▛"
    canvas.frame(Box(0, 0, 6, 6), Role.YOU)
    assert canvas.plain() == "▟▀▀▀▀▙\n█    █\n▜▄▄▄▄▛"


def test_tint_is_a_ground_and_never_a_glyph() -> None:
    canvas = Canvas(6, 3)
    canvas.frame(Box(0, 0, 6, 6), Role.QUIET, inside=Role.TINT)
    assert canvas.plain() == "▟▀▀▀▀▙\n█    █\n▜▄▄▄▄▛"
    assert canvas.rows[1].cells()[2].ground is Role.TINT


def test_dots_lie_over_shapes_without_hiding_them() -> None:
    canvas = Canvas(3, 1)
    canvas.span(0, 6, 0, Role.MODEL)
    canvas.dots(0, 2, 4, Role.YOU)
    canvas.dots(4, 3, 4, Role.YOU)
    first, _, last = canvas.rows[0].cells()
    assert {first.colour, first.ground} == {last.colour, last.ground} == {Role.YOU, Role.MODEL}
    canvas = Canvas(1, 1)
    canvas.dots(1, 0, 4, Role.YOU)
    assert canvas.plain() == "⢸"


def test_text_stands_on_the_colour_below() -> None:
    canvas = Canvas(6, 1)
    canvas.block(Box(0, 0, 6, 2), Role.YOU, corners=False)
    canvas.text(1, 0, "Go", Role.GROUND, bold=True)
    cell = canvas.rows[0].cells()[1]
    assert (cell.text, cell.colour, cell.ground, cell.bold) == ("G", Role.GROUND, Role.YOU, True)
    assert canvas.texts == ["Go"]


def test_nothing_is_drawn_outside() -> None:
    canvas = Canvas(4, 2)
    canvas.block(Box(-3, -3, 20, 20), Role.INK)
    canvas.dots(99, -5, 99, Role.YOU)
    canvas.text(-2, 0, "abcdefgh", Role.YOU)
    canvas.text(0, 7, "x", Role.YOU)
    assert canvas.plain() == "cdef\n████"


def test_a_copy_and_its_source_do_not_see_each_other() -> None:
    source = Canvas(4, 3)
    source.text(0, 0, "one", Role.INK)
    copy = source.copy()
    copy.text(0, 1, "two", Role.INK)
    source.text(0, 2, "new", Role.INK)
    assert source.plain() == "one\n\nnew"
    assert copy.plain() == "one\ntwo\n"
    assert copy.rows[0] is source.rows[0], "rows that nobody touched are shared"
    assert list(copy.changes(source)) == [(1, 0, 3), (2, 0, 3)]


def test_strips_are_kept_until_their_row_changes() -> None:
    canvas = Canvas(4, 2)
    canvas.text(0, 0, "one", Role.INK)
    first = canvas.strips(DARK)
    canvas.text(0, 1, "two", Role.INK)
    again = canvas.strips(DARK)
    assert again[0] is first[0]
    assert again[1].text == "two "
    assert canvas.strips(CONTRAST)[0] is not first[0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("cafe\u0301", "café"),
        ("a\u202eb\u200fc", "abc"),
        ("tea \U0001f375 \U0001f469\u200d\U0001f680", "tea ? ??"),
        ("a\tb\x1b[31m", "ab[31m"),
        ("水 please", "水 please"),
    ],
)
def test_text_from_outside_keeps_its_width(text: str, shown: str) -> None:
    canvas = Canvas(12, 1)
    canvas.text(0, 0, text, Role.INK)
    assert canvas.plain() == shown
    assert cell_len(canvas.strips(DARK)[0].text) == 12


def test_half_a_wide_letter_is_never_left_over() -> None:
    canvas = Canvas(5, 1)
    canvas.text(0, 0, "水水", Role.INK)
    canvas.text(1, 0, "ab", Role.INK)
    assert canvas.plain() == " ab"
    canvas.text(4, 0, "水", Role.INK)
    assert cell_len(canvas.strips(DARK)[0].text) == 5


@given(st.lists(st.tuples(st.integers(-4, 14), st.text(max_size=9)), max_size=5))
def test_a_row_has_exactly_its_width(texts: list[tuple[int, str]]) -> None:
    canvas = Canvas(10, 1)
    for column, text in texts:
        canvas.text(column, 0, text, Role.INK)
    (strip,) = canvas.strips(DARK)
    assert strip.cell_length == sum(cell_len(segment.text) for segment in strip) == 10


@given(st.text(max_size=20))
def test_text_width_is_the_sum_of_its_glyphs(text: str) -> None:
    assert text_width(text) == cell_len("".join(glyphs(text)))


def test_letters_are_sorted_by_size_and_know_four_languages() -> None:
    heights = [size.height for size in sizes()]
    assert heights == sorted(heights)
    assert len(heights) == 8
    for size in sizes():
        assert size.knows("Straße, ¿mañana? Où, œuvre, déjà, ÄÖÜ — no".replace("—", "–"))
        assert not size.knows("вода")


def test_letters_stand_on_their_baseline() -> None:
    size = sizes()[0]
    canvas = Canvas(40, 6)
    canvas.letters(0, 8, "wH", size, Role.INK)
    rows = [v for v in range(12) if any((canvas.rows[v // 2].upper, canvas.rows[v // 2].lower)[v % 2])]
    assert rows == list(range(8 - size.capital, 8))
    assert size.drop("wH") == 0 < size.drop("p") == size.descent


def test_the_largest_size_that_fits_is_taken() -> None:
    small, large = largest("water", width=25, height=30), largest("water", width=70, height=30)
    assert small
    assert large
    assert (small.width("water"), large.width("water")) == (23, 65)
    assert largest("water", width=10, height=30) is None
    assert largest("вода", width=90, height=30) is None
    assert largest(composed("man\u0303ana"), width=90, height=30)
