"""What XTTS makes of a recording, worked out once and kept for every worker and every show."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.engines.user_cache import cache_folder, locked
from narrate.errors import OutputError
from narrate.files import replacing
from narrate.model import digest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REVISION = 1
"""To be raised when narrate makes other latents of the same recording and model."""

_MOST_BYTES = 16 << 20
_DIMENSIONS = 3
_DAMAGE = (OSError, EOFError, ValueError, LookupError, zipfile.BadZipFile, zlib.error)


@dataclass(frozen=True, slots=True, eq=False)
class Conditioning:
    """A speaker as XTTS knows one.

    Attributes:
        latents: For the language model, 1 × latents × width.
        embedding: For the vocoder, 1 × 512 × 1.
    """

    latents: NDArray[np.float32]
    embedding: NDArray[np.float32]


def remembered(marks: Mapping[str, str], compute: Callable[[], Conditioning]) -> Conditioning:
    """The conditioning with these marks, from the user's cache or else computed and put there.

    Of several processes that want the same at once one computes, the others wait for it. Where the
    cache cannot be used, each computes its own.

    Args:
        marks: Digests and versions of everything that the result depends on.
    """
    try:
        path = kept_at(marks)
    except OutputError:
        return compute()
    if known := _read(path):
        return known
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OutputError):
            stack.enter_context(locked(path))
        return _read(path) or _computed(path, compute)


def _computed(path: Path, compute: Callable[[], Conditioning]) -> Conditioning:
    conditioning = compute()
    with contextlib.suppress(OutputError):
        _write(path, conditioning)
    return conditioning


def kept_at(marks: Mapping[str, str]) -> Path:
    """The file of a conditioning.

    Raises:
        OutputError: The user has no home folder.
    """
    name = digest({**marks, "revision": REVISION})
    return cache_folder() / "xtts" / f"{name}.npz"


def _read(path: Path) -> Conditioning | None:
    """What a file holds, or ``None`` where it is missing or damaged."""
    import numpy as np  # noqa: PLC0415

    try:
        if path.stat().st_size > _MOST_BYTES:
            return None
        with np.load(path, allow_pickle=False) as stored:
            found = Conditioning(stored["latents"], stored["embedding"])
    except _DAMAGE:
        return None
    return found if _is_sound(found.latents) and _is_sound(found.embedding) else None


def _is_sound(values: NDArray[np.float32]) -> bool:
    import numpy as np  # noqa: PLC0415

    if values.dtype != np.float32 or values.ndim != _DIMENSIONS:
        return False
    return bool(np.isfinite(values).all())


def _write(path: Path, conditioning: Conditioning) -> None:
    import numpy as np  # noqa: PLC0415

    with replacing(path) as temporary, temporary.open("wb") as stream:
        np.savez(stream, latents=conditioning.latents, embedding=conditioning.embedding)
