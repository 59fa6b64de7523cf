"""Singers with other throats: flite's and festival's voices on a plan, by the WORLD vocoder.

Needs programs that no Python package brings: apt-get install --no-install-recommends flite festival
festvox-kallpc16k festvox-kdlpc16k festvox-us-slt-hts. `missing(family)` says plainly what is not there.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from scipy.io import wavfile

from tests.spoken import Sound, Speech, take_apart

VOWELS, SONORANTS, VOICELESS = (
    frozenset(names.split(" "))
    for names in (
        "aa ae ah ao aw ax axr ay eh er ey ih ix iy ow oy uh uw",
        "m n ng l r w y em en el",
        "p t k f s sh ch th hh",
    )
)
"""Of the Arpabet as both programs print it."""

SILENCES = frozenset(("pau", "h#", "#", "brth"))

FLITE = {"kal16": 43.0, "awb": 47.0, "rms": 41.0, "slt": 56.0}
FESTIVAL = {"kal_diphone": 45.0, "ked_diphone": 41.0, "cmu_us_slt_arctic_hts": 60.0}
"""Voices with the low notes (MIDI) that they are given: 87 to 262 Hz."""

FESTIVAL_VOICES = Path("/usr/share/festival/voices")

SLOWER = 1.3
"""Speech stretched by this, so that vowels have frames enough to be held."""

SCRIPT = """
(voice_{voice})
(Parameter.set 'Duration_Stretch {slower})
(set! said (Utterance Text "{text}"))
(utt.synth said)
(utt.save.wave said "{wav}" 'riff)
(mapcar (lambda (s) (format t "%s:%s " (item.name s) (item.feat s 'end))) (utt.relation.items said 'Segment))
"""


def missing(family: str) -> str:
    """What is needed for "flite" or "festival" and not there; empty when all is."""
    lacks = [] if importlib.util.find_spec("pyworld") else ["pyworld-prebuilt"]
    lacks += [] if shutil.which(family) else [family]
    if family == "festival" and not lacks:
        there = {path.name for path in FESTIVAL_VOICES.glob("*/*")}
        lacks += [f"the festival voice {voice}" for voice in FESTIVAL if voice not in there]
    return ", ".join(lacks)


@lru_cache(maxsize=128)
def speech(text: str, voice: str) -> Speech:
    """Text spoken and taken apart; kept for the process."""
    with TemporaryDirectory(prefix="sung-") as folder:
        wav = Path(folder) / "said.wav"
        said = _flite(text, voice, wav) if voice in FLITE else _festival(text, voice, wav)
        rate, samples = wavfile.read(wav)
    start, sounds = 0.0, []
    for name, end in re.findall(r"(\S+):([\d.]+)", said):
        sounds.append(Sound(start, name in VOWELS, name in VOWELS | SONORANTS, name in VOICELESS))
        start = float(end)
    silent = [name in SILENCES for name, _ in re.findall(r"(\S+):([\d.]+)", said)]
    return _trimmed(samples / 32768, rate, sounds, silent)


def _trimmed(samples: np.ndarray, rate: int, sounds: list[Sound], silent: list[bool]) -> Speech:
    """The speech without the silences around it: a singer does not wait inside the phrase for them."""
    first = silent.index(False)
    last = len(silent) - silent[::-1].index(False)
    begin = sounds[first].start
    end = sounds[last].start if last < len(sounds) else len(samples) / rate
    shifted = [s._replace(start=s.start - begin) for s in sounds[first:last]]
    return take_apart(samples[round(begin * rate) : round(end * rate)], rate, shifted)


def _flite(text: str, voice: str, wav: Path) -> str:
    how = ["-voice", voice, "--setf", f"duration_stretch={SLOWER}", "-psdur", "-o", str(wav), "-t", text]
    return subprocess.run(["flite", *how], check=True, capture_output=True, text=True).stdout


def _festival(text: str, voice: str, wav: Path) -> str:
    script = wav.with_suffix(".scm")
    script.write_text(SCRIPT.format(voice=voice, slower=SLOWER, text=text, wav=wav))
    return subprocess.run(["festival", "-b", str(script)], check=True, capture_output=True, text=True).stdout
