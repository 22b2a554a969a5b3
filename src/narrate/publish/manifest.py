"""What narrate has put at a destination, kept there: only that is ever replaced or removed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from narrate.errors import OutputError
from narrate.files import migrate, typed

NAME = ".narrate-published.json"
"""Beside the files themselves."""

MOST_BYTES = 32 << 20
"""Longer ones are not read: some 150,000 files."""

SCHEMA = 1

_MEND = "`narrate publish --take-over` begins a new one and replaces files of the same name."


@dataclass(frozen=True, slots=True)
class Copied:
    """A file that is whole at the destination.

    Attributes:
        etag: What the destination calls this content, where it does; else empty.
    """

    sha256: str
    bytes: int
    etag: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is at a destination by narrate's doing.

    Attributes:
        show: UUID of the show.
        files: Name → what it is.
        begun: Name → SHA-256 of what was to be copied there when a run ended early.
    """

    show: str
    files: Mapping[str, Copied] = field(default_factory=dict)
    begun: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Of everything that is narrate's own."""
        return frozenset(self.files) | frozenset(self.begun)


def is_plain(name: str) -> bool:
    """Whether a file of this name can be published: one visible name within one folder."""
    return (
        0 < len(name.encode("utf-8", "replace")) <= 255  # noqa: PLR2004 - of file systems
        and not name.startswith(".")
        and name == name.strip()
        and name.isprintable()
        and not set(name) & set("/\\")
    )


def part_name(sha256: str) -> str:
    """What a file is called at the destination until it is whole."""
    return f".narrate-{sha256[:24]}.part"


def render_manifest(manifest: Manifest) -> bytes:
    """The file's content."""
    content = {"schema": SCHEMA, **asdict(manifest)}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def parse_manifest(raw: bytes, where: str) -> Manifest:
    """What a destination's manifest says; it is untrusted input.

    Raises:
        OutputError: It is none, or a newer narrate wrote it.
    """
    try:
        parsed = json.loads(raw)
    except (ValueError, RecursionError):
        parsed = None
    if not isinstance(parsed, dict):
        raise OutputError("is no list of what was published", where=where, mend=_MEND)
    content = migrate(parsed, where, SCHEMA, mend=_MEND, kind=OutputError)
    del content["schema"]
    try:
        manifest: Manifest = typed(Manifest, content)
    except TypeError as error:
        raise OutputError("is no list of what was published", where=where, mend=_MEND) from error
    digests = [*(one.sha256 for one in manifest.files.values()), *manifest.begun.values()]
    if not all(map(is_plain, manifest.names)) or not all(map(_is_digest, digests)):
        raise OutputError("names what narrate never publishes", where=where, mend=_MEND)
    return manifest


def _is_digest(text: str) -> bool:
    return len(text) == 64 and not set(text) - set("0123456789abcdef")  # noqa: PLR2004 - SHA-256
