"""``narrate say``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from narrate.cli.app import OneLang, Plain, show_folder
from narrate.cli.common import check_langs
from narrate.cli.player import play
from narrate.cli.voices import find_voice
from narrate.errors import UsageError

_FORMATS = (".wav", ".flac", ".mp3", ".ogg")


def say(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to say.")],
    lang: OneLang,
    voice: Annotated[
        str, typer.Option("--voice", metavar="NAME", help="The show's voice if not set.")
    ] = "",
    file: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write here: wav, flac, mp3 or ogg."),
    ] = None,
    plain: Plain = False,
) -> None:
    """Say a text with a voice of the show: plays it, or names the file.

    \b
    Examples:
      narrate say "Guten Tag, Dr. Müller." --lang de
      narrate say "It costs $3.50." --lang en --voice pico-en-gb -o price.wav
    """  # noqa: D301
    from narrate import audition, project  # noqa: PLC0415
    from narrate.report import open_report  # noqa: PLC0415

    (lang,) = check_langs([lang])
    if file is not None and file.suffix.lower() not in _FORMATS:
        raise UsageError(
            f"“{file.suffix or file.name}” cannot be written",
            where="-o",
            mend=f"Use one of {', '.join(_FORMATS)}.",
        )
    show, known = project.load_show(project.find_show(show_folder(context)))
    name = voice or show.voices.get(lang, "")
    if not name:
        raise UsageError(f"the show has no voice for “{lang}”", mend="Name one with `--voice`.")
    chosen = find_voice(known, name)
    if chosen.lang != lang:
        raise UsageError(
            f"the voice “{name}” speaks “{chosen.lang}”", mend=f"Use `--lang {chosen.lang}`."
        )
    target = file or show.cache / "say" / f"{name}.wav"
    with open_report(show.output.name, plain=plain, json=False) as report:
        spoken = audition.audition(text, chosen, target, report)
    for part in spoken.unspoken:
        print(f"Warning: no way is known to say: {part}", file=sys.stderr)
    if file is not None or not sys.stdout.isatty() or not play(target):
        print(target)
