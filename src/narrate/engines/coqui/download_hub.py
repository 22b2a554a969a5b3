"""A model in a repository of the Hugging Face hub, fetched into the hub's own cache.

The hub's client fetches a file anew when a process ends half-way, and compares its length only. So
the files are fetched here, each under the digest that the hub announces for it and checked
against it; the client then finds all of them in its cache and does the rest, as it does for Coqui.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from narrate.engines.coqui.download_archive import git_digest, is_settings
from narrate.engines.coqui.download_http import AGAIN, Patience, Transfer, require_room
from narrate.engines.coqui.model import CatalogueEntry, downloaded_files, hub_folder
from narrate.errors import EngineError
from narrate.files import sha256_of, write_failure

_SHA256 = re.compile(r"[0-9a-f]{64}")
_GIT_SHA1 = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class HubFile:
    """One file of a repository.

    Attributes:
        digest: The hub's name of its content: SHA-256 of a large file, git's digest of others.
        size: In bytes.
    """

    url: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class HubModel:
    """A model of the hub and its place in the hub's cache."""

    entry: CatalogueEntry
    patience: Patience

    @property
    def host(self) -> str:
        """Where it comes from."""
        from huggingface_hub import constants  # noqa: PLC0415

        return urlsplit(constants.ENDPOINT).hostname or constants.ENDPOINT

    def fetch(self, progress: Callable[[int, int], None]) -> str:
        """Fetch what is missing; what was fetched, in words.

        Raises:
            EngineError: The hub or the network failed; what has come is gone on with.
            OutputError: The cache cannot be written.
        """
        files, headers = self._listing()
        blobs = hub_folder(self.entry) / "blobs"
        try:
            blobs.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise write_failure(blobs, error) from error
        size = sum(file.size for file in files)
        missing = [file for file in files if not (blobs / file.digest).is_file()]
        parts = [_part(blobs, file) for file in missing]
        here = sum(part.stat().st_size for part in parts if part.is_file())
        require_room(blobs, sum(file.size for file in missing) - here)
        done = size - sum(file.size for file in missing)
        for file in missing:
            self._fetch_file(blobs, file, headers, _shifted(progress, done, size))
            done += file.size
        self._link()
        return f"{len(files)} files, each with the checksum that the hub gives"

    def damage(self) -> tuple[str, ...] | None:
        """Names of files that are no longer what their digest says; ``None`` if none was given."""
        files = downloaded_files(self.entry)
        if files is None:
            return ()
        blobs = (hub_folder(self.entry) / "blobs").resolve()
        paths = [path for path in files.folder.rglob("*") if path.is_file() or path.is_symlink()]
        checked = [path for path in paths if path.resolve().parent == blobs]
        damaged = [path.name for path in checked if not _is_intact(path.resolve())]
        if not damaged and not self._is_complete():
            return ("a file is missing",)
        return tuple(sorted(damaged)) if checked else None

    def discard(self) -> None:
        """Take away what is damaged, so that nothing takes it for whole."""
        files = downloaded_files(self.entry)
        if files is None:
            return
        for path in [p for p in files.folder.rglob("*") if p.is_file() or p.is_symlink()]:
            blob = path.resolve()
            if not _is_intact(blob):
                blob.unlink(missing_ok=True)
                path.unlink(missing_ok=True)

    def note(self) -> str:
        """What to say of files that do not bear their checksums as names."""
        return "is here; nothing tells whether its files are whole"

    @property
    def _patterns(self) -> dict[str, Any]:
        """Which files are wanted, as the hub's client takes it."""
        wanted = {"allow_patterns": self.entry.allow, "ignore_patterns": self.entry.ignore}
        return {name: list(value) for name, value in wanted.items() if value is not None}

    def _listing(self) -> tuple[list[HubFile], Mapping[str, str]]:
        """The files that Coqui wants, and what each request must carry."""
        import huggingface_hub as hub  # noqa: PLC0415
        from huggingface_hub.utils import (  # type: ignore[attr-defined]  # noqa: PLC0415
            build_hf_headers,
            filter_repo_objects,
        )

        repository = self.entry.repository
        try:
            info = hub.HfApi().model_info(
                repository, files_metadata=True, timeout=self.patience.stall_s
            )
            wanted = filter_repo_objects(
                info.siblings or [],
                **self._patterns,
                key=lambda item: item.rfilename,
            )
            files = [
                HubFile(
                    url=hub.hf_hub_url(repository, item.rfilename, revision=info.sha),
                    digest=str(item.lfs.sha256 if item.lfs else item.blob_id),
                    size=int(item.size or 0),
                )
                for item in wanted
            ]
        except Exception as error:
            raise self._failure(error) from error
        if not files or not all(_form(file.digest).fullmatch(file.digest) for file in files):
            raise EngineError("the hub's list of files makes no sense", where=self.entry.name)
        return files, {k: v for k, v in build_hf_headers().items() if k == "authorization"}

    def _fetch_file(
        self,
        blobs: Path,
        file: HubFile,
        headers: Mapping[str, str],
        progress: Callable[[int, int], None],
    ) -> None:
        transfer = Transfer(
            name=self.entry.name,
            url=file.url,
            part=_part(blobs, file),
            patience=self.patience,
            headers=headers,
            identity=file.digest,
        )
        transfer.run(progress)
        if not _has_digest(transfer.part, file.digest):
            transfer.discard()
            raise transfer.failure("a file has another checksum than the hub gives for it")
        transfer.keep(blobs / file.digest)

    def _link(self) -> None:
        """Let the hub's client make a snapshot of the files, as Coqui would."""
        import huggingface_hub as hub  # noqa: PLC0415
        from huggingface_hub.utils import (  # type: ignore[attr-defined]  # noqa: PLC0415
            disable_progress_bars,
        )

        logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
        disable_progress_bars()
        try:
            hub.snapshot_download(self.entry.repository, **self._patterns)
        except Exception as error:
            raise self._failure(error) from error

    def _is_complete(self) -> bool:
        """Whether the hub's client finds in its cache all that it once listed."""
        import huggingface_hub as hub  # noqa: PLC0415

        try:
            hub.snapshot_download(self.entry.repository, local_files_only=True, **self._patterns)
        except (OSError, ValueError):
            return False
        return True

    def _failure(self, error: Exception) -> EngineError:
        """What to tell a person about a failure of the hub's client."""
        from huggingface_hub import errors  # noqa: PLC0415

        status = getattr(getattr(error, "response", None), "status_code", None)
        if isinstance(error, errors.OfflineModeIsEnabled):
            reason, mend = "HF_HUB_OFFLINE forbids it", "Unset it and run the command again."
        elif status:
            reason, mend = f"the hub answers {status}", "Try again later, or choose another voice."
        else:
            reason, mend = "the hub cannot be reached", AGAIN
        return EngineError(
            f"the model cannot be fetched: {reason}", where=self.entry.name, mend=mend
        )


def _shifted(
    progress: Callable[[int, int], None], before: int, size: int
) -> Callable[[int, int], None]:
    """Progress of one file as progress of all: ``before`` bytes of ``size`` were there."""
    return lambda done, _: progress(before + done, size)


def _part(blobs: Path, file: HubFile) -> Path:
    return blobs / f"{file.digest}.narrate.incomplete"


def _form(digest: str) -> re.Pattern[str]:
    return _SHA256 if len(digest) > len("0" * 40) else _GIT_SHA1


def _has_digest(path: Path, digest: str) -> bool:
    return digest == (sha256_of(path) if _SHA256.fullmatch(digest) else git_digest(path))


def _is_intact(blob: Path) -> bool:
    """Whether a file of the cache is still what its name says."""
    if not blob.is_file():
        return False
    if _GIT_SHA1.fullmatch(blob.name):
        return git_digest(blob) == blob.name or is_settings(blob)
    return not _SHA256.fullmatch(blob.name) or sha256_of(blob) == blob.name
