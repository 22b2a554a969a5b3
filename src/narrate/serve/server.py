"""The server itself: its socket, its run, its end."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp

from narrate.errors import UsageError
from narrate.serve.protocol import PatientProtocol

_FAREWELL_S = 0.25
"""For answers that are under way when the server is asked to stop: a second later it is gone."""

_KEEP_ALIVE_S = 15


def listen(host: str, port: int) -> socket.socket:
    """A socket that clients can connect to from now on.

    Args:
        port: 0 for any that is free.

    Raises:
        UsageError: The port is in use or not allowed, or the host is none of this machine.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise _no_host(host) from None
    family, kind, protocol, _, address = found[0]
    bound = socket.socket(family, kind, protocol)
    try:
        if sys.platform == "win32":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # After a restart, the port is free at once.
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        bound.bind(address)
        bound.listen(1_024)
    except OSError as error:
        bound.close()
        raise _refusal(host, port, error) from None
    bound.setblocking(False)
    return bound


def make_server(app: ASGIApp) -> uvicorn.Server:
    """A server that answers as ``app`` does, for :func:`run`."""
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        # Handed on to asyncio, which takes parts of seconds.
        timeout_graceful_shutdown=cast("int", _FAREWELL_S),
    )
    return uvicorn.Server(config)


def run(server: uvicorn.Server, bound: socket.socket) -> None:
    """Answer until the process is asked to stop, or ``server.should_exit`` is set.

    Raises:
        KeyboardInterrupt: The process was asked.
    """
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    _allow_many_files()
    with _asked_between(server):
        asyncio.run(_serve(server, bound))


@contextlib.contextmanager
def _asked_between(server: uvicorn.Server) -> Iterator[None]:
    """Have a signal wait that comes while the event loop is being made or taken down.

    An exception there would leave a loop behind that is half of one.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        del frame
        asked.append(number)
        server.should_exit = True

    heard = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    heard = {one: how for one, how in heard.items() if callable(how)}
    for one in heard:
        signal.signal(one, note)
    try:
        yield
    finally:
        for one, how in heard.items():
            signal.signal(one, how)
    if asked:
        signal.raise_signal(asked[0])


async def _serve(server: uvicorn.Server, bound: socket.socket) -> None:
    asyncio.get_running_loop().set_exception_handler(_ignore)
    await server.serve(sockets=[bound])


def _ignore(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """A connection that broke costs that client an answer, and nobody else anything."""
    del loop, context


def _allow_many_files() -> None:
    """Each client takes two: its socket and what it is sent."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = 4_096 if hard == resource.RLIM_INFINITY else min(4_096, hard)
        if soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _no_host(host: str) -> UsageError:
    return UsageError(
        f"this machine has no address “{host}”",
        where="--host",
        mend="Leave it out, or use `--lan` to be reached in the network.",
    )


def _refusal(host: str, port: int, error: OSError) -> UsageError:
    if error.errno == errno.EADDRINUSE:
        return UsageError(
            f"another program listens on port {port}",
            where="--port",
            mend=f"End it, or choose another port: `--port {_other(port)}`.",
        )
    if error.errno in {errno.EACCES, errno.EPERM}:
        return UsageError(
            f"this user may not listen on port {port}",
            where="--port",
            mend="Choose one above 1023: `--port 8000`.",
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return _no_host(host)
    reason = (error.strerror or str(error)).lower()
    return UsageError(f"cannot listen on {host}, port {port}: {reason}", where="--host")


def _other(port: int) -> int:
    return port + 1 if port < 65_535 else port - 1  # noqa: PLR2004 - the last port there is
