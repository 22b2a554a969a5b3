"""``narrate init``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from narrate.cli.app import Langs
from narrate.cli.common import check_langs


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
      narrate init my-show --title-de "Ferne Welten" --title-en "Far Worlds" --author "A. Weber"
    """  # noqa: D301
    from narrate.model import LANGUAGES  # noqa: PLC0415
    from narrate.scaffold import (  # noqa: PLC0415
        Answers,
        create_show,
        local_timezone,
        refuse_used,
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
    print(f"Made a show in {folder}. Next:")
    print(f"  cd {folder}")
    print("  narrate build")


def _answer(question: str, usual: str, *, ask: bool) -> str:
    return typer.prompt(question, default=usual, show_default=bool(usual)) if ask else usual
