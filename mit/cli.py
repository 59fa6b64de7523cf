"""The commands. Each says what went amiss in one line: exit code 0 done, 1 a MitError, 2 a mistaken call."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup

from mit import __version__
from mit.errors import MitError, PhraseError, SettingsError
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
from mit.phrase_commands import phrase_commands
from mit.setup_commands import setup
from mit.simulate_command import simulate
from mit.therapist_commands import therapist_commands
from mit.tracker_cache import ready_tracker
from mit.voice_commands import voice_commands

if TYPE_CHECKING:
    from mit.audio import Audio
    from mit.melody import Melody
    from mit.practice import Assessment
    from mit.targets import Target


class OneLine(TyperGroup):
    """The one place where the command line tells a person what went amiss."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except MitError as fault:
            from mit.phrase_file import printable

            typer.echo(f"mit: {printable(str(fault))}", err=True)
            raise typer.Exit(1) from None


SHELL: dict[str, Any] = {
    "no_args_is_help": False,
    "add_completion": False,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}
commands = typer.Typer(cls=OneLine, help="Practise sung phrases: melodic intonation at home.", **SHELL)
commands.add_typer(phrase_commands, name="phrases")
commands.add_typer(voice_commands, name="voice")
commands.command()(simulate)
commands.add_typer(therapist_commands)
commands.command()(setup)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"mit {__version__}")
        raise typer.Exit


@commands.callback(invoke_without_command=True)
def start(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which.")] = False,
) -> None:
    """Open the trainer."""
    if ctx.invoked_subcommand is None:
        from mit.tui.start import run_app

        raise typer.Exit(run_app())


@commands.command()
def demo(
    skill: Annotated[str, typer.Option(help="mild, moderate, severe, apraxic, perseverating or tiring.")] = "mild",
    seed: Annotated[int, typer.Option(help="The same number gives the same singing.")] = 1,
) -> None:
    """The trainer with a simulated patient; nothing is kept."""
    from mit.tui.start import run_demo

    raise typer.Exit(run_demo(skill, seed))


@commands.command()
def render(
    output: Annotated[Path, typer.Option("--output", "-o", help="The WAV file to write.")],
    phrase: PhraseOption = None,
    text: TextOption = None,
    pattern: PatternOption = None,
    voice: Annotated[str, typer.Option(help="sung, hum, spoken, speechsong, or recorded: your own take.")] = "sung",
    tuned: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="How far a recorded take is moved to its notes.")
    ] = None,
    low: LowOption = "A3",
    interval: IntervalOption = None,
    beat: BeatOption = BEAT,
    language: LanguageOption = "en",
    json: JsonOption = False,
) -> None:
    """Sing a phrase into a WAV file."""
    from mit.device.wav import write_wav
    from mit.output import as_line, render_json
    from mit.targets import Target

    target = Target(phrase, text, pattern, low, interval, beat, language)
    if tuned is not None and voice != "recorded":
        raise SettingsError("Only a recorded take can be tuned.", "Give --voice recorded, too.")
    sung = _own_take(target, tuned) if voice == "recorded" else _sung(target, voice)
    write_wav(output, sung.audio)
    told = render_json(output, sung.audio, sung.melody, lead=sung.lead)
    typer.echo(as_line(told) if json else f"{output}: {sung.audio.duration:.1f} s, {sung.voice}")


class _Rendered(NamedTuple):
    """What goes into a file: the melody's time 0 lies `lead` seconds in; voice: the one that is heard."""

    audio: Audio
    melody: Melody
    lead: float
    voice: str


def _sung(target: Target, voice: str) -> _Rendered:
    from mit.model import phrase_sounds
    from mit.targets import target_melody, target_phrase
    from mit.voice import HEAD, render, sounding

    melody, sounds = target_melody(target), phrase_sounds(target_phrase(target))
    return _Rendered(render(melody, voice=voice, lead=HEAD, sounds=sounds), melody, HEAD, sounding(voice, sounds))


def _own_take(target: Target, tuned: float | None) -> _Rendered:
    """The latest usable take of these words, on its own melody; each note where it is sung."""
    ready_tracker(find_home())
    from mit.model import recorded_model, wanted_take
    from mit.targets import target_phrase
    from mit.voice.recorded import place

    take = wanted_take(find_home(), target_phrase(target))
    audio = recorded_model(find_home(), take, tuned=tuned)
    return _Rendered(audio, place(audio, take.melody), 0.0, f"recorded, {take.id}")


@commands.command()
def score(
    file: Annotated[Path | None, typer.Argument(help="The recording: a WAV file, or a CSV of time and f0.")] = None,
    phrase: PhraseOption = None,
    text: TextOption = None,
    pattern: PatternOption = None,
    model: Annotated[str | None, typer.Option(help="Recordings of the melody instead, joined by ';'.")] = None,
    manifest: Annotated[Path | None, typer.Option(help="A CSV: file; phrase, or text and pattern, or model.")] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Processes for a manifest.")] = 1,
    low: LowOption = "A3",
    interval: IntervalOption = None,
    beat: BeatOption = BEAT,
    language: LanguageOption = "en",
    json: JsonOption = False,
) -> None:
    """Judge recordings as the trainer does."""
    ready_tracker(find_home())
    from mit.targets import Target

    if manifest is not None:
        _score_manifest(manifest, jobs)
    elif file is not None:
        _score_file(file, Target(phrase, text, pattern, low, interval, beat, language, model), json=json)
    else:
        raise PhraseError("No recording was named.", "Give a WAV file, or --manifest.")


def _score_file(file: Path, target: Target, *, json: bool) -> None:
    from mit.targets import target_melody

    melody = target_melody(target)
    from mit.library import load_words
    from mit.output import as_line, assessment_json
    from mit.practice import judge
    from mit.recordings import read_contour

    words = load_words(target.language)
    assessment = judge(read_contour(file), melody)
    typer.echo(as_line(assessment_json(assessment, words)) if json else _in_words(assessment, words))


def _in_words(assessment: Assessment, words: Any) -> str:
    from mit.output import say

    score = assessment.score
    if score.grade is None:
        return f"{score.verdict}: {words('stage.once_more')}"
    near = ", between two" if score.between else ""
    lines = [f"{words(f'grade.{score.grade}')} (grade {score.grade}{near}, {score.score:.2f})"]
    lines += [f"  {name:<13}" + ("-" if v is None else f"{v:.2f}") for name, v in score.parts.items()]
    sayings = (assessment.feedback.did_well, assessment.feedback.try_next)
    return "\n".join([*lines, *(f"  {say(s, words)}" for s in sayings if s)])


def _score_manifest(manifest: Path, jobs: int) -> None:
    from mit.batch import read_jobs, score_all
    from mit.output import as_line

    unread = 0
    for row in score_all(read_jobs(manifest), workers=jobs):
        unread += "error" in row
        typer.echo(as_line(row))
    if unread:
        raise typer.Exit(1)


@commands.command()
def calibrate(
    graded: Annotated[Path, typer.Argument(help="A manifest with the columns melody, grade and grade_<expert>.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Instead of the shipped file.")] = None,
) -> None:
    """Fit weights and cuts to experts' grades, with the agreement on melodies left out of the fit."""
    ready_tracker(find_home())
    from mit.calibrate import calibrate as fit
    from mit.calibration import as_text
    from mit.graded import SHIPPED, read_graded

    text = as_text(fit(read_graded(graded)))
    (output or SHIPPED).write_text(text, "utf-8")
    typer.echo(text, nl=False)


@commands.command()
def doctor() -> None:
    """Look at sound, disk, terminal and caches; say the next step where something is amiss. Listens for a second."""
    from mit.doctor import run_checks
    from mit.settings import load_settings

    home = find_home()
    ready_tracker(home)
    chosen = load_settings(home)
    checks = run_checks(home, recorder=chosen.recorder, player=chosen.player, listen=True)
    for check in checks:
        typer.echo(f"{'✓' if check.ok else '►'} {check.name:<12} {check.what}")
        if not check.ok and check.next_step:
            typer.echo(f"  {'':<12} {check.next_step}")
    sys.stdout.flush()
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


@commands.command()
def benchmark() -> None:
    """Measure speed on this computer: medians, no limits."""
    from mit.benchmark import run

    ready_tracker(find_home())
    for line in run():
        typer.echo(line)
