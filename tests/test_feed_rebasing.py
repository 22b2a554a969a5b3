"""A feed told from another address: only the show's own files move."""

from __future__ import annotations

import pytest

from narrate.feed import rebased

OLD, NEW = "https://example.org/show/", "http://192.168.1.7:8000/t/key/"

FEED = """\
<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0" version="2.0">
  <channel>
    <title>{base}</title>
    <link>{folder}</link>
    <itunes:image href="{base}cover.de.jpg"/>
    <itunes:new-feed-url>{base}feed.de.xml</itunes:new-feed-url>
    <atom:link href="{base}feed.en.xml" rel="alternate"/>
    <podcast:images srcset="{base}a.jpg 300w, {base}b.jpg 600w"/>
    <podcast:funding url="https://example.org/show/thanks">Thanks</podcast:funding>
    <podcast:license url="https://example.org/show/terms">terms</podcast:license>
    <podcast:person href="https://example.org/ada">Ada</podcast:person>
    <item>
      <link>https://example.org/show/an-article</link>
      <guid isPermaLink="false">880c05e2-80a0-4ccd-a4c1-d302b6ab88ef</guid>
      <enclosure url="{base}a.de.mp3?v=12345678" length="1" type="audio/mpeg"/>
      <podcast:alternateEnclosure type="audio/x-m4a"><podcast:source uri="{base}a.de.m4a"/></podcast:alternateEnclosure>
      <content:encoded><![CDATA[<p><a href="https://example.org/show/an-article">A</a></p>]]></content:encoded>
    </item>
  </channel>
</rss>
"""  # noqa: E501


@pytest.mark.parametrize(("old", "folder"), [(OLD, OLD), ("", "./")])
def test_every_address_of_the_show_moves_and_no_other(old: str, folder: str) -> None:
    feed = FEED.format(base=old, folder=folder).encode()
    expected = FEED.format(base=NEW, folder=NEW).replace(f"<title>{NEW}", f"<title>{old}")
    assert rebased(feed, old, NEW).decode() == expected.replace("<title></title>", "<title/>")


def test_a_feed_is_told_its_own_address_where_it_has_none() -> None:
    feed = FEED.format(base="", folder="./").encode()
    told = rebased(feed, "", NEW, name="feed.de.xml")
    own = f'<atom:link href="{NEW}feed.de.xml" rel="self" type="application/rss+xml"/>'.encode()
    assert told.replace(own, b"") == rebased(feed, "", NEW)
    assert told.index(own) < told.index(b"<item>")
    assert rebased(told, NEW, OLD, name="x") == told.replace(NEW.encode(), OLD.encode())


def test_an_author_s_own_link_stays() -> None:
    feed = FEED.format(base=OLD, folder="https://example.org/show/about").encode()
    assert b"<link>https://example.org/show/about</link>" in rebased(feed, OLD, NEW)


def test_an_episode_without_a_link_of_the_author_s_leads_to_its_own_page_that_moves_too() -> None:
    item = (
        f"<link>{OLD}an-article</link>",
        f'<link>{OLD}a.de.html</link><podcast:transcript url="{OLD}a.de.html" type="text/html"/>',
    )
    feed = FEED.format(base=OLD, folder=OLD).replace(*item).encode()
    assert f"<link>{NEW}a.de.html</link>".encode() in rebased(feed, OLD, NEW)


def test_moved_and_moved_back_is_the_same() -> None:
    feed = FEED.format(base=OLD, folder=OLD).encode()
    moved = rebased(feed, OLD, NEW)
    assert moved.count(NEW.encode()) == 8
    assert rebased(moved, NEW, OLD) == rebased(feed, OLD, OLD)


@pytest.mark.parametrize("content", [b"", b"<rss", b"\xff\xfe", b"no xml"])
def test_what_is_no_xml_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        rebased(content, OLD, NEW)


def test_entities_are_not_resolved() -> None:
    bomb = (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel>&x;</channel></rss>'
    )
    assert b"&x;" in rebased(bomb, OLD, NEW)
