"""What a take's parts are worth together: weights, cuts between the grades, and how forgiving the ramps are.

The shipped values come from experts' grades on imitations by real singers (`mit calibrate` writes the file, with the
agreement reached on melodies left out of the fit). They are the package's own data, as its code is: read once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

EASE = {"lenient": 1.5, "usual": 1.0, "strict": 0.67}
"""How much wider the ramps are (protocol: 150 cents for severe cases and the first weeks, 100 usually, 50 to 70 where
the therapist asks for it)."""

GRADES = 4


@dataclass(frozen=True, slots=True)
class Calibration:
    """weights: of each part, summing to 1; power: the score is the weighted mean of the parts to this power, so that
    praise begins at 0.6; cuts: scores from which grades 2, 3 and 4 are given, rising; ease: factor on the ramps'
    limits; figures: agreement with experts on melodies that the fit had not seen."""

    weights: Mapping[str, float]
    power: float
    cuts: tuple[float, float, float]
    ease: float = EASE["usual"]
    figures: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if not 0 < self.cuts[0] < self.cuts[1] < self.cuts[2] < 1:
            raise ValueError("cuts rise between 0 and 1")
        if min(self.weights.values()) < 0 or abs(sum(self.weights.values()) - 1) > 1e-3:
            raise ValueError("weights are at least 0 and sum to 1")

    def with_tolerance(self, tolerance: str) -> Calibration:
        """The same for a person who is judged "lenient", "usual" or "strict"."""
        return replace(self, ease=EASE[tolerance])


@cache
def shipped() -> Calibration:
    """The calibration that the trainer ships."""
    return parse(files("mit").joinpath("data", "calibration.json").read_text("utf-8"))


def parse(text: str) -> Calibration:
    """Read a calibration from JSON as `as_text` writes it."""
    found = json.loads(text)
    low, middle, high = found["cuts"]
    weights, figures = MappingProxyType(found["weights"]), MappingProxyType(found["figures"])
    return Calibration(weights, found["power"], (low, middle, high), figures=figures)


def as_text(calibration: Calibration) -> str:
    """The calibration as JSON, one line a value, so that a change can be read."""
    found = {
        "weights": dict(calibration.weights),
        "power": calibration.power,
        "cuts": list(calibration.cuts),
        "figures": dict(calibration.figures),
    }
    return json.dumps(found, indent=2) + "\n"
