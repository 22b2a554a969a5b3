"""The manifest at a destination while a run writes it, and whether somebody else does."""

from __future__ import annotations

from collections.abc import Mapping

from narrate.errors import OutputError
from narrate.publish.connection import Connection
from narrate.publish.manifest import MOST_BYTES, NAME, Manifest, parse_manifest, render_manifest


class Rival(OutputError):  # noqa: N818 - as people say it
    """Somebody else publishes to the same place."""


class Note:
    """The manifest at the destination, as long as nobody else writes it.

    Args:
        where: Names the destination.
        raw: What it held when it was read; ``None`` where there was none.
    """

    def __init__(self, remote: Connection, where: str, raw: bytes | None) -> None:
        self._remote, self._where = remote, where
        # Two of them after a write of which nobody knows whether it arrived.
        self._ours: set[bytes | None] = {raw}

    def check(self) -> None:
        """Refuse to go on where another publishes: feeds of one would name files of the other.

        Raises:
            Rival: The manifest is none of ours.
        """
        if self._remote.do(lambda one: one.read(NAME, MOST_BYTES)) not in self._ours:
            raise Rival(
                "somebody else publishes there at this moment",
                where=self._where,
                mend="Wait until that ends, then publish again.",
            )

    def disown(self, copied: Mapping[str, str]) -> None:
        """Have the other's manifest not vouch for files that were replaced under it.

        Args:
            copied: Name → SHA-256 of what was put there meanwhile.
        """
        raw = self._remote.now.read(NAME, MOST_BYTES)
        if raw is None:
            return
        theirs = parse_manifest(raw, self._where)
        files = {
            name: one
            for name, one in theirs.files.items()
            if copied.get(name, one.sha256) == one.sha256
        }
        begun = {name: sha256 for name, sha256 in copied.items() if name not in files}
        mended = Manifest(theirs.show, files, {**theirs.begun, **begun})
        if mended != theirs:
            self._remote.now.write(NAME, render_manifest(mended))

    def write(self, content: bytes) -> None:
        """Replace it, unless it is that already."""
        if self._ours == {content}:
            return
        self.check()
        self._ours.add(content)
        self._remote.do(lambda one: one.write(NAME, content))
        self._ours = {content}
