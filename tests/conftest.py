"""What every test can count on: a quiet environment, and nothing left out unseen."""

from __future__ import annotations

import os
import shutil

import pytest

STEERING = ("NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH")
"""Variables of the person who runs the tests that would change what narrate prints or writes."""


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs_program"):
        name = mark.args[0]
        if shutil.which(name):
            continue
        message = f"needs the program {name}, which is not installed"
        if os.environ.get("CI"):
            pytest.fail(message, pytrace=False)
        pytest.skip(message)


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name in STEERING or name.startswith("NARRATE_"):
            monkeypatch.delenv(name)
