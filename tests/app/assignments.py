"""The small assignments of `tests.app.session`, as a therapist writes them by hand."""

from __future__ import annotations

PHRASES = {
    "elementary": ("water", "coffee", "come-here"),
    "intermediate": ("a-cup-of-tea", "where-is-my-phone", "call-me-later"),
    "advanced": ("i-would-like-to-go-home", "could-you-speak-more-slowly-please", "i-had-a-stroke-two-years-ago"),
}
"""Three of each level, unlike each other."""

MISSED = {"elementary": "E5", "intermediate": "I3", "advanced": "A4"}
"""The step of the second phrase that is answered with "not yet", the first time: it leads to a backup where there is
one."""

SHORT = """
pause = 10

[protocol.I3]
delay = 1
[protocol.I4]
delay = 1
[protocol.A1]
delay = 1
[protocol.A4]
delay = 1
[protocol.A5]
delay = 1
"""
"""The shortest that the hierarchy allows, but for the waits before a turn, which are shown once and then cost time."""


def written(level: str) -> str:
    """The file for one level."""
    phrases = ", ".join(f'"{id}"' for id in PHRASES[level])
    return f'person = "AB12"\nlevel = "{level}"\nphrases = [{phrases}]\nminutes = 20\n\n[protocol]{SHORT}'
