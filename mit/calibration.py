"""What a take's parts are worth together: weights, cuts between the grades, and how forgiving the ramps are.

The shipped values come from experts' grades on imitations by real singers (`mit calibrate` writes the file, with the
agreement reached on melodies left out of the fit). They are the package's own data, as its code is: read once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import Protocol

EASE = {"lenient": 1.5, "usual": 1.0, "strict": 0.67}
"""How much wider the ramps are (protocol: 150 cents for severe cases and the first weeks, 100 usually, 50 to 70 where
the therapist asks for it)."""

PARTS = ("contour", "interval", "pitch", "rhythm", "onset", "completeness")
"""What a take is judged by, in the order of `dimensions.DIMENSIONS`."""

GRADES = 4


class Wishes(Protocol):
    """What a therapist sets for one person; the settings have it.

    tolerance: a name of EASE; emphasis: factors on the weights of parts, 0 leaves one out; the caps as in Calibration.
    """

    @property
    def tolerance(self) -> str: ...
    @property
    def emphasis(self) -> Mapping[str, float]: ...
    @property
    def cap_missing(self) -> bool: ...
    @property
    def cap_melody(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Calibration:
    """weights: of each part, summing to 1; power: the score is the weighted mean of the parts to this power, so that
    praise begins at 0.6; cuts: scores from which grades 2, 3 and 4 are given, rising; ease: factor on the ramps'
    limits; cap_missing, cap_melody: whether a take with syllables missing or added, and one that does not go up and
    down with the melody, is worth only so much; figures: agreement with experts on melodies that the fit had not seen.
    """

    weights: Mapping[str, float]
    power: float
    cuts: tuple[float, float, float]
    ease: float = EASE["usual"]
    cap_missing: bool = True
    cap_melody: bool = True
    figures: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if not 0 < self.cuts[0] < self.cuts[1] < self.cuts[2] < 1:
            raise ValueError("cuts rise between 0 and 1")
        if min(self.weights.values()) < 0 or abs(sum(self.weights.values()) - 1) > 1e-3:
            raise ValueError("weights are at least 0 and sum to 1")

    def for_person(self, wishes: Wishes) -> Calibration:
        """The same for one person. Where every part is left out, the calibrated weights stay."""
        weights = {name: weight * wishes.emphasis.get(name, 1.0) for name, weight in self.weights.items()}
        total = sum(weights.values())
        shared = {name: weight / total for name, weight in weights.items()} if total > 0 else self.weights
        return replace(
            self,
            weights=MappingProxyType(dict(shared)),
            ease=EASE[wishes.tolerance],
            cap_missing=wishes.cap_missing,
            cap_melody=wishes.cap_melody,
        )


@cache
def shipped() -> Calibration:
    """The calibration that the trainer ships."""
    from importlib.resources import files  # late: the first screen needs no more of this than names

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
