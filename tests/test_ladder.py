"""Every row of the published tables, typed out here once more, is played through by the simulated patient."""

from __future__ import annotations

import pytest

from mit.due import End, Pause
from mit.progress import Finish, Move, Outcome, Position, advance, first
from mit.protocol import PROBES, PROTOCOL, Level
from tests.course import WAYS, Played, alone, main, play, session

# step: what sounds before the turn, what with it, the turn, tap, seconds of delay, judged by, points (with backup)
STEPS = {
    "E1": ("hum sung sung", "nothing", "listen", "yes", 0, "nothing", (0, 0)),
    "E2": ("", "unison", "sing_along", "yes", 0, "nothing", (1, 0)),
    "E3": ("", "fading", "sing_along", "yes", 0, "nothing", (1, 0)),
    "E4": ("sung", "nothing", "repeat", "yes", 0, "melody", (1, 0)),
    "E5": ("question", "nothing", "answer", "if_needed", 0, "melody", (1, 0)),
    "I1": ("sung sung", "nothing", "listen", "yes", 0, "nothing", (0, 0)),
    "I2": ("", "fading", "sing_along", "yes", 0, "nothing", (1, 0)),
    "I3": ("sung", "nothing", "repeat", "yes", 6, "melody", (2, 1)),
    "I4": ("question", "nothing", "answer", "no", 6, "melody", (2, 1)),
    "A1": ("sung", "nothing", "repeat", "yes", 6, "melody", (2, 1)),
    "A2": ("speechsong speechsong", "nothing", "listen", "yes", 0, "nothing", (0, 0)),
    "A3": ("", "fading", "sing_along", "yes", 0, "nothing", (2, 1)),
    "A4": ("spoken", "nothing", "repeat", "no", 6, "syllables", (2, 1)),
    "A5": ("question", "nothing", "answer", "no", 6, "syllables", (2, 1)),
}

ROUTES = {
    ("elementary", ()): ("E1 E2 E3 E4 E5", 4),
    ("elementary", (("E2", 1),)): ("E1 E2", 0),
    ("elementary", (("E3", 1),)): ("E1 E2 E3", 1),
    ("elementary", (("E4", 1),)): ("E1 E2 E3 E4", 2),
    ("elementary", (("E5", 1),)): ("E1 E2 E3 E4 E5", 3),
    ("intermediate", ()): ("I1 I2 I3 I4", 5),
    ("intermediate", (("I2", 1),)): ("I1 I2", 0),
    ("intermediate", (("I3", 1),)): ("I1 I2 I3 I2 I3 I4", 4),
    ("intermediate", (("I3", 1), ("I3", 2))): ("I1 I2 I3 I2 I3", 1),
    ("intermediate", (("I3", 1), ("I2", 2))): ("I1 I2 I3 I2", 1),
    ("intermediate", (("I4", 1),)): ("I1 I2 I3 I4 I3 I4", 4),
    ("intermediate", (("I4", 1), ("I4", 2))): ("I1 I2 I3 I4 I3 I4", 3),
    ("intermediate", (("I4", 1), ("I3", 2))): ("I1 I2 I3 I4 I3", 3),
    ("advanced", ()): ("A1 A2 A3 A4 A5", 8),
    ("advanced", (("A1", 1),)): ("A1 I2 A1 A2 A3 A4 A5", 7),
    ("advanced", (("A1", 1), ("A1", 2))): ("A1 I2 A1", 0),
    ("advanced", (("A1", 1), ("I2", 1))): ("A1 I2", 0),
    ("advanced", (("A3", 1),)): ("A1 A2 A3 A2 A3 A4 A5", 7),
    ("advanced", (("A3", 1), ("A3", 2))): ("A1 A2 A3 A2 A3", 2),
    ("advanced", (("A4", 1),)): ("A1 A2 A3 A4 A3 A4 A5", 7),
    ("advanced", (("A4", 1), ("A4", 2))): ("A1 A2 A3 A4 A3 A4", 4),
    ("advanced", (("A4", 1), ("A3", 2))): ("A1 A2 A3 A4 A3", 4),
    ("advanced", (("A5", 1),)): ("A1 A2 A3 A4 A5 A4 A5", 7),
    ("advanced", (("A5", 1), ("A5", 2))): ("A1 A2 A3 A4 A5 A4 A5", 6),
    ("advanced", (("A5", 1), ("A4", 2))): ("A1 A2 A3 A4 A5 A4", 6),
}


def heard(one: Played) -> tuple[object, ...]:
    step = one.step
    before = " ".join([*step.played, *(["question"] if step.asks else [])])
    points = step.credit, step.credit_with_backup
    return before, step.along, step.does, step.tap, step.delay, step.judged, points


@pytest.mark.parametrize("level", ["elementary", "intermediate", "advanced"])
def test_each_step_is_as_the_table_has_it(level: str) -> None:
    played, _ = play(alone(level))
    assert [one.step.id for one in played] == [name for name in STEPS if name[0] == level[0].upper()]
    for one in played:
        assert heard(one) == STEPS[one.step.id], one.step.id


@pytest.mark.parametrize("way", ROUTES, ids=lambda way: f"{way[0]} {way[1]}")
def test_each_miss_leads_where_the_table_says(way: tuple[str, tuple[tuple[str, int], ...]]) -> None:
    level, missed = way
    route, points = ROUTES[way]
    played, course = play(alone(level), missed)
    assert " ".join(one.step.id for one in played) == route
    assert sum(one.decision.credit for one in played) == points
    for one in played:  # the trainer agrees with the helper wherever it can tell
        assert one.decision.suggestion in (None, one.decision.outcome)
        assert one.decision.suggestion is None or one.step.judged != "nothing"
    gone = played[-1].decision.outcome is Outcome.YES
    assert course.finish is (Finish.DONE if gone else Finish.SET_ASIDE)
    assert isinstance(course.due, End if gone else Pause)


def test_every_way_that_is_tried_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(WAYS) == set(ROUTES)
    main()
    printed = capsys.readouterr().out
    assert all(f"  {name} " in printed for name in STEPS)
    assert printed.count("points\n") == len(WAYS)
    assert printed.count("  end, done") == 3


def test_two_misses_in_a_row_lead_to_what_is_known_and_to_an_end() -> None:
    kinds = [[line.split()[0] for line in session(known)] for known in range(3)]
    missed = ["new", "new"]
    assert kinds == [
        [*missed, "listen", "end,"],
        [*missed, "known", *missed, "listen", "end,"],
        [*missed, "known", *missed, "known", "end,"],
    ]


def test_a_probe_is_sung_once_and_neither_helped_nor_worth_anything() -> None:
    course = alone("elementary", probe=True)
    assert not course.due.may_repeat
    played, course = play(course, [("P", 1)])
    assert [one.step.id for one in played] == ["P"]
    assert course.finish is Finish.DONE
    assert course.misses == 0


@pytest.mark.parametrize("level", [*PROTOCOL.levels, PROTOCOL.easy(), PROBES], ids=lambda level: level.name)
def test_every_outcome_of_every_state_leads_to_the_end(level: Level) -> None:
    """Walks all states that one phrase can reach; a state met on its own way would be an endless loop."""
    ends: dict[Position, set[tuple[Finish, int]]] = {}

    def walk(position: Position, way: tuple[Position, ...]) -> set[tuple[Finish, int]]:
        assert position not in way
        if position not in ends:
            moves = [advance(position, outcome, level) for outcome in Outcome]
            ends[position] = {end for move in moves for end in after(move, (*way, position))}
        return ends[position]

    def after(move: Move, way: tuple[Position, ...]) -> set[tuple[Finish, int]]:
        if move.position is None:
            assert move.finish is not None
            return {(move.finish, move.credit)}
        return {(finish, points + move.credit) for finish, points in walk(move.position, way)}

    found = walk(first(level), ())
    assert max(points for _, points in found) == level.maximum
    assert (Finish.DONE, level.maximum) in found
    assert all(position.offered <= PROTOCOL.most_offers for position in ends)
    assert {p.step for p in ends} >= {step.id for step in level.steps}
