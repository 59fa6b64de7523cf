"""Which phrases are too alike to follow each other: the one before is still in the mouth."""

from __future__ import annotations

from mit.phrase import PERSONAL, Phrase

SHORT_WORD = 3
"""Letters up to which a word ("the", "is", "un") is carried by its phrase and makes no two phrases alike."""


def similar(one: Phrase, other: Phrase) -> bool:
    """Whether two phrases share a word of more than SHORT_WORD letters, their first sound, or a tag.

    A perseverating person gives the last answer again, most of all where sound or meaning are close (Santo Pietro &
    Rigrodsky 1982). The first sound is told by the first letter: known for every language, and near enough.
    """
    shared = _words(one) & _words(other) | _first(one) & _first(other) | _tags(one) & _tags(other)
    return one.id == other.id or bool(shared)


def _tags(phrase: Phrase) -> set[str]:
    return set(phrase.tags) - {PERSONAL}


def _words(phrase: Phrase) -> set[str]:
    words = ("".join(c for c in word if c.isalpha()) for word in phrase.text.casefold().split())
    return {word for word in words if len(word) > SHORT_WORD}


def _first(phrase: Phrase) -> set[str]:
    return set(next((c for c in phrase.text.casefold() if c.isalpha()), ""))
