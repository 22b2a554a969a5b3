"""The key in the address of a show that is open to the network: it lasts, as subscriptions do."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from pathlib import Path

_FILE = "serve-key"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{12,64}")
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Easily typed on a phone, and none taken for another."""

_LENGTH = 14
"""Of 69 bits."""


def show_token(cache: Path) -> str:
    """The key of a show, made and kept when it is first asked for.

    Where it cannot be kept, another one is made next time.

    Args:
        cache: The show's ``.narrate`` folder.
    """
    path = cache / _FILE
    with contextlib.suppress(OSError, ValueError):
        known = path.read_text(encoding="ascii").strip()
        if _TOKEN.fullmatch(known):
            return known
    fresh = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    with contextlib.suppress(OSError):
        cache.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(f"{fresh}\n")
    return fresh
