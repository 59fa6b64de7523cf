"""Whether a take can be judged at all. "Not sure" is a kind answer; a score that noise gave is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from mit.alignment import Alignment
from mit.contour import Contour
from mit.melody import Note

LEAST_VOICE = 0.15
"""Seconds of voice under which a take is silent: a cough or a knock is shorter."""

HEARD_DB, OVER_DB, HEARD = -50.0, 6.0, 1.0
"""Louder than this (dB re full scale) and over the quietest tenth by so much, for so many seconds: somebody may have
sung under something that hides it. A fan is even; knocks are short."""

LEAST_SUNG = 0.3
"""Seconds of notes under which it was a bark or a word, not a song."""

LEAST_HEARD = 0.25
"""Share of the syllables under which too little was heard to judge."""

LEAST_SNR = 7.5
"""dB of voice over noise, as it is read here, under which trackers and listeners disagree about the pitch. The reading
lies 0 to 4 dB under the truth: most takes at 10 dB are judged, hardly any at 5."""

COMES_AND_GOES = 15.0
"""dB between the quarter and the three quarters of what is heard away from the notes, at most: music and talk come and
go, so that the upper value counts; what rises further out of a quiet room is the singer unheard."""

AWAY, LEAST_AWAY = 0.1, 10
"""Seconds from a note in which consonants and tails still sound, and frames further away that tell the noise."""

WEAKER = 2.0
"""dB by which added notes lie under the others where they may be another's: a radio between the syllables."""

LOUD_TIME, LOUD_DB, UNPITCHED = 0.4, 6.0, 0.35
"""What lies within LOUD_DB of the loudest LOUD_TIME (s) is loud; a larger share of it without pitch than UNPITCHED was
whispered, or drowned in a noise that hides the pitch alone (mains hum)."""

LENGTHS = (0.25, 4.0)
"""Sung over model length of the notes heard: under the first they are coughs or knocks, over the second a hum of the
mains or a machine. Twice as fast or slow is still singing."""

FASTEST = 0.25
"""Sung over model tempo under which it is barking: four times as fast is faster than speech."""

MOST_ADDED = 1.0
"""Syllables besides, for each of the phrase: more, and somebody talks or a radio plays."""

SEVERAL, OTHER_TIME, UNENDING = 3, 0.35, 0.25
"""So, too, where this many are besides and last for this share of all the singing: false starts are shorter. Less is
enough where there is no quiet moment from the first to the last: a singer breathes, a radio does not."""


TORN, MOST_TORN = 1.0, 0.4
"""Semitones from the note that was read from it at which a moment was read otherwise, and the largest share of the
singing that may be: real singers, who scoop and glide, come to 0.31 at most, and sung takes in noise to 0.14."""


class Verdict(StrEnum):
    """Whether a take can be judged."""

    SCORED = "scored"
    UNSURE = "unsure"
    SILENT = "silent"
    PRACTISED = "practised"  # the model sounded during the take: it is not judged


def verdict(alignment: Alignment, contour: Contour) -> Verdict:
    """Silent where nobody sang, unsure where one of DOUBTS holds, or where somebody may have sung unheard."""
    if contour.voiced_seconds < LEAST_VOICE or not alignment.matched:
        return Verdict.UNSURE if _hidden(contour) else Verdict.SILENT
    return Verdict.UNSURE if any(doubt(alignment, contour) for doubt in DOUBTS) else Verdict.SCORED


def _hidden(contour: Contour) -> bool:
    """Whether something came and went that was loud enough, and for long enough, to be a song."""
    if not contour.has_intensity:
        return False
    loud = contour.intensity > max(HEARD_DB, float(np.percentile(contour.intensity, 10)) + OVER_DB)
    return float(loud.sum() * contour.hop) >= HEARD


def signal_to_noise(alignment: Alignment, contour: Contour) -> float | None:
    """dB between the notes sung for the melody and what is heard away from them; None where there is no such place.

    What lies in the background counts as noise, voiced or not, and so do added notes where they are weaker.
    """
    if not contour.has_intensity:
        return None
    sung, added = _during(_sung(alignment), contour, 0.0), _during(alignment.added, contour, 0.0)
    near = _during(_sung(alignment), contour, AWAY)
    voice = _median(contour, sung)
    if voice - _median(contour, added) < WEAKER:
        near |= _during(alignment.added, contour, AWAY)
    if not sung.any() or (~near).sum() < LEAST_AWAY:
        return None
    low, high = np.percentile(contour.intensity[~near], (25, 75))
    return float(voice - min(high, low + COMES_AND_GOES))


def _median(contour: Contour, where: NDArray[np.bool_]) -> float:
    return float(np.median(contour.intensity[where])) if where.any() else np.inf


def _sung(alignment: Alignment) -> list[Note]:
    return [p.sung for p in alignment.pairs if p.sung is not None]


def _during(notes: Iterable[Note], contour: Contour, around: float) -> NDArray[np.bool_]:
    """The frames in which one of the notes sounds, and those within `around` seconds of it."""
    during = np.zeros(len(contour.times), bool)
    for note in notes:
        first, stop = np.searchsorted(contour.times, (note.onset - around, note.end + around))
        during[first:stop] = True
    return during


def _noisy(alignment: Alignment, contour: Contour) -> bool:
    clear = signal_to_noise(alignment, contour)
    return clear is not None and clear < LEAST_SNR


def _unpitched(_: Alignment, contour: Contour) -> bool:
    """Much of what was loud had no pitch."""
    if not contour.has_intensity:
        return False
    ranked = np.sort(contour.intensity)[::-1]
    least = ranked[min(len(ranked) - 1, round(LOUD_TIME / contour.hop))] - LOUD_DB
    return float(np.mean(~contour.voiced[contour.intensity >= least])) > UNPITCHED


def _little(alignment: Alignment, _: Contour) -> bool:
    """Too little of the phrase was heard."""
    sung = _sung(alignment)
    return len(sung) < LEAST_HEARD * len(alignment.pairs) or sum(n.duration for n in sung) < LEAST_SUNG


def _others(alignment: Alignment, contour: Contour) -> bool:
    """Much was heard that is no part of the phrase. From pitch alone a poor melody looks so, too."""
    extra = sum(n.duration for n in alignment.added)
    share = extra / (extra + sum(n.duration for n in _sung(alignment)))
    many = len(alignment.added) > MOST_ADDED * len(alignment.pairs)
    if many or not contour.has_intensity or len(alignment.added) < SEVERAL:
        return many
    return share > (UNENDING if signal_to_noise(alignment, contour) is None else OTHER_TIME)


def _strange(alignment: Alignment, _: Contour) -> bool:
    """The notes heard last or follow each other as no sung notes do."""
    asked = sum(p.target.duration for p in alignment.matched)
    lasts = sum(n.duration for n in _sung(alignment)) / asked
    return not LENGTHS[0] <= lasts <= LENGTHS[1] or (alignment.tempo is not None and alignment.tempo < FASTEST)


def _torn(alignment: Alignment, contour: Contour) -> bool:
    """Two readings of the pitch disagree: that of the notes, and that of their moments one by one."""
    if not contour.has_intensity:
        return False  # laid on the melody, a note takes in what was sung falsely, too
    off = np.concatenate([contour.pitch[_during([n], contour, 0.0)] - (n.pitch or np.nan) for n in _sung(alignment)])
    off = off[np.isfinite(off)]
    return bool(len(off)) and float(np.mean(np.abs(off) > TORN)) > MOST_TORN


DOUBTS: tuple[Callable[[Alignment, Contour], bool], ...] = (_noisy, _unpitched, _little, _others, _strange, _torn)
