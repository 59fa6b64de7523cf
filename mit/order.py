"""The order of a session's items: similar ones never follow each other, probes lie at even distances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from mit.due import Item
from mit.similar import similar

MOST_TRIES = 1000
"""Items laid down before more phrases are drawn in: a session of twenty needs some dozens."""


def arrange(trained: Sequence[Item], probes: Sequence[Item], *, count: int, every: int, least: int) -> tuple[Item, ...]:
    """`count` of the items, the first ones if it can be, in an order in which no two similar ones are neighbours; a
    probe after each `every` others.

    Where there is no such order of so many, there are fewer; fewer than `least` only where there are no more: then
    similar ones follow each other after all.
    """
    count = min(count, len(trained))
    alike = _alike((*trained, *probes))
    kinds = _kinds(count, len(probes), every)
    best: tuple[Item, ...] = ()
    for size in range(count, len(trained) + 1):
        laid, _ = _laid((), tuple(trained[:size]), tuple(probes), kinds, alike, MOST_TRIES)
        best = max(best, laid, key=len)
        if len(best) == len(kinds):
            return best
    left = [item for item in trained[:count] if item not in best]
    for item in left[: max(0, min(least, len(kinds)) - len(best))]:
        best = _squeezed(best, item, alike)
    return best


def _kinds(trained: int, probes: int, every: int) -> tuple[bool, ...]:
    """For each place of a session whether a probe stands there."""
    kinds: list[bool] = []
    for number in range(1, trained + 1):
        kinds.append(False)
        if number % every == 0 and number < trained and sum(kinds) < probes:
            kinds.append(True)
    return tuple(kinds)


def _squeezed(laid: tuple[Item, ...], item: Item, alike: Mapping[Item, frozenset[Item]]) -> tuple[Item, ...]:
    """The order with one more item, where the fewest similar ones are neighbours."""
    orders = [(*laid[:place], item, *laid[place:]) for place in range(len(laid), -1, -1)]
    return min(orders, key=lambda order: sum(b in alike[a] for a, b in pairwise(order)))


def _alike(items: Sequence[Item]) -> Mapping[Item, frozenset[Item]]:
    """For each item those that may not be its neighbours."""
    return {one: frozenset(other for other in items if similar(one.phrase, other.phrase)) for one in items}


def _laid(
    laid: tuple[Item, ...],
    trained: tuple[Item, ...],
    probes: tuple[Item, ...],
    kinds: tuple[bool, ...],
    alike: Mapping[Item, frozenset[Item]],
    tries: int,
) -> tuple[tuple[Item, ...], int]:
    """The longest order found that begins with `laid`, and how many tries are left."""
    best = laid
    if len(laid) == len(kinds):
        return best, tries
    pool = probes if kinds[len(laid)] else trained
    fits = [item for item in pool if not laid or item not in alike[laid[-1]]]
    # The hardest to place goes first: the one with the most rivals among those still to be laid.
    for item in sorted(fits, key=lambda item: -len(alike[item].intersection(trained))):
        if tries <= 0:
            break
        rest = tuple(other for other in trained if other is not item), tuple(p for p in probes if p is not item)
        found, tries = _laid((*laid, item), *rest, kinds, alike, tries - 1)
        best = max(best, found, key=len)
        if len(best) == len(kinds):
            break
    return best, tries
