"""Downloading a model of Coqui's catalogue, by Coqui's own code in a process of its own.

That process can be ended when the network stalls, cannot ask anybody anything, and takes the
memory of torch with it. A model is fetched into a folder beside its final place and moved there
whole, because Coqui takes any folder of the right name for a complete model.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from narrate.engines.base import Progress
from narrate.engines.coqui.model import CatalogueEntry, data_folder, downloaded_files
from narrate.errors import EngineError
from narrate.files import write_failure

START_S = 300.0
"""How long the process may take until it begins: loading torch from a slow disk takes minutes."""

STALL_S = 60.0
"""How long a download may stand still."""

_END = ""
"""Follows the last message of the process."""


@dataclass(frozen=True, slots=True)
class Download:
    """One model to be fetched.

    Attributes:
        catalogue: List of models to be used in place of the installed one.
        terms_accepted: Whether a person has agreed to the model's terms.
        stall_s: Without any byte for so long, the network is given up.
    """

    entry: CatalogueEntry
    catalogue: Path | None = None
    terms_accepted: bool = False
    stall_s: float = STALL_S

    def run(self, progress: Progress) -> None:
        """Fetch the model.

        Raises:
            EngineError: The network, the server or the model's files failed; nothing is left that
                could be taken for a model.
            OutputError: The data folder cannot be written.
        """
        folder = data_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            staging = Path(tempfile.mkdtemp(prefix=".narrate-", dir=folder))
        except OSError as error:
            raise write_failure(folder, error) from error
        try:
            self._fetch(staging, progress)
            if not self.entry.repository:
                self._move(staging / "tts" / self.entry.folder_name)
            if downloaded_files(self.entry) is None:
                raise self._failure("what was downloaded is no model")
        finally:
            shutil.rmtree(staging, ignore_errors=True)

    def _fetch(self, staging: Path, progress: Progress) -> None:
        with self._child(staging) as child:
            for message in self._messages(child):
                if "error" in message:
                    raise self._failure(str(message["error"]))
                done, total = message.get("done", 0), message.get("total", 0)
                progress(self.entry.name, int(str(done)), int(str(total)))
            status = child.wait()
        if status != 0:
            raise self._failure(f"the download ended unexpectedly (status {status})")

    @contextlib.contextmanager
    def _child(self, staging: Path) -> Iterator[subprocess.Popen[str]]:
        arguments = [self.entry.name, str(staging), str(self.catalogue or "")]
        child = subprocess.Popen(  # noqa: S603 - this interpreter, a module of ours
            [sys.executable, "-m", "narrate.engines.coqui.download_child", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env=self._environment(),
        )
        try:
            with child:
                try:
                    yield child
                finally:
                    child.kill()
        finally:
            child.wait()

    def _environment(self) -> Mapping[str, str]:
        environment = {k: v for k, v in os.environ.items() if k != "COQUI_TOS_AGREED"}
        if self.terms_accepted:
            environment["COQUI_TOS_AGREED"] = "1"
        return environment

    def _messages(self, child: subprocess.Popen[str]) -> Iterator[Mapping[str, object]]:
        """What the process reports, until its end; a silence that is too long is an error."""
        lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=_pump, args=(child, lines), daemon=True).start()
        wait = START_S
        while True:
            try:
                line = lines.get(timeout=wait)
            except queue.Empty:
                reason = f"the server has sent nothing for {wait:.0f} seconds"
                raise self._failure(reason) from None
            if line == _END:
                return
            yield json.loads(line)
            wait = self.stall_s

    def _move(self, fetched: Path) -> None:
        target = data_folder() / self.entry.folder_name
        try:
            fetched.replace(target)
        except OSError as error:
            if downloaded_files(self.entry) is not None:
                return  # another process was faster
            if target.exists():
                raise EngineError(
                    "an incomplete download is in the way", where=str(target), mend="Delete it."
                ) from error
            raise write_failure(target, error) from error

    def _failure(self, reason: str) -> EngineError:
        return EngineError(
            f"the model cannot be downloaded: {reason}",
            where=self.entry.name,
            mend="Check the network and run the command again, or choose another voice.",
        )


def _pump(child: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    if child.stdout is not None:
        with contextlib.suppress(ValueError, OSError):
            for line in child.stdout:
                lines.put(line)
    lines.put(_END)
