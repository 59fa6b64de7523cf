"""What the trainer would say came of a take, and whose word is taken. It suggests; it does not decide."""

from __future__ import annotations

from mit.progress import Outcome
from mit.protocol import Judged
from mit.score import Score, Verdict
from mit.session import By

SYLLABLES = 0.80
"""Share of the syllables from which they were sung (design; peaks count sounds, not words)."""

CONTOUR = 2 / 3
"""Share of the steps of the melody that went the right way (design: contour before size)."""


def suggest(score: Score, judged: Judged) -> Outcome | None:
    """What the trainer would say of a take, by what may be judged of it; None where it cannot tell.

    Speech, speech-song and one tone are never held to the pitch. A silent take, one that is not sure, and every take
    during which the model sounded are nothing to go by.
    """
    if judged is Judged.NOTHING or score.verdict is not Verdict.SCORED:
        return None
    count = len(score.by_syllable["completeness"])
    enough = count - score.missing >= SYLLABLES * count
    contour = score.parts["contour"] if judged is Judged.MELODY else None
    return Outcome.YES if enough and (contour is None or contour >= CONTOUR) else Outcome.NOT_YET


def settle(said: tuple[By, Outcome] | None, suggestion: Outcome | None) -> tuple[By, Outcome]:
    """Who decides, and what: therapist, helper or person where one of them did, else the trainer's suggestion is
    noted, else nobody did and the step was heard."""
    if said is not None:
        return said
    return (By.TRAINER, suggestion) if suggestion else (By.NOBODY, Outcome.HEARD)
