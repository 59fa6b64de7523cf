"""Every figure of the judge by one command: python -m tests.bench.validity [people reasons sound nothing speed]

With `--every N` only each Nth take is sung. MIT_EVAL names the folder of graded imitations; without it that part is
left out. The parts from audio take minutes.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from tests.bench import nothing, people, reasons, sound, speed

Figures = Iterator[tuple[str, float, str]]

PARTS: dict[str, tuple[str, Callable[[int], Figures]]] = {
    "people": ("People: graded imitations by real singers", lambda every: people.figures()),
    "reasons": ("Right reason: cost by part, and the share of it in the fault's own", lambda every: reasons.figures()),
    "sound": ("From audio: voices that are not the product's", lambda every: sound.figures(every=every)),
    "nothing": ("Nothing to judge, and noise", lambda every: nothing.figures()),
    "speed": ("Speed (processor time)", lambda every: speed.figures()),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which; all without any")
    parser.add_argument("--every", type=int, default=1, help="only each so-manieth take")
    asked = parser.parse_args()
    for name in asked.parts or PARTS:
        title, figures = PARTS[name]
        print(f"\n{title}")
        if name == "people" and people.folder() is None:
            print("  left out: MIT_EVAL names no folder with the data")
            continue
        for what, figure, aim in figures(asked.every):
            print(f"  {what:<112} {figure:8.3f}  {aim}", flush=True)


if __name__ == "__main__":
    main()
