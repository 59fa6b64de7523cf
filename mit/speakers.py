"""Who knows how the words of a language are said. A shell: espeak-ng runs as another process.

The extra `[espeak]` installs espeakng-loader, a wheel with the library and its data for Linux, Windows and macOS, so
that nobody needs an administrator. It is loaded in a child process only: espeak-ng is under the GPL. An espeak-ng
that the system has is used first, because it is kept up to date.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mit.language.english import english_speaker
from mit.language.sounds import Speaker
from mit.phrase_file import Language

PROGRAM = "espeak-ng"
LOADER = "espeakng_loader"
UNNAMED = "?"
"""What espeak-ng writes for a sound that it has no sign for; the word is better cut by rule."""

PATIENCE = 10.0
"""Seconds given to the other process. It takes 0.03; more means that it hangs."""

_OTHER_LANGUAGE = re.compile(r"\([a-z-]+\)")
"""What espeak-ng writes before and after a word that it reads in another language."""


def speaker_of(language: Language) -> Speaker | None:
    """The one for this language; None where the rules of spelling have to do."""
    if language.code == "en":
        return english_speaker()
    command = espeak_command(language.code)
    return EspeakSpeaker(command) if command else None


def espeak_command(voice: str) -> tuple[str, ...]:
    """What starts espeak-ng for words on stdin, one a paragraph; empty where it is not installed."""
    if program := shutil.which(PROGRAM):
        return (program, "-q", "--ipa", "-v", voice, "--stdin")
    if importlib.util.find_spec(LOADER):
        # -P: the modules that lie beside the script must not be taken for the library's own
        return (sys.executable, "-P", str(Path(__file__).with_name("espeak_child.py")), voice)
    return ()


@dataclass(frozen=True, slots=True)
class EspeakSpeaker:
    """espeak-ng in a process of its own; `command` is started once a phrase."""

    command: tuple[str, ...]

    def written(self, text: str) -> str:
        """The text as it is: espeak-ng reads figures, but does not tell their spelling."""
        return text

    def sounds(self, words: Sequence[str]) -> tuple[str, ...]:
        """Each word is said alone, a paragraph each, so that none runs into the next. "" for all where it fails."""
        plain = ["".join(c for c in word if c.isalpha() or c in "'’") for word in words]
        try:
            done = subprocess.run(
                self.command, input="\n\n".join(plain).encode(), capture_output=True, timeout=PATIENCE, check=True
            )
        except (OSError, subprocess.SubprocessError):
            return ("",) * len(words)
        lines = [_OTHER_LANGUAGE.sub("", line).strip() for line in done.stdout.decode("utf-8", "replace").splitlines()]
        lines = ["" if UNNAMED in line else line for line in lines if line]
        return tuple(lines) if len(lines) == len(words) else ("",) * len(words)
