"""What is said after a take: one thing done well, one to try. Keys of the language catalogue, never words.

Praise first and only where it is true; then the most useful thing first: a missing syllable before a narrow step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mit.alignment import Alignment
from mit.dimensions import SAME, Step, own_pitches, steps
from mit.protocol import Judged
from mit.score import Score, Verdict

WELL = 0.8
"""A part from which it is true to say that it went well."""

TRY = 0.7
"""A syllable's value under which something is worth trying there."""


ALIKE = 0.2
"""Difference of values within which two steps are equally weak: then the one sung first is spoken of."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of the catalogue, `feedback.<key>`, with the syllable it speaks of where there is one."""

    key: str
    syllable: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """did_well and try_next: None where nothing is to be said."""

    did_well: Saying | None = None
    try_next: Saying | None = None


def advise(score: Score, alignment: Alignment, *, judged: Judged = Judged.MELODY) -> Feedback:
    """One thing done well and one to try; neither where the take could not be judged.

    judged: what may be spoken of: of a phrase that was spoken never the pitch, nor the time.
    """
    if score.verdict is not Verdict.SCORED or judged is Judged.NOTHING:
        return Feedback()
    tips = (tip for find in TIPS[judged] for tip in find(score, alignment))
    return Feedback(PRAISE[judged](score, alignment), next(tips, Saying("once_more")))


def _syllables_praise(score: Score, alignment: Alignment) -> Saying:
    return Saying("all_parts" if score.parts["completeness"] == 1.0 else "said")


def _rhythm_praise(score: Score, alignment: Alignment) -> Saying:
    if (score.parts["rhythm"] or 0.0) >= WELL:
        return Saying("rhythm")
    return _syllables_praise(score, alignment)


def _praise(score: Score, alignment: Alignment) -> Saying:
    """The best true thing; a take that earned no praise is thanked for."""
    parts = {name: value or 0.0 for name, value in score.parts.items()}
    if not score.praised:
        return Saying("sang")
    if parts["contour"] >= WELL and parts["interval"] >= WELL:
        return Saying(_shape(alignment))
    if parts["completeness"] == 1.0:
        return Saying("all_parts")
    if parts["contour"] >= WELL:
        return Saying("steps")
    return Saying("rhythm" if parts["rhythm"] >= WELL else "sang")


def _shape(alignment: Alignment) -> str:
    """What to call a melody that was met: its two heights where it has no more."""
    pitches = [p.target.pitch for p in alignment.pairs]
    if len(pitches) == 2 and pitches[0] is not None and pitches[1] is not None and pitches[0] != pitches[1]:
        return "high_low" if pitches[0] > pitches[1] else "low_high"
    return "melody"


def _missing(_: Score, alignment: Alignment) -> Iterator[Saying]:
    yield from (_about("missing", alignment, k) for k, p in enumerate(alignment.pairs) if p.sung is None)


def _added(_: Score, alignment: Alignment) -> Iterator[Saying]:
    if alignment.added:
        yield Saying("added")


def _direction(score: Score, alignment: Alignment) -> Iterator[Saying]:
    """A step that went the other way, or stayed: say which way the voice goes on that syllable."""
    for step in _weakest(score, alignment, "contour"):
        key = "same" if step.wanted == 0 else "lift" if step.wanted > 0 else "lower"
        yield _earlier(score, alignment, step) or _about(key, alignment, step.place)


def _size(score: Score, alignment: Alignment) -> Iterator[Saying]:
    """A step in the right direction that was too small or too wide."""
    for step in _weakest(score, alignment, "interval"):
        key = "same" if not step.wanted else "wider_up" if step.sung < step.wanted else "wider_down"
        if step.wanted or abs(step.sung) > SAME / 2:
            yield _earlier(score, alignment, step) or _about(key, alignment, step.place)


def _earlier(score: Score, alignment: Alignment, step: Step) -> Saying | None:
    """What to say of the note before the step, where that one is off and the later one in its place."""
    before, after = (score.by_syllable["pitch"][k] for k in (step.place - 1, step.place))
    if before is None or after is None or before >= after - ALIKE:
        return None
    return _off(alignment, step.place - 1)


def _off_pitch(score: Score, alignment: Alignment) -> Iterator[Saying]:
    """The note that lies furthest from its place in the person's own key."""
    weak = sorted((v, k) for k, v in enumerate(score.by_syllable["pitch"]) if v is not None and v < TRY)
    yield from (_off(alignment, k) for _, k in weak)


def _off(alignment: Alignment, place: int) -> Saying:
    own, wanted = own_pitches(alignment)[place], alignment.pairs[place].target.pitch
    too_low = own is not None and wanted is not None and own < wanted
    return _about("lift" if too_low else "lower", alignment, place)


def _waited(_: Score, alignment: Alignment) -> Iterator[Saying]:
    """The longest pause: the syllable after it may come sooner."""
    if max(alignment.pauses, default=0.0) > 0:
        yield _about("sooner", alignment, alignment.pauses.index(max(alignment.pauses)))


def _time(score: Score, alignment: Alignment) -> Iterator[Saying]:
    """A note held too short or too long against the person's own tempo."""
    values = score.by_syllable["rhythm"]
    weak = sorted((v, k) for k, v in enumerate(values) if v is not None and v < TRY)
    for _, k in weak:
        yield _about("longer" if _short(alignment, k) else "shorter", alignment, k)


def _short(alignment: Alignment, place: int) -> bool:
    """Whether note `place` lasted less than the tempo asks, to the next onset, or by its own length at the end."""
    sung = [(p.target, p.sung) for p in alignment.pairs[place:] if p.sung is not None]
    tempo = alignment.tempo or 1.0
    target, note = sung[0]
    if len(sung) == 1:
        return note.duration < target.duration * tempo
    return sung[1][1].onset - note.onset < (sung[1][0].onset - target.onset) * tempo


def _weakest(score: Score, alignment: Alignment, part: str) -> list[Step]:
    values = score.by_syllable[part]
    found = [(v, s) for s in steps(alignment) if (v := values[s.place]) is not None and v < TRY]
    weakest = min((v for v, _ in found), default=0.0)
    return [s for _, s in sorted(found, key=lambda f: (f[0] > weakest + ALIKE, f[1].place))]


def _about(key: str, alignment: Alignment, place: int) -> Saying:
    """A recorded model has no words: its notes are called by their place."""
    return Saying(key, (alignment.pairs[place].target.text or str(place + 1)).upper())


TIPS: dict[Judged, tuple[Callable[[Score, Alignment], Iterator[Saying]], ...]] = {
    Judged.MELODY: (_missing, _added, _direction, _size, _off_pitch, _waited, _time),
    Judged.RHYTHM: (_missing, _added, _waited, _time),
    Judged.SYLLABLES: (_missing, _added),
}
"""By what may be judged, the most useful first."""

PRAISE: dict[Judged, Callable[[Score, Alignment], Saying]] = {
    Judged.MELODY: _praise,
    Judged.RHYTHM: _rhythm_praise,
    Judged.SYLLABLES: _syllables_praise,
}
