"""The process that downloads: ``python -m narrate.engines.coqui.download_child NAME FOLDER LIST``.

It writes one JSON object a line to standard output: ``done`` and ``total`` in bytes as the download
goes on, or ``error`` in words.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from narrate.engines.coqui.imports import brief, import_coqui
from narrate.errors import EngineError

_INTERVAL_S = 0.2


class Reporter:
    """Writes messages, not more often than is useful."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._last = 0.0

    def bytes_done(self, done: int, total: int) -> None:
        """Say how far the download is; most calls are passed over."""
        now = time.monotonic()
        if now - self._last >= _INTERVAL_S or done == total:
            self._last = now
            self.send({"done": done, "total": total})

    def send(self, message: Mapping[str, int | str]) -> None:
        """Write one message."""
        self._stream.write(json.dumps(message) + "\n")
        self._stream.flush()


def main(arguments: list[str]) -> int:
    """Download one model; 0 when it is there."""
    name, folder, catalogue = arguments
    report = Reporter(_take_stdout())
    try:
        import_coqui()
        report.send({"done": 0, "total": 0})
        fetch(name, Path(folder), catalogue or None, report)
    except EngineError as error:
        report.send({"error": error.what})
        return 1
    except Exception as error:  # noqa: BLE001 - a network library may raise anything
        report.send({"error": reason_of(error)})
        return 1
    return 0


def _take_stdout() -> TextIO:
    """Keep standard output for messages: libraries print there."""
    stream = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return stream


def fetch(name: str, folder: Path, catalogue: str | None, report: Reporter) -> None:
    """Let Coqui download a model into ``folder``; raises whatever Coqui raises."""
    from TTS.utils import manage  # type: ignore[import-untyped]  # noqa: PLC0415

    class Bar:
        """Takes the place of the bar that Coqui draws while it downloads a file."""

        def __init__(self, total: int, **_: object) -> None:
            self._total, self._done = total, 0

        def __enter__(self) -> Bar:  # noqa: PYI034 - Python 3.10 has no Self
            return self

        def __exit__(self, *_: object) -> None:
            report.bytes_done(self._done, self._total)

        def update(self, count: int) -> None:
            self._done += count
            report.bytes_done(self._done, self._total)

    manage.tqdm = Bar
    manager = manage.ModelManager(models_file=catalogue, output_prefix=folder, progress_bar=True)
    _, dataset_lang, dataset, model = name.split("/")
    item = manager.models_dict["tts_models"][dataset_lang][dataset][model]
    if repository := item.get("repo_id"):
        _watch_hub(repository, report)
    manager.download_model(name)


def _watch_hub(repository: str, report: Reporter) -> None:
    """Report the growth of the hub's cache: Coqui gives no other sight of these downloads."""
    from huggingface_hub.constants import HF_HUB_CACHE  # noqa: PLC0415

    blobs = Path(HF_HUB_CACHE) / f"models--{repository.replace('/', '--')}" / "blobs"

    def watch() -> None:
        seen = -1
        while True:
            done = _size(blobs)
            if done != seen:
                report.bytes_done(done, 0)
                seen = done
            time.sleep(1)

    threading.Thread(target=watch, daemon=True).start()


def _size(folder: Path) -> int:
    """Bytes on the disk: files that are still being fetched may be long and empty."""
    try:
        return sum(path.stat().st_blocks * 512 for path in folder.glob("*"))
    except FileNotFoundError:
        return 0  # a file was renamed in this moment


def reason_of(error: Exception) -> str:
    """What went wrong, in words for a person."""
    import requests  # noqa: PLC0415 - comes with Coqui

    network = requests.exceptions
    reasons: tuple[tuple[type[Exception], str], ...] = (
        (EOFError, "its terms have not been accepted"),
        (zipfile.BadZipFile, "the server sent something that is no model"),
        (network.ChunkedEncodingError, "the connection broke off"),
        (network.SSLError, "the server's certificate is not trusted"),
        (network.Timeout, "the server cannot be reached"),
        (network.ConnectionError, "the server cannot be reached"),
    )
    for kind, reason in reasons:
        if isinstance(error, kind):
            return reason
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return f"{type(error).__name__}: {brief(error)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
