"""What every test can count on: a quiet environment, and nothing left out unseen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coqui_checkpoints import TinyModel, build_vits
from narrate.engines import user_cache
from narrate.model import Voice
from narrate.project import load_show
from shows import (
    ENGLISH,
    EPOCH,
    GERMAN,
    Outcome,
    make_pair,
    narrate,
    narrate_process,
    write_article,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests never see the user's cache, and share one of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(user_cache.VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        steers = name in STEERING or name.startswith("NARRATE_")
        if steers and name != user_cache.VARIABLE:
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def tiny_german(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny German VITS checkpoint; copies of it share one export."""
    folder = tmp_path_factory.mktemp("tiny") / "german"
    build_vits(folder, TinyModel("de"))
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pair of articles in sines, built once: to look at, never to change."""
    show = make_pair(tmp_path_factory.mktemp("built"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        outcome = narrate(show, "build")
    assert outcome.code == 0, outcome
    return show


@pytest.fixture
def show(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, to change, at the second when it was built."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    return Path(shutil.copytree(built, tmp_path / "show"))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser; it ends with its module, as no other event loop runs while it does."""
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415

    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--mute-audio"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def example_show(own_cache: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """The show that this repository is, with short articles, and what its first build said.

    Whoever asks first waits half a minute for it.
    """
    del own_cache  # used for what is worked out once
    show = tmp_path_factory.mktemp("example") / "show"
    (show / "voices").mkdir(parents=True)
    repository = Path(__file__).parents[1]
    shutil.copy(repository / "narrate.toml", show)
    for voice in (repository / "voices").glob("*.toml"):
        shutil.copy(voice, show / "voices")
    write_article(show, "first.de.md", GERMAN)
    write_article(show, "first.en.md", ENGLISH)
    return show, narrate_process(show, "build")


@pytest.fixture(scope="session")
def joe_voice(example_show: tuple[Path, Outcome]) -> Voice:
    """The one real neural voice, ready to speak; its files lie in ``joe_voice.folder``."""
    show, built = example_show
    assert built.code == 0, built.err
    _, voices = load_show(show)
    return voices["joe-en"]
