"""What every test can count on: a quiet environment, and nothing left out unseen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from narrate.engines import user_cache
from narrate.model import Voice

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
def joe_voice(own_cache: None, tmp_path_factory: pytest.TempPathFactory) -> Voice:
    """The one real neural voice, ready to speak; its files lie in ``joe_voice.folder``.

    Whoever asks first waits half a minute for it.
    """
    from narrate.project.profiles import load_voices  # noqa: PLC0415
    from narrate.scaffold import add_voice  # noqa: PLC0415
    from narrate.voices import make_ready  # noqa: PLC0415

    del own_cache  # used for what is worked out once
    root = tmp_path_factory.mktemp("joe")
    add_voice(root, "joe-en")
    voice = load_voices(root)["joe-en"]
    make_ready(voice, lambda _: None)
    return voice
