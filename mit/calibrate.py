"""Weights and cuts from experts' grades, with the agreement reached on melodies that the fit had not seen.

Weights: proportional odds (McCullagh 1980) on every expert's grade, none below 0. Cuts: the mean of all that reach
nearly the best quadratic weighted kappa (Cohen 1968) with the experts: the single best ones follow chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import log
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mit.calibration import GRADES, Calibration
from mit.contour import Floats
from mit.dimensions import DIMENSIONS
from mit.score import PRAISE

SHRINK = 0.02
"""Pull of the weights toward 0, which shares them among parts that say the same."""

PLACES = 40
"""Quantiles of the scores that are tried as cuts."""

NEAR_BEST = 0.004
"""Kappa below the best within which cuts are as good: a tenth of what a sample of melodies moves it."""

DIGITS = 4

SQUARES = (np.arange(GRADES)[:, None] - np.arange(GRADES)[None, :]) ** 2.0
"""Disagreement by how far two grades lie apart, as quadratic weighted kappa counts it."""


class Graded(NamedTuple):
    """parts: shape (takes, dimensions), 1 is perfect; grades: (takes, experts), 1 to 4, NaN where not given; agreed:
    (takes,), NaN where experts split; melodies: the name of each take's melody."""

    parts: Floats
    grades: Floats
    agreed: Floats
    melodies: Sequence[str]


def calibrate(graded: Graded) -> Calibration:
    """Weights, power and cuts fitted to all takes; figures by leaving out one melody after the other."""
    weights = fit_weights(graded)
    means = graded.parts @ weights
    cuts = fit_cuts(means, graded.grades)
    power = log(PRAISE) / log(cuts[1])
    names = [d.name for d in DIMENSIONS]
    low, middle, high = (round(cut**power, DIGITS) for cut in cuts)
    return Calibration(
        MappingProxyType({n: round(float(w), DIGITS) for n, w in zip(names, weights, strict=True)}),
        round(power, DIGITS),
        (low, middle, high),
        figures=MappingProxyType(agreement(graded, left_out_grades(graded))),
    )


def left_out_grades(graded: Graded) -> NDArray[np.int_]:
    """The grade of each take by a fit on all other melodies."""
    given = np.zeros(len(graded.parts), np.int_)
    names = np.array(graded.melodies)
    for name in np.unique(names):
        out = names == name
        rest = Graded(graded.parts[~out], graded.grades[~out], graded.agreed[~out], names[~out].tolist())
        weights = fit_weights(rest)
        given[out] = 1 + np.digitize(graded.parts[out] @ weights, fit_cuts(rest.parts @ weights, rest.grades))
    return given


def agreement(graded: Graded, given: NDArray[np.int_]) -> dict[str, float]:
    """Quadratic weighted kappa with the agreed grade and, on average, with single experts."""
    single = [kappa(given, column) for column in graded.grades.T]
    return {
        "kappa_agreed": round(kappa(given, graded.agreed), 3),
        "kappa_single": round(float(np.mean(single)), 3),
        "takes": float(len(given)),
        "melodies": float(len(set(graded.melodies))),
    }


def kappa(given: NDArray[np.int_], wanted: Floats) -> float:
    """Quadratic weighted kappa (Cohen 1968) over the takes that have a grade."""
    known = np.isfinite(wanted)
    table = np.zeros((GRADES, GRADES))
    np.add.at(table, (given[known] - 1, wanted[known].astype(int) - 1), 1.0)
    chance = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    return float(1.0 - (SQUARES * table).sum() / (SQUARES * chance).sum())


def fit_weights(graded: Graded) -> Floats:
    """One weight a dimension, at least 0, summing to 1."""
    from scipy.optimize import minimize  # late: only calibration needs it

    lost = 1.0 - graded.parts
    spread = lost.std(axis=0) + 1e-9
    counts = np.stack([(graded.grades == g).sum(axis=1) for g in range(1, GRADES + 1)], axis=1)
    width = lost.shape[1]
    start = np.concatenate((np.full(width, 0.5), [-2.0, 0.0, 0.0]))
    bounds = [(0.0, None)] * width + [(None, None)] * (GRADES - 1)
    found = minimize(_unlikely, start, args=(lost / spread, counts), method="L-BFGS-B", bounds=bounds).x[:width]
    return np.asarray(found / spread / (found / spread).sum())


def _unlikely(values: Floats, lost: Floats, counts: NDArray[np.int_]) -> float:
    """Mean surprise of the grades under proportional odds: weights, then the first cut and the logs of the gaps."""
    weights = values[: lost.shape[1]]
    first, gaps = values[lost.shape[1]], np.exp(values[lost.shape[1] + 1 :])
    cuts = first + np.concatenate(([0.0], np.cumsum(gaps)))
    below = 1.0 / (1.0 + np.exp(-np.clip(cuts[None, :] + (lost @ weights)[:, None], -40, 40)))
    edges = np.hstack((np.zeros((len(lost), 1)), below, np.ones((len(lost), 1))))
    likely = np.clip(np.diff(edges, axis=1), 1e-9, 1.0)
    return float(-(counts * np.log(likely)).sum() / counts.sum() + SHRINK * (weights**2).sum())


def fit_cuts(means: Floats, grades: Floats) -> tuple[float, float, float]:
    """Three cuts on the weighted means of the parts, rising."""
    places = np.unique(np.quantile(means, np.linspace(0.02, 0.98, PLACES)))
    tried = np.array(list(combinations(range(len(places)), GRADES - 1)))
    kappas = np.mean([_kappas(means, column, places, tried) for column in grades.T], axis=0)
    low, middle, high = places[tried[kappas >= kappas.max() - NEAR_BEST]].mean(axis=0)
    return float(low), float(middle), float(high)


def _kappas(means: Floats, wanted: Floats, places: Floats, tried: NDArray[np.int_]) -> Floats:
    """The kappa of every combination of cuts with one expert."""
    known = np.isfinite(wanted)
    counts = np.zeros((len(places) + 1, GRADES))
    np.add.at(counts, (np.digitize(means[known], places), wanted[known].astype(int) - 1), 1.0)
    below = np.vstack((np.zeros(GRADES), counts.cumsum(axis=0)))
    edges = np.concatenate(
        (np.zeros((len(tried), 1), int), tried + 1, np.full((len(tried), 1), len(below) - 1)), axis=1
    )
    tables = np.diff(below[edges], axis=1)
    chance = tables.sum(axis=2)[:, :, None] * tables.sum(axis=1)[:, None, :] / known.sum()
    return np.asarray(1.0 - (SQUARES * tables).sum(axis=(1, 2)) / (SQUARES * chance).sum(axis=(1, 2)))
