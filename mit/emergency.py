"""Which number to call: a country's emergency number. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

EVERYWHERE = "112"
"""Answered by mobile networks nearly everywhere (3GPP TS 22.101)."""


def emergency_number(numbers: Mapping[str, str], *, country: str | None, locale: str, own: str | None) -> str:
    """The number to show. numbers: by country, those of the person's language; country: the chosen one, None is that of
    the computer's `locale` ("en_US.UTF-8"); own: a number that was set by hand, which always wins."""
    if own:
        return own
    found = re.match(r"[a-z]{2,3}[_-]([A-Z]{2})", locale)
    here = country or (found.group(1) if found else "")
    return numbers.get(here) or next(iter(numbers.values()), EVERYWHERE)
