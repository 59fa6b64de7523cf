"""What a bench prints: named figures with their aims, for a terminal and as a table for the README."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple, TypeVar

Asked, Found = TypeVar("Asked"), TypeVar("Found")

NONE = "none to judge"
"""Said where a figure is of no take at all: that is neither good nor bad."""


class Figure(NamedTuple):
    """One figure: what it is, its value, what it should be (">= 0.9"; empty: only told), and the same of each part."""

    what: str
    value: float
    aim: str = ""
    by: Mapping[str, float] = {}

    @property
    def holds(self) -> bool | None:
        """Whether the value is as it should be; None where there is no aim, or nothing to be held to it."""
        wanted = re.match(r"(>=|<=|<|=) ?(-?[\d.]+)", self.aim)
        if wanted is None or self.is_of_none:
            return None
        aim = float(wanted[2])
        return {">=": self.value >= aim, "<=": self.value <= aim, "<": self.value < aim, "=": self.value == aim}[
            wanted[1]
        ]

    @property
    def is_of_none(self) -> bool:
        """Whether there is an aim, but no take that could be held to it."""
        return bool(self.aim) and self.value != self.value


class Part(NamedTuple):
    """A part of the bench: its title, what is to be known about it, and its figures. They may be costly to find."""

    title: str
    about: str
    figures: Iterable[Figure]


def split(what: str, aim: str, of: Callable[[Sequence[Found]], float], parts: Mapping[str, Sequence[Found]]) -> Figure:
    """The figure of all, and of each part by itself; NaN where a part is empty."""
    everything = [row for rows in parts.values() for row in rows]
    return Figure(what, _of(of, everything), aim, {name: _of(of, rows) for name, rows in parts.items()})


def _of(of: Callable[[Sequence[Found]], float], rows: Sequence[Found]) -> float:
    return of(rows) if rows else float("nan")


def as_text(part: Part) -> Iterator[str]:
    """Lines for a terminal, as soon as each figure is there."""
    yield f"\n{part.title}"
    for figure in part.figures:
        verdict = f"  {NONE}" if figure.is_of_none else "  NOT YET" if figure.holds is False else ""
        by = " ".join(f"{name} {_number(value)}" for name, value in figure.by.items())
        yield f"  {figure.what:<58} {_number(figure.value):>8}  {figure.aim:<22}{by}{verdict}"


def as_table(part: Part) -> Iterator[str]:
    """Lines of markdown: a heading, a sentence, a table with a column for each part that any figure has."""
    figures = list(part.figures)
    names = list(dict.fromkeys(name for figure in figures for name in figure.by))
    yield f"### {part.title}\n"
    if part.about:
        yield f"{part.about}\n"
    yield "| | figure | aim | holds |" + "".join(f" {name} |" for name in names)
    yield "|---|---|---|---|" + "---|" * len(names)
    for figure in figures:
        holds = NONE if figure.is_of_none else {None: "", True: "yes", False: "**no**"}[figure.holds]
        by = "".join(f" {_number(figure.by[name]) if name in figure.by else ''} |" for name in names)
        yield f"| {figure.what.strip()} | {_number(figure.value)} | {figure.aim} | {holds} |{by}"
    yield ""


def _number(value: float) -> str:
    """Three decimals below 10, one above; whole where it is a count; a dash where there is nothing."""
    if value != value:
        return "-"
    if isinstance(value, int):
        return str(value)
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}".removesuffix(".0")


def spread(work: Callable[[Asked], Found], asked: Sequence[Asked], *, jobs: int) -> list[Found]:
    """The work on all that is asked, in order, in so many processes."""
    if jobs == 1:
        return list(map(work, asked))
    # spawn: librosa's and numba's threads do not survive a fork.
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        return list(pool.map(work, asked, chunksize=max(1, min(8, len(asked) // (4 * jobs)))))
