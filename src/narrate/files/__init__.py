"""Files: read with a word for every failure, written whole or not at all."""

from __future__ import annotations

from narrate.files.locking import held
from narrate.files.reading import is_inside, parse_toml, read_bytes, read_failure, sha256_of
from narrate.files.schemas import (
    UPDATE,
    UPDATE_OR_DELETE_CACHE,
    Migration,
    keep_older,
    migrate,
    write_with_schema,
)
from narrate.files.sealed import seal, unseal
from narrate.files.staging import Staging, sweep
from narrate.files.typed import typed
from narrate.files.writing import (
    replacing,
    replacing_folder,
    sync_files,
    sync_folder,
    write_atomically,
    write_failure,
    write_if_changed,
)

__all__ = [
    "UPDATE",
    "UPDATE_OR_DELETE_CACHE",
    "Migration",
    "Staging",
    "held",
    "is_inside",
    "keep_older",
    "migrate",
    "parse_toml",
    "read_bytes",
    "read_failure",
    "replacing",
    "replacing_folder",
    "seal",
    "sha256_of",
    "sweep",
    "sync_files",
    "sync_folder",
    "typed",
    "unseal",
    "write_atomically",
    "write_failure",
    "write_if_changed",
    "write_with_schema",
]
