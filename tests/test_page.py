"""The pages as documents: whole in themselves, safe with whatever was typed, bounded."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from importlib import resources
from typing import Any

import pytest
from lxml import html as lxml_html  # type: ignore[import-untyped]

from narrate.feed import Cue
from narrate.model import Mark
from narrate.page import TextPage, render_index, render_text_page
from narrate.page.words import WORDS
from pages import HOSTILE, catalogue, episode

RATE = 1_000
PAGE = TextPage(
    key="first",
    lang="de",
    show="Die Töne",
    title="Der erste Artikel",
    author="Ada Example",
    summary="Worum es geht.",
    link="https://example.org/artikel",
    notes=("Gelesen von einer synthetischen Stimme.",),
    audio="first.de.mp3",
    frames=20_000,
    sample_rate=RATE,
    marks=(Mark("Einleitung", 0, 8_000), Mark("Zwei", 8_000, 20_000)),
    cues=(
        Cue(500, 2_000, "Gelesen von einer Stimme.", 1, 0, "disclosure", "de"),
        Cue(2_500, 4_000, "Ein Satz.", 1, 1, "sentence", "de"),
        Cue(4_500, 6_000, "A foreign one.", 1, 1, "sentence", "en"),
        Cue(8_500, 9_000, "Zwei", 2, 0, "heading", "de"),
        Cue(9_500, 12_000, "Noch ein Satz.", 2, 1, "sentence", "de"),
    ),
)

PAGES = (render_index(catalogue(episode("a"))), render_text_page(PAGE))


def tree(document: bytes) -> Any:
    return lxml_html.document_fromstring(document.decode("utf-8"))


def data_of(document: bytes) -> Any:
    (script,) = tree(document).xpath("//script[@type='application/json']")
    return json.loads(script.text)


def test_the_same_catalogue_gives_the_same_bytes() -> None:
    one = catalogue(episode("a"), episode("a", "en"))
    again = json.loads(json.dumps(one))
    assert render_index(one) == render_index(again)


def index_saying(text: str) -> bytes:
    """The page of a show that says ``text`` wherever it can say something."""
    chapters = [{"start": 0.0, "title": text, "id": "c"}]
    said: dict[str, Any] = {"title": text, "author": text, "summary": text, "link": text}
    one = episode("a", **said, notes=[text], chapters=chapters)
    return render_index(catalogue(one, title=text, description=text, link=text))


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_was_typed_is_markup(text: str) -> None:
    document = index_saying(text)
    page = tree(document)
    assert len(page.xpath("//script")) == 2
    assert not page.xpath("//*[@onerror]|//img[@src='x']")
    assert not [link for link in page.xpath("//@href") if link.lower().startswith("javascript")]
    assert len(page.xpath("//*")) == len(tree(index_saying("harmless")).xpath("//*"))
    (carried,) = data_of(document)["show"]["episodes"]
    assert carried["title"] == text


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_was_said_is_markup(text: str) -> None:
    cues = tuple(replace(cue, text=text) for cue in PAGE.cues)
    marks = tuple(replace(mark, title=text) for mark in PAGE.marks)
    hostile = replace(
        PAGE,
        show=text,
        title=text,
        author=text,
        summary=text,
        notes=(text,),
        marks=marks,
        cues=cues,
    )
    page = tree(render_text_page(hostile))
    assert len(page.xpath("//*")) == len(tree(render_text_page(PAGE)).xpath("//*"))
    assert len(page.xpath("//script")) == 1


@pytest.mark.parametrize(
    "document", [render_index(catalogue(episode("a"))), render_text_page(PAGE)]
)
def test_a_page_needs_nothing_but_files_beside_it(document: bytes) -> None:
    page = tree(document)
    fetched = page.xpath(
        "//img/@src|//audio/@src|//script/@src|//iframe/@src|//link[@rel!='alternate']/@href"
    )
    assert fetched
    assert [one for one in fetched if "//" in one and not one.startswith("data:")] == []
    assert b"@import" not in document
    assert b"url(" not in document


@pytest.mark.parametrize(
    "document", [render_index(catalogue(episode("a"))), render_text_page(PAGE)]
)
def test_the_policy_allows_the_script_and_the_style_of_the_page_alone(document: bytes) -> None:
    page = tree(document)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    for rule, content in (
        ("script-src", page.xpath("//script[not(@type)]")[0].text),
        ("style-src", page.xpath("//style")[0].text),
    ):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
    assert not page.xpath("//@style")
    assert not [name for name in page.xpath("//@*") if getattr(name, "attrname", "")[:2] == "on"]


def test_without_a_script_everything_can_be_heard_and_read() -> None:
    page = tree(render_index(catalogue(episode("a"), episode("a", "en"))))
    assert page.xpath("//audio/@src") == ["a.de.mp3", "a.en.mp3"]
    assert page.xpath("//article[@id='a.de']//ol/li/a/@href")[1] == "a.de.mp3#t=200.000"
    assert page.xpath("//article//a[contains(@href, '.html')]/@href") == ["a.de.html", "a.en.html"]
    assert page.xpath("//section/@lang") == ["de", "en"]
    assert "1. Mai 2024" in page.text_content()
    assert "1 May 2024" in page.text_content()


def test_feeds_are_found_by_programs_that_look_for_them() -> None:
    whole = tree(render_index(catalogue(episode("a"), base_url="https://example.org/show/")))
    link = "//link[@rel='alternate'][@type='application/rss+xml']/@href"
    assert whole.xpath(link) == ["https://example.org/show/feed.de.xml"]
    assert tree(render_index(catalogue(episode("a")))).xpath(link) == ["feed.de.xml"]


def test_a_thousand_episodes_make_a_page_of_bounded_size() -> None:
    chapters = [{"start": 60.0 * n, "title": f"Kapitel {n} " * 5, "id": ""} for n in range(12)]
    many = [episode(f"key-{n}", chapters=chapters, summary="Wort " * 200) for n in range(1_000)]
    document = render_index(catalogue(*many))
    assert len(document) < 2_500_000
    carried = data_of(document)["show"]["episodes"]
    assert len(carried) == 1_000
    assert carried[0]["summary"] == "Wort " * 200
    assert len(carried[0]["chapters"]) == 12
    assert "chapters" not in carried[-1]
    page = tree(document)
    assert len(page.xpath("//audio")) == 50
    assert len(page.xpath("//li/a[contains(@href, '.html')]")) == 950


def test_a_show_without_episodes_has_a_page() -> None:
    page = tree(render_index(catalogue()))
    assert "narrate build" in page.text_content()


def test_the_text_of_an_episode_is_a_page_of_its_own() -> None:
    page = tree(render_text_page(PAGE))
    times = page.xpath("//section[@data-t]//a/time")
    assert [time.get("datetime") for time in times] == [
        f"PT{section.get('data-t')}S" for section in page.xpath("//section[@data-t]")
    ]
    assert page.xpath("/html/@lang") == ["de"]
    assert page.xpath("//audio/@src") == ["first.de.mp3"]
    assert page.xpath("//h3/a/@href") == ["first.de.mp3#t=0.000", "first.de.mp3#t=8.000"]
    assert page.xpath("//ol/li/a/@href") == ["#c1", "#c2"]
    assert page.xpath("//section/@id") == ["c1", "c2"]
    assert page.xpath("//span[@lang='en']/text()") == ["A foreign one."]
    said = [node.text for node in page.xpath("//span[@data-s]")]
    assert said == [cue.text for cue in PAGE.cues]
    assert page.xpath("//a[@class='up']/@href") == ["index.html#first.de"]
    assert page.xpath("//a[text()='Zum Artikel']/@href") == ["https://example.org/artikel"]


def test_an_article_without_a_web_address_has_no_link() -> None:
    page = tree(render_text_page(replace(PAGE, link="javascript:alert(1)")))
    assert "Zum Artikel" not in page.text_content()


def test_both_languages_of_the_interface_say_the_same() -> None:
    assert WORDS["de"].keys() == WORDS["en"].keys()
    for name, german in WORDS["de"].items():
        english = WORDS["en"][name]
        assert set(re.findall(r"\{\w+\}", german)) == set(re.findall(r"\{\w+\}", english)), name


def test_the_script_knows_every_phrase_that_it_says() -> None:
    folder = resources.files("narrate.page") / "assets"
    script = "\n".join(
        path.read_text(encoding="utf-8") for path in folder.iterdir() if path.name.endswith(".js")
    )
    said = set(re.findall(r'\bsay\("(\w+)"', script))
    said |= set(re.findall(r'\bphrase\("\w+", "(\w+)"', script))
    said |= set(re.findall(r'\bpress\("(\w+)"', script))
    said |= set(re.findall(r'\bbutton\("\w+", "(\w+)"', script))
    assert len(said) > 20
    assert said <= WORDS["en"].keys()


def test_the_script_never_reads_text_as_markup() -> None:
    folder = resources.files("narrate.page") / "assets"
    for path in folder.iterdir():
        if path.name.endswith(".js"):
            text = path.read_text(encoding="utf-8")
            forbidden = (
                r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function"
            )
            assert not re.search(forbidden, text), path.name
