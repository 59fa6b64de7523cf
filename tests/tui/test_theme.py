"""Every theme can be read by everyone."""

from __future__ import annotations

from itertools import product

import pytest

from mit.settings import Settings
from mit.tui.canvas import BRAILLE, QUADRANTS, Cell
from mit.tui.look import look_of
from mit.tui.renderables.pages import paint_page, targets
from mit.tui.renderables.stages import paint
from mit.tui.theme import PLAIN, THEMES, Role, Theme, style
from tests.pictures.views import SIZES, VIEWS
from tests.tui.every import all_pages

coloured = pytest.mark.parametrize(
    "theme", [theme for theme in THEMES.values() if not theme.bare], ids=lambda t: t.name
)

LEAST = 7.0
"""WCAG 2.2, 1.4.6."""


def light(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    return sum(part * weight for part, weight in zip(linear(colour), (0.2126, 0.7152, 0.0722), strict=True))


def linear(colour: str) -> list[float]:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@coloured
def test_whatever_stands_out_does_so_seven_to_one(theme: Theme) -> None:
    for role, ground in product((Role.INK, Role.QUIET, Role.MODEL, Role.YOU), (Role.GROUND, Role.TINT)):
        assert contrast(theme.colour(role), theme.colour(ground)) >= LEAST, (theme.name, role, ground)


# Linear light of red, green, blue as seen without one kind of cones (Viénot, Brettel & Mollon 1999).
BLINDNESS = {
    "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}


@coloured
@pytest.mark.parametrize("kind", BLINDNESS)
def test_model_and_you_differ_without_red_or_green(theme: Theme, kind: str) -> None:
    seen = [
        [sum(a * b for a, b in zip(row, linear(theme.colour(role)), strict=True)) for row in BLINDNESS[kind]]
        for role in (Role.MODEL, Role.YOU)
    ]
    assert max(abs(a - b) for a, b in zip(*seen, strict=True)) > 0.15


def test_without_colours_nothing_is_coloured_and_what_is_solid_is_reversed() -> None:
    styles = {(a, b): style(PLAIN, a, b, bold=False) for a, b in product(Role, Role)}
    assert all(one.color is None and one.bgcolor is None for one in styles.values())
    assert styles[Role.GROUND, Role.YOU].reverse
    assert not styles[Role.INK, Role.GROUND].reverse
    assert not styles[Role.YOU, Role.TINT].reverse


def test_no_color_wins_over_a_theme() -> None:
    assert look_of(Settings(theme="light"), {"NO_COLOR": "1"}).theme is PLAIN
    assert look_of(Settings(theme="light"), {"NO_COLOR": ""}).theme.name == "light"
    assert look_of(Settings(side="right", text=False, size="large"), {}).reading.mirrored


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_all_text_stands_out_from_what_it_is_written_on(width: int, height: int) -> None:
    painted = [paint_page(page, width, height) for page in all_pages("en").values()]
    painted += [paint(view, width, height) for view in VIEWS.values()]
    pairs = {cell[1:3] for canvas in painted for row in canvas.rows for cell in row.cells() if written(cell)}
    assert pairs
    for theme in (theme for theme in THEMES.values() if not theme.bare):
        assert all(contrast(theme.colour(role), theme.colour(ground)) >= LEAST for role, ground in pairs), pairs


def written(cell: Cell) -> bool:
    """Whether a cell holds text, and no part of a shape or of a line of dots."""
    return bool(cell.text) and cell.text not in QUADRANTS and not 0 <= ord(cell.text[0]) - BRAILLE < 256


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_what_is_lit_is_cut_out_of_its_colour(width: int, height: int) -> None:
    """Letters and signs as well: any other two colours stand out less than seven to one."""
    for name, page in all_pages("en").items():
        lit = targets(page, width, height).get(page.lit)
        if lit is not None:
            canvas = paint_page(page, width, height)
            inside = product(
                range(int(lit.x) + 1, int(lit.x + lit.w) - 1), range(int(lit.y) // 2 + 1, int(lit.y + lit.h) // 2 - 1)
            )
            assert {role for x, y in inside for role in canvas.rows[y].quarters(x)} <= {Role.YOU, Role.GROUND}, name
