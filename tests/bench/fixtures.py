"""Takes with what the judge made of them, kept to notice when that changes: python -m tests.bench.fixtures

Run it after a change that is meant to move scores, and read the difference. Each file is one fault of
tests/bench/reasons.py on one phrase, as the notes that were sung; contours are drawn from them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mit.practice import judge
from tests.bench.reasons import FAULTS, melody
from tests.drawn import draw
from tests.faults import Plan
from tests.voices import Sung, follow

FOLDER = Path(__file__).parent.parent / "fixtures"
PATTERN = "HLLHL"
SEED = 4
LONG_SHORT = "even for long-short"
"""The only fault that is none where all notes are of one length."""


def judged(plan: Plan, *, long_short: bool) -> dict[str, Any]:
    """What is made of a plan, rounded as it is kept."""
    score = judge(draw(plan, seed=SEED), melody(PATTERN, long_short=long_short)).score
    return {
        "verdict": str(score.verdict),
        "grade": score.grade,
        "missing": score.missing,
        "added": score.added,
        "score": score.score and round(score.score, 3),
        "parts": {name: value and round(value, 3) for name, value in score.parts.items()},
    }


def kept() -> Iterator[tuple[str, Plan, bool, dict[str, Any]]]:
    """Each fixture: its name, what was sung, whether the notes are long and short, what was made of it."""
    for file in sorted(FOLDER.glob("*.json")):
        found = json.loads(file.read_text("utf-8"))
        yield file.stem, tuple(Sung(*note) for note in found["sung"]), found["long_short"], found["judged"]


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for fault, (_, make) in FAULTS.items():
        long_short = fault == LONG_SHORT
        plan, _ = make(follow(melody(PATTERN, long_short=long_short).notes), SEED)
        found = {"long_short": long_short, "sung": plan, "judged": judged(plan, long_short=long_short)}
        name = fault.replace(" %", "").replace(" ", "-")
        (FOLDER / f"{name}.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
