from __future__ import annotations

import os
import re
import sys
import unicodedata
import uuid
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from narrate.errors import ShowError
from narrate.model import LANGUAGES, Loudness, Pauses, Show, Voice
from narrate.project import (
    Takes,
    find_articles,
    find_show,
    load_show,
    load_takes,
    save_takes,
)
from narrate.project.articles import article_key
from narrate.project.profiles import KEYS as VOICE_KEYS
from narrate.project.show import DISCLOSURES, KEYS

TONE = 'lang = "{lang}"\nengine = "tone"\n'
MINIMAL = 'title = "My show"\n[voices]\nde = "tone-de"\nen = "tone-en"\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A show with a voice for each language."""
    folder = tmp_path / "show"
    write(folder, "narrate.toml", MINIMAL)
    for lang in LANGUAGES:
        write(folder, f"voices/tone-{lang}.toml", TONE.format(lang=lang))
    (folder / "articles").mkdir()
    return folder


def write(root: Path, name: str, text: str | bytes = "Text.\n") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def show_of(root: Path, toml: str = MINIMAL) -> Show:
    write(root, "narrate.toml", toml)
    return load_show(root)[0]


def voice_of(root: Path, toml: str) -> Voice:
    write(root, "voices/mine.toml", toml)
    return load_show(root)[1]["mine"]


def refusal(root: Path, toml: str) -> ShowError:
    write(root, "narrate.toml", toml)
    with pytest.raises(ShowError) as caught:
        load_show(root)
    assert len(str(caught.value).splitlines()) <= 2
    return caught.value


def voice_refusal(root: Path, toml: str) -> ShowError:
    write(root, "voices/mine.toml", toml)
    with pytest.raises(ShowError) as caught:
        load_show(root)
    assert caught.value.where.startswith("voices/mine.toml")
    return caught.value


# --- finding a show ----------------------------------------------------------------------------


def test_a_show_is_found_from_its_subfolders(root: Path) -> None:
    below = root / "articles" / "2026"
    below.mkdir()
    assert find_show(root) == root.resolve()
    assert find_show(below) == root.resolve()


def test_without_a_show_the_error_names_init(tmp_path: Path) -> None:
    with pytest.raises(ShowError, match="narrate init DIR") as caught:
        find_show(tmp_path)
    assert caught.value.exit_code == 3


# --- narrate.toml ------------------------------------------------------------------------------


def test_the_smallest_show_has_the_defaults(root: Path) -> None:
    show, voices = load_show(root)
    assert show.languages == ("de", "en")
    assert show.texts["de"].title == show.texts["en"].description == "My show"
    assert show.audio.formats == ("mp3", "m4b")
    assert show.audio.loudness == Loudness(-19.0, -1.0)
    assert show.reading.pauses == Pauses()
    assert show.reading.disclosure.texts == DISCLOSURES
    assert (show.base_url, show.timezone, show.private, show.explicit) == ("", "UTC", False, False)
    assert (show.category, show.subcategory) == ("Education", "")
    assert sorted(voices) == ["tone-de", "tone-en"]


def test_every_setting_arrives(root: Path) -> None:
    write(root, "art/cover.PNG", b"x")
    show = show_of(
        root,
        """
        id = "123e4567-e89b-42d3-a456-426614174000"
        title = "All"
        description = "First line.\\nSecond line."
        author = "A. Author"
        link = "https://example.org/about?x=1"
        cover = "art/cover.PNG"
        email = "me@example.org"
        base_url = "https://exämple.org/cast"
        languages = ["en"]
        category = "Society & Culture > Documentary"
        explicit = true
        private = true
        timezone = "Europe/Berlin"
        formats = ["mp3"]
        channels = 2
        bitrate_kbps = 128
        chapter_level = 3
        drop_translator_line = false
        [lang.en]
        title = " English "
        [voices]
        en = "tone-en"
        [pauses]
        sentence_ms = 0
        [loudness]
        true_peak_dbtp = -2
        [disclosure]
        position = "end"
        en = "{author} wrote {title}."
        """,
    )
    text = show.texts["en"]
    assert show.id == uuid.UUID("123e4567-e89b-42d3-a456-426614174000")
    assert (text.title, text.author, text.cover) == ("English", "A. Author", "art/cover.PNG")
    assert text.description == "First line.\nSecond line."
    assert text.link == "https://example.org/about?x=1"
    assert show.base_url == "https://exämple.org/cast/"
    assert list(show.texts) == list(show.languages) == ["en"]
    assert (show.category, show.subcategory) == ("Society & Culture", "Documentary")
    assert show.explicit
    assert show.private
    assert (show.email, show.timezone) == ("me@example.org", "Europe/Berlin")
    assert (show.audio.formats, show.audio.channels, show.audio.bitrate_kbps) == (("mp3",), 2, 128)
    assert show.audio.loudness == Loudness(-16.0, -2.0)
    assert (show.reading.chapter_level, show.reading.drop_translator_line) == (3, False)
    assert show.reading.pauses == Pauses(sentence_ms=0)
    assert show.reading.disclosure.position == "end"
    assert show.reading.disclosure.texts["en"] == "{author} wrote {title}."
    assert show.voices == {"en": "tone-en"}


def test_texts_of_one_language_win_over_those_of_all(root: Path) -> None:
    show = show_of(root, MINIMAL + '[lang.de]\ntitle = "Meine"\nlink = "https://example.org/de"\n')
    assert (show.texts["de"].title, show.texts["en"].title) == ("Meine", "My show")
    assert show.texts["de"].link == "https://example.org/de"


def test_without_an_id_it_follows_from_the_texts(root: Path) -> None:
    first = show_of(root).id
    assert show_of(root).id == first
    assert show_of(root, MINIMAL.replace("My show", "Another")).id != first


def test_titles_may_hold_what_people_paste(root: Path) -> None:
    title = "z.\N{NO-BREAK SPACE}B. 👩\N{ZERO WIDTH JOINER}💻 – „Größe“"
    assert show_of(root, MINIMAL.replace("My show", title)).texts["de"].title == title


def test_a_byte_order_mark_is_no_error(root: Path) -> None:
    write(root, "narrate.toml", b"\xef\xbb\xbf" + MINIMAL.encode())
    assert load_show(root)[0].texts["en"].title == "My show"


TOP_REFUSALS = [
    ('titel = "x"', "titel", "Did you mean “title”?"),
    ("Title = 'x'", "Title", "Did you mean “title”?"),
    ("lufs = -16", "lufs", "It belongs below [loudness]."),
    ("zzz = 1", "zzz", "Known: id, title"),
    ("title = 5", "title", "a text in quotes"),
    ('title = "a\\nb"', "title", "one line"),
    ('title = "a\\u0000b"', "title", "one line"),
    (f'title = "{"x" * 256}"', "title", "Shorten it."),
    ('title = ""', "lang.de.title", "title ="),
    (f'title = "x"\ndescription = "{"ä" * 2001}"', "description", "Shorten the text."),
    ('title = "x"\ndescription = "\\u0007"', "description", "Take it out."),
    ('title = "x"\nid = "7"', "id", "123e4567"),
    ('title = "x"\nlink = "example.org"', "link", "https://example.org/podcast/"),
    ('title = "x"\nlink = "javascript:alert(1)"', "link", "https://example.org/podcast/"),
    ('title = "x"\nemail = "me"', "email", "me@example.org"),
    ('title = "x"\nbase_url = "https://"', "base_url", "whole address"),
    ('title = "x"\nbase_url = "https://["', "base_url", "whole address"),
    ('title = "x"\nbase_url = "https://a:99999/"', "base_url", "whole address"),
    ('title = "x"\nbase_url = "https://a b.org/"', "base_url", "whole address"),
    ('title = "x"\nbase_url = "https://me:pw@a.org/"', "base_url", "whole address"),
    ('title = "x"\nbase_url = "https://a.org/?q=1"', "base_url", "the folder alone"),
    ('title = "x"\nlanguages = []', "languages", '"de", "en"'),
    ('title = "x"\nlanguages = "de"', "languages", '"de", "en"'),
    ('title = "x"\nlanguages = ["fr"]', "languages", '"de", "en"'),
    ('title = "x"\nlanguages = [["de"]]', "languages", '"de", "en"'),
    ('title = "x"\nlanguages = ["de", "de"]', "languages", "repetition"),
    ('title = "x"\ncategory = "A > "', "category", "Documentary"),
    ('title = "x"\ncategory = ""', "category", "Documentary"),
    ('title = "x"\ncategory = "A > B > C"', "category", "Documentary"),
    ('title = "x"\nexplicit = "no"', "explicit", "true or false, without quotes"),
    ('title = "x"\nprivate = 1', "private", "true or false, without quotes"),
    ('title = "x"\ntimezone = "Europe/Berln"', "timezone", "Did you mean “Europe/Berlin”?"),
    ('title = "x"\ntimezone = "../../etc/passwd"', "timezone", "Europe/Berlin"),
    ('title = "x"\ntimezone = "America"', "timezone", ""),
    ('title = "x"\ntimezone = ""', "timezone", "Europe/Berlin"),
    ('title = "x"\nformats = ["m4b"]', "formats", 'Add "mp3"'),
    ('title = "x"\nformats = ["ogg"]', "formats", '"mp3", "m4b"'),
    ('title = "x"\nchannels = 3', "channels", "from 1 to 2"),
    ('title = "x"\nchannels = true', "channels", "from 1 to 2"),
    ('title = "x"\nbitrate_kbps = 100', "bitrate_kbps", "96, 112"),
    ('title = "x"\nbitrate_kbps = 96.0', "bitrate_kbps", "a whole number"),
    ('title = "x"\nchapter_level = 0', "chapter_level", "from 1 to 6"),
    (f'title = "x"\nchapter_level = 0x{"f" * 9000}', "chapter_level", "from 1 to 6"),
    ('title = "x"\npauses = 5', "pauses", "[pauses]"),
    ('title = "x"\ncover = "none.jpg"', "cover", "folder of narrate.toml"),
    ('title = "x"\ncover = "../outside.jpg"', "cover", "Copy the picture into it."),
    (f'title = "x"\ncover = "{"ä" * 200}.jpg"', "cover", "folder of narrate.toml"),
    ('title = "x"\ncover = "narrate.toml"', "cover", "JPEG"),
    ('title = "x"\nlang.fr.title = "x"', "lang.fr", "Known: de, en."),
    ('title = "x"\nlang.de.titel = "x"', "lang.de.titel", "Did you mean “title”?"),
    ('title = "x"\n[pauses]\nsentence = 5', "pauses.sentence", "sentence_ms"),
    ('title = "x"\n[pauses]\nsentence_ms = 10001', "pauses.sentence_ms", "from 0 to 10000"),
    ('title = "x"\n[loudness]\nlufs = nan', "loudness.lufs", "from -40 to -5"),
    ('title = "x"\n[loudness]\nlufs = 16', "loudness.lufs", "from -40 to -5"),
    ('title = "x"\n[loudness]\nprivate = true', "loudness.private", "above the first [table]"),
    ('title = "x"\n[disclosure]\nposition = "begin"', "disclosure.position", '"start", "end"'),
    ('title = "x"\n[disclosure]\nen = "{titel}"', "disclosure.en", "{title} and {author}"),
    ('title = "x"\n[disclosure]\nen = ""', "disclosure.en", 'position = "off"'),
]


@pytest.mark.parametrize(("toml", "key", "mend"), TOP_REFUSALS)
def test_what_does_not_fit_is_refused_by_name(root: Path, toml: str, key: str, mend: str) -> None:
    write(root.parent, "outside.jpg", b"x")
    error = refusal(root, toml + '\n[voices]\nde = "tone-de"\nen = "tone-en"\n')
    assert error.where == f"narrate.toml: {key}"
    assert mend in error.mend


VOICE_NAME_REFUSALS = [
    ("", "voices.de", 'de = "pico-de"'),
    ('[voices]\nde = "tone-de"', "voices.en", 'en = "pico-en"'),
    ('[voices]\nde = "tone-d"\nen = "tone-en"', "voices.de", "Did you mean “tone-de”?"),
    ('[voices]\nde = "../../x"\nen = "tone-en"', "voices.de", "Known: tone-de."),
    ('[voices]\nde = "tone-en"\nen = "tone-en"', "voices.de", "whose “lang” is “de”"),
    ('[voices]\nde = "tone-de"\nen = "tone-en"\nfr = "x"', "voices.fr", "Known: de, en."),
]


@pytest.mark.parametrize(("toml", "key", "mend"), VOICE_NAME_REFUSALS)
def test_each_language_needs_a_voice_that_speaks_it(
    root: Path, toml: str, key: str, mend: str
) -> None:
    error = refusal(root, f'title = "x"\n{toml}\n')
    assert error.where == f"narrate.toml: {key}"
    assert mend in error.mend


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        (b'title = "x"\nauthor = \n', "narrate.toml, line 2, column 10"),
        (b"a = 1\na = 2\n", "narrate.toml"),
        (b'title = "x"\n\nauthor = "\xff"\n', "narrate.toml, line 3"),
        (b"x = " + b"[" * 50_000, "narrate.toml"),
        (b"x = " + b"9" * 5_000, "narrate.toml"),
        (b"#" * (2 << 20), "narrate.toml"),
    ],
)
def test_what_is_no_toml_is_refused_with_its_place(root: Path, raw: bytes, where: str) -> None:
    write(root, "narrate.toml", raw)
    with pytest.raises(ShowError) as caught:
        load_show(root)
    assert caught.value.where.startswith(where)
    assert len(str(caught.value).splitlines()) <= 2


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no symbolic links here")
def test_a_cover_behind_a_link_out_of_the_show_is_refused(root: Path) -> None:
    outside = write(root.parent, "outside.jpg", b"x")
    (root / "cover.jpg").symlink_to(outside)
    assert "leads out" in refusal(root, 'cover = "cover.jpg"\n' + MINIMAL).what


scalars = (
    st.text(max_size=20)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.datetimes()
    | st.dates()
    | st.times()
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*KEYS[""], *LANGUAGES, "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(table=st.sampled_from(sorted(KEYS)), data=st.data())
def test_any_value_is_a_show_or_a_show_error(root: Path, table: str, data: st.DataObject) -> None:
    import tomlkit  # noqa: PLC0415 - of this test alone

    content = tomlkit.parse(MINIMAL).unwrap()
    place = content
    for name in filter(None, table.split(".")):
        place = place.setdefault(name, {})
    place[data.draw(st.sampled_from(KEYS[table]))] = data.draw(values)
    write(root, "narrate.toml", tomlkit.dumps(content).encode("utf-8", "surrogatepass"))
    try:
        show = load_show(root)[0]
    except ShowError:
        return
    assert show.texts


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(raw=st.binary(max_size=80) | st.text(alphabet="ab=\"[]{}.\n#'1-:", max_size=80))
@example(raw=b"\x00")
def test_any_file_is_a_show_or_a_show_error(root: Path, raw: bytes | str) -> None:
    write(root, "narrate.toml", raw)
    with pytest.raises(ShowError):
        load_show(root)


# --- voices ------------------------------------------------------------------------------------


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
@given(key=st.sampled_from(VOICE_KEYS), value=values)
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


# --- article files -----------------------------------------------------------------------------


def found(root: Path) -> list[tuple[str, str, str]]:
    return [(f.key, f.lang, f.name) for f in find_articles(load_show(root)[0]).files]


def test_articles_pair_by_name_in_any_subfolder(root: Path) -> None:
    for name in ("b.en.md", "b.de.txt", "2026/a.de.markdown", "2026/x/c.md", "d.DE.MD"):
        write(root, f"articles/{name}")
    assert found(root) == [
        ("a", "de", "articles/2026/a.de.markdown"),
        ("b", "de", "articles/b.de.txt"),
        ("b", "en", "articles/b.en.md"),
        ("c", "", "articles/2026/x/c.md"),
        ("d", "de", "articles/d.DE.MD"),
    ]


def test_other_files_are_passed_over_without_a_word(root: Path) -> None:
    for name in (
        "README.md",
        "readme.de.md",
        ".draft.de.md",
        ".git/a.md",
        "a.docx",
        "a.de",
        "b.png",
    ):
        write(root, f"articles/{name}")
    articles = find_articles(load_show(root)[0])
    assert articles.files == ()
    assert articles.warnings == ()


def test_a_sidecar_belongs_to_both_languages_of_its_folder(root: Path) -> None:
    for name in ("a.de.md", "a.en.txt", "a.toml", "x/a.de.md", "lone.toml"):
        write(root, f"articles/{name}")
    articles = find_articles(load_show(root)[0])
    sidecars = {f.name: f.sidecar and f.sidecar.name for f in articles.files}
    assert sidecars == {
        "articles/a.de.md": "a.toml",
        "articles/a.en.txt": "a.toml",
        "articles/x/a.de.md": None,
    }
    assert articles.warnings == ("articles/lone.toml: there is no article of this name beside it",)


def test_a_sidecar_is_found_whatever_form_its_accents_have(root: Path) -> None:
    write(root, "articles/" + unicodedata.normalize("NFD", "Grüße") + ".de.md")
    write(root, "articles/" + unicodedata.normalize("NFC", "Grüße") + ".toml")
    [article] = find_articles(load_show(root)[0]).files
    assert article.key == "Gruesse"
    assert article.sidecar is not None


@pytest.mark.parametrize(
    ("stem", "key"),
    [
        ("plain-name_1.2", "plain-name_1.2"),
        ("Größe über Öl", "Groesse-ueber-Oel"),
        ("Crème brûlée — Don’t", "Creme-brulee-Dont"),
        ("Straße", "Strasse"),
        ("Łódź", "Lodz"),
        ("..hidden", "hidden"),
        ("a/../b", "a-..-b"),
        ("短剧", ""),
        ("🎉", ""),
        ("x" * 300, "x" * 120),
    ],
)
def test_keys_are_ascii(stem: str, key: str) -> None:
    assert article_key(stem) == key


@given(st.text())
def test_keys_name_files_whatever_the_text(text: str) -> None:
    key = article_key(text)
    assert key == article_key(key)
    assert key.isascii()
    assert "/" not in key
    assert not key.startswith(".")


def test_a_name_without_a_key_is_told(root: Path) -> None:
    for name in ("短剧.de.md", "短剧.en.md", "文章.de.md"):
        write(root, f"articles/{name}")
    articles = find_articles(load_show(root)[0])
    keys = {f.name: f.key for f in articles.files}
    assert keys["articles/短剧.de.md"] == keys["articles/短剧.en.md"]
    assert len(set(keys.values())) == 2
    assert all(re.fullmatch(r"article-[0-9a-f]{8}", key) for key in keys.values())
    assert all("“key”" in text for text in articles.warnings)
    assert len(articles.warnings) == 3


def test_links_out_of_the_show_are_passed_over(root: Path) -> None:
    outside = write(root.parent, "outside/secret.md")
    inside = write(root, "drafts/inside.md")
    (root / "articles/secret.de.md").symlink_to(outside)
    (root / "articles/folder").symlink_to(outside.parent)
    (root / "articles/gone.de.md").symlink_to(root / "nowhere.md")
    (root / "articles/loop.de.md").symlink_to(root / "articles/loop.de.md")
    (root / "articles/inside.de.md").symlink_to(inside)
    articles = find_articles(load_show(root)[0])
    assert [f.name for f in articles.files] == ["articles/inside.de.md"]
    assert sorted(text.partition(":")[0] for text in articles.warnings) == [
        "articles/folder",
        "articles/gone.de.md",
        "articles/loop.de.md",
        "articles/secret.de.md",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text on this system")
def test_a_name_that_is_no_text_is_shown_all_the_same(root: Path) -> None:
    write(root, os.fsdecode(b"articles/\xff.de.md"))
    write(root, "articles/line\nbreak.de.md")
    articles = find_articles(load_show(root)[0])
    assert [f.name for f in articles.files] == [
        "articles/\N{REPLACEMENT CHARACTER}.de.md",
        "articles/line\N{REPLACEMENT CHARACTER}break.de.md",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_passed_over(root: Path) -> None:
    os.mkfifo(root / "articles/pipe.de.md")
    articles = find_articles(load_show(root)[0])
    assert articles.files == ()
    assert len(articles.warnings) == 1


def test_a_missing_folder_is_told(root: Path) -> None:
    (root / "articles").rmdir()
    assert find_articles(load_show(root)[0]).warnings == ("there is no folder “articles”",)


# --- takes -------------------------------------------------------------------------------------


def test_takes_are_kept_by_article_language_and_sentence(root: Path) -> None:
    takes = load_takes(root).with_take("a", "de", "Ein  Satz.\n", 2).with_take("b", "en", "One.", 1)
    save_takes(root, takes)
    again = load_takes(root)
    assert again == takes
    assert again.take_of("a", "de", "Ein Satz.") == 2
    assert again.take_of("a", "en", "Ein Satz.") == 0
    assert again.take_of("b", "de", "Ein Satz.") == 0
    assert again.with_take("a", "de", "Ein Satz.", 0).take_of("a", "de", "Ein Satz.") == 0


def test_the_digest_of_takes_is_that_of_one_article() -> None:
    takes = Takes().with_take("a", "de", "Ein Satz.", 2)
    assert takes.digest_of("a", "de") == takes.with_take("b", "de", "x", 1).digest_of("a", "de")
    assert takes.digest_of("a", "de") != Takes().digest_of("a", "de")


def test_takes_that_did_not_change_write_nothing(root: Path) -> None:
    save_takes(root, Takes())
    assert not (root / "takes.toml").exists()
    save_takes(root, Takes().with_take("a", "de", "x", 1))
    (root / "takes.toml").write_text(
        (root / "takes.toml").read_text(encoding="utf-8") + "# mine\n", encoding="utf-8"
    )
    save_takes(root, Takes().with_take("a", "de", "x", 1))
    assert (root / "takes.toml").read_text(encoding="utf-8").endswith("# mine\n")


ENTRY = '[[take]]\nkey = "a"\nlang = "de"\ntext = "x"\nnumber = 1\n'


@pytest.mark.parametrize(
    "content",
    [
        "schema = 2\n",
        "",
        "schema = 'x'\n",
        "schema = 1\ntake = 5\n",
        "schema = 1\ntake = [5]\n",
        "schema = 1\n" + ENTRY.replace("number = 1", "number = 0"),
        "schema = 1\n" + ENTRY.replace('"de"', '"fr"'),
        "schema = 1\n" + ENTRY.replace('"x"', "5"),
        "schema = 1\n" + ENTRY + "more = 1\n",
        "schema = 1\nmore = 1\n",
        "schema = \n",
        b"\xff",
    ],
)
def test_takes_that_are_not_understood_are_never_overwritten(
    root: Path, content: str | bytes
) -> None:
    path = write(root, "takes.toml", content)
    before = path.read_bytes()
    with pytest.raises(ShowError, match=r"takes\.toml"):
        load_takes(root)
    with pytest.raises(ShowError):
        save_takes(root, Takes().with_take("a", "de", "x", 1))
    assert path.read_bytes() == before


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.tuples(
            st.from_regex(r"[A-Za-z0-9._-]{1,8}", fullmatch=True),
            st.sampled_from(sorted(LANGUAGES)),
            st.text(min_size=1, max_size=30).filter(lambda text: text.strip() != ""),
        ),
        st.integers(1, 1000),
        max_size=4,
    )
)
def test_takes_survive_the_file_whatever_their_text(
    root: Path, numbers: dict[tuple[str, str, str], int]
) -> None:
    takes = Takes()
    for (key, lang, text), number in numbers.items():
        takes = takes.with_take(key, lang, text, number)
    save_takes(root, takes)
    assert load_takes(root) == takes
