"""What every test can count on: a quiet environment, and nothing left out unseen."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import asdict
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
from studio_client import Studio, studio_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

STEERING = ("NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH")
"""Variables of the person who runs the tests that would change what narrate prints or writes."""

LONGEST = (
    *("test_page_browser.py", "test_publish_servers.py", "test_chaos.py", "test_studio.py"),
    *("test_studio_page.py", "test_regenerate.py", "test_build.py", "test_piper.py"),
    *("test_upgrade.py", "test_worker.py", "test_readme.py", "test_fast_path.py"),
    *("test_stable_feed.py", "test_encode_episode.py", "test_coqui_xtts.py", "test_neural.py"),
)
"""Files that take longer than others: they begin first, or one process waits for another."""


def pytest_configure() -> None:
    """A shell has what runs in its background pass over SIGINT, which tests send to narrate."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs_program"):
        name = mark.args[0]
        if shutil.which(name):
            continue
        message = f"needs the program {name}, which is not installed"
        if os.environ.get("CI"):
            pytest.fail(message, pytrace=False)
        pytest.skip(message)


@pytest.fixture(scope="session")
def common(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what is made once for all processes that run tests side by side."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if hasattr(pytestconfig, "workerinput") else base) / "common"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(autouse=True, scope="session")
def own_cache(common: Path) -> Iterator[None]:
    """Tests never see the user's cache, and share one of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(user_cache.VARIABLE, str(common / "cache"))
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
def open_studio(
    built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Studio, Path]]:
    """A studio that is only asked what changes no episode, and its show."""
    show = Path(shutil.copytree(built, tmp_path_factory.mktemp("studio") / "show"))
    with studio_of(show) as studio:
        yield studio, show


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
def example_show(
    own_cache: None, common: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Outcome]:
    """The show that this repository is, with short articles, and what its first build said.

    Whoever asks first waits half a minute for it; each process has a copy.
    """
    del own_cache  # used for what is worked out once
    first, said = common / "example", common / "example.json"
    with user_cache.locked(first):
        if not said.exists():
            (first / "voices").mkdir(parents=True)
            repository = Path(__file__).parents[1]
            shutil.copy(repository / "narrate.toml", first)
            for voice in (repository / "voices").glob("*.toml"):
                shutil.copy(voice, first / "voices")
            write_article(first, "first.de.md", GERMAN)
            write_article(first, "first.en.md", ENGLISH)
            outcome = narrate_process(first, "build")
            said.write_text(json.dumps(asdict(outcome)), encoding="utf-8")
    show = tmp_path_factory.mktemp("example") / "show"
    shutil.copytree(first, show)
    return show, Outcome(**json.loads(said.read_bytes()))


@pytest.fixture(scope="session")
def joe_voice(example_show: tuple[Path, Outcome]) -> Voice:
    """The one real neural voice, ready to speak; its files lie in ``joe_voice.folder``."""
    show, built = example_show
    assert built.code == 0, built.err
    _, voices = load_show(show)
    return voices["joe-en"]
