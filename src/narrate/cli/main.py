"""The entry point: commands are put together here, and errors end here."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from narrate.cli import build, chapters, doctor, init, lexicon, regenerate, say, text, voices
from narrate.cli.app import app
from narrate.cli.common import tell
from narrate.errors import NarrateError

_INTERRUPTED = 130
"""With which typer leaves after Ctrl-C."""

app.command()(init.init)
app.command()(build.build)
app.command()(chapters.chapters)
app.command()(text.text)
app.command()(regenerate.regenerate)
app.command()(say.say)
app.add_typer(lexicon.app, name="lexicon")
app.add_typer(voices.app, name="voices")
app.command()(doctor.doctor)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code.

    Args:
        arguments: Without the program's name; those of the process when ``None``.
    """
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 done, 1 something failed, 2 usage, 3 the show is invalid, 130 interrupted.
    """
    try:
        app(args=arguments, prog_name="narrate")
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 0
        if code == _INTERRUPTED:
            print("Interrupted. What was done is kept; the same command goes on.", file=sys.stderr)
        return code
    except NarrateError as error:
        tell(f"Error: {error}", to_stderr=True)
        return error.exit_code
    except BrokenPipeError:
        # Whoever read our output has closed it; nothing more can be said there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0
