"""How well pretend patients sing, and what makes it easier or harder for them."""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace


@dataclass(frozen=True, slots=True)
class Skill:
    """How well somebody sings. Chances are per syllable, 0 to 1; `interval` and `tempo` are factors.

    latency: seconds before the first syllable; interval: of the melody's steps (1 = as asked); wrong: chance of the
    other note; missing: of no syllable; pause: of a stop of one to two seconds before a syllable; tempo: of the
    durations; wobble: cents, standard deviation of each note; timing: the same in seconds; jitter: of the periods, as
    a part of them; breath: of noise in the voice, as a part of it; false_start: chance that a syllable is begun and
    broken off before it is sung.
    """

    latency: float
    interval: float
    wrong: float
    missing: float
    pause: float
    tempo: float
    wobble: float
    timing: float
    jitter: float
    breath: float
    false_start: float = 0.0

    def towards(self, other: Skill, share: float) -> Skill:
        """The skill on the way to another, 0 to 1."""
        return Skill(*(a + (b - a) * share for a, b in zip(astuple(self), astuple(other), strict=True)))

    def eased(self, effort: float) -> Skill:
        """The skill where a task takes this much effort, 1 being to repeat at once."""
        return replace(
            self,
            wrong=min(1.0, self.wrong * effort),
            missing=min(1.0, self.missing * effort),
            pause=min(1.0, self.pause * effort),
            false_start=min(1.0, self.false_start * effort),
            wobble=self.wobble * effort,
            interval=1.0 - (1.0 - self.interval) * min(1.0, effort),
        )


SKILLS = {
    "mild": Skill(0.6, 0.95, 0.0, 0.0, 0.05, 1.05, 20, 0.03, 0.004, 0.01),
    "moderate": Skill(1.1, 0.75, 0.1, 0.1, 0.25, 1.35, 45, 0.08, 0.008, 0.03),
    "severe": Skill(2.0, 0.4, 0.25, 0.3, 0.5, 1.7, 80, 0.15, 0.015, 0.06),
    "apraxic": Skill(3.5, 0.85, 0.05, 0.05, 0.4, 1.4, 40, 0.12, 0.008, 0.02, 0.3),
    "perseverating": Skill(0.8, 0.8, 0.05, 0.05, 0.1, 1.1, 35, 0.06, 0.006, 0.02),
    "tiring": Skill(0.9, 0.85, 0.05, 0.05, 0.15, 1.2, 35, 0.06, 0.008, 0.03),
}
"""Not measured: chosen so that a demonstration shows every grade."""
