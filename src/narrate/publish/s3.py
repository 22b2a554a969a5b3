"""Storage that speaks S3, by s3fs: a file is put there whole or not at all."""

from __future__ import annotations

import contextlib
import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from botocore.exceptions import (  # type: ignore[import-untyped]
    BotoCoreError,
    HTTPClientError,
    NoCredentialsError,
    PartialCredentialsError,
)
from botocore.exceptions import ConnectionError as NoEndpoint
from fsspec.asyn import FSTimeoutError, sync  # type: ignore[import-untyped]
from fsspec.callbacks import Callback  # type: ignore[import-untyped]
from s3fs import S3FileSystem  # type: ignore[import-untyped]

from narrate.errors import OutputError
from narrate.media_types import content_type, is_text, media_type
from narrate.model import Destination
from narrate.publish import credentials
from narrate.publish.remote import Lost, Remote, Stored, Told

_PART = 8 << 20
_PARTS_AT_ONCE = 2
"""s3fs would hold ten parts of 50 MiB in memory."""

_FRESH_S, _SETTLED_S = 300, 3_600


class _Counting(Callback):  # type: ignore[misc]
    def __init__(self, told: Told) -> None:
        super().__init__()
        self._told = told

    def call(self, *_: object, **__: object) -> None:
        self._told(self.value)


class Bucket(Remote):
    """A bucket, or what has a common beginning there."""

    def __init__(self, place: Destination) -> None:
        self._place = place
        self._root = f"{place.host}/{place.path}".rstrip("/")
        key, secret = credentials.amazon_keys(place)
        config: dict[str, Any] = {"connect_timeout": 30, "read_timeout": 60}
        if place.endpoint:
            # Other makers' servers know no newer checksums, nor names of buckets as hosts.
            config |= {
                "request_checksum_calculation": "when_required",
                "response_checksum_validation": "when_required",
                "s3": {"addressing_style": "path"},
            }
        self._system = S3FileSystem(
            key=key or None,
            secret=secret or None,
            endpoint_url=place.endpoint or None,
            client_kwargs={"region_name": place.region} if place.region else {},
            config_kwargs=config,
            use_listings_cache=False,
            skip_instance_cache=True,
        )

    def prepare(self) -> None:
        """Nothing to do: a bucket has no folders."""

    def listing(self) -> Mapping[str, Stored]:
        """Everything there."""
        with self._told(""):
            try:
                found = self._system.ls(self._root, detail=True, refresh=True)
            except FileNotFoundError as error:
                if error.errno:  # the server's word; s3fs's own for an empty folder has no number
                    raise self._no_bucket() from error
                return {}
        return {
            posixpath.basename(one["name"].rstrip("/")): Stored.listed(one, _etag(one))
            for one in found
        }

    def read(self, name: str, most: int) -> bytes | None:
        """A file's content."""
        with self._told(name), contextlib.suppress(FileNotFoundError):
            if self._system.info(self._at(name), refresh=True)["size"] > most:
                return b"\0" * (most + 1)
            content: bytes = self._system.cat_file(self._at(name))
            return content
        return None

    def put(self, source: Path, name: str, part: str, told: Told) -> Stored:
        """Send a file; the server shows it once it is complete."""
        del part
        with self._told(name):
            try:
                self._system.put_file(
                    str(source),
                    self._at(name),
                    callback=_Counting(told),
                    chunksize=_PART,
                    max_concurrency=_PARTS_AT_ONCE,
                    ContentType=content_type(media_type(name)),
                    CacheControl=_cache_control(name),
                )
                found = self._system.info(self._at(name), refresh=True)
            except FileNotFoundError as error:
                raise self._no_bucket() from error
        if found["size"] != source.stat().st_size:
            raise OutputError(
                "arrived with another length than it has here", where=self._name(name)
            )
        return Stored(found["size"], _etag(found))

    def write(self, name: str, content: bytes) -> None:
        """Put a small file there."""
        with self._told(name):
            try:
                self._system.pipe_file(
                    self._at(name),
                    content,
                    ContentType=content_type(media_type(name)),
                    CacheControl="no-cache",
                )
            except FileNotFoundError as error:
                raise self._no_bucket() from error

    def remove(self, name: str) -> None:
        """Take a file away."""
        with self._told(name), contextlib.suppress(FileNotFoundError):
            self._system.rm_file(self._at(name))

    def close(self) -> None:
        """Close what is open."""
        creator = getattr(self._system, "_s3creator", None)
        with contextlib.suppress(Exception):
            if creator is not None:
                sync(self._system.loop, creator.__aexit__, None, None, None, timeout=5)

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _name(self, name: str) -> str:
        return f"{str(self._place).rstrip('/')}/{name}" if name else str(self._place)

    def _no_bucket(self) -> OutputError:
        mend = "Make the bucket first, or check its name, `endpoint` and `region`."
        return OutputError("there is no such bucket", where=str(self._place), mend=mend)

    @contextlib.contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """Failures in words."""
        where = self._name(name)
        try:
            yield
        except OutputError:
            raise
        except (NoCredentialsError, PartialCredentialsError) as error:
            raise OutputError(
                "no key is known", where=where, mend=_how_to_give(self._place)
            ) from error
        except PermissionError as error:
            mend = f"Check the key and what it may do with this bucket. {_how_to_give(self._place)}"
            raise OutputError(
                f"access is denied: {_reason(error)}", where=where, mend=mend
            ) from error
        except (
            HTTPClientError,
            NoEndpoint,
            ConnectionError,
            TimeoutError,
            FSTimeoutError,
        ) as error:
            raise Lost(f"the connection broke: {_reason(error)}", where=where) from error
        except (BotoCoreError, OSError, ValueError) as error:
            mend = "Check `endpoint` and `region`, and what the key may do."
            raise OutputError(f"refused: {_reason(error)}", where=where, mend=mend) from error


def _cache_control(name: str) -> str:
    """How long caches may keep a file: any may change under its name, text more often."""
    seconds = _FRESH_S if is_text(media_type(name)) else _SETTLED_S
    return f"public, max-age={seconds}"


def _etag(found: Mapping[str, Any]) -> str:
    return str(found.get("ETag", "")).strip('"')


def _how_to_give(place: Destination) -> str:
    return (
        "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or keep them as KEY:SECRET: "
        f"`keyring set {credentials.SERVICE} {credentials.account(place)}`."
    )


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split()).rstrip(".")[:200] or type(error).__name__
