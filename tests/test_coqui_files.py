"""Names, paths, configurations and digests: what the engine knows without loading anything."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from narrate.engines import find_engine
from narrate.engines.coqui import CoquiEngine
from narrate.engines.coqui.config import read_config
from narrate.engines.coqui.export import export_folder, is_exportable
from narrate.engines.coqui.imports import import_coqui
from narrate.engines.coqui.model import (
    ModelFiles,
    config_digest,
    data_folder,
    downloaded_files,
    file_digest,
    is_catalogue_name,
    read_catalogue,
)
from narrate.errors import EngineError, ShowError
from narrate.model import Voice, clip_key

ENGINE = CoquiEngine()
THORSTEN = "tts_models/de/thorsten/vits"
XTTS = "tts_models/multilingual/multi-dataset/xtts_v2"
TERMS = "https://tts-hub.github.io/cpml"

NAMED = Voice("thorsten", "de", "coqui", model=THORSTEN)
CLONED = Voice("xtts", "de", "coqui", model=XTTS, speaker="Ana Florence", terms=TERMS)


@pytest.fixture(autouse=True)
def empty_data_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TTS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))


def local(folder: Path, **settings: Any) -> Voice:
    plain = Voice("own", "de", "coqui", model="model.pth", config="config.json", folder=folder)
    return replace(plain, **settings)


def write_model(folder: Path, **settings: object) -> ModelFiles:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.pth").write_bytes(b"weights")
    (folder / "config.json").write_text(json.dumps({"model": "vits", **settings}))
    return ModelFiles(folder / "model.pth", folder / "config.json")


def config_of(folder: Path, **settings: object) -> Any:
    return read_config(write_model(folder, **settings))


# --- settings of a voice -----------------------------------------------------------------------


def test_the_registry_finds_it() -> None:
    assert find_engine("coqui").name == "coqui"


def test_good_voices_pass(tmp_path: Path) -> None:
    for voice in (
        NAMED,
        CLONED,
        replace(CLONED, speaker="", reference="me.wav"),
        local(tmp_path, model=str(tmp_path / "elsewhere.pth")),
        local(tmp_path, options=(("device", "cuda"), ("noise_scale", 0.3))),
    ):
        ENGINE.validate(voice)


@pytest.mark.parametrize(
    ("voice", "says"),
    [
        (replace(NAMED, model=""), "“model” is missing"),
        (replace(NAMED, model="tts_models/de/thorsten/tacotron2-DDC"), "vocoder"),
        (replace(NAMED, reference="me.wav"), "only XTTS"),
        (replace(NAMED, model="model.pth"), "“config” is missing"),
        (replace(NAMED, model="../model.pth", config="c.json"), "leaves the folder"),
        (replace(NAMED, model="a.pth", config="a/../../c.json"), "leaves the folder"),
        (replace(CLONED, terms=""), "“terms” is missing"),
        (replace(CLONED, speaker=""), "either"),
        (replace(CLONED, reference="me.wav"), "either"),
        (replace(CLONED, speaker="", reference="../me.wav"), "leaves the folder"),
        (replace(NAMED, options=(("device", "tpu"),)), "device"),
        (replace(NAMED, options=(("noise_scale", -0.1),)), "noise_scale"),
        (replace(NAMED, options=(("top_p", 0.0),)), "top_p"),
    ],
)
def test_bad_settings_are_errors_of_the_show(voice: Voice, says: str) -> None:
    with pytest.raises(ShowError) as caught:
        ENGINE.validate(voice)
    assert says in str(caught.value)
    assert "voice " in str(caught.value)


def test_xtts_takes_shorter_texts(tmp_path: Path) -> None:
    write_model(tmp_path)
    assert ENGINE.max_chars(CLONED) < 253
    assert ENGINE.max_chars(NAMED) == ENGINE.max_chars(local(tmp_path)) > 253
    assert ENGINE.max_chars(local(tmp_path / "nothing")) < 253


# --- names and downloads -----------------------------------------------------------------------


def test_the_installed_catalogue_is_read_without_loading_coqui() -> None:
    catalogue = read_catalogue(None)
    assert catalogue[THORSTEN].family == "vits"
    assert catalogue[THORSTEN].repository == ""
    assert catalogue[XTTS].family == "xtts"
    assert catalogue[XTTS].terms_required


def test_a_damaged_catalogue_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "models.json"
    for content in ("", "[]", '{"tts_models": []}', "{}"):
        path.write_text(content)
        with pytest.raises(EngineError, match="list of models"):
            read_catalogue(path)


@pytest.mark.parametrize(
    ("model", "is_name"),
    [(THORSTEN, True), ("tts_models/de/own.pth", False), ("model.pth", False), ("", False)],
)
def test_names_and_paths(model: str, *, is_name: bool) -> None:
    assert is_catalogue_name(model) is is_name


@pytest.mark.parametrize(
    ("variables", "first"),
    [
        ({"TTS_HOME": "~/a", "XDG_DATA_HOME": "/b"}, "a"),
        ({"XDG_DATA_HOME": "/b/../c"}, "c"),
        ({}, "share"),
    ],
)
def test_the_data_folder_is_coquis(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], first: str
) -> None:
    import_coqui()
    from trainer.io import get_user_data_dir  # noqa: PLC0415

    for name in ("TTS_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert data_folder() == get_user_data_dir("tts")
    if sys.platform != "darwin" or variables:
        assert data_folder().parent.name == first


def test_a_model_that_is_not_here_is_downloaded_by_the_first_use() -> None:
    readiness = ENGINE.check(NAMED)
    assert not readiness.ready
    assert readiness.missing == "the model is not downloaded"
    assert ENGINE.fingerprint(NAMED)["model"] == THORSTEN
    with pytest.raises(EngineError, match="not downloaded"):
        ENGINE.load(NAMED)


def test_a_downloaded_model_is_ready_and_known_by_its_content() -> None:
    write_model(data_folder() / "tts_models--de--thorsten--vits")
    assert ENGINE.check(NAMED).ready
    assert len(ENGINE.fingerprint(NAMED)["model"]) == 64


def test_half_a_model_is_none() -> None:
    entry = read_catalogue(None)[THORSTEN]
    folder = data_folder() / entry.folder_name
    folder.mkdir(parents=True)
    assert downloaded_files(entry) is None
    (folder / "config.json").write_text("{}")
    assert downloaded_files(entry) is None
    (folder / "model_file.pth").write_bytes(b"w")
    assert downloaded_files(entry) == ModelFiles(folder / "model_file.pth", folder / "config.json")


def test_a_model_of_the_hub_is_found_whole_and_named_by_its_blob(tmp_path: Path) -> None:
    entry = read_catalogue(None)[XTTS]
    root = tmp_path / "hub" / "models--tts-hub--XTTS-v2"
    snapshot, blobs = root / "snapshots" / "abc", root / "blobs"
    snapshot.mkdir(parents=True)
    blobs.mkdir()
    (root / "refs").mkdir()
    (root / "refs" / "main").write_text("abc\n")
    (blobs / ("e" * 64)).write_bytes(b"not read")
    (snapshot / "model.pth").symlink_to(blobs / ("e" * 64))
    (snapshot / "config.json").write_text('{"model": "xtts"}')
    assert downloaded_files(entry) is None  # the vocabulary is missing
    (snapshot / "vocab.json").write_text("{}")
    assert downloaded_files(entry) is not None
    accepted = replace(CLONED, accepted=True)
    assert ENGINE.check(accepted).ready
    assert ENGINE.fingerprint(accepted)["model"] == "e" * 64


def test_an_unknown_name_gets_the_nearest_known() -> None:
    voice = replace(NAMED, model="tts_models/de/torsten/vits")
    readiness = ENGINE.check(voice)
    assert not readiness.ready
    assert THORSTEN in readiness.mend
    with pytest.raises(EngineError, match="thorsten"):
        ENGINE.fingerprint(voice)


# --- terms -------------------------------------------------------------------------------------


def test_open_terms_stop_everything_without_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert "`narrate voices accept xtts`" in ENGINE.check(CLONED).mend
    assert "terms" in ENGINE.check(CLONED).missing
    for use in (lambda: ENGINE.prepare(CLONED, lambda *_: None), lambda: ENGINE.load(CLONED)):
        with pytest.raises(EngineError) as caught:
            use()
        assert TERMS in str(caught.value)
        assert "narrate voices accept xtts" in str(caught.value)


def test_accepted_terms_open_the_download() -> None:
    assert "not downloaded" in ENGINE.check(replace(CLONED, accepted=True)).missing


# --- configurations ----------------------------------------------------------------------------


def test_a_plain_configuration_passes(tmp_path: Path) -> None:
    config = config_of(
        tmp_path,
        use_phonemes=True,
        text_cleaner="phoneme_cleaners",
        characters={"characters_class": "TTS.tts.models.vits.VitsCharacters"},
    )
    assert config.family == "vits"
    assert config.speaks_phonemes
    assert config.files == ()


@pytest.mark.parametrize(
    "settings",
    [
        {"characters": {"characters_class": "os.system"}},
        {"characters": {"characters_class": "TTS.__import__('os')"}},
        {"characters": {"characters_class": "TTS.bin.train_tts.main"}},
        {"characters": {"characters_class": 7}},
        {"text_cleaner": "re"},
        {"text_cleaner": ["phoneme_cleaners"]},
        {"use_speaker_embedding": True, "speakers_file": "https://example.org/speakers.exe"},
        {"use_speaker_embedding": True, "speakers_file": 5},
        {"model": "tacotron2"},
        {"model": "vits", "base_model": "tacotron"},
        {"model": None},
    ],
)
def test_what_no_model_needs_is_refused(tmp_path: Path, settings: dict[str, object]) -> None:
    with pytest.raises(EngineError) as caught:
        config_of(tmp_path, **settings)
    assert "config.json" in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b"[" * 100_000, b'"x"'])
def test_a_configuration_that_is_none(tmp_path: Path, content: bytes) -> None:
    files = write_model(tmp_path)
    files.config.write_bytes(content)
    with pytest.raises(EngineError):
        read_config(files)
    assert not ENGINE.check(local(tmp_path)).ready


def test_a_configuration_without_end_is_not_read(tmp_path: Path) -> None:
    files = write_model(tmp_path)
    with files.config.open("wb") as stream:
        stream.truncate(1 << 40)
    with pytest.raises(EngineError, match="longer than 16 MB"):
        read_config(files)


@pytest.mark.parametrize(
    "named", ["/training/run/speakers.json", "C:\\run\\speakers.json", "speakers.json"]
)
def test_files_are_taken_from_beside_the_configuration(tmp_path: Path, named: str) -> None:
    settings = {"model_args": {"use_speaker_embedding": True, "speakers_file": named}}
    with pytest.raises(EngineError, match=r"speakers\.json"):
        config_of(tmp_path, **settings)
    (tmp_path / "speakers.json").write_text("{}")
    config = config_of(tmp_path, **settings)
    assert config.files == (tmp_path / "speakers.json",)
    assert config.settings["model_args"]["speakers_file"] == str(tmp_path / "speakers.json")


def test_files_that_are_not_used_need_not_exist(tmp_path: Path) -> None:
    config = config_of(tmp_path, d_vector_file=["/training/d.pth"], speakers_file="/x/s.pth")
    assert config.settings["d_vector_file"] is None
    assert config.settings["speakers_file"] is None


@pytest.mark.parametrize("rates", [0, "16", [0], ["16"], [[16]], [None], {"16": 1}, [16.0]])
def test_an_absurd_decoder_is_left_to_coqui_to_refuse(tmp_path: Path, rates: object) -> None:
    sizes = {"upsample_rates_decoder": rates, "upsample_kernel_sizes_decoder": [16]}
    assert not is_exportable(config_of(tmp_path, model_args=sizes))
    assert ENGINE.fingerprint(local(tmp_path))["runtime"].startswith("torch")


def test_an_export_is_known_by_all_that_it_is_made_of(tmp_path: Path) -> None:
    settings = {"use_speaker_embedding": True, "speakers_file": "speakers.json"}
    (tmp_path / "speakers.json").write_text('{"A": 0, "B": 1}')
    files = write_model(tmp_path, **settings)
    seen = {export_folder(files)}
    for name, content in (
        ("speakers.json", '{"B": 0, "A": 1}'),
        ("model.pth", "other weights"),
        ("config.json", json.dumps({"model": "vits", **settings, "add_blank": False})),
    ):
        (tmp_path / name).write_text(content)
        seen.add(export_folder(files))
    assert len(seen) == 4


# --- digests -----------------------------------------------------------------------------------


def test_every_file_of_a_model_counts(tmp_path: Path) -> None:
    settings = {"use_speaker_embedding": True, "speakers_file": "speakers.json"}
    (tmp_path / "speakers.json").write_text("{}")
    write_model(tmp_path, **settings)
    voice = local(tmp_path)
    seen = {clip_key("a", "de", voice, ENGINE.fingerprint(voice), 0)}
    for name, content in (
        ("model.pth", "other weights"),
        ("speakers.json", '{"A": 0}'),
        ("config.json", json.dumps({"model": "vits", **settings, "add_blank": False})),
    ):
        (tmp_path / name).write_text(content)
        seen.add(clip_key("a", "de", voice, ENGINE.fingerprint(voice), 0))
    assert len(seen) == 4


def test_a_fingerprint_does_not_depend_on_the_place(tmp_path: Path) -> None:
    marks = []
    for name in ("here", "there"):
        folder = tmp_path / name
        settings = {"use_speaker_embedding": True, "speakers_file": str(folder / "speakers.json")}
        write_model(folder, **settings)
        (folder / "speakers.json").write_text("{}")
        marks.append(ENGINE.fingerprint(local(folder)))
    assert marks[0] == marks[1]


def test_a_fingerprint_names_what_makes_the_sound(tmp_path: Path) -> None:
    write_model(tmp_path, use_phonemes=True)
    marks = ENGINE.fingerprint(local(tmp_path))
    always = {"coqui-tts", "runtime", "espeak-ng", "respelling", "model", "config"}
    assert set(marks) == {*always, "export"}
    torch = ENGINE.fingerprint(local(tmp_path, options=(("runtime", "torch"),)))
    assert set(torch) == {*always, "device"}
    assert marks["espeak-ng"].startswith("1.52.0")
    write_model(tmp_path)
    assert "espeak-ng" not in ENGINE.fingerprint(local(tmp_path))


def test_a_recording_counts_and_must_exist(tmp_path: Path) -> None:
    write_model(tmp_path, model="xtts")
    voice = local(tmp_path, reference="me.wav")
    assert "me.wav" in ENGINE.check(voice).missing
    with pytest.raises(EngineError, match="cannot be read"):
        ENGINE.fingerprint(voice)
    (tmp_path / "me.wav").write_bytes(b"a")
    first = ENGINE.fingerprint(voice)
    (tmp_path / "me.wav").write_bytes(b"bb")
    assert "cannot be read" in ENGINE.check(voice).missing
    assert first["reference"] != ENGINE.fingerprint(voice)["reference"]


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"one")
    first = file_digest(path)
    assert file_digest(path) == first
    path.write_bytes(b"three")
    assert file_digest(path) != first


def test_a_configuration_with_comments_counts_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text('{"a": 1} // old')
    assert config_digest(path) == file_digest(path)
    path.write_text('{"a": NaN}')
    assert config_digest(path) == file_digest(path)


def test_a_configuration_nested_too_deep_counts_as_it_is(tmp_path: Path) -> None:
    """It may be read where taking it apart is too much."""
    path = tmp_path / "config.json"
    for depth in (10, 450, 700, 100_000):
        path.write_text("[" * depth + "]" * depth)
        assert len(config_digest(path)) == 64


def test_the_code_for_text_hides_coqui_from_nobody() -> None:
    code = (
        "from narrate.engines.coqui.text_code import prepare_text_code; prepare_text_code();"
        "from TTS.tts.utils.text import cleaners;"
        "from narrate.engines.coqui.model import read_catalogue;"
        "from narrate.engines.installed import is_installed;"
        "assert is_installed('TTS') and read_catalogue(None);"
        "print(cleaners.basic_cleaners('A  B'))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "a b\n"


def test_the_light_half_loads_nothing_heavy() -> None:
    code = (
        "import sys; from narrate.engines.coqui import CoquiEngine;"
        "from narrate.model import Voice;"
        f"e = CoquiEngine(); v = Voice('a', 'de', 'coqui', model={THORSTEN!r});"
        "e.validate(v); e.check(v); e.fingerprint(v); e.max_chars(v);"
        "print(*{'torch', 'TTS', 'numpy', 'transformers', 'requests'} & set(sys.modules))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == []
