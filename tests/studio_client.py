"""The studio as a user starts it, and a client that asks it as its page does."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from shows import narrate_running


@dataclass(frozen=True)
class Reply:
    """What came of a request."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        content = json.loads(self.body)
        assert isinstance(content, dict)
        return content


@dataclass(frozen=True)
class Studio:
    """A studio that runs.

    Attributes:
        address: What it printed.
    """

    process: subprocess.Popen[str]
    address: str

    @property
    def origin(self) -> str:
        parts = urlsplit(self.address)
        return f"http://{parts.netloc}"

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """One request; a path without a slash at its beginning is the page's own.

        Header fields of ours give way to those of ``headers``; an empty one is left out.
        """
        parts = urlsplit(self.address)
        whole = path if path.startswith("/") else f"{parts.path}{path}"
        ours = {"Host": parts.netloc}
        if method == "POST":
            ours |= {"Origin": self.origin, "Content-Type": "application/json"}
        sent = {name: text for name, text in (ours | dict(headers or {})).items() if text}
        connection = http.client.HTTPConnection(parts.netloc, timeout=60)
        with contextlib.closing(connection):
            connection.putrequest(method, whole, skip_host=True, skip_accept_encoding=True)
            for name, text in sent.items():
                connection.putheader(name, text)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            fields = {name.lower(): text for name, text in answer.getheaders()}
            return Reply(answer.status, fields, answer.read())

    def begin(self, kind: str, **order: object) -> Reply:
        """Hand a task in."""
        body = json.dumps(order).encode()
        return self.ask(f"api/tasks/{kind}", method="POST", body=body)

    def progress(self) -> dict[str, Any]:
        return self.ask("api/progress").json

    def end_of(self, reply: Reply) -> dict[str, Any]:
        """Wait until a task is over; how it ended."""
        assert reply.status == 202, reply
        number = reply.json["number"]
        until = time.monotonic() + 120
        while True:
            told = self.progress()
            assert told["number"] == number
            if told["state"] != "running":
                return told
            assert time.monotonic() < until, told
            time.sleep(0.02)

    def do(self, kind: str, **order: object) -> dict[str, Any]:
        """Have a task done; what came of it."""
        told = self.end_of(self.begin(kind, **order))
        assert told["state"] == "done", told
        result = told["result"]
        assert isinstance(result, dict)
        return result


@contextlib.contextmanager
def studio_of(show: Path, *options: str) -> Iterator[Studio]:
    """``narrate studio`` in a process of its own."""
    with narrate_running(show, "studio", "--jobs", "1", *options) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(r"The studio is open: (http://127\.0\.0\.1:\d+/\S+/)\n", line)
        assert found, (line, process.communicate(timeout=30))
        yield Studio(process, found[1])
