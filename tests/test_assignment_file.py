"""Assignments go out and come in as they were; whatever else comes in is told fault by fault, and nothing breaks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mit.assignment import Assignment, Judging, Tolerance
from mit.errors import StoreError
from mit.exchange.announcement import announce
from mit.exchange.assignment_file import DECIDERS, AssignmentFile, _Keys, check_assignment, read_assignment, read_kept
from mit.exchange.assignment_text import write_assignment
from mit.exchange.options import overrides_of, switches_of
from mit.exchange.overrides import RULES, differences, overridden
from mit.library import load_sets
from mit.phrase import Phrase, PhraseSet, retune, spell
from mit.phrase_file import MAX_BYTES
from mit.protocol import PROTOCOL, Protocol, Switches
from mit.starter import starter

SETS = {code: load_sets(code) for code in ("en", "fr")}
MINIMAL = 'person = "AB12"\nlevel = "elementary"\nphrases = ["water", "coffee"]\n'

WORDS = st.text("abcéñß’'", min_size=1, max_size=5).filter(lambda word: any(c.isalpha() for c in word))
PLAIN = st.text(max_size=40).map(lambda text: "".join(c for c in text if c.isprintable()))


@st.composite
def phrases(draw: st.DrawFn) -> Phrase:
    words = draw(st.lists(WORDS, min_size=1, max_size=5).map(lambda w: [unicodedata.normalize("NFC", x) for x in w]))
    name = draw(st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True))
    pattern = "".join(draw(st.sampled_from("HML")) for _ in words)
    beats = tuple(draw(st.sampled_from([0.5, 1.0, 1 / 3, 2.0])) for _ in words)
    syllables = spell(draw(st.sampled_from([" ", "-"])).join(words), pattern, beats)
    if draw(st.booleans()):
        syllables = retune(syllables, tuple(draw(st.floats(0, 7)) for _ in words))
    return Phrase(name, syllables, "en", draw(st.sampled_from(["elementary", "advanced"])), "Who?", ("personal",))


PROTOCOLS = st.fixed_dictionaries(
    {},
    optional={
        "pause": st.floats(1, 120),
        "items": st.sampled_from([[1, 5], [10, 20]]),
        "known": st.sampled_from([["E4"], ["I2", "I3"]]),
        "advance_share": st.floats(0.5, 1),
        "I3": st.fixed_dictionaries(
            {}, optional={"delay": st.floats(0, 60), "backup": st.sampled_from(["", "I1"]), "credit": st.just(3)}
        ),
        "A4": st.fixed_dictionaries({}, optional={"tap": st.sampled_from(["yes", "no"]), "played": st.just(["sung"])}),
    },
).map(lambda table: overridden(table)[0])

ASSIGNMENTS = st.builds(
    Assignment,
    id=st.uuids(),
    made=st.none() | st.datetimes(datetime(2020, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)),
    person=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.-]{0,20}", fullmatch=True),
    language=st.just("en"),
    level=st.sampled_from(["elementary", "intermediate", "advanced"]),
    phrases=st.lists(phrases(), min_size=1, max_size=4, unique_by=(lambda p: p.id, lambda p: p.text.casefold())).map(
        tuple
    ),
    reserve=st.just(()),
    probes=st.just(()),
    minutes=st.floats(1, 60),
    most_minutes=st.floats(60, 240),
    goal=PLAIN,
    review=st.none() | st.dates(),
    switches=st.builds(Switches),
    deciders=st.permutations(DECIDERS).map(tuple),
    counting=st.lists(st.sampled_from(DECIDERS), unique=True).map(tuple),
    protocol=PROTOCOLS,
    judging=st.builds(
        Judging,
        tolerance=st.sampled_from(Tolerance),
        emphasis=st.dictionaries(st.sampled_from(["contour", "rhythm"]), st.floats(0, 4)),
    ),
)


def sets(code: str) -> tuple[PhraseSet, ...]:
    return SETS[code] if code in SETS else load_sets(code)


def read(text: str | bytes) -> AssignmentFile:
    data = text.encode() if isinstance(text, str) else text
    return read_assignment(data, "file.mit", sets)


def faults(text: str) -> str:
    found = read(text)
    assert found.assignment is None
    lines = [str(fault) for fault in found.faults]
    assert all(line.startswith("file.mit: ") and line.isprintable() for line in lines)
    return "\n".join(lines)


@given(ASSIGNMENTS)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_as_it_was(assignment: Assignment) -> None:
    text = write_assignment(assignment)
    found = read(text)
    assert [str(fault) for fault in found.faults] == []
    assert found.assignment == assignment
    assert read_kept(text) == assignment
    assert all(line.isprintable() for line in announce(assignment, replace(assignment, person="other")))


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(deadline=None)
def test_any_bytes_give_faults(data: bytes) -> None:
    assert read(data).faults


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("ab\n\x1b\u202e é", max_size=5),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text("abI3.", max_size=3), each, max_size=3),
    max_leaves=5,
)


KEYS = tuple(field for field in _Keys.__struct_fields__)


@given(st.sampled_from(KEYS), ANYTHING)
@example("decides", [])
@example("most_minutes", 1.0)
@settings(max_examples=200, deadline=None)
def test_any_value_of_a_key_is_taken_or_told(key: str, value: object) -> None:
    table = {"person": "AB", "level": "elementary", "phrases": ["water"], key: value}
    found = check_assignment(table, "file.mit", sets)
    assert (found.assignment is None) == bool(found.faults)
    assert all(str(fault).isprintable() for fault in found.faults)
    if found.assignment:
        assert read(write_assignment(found.assignment)).assignment == found.assignment


def test_a_file_written_by_hand_may_be_short() -> None:
    found = read(MINIMAL).assignment
    assert found is not None
    assert [phrase.id for phrase in found.phrases] == ["water", "coffee"]
    assert (found.minutes, found.most_minutes, found.protocol) == (30.0, 40.0, PROTOCOL)
    again = read("# with a remark\n" + MINIMAL).assignment
    assert again is not None
    assert again.id == found.id, "the same content is the same assignment"
    other = read(MINIMAL + "minutes = 20\n").assignment
    assert other is not None
    assert other.id != found.id


def test_a_set_gives_what_is_not_held_out() -> None:
    found = read('person = "AB"\nlevel = "elementary"\nset = "elementary"\nprobes = ["water"]\n').assignment
    assert found is not None
    assert len(found.phrases) == len(SETS["en"][0].phrases) - 1
    assert [phrase.id for phrase in found.probes] == ["water"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "The key 'person' is missing"),
        ('person = "Anna\\u001b[31m"', "'person' is a code"),
        (MINIMAL + "minuten = 3", "'minuten' is unknown"),
        (MINIMAL + "minutes = nan", "'minutes' cannot be nan"),
        (MINIMAL + "minutes = 1e9", "'minutes' cannot be"),
        (MINIMAL + "minutes = 50\nmost_minutes = 40", "'most_minutes' is less"),
        (MINIMAL + 'goal = "a\\nb"', "'goal' is plain text of one line"),
        (MINIMAL + "made = 0001-01-01T00:00:00+14:00", "'made' is a time with its zone"),
        (MINIMAL + "made = 2026-01-01T00:00:00", "'made' is a time with its zone"),
        (MINIMAL + 'decides = ["trainer"]', "'decides' holds others"),
        (MINIMAL + 'decides = ["helper"]\ncounts = ["person"]', "not in 'decides'"),
        (MINIMAL + 'probes = ["water"]', "The phrase is in phrases and in probes"),
        (MINIMAL + 'probes = [{id = "x", text = "Wa-ter", pattern = "HL"}]', "in phrases and in probes"),
        (MINIMAL.replace('"coffee"', '"water"'), "twice in phrases"),
        (MINIMAL.replace("coffee", "coffe"), "Close to it: coffee"),
        (MINIMAL + "[switches]\ntaping = true", "'taping' is unknown"),
        (MINIMAL + "[protocol.I3]\ndelay = -1", "'protocol.I3.delay' cannot be -1"),
        (MINIMAL + "[protocol.I9]\ndelay = 1", "'protocol.I9' is unknown"),
        (MINIMAL + '[protocol.I3]\nbackup = "I3"', "names no other step"),
        (MINIMAL + "[protocol.E1]\ncredit = 1", "earns no points"),
        (MINIMAL + "[protocol]\nitems = [20, 10]", "its least over its most"),
        (MINIMAL + "[judging]\ntolerance = 'harsh'", "'judging.tolerance' cannot be 'harsh'"),
        (MINIMAL + "[judging]\nemphasis = { rhythm = inf }", "go from 0 to 4"),
        (MINIMAL + 'language = "xx"', "There is no language"),
        (MINIMAL + "schema = 2", "newer version"),
        ("x = " + "[\n" * 900 + "]\n" * 900, "not TOML"),
        ("x" * (MAX_BYTES + 1), "larger than"),
        (MINIMAL.replace('"coffee"', ", ".join(["'coffee'"] * 120)), "is longer than"),
        ('person = "A"\nlevel = "elementary"\nphrases = [\n' + '"water",\n' * 300 + "]", "more than 200 phrases"),
    ],
)
def test_what_is_amiss_is_told_in_a_line(text: str, told: str) -> None:
    assert told in faults(text)


def test_every_fault_is_told_at_once() -> None:
    text = 'person = ""\nlevel = "high"\nphrases = [{id = "X", text = "a", level = "low"}, "none"]\n[protocol]\nx = 1\n'
    assert len(faults(text).splitlines()) >= 5


def test_every_number_of_the_protocol_can_be_changed() -> None:
    assert {field.name for field in fields(Protocol)} == {*RULES, "levels", "version"}


def test_a_changed_protocol_has_a_version_of_its_own() -> None:
    changed, messages = overridden({"I3": {"delay": 4}, "pause": 15.0})
    assert messages == []
    assert (changed.step("I3").delay, changed.step("I4").delay, changed.pause) == (4.0, 6.0, 15.0)
    assert differences(changed) == {"I3": {"delay": 4.0}, "pause": 15.0}
    assert changed.version != PROTOCOL.version
    assert changed.version != overridden({"I3": {"delay": 5}})[0].version
    assert overridden({"pause": PROTOCOL.pause})[0] == PROTOCOL


def test_a_kept_assignment_that_cannot_be_read_is_told() -> None:
    with pytest.raises(StoreError, match=r"Nothing is lost\. Import its file again"):
        read_kept("schema = 99")


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_starter_teaches_none_of_its_probes(code: str) -> None:
    found = starter(SETS[code])
    taught, probes = {p.id for p in found.phrases}, {p.id for p in found.probes}
    assert len(taught) >= 10
    assert probes
    assert not taught & probes
    assert (found.id, found.level, found.language) == (None, "elementary", code)
    text = write_assignment(replace(found, id=UUID(int=1), person="AB"))
    assert read(text).assignment == replace(found, id=UUID(int=1), person="AB")


def test_what_the_command_line_gives_becomes_keys() -> None:
    assert overrides_of(["I3.delay=4", "pause = 12.5", "I3.backup=I1"], "") == {
        "I3": {"delay": 4, "backup": "I1"},
        "pause": 12.5,
    }
    assert switches_of(["no-tapping", "rhythm-only"]) == {"tapping": False, "rhythm_only": True}


def test_what_it_brings_is_said_before_it_is_taken() -> None:
    text = MINIMAL + 'made = 2026-01-02T10:00:00Z\ngoal = "order coffee"\n[protocol.I3]\ndelay = 4\n'
    found = read(text).assignment
    assert found is not None
    said = "\n".join(announce(found, None))
    for part in ("AB12", "elementary", "water", "30 minutes, at most 40", "order coffee", "I3.delay = 4"):
        assert part in said
    newer = replace(found, made=datetime(2026, 3, 1, tzinfo=UTC))
    assert "NEWER" in "\n".join(announce(found, newer))
    held = replace(found, reserve=found.phrases)
    assert ["nothing is in reserve" in "\n".join(announce(one, None)) for one in (found, held)] == [True, False]
    assert "NEWER" not in "\n".join(announce(newer, found))
    assert "is for CD" in "\n".join(announce(found, replace(found, person="CD")))


def test_the_readmes_assignment_can_be_taken() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", readme, flags=re.S)
    found = read(example)
    assert [str(fault) for fault in found.faults] == []
