"""The page of every part of set-up, made of the state. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from mit.device_pairs import DEFAULT
from mit.setup.plan import LISTED, QUESTIONS, Part
from mit.tui.page import Arrange, Choice, Meter, Page, Picture
from mit.tui.pages.safety import safety_pages
from mit.tui.setup import state as to
from mit.tui.setup.signs import CHOICE_SIGNS, SIDES, SIGNS
from mit.tui.setup.state import Phase, State, shown
from mit.tui.theme import Role
from mit.tui.view import Line, Sign

if TYPE_CHECKING:
    from mit.words import Words

FLOOR = -60.0
"""dB at the foot of the meter: quiet rooms lie there. Its top is full scale."""


def setup_page(state: State, words: Words, number: str) -> Page:
    """What is shown now. number: to call in an emergency."""
    return _Pages(state, words, number).page()


class _Pages:
    """One state in one language."""

    def __init__(self, state: State, words: Words, number: str) -> None:
        self._state, self._words, self._number = state, words, number

    def page(self) -> Page:
        """A row a part, where it is more than a question or an explanation."""
        if self._state.notes:
            return self._trouble()
        pages: dict[tuple[Part, Phase], Callable[[], Page]] = {
            (Part.LANGUAGE, Phase.ASK): self._languages,
            (Part.SAFETY, Phase.ASK): self._safety,
            (Part.MICROPHONE, Phase.ASK): self._devices,
            (Part.SPEAKER, Phase.ASK): self._devices,
            (Part.SPEAKER, Phase.RUN): self._audible,
            (Part.LEVEL, Phase.RUN): self._meter,
            (Part.LEVEL, Phase.HEAR): self._own_voice,
            (Part.LEVEL, Phase.RESULT): lambda: self._result("setup.heard", well=True),
            (Part.LOUDNESS, Phase.RUN): self._loudness,
            (Part.EARS, Phase.RUN): self._listening,
            (Part.EARS, Phase.RESULT): self._ears,
            (Part.DELAY, Phase.RUN): self._listening,
            (Part.DELAY, Phase.RESULT): self._delay,
            (Part.PITCH, Phase.RUN): self._hum,
            (Part.PITCH, Phase.RESULT): self._pitch,
        }
        made = pages.get((self._state.part, self._state.phase))
        if made:
            return made()
        return self._question() if self._state.part in QUESTIONS else self._explained()

    # ---- questions

    def _question(self) -> Page:
        question = QUESTIONS[self._state.part]
        now = getattr(self._state.settings, question.setting, None)
        lit = next((k for k, option in enumerate(question.options) if option.value == now), 0)
        choices = tuple(self._choice(option.id) for option in question.options)
        key = f"setup.{self._state.part}"
        return self._page(key, self._lines(key), choices, lit=lit, done=True)

    def _languages(self) -> Page:
        names = dict(self._state.languages)
        codes = shown(self._state, tuple(names))
        choices = tuple(self._choice(c) if c == to.OTHERS else Choice(c, Sign.VOICE, names[c]) for c in codes)
        lit = codes.index(self._state.settings.language) if self._state.settings.language in codes else 0
        return self._page("setup.language", (), choices, lit=lit, done=True)

    def _safety(self) -> Page:
        page = safety_pages(self._words, self._number)[self._state.first]
        return replace(page, go=self._words("key.space"), small=self._words("window.small"), stop=to.SKIP)

    def _devices(self) -> Page:
        """The microphones, or the loudspeakers, by name."""
        part, sign = self._state.part, SIGNS[self._state.part]
        if self._state.devices is None:
            waiting = Picture(Sign.REST)
            return self._page("stage.wait", (), (self._choice(to.START),), ready=False, content=waiting)
        names, now = shown(self._state, self._state.devices), getattr(self._state.settings, LISTED[part]) or DEFAULT
        choices = tuple(self._choice(n) if n == to.OTHERS else Choice(n, sign, n) for n in names)
        lit = next((k for k, name in enumerate(names) if now.lower() in name.lower()), 0)
        lines = self._said(f"setup.{part}.gone") if self._state.lost else ()
        return self._page(f"setup.{part}", lines, choices, lit=lit, done=True)

    def _audible(self) -> Page:
        choices = (self._choice(to.NEXT, "yes"), self._choice(to.AGAIN, "no"))
        return self._page("setup.speaker.heard", (), choices, sounds=Role.MODEL)

    def _explained(self) -> Page:
        """A part before it begins, the offer and the end."""
        key = f"setup.{self._state.part}"
        choices = {
            Part.OFFER: (self._choice(to.START, "setup"), self._choice(to.LATER)),
            Part.DONE: (self._choice(to.NEXT),),
        }.get(self._state.part, (self._choice(to.START),))
        stop = to.LATER if self._state.part is Part.OFFER else to.SKIP
        content = Picture(Sign.TICK) if self._state.part is Part.DONE else None
        return self._page(key, self._lines(key), choices, stop=stop, done=True, content=content)

    # ---- the voice

    def _meter(self) -> Page:
        hearing = self._state.hearing
        if hearing is None:
            return self._page("setup.quiet", self._lines("setup.quiet"), (), content=Picture(Sign.MICROPHONE))
        from mit.setup.level import LOUD_ROOM, TOO_LOUD, Level, verdict, wanted_level

        heard = verdict(hearing)
        states = (Level.NOTHING, Level.QUIET, Level.GOOD, Level.LOUD)
        meter = Meter(
            _share(hearing.now),
            _share(wanted_level(hearing.room)),
            _share(TOO_LOUD),
            step=states.index(heard) if heard else -1,
            steps=len(states),
        )
        noisy = hearing.room > LOUD_ROOM and heard in (None, Level.GOOD)
        lines = self._said("setup.level.room") if noisy else self._level_lines(heard, muted=hearing.muted)
        return self._page(
            f"setup.level.{heard}" if heard else "setup.say",
            lines,
            (self._choice(to.HEAR),),
            content=meter,
            ready=heard is Level.GOOD,
            again=to.AGAIN,
            sounds=Role.YOU,
        )

    def _level_lines(self, heard: str | None, *, muted: bool) -> tuple[Line, ...]:
        """One remedy a state."""
        from mit.tui.outside import FAULTS

        keys = {
            None: "setup.say.1",
            "good": "setup.level.good.1",
            "quiet": FAULTS["quiet"][1],
            "loud": FAULTS["clipping"][1],
            "nothing": FAULTS["zeros"][1] if muted else "setup.level.nothing.1",
        }
        return self._said(keys[heard])

    def _own_voice(self) -> Page:
        return self._page("setup.choice.hear", (), (), content=Picture(Sign.SPEAKER), sounds=Role.YOU)

    def _hum(self) -> Page:
        if self._state.hums is None:
            return self._page("stage.wait", (), (), content=Picture(Sign.REST))
        number = min(len(self._state.hums), 2) + 1
        lines = self._said(f"setup.hum.{number}")
        return self._page("setup.hum", lines, (), content=Picture(Sign.VOICE, Role.YOU), sounds=Role.YOU)

    def _pitch(self) -> Page:
        return self._result(
            "setup.pitch.found" if self._state.low is not None else "setup.pitch.apart",
            well=self._state.low is not None,
        )

    # ---- the devices

    def _loudness(self) -> Page:
        choices = (self._choice(to.NEXT, "fine"), self._choice(to.LOUDER), self._choice(to.SOFTER))
        return self._page("stage.listen", (), choices, sounds=Role.MODEL)

    def _listening(self) -> Page:
        return self._page("setup.quiet", (), (), content=Picture(Sign.SPEAKER), sounds=Role.MODEL)

    def _ears(self) -> Page:
        assert self._state.bleed is not None
        ears = self._state.bleed.ears
        return self._result(
            f"setup.ears.{ears}", well=ears == "headphones", figure=f"{self._state.bleed.over_voice:+.0f} dB"
        )

    def _delay(self) -> Page:
        delay = self._state.delay
        if delay is None:
            return self._result("setup.delay.unheard", well=True)  # so it is with headphones on the ears
        key = "setup.delay.steady" if delay.steady else "setup.delay.uneven"
        figure = f"{1000 * delay.seconds:.0f} ms ± {500 * delay.spread:.0f}"
        return self._result(key, well=delay.steady, figure=figure)

    def _result(self, key: str, *, well: bool, figure: str = "") -> Page:
        """What was found; where it could be better, once more is the other choice."""
        choices = (self._choice(to.NEXT), self._choice(to.AGAIN))
        return self._page(key, self._lines(key), choices, lit=0 if well else 1, figure=figure, done=True)

    def _trouble(self) -> Page:
        """What is the matter with the sound, what to do about it, and the way on."""
        choices = (self._choice(to.AGAIN), self._choice(to.NEXT))
        return self._page("stage.trouble", tuple(self._line(key) for key in self._state.notes), choices)

    # ---- pieces

    def _page(
        self,
        head: str,
        lines: tuple[Line, ...],
        choices: tuple[Choice, ...],
        *,
        figure: str = "",
        done: bool = False,
        stop: str = to.SKIP,
        lit: int = 0,
        ready: bool = True,
        again: str | None = None,
        content: Meter | Picture | None = None,
        sounds: Role | None = None,
    ) -> Page:
        helper = self._words.lines("helper.setup")
        unsaved = self._words("setup.unsaved") if self._state.unsaved else ""
        if told := figure or unsaved:
            helper = (*helper[:-1], told)
        return Page(
            self._words(head),
            SIGNS[self._state.part],
            lines=lines,
            choices=choices,
            lit=lit,
            arrange=Arrange.COLUMN,
            content=content,
            go=self._words("key.space"),
            ready=ready,
            again=again,
            stop=stop,
            done=self._places() if done else None,
            sounds=sounds,
            helper=helper,
            small=self._words("window.small"),
        )

    def _places(self) -> int | None:
        """Of ten places, those behind; none where only one part is done."""
        parts = len(self._state.parts)
        return round(10 * self._state.place / parts) if parts > 1 else None

    def _choice(self, id: str, word: str = "") -> Choice:
        word = word or id
        signs = {**CHOICE_SIGNS, **SIDES.get(self._state.part, {})}
        return Choice(id, signs.get(word, SIGNS[self._state.part]), self._words(f"setup.choice.{word}"))

    def _lines(self, key: str) -> tuple[Line, ...]:
        return tuple(Line(Sign.GO, text) for text in self._words.lines(key))

    def _said(self, key: str) -> tuple[Line, ...]:
        return (self._line(key),)

    def _line(self, key: str) -> Line:
        return Line(Sign.MICROPHONE if key.startswith("trouble.") else Sign.GO, self._words(key))


def _share(level: float) -> float:
    """A level in dB as a place on the meter, 0 to 1."""
    return min(1.0, max(0.0, 1.0 - level / FLOOR))
