"""``narrate serve``."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.app import Plain, show_folder
from narrate.cli.common import tell
from narrate.errors import UsageError

if TYPE_CHECKING:
    from narrate.serve import Served

_EVERYWHERE = "0.0.0.0"  # noqa: S104 - only where the user asks for it
_HERE = "127.0.0.1"
_PORT = 8000


def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option("--host", metavar="H", help="Address to listen on; usually this machine.")
    ] = "",
    port: Annotated[
        int, typer.Option("--port", "-p", min=0, max=65_535, metavar="P", help="0: any free one.")
    ] = _PORT,
    lan: Annotated[
        bool, typer.Option("--lan", help="For all in your network; prints a QR code for a phone.")
    ] = False,
    no_token: Annotated[
        bool, typer.Option("--no-token", help="With --lan: an address without a key.")
    ] = False,
    log: Annotated[bool, typer.Option("--log", help="Print a line for each request.")] = False,
    plain: Plain = False,
) -> None:
    """Let a browser and podcast apps hear the show, from this machine.

    Serves the folder output/ as it is at that moment, also while a build runs. Ends with Ctrl-C.

    \b
    Examples:
      narrate serve                  for programs on this machine
      narrate serve --port 8080
      narrate serve --lan            for a phone in the same network
    """  # noqa: D301
    from narrate.project import find_show  # noqa: PLC0415
    from narrate.serve import (  # noqa: PLC0415
        App,
        Names,
        Served,
        is_loopback,
        listen,
        make_server,
        run,
        show_token,
    )

    if lan and host and is_loopback(host):
        raise UsageError(
            f"nobody in the network reaches “{host}”",
            where="--host",
            mend="Leave out `--host` or `--lan`.",
        )
    root = find_show(show_folder(context))
    address = host or (_EVERYWHERE if lan else _HERE)
    is_open = not is_loopback(address)
    bound = listen(address, port)
    number: int = bound.getsockname()[1]
    token = show_token(root / ".narrate") if is_open and not no_token else ""
    served = Served(root / "output", root / ".narrate", Names(address, is_open), token)
    try:
        _tell_addresses(served, address, number, plain=plain)
        run(make_server(App(served, _log if log else None)), bound)
    except KeyboardInterrupt:
        tell("Stopped.")
    finally:
        bound.close()


def _tell_addresses(served: Served, address: str, port: int, *, plain: bool) -> None:
    """Say where the show is heard, and by whom."""
    from narrate.serve import feeds_in, network_addresses  # noqa: PLC0415

    is_open = served.names.is_open
    hosts = [address]
    if address in {_EVERYWHERE, "::"}:
        hosts = network_addresses()
        if not hosts:
            tell("This machine has no network now: only its own programs can hear the show.")
            hosts = [_HERE]
    bases = [f"http://{_bracketed(one)}:{port}{served.prefix}/" for one in hosts]
    tell(f"Listen: {bases[0]}")
    for base in bases[1:3]:
        tell(f"     or {base}")
    feeds = feeds_in(served.folder)
    for lang, name in feeds.items():
        tell(f"Feed ({lang}): {bases[0]}{name}")
    if not feeds:
        tell("There is no feed yet: `narrate build` makes one, and it appears here.")
    if is_open:
        _tell_phones(bases[0], has_token=bool(served.token), plain=plain)
    else:
        tell("Only programs on this machine can hear it; `narrate serve --lan` lets a phone.")
    tell("Ctrl-C ends it.")
    sys.stdout.flush()


def _tell_phones(base: str, *, has_token: bool, plain: bool) -> None:
    from narrate.serve import SUBSCRIBE, qr_lines  # noqa: PLC0415

    address = base + SUBSCRIBE
    way = "open"
    if _can_draw(plain=plain):
        way = "scan the code, or open"
        for line in qr_lines(address, coloured="NO_COLOR" not in os.environ):
            print(line)
    tell(f"Phone, in the same network: {way} {address}")
    tell(
        "It opens the subscription in AntennaPod, or in another app that fetches feeds itself, as "
        "gPodder does. Apple Podcasts, Pocket Casts and Overcast cannot: their own servers fetch "
        "feeds, and those do not reach this machine."
    )
    if has_token:
        tell("The address holds a key: whoever has it can listen, and nobody else.")
    else:
        tell("Everybody in this network can listen; without --no-token the address has a key.")


def _can_draw(*, plain: bool) -> bool:
    """Whether there is a terminal that shows blocks, and a user who wants to see them."""
    from narrate.report import wants_plain  # noqa: PLC0415

    if plain or wants_plain() or not sys.stdout.isatty():
        return False
    try:
        "█▀▄".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _log(client: str, method: str, path: str, status: int) -> None:
    tell(f"{client} {method} {path} {status}")
    sys.stdout.flush()
