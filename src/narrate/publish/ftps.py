"""FTP over TLS (``AUTH TLS``), certificates checked. FTP without TLS is never spoken."""

from __future__ import annotations

import contextlib
import ftplib
import io
import ssl
from pathlib import Path
from typing import IO, Any

from fsspec.implementations.ftp import FTPFileSystem  # type: ignore[import-untyped]

from narrate.errors import OutputError
from narrate.model import Destination
from narrate.publish import credentials
from narrate.publish.remote import Lost, Told
from narrate.publish.server import Server

_BLOCK = 1 << 18
_TIMEOUT_S = 60
_NOT_THERE = "550"
_FULL = ("452", "552")
_NO_RESTART = ("500", "501", "502", "504")


class _Session(ftplib.FTP_TLS):
    """Data connections take up the TLS session of the control connection, as servers demand."""

    def ntransfercmd(self, cmd: str, rest: int | str | None = None) -> tuple[Any, int | None]:
        """Open a data connection."""
        connection, size = super(ftplib.FTP_TLS, self).ntransfercmd(cmd, rest)
        if isinstance(self.sock, ssl.SSLSocket):
            connection = self.context.wrap_socket(
                connection, server_hostname=self.host, session=self.sock.session
            )
        return connection, size


class _System(FTPFileSystem):  # type: ignore[misc]
    """fsspec's own connection takes any certificate, and opens one for every 64 KiB it sends."""

    def _connect(self) -> None:
        context = ssl.create_default_context()
        self.ftp = _Session(timeout=self.timeout, encoding=self.encoding, context=context)
        self.ftp.connect(self.host, self.port)
        self.ftp.login(*self.cred)

    def append(self, stream: IO[bytes], path: str, begin: int, told: Told) -> None:
        """Send what is left of a stream; it stands at byte ``begin``, of which the file has all."""
        self.ftp.storbinary(
            *(f"STOR {path}", stream, _BLOCK),
            callback=lambda _: told(stream.tell()),
            rest=begin or None,
        )

    def size(self, path: str) -> int:
        """Length of a file, hidden or not; 0 when there is none."""
        self.ftp.voidcmd("TYPE I")
        try:
            return self.ftp.size(path) or 0
        except ftplib.error_perm as error:
            if str(error).startswith(_NOT_THERE):
                return 0
            raise


class Ftps(Server):
    """A folder on a server that speaks FTP over TLS."""

    _failures = (ftplib.Error, EOFError, OSError)

    def __init__(self, place: Destination) -> None:
        super().__init__(place, "/" + place.path.strip("/"), _connect(place))

    def prepare(self) -> None:
        """Make the folder."""
        with self._told(""):
            try:
                self._system.ls(self._folder)
            except FileNotFoundError:
                self._system.makedirs(self._folder, exist_ok=True)

    def read(self, name: str, most: int) -> bytes | None:
        """A file's content."""
        with self._told(name):
            if self._system.size(self._at(name)) > most:
                return b"\0" * (most + 1)
            with contextlib.suppress(FileNotFoundError):
                content: bytes = self._system.cat_file(self._at(name))
                return content
        return None

    def remove(self, name: str) -> None:
        """Take a file away."""
        with self._told(name):
            try:
                self._system.rm_file(self._at(name))
            except ftplib.error_perm as error:
                if not str(error).startswith(_NOT_THERE) or self._system.size(self._at(name)):
                    raise

    def close(self) -> None:
        """Hang up."""
        with contextlib.suppress(Exception):
            self._system.ftp.quit()
        with contextlib.suppress(Exception):
            self._system.ftp.close()

    def _size(self, name: str) -> int:
        with self._told(name):
            size: int = self._system.size(self._at(name))
            return size

    def _append(self, source: Path, part: str, begin: int, told: Told) -> None:
        with self._told(part), source.open("rb") as stream:
            stream.seek(begin)
            try:
                self._system.append(stream, self._at(part), begin, told)
            except ftplib.error_perm as error:
                if not begin or not str(error).startswith(_NO_RESTART):
                    raise
                stream.seek(0)
                self._system.append(stream, self._at(part), 0, told)

    def _write(self, name: str, content: bytes) -> None:
        with self._told(name):
            self._system.append(io.BytesIO(content), self._at(name), 0, lambda _: None)

    def _rename(self, old: str, new: str) -> None:
        with self._told(new):
            try:
                self._system.mv(self._at(old), self._at(new))
            except ftplib.error_perm:
                # Servers on Windows rename onto no other file.
                self._system.rm_file(self._at(new))
                self._system.mv(self._at(old), self._at(new))

    def _in_words(self, error: Exception, where: str) -> OutputError:
        if isinstance(error, ftplib.error_perm) or str(error).startswith(_FULL):
            what, mend = _refusal(str(error))
            return OutputError(what, where=where, mend=mend)
        return Lost(f"the connection broke: {_reason(error)}", where=where)


def _connect(place: Destination) -> _System:
    """Sign in.

    Raises:
        OutputError: The server cannot be reached, is not who it says, or refuses.
    """
    where = credentials.account(place)
    password = credentials.password(place)
    if not password:
        mend = credentials.how_to_give(place)
        raise OutputError("no password is known", where=where, mend=mend)
    try:
        return _System(
            place.host,
            place.port or 21,
            place.user,
            password,
            timeout=_TIMEOUT_S,
            tls=True,
            use_listings_cache=False,
        )
    except ssl.SSLCertVerificationError as error:
        raise OutputError(
            f"the server's certificate is not valid: {error.verify_message}",
            where=where,
            mend="Use the name that the certificate is for. For one of your own making, set the "
            "variable SSL_CERT_FILE to its file.",
        ) from error
    except ftplib.error_perm as error:
        if str(error).startswith("530"):
            mend = "Check name and password; " + credentials.how_to_give(place)
            raise OutputError("the server refuses this account", where=where, mend=mend) from error
        raise OutputError(
            f"the server speaks no FTP over TLS: {_reason(error)}",
            where=where,
            mend="Ask your host for FTPS (explicit TLS) or SFTP.",
        ) from error
    except (ftplib.Error, EOFError, OSError) as error:
        raise OutputError(
            f"cannot be reached: {_reason(error)}",
            where=where,
            mend="Check the address, and whether the machine is on the network.",
        ) from error


def _refusal(reply: str) -> tuple[str, str]:
    if reply.startswith(_FULL):
        return "the server is full", "Make room on the server, or ask for more."
    return (
        f"the server refused: {_short(reply)}",
        "Check the folder's path, owner and permissions on the server.",
    )


def _reason(error: BaseException) -> str:
    return _short(str(getattr(error, "strerror", "") or error) or type(error).__name__)


def _short(text: str) -> str:
    return " ".join(text.split()).rstrip(".")[:200]
