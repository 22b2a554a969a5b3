"""The application and what its commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from narrate import __version__

app = typer.Typer(
    name="narrate",
    help="Turn articles in German and English into chaptered audio and podcast feeds.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(value: bool) -> None:  # noqa: FBT001 - typer's callback
    if value:
        print(f"narrate {__version__}")
        raise typer.Exit


@app.callback(
    epilog="A show is a folder with narrate.toml, articles/, voices/ and output/. "
    "Start with: narrate init my-show"
)
def options(
    context: typer.Context,
    show: Annotated[
        Path, typer.Option("--show", "-C", help="Folder of the show.", metavar="DIR")
    ] = Path(),
    version: Annotated[  # noqa: ARG001 - read by its callback
        bool, typer.Option("--version", help="Print the version.", callback=_show_version)
    ] = False,
) -> None:
    """Turn articles in German and English into chaptered audio and podcast feeds."""
    context.obj = show


def show_folder(context: typer.Context) -> Path:
    """The folder the user named with ``--show``, or the current one."""
    folder = context.obj
    return folder if isinstance(folder, Path) else Path()


Plain = Annotated[
    bool,
    typer.Option(
        "--plain",
        help="Plain lines: no bars, boxes or columns. Also with NARRATE_PLAIN=1 or TERM=dumb.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Keys = Annotated[
    list[str] | None,
    typer.Argument(metavar="[KEY]...", help="Keys of articles; globs such as 'ki-*' work too."),
]
Langs = Annotated[
    list[str] | None,
    typer.Option("--lang", "-l", metavar="LANG", help="Only this language: de or en."),
]
OneLang = Annotated[str, typer.Option("--lang", "-l", metavar="LANG", help="de or en.")]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, metavar="N", help="Workers; one a core, as memory allows."),
]
