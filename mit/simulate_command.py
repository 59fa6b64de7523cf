"""`mit simulate`: sessions of a pretend person, printed and kept."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from mit.home import find_home
from mit.options import JsonOption

if TYPE_CHECKING:
    from mit.assignment import Assignment
    from mit.items import Practised
    from mit.simulate import Simulated

KNOWN = 4
"""Phrases that the pretend therapist names as known, for success: without any, two misses in a row end a session."""

ROUNDING = 1e-6
"""What a share may lose in the computer's last digits."""


class ProfileName(StrEnum):
    """The pretend people there are, so that the command line can list them without loading anything."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"
    APRAXIC = "apraxic"
    PERSEVERATING = "perseverating"
    TIRING = "tiring"


def simulate(
    profile: Annotated[ProfileName, typer.Option(help="Who practises.")],
    sessions: Annotated[int, typer.Option(min=1, max=1000, help="How many sessions, one a day.")],
    seed: Annotated[int, typer.Option(min=0, help="The same number gives the same sessions.")] = 0,
    alone: Annotated[
        bool, typer.Option("--alone", help="Without a helper: the trainer's suggestions are noted.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Let a pretend person practise whole sessions; a pretend therapist takes up each level that is suggested.

    The sessions are kept as practice is, marked as simulated; no figure of a person ever holds them.
    """
    from mit.device.helper import Helper
    from mit.output import as_line
    from mit.simulate import simulate as run
    from mit.store import Store

    helper = None if alone else Helper()
    store = Store.open(find_home())
    done = run(profile, assignments(), sessions=sessions, seed=seed, helper=helper, root=uuid4())
    for number, one in enumerate(done, 1):
        store.keep(*one.facts)
        typer.echo(as_line(session_json(number, one)) if json else _in_words(number, one))
    store.close()


def assignments() -> tuple[Assignment, ...]:
    """The shipped phrases of each level, as the starter has them, the last of them known."""
    from mit.library import load_sets
    from mit.phrase import LEVELS
    from mit.starter import at_level

    every = [at_level(load_sets(), level) for level in LEVELS]
    return tuple(replace(one, phrases=one.phrases[:-KNOWN], reserve=one.phrases[-KNOWN:]) for one in every)


def session_json(number: int, done: Simulated) -> dict[str, Any]:
    """What `mit simulate --json` prints of a session. points, maximum: of the trained items gone through or set aside,
    whoever decided; backup: the step was offered as the backup of the one after it, or once more after its backup."""
    from mit.criterion import figure
    from mit.items import items_of

    sitting = done.sitting
    worth = figure(sitting, done.assignment)
    assert sitting.end is not None
    return {
        "session": number,
        "level": sitting.session.level,
        "items": [_item_json(item) for item in items_of(sitting, done.assignment.protocol)],
        "points": worth.points,
        "maximum": worth.maximum,
        "ended": str(sitting.end.ended),
        "minutes": round(sitting.end.seconds / 60, 1),
    }


def _item_json(item: Practised) -> dict[str, Any]:
    steps = {trial.id: trial.step for trial in item.trials}
    rows = [
        {
            "step": decision.step,
            "outcome": str(decision.outcome),
            "backup": decision.backed or decision.step != steps[decision.trial],
            "points": decision.credit,
            "decided_by": str(decision.by),
        }
        for decision in item.decisions
    ]
    return {"phrase": item.phrase, "probe": item.probe, "steps": rows}


def _in_words(number: int, done: Simulated) -> str:
    from mit.criterion import figure

    sitting, worth, stand = done.sitting, figure(done.sitting, done.assignment), done.criterion
    assert sitting.end is not None
    share = "not decided" if worth.share is None else _percent(worth.share)
    mean = "" if stand.mean is None else f"   mean of {len(stand.shares)}: {_percent(stand.mean)}"
    is_last = done.assignment.protocol.levels[-1].name == sitting.session.level
    met = "the criterion is met" if is_last else "the next level is suggested"
    flags = {met: stand.advance, "hardly any change": stand.stuck, "low": stand.low}
    said = "".join(f"   {flag}" for flag, is_up in flags.items() if is_up)
    return (
        f"{number:>3}  {sitting.session.level:<12} {worth.points:>3} of {worth.maximum:<3} {share:<11}"
        f" {sitting.end.ended:<6} {sitting.end.seconds / 60:>5.1f} min{mean}{said}"
    )


def _percent(share: float) -> str:
    """Rounded down: what is printed as the criterion meets it."""
    return f"{int(100 * share + ROUNDING)} %"
