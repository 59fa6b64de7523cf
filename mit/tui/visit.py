"""One visit to the trainer, from the first page to the last: which page comes after which.

Each part asks its pages one after the other and may be left with X at any of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mit.checkin import Kind
from mit.session import By
from mit.tui.outside import Outside
from mit.tui.page import BACK, OPENED, Page
from mit.tui.pages import home, mood, phrases, safety, settings, warm_up
from mit.tui.sayer import Exercises, Sayer
from mit.tui.scenes import Act
from mit.tui.screens.lobby import Lobby
from mit.warm_up import WarmUp, own_pace
from mit.words import Words

if TYPE_CHECKING:
    from mit.assignment import Assignment
    from mit.settings import Settings

OWN_BREATHS = 4
"""Presses after which the person's own pace is known: three breaths."""

LEAST_HUM = 1.0
"""Seconds of the shortest hum."""

Known = tuple["Assignment | None", tuple[float, float] | None]
"""The assignment that was read, and the minutes of today."""


@dataclass(slots=True)
class Visit:
    """practise: shows the practice screen, given who is beside the person, and returns what ended it; number: to call
    in an emergency; own: the phrases of an assignment that may be heard at any time; dose: minutes practised today, and
    prescribed; therapist: whether one is beside the person, in the next session alone."""

    lobby: Lobby
    outside: Outside
    words: Words
    sayer: Sayer
    practise: Callable[[By], Awaitable[str]]
    chosen: Settings
    number: Callable[[Settings], str]
    countries: tuple[str, ...]
    wear: Callable[[Settings], None]
    own: Callable[[Assignment], Exercises]
    dose: Callable[[], tuple[float, float]]
    therapist: bool = False
    _at_home: bool = False
    _known: Known = (None, None)
    _looking: asyncio.Task[None] | None = None

    async def run(self, *, first: bool) -> str:
        """From the door in to the door out. first: nobody has read the safety pages on this computer yet."""
        if first:
            await self.safety()
            self.chosen = self.outside.save({"introduced": True})
        try:
            return await self._from_home()
        finally:
            if self._looking is not None:
                await self._looking

    async def _from_home(self) -> str:
        self._look()
        while True:
            self._at_home = True
            chosen = await self.lobby.ask(self._home)
            self._at_home = False
            if chosen == BACK:
                return Act.LEAVE
            if chosen == home.PRACTISE and (ended := await self.practice()) == Act.PRETEND:
                return ended
            parts = {home.PHRASES: self.phrases, home.HELP: self.safety, home.OTHERS: self.others}
            if part := parts.get(chosen):
                await part()

    @property
    def _home(self) -> Page:
        unread, dose = self.outside.keeper.unread, self._known[1]
        return home.home_page(self.words, therapist=self.therapist, unread=unread, dose=dose)

    def _look(self) -> None:
        """See what is assigned and how much was practised; it is told as soon as it is known, and nobody waits."""
        if self.outside.keeper.begun:
            self._looking = asyncio.create_task(self._see())

    async def _see(self) -> None:
        taken = await asyncio.to_thread(self.outside.keeper.assignment)
        if taken and taken != self._known[0]:
            self.sayer.change(await asyncio.to_thread(self.own, taken))
        self._known = taken, await asyncio.to_thread(self.dose)
        if self._at_home:
            self.lobby.show_anew(self._home)

    async def practice(self) -> str:
        """Faces and a warm-up, practice, faces and a sun; what ended it."""
        before = self.outside.takes
        if self.chosen.check_in:
            await self.mood(Kind.BEFORE)
        if self.chosen.warm_up:
            await self.warm_up()
        present, self.therapist = By.THERAPIST if self.therapist else By.HELPER, False
        ended = await self.practise(present)
        self._look()
        if ended != Act.PRETEND and self.outside.takes > before and self.chosen.check_in:
            await self.mood(Kind.AFTER)
        return ended

    async def mood(self, kind: Kind) -> None:
        """One of three faces, tired or not; X skips what is left."""
        face = mood.MOODS.get(await self.lobby.ask(mood.faces_page(self.words)))
        tired = mood.TIRED.get(await self.lobby.ask(mood.tired_page(self.words))) if face else None
        if face:
            self.outside.keep_check_in(kind, mood=face, tired=tired)

    async def warm_up(self) -> None:
        """The own pace by a press at each breath in, then slower and slower; Z and X go on at once."""
        presses: list[float] = []
        while len(presses) < OWN_BREATHS:
            chosen, at = await self.lobby.ask_when(warm_up.own_breath_page(self.words, len(presses)))
            if chosen == BACK:
                return
            if chosen != warm_up.BREATH:
                break
            presses.append(at)
        plan = WarmUp(start=own_pace(tuple(presses)))
        hummed = -1

        def page(since: float) -> Page:
            nonlocal hummed
            moment = plan.at(since)
            if moment.hum and moment.breath != hummed and since < plan.length:
                hummed = moment.breath
                self.sayer.hum(max(LEAST_HUM, moment.left))
            return warm_up.breathing_page(self.words, plan, since, motion=self.lobby.look.motion)

        await self.lobby.ask(page(0.0), page)
        self.sayer.stop()

    async def safety(self) -> None:
        """What this is not, when to call for help, care for the voice; X goes back a page."""
        pages = safety.safety_pages(self.words, self.number(self.chosen))
        place = 0
        while 0 <= place < len(pages):
            place += 1 if await self.lobby.ask(pages[place]) == safety.ON else -1

    async def phrases(self) -> None:
        """Any own phrase, sung at once; never a probe, which would be taught by it."""
        if self._looking is not None:
            await self._looking
        every, first = self.sayer.phrases, 0
        while (chosen := await self.lobby.ask(phrases.phrases_page(self.words, every, first))) != BACK:
            if chosen == phrases.MORE:
                first = first + phrases.AT_ONCE if first + phrases.AT_ONCE < len(every) else 0
            else:
                await self.phrase(next(k for k, phrase in enumerate(every) if phrase.id == chosen))

    async def phrase(self, place: int) -> None:
        """One phrase: it sounds when it comes up, and again as often as wanted."""
        phrase, used, chosen = self.sayer.phrases[place], False, phrases.SAY

        def page(_: float) -> Page:
            lit = self.sayer.lit
            return phrases.phrase_page(
                self.words, phrase, lit=-1 if lit is None else lit, sounds=lit is not None, used=used
            )

        while chosen != BACK:
            if chosen == phrases.SAY:
                self.sayer.sing(place)
            elif chosen == phrases.USED and not used:
                used = True
                self.outside.keep_check_in(Kind.USED, phrase=phrase.id)
            chosen = await self.lobby.ask(page(0.0), page)
        self.sayer.stop()

    async def others(self) -> None:
        """What helpers change, behind a word that is typed."""
        if await self.lobby.ask(home.door_page(self.words)) != OPENED:
            return
        if self.outside.keeper.unread and await self.lobby.ask(home.unread_page(self.words)) == BACK:
            return
        every, first = settings.options(self.countries), 0
        while (chosen := await self.lobby.ask(self._settings(every, first))) != BACK:
            if chosen == settings.MORE:
                first = first + settings.AT_ONCE if first + settings.AT_ONCE < len(every) else 0
                continue
            if chosen == settings.PRESENT.key:
                self.therapist = not self.therapist
                continue
            option = next(option for option in every if option.key == chosen)
            self.chosen = self.outside.save({option.key: settings.next_value(option, self.chosen)})
            self.wear(self.chosen)

    def _settings(self, every: tuple[settings.Option, ...], first: int) -> Page:
        return settings.settings_page(self.words, every, self.chosen, first, therapist=self.therapist)
