"""The page on licences keeps up with the packages and the voices."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REQUIREMENTS = [
    *PROJECT["dependencies"],
    *(one for extra in PROJECT["optional-dependencies"].values() for one in extra),
]


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_the_licence_of_every_package_is_named(requirement: str) -> None:
    found = re.match(r"[\w.-]+", requirement)
    assert found
    name = re.escape(found[0])
    words = " ".join(PAGE.split())
    assert re.search(rf"(?<![\w-]){name}(?: \([^)]*\))? [|(]", words)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "voices").glob("*.toml")), ids=lambda path: path.stem
)
def test_the_licence_of_every_voice_is_named(path: Path) -> None:
    voice = tomllib.loads(path.read_text(encoding="utf-8"))
    (row,) = (line for line in PAGE.splitlines() if re.match(rf"\|.*`{path.stem}`.*\|", line))
    assert voice["licence"] in row


def test_the_licence_is_the_one_that_the_package_declares() -> None:
    assert PROJECT["license"] == "MPL-2.0"
    first_line = (ROOT / "LICENSE").read_text(encoding="utf-8").splitlines()[0]
    assert first_line == "Mozilla Public License Version 2.0"
