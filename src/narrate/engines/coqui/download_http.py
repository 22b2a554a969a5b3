"""Fetching one file over HTTP so that nothing is fetched twice.

What has come lies in a ``.part`` file; a note beside it says of which version of which file. The
next attempt, in this run or a later one, asks the server for the rest (RFC 9110, section 14) on
the condition that the file is still the same (``If-Range``). Whatever speaks against that, a new
version, a server that knows no ranges, a note that is missing, begins the file anew.
"""

from __future__ import annotations

import contextlib
import http
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from narrate import __version__
from narrate.errors import EngineError, OutputError
from narrate.files import write_atomically, write_failure
from narrate.model import megabytes

if TYPE_CHECKING:
    import requests

_BLOCK = 1 << 14  # what is lost when a connection falls silent within a block
_INTERVAL_S = 0.2
_MOST_BYTES = 16 << 30
_GAIN = 1 << 20  # so many new bytes show that trying again is worth while
_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")
_TRANSIENT = (408, 425, 429, 500, 502, 503, 504)

AGAIN = "Check the network and run the command again: it goes on where it stopped."
_SIGN_IN = "Open a web page in a browser: the network may ask you to sign in. Then run this again."


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server is waited for.

    Attributes:
        stall_s: Without any byte for so long, a connection is given up.
        connect_s: How long a server may take to answer at all.
        tries: How often in a row a connection may fail without a gain.
        pause_s: Before the second try; it doubles with each.
    """

    stall_s: float = 30.0
    connect_s: float = 10.0
    tries: int = 5
    pause_s: float = 1.0


@dataclass(frozen=True, slots=True)
class PartNote:
    """Which file a ``.part`` file is a part of.

    Attributes:
        identity: Of the file, whatever its version; usually its address.
        validator: The server's mark of this version (a strong ETag or a date), or empty.
        size: Bytes of the whole file; 0 when the server did not say.
    """

    identity: str
    validator: str
    size: int


class _BrokenError(Exception):
    """This connection failed; another may not.

    Args:
        reason: In words.
        hopeless: No other will do better now.
    """

    def __init__(self, reason: str, *, hopeless: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hopeless = hopeless


class _StaleError(Exception):
    """What has come is no part of what the server offers."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One file on its way to this machine.

    Attributes:
        name: What messages call it.
        part: Where it grows; a note lies beside it.
        headers: To be sent with each request.
        copies: How often the file must fit on the disk: twice where it is unpacked.
    """

    name: str
    url: str
    part: Path
    patience: Patience = field(default_factory=Patience)
    headers: Mapping[str, str] = field(default_factory=dict)
    identity: str = ""
    copies: int = 1

    def run(self, progress: Callable[[int, int], None]) -> None:
        """Fetch what is missing.

        Args:
            progress: Told of bytes that are there and bytes in all, 0 while unknown.

        Raises:
            EngineError: Network or server failed; what has come stays and is gone on with.
            OutputError: The disk is too small or cannot be written.
        """
        tries = restarts = 0
        while True:
            before = self._have()
            try:
                self._attempt(progress)
            except _StaleError as stale:
                self.discard()
                restarts += 1
                if restarts >= self.patience.tries:
                    raise self.failure("the server's answers contradict each other") from stale
            except _BrokenError as broken:
                tries = 1 if self._have() - before >= _GAIN else tries + 1
                if broken.hopeless or tries >= self.patience.tries:
                    raise self.failure(broken.reason) from broken
                time.sleep(self.patience.pause_s * 2 ** (tries - 1))
            else:
                return

    def discard(self) -> None:
        """Forget what has come."""
        self.part.unlink(missing_ok=True)
        _note_path(self.part).unlink(missing_ok=True)

    def keep(self, target: Path) -> None:
        """Give the file, which is whole, its final place.

        Raises:
            OutputError: It cannot be moved.
        """
        try:
            with self.part.open("rb+") as stream:
                os.fsync(stream.fileno())
            self.part.replace(target)
        except OSError as error:
            raise write_failure(target, error) from error
        self.discard()

    def failure(self, reason: str, mend: str = AGAIN) -> EngineError:
        """A failure of this transfer, in words."""
        return EngineError(f"the model cannot be fetched: {reason}", where=self.name, mend=mend)

    def _attempt(self, progress: Callable[[int, int], None]) -> None:
        note, have = read_note(self.part), self._have()
        if note is None or note.identity != self._identity or not note.validator:
            note, have = None, 0
        if note is not None and note.size:
            if have > note.size:
                raise _StaleError
            if have == note.size:
                progress(have, have)
                return
        with self._request(note, have) as response:
            self._check_answer(response)
            start, size = self._where(response, note, have)
            self._check_room(start, size)
            progress(start, size)
            if start == 0:
                self._write_note(response, size)
            self._receive(response, start, size, progress)

    @property
    def _identity(self) -> str:
        return self.identity or self.url

    def _have(self) -> int:
        try:
            return self.part.stat().st_size
        except FileNotFoundError:
            return 0

    @contextlib.contextmanager
    def _request(self, note: PartNote | None, have: int) -> Iterator[requests.Response]:
        import requests  # noqa: PLC0415
        import urllib3  # noqa: PLC0415

        headers = {
            **self.headers,
            "User-Agent": f"narrate/{__version__}",
            "Accept-Encoding": "identity",
        }
        if note is not None and have:
            headers |= {"Range": f"bytes={have}-", "If-Range": note.validator}
        timeout = (self.patience.connect_s, self.patience.stall_s)
        try:
            with (
                requests.Session() as session,
                session.get(self.url, headers=headers, stream=True, timeout=timeout) as response,
            ):
                yield response
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise self._broken(error) from error

    def _broken(self, error: Exception) -> _BrokenError:
        """What a failure of the network is called, and whether it may pass."""
        import requests  # noqa: PLC0415
        import urllib3  # noqa: PLC0415

        known = requests.exceptions
        silence = f"the server has sent nothing for {self.patience.stall_s:g} seconds"
        inner = error.args[0] if error.args else None
        rows: tuple[tuple[tuple[type[Exception], ...], str, bool], ...] = (
            ((known.ProxyError, known.InvalidProxyURL), "the proxy cannot be used", True),
            ((known.SSLError, urllib3.exceptions.SSLError), _DISTRUST, True),
            ((known.ConnectTimeout,), "the server cannot be reached", True),
            ((known.ReadTimeout, urllib3.exceptions.ReadTimeoutError), silence, False),
            ((known.TooManyRedirects,), "the server sends from one address to the next", True),
            ((known.InvalidURL, known.InvalidSchema, known.MissingSchema), _ADDRESS, True),
        )
        for kinds, reason, hopeless in rows:
            if isinstance(error, kinds):
                return _BrokenError(reason, hopeless=hopeless)
        broke_off = isinstance(inner, urllib3.exceptions.ProtocolError)
        if isinstance(error, known.ConnectionError) and not broke_off:
            return _BrokenError("the server cannot be reached", hopeless=True)
        return _BrokenError("the connection broke off")

    def _check_answer(self, response: requests.Response) -> None:
        """Refuse whatever is no file."""
        if leaves_encryption([*(r.url for r in response.history), response.url]):
            raise self.failure("the server leads to an address without encryption")
        status = response.status_code
        if status == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise _StaleError
        if status not in (http.HTTPStatus.OK, http.HTTPStatus.PARTIAL_CONTENT):
            reason = f"the server answers {_named(status)}"
            if status in _TRANSIENT:
                raise _BrokenError(reason)
            raise self.failure(reason, _ASK_LATER)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            raise self.failure("a web page came instead of the model", _SIGN_IN)

    def _where(
        self, response: requests.Response, note: PartNote | None, have: int
    ) -> tuple[int, int]:
        """Where the bytes that follow belong, and the size of the whole file."""
        if response.status_code == http.HTTPStatus.OK:
            return 0, _length(response)
        found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
        # A server may pass over If-Range: its own marks must be the ones that were noted.
        if (
            note is None
            or found is None
            or int(found[1]) != have
            or (note.size and int(found[2]) != note.size)
            or _validator(response) not in ("", note.validator)
        ):
            raise _StaleError
        return have, int(found[2])

    def _check_room(self, start: int, size: int) -> None:
        if size > _MOST_BYTES:
            raise self.failure(f"a file of {megabytes(size)} is no model", _ASK_LATER)
        require_room(self.part.parent, size * self.copies - start)

    def _write_note(self, response: requests.Response, size: int) -> None:
        note = {"identity": self._identity, "validator": _validator(response), "size": size}
        self.discard()
        write_atomically(_note_path(self.part), json.dumps(note).encode())

    def _receive(
        self,
        response: requests.Response,
        start: int,
        size: int,
        progress: Callable[[int, int], None],
    ) -> None:
        done, told = start, time.monotonic()
        try:
            stream = self.part.open("ab")
        except OSError as error:
            raise write_failure(self.part, error) from error
        with stream:
            # As it comes: a file that is unpacked on the way could not be gone on with.
            for block in response.raw.stream(_BLOCK, decode_content=False):
                try:
                    stream.write(block)
                    stream.flush()
                except OSError as error:
                    raise write_failure(self.part, error) from error
                done += len(block)
                if done > _MOST_BYTES:
                    raise self.failure("the file does not end", _ASK_LATER)
                if time.monotonic() - told >= _INTERVAL_S:
                    told = time.monotonic()
                    progress(done, size)
        if size and done < size:
            raise _BrokenError("the connection broke off")
        progress(done, size or done)


_DISTRUST = "the server's certificate is not trusted"
_ADDRESS = "its address is none that can be fetched from"
_ASK_LATER = "Try again later, or choose another voice."


def read_note(part: Path) -> PartNote | None:
    """The note beside a ``.part`` file, or ``None`` when there is no sensible one."""
    try:
        note = json.loads(_note_path(part).read_bytes())
        return PartNote(str(note["identity"]), str(note["validator"]), int(note["size"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None


def require_room(folder: Path, needed: int) -> None:
    """Refuse to begin what the disk cannot hold.

    Args:
        needed: Bytes.

    Raises:
        OutputError: There is less room.
    """
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise OutputError(
            f"the disk is too full: {megabytes(needed)} are needed, {megabytes(free)} are free",
            where=str(folder),
            mend="Make room and run the command again.",
        )


def leaves_encryption(addresses: list[str]) -> bool:
    """Whether a chain of redirections begins encrypted and does not stay so."""
    encrypted = [address.lower().startswith("https:") for address in addresses]
    return encrypted[0] and not all(encrypted)


def _note_path(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _validator(response: requests.Response) -> str:
    """What marks this version: a strong ETag, or else the date of its last change."""
    etag = response.headers.get("ETag", "")
    if etag and not etag.startswith("W/"):
        return etag
    return response.headers.get("Last-Modified", "")


def _length(response: requests.Response) -> int:
    text = response.headers.get("Content-Length", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _named(status: int) -> str:
    try:
        return f"{status} ({http.HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)
