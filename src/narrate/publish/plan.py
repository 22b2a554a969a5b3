"""What a destination lacks, by what is here, what is there, and what narrate put there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from narrate.errors import OutputError
from narrate.publish.local import LocalFile
from narrate.publish.manifest import Copied, Manifest
from narrate.publish.remote import Stored

_MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to copy.

    Attributes:
        is_new: No file of this name is there.
    """

    file: LocalFile
    sha256: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do at a destination.

    Attributes:
        uploads: In this order.
        settled: Name → what is there already as it should be.
        gone: Names of what narrate put there and the output folder has no more; without what
            something else has changed there since.
        abandoned: SHA-256 of contents of which a part may be there that nobody needs.
    """

    uploads: tuple[Upload, ...]
    settled: Mapping[str, Copied]
    gone: tuple[str, ...]
    abandoned: tuple[str, ...]


def make_plan(
    files: Mapping[LocalFile, str],
    manifest: Manifest,
    there: Mapping[str, Stored],
    *,
    take_over: bool,
    where: str,
) -> Plan:
    """Compare.

    Args:
        files: In their order, with their SHA-256.
        take_over: Replace files that something else put there.
        where: Names the destination.

    Raises:
        OutputError: A file would replace one that narrate did not put there.
    """
    strange = [
        file.name for file in files if file.name in there and file.name not in manifest.names
    ]
    if strange and not take_over:
        more = f" and {len(strange) - _MOST_NAMES} more" if len(strange) > _MOST_NAMES else ""
        names = ", ".join(f"“{name}”" for name in strange[:_MOST_NAMES])
        raise OutputError(
            f"holds files that narrate did not put there: {names}{more}",
            where=where,
            mend="Publish to another folder, or replace them: `narrate publish --take-over`.",
        )
    settled = {
        file.name: manifest.files[file.name]
        for file, sha256 in files.items()
        if _is_settled(manifest.files.get(file.name), sha256, there.get(file.name))
    }
    uploads = tuple(
        Upload(file, sha256, file.name not in there)
        for file, sha256 in files.items()
        if file.name not in settled
    )
    here = {file.name for file in files}
    coming = {upload.sha256 for upload in uploads}
    return Plan(
        uploads,
        settled,
        tuple(
            sorted(
                name
                for name in manifest.names & there.keys() - here
                if name in manifest.begun or _is_untouched(manifest.files[name], there[name])
            )
        ),
        tuple(sorted(set(manifest.begun.values()) - coming)),
    )


def _is_settled(copied: Copied | None, sha256: str, found: Stored | None) -> bool:
    """Whether a file is there with this content, as far as the destination can say."""
    return (
        copied is not None
        and found is not None
        and copied.sha256 == sha256
        and _is_untouched(copied, found)
    )


def _is_untouched(copied: Copied, found: Stored) -> bool:
    return copied.bytes == found.bytes and (not copied.etag or copied.etag == found.etag)
