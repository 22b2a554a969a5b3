"""``narrate voices pull``, as a person runs it."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from file_server import Behaviour, Server, serving
from narrate.events import Downloading
from narrate.report.progress import Progress
from shows import Outcome, make_show, narrate, narrate_process

TINY = 'lang = "de"\nengine = "coqui"\nmodel = "tts_models/de/thorsten/vits"\nlicence = "CC0"\n'
XTTS = (
    'lang = "de"\nengine = "coqui"\nmodel = "tts_models/multilingual/multi-dataset/xtts_v2"\n'
    'speaker = "Ada"\nterms = "https://example.org/terms"\n'
)
OFFICIAL = (
    "https://github.com/coqui-ai/TTS/releases/download/v0.7.0_models/"
    "tts_models--de--thorsten--vits.zip"
)


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TTS_HOME", str(tmp_path / "home"))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    return make_show(tmp_path / "show")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as made:
        yield made


@pytest.fixture
def catalogue(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Behaviour:
    """Coqui's list of models with the address of the server, as an installed Coqui would have it.

    Only the list is another: a folder named TTS with it lies first on the path.
    """
    folder = tmp_path / "packages" / "TTS"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    item = {"github_rls_url": f"{server.address}/thorsten.zip", "license": "apache 2.0"}
    models = {"tts_models": {"de": {"thorsten": {"vits": item}}}}
    (folder / ".models.json").write_text(json.dumps(models))
    paths = [str(folder.parent), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, paths)))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a/config.json", '{"model": "vits"}')
        archive.writestr("a/model_file.pth", os.urandom(400_000))
    server.files["/thorsten.zip"] = Behaviour(stream.getvalue())
    return server.files["/thorsten.zip"]


def pulled(show: Path, *arguments: str) -> Outcome:
    return narrate_process(show, "voices", "pull", *arguments)


def test_a_voice_is_fetched_then_checked_and_a_damaged_one_mended(
    show: Path, catalogue: Behaviour, tmp_path: Path
) -> None:
    (show / "voices" / "thorsten.toml").write_text(TINY)
    done = pulled(show, "thorsten")
    digest = hashlib.sha256(catalogue.content).hexdigest()
    assert done == Outcome(
        0,
        "thorsten: 0.4 MB, tts_models/de/thorsten/vits from 127.0.0.1, CC0\n"
        f"thorsten: fetched: 0.4 MB, SHA-256 {digest}\n",
        "",
    )
    assert pulled(show, "thorsten").out == "thorsten: is here, whole\n"
    (model,) = (tmp_path / "home").rglob("model_file.pth")
    model.write_bytes(model.read_bytes()[:-1])
    again = pulled(show, "thorsten")
    assert again.code == 0
    assert again.out.startswith("thorsten: is damaged (model_file.pth) and is fetched again\n")


def test_a_voice_that_comes_with_narrate_is_added_to_the_show(
    show: Path, catalogue: Behaviour
) -> None:
    done = pulled(show, "thorsten-de")
    assert done.code == 0
    assert done.out.startswith("thorsten-de: added to the show as voices/thorsten-de.toml\n")
    assert "Apache-2.0" in done.out
    assert "tts_models/de/thorsten/vits" in (show / "voices/thorsten-de.toml").read_text("utf-8")
    del catalogue


def test_a_voice_is_put_to_use_once_it_is_here(show: Path, catalogue: Behaviour) -> None:
    settings = show / "narrate.toml"
    before = settings.read_text("utf-8")
    catalogue.statuses = [404]
    assert pulled(show, "thorsten-de", "--use").code == 1
    assert settings.read_text("utf-8") == before
    done = pulled(show, "thorsten-de", "--use")
    assert done.code == 0
    assert done.out.endswith(
        "thorsten-de: reads Deutsch in this show; the next build speaks with it\n"
    )
    assert settings.read_text("utf-8") == before.replace('"tone-de"', '"thorsten-de"')
    again = pulled(show, "thorsten-de", "--use")
    assert again.out.endswith("thorsten-de: already read Deutsch in this show\n")


@pytest.mark.parametrize(
    ("names", "what"),
    [
        (("tone-de", "thorsten-de"), "“tone-de” and “thorsten-de” speak the same language"),
        (("ljspeech-en",), "“ljspeech-en” speaks “en”, which this show does not have"),
    ],
)
def test_voices_that_cannot_be_put_to_use_are_refused(
    show: Path, names: tuple[str, ...], what: str
) -> None:
    settings = show / "narrate.toml"
    text = f'languages = ["de"]\n{settings.read_text("utf-8")}'
    settings.write_text(text, "utf-8")
    done = narrate(show, "voices", "pull", "--use", *names)
    assert done.code == 2
    assert what in done.err
    assert settings.read_text("utf-8") == text


def test_a_new_show_gets_natural_voices(tmp_path: Path, show: Path, catalogue: Behaviour) -> None:
    init = ("init", "new", "--yes", "--lang", "de", "--voices", "neural")
    done = narrate_process(tmp_path, *init)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "Made a show in new."
    assert lines[1] == (
        "thorsten-de: 0.4 MB, tts_models/de/thorsten/vits from 127.0.0.1, Apache-2.0"
    )
    assert "embedded" not in done.out
    assert 'de = "thorsten-de"' in (tmp_path / "new/narrate.toml").read_text("utf-8")
    del catalogue, show


def test_a_new_show_is_made_without_a_hub_and_the_remedy_named(
    tmp_path: Path, show: Path, server: Server, catalogue: Behaviour
) -> None:
    models = tmp_path / "packages/TTS/.models.json"
    nobody = "http://127.0.0.1:9"
    models.write_text(models.read_text("utf-8").replace(server.address, nobody), "utf-8")
    init = ("init", "new", "--yes", "--lang", "de", "--voices", "neural")
    done = narrate_process(tmp_path, *init)
    assert done.code == 1
    assert "Error: voice thorsten-de: " in done.err
    assert "cannot be reached" in done.err
    assert done.out == (
        "Made a show in new.\n"
        "Deutsch is spoken by SVOX Pico, a small embedded voice. A natural one: "
        "`narrate voices pull thorsten-de --use` "
        "(Apache-2.0; a download; its size is told first)\n"
        "Next:\n  cd new\n  narrate build\n"
    )
    assert 'de = "pico-de"' in (tmp_path / "new/narrate.toml").read_text("utf-8")
    del show, catalogue


def test_a_kind_of_voices_that_does_not_exist_makes_no_show(tmp_path: Path) -> None:
    done = narrate(tmp_path, "init", str(tmp_path / "new"), "--yes", "--voices", "best")
    assert done.code == 2
    assert "Choose embedded or neural." in done.err
    assert not (tmp_path / "new").exists()


def test_what_was_fetched_before_is_told_and_gone_on_with(
    show: Path, server: Server, catalogue: Behaviour
) -> None:
    catalogue.cuts = [200_000, 0, 0, 0, 0]
    (show / "voices" / "thorsten.toml").write_text(TINY)
    with subprocess.Popen(
        [sys.executable, "-m", "narrate", "voices", "pull", "thorsten"],
        cwd=show,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as child:
        assert child.stdout is not None
        assert b"0.4 MB" in child.stdout.readline()
        while not server.ranges[1:]:
            time.sleep(0.01)
        child.send_signal(signal.SIGINT)
        assert b"the same command goes on" in child.stdout.read()
    assert child.returncode == 130
    listed = narrate_process(show, "voices", "--plain").out
    assert "downloaded in part (0.2 MB of 0.4 MB). `narrate voices pull thorsten`" in listed
    catalogue.cuts = []
    assert "; 0.2 MB of it are here\n" in pulled(show, "thorsten").out


def test_programs_get_one_object_a_line(show: Path, catalogue: Behaviour) -> None:
    (show / "voices" / "thorsten.toml").write_text(TINY)
    done = pulled(show, "thorsten", "--json")
    events = [json.loads(line) for line in done.out.splitlines()]
    assert [event["event"] for event in events][:2] == ["noted", "downloading"]
    assert events[-1]["event"] == "noted"
    size = len(catalogue.content)
    assert {
        "event": "downloading",
        "what": events[1]["what"],
        "done": size,
        "total": size,
    } in events


def test_a_failure_is_one_line_and_its_remedy_and_others_go_on(
    show: Path, catalogue: Behaviour
) -> None:
    catalogue.statuses = [404]
    (show / "voices" / "thorsten.toml").write_text(TINY)
    done = pulled(show, "thorsten", "tone-de")
    assert done.code == 1
    assert done.out == "tone-de: has nothing to fetch\n"
    assert done.err == (
        "Error: voice thorsten: tts_models/de/thorsten/vits: the model cannot be fetched: "
        "the server answers 404 (Not Found)\n  Try again later, or choose another voice.\n"
    )


def on_a_terminal(show: Path, *arguments: str) -> str:
    """What a terminal of 80 columns is sent, without colours."""
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "narrate", *arguments],
        cwd=show,
        stdout=follower,
        stderr=follower,
        env={**os.environ, "COLUMNS": "80", "TERM": "xterm"},
    ):
        os.close(follower)
        shown = b""
        with contextlib.suppress(OSError):  # Linux tells the end of the terminal so
            while block := os.read(leader, 4096):
                shown += block
    os.close(leader)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r", "", shown.decode())


def test_a_terminal_gets_a_bar(show: Path, catalogue: Behaviour) -> None:
    catalogue.drip_s = 0.02
    (show / "voices" / "thorsten.toml").write_text(TINY)
    shown = on_a_terminal(show, "voices", "pull", "thorsten")
    assert "━" in shown
    assert "fetching tts_models/de/thorsten/vits" in shown
    assert "thorsten: fetched: 0.4 MB" in shown


def test_terms_come_first(show: Path) -> None:
    (show / "voices" / "xtts.toml").write_text(XTTS)
    done = narrate(show, "voices", "pull", "xtts")
    assert done.code == 1
    assert "its terms are not accepted" in done.err
    assert "`narrate voices accept xtts`" in done.err


def test_an_unknown_voice_gets_the_nearest_and_nothing_is_added(show: Path) -> None:
    before = sorted(show.rglob("*"))
    done = narrate(show, "voices", "pull", "ljspeech-en", "torsten-de")
    assert done.code == 2
    assert "thorsten-de" in done.err
    assert narrate(show, "voices", "pull", "../voices/tone-de").code == 2
    assert sorted(show.rglob("*")) == before


def test_a_voice_that_is_not_here_says_how_to_fetch_it(show: Path) -> None:
    (show / "voices" / "thorsten.toml").write_text(TINY)
    listed = narrate(show, "voices")
    assert "thorsten: `narrate voices pull thorsten` downloads it" in listed.out


def test_the_list_fits_a_terminal_of_80_columns(show: Path) -> None:
    from narrate.scaffold import add_voice, template_voices  # noqa: PLC0415

    for name in template_voices():
        add_voice(show, name)
    table, _, mends = on_a_terminal(show, "voices").partition("\n\n")
    lines = table.splitlines()
    assert max(map(len, lines)) <= 80
    for name in template_voices():
        assert any(line.split()[:1] == [name] for line in lines)
    assert "thorsten-de: `narrate voices pull thorsten-de`" in mends


def test_the_catalogue_of_the_installed_coqui_has_the_official_address() -> None:
    from narrate.engines.coqui.model import read_catalogue  # noqa: PLC0415

    known = read_catalogue(None)
    assert known["tts_models/de/thorsten/vits"].url == OFFICIAL
    xtts = known["tts_models/multilingual/multi-dataset/xtts_v2"]
    assert (xtts.repository, xtts.url) == ("tts-hub/XTTS-v2", "")
    assert xtts.ignore == ("samples/*", "dvae.pth")


def test_progress_tells_speed_and_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("narrate.report.progress.time.monotonic", lambda: now[0])
    progress = Progress()
    progress.note(Downloading("a model", 20_000_000, 126_000_000))
    assert str(progress) == "fetching a model: 20.0 of 126.0 MB"
    now[0] = 110.0
    progress.note(Downloading("a model", 26_000_000, 126_000_000))
    assert str(progress) == "fetching a model: 26.0 of 126.0 MB, 0.6 MB/s, 2:47 left"
    assert progress.share == (26_000_000, 126_000_000)
