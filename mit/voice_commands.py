"""`mit voice`: a therapist's or relative's own singing as the model."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mit.errors import RecordingError
from mit.home import find_home
from mit.melody import BEAT
from mit.options import (
    BeatOption,
    IntervalOption,
    JsonOption,
    LanguageOption,
    LowOption,
    PatternOption,
    PhraseOption,
    TextOption,
)
from mit.tracker_cache import ready_tracker

if TYPE_CHECKING:
    from mit.audio import Audio
    from mit.melody import Melody
    from mit.model_takes import ModelTake
    from mit.phrase import Phrase
    from mit.targets import Target
    from mit.voice.authored import Authored

voice_commands = typer.Typer(help="Keep, tune and read your own singing of a phrase.", no_args_is_help=True)

OutputOption = Annotated[Path | None, typer.Option("--output", "-o", help="Also render it into this WAV file.")]
TunedOption = Annotated[
    float, typer.Option("--tuned", min=0.0, max=1.0, help="How far it is moved to the notes: 0 as sung, 1 wholly.")
]
TakeArgument = Annotated[str, typer.Argument(help="Its name: see mit voice list.")]
NUDGES = "2:+1 (semitones), 2:+0.5b (beats), 2:split, 2:join"


@voice_commands.command()
def record(
    phrase: PhraseOption = None,
    text: TextOption = None,
    pattern: PatternOption = None,
    low: LowOption = "A3",
    interval: IntervalOption = None,
    beat: BeatOption = BEAT,
    language: LanguageOption = "en",
    output: OutputOption = None,
    tuned: TunedOption = 1.0,
) -> None:
    """Sing a phrase along with the hummed guide. Whatever you sang is kept."""
    from mit.targets import Target
    from mit.voice.audition import audition

    wanted, melody = _wanted(Target(phrase, text, pattern, low, interval, beat, language))
    audio, cut_off = _sung_along(melody)
    found = audition(audio, melody, cut_off=cut_off)
    what, remedy = found.complaint("the take")
    if found.is_hopeless:
        raise RecordingError(what, remedy)
    take = _keep(audio, wanted, melody, "recorded", tuned, found.flaw or "")
    if found.flaw:
        raise RecordingError(f"Kept as {take.id}, but not used: {what}", remedy)
    _finish(take, audio, output)


@voice_commands.command("import")
def import_take(
    file: Annotated[Path, typer.Argument(help="A WAV file of the phrase, sung.")],
    phrase: PhraseOption = None,
    text: TextOption = None,
    pattern: PatternOption = None,
    low: LowOption = "A3",
    interval: IntervalOption = None,
    beat: BeatOption = BEAT,
    language: LanguageOption = "en",
    output: OutputOption = None,
    tuned: TunedOption = 1.0,
    anyway: Annotated[bool, typer.Option("--anyway", help="Take it although it sounds cut off or incomplete.")] = False,
) -> None:
    """Take a recording of someone who sings a phrase; the file stays as it is."""
    from mit.device.wav import read_wav
    from mit.targets import Target
    from mit.voice.audition import audition

    wanted, melody = _wanted(Target(phrase, text, pattern, low, interval, beat, language))
    audio = read_wav(file)
    found = audition(audio, melody)
    if found.is_hopeless or (found.flaw and not anyway):
        what, remedy = found.complaint(file.name)
        raise RecordingError(what, remedy if found.is_hopeless else f"{remedy} Or take it as it is: --anyway")
    _finish(_keep(audio, wanted, melody, "imported", tuned), audio, output)


@voice_commands.command("list")
def list_takes(json: JsonOption = False) -> None:
    """The takes there are, the latest first."""
    from mit.model_takes import all_takes

    for take in all_takes(find_home()):
        typer.echo(_as_json(take) if json else _row(take))


@voice_commands.command("remove")
def remove(take: TakeArgument) -> None:
    """Remove a take for good."""
    from mit.model_takes import find_take, remove_take

    home = find_home()
    remove_take(home, find_take(home, take))
    typer.echo(f"{take} is removed.")


@voice_commands.command()
def tune(
    take: TakeArgument,
    output: OutputOption = None,
    tuned: TunedOption = 1.0,
) -> None:
    """Choose how far a take is moved to the notes when it is the model; its timing stays as sung."""
    from mit.model_takes import find_take, keep_tuned, read_take

    ready_tracker(find_home())
    chosen = keep_tuned(find_home(), find_take(find_home(), take), tuned)
    if output is None:
        typer.echo(f"{chosen.id} is now tuned {tuned:g}.")
    else:
        _render(read_take(find_home(), chosen), chosen, output)


@voice_commands.command()
def author(
    take: TakeArgument,
    nudge: Annotated[list[str] | None, typer.Option(help=f"A note and its change: {NUDGES}. May be repeated.")] = None,
    rounded: Annotated[bool, typer.Option("--rounded", help="Find the notes afresh, to whole semitones.")] = False,
    afresh: Annotated[bool, typer.Option("--afresh", help="Find the notes afresh, as they are sung.")] = False,
    json: JsonOption = False,
) -> None:
    """Take the melody from a take: its notes are found, shown, nudged, and become what is practised."""
    from mit.model_takes import find_take, keep_melody

    ready_tracker(find_home())
    chosen = find_take(find_home(), take)
    found = _authored(chosen, tuple(nudge or ()), rounded=rounded, afresh=afresh)
    if found.fits:
        keep_melody(find_home(), chosen, found.melody)
    typer.echo(_notes_json(chosen, found) if json else _table(found))


def _authored(take: ModelTake, changes: tuple[str, ...], *, rounded: bool, afresh: bool) -> Authored:
    """The notes that were kept, or, where there are none yet, those that are found; then nudged."""
    from mit.model_takes import read_take
    from mit.voice.authored import Authored, author, nudge, respell

    phrase = take.as_phrase()
    if take.authored and not (rounded or afresh):
        found = Authored(take.melody, len(phrase.syllables))
    else:
        found = author(read_take(find_home(), take), phrase, rounded=rounded)
    melody = found.melody
    for change in changes:
        melody = nudge(melody, change)
    return Authored(respell(melody, phrase), found.expected)


def _wanted(target: Target) -> tuple[Phrase, Melody]:
    from mit.targets import target_melody, target_phrase

    ready_tracker(find_home())
    return target_phrase(target), target_melody(target)


def _sung_along(melody: Melody) -> tuple[Audio, bool]:
    """What the microphone heard while the guide sounded, and whether it was too loud for it."""
    from mit.device import Trouble
    from mit.device.sound import SoundPlayer, SoundRecorder
    from mit.pitch import warm_up
    from mit.settings import load_settings
    from mit.sing_along import sing_along

    chosen = load_settings(find_home())
    warm_up()
    heard = sing_along(SoundPlayer(chosen.player), SoundRecorder(chosen.recorder), melody, tell=_say_now)
    return heard.audio, heard.trouble is Trouble.CLIPPING


def _say_now(line: str) -> None:
    """Print at once, also into a pipe: someone waits for it to sing."""
    typer.echo(line)
    sys.stdout.flush()


def _keep(audio: Audio, phrase: Phrase, melody: Melody, origin: str, tuned: float, flaw: str = "") -> ModelTake:
    from mit.model_takes import keep_take

    now = datetime.now(UTC)
    return keep_take(find_home(), audio, phrase, melody, origin=origin, at=now, flaw=flaw, tuned=tuned)


def _finish(take: ModelTake, audio: Audio, output: Path | None) -> None:
    typer.echo(f"Kept as {take.id}: {audio.duration:.1f} s, {len(take.melody.notes)} syllables, one channel.")
    typer.echo("It is now the model of this phrase.")
    if output is not None:
        _render(audio, take, output)


def _render(audio: Audio, take: ModelTake, output: Path) -> None:
    from mit.device.wav import write_wav
    from mit.voice.recorded import tune

    rendered = tune(audio, take.melody, strength=take.tuned)
    write_wav(output, rendered)
    typer.echo(f"{output}: {rendered.duration:.1f} s, tuned {take.tuned:g}")


def _row(take: ModelTake) -> str:
    melody = "its own melody" if take.authored else "the guide's melody"
    notes = f"{melody}, not used: {take.flaw}" if take.flaw else f"{melody}, tuned {take.tuned:g}"
    return f"{take.id:<36} {take.at:%Y-%m-%d %H:%M}  {take.text:<28} {take.origin}, {notes}"


def _table(found: Authored) -> str:
    """The notes, counted from 1, and whether they fit the phrase."""
    rows = [
        f"{k:>3}  {note.text or '-':<10} {note.onset:6.2f} s {note.duration:6.2f} s  {note.pitch or 0:6.2f}"
        for k, note in enumerate(found.melody.notes, 1)
    ]
    kept = "This is now its melody." if found.fits else f"Nothing was changed. Nudge them with --nudge: {NUDGES}."
    return "\n".join([*rows, f"{found}. {kept}"])


def _notes_json(take: ModelTake, found: Authored) -> str:
    told = {"schema": take.schema, "take": take.id, "expected": found.expected, "fits": found.fits}
    return _as_json(told | {"notes": found.melody.notes})


def _as_json(value: object) -> str:
    import msgspec

    return msgspec.json.encode(value).decode()
