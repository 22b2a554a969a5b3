from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narrate.errors import ShowError
from narrate.model import Voice
from narrate.project import (
    load_show,
)
from narrate.project.profiles import KEYS as VOICE_KEYS
from settings_files import TONE, smallest_show, toml_values, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return smallest_show(tmp_path / "show")


def voice_of(root: Path, toml: str) -> Voice:
    write(root, "voices/mine.toml", toml)
    return load_show(root)[1]["mine"]


def voice_refusal(root: Path, toml: str) -> ShowError:
    write(root, "voices/mine.toml", toml)
    with pytest.raises(ShowError) as caught:
        load_show(root)
    assert caught.value.where.startswith("voices/mine.toml")
    return caught.value


def test_every_setting_of_a_voice_arrives(root: Path) -> None:
    voice = voice_of(
        root,
        """
        name = "mine"
        description = "Mine"
        lang = "de"
        engine = "tone"
        model = "models/a.pth"
        config = "models/a.json"
        speaker = "p1"
        reference = "me.wav"
        length_scale = 2
        seed = 7
        licence = "CC BY 4.0"
        commercial = false
        attribution = "By me."
        terms = "https://example.org/terms"
        [options]
        sample_rate = 16000
        """,
    )
    assert voice == Voice(
        name="mine",
        lang="de",
        engine="tone",
        model="models/a.pth",
        config="models/a.json",
        speaker="p1",
        reference="me.wav",
        length_scale=2.0,
        seed=7,
        options=(("sample_rate", 16000),),
        licence="CC BY 4.0",
        commercial=False,
        attribution="By me.",
        description="Mine",
        terms="https://example.org/terms",
        folder=root.resolve() / "voices",
    )
    assert isinstance(voice.length_scale, float)


VOICE_REFUSALS = [
    ("langauge = 'de'", "langauge", "Did you mean “lang”?"),
    ("lang = 'fr'\nengine = 'tone'", "lang", '"de", "en"'),
    ("engine = 'tone'", "lang", '"de", "en"'),
    ("lang = 'de'", "engine", 'engine = "pico"'),
    ("lang = 'de'\nengine = 'tome'", "engine", "tone"),
    ("name = 'yours'\nlang = 'de'\nengine = 'tone'", "name", "rename the file"),
    ("lang = 'de'\nengine = 'tone'\nlength_scale = 0", "length_scale", "from 0.25 to 4"),
    ("lang = 'de'\nengine = 'tone'\nlength_scale = '1'", "length_scale", "a number"),
    ("lang = 'de'\nengine = 'tone'\nseed = -1", "seed", "from 0"),
    ("lang = 'de'\nengine = 'tone'\ncommercial = 'no'", "commercial", "without quotes"),
    ("lang = 'de'\nengine = 'tone'\nterms = 'x'", "terms", "whole address"),
    ("lang = 'de'\nengine = 'tone'\nattribution = 5", "attribution", "a text in quotes"),
    ("lang = 'de'\nengine = 'tone'\noptions = 5", "options", "a table"),
    ("lang = 'de'\nengine = 'tone'\n[options]\nrate = 1", "options.rate", "sample_rate"),
    ("lang = 'de'\nengine = 'tone'\n[options]\nsample_rate = '1'", "options.sample_rate", "whole"),
    ("lang = 'de'\nengine = 'pico'\n[options]\npitch = true", "options.pitch", "a number"),
    ("lang = 'de'\nengine = 'pico'\n[options]\naccent = 3", "options.accent", "text in quotes"),
]


@pytest.mark.parametrize(("toml", "key", "mend"), VOICE_REFUSALS)
def test_a_voice_is_refused_by_key_even_unused(root: Path, toml: str, key: str, mend: str) -> None:
    error = voice_refusal(root, toml)
    assert error.where == f"voices/mine.toml: {key}"
    assert mend in error.mend


def test_what_the_engine_refuses_names_the_file(root: Path) -> None:
    error = voice_refusal(root, "lang = 'de'\nengine = 'tone'\n[options]\nsample_rate = 1\n")
    assert error.exit_code == 3


def test_an_engine_that_does_not_load_here_spoils_no_show(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = root.parent / "site"
    info = "broken_engine-1.0.dist-info"
    write(package, f"{info}/METADATA", "Metadata-Version: 2.1\nName: broken-engine\nVersion: 1.0\n")
    write(
        package, f"{info}/entry_points.txt", "[narrate.engines]\nbroken = nowhere_at_all:Engine\n"
    )
    monkeypatch.syspath_prepend(str(package))
    voice = voice_of(root, "lang = 'de'\nengine = 'broken'\n[options]\nx = 1\n")
    assert (voice.engine, voice.options) == ("broken", ())


def test_a_file_name_that_is_no_voice_name_is_refused(root: Path) -> None:
    write(root, "voices/Größe 1.toml", TONE.format(lang="de"))
    with pytest.raises(ShowError, match="cannot name a voice"):
        load_show(root)


def test_hidden_and_other_files_are_no_voices(root: Path) -> None:
    write(root, "voices/.mine.toml", "nonsense")
    write(root, "voices/README.md", "nonsense")
    assert sorted(load_show(root)[1]) == ["tone-de", "tone-en"]


def test_terms_count_as_accepted_only_at_their_address(root: Path) -> None:
    terms = "lang = 'de'\nengine = 'tone'\nterms = 'https://example.org/v1'\n"
    assert not voice_of(root, terms).accepted
    write(root, "licences.toml", '[accepted]\nmine = "https://example.org/v1"\n')
    assert voice_of(root, terms).accepted
    assert not voice_of(root, terms.replace("v1", "v2")).accepted


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(key=st.sampled_from(VOICE_KEYS), value=toml_values)
def test_any_value_is_a_voice_or_a_show_error(root: Path, key: str, value: object) -> None:
    import tomlkit  # noqa: PLC0415 - of this test alone

    content = {"lang": "de", "engine": "tone", key: value}
    write(root, "voices/mine.toml", tomlkit.dumps(content).encode("utf-8", "surrogatepass"))
    try:
        voices = load_show(root)[1]
    except ShowError as error:
        where = error.where
    else:
        where = f"voices/{voices['mine'].name}.toml"
    assert where.startswith("voices/mine.toml")
