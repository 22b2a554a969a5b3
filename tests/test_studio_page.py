"""The studio's page in a real browser: one hears, compares, chooses, teaches, by keyboard too."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from narrate.build import Workspace, locked_workspace
from shows import edit, narrate, write_article
from studio_client import Studio, studio_of

FIRST_OF_TWO = "Something stands here."

pytestmark = [
    pytest.mark.needs_program("chromium"),
    pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX"),
]


@pytest.fixture
def page(chromium: Browser, open_studio: tuple[Studio, Path]) -> Iterator[Page]:
    with page_of(chromium, open_studio[0]) as page:
        yield page


@pytest.fixture
def own_page(chromium: Browser, show: Path) -> Iterator[Page]:
    """The page of a show that is to be changed."""
    with studio_of(show) as studio, page_of(chromium, studio) as page:
        yield page


@contextlib.contextmanager
def page_of(chromium: Browser, studio: Studio) -> Iterator[Page]:
    """The page; a word of it to the console is a fault, and so is what it asks of others."""
    page = chromium.new_page()
    page.set_default_timeout(30_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(studio.address) else faults.append(asked.url),
    )
    page.goto(studio.address)
    expect(page.get_by_role("heading", name="The Tones")).to_be_visible()
    yield page
    page.close()
    assert faults == []


def open_sentence(page: Page) -> None:
    page.get_by_role("link", name="The First Article").click()
    page.get_by_role("option", name=FIRST_OF_TWO).click()
    expect(page.locator("#take-0")).to_be_visible()


def player(page: Page) -> Any:
    return page.evaluate(
        "() => { const p = document.getElementById('player');"
        "return {at: p.currentTime, paused: p.paused, length: p.duration, source: p.src}; }"
    )


def take_in_use(show: Path) -> int:
    lines = Workspace.open(show).records.script("first.en").lines
    [take] = [line.take for line in lines if line.text == FIRST_OF_TWO]
    return take


def test_a_sentence_is_heard_read_again_compared_and_chosen(own_page: Page, show: Path) -> None:
    page = own_page
    open_sentence(page)
    bench = page.get_by_role("complementary")
    start = page.evaluate("() => document.querySelector('#bench dd').textContent")
    bench.get_by_role("button", name="Play this sentence").click()
    expect(page.locator("li.heard")).to_have_text(FIRST_OF_TWO)
    page.wait_for_function("() => document.getElementById('player').paused")
    heard = player(page)
    minutes, seconds = start.split(" to ")[1].split(":")
    assert heard["at"] == pytest.approx(60 * int(minutes) + int(seconds) + 0.5, abs=0.7)

    bench.get_by_role("button", name="Read it again").click()
    expect(page.locator("#take-1")).to_contain_text("chosen")
    assert take_in_use(show) == 1
    expect(page.get_by_role("status")).to_contain_text("Changed: chapter 2, sentence 2")
    expect(page.get_by_role("option", name=FIRST_OF_TWO)).to_contain_text("take 1")

    bench.get_by_role("button", name="Hear take 2 without choosing it").click()
    expect(page.locator("#take-2")).to_contain_text("1.3 s")
    assert player(page)["length"] == pytest.approx(1.3, abs=0.1)
    assert take_in_use(show) == 1
    bench.get_by_role("button", name="Use take 0").click()
    expect(page.locator("#take-0")).to_contain_text("chosen")
    assert take_in_use(show) == 0

    bench.get_by_role("button", name="Play all in turn").click()
    for number in (0, 1):
        expect(page.locator("li.playing")).to_have_id(f"take-{number}")
    expect(page.locator("li.playing")).to_have_count(0)


def test_an_article_without_an_episode_is_listed_and_built(own_page: Page, show: Path) -> None:
    page = own_page
    expect(page.get_by_role("link", name="The First Article")).to_be_visible()
    for key in ("another", "third"):
        write_article(show, f"{key}.en.md", f"# About {key}\n\nA text of its own.\n")
    write_article(show, "another.de.md", "# Von anderem\n\nEin eigener Text.\n")
    page.reload()
    unbuilt = page.get_by_role("region", name="Not built yet")
    expect(unbuilt.get_by_role("listitem")).to_have_count(2)
    expect(unbuilt.get_by_role("listitem").first).to_contain_text("Von anderem Deutsch")
    unbuilt.get_by_role("button", name="Build Von anderem").click()
    expect(page.get_by_role("status")).to_have_text("Built: 2 episodes written.")
    expect(page.get_by_role("link", name="About another")).to_be_visible()
    expect(unbuilt.get_by_role("listitem")).to_have_count(1)
    assert sorted(Workspace.open(show).known) == [
        *("another.de", "another.en", "first.de", "first.en"),
    ]
    unbuilt.get_by_role("button", name="Build About third").click()
    expect(page.get_by_role("link", name="About third")).to_be_visible()
    expect(unbuilt).to_be_hidden()


def test_until_the_show_is_read_the_list_says_so(
    chromium: Browser, open_studio: tuple[Studio, Path]
) -> None:
    page = chromium.new_page()
    waiting: list[Any] = []
    page.route("**/api/show", lambda route: waiting.append(route))  # noqa: PLW0108 - it marks what it calls
    page.goto(open_studio[0].address)
    expect(page.locator("#episodes")).to_have_text("Looking for episodes …")
    for route in waiting:
        route.continue_()
    expect(page.get_by_role("link", name="The First Article")).to_be_visible()
    expect(page.locator("#episodes")).not_to_contain_text("Looking")
    page.close()


def test_with_forced_colours_the_chosen_sentence_alone_is_marked(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    open_sentence(page)
    looks = page.get_by_role("option").evaluate_all(
        "(all) => all.map((one) => { const { borderInlineStartColor, outlineStyle } ="
        " getComputedStyle(one);"
        " return [borderInlineStartColor, outlineStyle, one.getAttribute('aria-selected')]; })"
    )
    canvas = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    chosen = [look for look in looks if look[2] == "true"]
    others = [look for look in looks if look[2] == "false"]
    assert {(colour, outline) for colour, outline, _ in others} == {(canvas, "none")}
    assert [(colour != canvas, outline) for colour, outline, _ in chosen] == [(True, "solid")]


def test_the_colour_of_the_take_that_is_played_goes_round_its_words(page: Page) -> None:
    open_sentence(page)
    row, words, button = page.locator("#take-0").evaluate(
        "(row) => [row, row.querySelector('span'), row.querySelector('button')]"
        ".map((one) => one.getBoundingClientRect().toJSON())"
    )
    assert words["left"] - row["left"] >= 6
    assert row["right"] - button["right"] >= 6


def test_a_chapter_is_played_from_its_beginning_to_its_end(page: Page) -> None:
    page.get_by_role("link", name="The First Article").click()
    page.get_by_role("button", name="Play chapter 2").click()
    page.wait_for_function("() => !document.getElementById('player').paused")
    begin = player(page)["at"]
    end = page.evaluate("() => document.querySelectorAll('.chapter .facts')[1].textContent")
    first, last = (int(one.split(":")[1]) for one in end.split(" to "))
    assert first <= begin < first + 2
    page.evaluate(f"() => {{ document.getElementById('player').currentTime = {last} - 0.5; }}")
    page.wait_for_function("() => document.getElementById('player').paused")
    assert player(page)["at"] == pytest.approx(last + 0.5, abs=0.7)


def test_a_word_is_taught_heard_built_and_forgotten(own_page: Page, show: Path) -> None:
    page = own_page
    page.get_by_role("link", name="Words").click()
    page.get_by_label("Word", exact=True).fill("sentence")
    page.get_by_label("Language").select_option("en")
    page.get_by_label("Reading, in ordinary letters").fill("phrase")
    page.locator("#try").click()
    expect(page.locator("#heard")).to_have_text("Said: Here is phrase in a phrase.")
    assert not (show / "lexicon.en.toml").exists()

    page.get_by_role("button", name="Keep it and hear it").click()
    expect(page.get_by_role("row", name="sentence")).to_contain_text("phrase")
    assert 'sentence = "phrase"' in (show / "lexicon.en.toml").read_text(encoding="utf-8")
    expect(page.get_by_role("status")).to_contain_text("articles/first.en.md (2 of ")
    page.get_by_role("button", name="Build now").click()
    expect(page.get_by_role("status")).to_have_text("Built: 1 episode written.")

    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Remove sentence").click()
    expect(page.get_by_text("No words yet.")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("“sentence” is gone.")


def test_everything_works_by_keyboard(page: Page) -> None:
    page.get_by_role("link", name="The First Article").press("Enter")
    expect(page.get_by_role("heading", name="The First Article")).to_be_focused()
    options = page.get_by_role("listbox", name="Sentences of chapter 2").get_by_role("option")
    assert [one.get_attribute("tabindex") for one in options.all()] == ["0", "-1", "-1"]
    options.nth(0).focus()
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Chapter 2, sentence 2")).to_be_focused()
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Play this sentence")).to_be_focused()
    page.get_by_role("button", name="Back to the text").press("Enter")
    expect(options.nth(1)).to_be_focused()


def test_what_goes_wrong_is_told_where_one_looks(
    page: Page, open_studio: tuple[Studio, Path]
) -> None:
    open_sentence(page)
    with locked_workspace(open_studio[1]):
        page.get_by_role("button", name="Read it again").click()
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("another build of this show is running")
        expect(alert).to_be_in_viewport()
    alert.get_by_role("button", name="Close").click()
    expect(alert).to_be_hidden()


def test_an_address_that_names_nothing_shows_the_episodes(page: Page) -> None:
    page.evaluate("location.hash = '#%'")
    page.get_by_role("link", name="Words", exact=True).click()
    page.go_back()
    expect(page.get_by_role("heading", name="Episodes", exact=True)).to_be_visible()
    expect(page.locator("#trouble")).to_be_hidden()


def test_a_word_is_taught_from_a_sentence_and_the_sentence_is_there_again(page: Page) -> None:
    open_sentence(page)
    page.get_by_role("button", name="Teach a word").click()
    expect(page.get_by_label("Word", exact=True)).to_be_focused()
    expect(page.get_by_label("Language")).to_have_value("en")
    page.go_back()
    chosen = page.get_by_role("option", name=FIRST_OF_TWO)
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(page.locator("#take-0")).to_be_visible()


def test_a_sound_that_is_broken_is_told_and_one_that_is_replaced_is_not(page: Page) -> None:
    open_sentence(page)
    alert = page.get_by_role("alert")
    held: list[Any] = []
    page.route("**/audio/**", lambda route: held.append(route))  # noqa: PLW0108 - it never comes
    page.get_by_role("button", name="Play this sentence").click()
    page.get_by_role("button", name="Play take 0").click()
    expect(page.locator("#heard")).to_contain_text("Take 0")
    page.wait_for_function("() => document.getElementById('player').currentTime > 0.1")
    expect(alert).to_be_hidden()
    page.unroute("**/audio/**")
    page.route("**/audio/**", lambda route: route.fulfill(content_type="audio/mpeg", body="no"))
    page.get_by_role("button", name="Play this sentence").click()
    expect(alert).to_contain_text("This sound cannot be played")
    expect(alert).not_to_contain_text("Error")


def test_a_tab_that_is_closed_leaves_the_work_to_another(
    chromium: Browser, open_studio: tuple[Studio, Path]
) -> None:
    studio = open_studio[0]
    with page_of(chromium, studio) as page:
        page.get_by_role("link", name="Words").click()
        page.get_by_label("Text", exact=True).fill("One sentence after another. " * 100)
        page.locator("#say").get_by_role("button", name="Hear it").click()
        expect(page.get_by_role("button", name="Stop")).to_be_visible()
    with page_of(chromium, studio) as page:
        expect(page.get_by_text("Now saying a text")).to_be_visible()
        page.get_by_role("button", name="Stop").click()
        expect(page.get_by_role("status")).to_contain_text("Stopped.")


def test_a_phone_shows_titles_in_full(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    title = page.locator("#episodes .name").first.bounding_box()
    row = page.locator("#episodes a").first.bounding_box()
    assert title is not None
    assert row is not None
    assert title["width"] > 0.9 * row["width"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_article_that_was_changed_since_is_told(own_page: Page, show: Path) -> None:
    page = own_page
    edit(show / "articles/first.en.md", FIRST_OF_TWO, "It went.")
    open_episode = page.get_by_role("link", name="The First Article")
    open_episode.click()
    expect(page.get_by_text("Since this was built, the article has changed.")).to_be_visible()
    page.get_by_role("button", name="Build this article").click()
    expect(page.get_by_role("option", name="It went.")).to_be_visible()


def test_titles_are_text_and_nothing_else(chromium: Browser, show: Path) -> None:
    title = "<img src=x onerror=alert(1)>&amp;"
    edit(show / "articles/first.en.md", "The First Article", f"'{title}'")
    with studio_of(show) as studio:
        studio.do("build")
        page = chromium.new_page()
        page.on("dialog", lambda _: pytest.fail("a script of an article ran"))
        page.goto(studio.address)
        expect(page.get_by_role("link", name=title)).to_be_visible()
        assert page.locator("img").count() == 0
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(page: Page, scheme: Any) -> None:
    from axe_playwright_python.sync_playwright import (  # type: ignore[import-untyped] # noqa: PLC0415
        Axe,
    )

    page.emulate_media(color_scheme=scheme)
    axe = Axe()
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

    def check() -> None:
        for width in (1_200, 360):
            page.set_viewport_size({"width": width, "height": 800})
            found = axe.run(page, options=rules).response["violations"]
            places = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
            assert places == []
            scrolls = "() => document.documentElement.scrollWidth > innerWidth"
            assert not page.evaluate(scrolls)

    check()
    open_sentence(page)
    check()
    page.get_by_role("button", name="Teach a word").click()
    page.get_by_label("Word", exact=True).fill("sentence")
    page.get_by_label("Reading, in ordinary letters").fill("phrase")
    page.get_by_role("button", name="Keep it and hear it").click()
    expect(page.get_by_role("row", name="sentence")).to_be_visible()
    check()


def test_what_others_do_is_seen(chromium: Browser, show: Path) -> None:
    with (
        studio_of(show) as studio,
        page_of(chromium, studio) as page,
        page_of(chromium, studio) as idle,
    ):
        idle.get_by_role("link", name="Words").click()
        idle.get_by_label("Language").select_option("en")
        page.get_by_role("link", name="Words").click()
        page.get_by_label("Text").fill("One two.")
        page.locator("#say").get_by_role("button", name="Hear it").click()
        expect(idle.locator("#said-head")).to_have_text("Done, saying a text: what it said")
        idle.get_by_role("link", name="Episodes").click()
        name = "A Name That Is New"
        edit(show / "articles/first.en.md", "The First Article", name)
        assert narrate(show, "build").code == 0
        expect(idle.get_by_role("link", name=name)).to_be_visible()
        expect(idle.get_by_role("status")).to_contain_text("A command has built something")
        assert idle.locator("#word-lang").input_value() == "en"
