"""Voices of Piper in Coqui: the same network, and a refusal for everything else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest

from narrate.engines.base import Request
from narrate.engines.coqui import CoquiEngine
from narrate.engines.coqui.config import read_config
from narrate.engines.coqui.import_child import bring_in
from narrate.engines.coqui.importing import Import, Imported, imported_files
from narrate.engines.coqui.piper.agreement import Agreement
from narrate.engines.coqui.piper.graph import (
    NORM,
    ForeignNetworkError,
    Layer,
    layers_of,
    parse_graph,
)
from narrate.engines.coqui.piper.network import read_network
from narrate.engines.coqui.piper.settings import read_settings, settings_path
from narrate.errors import EngineError
from narrate.model import Voice
from piper_voices import (
    HIGH,
    X_LOW,
    build_piper,
    make_anonymous,
    rewrite_graph,
    rewrite_settings,
)


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("piper")
    build_piper(folder / "x_low.onnx", X_LOW)
    build_piper(folder / "high.onnx", HIGH)
    return folder


@pytest.fixture(scope="module")
def imported(voices: Path) -> dict[str, tuple[Path, Imported]]:
    """Each voice once, by the name of its quality."""
    done: dict[str, tuple[Path, Imported]] = {}
    for name, source in (
        ("x_low", voices / "x_low.onnx"),
        ("high", voices / "high.onnx"),
    ):
        folder = voices / f"imported-{name}"
        folder.mkdir()
        done[name] = folder, bring_in(Import(source), folder)
    return done


def copy_of(voice: Path, folder: Path) -> Path:
    for path in (voice, settings_path(voice)):
        shutil.copyfile(path, folder / path.name)
    return folder / voice.name


@pytest.mark.parametrize(
    ("quality", "lang", "rate", "speakers"),
    [
        ("x_low", "en", 16_000, ()),
        ("high", "de", 22_050, ("Böll", "Ada", "Cleo")),
    ],
)
def test_a_voice_sounds_the_same_in_coqui(
    imported: dict[str, tuple[Path, Imported]],
    quality: str,
    lang: str,
    rate: int,
    speakers: tuple[str, ...],
) -> None:
    """Sample for sample, without noise; bring_in has let both speak."""
    _, found = imported[quality]
    assert (found.lang, found.sample_rate, found.speakers) == (lang, rate, speakers)
    assert found.correlation > 0.999999
    assert found.largest < 1e-4


def test_what_the_maker_chose_stays(imported: dict[str, tuple[Path, Imported]]) -> None:
    settings = json.loads((imported["high"][0] / "config.json").read_text(encoding="utf-8"))
    chosen = settings["model_args"]
    assert chosen["length_scale"] == 1.25
    assert (chosen["inference_noise_scale"], chosen["inference_noise_scale_dp"]) == (0.5, 0.6)
    assert settings["speakers"] == ["Böll", "Ada", "Cleo"]


def test_the_configuration_passes_where_others_must(
    imported: dict[str, tuple[Path, Imported]],
) -> None:
    for folder, _ in imported.values():
        assert read_config(imported_files(folder)).speaks_phonemes


def test_it_speaks_as_every_voice_does(imported: dict[str, tuple[Path, Imported]]) -> None:
    """Each speaker in its own voice, and the same again."""
    folder, _ = imported["high"]
    torch_alone = (("runtime", "torch"),)
    voice = Voice(
        "x", "de", "coqui", "model.pth", "config.json", options=torch_alone, folder=folder
    )
    request = Request("Ich lese das vor, nicht du.", "de", 7)
    engine = CoquiEngine()
    said = {
        name: engine.load(replace(voice, speaker=name)).speak(request) for name in ("Ada", "Böll")
    }
    assert said["Ada"] != said["Böll"]
    assert said["Ada"] == engine.load(replace(voice, speaker="Ada")).speak(request)
    assert np.frombuffer(said["Ada"].pcm, "<i2").std() > 10


def test_names_are_not_looked_at(voices: Path, tmp_path: Path) -> None:
    """Early exporters wrote none, and the present one gives weights misleading ones."""
    for name in ("x_low.onnx", "high.onnx"):
        known = read_network(layers_of(parse_graph((voices / name).read_bytes())))
        anonymous = copy_of(voices / name, tmp_path)
        rewrite_graph(anonymous, make_anonymous)
        raw = anonymous.read_bytes()
        assert b"enc_p" not in raw
        read = read_network(layers_of(parse_graph(raw)))
        assert read.dimensions == known.dimensions
        assert read.tensors.keys() == known.tensors.keys()
        assert all((read.tensors[key] == known.tensors[key]).all() for key in known.tensors)


def test_weights_that_stand_there_once_serve_twice(voices: Path, tmp_path: Path) -> None:
    """Exporters write equal weights once, under the name of the first."""
    source = copy_of(voices / "x_low.onnx", tmp_path)

    def share(model: Any) -> None:
        nodes = model.graph.node
        norms = [n for n in nodes if n.op_type == "Mul" and "norms_1.0" in n.name]
        weights = {t.name for t in model.graph.initializer}
        first = next(name for name in norms[0].input if name in weights)
        for node in norms[1:]:
            node.input[:] = [first if name in weights else name for name in node.input]

    rewrite_graph(source, share)
    target = tmp_path / "target"
    target.mkdir()
    assert bring_in(Import(source), target).correlation > 0.999999


def no_onnx(path: Path) -> None:
    path.write_bytes(b"<html>not found</html>" * 50)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def without_settings(path: Path) -> None:
    settings_path(path).unlink()


def settings_no_json(path: Path) -> None:
    settings_path(path).write_bytes(b"{'audio': }")


def settings_deep(path: Path) -> None:
    settings_path(path).write_bytes(b"[" * 100_000)


def settings_a_list(path: Path) -> None:
    settings_path(path).write_bytes(b"[]")


def settings_empty(path: Path) -> None:
    settings_path(path).write_bytes(b"{}")


def settings_of_another_voice(path: Path) -> None:
    rewrite_settings(path, num_symbols=130, phoneme_id_map={"_": [0], "^": [1], "$": [2]})


def settings_of_a_choir(path: Path) -> None:
    rewrite_settings(path, num_speakers=4)


def settings_beyond_the_table(path: Path) -> None:
    rewrite_settings(path, phoneme_id_map={"_": [0], "^": [1], "$": [2], "a": [256]})


def settings_absurd(path: Path) -> None:
    rewrite_settings(path, audio={"sample_rate": 10**12})


def settings_pinyin(path: Path) -> None:
    rewrite_settings(path, phoneme_type="pinyin")


def settings_clusters(path: Path) -> None:
    rewrite_settings(path, vowel_clusters=[["a", "ɪ"]])


def settings_unknown_language(path: Path) -> None:
    rewrite_settings(path, espeak={"voice": "xx-none"})


def external(path: Path) -> None:
    """Weights that lie in a file of the machine."""

    def change(model: Any) -> None:
        tensor = model.graph.initializer[0]
        tensor.ClearField("raw_data")
        tensor.data_location = onnx.TensorProto.EXTERNAL
        entry = tensor.external_data.add()
        entry.key, entry.value = "location", "../../../../etc/passwd"

    rewrite_graph(path, change)


def external_within(path: Path) -> None:
    """The same, hidden in a node."""

    def change(model: Any) -> None:
        node = next(n for n in model.graph.node if n.op_type == "Constant")
        tensor = node.attribute[0].t
        entry = tensor.external_data.add()
        entry.key, entry.value = "location", "/etc/passwd"

    rewrite_graph(path, change)


def absurd_size(path: Path) -> None:
    """A tensor that says to be larger than all memory."""

    def change(model: Any) -> None:
        tensor = next(t for t in model.graph.initializer if len(t.dims) == 3)
        tensor.dims[0] = 1 << 40

    rewrite_graph(path, change)


def other_operations(path: Path) -> None:
    def change(model: Any) -> None:
        model.opset_import.add(domain="com.example", version=1)

    rewrite_graph(path, change)


def half_floats(path: Path) -> None:
    def change(model: Any) -> None:
        for tensor in model.graph.initializer:
            if len(tensor.dims) == 3:
                values = onnx.numpy_helper.to_array(tensor).astype(np.float16)
                tensor.CopyFrom(onnx.numpy_helper.from_array(values, tensor.name))

    rewrite_graph(path, change)


def other_network(path: Path) -> None:
    """One convolution, a valid ONNX file."""
    weight = onnx.numpy_helper.from_array(np.ones((1, 1, 3), np.float32), "w")
    node = onnx.helper.make_node("Conv", ["x", "w"], ["y"])
    x = onnx.helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [1, 1, 8])
    y = onnx.helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, [1, 1, 6])
    graph = onnx.helper.make_graph([node], "g", [x], [y], [weight])
    path.write_bytes(onnx.helper.make_model(graph).SerializeToString())


def circle(path: Path) -> None:
    """An activation that is said to read what it writes."""

    def change(model: Any) -> None:
        node = next(n for n in model.graph.node if n.op_type == "LeakyRelu")
        node.input[0] = node.output[0]

    rewrite_graph(path, change)


def one_layer_less(path: Path) -> None:
    """A voice whose text encoder is not as wide as its flow."""

    def change(model: Any) -> None:
        table = next(t for t in model.graph.initializer if list(t.dims) == [256, 96])
        values = onnx.numpy_helper.to_array(table)
        table.CopyFrom(onnx.numpy_helper.from_array(values[:, :90].copy(), table.name))

    rewrite_graph(path, change)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (no_onnx, "no ONNX file"),
        (empty, "no ONNX file"),
        (truncated, "no ONNX file, or a truncated one"),
        (without_settings, "there is no x_low.onnx.json beside it"),
        (settings_no_json, "not JSON"),
        (settings_deep, "not JSON"),
        (settings_a_list, "not those of a Piper voice"),
        (settings_empty, "is missing"),
        (settings_of_another_voice, "it has 256 symbols, its settings name 130"),
        (settings_of_a_choir, "it has 1 speakers, its settings name 4"),
        (settings_beyond_the_table, "a whole number from 0 to 255"),
        (settings_absurd, "sample_rate must be a whole number from 8000 to 48000"),
        (settings_pinyin, "passes through “pinyin”"),
        (settings_clusters, "several phonemes together"),
        (settings_unknown_language, "does not know the language “xx-none”"),
        (external, "keeps its weights in another file"),
        (external_within, "keeps its weights in another file"),
        (absurd_size, "weights are damaged"),
        (other_operations, "beyond standard ONNX"),
        (half_floats, "no plain 32-bit floats"),
        (other_network, "layer 1 of 1 should be"),
        (one_layer_less, "should be"),
        (circle, "no Piper voice"),
    ],
)
def test_what_is_no_voice_is_refused_in_words(
    voices: Path, tmp_path: Path, damage: Callable[[Path], None], says: str
) -> None:
    source = copy_of(voices / "x_low.onnx", tmp_path)
    damage(source)
    target = tmp_path / "target"
    target.mkdir()
    with pytest.raises(EngineError) as caught:
        bring_in(Import(source), target)
    assert says in caught.value.what
    assert len(str(caught.value)) < 500


def test_a_voice_that_came_out_wrong_is_not_kept(voices: Path, tmp_path: Path) -> None:
    """The original rounds its durations down, which no layer tells."""
    source = copy_of(voices / "x_low.onnx", tmp_path)

    def change(model: Any) -> None:
        node = next(n for n in model.graph.node if n.op_type == "Ceil")
        node.op_type = "Floor"

    rewrite_graph(source, change)
    target = tmp_path / "target"
    target.mkdir()
    with pytest.raises(EngineError, match="does not sound the same in Coqui: correlation"):
        bring_in(Import(source), target)


@pytest.mark.parametrize(
    ("frames", "correlation", "holds"),
    [((9, 9), 0.99991, True), ((9, 9), 0.9998, False), ((9, 8), 1.0, False)],
)
def test_what_counts_as_the_same(
    frames: tuple[int, int], correlation: float, *, holds: bool
) -> None:
    assert Agreement(frames, correlation, 0.1).holds is holds


def test_a_short_row_of_layers_ends_in_words(voices: Path) -> None:
    """Whatever is missing at the end, or in between."""
    layers = layers_of(parse_graph((voices / "high.onnx").read_bytes()))
    for end in range(0, len(layers), 7):
        with pytest.raises(ForeignNetworkError):
            read_network(layers[:end])
        with pytest.raises(ForeignNetworkError):
            read_network((*layers[:end], stray(layers[end]), *layers[end:]))


def stray(layer: Layer) -> Layer:
    return replace(layer, kind=NORM, result="stray", source="stray")


def test_speakers_without_names_get_numbers(tmp_path: Path, voices: Path) -> None:
    source = copy_of(voices / "high.onnx", tmp_path)
    rewrite_settings(source, speaker_id_map={"Ada": 1})
    assert read_settings(settings_path(source)).speakers == ("0", "Ada", "2")
    rewrite_settings(source, speaker_id_map={"2": 1})
    with pytest.raises(EngineError, match="two speakers have the same name"):
        read_settings(settings_path(source))


def test_a_voice_of_letters(voices: Path, tmp_path: Path) -> None:
    """It reads the letters themselves, accents taken apart, and no phonemes."""
    source = copy_of(voices / "x_low.onnx", tmp_path)
    rewrite_settings(source, phoneme_type="text", language={"code": "de_DE"})
    target = tmp_path / "target"
    target.mkdir()
    found = bring_in(Import(source), target)
    assert found.lang == "de"
    assert found.correlation > 0.999999
    settings = json.loads((target / "config.json").read_text(encoding="utf-8"))
    assert settings["phonemizer"] == "piper_text"
