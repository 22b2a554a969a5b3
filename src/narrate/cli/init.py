"""``narrate init``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from narrate.cli.app import Langs
from narrate.cli.common import check_langs
from narrate.errors import UsageError

_EMBEDDED, _NEURAL = "embedded", "neural"


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the new show.")],
    title_de: Annotated[str, typer.Option("--title-de", help="Title of the German feed.")] = "",
    title_en: Annotated[str, typer.Option("--title-en", help="Title of the English feed.")] = "",
    description_de: Annotated[str, typer.Option("--description-de", help="What it is about.")] = "",
    description_en: Annotated[str, typer.Option("--description-en", help="What it is about.")] = "",
    author: Annotated[str, typer.Option("--author", help="Who makes the show.")] = "",
    base_url: Annotated[
        str, typer.Option("--base-url", metavar="URL", help="Where output/ will be published.")
    ] = "",
    private: Annotated[
        bool | None,
        typer.Option("--private/--public", help="Ask directories not to list it, or let them."),
    ] = None,
    lang: Langs = None,
    voices: Annotated[
        str,
        typer.Option("--voices", metavar="KIND", help="embedded, or neural: natural, fetched now."),
    ] = _EMBEDDED,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Ask nothing; take the usual answers.")
    ] = False,
) -> None:
    """Make a new show that builds at once.

    Asks for what no option answers, when a person sits at the terminal.

    \b
    Examples:
      narrate init my-show
      narrate init my-show --yes
      narrate init my-show --yes --voices neural
      narrate init my-show --title-de "Ferne Welten" --title-en "Far Worlds" --author "A. Weber"
    """  # noqa: D301
    from narrate.model import LANGUAGES  # noqa: PLC0415
    from narrate.scaffold import (  # noqa: PLC0415
        Answers,
        create_show,
        local_timezone,
        refuse_used,
    )

    if voices not in {_EMBEDDED, _NEURAL}:
        raise UsageError(
            f"there are no voices of the kind “{voices}”",
            where="--voices",
            mend=f"Choose {_EMBEDDED} or {_NEURAL}.",
        )
    refuse_used(folder)
    ask = sys.stdin.isatty() and not yes
    langs = check_langs(lang) or tuple(LANGUAGES)
    name = folder.resolve().name or "narrate"
    given = {"de": title_de, "en": title_en}
    about = {"de": description_de, "en": description_en}
    titles, descriptions = {}, {}
    for one in langs:
        own = LANGUAGES[one]
        titles[one] = given[one] or _answer(f"Title of the {own} feed", f"{name} ({own})", ask=ask)
        descriptions[one] = about[one] or _answer(f"What it is about, in {own}", "", ask=ask)
    author = author or _answer("Author", "", ask=ask)
    if private is None:
        private = ask and typer.confirm("Private (ask directories not to list it)?", default=False)
    answers = Answers(
        titles=titles,
        languages=langs,
        descriptions=descriptions,
        author=author,
        base_url=base_url,
        private=private,
        timezone=local_timezone(),
    )
    create_show(folder, answers)
    print(f"Made a show in {folder}.", flush=True)
    is_complete = voices == _EMBEDDED or _bring_natural_voices(folder, langs)
    _tell_voices(folder)
    print("Next:")
    print(f"  cd {folder}")
    print("  narrate build")
    if not is_complete:
        raise typer.Exit(1)


def _bring_natural_voices(folder: Path, langs: Sequence[str]) -> bool:
    """Fetch a natural voice for each language; what cannot come leaves the embedded one."""
    from narrate.cli.pull import pull_voices  # noqa: PLC0415
    from narrate.scaffold import natural_voice  # noqa: PLC0415

    names = [natural_voice(lang).name for lang in langs]
    return pull_voices(folder, names, use=True, plain=False, as_json=False)


def _tell_voices(folder: Path) -> None:
    """Point to natural voices where embedded ones read."""
    from narrate import project  # noqa: PLC0415
    from narrate.cli.natural import tell_natural_voices  # noqa: PLC0415
    from narrate.events import VoiceUsed  # noqa: PLC0415
    from narrate.voices import what_speaks  # noqa: PLC0415

    show, known = project.load_show(folder)
    chosen = [known[show.voices[lang]] for lang in show.languages]
    used = [
        VoiceUsed(v.lang, v.name, v.engine, v.licence, v.commercial, what_speaks(v)) for v in chosen
    ]
    tell_natural_voices(show.voices, used)


def _answer(question: str, usual: str, *, ask: bool) -> str:
    return typer.prompt(question, default=usual, show_default=bool(usual)) if ask else usual
