"""What is installed, told without importing it, and how to install the rest."""

from __future__ import annotations

import importlib.metadata
import importlib.util


def is_installed(module: str) -> bool:
    """Whether a top-level module could be imported."""
    return importlib.util.find_spec(module) is not None


def version_of(package: str) -> str:
    """Version of an installed package; empty when it is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def how_to_install(*packages: str) -> str:
    """What to do for packages that are missing, as a sentence."""
    return f"Run `python -m pip install {' '.join(packages)}`."
