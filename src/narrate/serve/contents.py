"""What an answer is made of: a file as it lies there, or a text as this server tells it."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from narrate.serve.conditions import Validators, settled
from narrate.serve.paths import OpenFile

_BLOCK = 1 << 20
_DIGESTS = 10_000
_LARGEST_TEXT = 64 << 20
"""A text above it goes out as it lies there."""

_KEPT = 64 << 20
"""Bytes of texts that are kept ready, all together."""

_WORTH_PACKING = 500


class Content(Protocol):
    """Bytes to be sent, all or a part."""

    @property
    def size(self) -> int:
        """In bytes."""

    @property
    def validators(self) -> Validators:
        """What tells these bytes from others."""

    async def read(self, first: int, end: int) -> bytes:
        """Some of the bytes, at most up to ``end``; none where they are no longer as promised."""

    def close(self) -> None:
        """Give back what is held."""


class FileContent:
    """A file, read as it is sent."""

    def __init__(self, file: OpenFile, digest: str) -> None:
        self._file = file
        self.size = file.stat.st_size
        self.validators = Validators(f'"{digest}"', settled(file.stat.st_mtime))

    async def read(self, first: int, end: int) -> bytes:
        """A part of the file, off the loop: a disk may take its time."""
        return await asyncio.to_thread(self._read, first, end - first)

    def _read(self, first: int, count: int) -> bytes:
        if self._file.has_changed():
            return b""
        self._file.stream.seek(first)
        return self._file.stream.read(count)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class TextContent:
    """A text in memory, which all who ask for it share.

    Attributes:
        encoding: How it is packed; empty for not.
    """

    body: bytes
    validators: Validators
    encoding: str = ""

    @property
    def size(self) -> int:
        """In bytes, as packed."""
        return len(self.body)

    async def read(self, first: int, end: int) -> bytes:
        """A part of it."""
        return self.body[first:end]

    def close(self) -> None:
        """Nothing is held."""


class Digests:
    """SHA-256 of files, each worked out once as long as it does not change."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[int, ...], str] = OrderedDict()
        self._working: dict[tuple[int, ...], asyncio.Lock] = {}
        self._few = asyncio.Semaphore(2)

    async def of(self, file: OpenFile) -> str:
        """The digest of an open file, in hexadecimal."""
        identity = file.identity
        lock = self._working.setdefault(identity, asyncio.Lock())
        try:
            async with lock:
                found = self._known.get(identity)
                if found is None:
                    async with self._few:
                        found = await asyncio.to_thread(_digest, file)
                    if not file.has_changed():
                        self._known[identity] = found
                        if len(self._known) > _DIGESTS:
                            self._known.popitem(last=False)
        finally:
            self._working.pop(identity, None)
        return found


def _digest(file: OpenFile) -> str:
    state = hashlib.sha256()
    file.stream.seek(0)
    while block := file.stream.read(_BLOCK):
        state.update(block)
    return state.hexdigest()


class Texts:
    """Texts as they are told, kept for whoever asks next."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], TextContent] = OrderedDict()
        self._bytes = 0
        self._lock = asyncio.Lock()

    async def tell(
        self, file: OpenFile, base: str, rebase: Callable[[bytes], bytes] | None, *, packed: bool
    ) -> TextContent | None:
        """A text file as it is told; ``None`` for one too large to be held.

        Args:
            base: Address it is told under; empty where that makes no difference.
            rebase: Puts that address into it.
            packed: The client takes gzip.
        """
        if file.stat.st_size > _LARGEST_TEXT:
            return None
        place = (file.identity, base if rebase else "", packed)
        async with self._lock:
            if place not in self._kept:
                told = await asyncio.to_thread(_told, file, rebase, packed=packed)
                if file.has_changed():
                    return told
                self._kept[place] = told
                self._bytes += told.size
            self._kept.move_to_end(place)
            found = self._kept[place]
            while self._bytes > _KEPT and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1].size
        return found


def _told(file: OpenFile, rebase: Callable[[bytes], bytes] | None, *, packed: bool) -> TextContent:
    file.stream.seek(0)
    body = file.stream.read()
    if rebase is not None:
        body = rebase(body)
    tag = hashlib.sha256(body).hexdigest()
    modified = settled(file.stat.st_mtime)
    if packed and len(body) >= _WORTH_PACKING:
        # Other bytes have another tag, or a client might join halves of both.
        small = gzip.compress(body, 6, mtime=0)
        return TextContent(small, Validators(f'"{tag}-gzip"', modified), "gzip")
    return TextContent(body, Validators(f'"{tag}"', modified))
