"""A feed is judged as apps judge it, before anybody gets it."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import feedparser  # type: ignore[import-untyped]
import podcastparser  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]

from narrate import feed
from narrate.feed.rss import NAMESPACES
from narrate.model import FeedSettings, Mark
from test_feed import BUILT, FIRST, GUID, HOSTILE, SECOND, SHOW, render

ATOM = "{http://www.w3.org/2005/Atom}link"


def problems(document: bytes, **more: Any) -> list[str]:
    return [one.what for one in feed.feed_problems(document, is_public=True, **more)]


def changed(path: str, change: Callable[[Any], None]) -> bytes:
    """The full feed with one element changed."""
    root = etree.fromstring(render())
    found = root.find(path, NAMESPACES)
    assert found is not None
    change(found)
    document: bytes = etree.tostring(root)
    return document


def text(content: str) -> Callable[[Any], None]:
    def change(element: Any) -> None:
        element.text = content

    return change


def attribute(name: str, value: str) -> Callable[[Any], None]:
    def change(element: Any) -> None:
        element.set(name, value)

    return change


def gone(element: Any) -> None:
    element.getparent().remove(element)


def test_what_is_rendered_breaks_no_rule() -> None:
    assert problems(render()) == []
    assert problems(render(SHOW, HOSTILE)) == []


def test_a_feed_without_an_address_is_sound_and_not_public() -> None:
    bare = render(replace(SHOW, base_url=""), guid=None)
    assert feed.feed_problems(bare, is_public=False) == ()
    assert "“atom:link” with the feed's own address is missing" in problems(bare)


@pytest.mark.parametrize(
    ("path", "change", "what", "setting"),
    [
        ("channel/title", text(""), "“title” is missing", "title"),
        ("channel/title", text("x" * 256), "256 characters", "title"),
        ("channel/title", text(" Titel"), "white space", "title"),
        ("channel/description", text("ä" * 2_001), "4002 bytes", "description"),
        ("channel/description", gone, "“description” is missing", "description"),
        ("channel/language", text("german, mostly"), "no language code", "languages"),
        ("channel/itunes:category", attribute("text", "Cooking"), "“Cooking”", "category"),
        (
            "channel/itunes:category/itunes:category",
            attribute("text", "Cooking"),
            "“Cooking” below “Society & Culture”",
            "category",
        ),
        ("channel/itunes:category", gone, "“itunes:category” is missing", "category"),
        ("channel/itunes:explicit", text("no"), "neither true nor false", "explicit"),
        ("channel/itunes:image", gone, "“itunes:image” is missing", "cover"),
        (
            "channel/itunes:image",
            attribute("href", "https://a.example/cover.gif"),
            "neither JPEG nor PNG",
            "cover",
        ),
        ("channel/podcast:guid", text("17"), "“podcast:guid” is no UUID", "base_url"),
        ("channel/link", text("javascript:alert(1)"), "not whole", "link"),
        ("channel/atom:link", attribute("href", "http://u:p@a.example/"), "user name", "base_url"),
        ("channel/podcast:person", text(" "), "has no name", "author"),
        ("channel/item/title", gone, "“title” is missing", "title"),
        ("channel/item/guid", gone, "“guid” is missing", ""),
        ("channel/item/enclosure", gone, "has 0 enclosures", ""),
        ("channel/item/enclosure", attribute("length", "0"), "no number of bytes", ""),
        ("channel/item/enclosure", attribute("type", "audio/mp3"), "not that of its file", ""),
        ("channel/item/enclosure", attribute("url", "a b.mp3"), "must be escaped", "base_url"),
        ("channel/item/enclosure", attribute("url", "a.mp3"), "not whole", "base_url"),
        ("channel/item/pubDate", text("yesterday"), "“pubDate” is no date", "date"),
        ("channel/item/itunes:duration", text("0"), "no number of seconds", ""),
        ("channel/item[2]/itunes:season", text("0"), "no whole number", "season"),
        ("channel/item[2]/psc:chapters/psc:chapter", attribute("start", "0:1"), "no time", ""),
        (
            "channel/item[2]/psc:chapters/psc:chapter[2]",
            attribute("start", "09:00:00.000"),
            "behind its end",
            "",
        ),
        (
            "channel/item[2]/psc:chapters/psc:chapter[1]",
            attribute("start", "00:00:02.000"),
            "not in order",
            "",
        ),
        ("channel/item[2]/podcast:transcript", attribute("type", "text/foo"), "media type", ""),
        ("channel/item[2]/podcast:transcript", attribute("url", ""), "has no address", ""),
    ],
)
def test_each_rule_names_what_is_to_be_mended(
    path: str, change: Callable[[Any], None], what: str, setting: str
) -> None:
    found = feed.feed_problems(changed(path, change), is_public=True)
    assert any(what in one.what and one.setting == setting for one in found), found
    assert any(one.is_error for one in found)


def test_a_problem_of_an_episode_names_it() -> None:
    document = changed("channel/item/itunes:duration", text("long"))
    [problem] = feed.feed_problems(document, is_public=True)
    assert problem.guid == str(SECOND.guid)


@pytest.mark.parametrize("document", [b"", b"<rss", b"<feed/>", b'<rss version="2.0"/>'])
def test_what_is_no_feed_is_one_problem(document: bytes) -> None:
    assert len(problems(document)) == 1


def test_an_entity_is_no_way_to_a_file() -> None:
    hostile = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><rss>&e;</rss>'
    assert problems(hostile) == ["is no RSS 2.0"]


def test_episodes_with_one_guid_are_an_error_and_with_one_date_a_warning() -> None:
    twin = replace(SECOND, guid=FIRST.guid, published=FIRST.published)
    found = feed.feed_problems(render(SHOW, FIRST, twin), is_public=True)
    assert [(one.what, one.is_error) for one in found] == [
        ("2 episodes have one guid", True),
        ("has the same date as “Noten”; apps put them in any order", False),
    ]


def test_a_date_to_come_is_told() -> None:
    early = SECOND.published - timedelta(days=1)
    [problem] = feed.feed_problems(render(), is_public=True, now=early)
    assert "2026-02-08, which is to come" in problem.what
    assert not problem.is_error
    assert problems(render(), now=BUILT) == []


def test_a_large_feed_is_told_and_not_refused() -> None:
    many = [
        replace(FIRST, key=f"e{n}", file=f"e{n}.de.mp3", guid=_guid(n), summary="Wort " * 700,
                published=FIRST.published + timedelta(days=n))
        for n in range(200)
    ]  # fmt: skip
    found = feed.feed_problems(render(SHOW, *many), is_public=True)
    assert [(one.setting, one.is_error) for one in found] == [("feed.page_size", False)]
    pages = feed.render_feed(
        replace(SHOW, feed=FeedSettings(page_size=50)), "de", many, feed.FeedFacts(GUID, "c.jpg")
    )
    assert [problems(page) for page in pages] == [[], [], [], []]


def _guid(number: int) -> Any:
    return type(GUID)(int=number + 1)


def links(document: bytes) -> dict[str, str]:
    root = etree.fromstring(document)
    return {one.get("rel"): one.get("href") for one in root.iter(ATOM)}


def test_pages_name_each_other_and_hold_every_episode_once() -> None:
    base = "https://audio.example.org/show/"
    third = replace(SECOND, key="dritte", guid=_guid(3), published=BUILT)
    show = replace(SHOW, feed=FeedSettings(page_size=1))
    facts = feed.FeedFacts(GUID, "cover.de.jpg")
    first, second, last = feed.render_feed(show, "de", [FIRST, SECOND, third], facts)
    ends = {"first": f"{base}feed.de.xml", "last": f"{base}feed.de.3.xml"}
    assert links(first) == {
        **ends, "self": f"{base}feed.de.xml", "next": f"{base}feed.de.2.xml"
    }  # fmt: skip
    assert links(second) == {
        **ends,
        "self": f"{base}feed.de.2.xml",
        "previous": f"{base}feed.de.xml",
        "next": f"{base}feed.de.3.xml",
    }
    assert links(last)["previous"] == f"{base}feed.de.2.xml"
    guids = [etree.fromstring(page).findtext("channel/item/guid") for page in (first, second, last)]
    assert guids == [str(third.guid), str(SECOND.guid), str(FIRST.guid)]
    [parsed] = podcastparser.parse("https://x.example/", io.BytesIO(first))["episodes"]
    assert parsed["title"] == third.title
    whole = feed.render_feed(replace(show, feed=FeedSettings(page_size=3)), "de", [FIRST], facts)
    assert set(links(whole[0])) == {"self"}


@pytest.mark.parametrize(
    ("updates", "rule"),
    [("weekly", "FREQ=WEEKLY"), ("biweekly", "FREQ=WEEKLY;INTERVAL=2"), ("complete", None)],
)
def test_how_often_there_is_an_episode_is_said_when_the_author_says_it(
    updates: str, rule: str | None
) -> None:
    show = replace(SHOW, feed=FeedSettings(kind="serial", updates=updates))
    top = etree.fromstring(render(show)).find("channel")
    said = top.find("podcast:updateFrequency", NAMESPACES)
    assert said.get("rrule") == rule
    assert said.text
    assert said.get("complete") == ("true" if rule is None else None)
    assert (top.findtext("itunes:complete", None, NAMESPACES) == "Yes") == (rule is None)
    assert top.findtext("itunes:type", None, NAMESPACES) == "serial"
    assert b"updateFrequency" not in render()
    assert problems(render(show, FIRST)) == []


RIGHTS = FeedSettings(
    copyright="© 2026 <Erika> & Söhne",
    license="eigene & freie",
    license_url="https://example.org/bedingungen?a=1&b=ü",
    funding="https://exämple.org/danke",
    apple_verify="a1<b2",
)


def test_rights_thanks_and_proof_are_told_where_the_author_tells_them() -> None:
    assert not any(word in render() for word in (b"copyright", b"license", b"funding", b"applepod"))
    document = render(replace(SHOW, feed=RIGHTS))
    top = etree.fromstring(document).find("channel")
    assert problems(document) == []
    assert top.findtext("copyright") == RIGHTS.copyright
    licence = top.find("podcast:license", NAMESPACES)
    assert licence.text == RIGHTS.license
    assert licence.get("url") == "https://example.org/bedingungen?a=1&b=%C3%BC"
    funding = top.find("podcast:funding", NAMESPACES)
    assert (funding.text, funding.get("url")) == (
        "Diese Show unterstützen",
        "https://xn--exmple-cua.org/danke",
    )
    proof = top.find("podcast:txt[@purpose='applepodcastsverify']", NAMESPACES)
    assert proof.text == RIGHTS.apple_verify
    assert "Söhne" in feedparser.parse(document).feed.rights
    show = replace(SHOW, feed=RIGHTS)
    [english] = feed.render_feed(show, "en", [], feed.FeedFacts(GUID, "cover.en.jpg"))
    assert b">Support this show<" in english


def test_a_creative_commons_licence_needs_no_address() -> None:
    document = render(replace(SHOW, feed=FeedSettings(license="cc-by-nc-nd-4.0")))
    assert b"<podcast:license>cc-by-nc-nd-4.0</podcast:license>" in document
    assert problems(document) == []


@pytest.mark.parametrize(
    ("path", "change", "what", "setting"),
    [
        ("channel/copyright", text("x" * 256), "256 characters", "feed.copyright"),
        ("channel/podcast:funding", attribute("url", "/a"), "not whole", "feed.funding"),
        ("channel/podcast:license", attribute("url", ""), "no address", "feed.license_url"),
        ("channel/podcast:license", text("x" * 129), "1 to 128 characters", "feed.license"),
    ],
)
def test_each_rule_of_rights_names_its_setting(
    path: str, change: Callable[[Any], None], what: str, setting: str
) -> None:
    root = etree.fromstring(render(replace(SHOW, feed=RIGHTS)))
    change(root.find(path, NAMESPACES))
    [found] = feed.feed_problems(etree.tostring(root), is_public=True)
    assert what in found.what
    assert found.setting == setting


def test_a_serial_whose_episodes_have_no_numbers_is_told_and_not_refused() -> None:
    serial = replace(SHOW, feed=FeedSettings(kind="serial"))
    [told] = feed.feed_problems(render(serial, replace(FIRST, number=None)), is_public=True)
    assert (told.setting, told.guid, told.is_error) == ("episode", str(FIRST.guid), False)
    assert problems(render(serial, FIRST)) == []


def test_the_whole_text_stands_in_the_notes_by_choice() -> None:
    whole = render(SHOW, replace(FIRST, paragraphs=("Ein <b> Absatz.", "Noch einer & mehr.")))
    notes = etree.fromstring(whole).findtext("channel/item/content:encoded", None, NAMESPACES)
    assert "<p>Ein &lt;b&gt; Absatz.</p>\n<p>Noch einer &amp; mehr.</p>" in notes
    assert notes.index("Kapitel") < notes.index("Absatz") < notes.index("CC BY 4.0")
    [entry] = feedparser.parse(whole).entries
    assert "Noch einer" in entry.content[-1].value
    assert problems(whole) == []


LONG = replace(
    FIRST,
    title="lang " * 1_000,
    author="Autor " * 50,
    summary="Satz. " * 1_000,
    marks=(Mark("kurz", 0, 44_100), Mark("Kapitel " * 40, 44_100, FIRST.frames)),
)


def test_what_is_cut_is_told() -> None:
    assert feed.cut_texts(FIRST) == ()
    title, author, chapter, summary = feed.cut_texts(LONG)
    assert title == "its title has 5000 characters; feeds show the first 255"
    assert author.startswith("its author has 300 characters")
    assert chapter.startswith("the title of chapter 2 has 320 characters")
    assert summary.startswith("its summary and the notes below it have 60")
    [notes] = feed.cut_texts(replace(FIRST, summary="", notes=("Lizenz " * 1_000,)))
    assert notes == "its notes have 6999 bytes; feeds show 4000, cut at a word"
    assert problems(render(SHOW, LONG)) == []
    item = etree.fromstring(render(SHOW, LONG)).find("channel/item")
    assert item.findtext("title").endswith("lang…")
    assert "Gelesen von einer synthetischen Stimme." in item.findtext("description")


hostile = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)


@settings(max_examples=60, deadline=None)
@given(st.tuples(hostile, hostile, hostile, hostile, hostile))
def test_no_text_breaks_a_rule(texts: tuple[str, ...]) -> None:
    title, author, summary, note, mark = texts
    episode = replace(
        FIRST,
        title=title,
        author=author,
        summary=summary,
        notes=(note,),
        narrators=(author,),
        marks=(Mark(mark, 0, FIRST.frames),),
        paragraphs=(summary, note),
    )
    document = render(SHOW, episode)
    assert problems(document) == []
    [entry] = feedparser.parse(document).entries
    assert entry.id == str(FIRST.guid)
    assert feed.show_json(SHOW, [feed.ListedFeed("de", "cover.de.jpg", (episode,))])


def test_all_feeds_stand_in_an_opml_file() -> None:
    document = feed.render_opml(SHOW, ["de", "en"])
    root = ET.fromstring(document)  # noqa: S314 - our own document
    assert root.tag == "opml"
    outlines = root.findall("body/outline")
    assert [one.get("xmlUrl") for one in outlines] == [
        "https://audio.example.org/show/feed.de.xml",
        "https://audio.example.org/show/feed.en.xml",
    ]
    assert [one.get("text") for one in outlines] == ["Vorgelesen", "Read Aloud"]
    assert {one.get("type") for one in outlines} == {"rss"}
    assert root.findtext("head/title") == "Vorgelesen / Read Aloud"


def test_the_catalogue_lists_the_episodes_with_their_files() -> None:
    listed = feed.ListedFeed("de", "cover.de.jpg", (FIRST, SECOND))
    catalogue = json.loads(feed.show_json(SHOW, [listed]))
    newest, oldest = catalogue["episodes"]
    assert (newest["key"], oldest["key"]) == ("noten", "stimmen")
    assert oldest["files"][0] == {
        "name": "stimmen.de.mp3", "type": "audio/mpeg", "bytes": FIRST.bytes
    }  # fmt: skip
    assert [one["type"] for one in oldest["files"]] == ["audio/mpeg", "audio/mp4", "audio/x-m4a"]
    assert oldest["transcripts"] == {
        "vtt": "stimmen.de.vtt",
        "srt": "stimmen.de.srt",
        "json": "stimmen.de.transcript.json",
        "html": "stimmen.de.html",
    }
    assert oldest["duration"] == 3725.01
    assert oldest["season"] == 2
    assert newest["chapters_file"] == ""
