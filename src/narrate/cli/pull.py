"""``narrate voices pull``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.app import Json, Plain, show_folder
from narrate.errors import NarrateError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from narrate.events import Emit
    from narrate.model import Show, Voice


def pull(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Names of voices.")],
    use: Annotated[
        bool, typer.Option("--use", help="Let each read its language in this show from now on.")
    ] = False,
    plain: Plain = False,
    as_json: Json = False,
) -> None:
    """Fetch the models of voices ahead of time; check those that are here.

    What breaks off is gone on with by the same command. A voice that comes with narrate and is
    missing in the show is added to it.

    \b
    Examples:
      narrate voices pull thorsten-de
      narrate voices pull thorsten-de ljspeech-en
      narrate voices pull thorsten-de --use
    """  # noqa: D301
    from narrate import project  # noqa: PLC0415

    root = project.find_show(show_folder(context))
    if not pull_voices(root, names, use=use, plain=plain, as_json=as_json):
        raise typer.Exit(1)


def pull_voices(root: Path, names: Sequence[str], *, use: bool, plain: bool, as_json: bool) -> bool:
    """Fetch voices of the show at ``root``, reporting on the terminal; says whether all came.

    Args:
        use: Let each that came read its language in the show.

    Raises:
        ShowError: The show is invalid.
        UsageError: A voice is unknown, or cannot be used.
        OutputError: The show cannot be written.
    """
    from narrate import project  # noqa: PLC0415
    from narrate.events import Failed, Noted  # noqa: PLC0415
    from narrate.report import open_report  # noqa: PLC0415

    names = tuple(dict.fromkeys(names))
    show, known = project.load_show(root)
    missing = [name for name in names if name not in known]
    _refuse_unknown(missing, known)
    with open_report(show.output.name, plain=plain, json=as_json) as report:
        for path in _add(root, missing):
            report(Noted(f"{path.stem}: added to the show as {path.relative_to(root).as_posix()}"))
        if missing:
            _, known = project.load_show(root)
        voices = [known[name] for name in names]
        if use:
            _refuse_useless(show, voices)
        failures = {voice.name: _pull(voice, report) for voice in voices}
        for voice in voices:
            if failure := failures[voice.name]:
                report(Failed(failure))
            elif use:
                _use(root, voice, report)
    return not any(failures.values())


def _refuse_useless(show: Show, voices: Sequence[Voice]) -> None:
    """Refuse voices that cannot all read in this show."""
    reading: dict[str, str] = {}
    for voice in voices:
        if voice.lang not in show.languages:
            raise UsageError(
                f"“{voice.name}” speaks “{voice.lang}”, which this show does not have",
                where="--use",
                mend="Add the language to “languages” in narrate.toml first.",
            )
        if voice.lang in reading:
            raise UsageError(
                f"“{reading[voice.lang]}” and “{voice.name}” speak the same language",
                where="--use",
                mend="Name one voice for each language.",
            )
        reading[voice.lang] = voice.name


def _use(root: Path, voice: Voice, emit: Emit) -> None:
    from narrate.events import Noted  # noqa: PLC0415
    from narrate.report import language  # noqa: PLC0415
    from narrate.scaffold import use_voice  # noqa: PLC0415

    is_new = use_voice(root, voice.name, voice.lang)
    what = "reads" if is_new else "already read"
    then = "; the next build speaks with it" if is_new else ""
    emit(Noted(f"{voice.name}: {what} {language(voice.lang)} in this show{then}"))


def _pull(voice: Voice, emit: Emit) -> NarrateError | None:
    """Fetch or check what one voice needs; what failed."""
    try:
        _fetch(voice, emit)
    except NarrateError as error:
        return error.at(f"voice {voice.name}")
    return None


def _fetch(voice: Voice, emit: Emit) -> None:
    from narrate.engines import find_engine  # noqa: PLC0415
    from narrate.engines.base import Puller  # noqa: PLC0415
    from narrate.events import Downloading, Noted  # noqa: PLC0415

    announced = set[str]()

    def progress(what: str, done: int, total: int) -> None:
        if total and what not in announced:
            announced.add(what)
            emit(Noted(_announcement(voice, what, done, total)))
        emit(Downloading(what, done, total))

    engine = find_engine(voice.engine)
    if isinstance(engine, Puller):
        engine.pull(voice, progress, lambda clause: emit(Noted(f"{voice.name}: {clause}")))
        return
    engine.prepare(voice, progress)
    if not announced:
        emit(Noted(f"{voice.name}: has nothing to fetch"))


def _announcement(voice: Voice, what: str, done: int, total: int) -> str:
    """``thorsten-de: 126 MB, tts_models/de/thorsten/vits from github.com, Apache-2.0``."""
    from narrate.model import megabytes  # noqa: PLC0415

    licence = voice.licence or "licence unknown"
    limits = "" if voice.commercial else ", not for commercial use"
    here = f"; {megabytes(done)} of it are here" if done else ""
    return f"{voice.name}: {megabytes(total)}, {what}, {licence}{limits}{here}"


def _refuse_unknown(missing: list[str], known: Mapping[str, Voice]) -> None:
    from narrate.nearest import did_you_mean  # noqa: PLC0415
    from narrate.scaffold import template_voices  # noqa: PLC0415

    templates = template_voices()
    for name in missing:
        if name not in templates:
            raise UsageError(
                f"there is no voice “{name}”",
                mend=f"{did_you_mean(name, [*known, *templates])}`narrate voices` lists them all.",
            )


def _add(root: Path, names: list[str]) -> list[Path]:
    from narrate.scaffold import add_voice  # noqa: PLC0415

    return [add_voice(root, name) for name in names]
