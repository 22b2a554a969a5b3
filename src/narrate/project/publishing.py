"""``[publish]``: where a show is published to, without any secret."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from narrate.errors import ShowError
from narrate.model import Destination
from narrate.project.tables import Table, is_control

KEYS = ("url", "endpoint", "region")
"""Settings of the table."""

_KINDS = ("sftp", "ftps", "s3", "file")
_SECRET = re.compile(r"pass|secret|token|key|credential|passwort|kennwort", re.IGNORECASE)
_WITHOUT_SECRETS = (
    "Secrets come from the SSH agent, the environment or the keyring; docs/publishing.md tells how."
)
_EXAMPLE = "Write one such as sftp://me@example.org/srv/www/podcast; docs/publishing.md lists all."
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


def destination(table: Table, root: Path) -> Destination:
    """What a table ``[publish]`` says; nothing where it is absent.

    Args:
        root: The show's folder; a path of a folder counts from there.

    Raises:
        ShowError: An address is none that narrate publishes to, or holds a secret.
    """
    for key in table.values:
        if key not in KEYS and _SECRET.search(key):
            raise table.error(key, "a secret does not belong into this file", _WITHOUT_SECRETS)
    table.only(KEYS, {})
    url = table.line("url")
    if not url:
        return Destination()
    try:
        place = parse_destination(url, root)
    except ShowError as error:
        raise table.error("url", error.what, error.mend) from error
    endpoint = table.url("endpoint")
    if endpoint and place.kind != "s3":
        raise table.error("endpoint", "only s3:// addresses have one", "Take the line out.")
    return Destination(
        *(place.kind, place.host, place.port, place.user, place.path),
        endpoint=endpoint,
        region=table.line("region"),
    )


def parse_destination(url: str, root: Path) -> Destination:
    """An address to publish to: a folder, or one that begins with sftp, ftps, s3 or file.

    Args:
        root: A folder's path counts from there.

    Raises:
        ShowError: It is none; without a place.
    """
    if any(map(is_control, url)):
        raise ShowError("holds a control character", mend=_EXAMPLE)
    if "://" not in url:
        return _folder(url, root)
    try:
        parts = urlsplit(url)
        port = parts.port or 0
    except ValueError as error:
        raise ShowError("is no valid address", mend=_EXAMPLE) from error
    _check_form(parts, url)
    kind, host = parts.scheme.lower(), parts.hostname or ""
    path, user = unquote(parts.path), unquote(parts.username or "")
    if any(map(is_control, path + user)) or ".." in path.split("/"):
        raise ShowError("holds “..” or a control character", mend=_EXAMPLE)
    if kind == "file":
        return _folder(path, root, host)
    if not host:
        raise ShowError("names no host", mend=_EXAMPLE)
    if kind == "s3":
        return _bucket(host, path, plain=not (user or port))
    if kind == "ftps" and not user:
        raise ShowError("names no user", mend="Write ftps://NAME@HOST/FOLDER.")
    return Destination(kind, host, port, user, path or "/")


def _check_form(parts: SplitResult, url: str) -> None:
    kind = parts.scheme.lower()
    if kind == "ftp":
        raise ShowError(
            "FTP sends passwords unprotected", mend="Use ftps:// or sftp://; most hosts have both."
        )
    if kind in {"http", "https"}:
        mend = "That is where listeners reach it: write it as `base_url`. " + _EXAMPLE
        raise ShowError("nothing can be copied to a web address", mend=mend)
    if kind not in _KINDS:
        raise ShowError(f"narrate publishes to no “{kind}” address", mend=_EXAMPLE)
    if " " in url and kind != "file":
        raise ShowError("holds a space", mend="Write %20 for it.")
    if parts.password is not None:
        raise ShowError("holds a password", mend=_WITHOUT_SECRETS)
    if parts.query or parts.fragment:
        raise ShowError("holds a ? or #", mend=_EXAMPLE)


def _folder(path: str, root: Path, host: str = "") -> Destination:
    if host not in {"", "localhost"}:
        raise ShowError("names a host", mend="A folder of this machine is file:///srv/www/podcast.")
    try:
        folder = root / Path(path).expanduser()
    except RuntimeError as error:  # "~somebody" who is not there
        raise ShowError("names no folder", mend=_EXAMPLE) from error
    return Destination("file", path=str(folder))


def _bucket(name: str, path: str, *, plain: bool) -> Destination:
    if not plain:
        mend = "Write s3://BUCKET/FOLDER, and the server's address as `endpoint`."
        raise ShowError("a bucket has no user and no port", mend=mend)
    if not _BUCKET.fullmatch(name):
        raise ShowError(f"“{name[:63]}” is no name of a bucket", mend="Write s3://BUCKET/FOLDER.")
    return Destination("s3", name, path=path.strip("/"))
