"""The real server for tests: in a thread of this process, or as a user starts it."""

from __future__ import annotations

import contextlib
import http.client
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from narrate.serve import App, Names, Served, listen, make_server, run
from shows import narrate_running

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Reply:
    """What came of a request."""

    status: int
    headers: Message
    body: bytes


@contextlib.contextmanager
def serving(show: Path, *, token: str = "", is_open: bool = False) -> Iterator[int]:
    """A server that answers until the block ends; gives its port."""
    served = Served(show / "output", show / ".narrate", Names(HOST, is_open), token)
    bound = listen(HOST, 0)
    port = bound.getsockname()[1]
    server = make_server(App(served))
    thread = threading.Thread(target=run, args=(server, bound))
    thread.start()
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join()
        bound.close()


def serve_process(
    show: Path, *options: str
) -> contextlib.AbstractContextManager[subprocess.Popen[str]]:
    """``narrate serve`` as a user starts it."""
    return narrate_running(show, "serve", *options)


def told(process: subprocess.Popen[str]) -> list[str]:
    """The lines that it prints until it is ready."""
    assert process.stdout is not None
    lines: list[str] = []
    while not lines or lines[-1] != "Ctrl-C ends it.":
        line = process.stdout.readline()
        assert line, process.communicate()
        lines.append(line.rstrip("\n"))
    return lines


def fetch(
    port: int, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
) -> Reply:
    """One request over a connection of its own."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        connection.request(method, path, headers=dict(headers or {}))
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())
    finally:
        connection.close()


def converse(port: int, *said: bytes, pause_s: float = 0) -> bytes:
    """Say something piece by piece over a bare socket; gives all that comes until it is closed."""
    with socket.create_connection((HOST, port), timeout=30) as connection:
        heard = b""
        with contextlib.suppress(ConnectionError):
            for piece in said:
                connection.sendall(piece)
                time.sleep(pause_s)
            while block := connection.recv(65_536):
                heard += block
    return heard
