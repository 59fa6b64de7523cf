"""Which number the safety page shows."""

from __future__ import annotations

import pytest

from mit.emergency import emergency_number
from mit.library import languages

ENGLISH = {"GB": "999", "US": "911"}


@pytest.mark.parametrize(
    ("country", "locale", "own", "number"),
    [
        (None, "en_US.UTF-8", None, "911"),
        ("GB", "en_US.UTF-8", None, "999"),
        (None, "C.UTF-8", None, "999"),
        (None, "", None, "999"),
        (None, "en_FR.UTF-8", None, "999"),
        ("US", "en_GB", "144", "144"),
    ],
)
def test_own_then_country_then_computer_then_the_first(
    country: str | None, locale: str, own: str | None, number: str
) -> None:
    assert emergency_number(ENGLISH, country=country, locale=locale, own=own) == number


def test_a_language_without_numbers_has_one_all_the_same() -> None:
    assert emergency_number({}, country=None, locale="xx_YY", own=None) == "112"


def test_every_language_knows_numbers_by_country() -> None:
    for language in languages():
        assert language.emergency
        for country, number in language.emergency.items():
            assert country.isupper()
            assert len(country) == 2
            assert number.isdigit()
            assert len(number) in (2, 3)
