from __future__ import annotations

import os
import uuid
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from narrate.errors import ShowError
from narrate.model import FeedSettings, Loudness, Pauses, Show
from narrate.project import (
    find_show,
    load_show,
)
from narrate.project.show import DISCLOSURES, KEYS
from settings_files import MINIMAL, smallest_show, toml_values, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return smallest_show(tmp_path / "show")


def show_of(root: Path, toml: str = MINIMAL) -> Show:
    write(root, "narrate.toml", toml)
    return load_show(root)[0]


def refusal(root: Path, toml: str) -> ShowError:
    write(root, "narrate.toml", toml)
    with pytest.raises(ShowError) as caught:
        load_show(root)
    assert len(str(caught.value).splitlines()) <= 2
    return caught.value


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
        [feed]
        type = "serial"
        updates = "weekly"
        full_text = true
        page_size = 50
        copyright = "© 2026 A. Author"
        license = "CC-BY-SA-4.0"
        license_url = "https://example.org/terms"
        funding = "https://example.org/thanks"
        apple_verify = "a1b2"
        [disclosure]
        position = "end"
        en = "{author} wrote {title}."
        """,
    )
    assert show.feed == FeedSettings(
        *("serial", "weekly", True, 50, "© 2026 A. Author", "cc-by-sa-4.0"),
        *("https://example.org/terms", "https://example.org/thanks", "a1b2"),
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
    (f'title = "x"\ndescription = "{"ä" * 50_001}"', "description", "Shorten the text."),
    ('title = "x"\ndescription = "\\u0007"', "description", "Take it out."),
    ('title = "x"\nid = "7"', "id", "123e4567"),
    ('title = "x"\nlink = "https://a..example/"', "link", "https://example.org/podcast/"),
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
    ('title = "x"\n[feed]\ncopyrigth = "x"', "feed.copyrigth", "Did you mean “copyright”?"),
    ('title = "x"\n[feed]\ncopyright = 2026', "feed.copyright", "a text in quotes"),
    ('title = "x"\n[feed]\nlicense = "mine"', "feed.license", "“license_url”"),
    ('title = "x"\n[feed]\nlicense = "cc-by-9.0"', "feed.license", "cc-by-4.0"),
    (
        f'title = "x"\n[feed]\nlicense = "{"x" * 129}"\nlicense_url = "https://a.org/"',
        "feed.license",
        "Shorten it.",
    ),
    ('title = "x"\n[feed]\nlicense_url = "https://a.org/"', "feed.license_url", "license ="),
    ('title = "x"\n[feed]\nfunding = "javascript:x"', "feed.funding", "whole address"),
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
    place[data.draw(st.sampled_from(KEYS[table]))] = data.draw(toml_values)
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
