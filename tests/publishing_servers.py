"""Real servers of this machine to publish to: SFTP by asyncssh, FTPS by pyftpdlib, S3 by moto."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import asyncssh
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "ada", "not a real secret"


@dataclass
class Accidents:
    """What goes wrong at a server, and what it has seen.

    Attributes:
        after: Bytes after which it drops every connection once; 0 for never.
        renamed: Names in the order in which they were given.
        is_full: Whether it has room for nothing more.
    """

    after: int = 0
    written: int = 0
    is_full: bool = False
    renamed: list[str] = field(default_factory=list)

    def count(self, number: int) -> bool:
        """Whether the connection is to be dropped after these bytes."""
        self.written += number
        if self.after and self.written >= self.after:
            self.after = 0
            return True
        return False


@dataclass
class SftpServer:
    """A running server: where it listens, what it shows and whom it knows."""

    root: Path
    port: int
    host_key: str
    accidents: Accidents


@contextlib.contextmanager
def sftp_server(root: Path, home: Path, port: int = 0) -> Iterator[SftpServer]:
    """An SFTP server whose users see ``root``; lets in the key of ``home/.ssh`` and a password."""
    accidents = Accidents()
    connections: set[asyncssh.SSHServerConnection] = set()

    class Files(asyncssh.SFTPServer):
        def __init__(self, channel: Any) -> None:
            self._channel = channel
            super().__init__(channel, chroot=str(root).encode())

        def write(self, file_obj: object, offset: int, data: bytes) -> Any:
            if accidents.count(len(data)):
                self._channel.get_connection().abort()
            return super().write(file_obj, offset, data)

        def posix_rename(self, oldpath: bytes, newpath: bytes) -> Any:
            accidents.renamed.append(newpath.decode().rpartition("/")[2])
            return super().posix_rename(oldpath, newpath)

    class Door(asyncssh.SSHServer):
        def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
            connections.add(conn)

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == (USER, PASSWORD)

    key = asyncssh.generate_private_key("ssh-ed25519")
    loop = asyncio.new_event_loop()
    keys = home / ".ssh/id_ed25519.pub"

    async def listen() -> Any:
        return await asyncssh.listen(
            *("127.0.0.1", port),
            server_factory=Door,
            server_host_keys=[key],
            sftp_factory=Files,
            authorized_client_keys=str(keys) if keys.exists() else None,
        )

    with _looping(loop):
        listener = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
        public = key.export_public_key().decode().strip()
        try:
            yield SftpServer(root, listener.get_port(), public, accidents)
        finally:
            asyncio.run_coroutine_threadsafe(_closed(listener, connections), loop).result(10)


async def _closed(listener: Any, connections: set[asyncssh.SSHServerConnection]) -> None:
    # A connection that is still being accepted when its server closes is never closed itself.
    while others := asyncio.all_tasks() - {asyncio.current_task()}:
        for connection in connections:
            connection.abort()
        await asyncio.wait(others, timeout=0.1)
    listener.close()
    for connection in connections:
        connection.abort()
        await connection.wait_closed()
    await listener.wait_closed()


@contextlib.contextmanager
def _looping(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def make_key(home: Path) -> None:
    """A key of a user, as ``ssh-keygen`` leaves it."""
    folder = home / ".ssh"
    folder.mkdir(parents=True, exist_ok=True)
    key = asyncssh.generate_private_key("ssh-ed25519")
    key.write_private_key(str(folder / "id_ed25519"))
    key.write_public_key(str(folder / "id_ed25519.pub"))


def know(home: Path, server: SftpServer, key: str = "") -> None:
    """Have a user know a host, by its own key or by another."""
    folder = home / ".ssh"
    folder.mkdir(parents=True, exist_ok=True)
    line = f"[127.0.0.1]:{server.port} {key or server.host_key}\n"
    (folder / "known_hosts").write_text(line, encoding="utf-8")


@dataclass
class FtpsServer:
    """A running server, and the file of its certificate."""

    root: Path
    port: int
    certificate: Path
    accidents: Accidents
    authorizer: Any


def make_certificate(folder: Path, name: str = "localhost") -> tuple[Path, Path]:
    """A certificate that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(timezone.utc)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    names: list[x509.GeneralName] = [x509.DNSName(name)]
    if name == "localhost":
        names.append(x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(parents=True, exist_ok=True)
    certificate_file, key_file = folder / "certificate.pem", folder / "key.pem"
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate_file, key_file


@contextlib.contextmanager
def ftps_server(root: Path, own: Path, name: str = "localhost") -> Iterator[FtpsServer]:
    """A server that speaks FTP only over TLS."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it loads asyncore
        from pyftpdlib.authorizers import DummyAuthorizer  # type: ignore[import-untyped] # noqa: PLC0415
        from pyftpdlib.handlers import (  # type: ignore[import-untyped] # noqa: PLC0415
            TLS_DTPHandler,
            TLS_FTPHandler,
        )
        from pyftpdlib.ioloop import IOLoop  # type: ignore[import-untyped] # noqa: PLC0415
        from pyftpdlib.servers import FTPServer  # type: ignore[import-untyped] # noqa: PLC0415

    accidents = Accidents()
    certificate, key = make_certificate(own, name)

    class Data(TLS_DTPHandler):  # type: ignore[misc]
        def recv(self, size: int) -> bytes:
            block: bytes = super().recv(size)
            if accidents.count(len(block)):
                self.cmd_channel.close()
            return block

    class Handler(TLS_FTPHandler):  # type: ignore[misc]
        dtp_handler = Data
        auth_failed_timeout = 0.1

        def ftp_STOR(self, file: str, mode: str = "w") -> Any:  # noqa: N802 - pyftpdlib's
            if accidents.is_full:
                return self.respond("452 Insufficient storage space.")
            return super().ftp_STOR(file, mode)

        def ftp_RNTO(self, path: str) -> Any:  # noqa: N802 - pyftpdlib's
            accidents.renamed.append(Path(path).name)
            return super().ftp_RNTO(path)

    Handler.authorizer = DummyAuthorizer()
    Handler.authorizer.add_user(USER, PASSWORD, str(root), perm="elradfmwMT")
    Handler.certfile, Handler.keyfile = str(certificate), str(key)
    Handler.tls_control_required = Handler.tls_data_required = True
    loop = IOLoop()
    server = FTPServer(("127.0.0.1", 0), Handler, ioloop=loop)
    with _serving(server):
        yield FtpsServer(root, server.address[1], certificate, accidents, Handler.authorizer)


@contextlib.contextmanager
def _serving(server: Any) -> Iterator[None]:
    done = threading.Event()

    def serve() -> None:
        while not done.is_set():
            server.serve_forever(timeout=0.05, blocking=False, handle_exit=False)
        server.close_all()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@contextlib.contextmanager
def s3_server() -> Iterator[str]:
    """A server that speaks S3; its address. Buckets are in the memory of this process."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()
