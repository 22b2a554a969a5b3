from __future__ import annotations

import io
import json
import uuid
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import podcastparser  # type: ignore[import-untyped]
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]

from narrate import feed
from narrate.errors import ShowError
from narrate.feed import text
from narrate.feed.categories import CATEGORIES
from narrate.feed.chapters import clock_time, play_time
from narrate.feed.names import ascii_url
from narrate.feed.rss import NAMESPACES
from narrate.model import Episode, EpisodeFile, Mark, Show, ShowText
from narrate.plain_text import shortened

GOLDEN = Path(__file__).parent / "golden" / "feed"
RATE = 44_100
BUILT = datetime(2026, 3, 1, 12, 0, tzinfo=timezone.utc)
BERLIN = timezone(timedelta(hours=1))
SHOW = Show(
    id=uuid.UUID("0a1d1f0e-5f1f-4f1c-9c39-0a8a3f6a5c11"),
    root=Path("show"),
    languages=("de", "en"),
    texts={
        "de": ShowText(
            title="Vorgelesen",
            description="Artikel zum Hören: Größe, Töne & Texte.\n\nJede Woche neu.",
            author="Die Redaktion",
            link="https://example.org/de/",
        ),
        "en": ShowText(
            title="Read Aloud",
            description="Articles to listen to.",
            author="The Editors",
            link="https://example.org/en/",
        ),
    },
    base_url="https://audio.example.org/show/",
    category="Society & Culture",
    subcategory="Documentary",
    email="podcast@example.org",
    timezone="Europe/Berlin",
)
MARKS = (
    Mark("Einleitung", 0, 22_050),
    Mark("Wer hört zu?", 22_050, 90 * RATE),
    Mark("Töne & Zahlen", 90 * RATE, 3_725 * RATE + 441),
)
FIRST = Episode(
    guid=uuid.UUID("11111111-1111-5111-8111-111111111111"),
    key="stimmen",
    lang="de",
    title="Stimmen aus der Maschine",
    author="Erika Beispiel",
    published=datetime(2026, 2, 1, 6, 0, tzinfo=BERLIN),
    summary="Wie Maschinen sprechen lernten.",
    link="https://example.org/de/stimmen",
    file="stimmen.de.mp3",
    bytes=44_700_123,
    sha256="0123456789abcdef" * 4,
    frames=3_725 * RATE + 441,
    sample_rate=RATE,
    marks=MARKS,
    image="stimmen.de.jpg",
    notes=("Gelesen von einer synthetischen Stimme.", "Stimme: Beispiel, CC BY 4.0."),
    others=tuple(
        EpisodeFile(f"stimmen.de.{extension}", 30_000_000, "fedcba9876543210" * 4)
        for extension in ("m4b", "m4a", "chapters.json", "vtt", "srt", "transcript.json", "html")
    ),
    narrators=("pico-de", "espeak-de"),
    season=2,
    number=7,
)
SECOND = replace(
    FIRST,
    guid=uuid.UUID("22222222-2222-5222-8222-222222222222"),
    key="noten",
    title="Noten",
    author="",
    published=datetime(2026, 2, 8, 5, 0, tzinfo=timezone.utc),
    summary="",
    link="",
    file="noten.de.mp3",
    bytes=1_000,
    frames=RATE * 2,
    marks=(),
    image="",
    notes=(),
    others=(),
    narrators=(),
    season=None,
    number=None,
)
GUID = uuid.UUID("917393e3-1b1e-5cef-ace4-edaa54e1f810")
FACTS = {"guid": GUID, "image": "cover.de.jpg", "narrators": ("pico-de",)}


def render(show: Show = SHOW, *episodes: Episode, **changes: Any) -> bytes:
    others = tuple(lang for lang in show.texts if lang != "de")
    facts: dict[str, Any] = {**FACTS, "alternates": others, **changes}
    built = facts.pop("last_build", BUILT)
    [undated] = feed.render_feed(show, "de", episodes or (FIRST, SECOND), feed.FeedFacts(**facts))
    return feed.with_build_time(undated, built)


def channel(document: bytes) -> Any:
    return etree.fromstring(document).find("channel")


def find(parent: Any, tag: str) -> Any:
    return parent.find(tag, NAMESPACES)


def as_podcastparser(document: bytes) -> dict[str, Any]:
    parsed: dict[str, Any] = podcastparser.parse(
        "https://audio.example.org/show/feed.de.xml", io.BytesIO(document)
    )
    return parsed


def same_as_golden(name: str, content: bytes) -> None:
    golden = GOLDEN / name
    if not golden.exists():
        golden.write_bytes(content)
        pytest.fail(f"{name} was written: read it, and keep it if it is right")
    assert content.decode() == golden.read_bytes().decode()


BARE = replace(
    SHOW,
    base_url="",
    subcategory="",
    email="",
    private=True,
    explicit=True,
    texts={"de": ShowText("Vorgelesen", "Artikel.", "", "")},
)
HOSTILE = replace(
    FIRST,
    title='<script>alert("x")</script> ]]> & \x00\x07 \ufffe 🎧 ' + "lang " * 1_000,
    author="<b>\nErika\t</b>",
    summary="</description><item>]]>\n\n<img src=x onerror=alert(1)>",
    link="javascript:alert(1)",
    marks=(Mark("\"]]>'<&>", 0, RATE),),
    notes=("&amp; ist kein &",),
)


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("full.xml", render()),
        (
            "bare.xml",
            render(BARE, replace(SECOND, key="a"), guid=None, image=""),
        ),
        ("hostile.xml", render(SHOW, HOSTILE)),
        (
            "empty.xml",
            feed.with_build_time(feed.render_feed(SHOW, "en", (), feed.FeedFacts())[0], BUILT),
        ),
        ("moved.xml", render(replace(SHOW, enclosure_url="versioned"), SECOND, has_moved=True)),
        (
            "stimmen.de.chapters.json",
            feed.chapters_json(
                MARKS, RATE, title=FIRST.title, podcast="Vorgelesen", file=FIRST.file
            ),
        ),
    ],
)
def test_golden(name: str, document: bytes) -> None:
    same_as_golden(name, document)


def test_podcastparser_reads_it() -> None:
    parsed = as_podcastparser(render())
    assert parsed["title"] == "Vorgelesen"
    assert parsed["language"] == "de"
    assert parsed["link"] == "https://example.org/de/"
    assert parsed["cover_url"] == "https://audio.example.org/show/cover.de.jpg"
    assert parsed["explicit"] is False
    assert parsed["itunes_owner"] == {"name": "Die Redaktion", "email": "podcast@example.org"}
    assert parsed["itunes_categories"] == [["Society & Culture", "Documentary"]]
    newest, oldest = parsed["episodes"]
    assert newest["guid"] == str(SECOND.guid)
    assert oldest["guid"] == str(FIRST.guid)
    assert oldest["published"] == int(FIRST.published.timestamp())
    assert oldest["total_time"] == 3_725
    assert oldest["enclosures"] == [
        {
            "url": "https://audio.example.org/show/stimmen.de.mp3",
            "file_size": FIRST.bytes,
            "mime_type": "audio/mpeg",
        }
    ]
    assert [row["title"] for row in oldest["chapters"]] == [mark.title for mark in MARKS]
    assert [row["start"] for row in oldest["chapters"]] == [0, 0, 90]  # it drops the fractions
    assert "synthetischen Stimme" in oldest["description"]
    assert "CC BY 4.0" in oldest["description_html"]
    assert oldest["episode_art_url"] == "https://audio.example.org/show/stimmen.de.jpg"


def test_feedparser_reads_it() -> None:
    parsed = feedparser.parse(render())
    assert not parsed.bozo
    assert parsed.version == "rss20"
    assert parsed.namespaces["podcast"] == NAMESPACES["podcast"]
    assert [entry.title for entry in parsed.entries] == [SECOND.title, FIRST.title]
    entry = parsed.entries[1]
    assert (entry.id, entry.guidislink) == (str(FIRST.guid), False)
    assert entry.published_parsed[:5] == (2026, 2, 1, 5, 0)
    assert entry.enclosures[0].length == str(FIRST.bytes)
    assert feedparser.parse(render(replace(SHOW, private=True))).feed.itunes_block == 1
    assert as_podcastparser(render(replace(SHOW, explicit=True)))["explicit"] is True


def test_hostile_text_stays_text() -> None:
    item = find(channel(render(SHOW, HOSTILE)), "item")
    title = item.findtext("title")
    assert title.startswith('<script>alert("x")</script> ]]> & 🎧 lang lang')
    assert title.endswith("lang…")
    assert len(title) <= text.MAX_LINE
    assert item.findtext("itunes:author", namespaces=NAMESPACES) == "<b> Erika </b>"
    assert "javascript" not in item.findtext("link")
    for tag in ("description", "content:encoded"):
        html = item.findtext(tag, namespaces=NAMESPACES)
        assert "<img" not in html
        assert "&lt;img src=x" in html
    entry = feedparser.parse(render(SHOW, HOSTILE)).entries[0]
    assert "<script" not in entry.content[0].value
    assert "&amp;amp; ist kein &amp;" in item.findtext("description")


def test_an_episode_leads_to_its_article_or_else_to_its_own_page() -> None:
    item = find(channel(render(SHOW, FIRST)), "item")
    assert item.findtext("link") == FIRST.link
    item = find(channel(render(SHOW, replace(FIRST, link=""))), "item")
    assert item.findtext("link") == "https://audio.example.org/show/stimmen.de.html"
    assert find(channel(render(SHOW, replace(FIRST, link="", others=()))), "item/link") is None
    assert find(channel(render(BARE, replace(FIRST, link=""), guid=None)), "item/link") is None


def test_a_picture_that_changes_has_another_address_whatever_that_of_the_audio_does() -> None:
    def addresses(sha256: str) -> list[str]:
        others = (EpisodeFile(FIRST.image, 1_000, sha256), *FIRST.others)
        top = channel(render(SHOW, replace(FIRST, others=others), image_sha256=sha256))
        found = [top, find(top, "item")]
        tags = ("itunes:image", "podcast:image")
        return [find(one, tag).get("href") for one in found for tag in tags]

    show, _, episode, _ = old = addresses("0123456789abcdef" * 4)
    assert show == "https://audio.example.org/show/cover.de.jpg?v=01234567"
    assert episode == "https://audio.example.org/show/stimmen.de.jpg?v=01234567"
    assert not set(old) & set(addresses("fedcba9876543210" * 4))
    assert find(channel(render()), "itunes:image").get("href").endswith("/cover.de.jpg")


def test_an_address_is_only_known_with_a_base_url() -> None:
    bare = channel(render(BARE, guid=None, image=""))
    assert find(bare, "atom:link") is None
    assert find(bare, "podcast:guid") is None
    assert find(bare, "item/enclosure").get("url") == "noten.de.mp3"
    own = find(channel(render()), "atom:link")
    assert own.get("href") == "https://audio.example.org/show/feed.de.xml"


@pytest.mark.parametrize("show", [SHOW, BARE])
def test_required_elements_are_there_once_and_filled(show: Show) -> None:
    top = channel(render(show))
    for tag in ("title", "link", "description", "language", "lastBuildDate", "itunes:explicit"):
        (element,) = top.findall(tag, NAMESPACES)
        assert element.text
    for item in top.findall("item"):
        for tag in ("title", "guid", "pubDate", "enclosure", "itunes:duration", "description"):
            assert len(item.findall(tag, NAMESPACES)) == 1


def test_the_order_of_the_episodes_does_not_matter() -> None:
    assert render(SHOW, FIRST, SECOND) == render(SHOW, SECOND, FIRST)


def test_digest_follows_content_and_not_the_clock() -> None:
    def digest(*episodes: Episode) -> str:
        return feed.content_digest(feed.render_feed(SHOW, "de", episodes, feed.FeedFacts(GUID)))

    assert digest(FIRST, SECOND) == digest(SECOND, FIRST)
    assert digest(FIRST) != digest(replace(FIRST, bytes=FIRST.bytes + 1))
    assert render() != render(last_build=BUILT + timedelta(seconds=1))
    assert render(last_build=BUILT).count(b"<lastBuildDate>Sun, 01 Mar 2026 12:00:00 +0000<") == 1


def test_a_feed_that_moved_says_where_it_is_now_for_as_long_as_it_has_an_address() -> None:
    top = channel(render(has_moved=True))
    assert find(top, "itunes:new-feed-url").text == find(top, "atom:link").get("href")
    assert find(channel(render()), "itunes:new-feed-url") is None
    assert find(channel(render(BARE, guid=None, has_moved=True)), "itunes:new-feed-url") is None


def test_a_versioned_address_follows_the_file_and_nothing_else_does() -> None:
    versioned = replace(SHOW, enclosure_url="versioned")
    addresses = {
        digest[:1]: as_podcastparser(render(versioned, replace(FIRST, sha256=digest)))["episodes"][
            0
        ]["enclosures"][0]["url"]
        for digest in ("a" * 64, "b" * 64)
    }
    assert addresses == {
        "a": "https://audio.example.org/show/stimmen.de.mp3?v=aaaaaaaa",
        "b": "https://audio.example.org/show/stimmen.de.mp3?v=bbbbbbbb",
    }
    plain = render(versioned, FIRST).replace(b"?v=01234567", b"").replace(b"?v=fedcba98", b"")
    assert plain == render(SHOW, FIRST)
    bare = replace(FIRST, others=())
    assert render(SHOW, bare) == render(SHOW, replace(bare, sha256="b" * 64))


def test_notes_survive_a_long_summary() -> None:
    long = replace(FIRST, summary="Wörter & Töne " * 2_000)
    item = find(channel(render(SHOW, long)), "item")
    for tag in ("description", "itunes:summary"):
        description = item.findtext(tag, namespaces=NAMESPACES)
        assert text.MAX_DESCRIPTION - 30 < len(description.encode()) <= text.MAX_DESCRIPTION
        assert description.endswith("\n\n".join(FIRST.notes))


lines = st.text(max_size=300)


@settings(max_examples=60, deadline=None)
@given(st.tuples(lines, lines, lines, lines, lines, lines))
@example(("\ud800", "\x00", "\x1b", "http://[", "\ufffe", "\u2028"))
@example(("e" + "\u0301" * 400, "👩\u200d🚀" * 2_000, "a" * 255, "HTTP://ÄÖ.example/ü?q=ß", "", ""))
def test_any_text_makes_a_valid_feed(texts: tuple[str, ...]) -> None:
    title, summary, author, link, mark, note = texts
    episode = replace(
        FIRST,
        title=title,
        summary=summary,
        author=author,
        link=link,
        marks=(Mark(mark, 0, RATE),),
        notes=(note,),
    )
    words = ShowText(title, summary, author, link)
    top = channel(render(replace(SHOW, texts={"de": words}), episode))
    item = find(top, "item")
    assert find(item, "title").text
    for element in top.iter():
        content = element.text or ""
        if not len(element):
            limit = None if element.tag.endswith(("encoded", "description", "summary")) else 255
            assert limit is None or (content == content.strip() and len(content) <= limit)
            assert limit or element.tag.endswith("encoded") or len(content.encode()) <= 4_000
        for value in element.attrib.values():
            assert value == value.strip()
    parsed = as_podcastparser(render(replace(SHOW, texts={"de": words}), episode))
    assert len(parsed["episodes"]) == 1
    assert json.loads(feed.chapters_json(episode.marks, RATE, title=title))["version"] == "1.2.0"


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("ab &<🎧é\u0301\u200d\n"), max_size=400), st.integers(0, 300))
def test_cutting_keeps_whole_words_within_the_limit(content: str, limit: int) -> None:
    cut = shortened(content, limit, text._escaped_bytes)
    assert sum(map(text._escaped_bytes, cut)) <= limit
    if cut and cut != content:
        assert cut.endswith("…")
        assert content.startswith(cut[:-1])
        assert cut[-2:-1] not in {" ", "\n", "\u200d"}


@pytest.mark.parametrize(
    ("content", "limit", "expected"),
    [
        ("eins zwei drei", 14, "eins zwei drei"),
        ("eins zwei drei", 13, "eins zwei…"),
        ("eins zwei drei", 11, "eins zwei…"),
        ("eins zwei drei", 10, "eins zwei…"),
        ("eins zwei drei", 9, "eins…"),
        ("Donaudampfschiff", 6, "Donau…"),
        ("e\u0301e\u0301", 3, "e\u0301…"),
        ("ae\u0301x", 3, "a…"),
        ("a\u200d bc", 4, "a…"),
        ("eins", 0, ""),
    ],
)
def test_cutting(content: str, limit: int, expected: str) -> None:
    assert shortened(content, limit) == expected


def test_podcast_guid_is_the_specifications() -> None:
    # The namespace's own examples.
    assert str(feed.podcast_guid("https://mp3s.nashownotes.com/pc20rss.xml")) == str(GUID)
    podnews = "9b024349-ccf0-5f69-a609-6b82873eab3c"
    assert str(feed.podcast_guid("https://podnews.net/rss/")) == podnews
    assert str(feed.podcast_guid("podnews.net/rss")) == podnews


def test_names() -> None:
    assert feed.feed_name("de") == "feed.de.xml"
    assert feed.episode_file("a-1", "en", "chapters.json") == "a-1.en.chapters.json"
    assert feed.feed_url(SHOW, "en") == "https://audio.example.org/show/feed.en.xml"
    assert feed.feed_url(BARE, "de") == ""


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (" https://example.org/ü ß ", "https://example.org/%C3%BC%20%C3%9F"),
        ("https://example.org/%C3%BC", "https://example.org/%C3%BC"),
        ("https://example.org/100%/%zz?q=5%", "https://example.org/100%25/%25zz?q=5%25"),
        ("http://bücher.example:8080/", "http://xn--bcher-kva.example:8080/"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://user:secret@example.org/", ""),
        ("https://", ""),
        ("http://[", ""),
        ("http://a:99999/", ""),
        ("/relative", ""),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
    ],
)
def test_addresses(url: str, expected: str) -> None:
    assert ascii_url(url) == expected


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**10), st.sampled_from([16_000, 22_050, 44_100, 48_000]))
def test_times_agree(frame: int, rate: int) -> None:
    hours, minutes, seconds = play_time(frame, rate).split(":")
    total = int(hours) * 3_600 + int(minutes) * 60 + float(seconds)
    assert abs(total - frame / rate) <= 0.000_501
    mark = json.loads(feed.chapters_json([Mark("a", frame, frame)], rate, title=""))["chapters"][0]
    assert mark["startTime"] == pytest.approx(total, abs=1e-6)
    clock = [int(part) for part in clock_time(frame, rate).split(":")]
    assert sum(part * 60**power for power, part in enumerate(reversed(clock))) == frame // rate


def test_categories_are_apples() -> None:
    assert len(CATEGORIES) == 19
    assert len(CATEGORIES) + sum(map(len, CATEGORIES.values())) == 110
    for category, subcategories in CATEGORIES.items():
        for subcategory in ("", *subcategories):
            feed.check_category(category, subcategory)


@pytest.mark.parametrize(
    ("category", "subcategory", "words"),
    [
        ("education", "", "Did you mean “Education”?"),
        ("Scinece", "", "Did you mean “Science”?"),
        ("Xyz", "", "Known: Arts, Business"),
        ("Education", "Language learning", "Did you mean “Language Learning”?"),
        ("Education", "Books", "Known: Courses"),
        ("Technology", "Gadgets", "write “Technology” alone"),
    ],
)
def test_unknown_categories_name_a_known_one(category: str, subcategory: str, words: str) -> None:
    with pytest.raises(ShowError) as caught:
        render(replace(SHOW, category=category, subcategory=subcategory))
    assert words in str(caught.value)
    assert "\n" not in caught.value.what
