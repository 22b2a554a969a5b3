"""The frames that narrate and its worker processes exchange over pipes.

A frame is two lengths (unsigned 32 bits, big-endian), a header in JSON, and a body of bytes:
the samples of an answer, empty in everything else. Conversation: ``load`` → ``loaded``, then any
number of ``speak`` → ``speech``; either answer may be ``error`` (a failure in words that repeats)
or ``failed`` (an unexpected exception) instead. The end of its input ends the worker.
"""

from __future__ import annotations

import dataclasses
import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from narrate.engines.base import Request
from narrate.errors import EngineCrash, EngineError, NarrateError, ShowError, SpeechFault
from narrate.model import Sound, Voice

_LENGTHS = struct.Struct(">II")
_MAX_HEADER = 4 << 20
_MAX_BODY = 256 << 20

Header = dict[str, Any]

_ERRORS: Mapping[str, type[NarrateError]] = {
    error.__name__: error for error in (EngineError, EngineCrash, SpeechFault, ShowError)
}


class BrokenFrameError(Exception):
    """The other side wrote something that is no frame, or stopped within one."""


def write_frame(stream: BinaryIO, header: Header, body: bytes = b"") -> None:
    """Send one frame.

    Raises:
        OSError: The other side is gone.
    """
    head = json.dumps(header).encode()
    stream.write(_LENGTHS.pack(len(head), len(body)) + head + body)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[Header, bytes] | None:
    """Receive one frame; None when the other side has ended.

    Raises:
        BrokenFrameError: What came is not a frame.
    """
    lengths = stream.read(_LENGTHS.size)
    if not lengths:
        return None
    if len(lengths) < _LENGTHS.size:
        raise BrokenFrameError("a frame without its lengths")
    head_length, body_length = _LENGTHS.unpack(lengths)
    if head_length > _MAX_HEADER or body_length > _MAX_BODY:
        raise BrokenFrameError("a frame of an impossible length")
    head, body = stream.read(head_length), stream.read(body_length)
    if len(head) < head_length or len(body) < body_length:
        raise BrokenFrameError("a frame that stops half-way")
    try:
        header = json.loads(head)
    except ValueError as error:
        raise BrokenFrameError("a header that is not JSON") from error
    if not isinstance(header, dict):
        raise BrokenFrameError("a header that is not an object")
    return header, body


def voice_header(voice: Voice) -> Header:
    """A voice as JSON; its folder is made absolute."""
    return {**dataclasses.asdict(voice), "folder": str(voice.folder.absolute())}


def voice_of(header: Header) -> Voice:
    """The voice that :func:`voice_header` wrote."""
    options = tuple((name, value) for name, value in header["options"])
    return Voice(**{**header, "options": options, "folder": Path(header["folder"])})


def request_header(request: Request) -> Header:
    """A request as JSON."""
    return dataclasses.asdict(request)


def request_of(header: Header) -> Request:
    """The request that :func:`request_header` wrote."""
    sounds = tuple(Sound(**sound) for sound in header["sounds"])
    return Request(**{**header, "sounds": sounds})


def error_header(error: NarrateError) -> Header:
    """A failure in words, as JSON."""
    return {
        "answer": "error",
        "kind": type(error).__name__,
        "what": error.what,
        "where": error.where,
        "mend": error.mend,
    }


def error_of(header: Header) -> NarrateError:
    """The failure that :func:`error_header` wrote; an ``EngineError`` if its kind is unknown."""
    kind = _ERRORS.get(header["kind"], EngineError)
    return kind(header["what"], where=header["where"], mend=header["mend"])
