"""Every figure of the judge by one command: python -m tests.bench.validity

Parts by name (people reasons sound nothing trackers speed); all without any. `--table` prints them as the README has
them, `--into README.md` puts them there in place of what it has. `--every N`: only each so-manieth take. `--draw N`:
the faults of the takes from audio as they fall with other seeds. `--jobs N`: processes (all but speed). All of it takes
a quarter of an hour on two quiet cores. MIT_EVAL names the folder of graded imitations; what is missing here is said.

apt-get install --no-install-recommends espeak-ng libespeak-ng1 flite festival festvox-kallpc16k festvox-kdlpc16k
festvox-us-slt-hts; pip install -e '.[test,bench]'
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.bench import nothing, people, reasons, sound, speed, takes, trackers
from tests.bench.figures import Figure, Part, as_table, as_text


class How(NamedTuple):
    """How thoroughly, on which draw of the takes from audio, and in how many processes."""

    every: int
    draw: int
    jobs: int


PARTS: dict[str, tuple[str, str, Callable[[How], Iterator[Figure]]]] = {
    "people": (
        "People",
        "508 sung imitations of 20 melodies, graded 1 to 4 by three experts (MASTmelody; conservatory candidates), "
        "through `mit score --manifest` on tracks of f0; a song by 10 singers through `--model`. The shipped weights "
        "are fitted to these melodies, so the figures leave out the melody that is judged, or half of them; the "
        "dimensions themselves were chosen on these melodies, too. Intervals: 1000 draws of melodies.",
        lambda how: people.figures(jobs=how.jobs),
    ),
    "reasons": (
        "The right reason",
        "Each fault alone, on phrases of 2 to 9 syllables (drawn contours): share of what it costs that its own parts "
        "take, or for what should be free the whole loss; beside it the same without the phrase of 2 syllables (there "
        "a drift of 3 semitones over a step of 3 is one tone all along), and the mean cost by part. Named is the "
        "syllable of which the singer is told.",
        lambda how: reasons.figures(),
    ),
    "sound": (
        "From audio",
        "Four families of voices that share nothing with the product's: a formant synthesiser, and espeak-ng, flite "
        "and festival on the melody by the WORLD vocoder; 80 to 350 Hz; vowel onsets by the programs' own times.",
        lambda how: sound.figures(every=how.every, draw=how.draw, jobs=how.jobs),
    ),
    "nothing": (
        "Nothing to judge, and noise",
        "Columns: what is heard instead of, or under, a voice.",
        lambda how: nothing.figures(every=how.every, jobs=how.jobs),
    ),
    "trackers": (
        "Pitch trackers side by side",
        "The figure is the product's own tracker; beside it others as they come, 65 to 520 Hz, on the same sung "
        "takes. Raw pitch accuracy: share of voiced frames within 50 cents (one called unvoiced is wrong). Aim: as "
        "good as the best of the others, give or take 0.01. WORLD made most of the takes: its trackers are flattered. "
        "There was no recorded singing with a known f0 to compare on.",
        lambda how: trackers.figures(every=how.every, jobs=how.jobs),
    ),
    "speed": (
        "Speed",
        f"On {os.cpu_count()} cores; processor time, but for the two jobs. Columns: milliseconds for a second.",
        lambda how: speed.figures(),
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which; all without any")
    parser.add_argument("--every", type=int, default=1, help="only each so-manieth take")
    parser.add_argument("--draw", type=int, default=0, help="another fall of chance in the takes from audio")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--table", action="store_true", help="as markdown, for the README")
    parser.add_argument("--into", type=Path, help="a file that has a heading for each part")
    asked = parser.parse_args()
    for name, need in takes.lacking().items():
        print(f"Without the {name} voices: {need} is not installed here.")
    for name in trackers.lacking():
        print(f"Without the tracker {name}: it is not installed here.")
    for name in asked.parts or PARTS:
        if name == "people" and people.folder() is None:
            print("\nPeople: left out, MIT_EVAL names no folder with the data.")
            continue
        title, about, figures = PARTS[name]
        if asked.every > 1:
            about += f" A sample: only one take in {asked.every} was sung."
        part = Part(title, about, figures(How(asked.every, asked.draw, asked.jobs)))
        if asked.into:
            _put(asked.into, part)
            continue
        for line in (as_table if asked.table else as_text)(part):
            print(line, flush=True)


def _put(file: Path, part: Part) -> None:
    """The table in place of the one under the same heading."""
    table, text = "\n".join(as_table(part)), file.read_text("utf-8")
    start = text.index(f"### {part.title}\n")
    stop = re.compile(r"^##", re.MULTILINE).search(text, start + 4)
    file.write_text(text[:start] + table + "\n" + text[stop.start() if stop else len(text) :], "utf-8")


if __name__ == "__main__":
    main()
