"""SFTP through sshfs. Keys come from the SSH agent or ``~/.ssh``; unknown hosts are refused."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

import asyncssh
from fsspec.asyn import get_loop, sync  # type: ignore[import-untyped]
from sshfs import SSHFileSystem  # type: ignore[import-untyped]

from narrate.errors import OutputError
from narrate.model import Destination
from narrate.publish import credentials
from narrate.publish.remote import Lost, Told
from narrate.publish.server import Server

_BLOCK = 4 << 20
_CONNECT_S, _SIGN_IN_S, _ALIVE_S = 30, 60, 15
_KNOWN = ("~/.ssh/known_hosts", "/etc/ssh/ssh_known_hosts")
_BROKEN = (
    asyncssh.ConnectionLost,
    asyncssh.DisconnectError,
    asyncssh.SFTPConnectionLost,
    asyncssh.SFTPNoConnection,
    asyncssh.ChannelOpenError,
    ConnectionError,
    TimeoutError,
)

_FULL = (asyncssh.SFTPNoSpaceOnFilesystem, asyncssh.SFTPQuotaExceeded)


class _System(SSHFileSystem):  # type: ignore[misc]
    """Renames without a shell, which accounts that may only transfer files do not have."""

    async def _mv(self, lpath: str, rpath: str, **_: object) -> None:
        async with self._pool.get() as channel:
            try:
                await channel.posix_rename(lpath, rpath)
            except asyncssh.SFTPOpUnsupported:
                with contextlib.suppress(asyncssh.SFTPNoSuchFile):
                    await channel.remove(rpath)
                await channel.rename(lpath, rpath)


class Sftp(Server):
    """A folder on a machine that speaks SSH."""

    _failures = (asyncssh.Error, OSError)

    def __init__(self, place: Destination) -> None:
        path = place.path
        folder = path[3:] or "." if path.startswith("/~/") else path
        super().__init__(place, folder, _connect(place))

    def prepare(self) -> None:
        """Make the folder."""
        with self._told(""):
            try:
                kind = self._system.info(self._folder)["type"]
            except FileNotFoundError:
                self._system.makedirs(self._folder, exist_ok=True)
                return
        if kind != "directory":
            mend = "Publish to a folder, or remove the file of this name."
            raise OutputError("this is no folder", where=str(self._place), mend=mend)

    def read(self, name: str, most: int) -> bytes | None:
        """A file's content."""
        with self._told(name), contextlib.suppress(FileNotFoundError), self._open(name, "rb") as it:
            content: bytes = it.read(most + 1)
            return content
        return None

    def remove(self, name: str) -> None:
        """Take a file away."""
        with self._told(name), contextlib.suppress(FileNotFoundError):
            self._system.rm_file(self._at(name))

    def close(self) -> None:
        """Hang up."""
        with contextlib.suppress(Exception):
            self._system.client.close()
            sync(self._system.loop, self._system.client.wait_closed, timeout=5)

    def _size(self, name: str) -> int:
        with self._told(name), contextlib.suppress(FileNotFoundError):
            size: int = self._system.info(self._at(name))["size"]
            return size
        return 0

    def _append(self, source: Path, part: str, begin: int, told: Told) -> None:
        # Blocks are sent side by side: the last one that has arrived may have holes.
        begin = max(0, begin // _BLOCK - 1) * _BLOCK
        with (
            self._told(part),
            source.open("rb") as stream,
            self._open(part, "r+b" if begin else "wb") as target,
        ):
            stream.seek(begin)
            if begin:
                target.truncate(begin)
                target.seek(begin)
            while block := stream.read(_BLOCK):
                target.write(block)
                told(stream.tell())

    def _write(self, name: str, content: bytes) -> None:
        with self._told(name), self._open(name, "wb") as target:
            target.write(content)

    def _rename(self, old: str, new: str) -> None:
        with self._told(new):
            self._system.mv(self._at(old), self._at(new))

    def _open(self, name: str, mode: str) -> Any:
        return self._system.open(self._at(name), mode)

    def _in_words(self, error: Exception, where: str) -> OutputError:
        if isinstance(error, _BROKEN):
            return Lost(f"the connection broke: {_reason(error)}", where=where)
        if isinstance(error, PermissionError):
            mend = "Check the folder's owner and permissions on the server."
            return OutputError("the server allows no writing", where=where, mend=mend)
        is_full = isinstance(error, _FULL)
        mend = "Make room on the server." if is_full else "Check path and space on the server."
        return OutputError(f"the server refused: {_reason(error)}", where=where, mend=mend)


def _connect(place: Destination) -> _System:
    """Sign in: with keys, then with a password if one is known.

    Raises:
        OutputError: The host is unknown or another one, or the server refuses.
    """
    known = [str(path) for path in map(_expanded, _KNOWN) if os.access(path, os.R_OK)]
    options: dict[str, Any] = {
        # Without this, sshfs would trust every host.
        "known_hosts": known or b"",
        "connect_timeout": _CONNECT_S,
        "login_timeout": _SIGN_IN_S,
        "keepalive_interval": _ALIVE_S,
        "skip_instance_cache": True,
    }
    if place.port:
        options["port"] = place.port
    if place.user:
        options["username"] = place.user
    first = os.environ.get(credentials.PASSWORD, "")
    try:
        try:
            return _System(place.host, **options, **({"password": first} if first else {}))
        except PermissionError:
            if first or not (kept := credentials.from_keyring(place)):
                raise
            return _System(place.host, **options, password=kept)
    except PermissionError as error:
        mend = f"Add your key to the agent: `ssh-add`. A password: {credentials.how_to_give(place)}"
        raise OutputError("the server lets nobody in so", where=str(place), mend=mend) from error
    except (asyncssh.HostKeyNotVerifiable, asyncssh.KeyExchangeFailed) as error:
        raise _distrust(place, known, error) from error
    except (asyncssh.ConfigParseError, asyncssh.KeyImportError) as error:
        what = f"your settings or a key of yours cannot be read: {_reason(error)}"
        raise OutputError(what, where="~/.ssh", mend="Mend or remove that file.") from error
    except ValueError as error:
        what = f"a file of known hosts cannot be read: {_reason(error)}"
        raise OutputError(what, where=" ".join(known), mend="Mend or remove that line.") from error
    except (asyncssh.Error, OSError) as error:
        mend = "Check the address, and whether the machine is on the network."
        raise OutputError(
            f"cannot be reached: {_reason(error)}", where=str(place), mend=mend
        ) from error


def _expanded(name: str) -> Path:
    return Path(name).expanduser()


def _distrust(place: Destination, known: list[str], error: asyncssh.Error) -> OutputError:
    """What to tell of a host whose key is not the one that is known, or not known at all."""
    port = place.port or 22
    with contextlib.suppress(OSError, ValueError, asyncssh.Error):
        if known and any(asyncssh.match_known_hosts(known, place.host, "", place.port or None)):
            return OutputError(
                "the host's key is not the one you know: this may be another machine",
                where=str(place),
                mend="Ask whoever runs the host. Only if its key was changed on purpose: "
                f"`ssh-keygen -R {_as_known(place)}`, then add the new one.",
            )
    fingerprint = _fingerprint(place.host, port)
    if not fingerprint:
        return OutputError(f"has no key to know it by: {_reason(error)}", where=str(place))
    asked = f"-p {port} " if place.port else ""
    return OutputError(
        f"the host is not known; it shows the key {fingerprint}",
        where=str(place),
        mend="Compare that with what your host tells; if it is the same, add the host: "
        f"`ssh-keyscan {asked}{place.host} >> ~/.ssh/known_hosts`.",
    )


def _as_known(place: Destination) -> str:
    return f"'[{place.host}]:{place.port}'" if place.port else place.host


def _fingerprint(host: str, port: int) -> str:
    """Fingerprint of the key a host shows; empty when it shows none."""

    async def ask() -> str:
        key = await asyncssh.get_server_host_key(host, port)
        return f"{key.get_algorithm()} {key.get_fingerprint()}" if key else ""

    with contextlib.suppress(OSError, asyncssh.Error):
        answer: str = sync(get_loop(), ask, timeout=_CONNECT_S)
        return answer
    return ""


def _reason(error: BaseException) -> str:
    text = getattr(error, "reason", "") or getattr(error, "strerror", "") or str(error)
    return str(text).strip().rstrip(".")[:200] or type(error).__name__
