"""Work that takes torch or files from anywhere, done in a process of its own.

The process is started with the name of a module of this package and a request in JSON; it calls the
module's ``work`` and writes one JSON object to standard output: ``result``, a failure in words as
workers send it, or ``failed`` with what nobody foresaw.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from typing import IO, Any

from narrate.engines import wire
from narrate.engines.coqui.imports import brief
from narrate.engines.interpreter import TAIL_BYTES, command, fate, lacks_memory, last_words
from narrate.errors import NarrateError

_SPARE = "Close other programs and run the command again."


class ChildError(Exception):
    """The process gave no answer, or failed as nobody foresaw; the message is a clause.

    Attributes:
        mend: A sentence, where something is known to help.
    """

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(what)
        self.mend = mend


def ask(module: str, request: Mapping[str, object], deadline_s: float) -> Any:
    """What ``work`` of a module of this package returns for a request.

    Raises:
        NarrateError: It refused, in words.
        ChildError: It took too long, crashed, or failed otherwise.
    """
    with tempfile.TemporaryFile() as said:
        try:
            child = subprocess.run(  # noqa: S603 - this interpreter, a module of ours
                command(__name__, module, json.dumps(request)),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=said,
                timeout=deadline_s,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ChildError(f"it took longer than {deadline_s:.0f} s") from None
        try:
            answer = json.loads(child.stdout)
        except ValueError:
            raise _without_answer(child.returncode, _tail(said)) from None
    if "result" in answer:
        return answer["result"]
    if answer["answer"] == "error":
        raise wire.error_of(answer)
    if answer["answer"] == "starved":
        raise ChildError("it needs more memory than there is", _SPARE)
    raise ChildError(answer["what"])


def main() -> int:
    """Answer the request of the command line; 0 when there is a result."""
    module, request = sys.argv[1:]
    answers = os.dup(1)
    os.dup2(2, 1)  # libraries print there
    answer: wire.Header
    try:
        work = importlib.import_module(f"{__package__}.{module}").work
        answer = {"result": work(json.loads(request))}
    except NarrateError as error:
        answer = wire.error_header(error)
    except Exception as error:  # noqa: BLE001 - torch, Coqui and the files may raise anything
        what = f"{type(error).__name__}: {brief(error)}"
        answer = {"answer": "starved" if lacks_memory(error) else "failed", "what": what}
    with os.fdopen(answers, "w", encoding="utf-8") as stream:
        stream.write(json.dumps(answer))
    return 0 if "result" in answer else 1


def _tail(said: IO[bytes]) -> str:
    said.seek(max(0, said.seek(0, os.SEEK_END) - TAIL_BYTES))
    return last_words(said.read())


def _without_answer(status: int, words: str) -> ChildError:
    reason = f"its process {fate(status)}"
    return ChildError(f"{reason}: {words}" if words else reason, _SPARE if status < 0 else "")
