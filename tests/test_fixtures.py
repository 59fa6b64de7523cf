"""What the judge made of known takes stays as it was, until it is meant to change: python -m tests.bench.fixtures"""

from __future__ import annotations

from typing import Any

import pytest

from tests.bench.fixtures import judged, kept
from tests.bench.reasons import FAULTS
from tests.faults import Plan

KEPT = tuple(kept())
MOVED = 0.03
"""A score or a part may move by this: numerical libraries differ in their last digits, ramps do not."""


def test_the_fixtures_are_there() -> None:
    assert len(KEPT) == len(FAULTS)


@pytest.mark.parametrize(("name", "plan", "long_short", "before"), KEPT, ids=[k[0] for k in KEPT])
def test_a_take_is_judged_as_before(name: str, plan: Plan, long_short: bool, before: dict[str, Any]) -> None:
    now = judged(plan, long_short=long_short)
    assert [now[key] for key in ("verdict", "missing", "added")] == [
        before[key] for key in ("verdict", "missing", "added")
    ]
    assert now["score"] == pytest.approx(before["score"], abs=MOVED)
    assert now["parts"] == pytest.approx(before["parts"], abs=MOVED)
