"""``narrate say``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.app import Plain, show_folder
from narrate.cli.common import check_langs
from narrate.cli.player import play
from narrate.cli.voices import find_voice
from narrate.errors import UsageError

if TYPE_CHECKING:
    from narrate.model import Show, Voice
    from narrate.spoken import Lexicon

_FORMATS = (".wav", ".flac", ".mp3", ".ogg")


def say(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to say.")],
    lang: Annotated[
        str,
        typer.Option("--lang", "-l", metavar="LANG", help="de or en; the voice's if not set."),
    ] = "",
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
      narrate say "It costs $3.50." --voice pico-en-gb -o price.wav
    """  # noqa: D301
    from narrate import project  # noqa: PLC0415

    check_langs([lang] if lang else [])
    check_format(file)
    show, known = project.load_show(project.find_show(show_folder(context)))
    chosen = find_voice(known, voice or _voice_of(show, lang))
    if lang and chosen.lang != lang:
        raise UsageError(
            f"the voice “{chosen.name}” speaks “{chosen.lang}”", mend=f"Use `--lang {chosen.lang}`."
        )
    target = file or show.cache / "say" / f"{chosen.name}.wav"
    lexicon = project.load_lexicon(show.root, chosen.lang, known)
    say_and_tell(show, chosen, text, target, lexicon, plain=plain, play_it=file is None)


def check_format(file: Path | None) -> None:
    """Refuse a file whose name says no format that can be written."""
    if file is not None and file.suffix.lower() not in _FORMATS:
        raise UsageError(
            f"“{file.suffix or file.name}” cannot be written",
            where="-o",
            mend=f"Use one of {', '.join(_FORMATS)}.",
        )


def say_and_tell(
    show: Show,
    voice: Voice,
    text: str,
    target: Path,
    lexicon: Lexicon,
    *,
    plain: bool,
    play_it: bool,
) -> None:
    """Speak a text into a file; play it on a terminal, else name the file.

    Raises:
        NarrateError: As :func:`narrate.audition.audition`.
    """
    from narrate import audition  # noqa: PLC0415
    from narrate.report import open_report  # noqa: PLC0415

    with open_report(show.output.name, plain=plain, json=False) as report:
        spoken = audition.audition(text, voice, target, report, lexicon)
    for warning in spoken.warnings:
        print(f"Warning: {warning}", file=sys.stderr)
    for part in spoken.unspoken:
        print(f"Warning: no way is known to say: {part}", file=sys.stderr)
    deliver(target, play_it=play_it)


def deliver(target: Path, *, play_it: bool) -> None:
    """Play a file on a terminal; else, or where there is no player, name it."""
    if not play_it or not sys.stdout.isatty() or not play(target):
        print(target)


def _voice_of(show: Show, lang: str) -> str:
    """Name of the voice that reads a language in the show; of its only one, if none is named."""
    if not lang and len(show.languages) > 1:
        raise UsageError(
            "neither language nor voice is named", mend="Add `--lang LANG` or `--voice NAME`."
        )
    lang = lang or show.languages[0]
    if lang not in show.voices:
        raise UsageError(f"the show has no voice for “{lang}”", mend="Name one with `--voice`.")
    return show.voices[lang]
