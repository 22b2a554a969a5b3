"""``narrate voices``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.app import Json, Plain, show_folder
from narrate.cli.common import print_json
from narrate.cli.import_voice import import_voice
from narrate.cli.pull import pull
from narrate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narrate.model import Voice

app = typer.Typer(rich_markup_mode=None)
app.command()(pull)
app.command("import")(import_voice)


@app.callback(invoke_without_command=True)
def voices(context: typer.Context, plain: Plain = False, as_json: Json = False) -> None:
    """List the voices: engine, language, licence, and whether they are ready.

    \b
    Examples:
      narrate voices
      narrate voices --json
      narrate voices accept xtts-de
      narrate voices pull thorsten-de
      narrate voices import de_DE-thorsten-medium.onnx
    """  # noqa: D301
    if context.invoked_subcommand is not None:
        return
    from narrate import project  # noqa: PLC0415
    from narrate.cli import voice_table as table  # noqa: PLC0415
    from narrate.report import wants_plain  # noqa: PLC0415
    from narrate.voices import voice_states  # noqa: PLC0415

    show, known = project.load_show(project.find_show(show_folder(context)))
    states = voice_states(known)
    if as_json:
        print_json([table.as_json(state, show.voices) for state in states])
        return
    show_states = table.print_plainly if plain or wants_plain() else table.print_columns
    show_states(states, show.voices)


@app.command()
def accept(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the voice.")],
) -> None:
    """Accept the terms of a voice, once for this show.

    \b
    Example:
      narrate voices accept xtts-de
    """  # noqa: D301
    from narrate import project  # noqa: PLC0415
    from narrate.voices import accept_terms  # noqa: PLC0415

    show, known = project.load_show(project.find_show(show_folder(context)))
    voice = find_voice(known, name)
    path = accept_terms(show, voice)
    print(f"Accepted for this show: {voice.terms} ({voice.licence}), noted in {path.name}")


def find_voice(known: Mapping[str, Voice], name: str) -> Voice:
    """A voice of the show by its name.

    Raises:
        UsageError: There is none.
    """
    from narrate.nearest import did_you_mean  # noqa: PLC0415

    if name not in known:
        raise UsageError(
            f"there is no voice “{name}”",
            mend=f"{did_you_mean(name, known)}`narrate voices` lists them all.",
        )
    return known[name]
