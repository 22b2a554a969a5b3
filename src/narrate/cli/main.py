"""The entry point: commands are put together here, and errors end here."""

from __future__ import annotations

import codecs
import errno
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from narrate.cli import (
    build,
    cache,
    chapters,
    check,
    doctor,
    init,
    lexicon,
    publish,
    regenerate,
    say,
    serve,
    studio,
    takes,
    text,
    voices,
    where,
    why,
)
from narrate.cli.app import app
from narrate.cli.common import tell
from narrate.cli.stopping import stopping_cleanly
from narrate.errors import NarrateError

_INTERRUPTED = 130
"""With which typer leaves after Ctrl-C."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""Why standard output cannot be written, where no file is named."""

_UNPRINTABLE = "narrate.escaped"
"""Name of how characters are printed that the terminal's encoding lacks."""

app.command()(init.init)
app.command()(build.build)
app.command()(chapters.chapters)
app.command()(text.text)
app.command()(why.why)
app.command()(where.where)
app.command()(publish.publish)
app.command()(regenerate.regenerate)
app.command()(takes.takes)
app.command()(say.say)
app.command()(studio.studio)
app.command()(serve.serve)
app.add_typer(lexicon.app, name="lexicon")
app.add_typer(voices.app, name="voices")
app.add_typer(cache.app, name="cache")
app.command()(check.check)
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
        0 done, 1 something failed, 2 usage, 3 the show is invalid, 130 interrupted, 143 terminated.
    """
    _open_closed_streams()
    codecs.register_error(_UNPRINTABLE, _escaped)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors=_UNPRINTABLE)
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has closed it; nothing more can be said there.
        _close_output()
        return 1
    except OSError as error:
        if error.filename is not None or error.errno not in _FULL:
            raise
        _close_output()
        what = (error.strerror or "").lower()
        tell(f"Error: what is printed cannot be written: {what}\n  Make room.", to_stderr=True)
        return 1
    return code


def _run(arguments: Sequence[str] | None) -> int:
    with stopping_cleanly() as stop:
        try:
            app(args=arguments, prog_name="narrate")
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 0
            if code == _INTERRUPTED:
                print(stop, file=sys.stderr)
                return stop.exit_code
            return code
        except NarrateError as error:
            tell(f"Error: {error}", to_stderr=True)
            return error.exit_code
    return 0


def _close_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """A character that the terminal's encoding lacks, as JSON writes it."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    escapes = (f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
    return "".join(escapes), error.end


def _open_closed_streams() -> None:
    """Have all three standard streams, though whoever started the program closed some.

    Otherwise the next file that is opened would take the place of one.
    """
    for name, number, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)
            if null != number:
                os.dup2(null, number)
                os.close(null)
            setattr(sys, name, open(number, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - kept open
