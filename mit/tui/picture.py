"""The picture that the practice screen makes of its state. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from mit.melody import BEAT
from mit.phrase import Syllable
from mit.tui.lines import flat, live_line, sung_line, tap_places
from mit.tui.pictures import picture_of
from mit.tui.scenes import SCENES, Act, Key, Row, Scene
from mit.tui.script import COUNT_IN
from mit.tui.state import State
from mit.tui.view import Line, Mark, Sign, View
from mit.words import Words

if TYPE_CHECKING:
    from mit.feedback import Saying
    from mit.practice import Assessment

HAND_DOWN = 0.4
"""Share of a beat for which the drawn hand lies on the table."""

FASTEST_HAND = 0.5
"""Seconds of the shortest beat that the drawn hand follows: nothing flashes more than twice a second."""

BREATHS = 24
"""Pictures of a disc that fills: more would not be seen."""

SIGNS = {"longer": Sign.LONG, "once_more": Sign.AGAIN}
"""Signs of what to try; everything else is an arrow on."""

BARE = frozenset({Scene.OPENING, Scene.WAIT, Scene.SETTLING, Scene.ASKED, Scene.TROUBLE, Scene.NO_SOUND})
"""Scenes without the phrase."""

SOUNDING = frozenset({Scene.LISTEN, Scene.INSIDE, Scene.ALONG, Scene.COMPARE})
"""Scenes in which the syllables light up on their beats."""

ANSWERED = frozenset({Scene.FEEDBACK, Scene.THANKS, Scene.ONCE_MORE})


TO_TAP = ("helper.listen.3", "helper.turn.3", "helper.along.3", "helper.inside.3")
"""What is said of the beat beside a scene, where a step asks the hand to beat."""


@dataclass(frozen=True, slots=True)
class Telling:
    """In which words it is told, and to whom. text: whether phrases are written; compares: whether earlier takes may be
    looked at."""

    words: Words
    text: bool = True
    compares: bool = False
    demo: bool = False


def picture(state: State, telling: Telling) -> View:
    """The view of a state."""
    row, words = SCENES[state.scene], telling.words
    space = state.act(Key.SPACE)
    ready = space is not None and (space is not Act.TAP or state.taps_shown)
    sounding = _sounding(state)
    return View(
        stage=row.stage,
        head=_head(state, row, words),
        sign=row.sign,
        syllables=_syllables(state),
        picture=picture_of(state.exercise.phrase) if state.exercise and _syllables(state) else None,
        untold=_untold(state),
        lit=sounding[0] if sounding else -1,
        hand_down=_hand(state, row, sounding),
        breath=round(BREATHS * state.calm) / BREATHS,
        voice=_voice(state),
        taps=tap_places(state.taps, state.assessment) if state.scene in ANSWERED and state.assessment else (),
        marked=_marked(state, telling),
        grade=_grade(state),
        lines=_lines(state, telling),
        go=words("key.space") if ready or _clickable(state) else "",
        go_sign=_go_sign(state, row, space),
        go_ready=ready,
        again=state.act(Key.AGAIN) is not None,
        stop=row.stop is not None,
        helper=_helper(state, row, telling),
        demo=words("demo.mark") if telling.demo else "",
        small=words("window.small"),
    )


def _clickable(state: State) -> bool:
    """A click on the key ends a take, even where the key itself is for the beat."""
    return state.scene is Scene.TURN


def _go_sign(state: State, row: Row, space: Act | None) -> Sign:
    if space is Act.TAP:
        return Sign.TAP if state.taps_shown else Sign.TICK
    return Sign.TICK if space is Act.FINISH else Sign.AGAIN if space is Act.AGAIN else row.go_sign


def _grade(state: State) -> int | None:
    if state.scene is not Scene.FEEDBACK or state.assessment is None or state.shown:
        return None
    return state.assessment.score.grade


def _head(state: State, row: Row, words: Words) -> str:
    if state.shown:
        return words(f"compare.{state.shown}")
    if state.scene is Scene.COMPARE and state.mine:
        return words("stage.mine")
    return words(row.head) if row.head else words(f"grade.{_grade(state) or 1}")


def _syllables(state: State) -> tuple[Syllable, ...]:
    return () if state.exercise is None or state.scene in BARE else state.exercise.phrase.syllables


def _untold(state: State) -> bool:
    """Who is asked is not told the answer."""
    return state.asks and state.scene in (Scene.TURN, Scene.JUDGING)


def _sounding(state: State) -> tuple[int, float] | None:
    """The syllable that the model sings now, and how far it is through it (0 to 1)."""
    if state.scene not in SOUNDING or state.exercise is None or state.mine:
        return None
    for k, note in enumerate(state.exercise.melody.notes):
        if note.onset <= state.position < note.end:
            return k, (state.position - note.onset) / note.duration
    return None


def _hand(state: State, row: Row, sounding: tuple[int, float] | None) -> bool | None:
    """The hand that shows the beat, where the hand beats."""
    if not (row.taps and state.tapping and state.taps_shown):
        return None
    if _beat(state) < FASTEST_HAND:
        return True
    return sounding[1] < HAND_DOWN if sounding else _counted_in(state)


def _beat(state: State) -> float:
    """Seconds."""
    return median(note.duration for note in state.exercise.melody.notes) if state.exercise else BEAT


def _counted_in(state: State) -> bool:
    """Whether a beat of the count-in has just sounded."""
    if state.scene is not Scene.ALONG or state.exercise is None or state.position >= 0:
        return False
    before = -state.position / _beat(state)
    return before <= COUNT_IN and before % 1.0 > 1.0 - HAND_DOWN


def _voice(state: State) -> tuple[Mark, ...]:
    if state.exercise is None:
        return ()
    melody = state.exercise.melody
    if state.scene is Scene.TURN or state.mine:
        marks = live_line(state.frames, melody)
    elif state.scene in ANSWERED and (assessment := _looked_at(state)):
        marks = sung_line(assessment, melody)
    else:
        return ()
    return marks if state.on_pitch else flat(marks, melody)


def _looked_at(state: State) -> Assessment | None:
    earlier = {voice.name: voice.assessment for voice in state.others}
    return earlier.get(state.shown, state.assessment)


def _marked(state: State, telling: Telling) -> int:
    """The syllable that the tip speaks of, where it cannot be called by its letters."""
    tip = state.assessment.feedback.try_next if state.assessment and state.scene in ANSWERED else None
    if telling.text or tip is None or not tip.syllable or state.exercise is None:
        return -1
    texts = [s.text.upper() for s in state.exercise.phrase.syllables]
    return texts.index(tip.syllable) if tip.syllable in texts else -1


def _helper(state: State, row: Row, telling: Telling) -> tuple[str, ...]:
    words = telling.words
    decides = words.lines("helper.decide") if row.decided else ()
    compares = words.lines("helper.compare_keys") if telling.compares and state.others else ()
    own = words.lines(f"helper.{row.helper}_free") if not state.tapping else ()  # Space then is no tap
    lines = own or words.lines(f"helper.{row.helper}")
    if not state.taps_shown:
        lines = tuple(line for line in lines if line not in map(words, TO_TAP))
    return (*lines, *decides, *compares, *(words(key) for key in state.quietly))


def _lines(state: State, telling: Telling) -> tuple[Line, ...]:
    words = telling.words
    said = tuple(Line(_note_sign(key), words(key)) for key in state.notes)
    if state.asks and state.exercise and state.scene in (Scene.ASKED, Scene.TURN):
        return (Line(Sign.VOICE, state.exercise.phrase.question), *said)
    if state.scene not in ANSWERED or state.assessment is None or state.shown:
        return said
    say = _sayer(telling)
    feedback = state.assessment.feedback
    lines = [Line(Sign.TICK, say(feedback.did_well))] if feedback.did_well else []
    if said:
        return (*lines, said[-1])  # what is the matter with the sound first: its remedy is the thing to try
    if feedback.try_next:
        lines.append(Line(SIGNS.get(feedback.try_next.key, Sign.GO), say(feedback.try_next)))
    return tuple(lines)


def _sayer(telling: Telling) -> Callable[[Saying], str]:
    """Where no phrase is written, its syllables are not called by their letters either."""
    here = telling.words("feedback.here") if not telling.text else ""
    return lambda saying: telling.words(f"feedback.{saying.key}", syllable=here or saying.syllable)


def _note_sign(key: str) -> Sign:
    """What is the matter has the microphone's sign, the offered model that of its key, a way on an arrow."""
    return Sign.MICROPHONE if key.startswith("trouble.") else Sign.AGAIN if key == "offer.model" else Sign.GO
