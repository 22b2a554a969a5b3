"""The page in a real browser: from the disk and over HTTP, by hand and without a script."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from file_server import answering
from narrate import running
from narrate.page import render_index, render_text_page
from pages import HOSTILE, catalogue, episode
from serving import HOST, serving
from test_page import PAGE

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = pytest.mark.needs_program("chromium")

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WAIT_MS = 20_000
STEP_MS = 50
Open = Callable[..., Any]


class SilentHandler(SimpleHTTPRequestHandler):
    """The usual server for trying a page, without its log; it knows no ranges."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def port(built: Path) -> Iterator[int]:
    with serving(built) as port:
        yield port


@pytest.fixture(params=["disk", "web"])
def address(request: pytest.FixtureRequest, built: Path, port: int) -> str:
    """Where the page of the pair is, in both ways that people open it."""
    if request.param == "web":
        return f"http://{HOST}:{port}/index.html"
    return (built / "output" / "index.html").as_uri()


@pytest.fixture
def visit(chromium: Any) -> Iterator[Open]:
    """Opens a page as somebody new; whatever goes wrong in it fails the test."""
    problems: list[str] = []
    contexts = []

    def refuse(dialog: Any) -> None:
        problems.append(dialog.message)
        dialog.dismiss()

    def open_page(address: str, **options: Any) -> Any:
        context = chromium.new_context(**{"locale": "de-DE", **options})
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console",
            lambda said: problems.append(said.text) if said.type in {"error", "warning"} else None,
        )
        page.on("dialog", refuse)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def time_of(page: Any) -> float:
    return float(page.evaluate("player.time"))


def said_now(page: Any) -> str:
    return str(page.locator(".sentence[aria-current]").inner_text())


def wait(page: Any, condition: str) -> None:
    """Until a condition holds; the page's policy forbids the browser tool's own way."""
    for _ in range(WAIT_MS // STEP_MS):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(STEP_MS)
    pytest.fail(f"{condition} never held; the player is at {page.evaluate('player.time')}")


def open_first(page: Any) -> None:
    page.locator(".entry h3 a").first.click()
    page.locator(".sentence").first.wait_for()


# --- listening -----------------------------------------------------------------------------------


def test_it_plays_and_the_text_follows(address: str, visit: Open) -> None:
    page = visit(address)
    open_first(page)
    assert page.evaluate("audio.paused")
    listen = page.get_by_role("button", name="Anhören", exact=True)
    listen.click()
    wait(page, "audio.currentTime > 1.2")
    assert "synthetischen Stimme" in said_now(page)
    page.get_by_role("slider", name="Position").fill("8")
    wait(page, "$('.sentence[aria-current]')?.textContent === 'Das erste Kapitel'")
    wait(page, "$('.sentence[aria-current]')?.textContent === 'Hier steht etwas.'")
    assert page.locator(".chapters a[aria-current]").inner_text().startswith("Das erste Kapitel")
    assert page.locator(".sentence[aria-current]").count() == 1
    assert not page.evaluate("audio.paused")


def test_following_moves_no_focus_and_announces_nothing(port: int, visit: Open) -> None:
    page = visit(f"http://{HOST}:{port}/", viewport={"width": 400, "height": 420})
    open_first(page)
    listen = page.get_by_role("button", name="Anhören", exact=True)
    listen.click()
    page.evaluate("player.seek(14.5)")
    wait(page, "$('.sentence[aria-current]')?.textContent.startsWith('Zum Schluss')")
    wait(page, "scrollY > 300")
    assert page.evaluate("document.activeElement.textContent") == "Anhalten"
    page.keyboard.press("Enter")
    wait(page, "audio.paused && document.activeElement.textContent === 'Anhören'")
    live = page.locator(".reading [aria-live], .reading [role=status], [aria-live] .reading")
    assert live.count() == 0
    assert page.evaluate("document.querySelectorAll('.bar [aria-live]').length") == 0


def test_a_slider_with_the_focus_is_silent_until_it_is_moved(port: int, visit: Open) -> None:
    page = visit(f"http://{HOST}:{port}/")
    open_first(page)
    page.get_by_role("button", name="Anhören", exact=True).click()
    page.keyboard.press("Tab")
    page.get_by_role("slider", name="Position").focus()
    page.evaluate(
        "window.told = 0; new MutationObserver((all) => { told += all.length; })"
        ".observe($('.track input'), {attributes: true}); window.first = $('.track input').value"
    )
    wait(page, "audio.currentTime > 2.2")
    assert page.evaluate("[told, $('.track input').value === first]") == [0, True]
    assert float(page.evaluate("$('.track').style.getPropertyValue('--at')")) > 0.05
    before = time_of(page)
    page.keyboard.press("ArrowRight")
    assert before + 4.9 < time_of(page) < before + 6
    assert page.evaluate("$('.track input').getAttribute('aria-valuetext')").startswith("0:0")
    assert page.evaluate("Number($('.track input').value)") == int(time_of(page))


def test_the_button_of_an_episode_also_stops_it(port: int, visit: Open) -> None:
    page = visit(f"http://{HOST}:{port}/")
    page.get_by_role("button", name="Anhören: Der erste Artikel").click()
    stop = page.get_by_role("button", name="Anhalten: Der erste Artikel")
    stop.wait_for()
    wait(page, "audio.currentTime > 0.1")
    stop.click()
    wait(page, "audio.paused")
    page.get_by_role("button", name="Anhören: Der erste Artikel").wait_for()


def test_who_scrolls_is_left_alone_until_they_follow_again(port: int, visit: Open) -> None:
    page = visit(f"http://{HOST}:{port}/", viewport={"width": 400, "height": 500})
    open_first(page)
    follow = page.get_by_role("button", name="Mitlaufen")
    page.get_by_role("button", name="Anhören", exact=True).click()
    assert follow.get_attribute("aria-pressed") == "true"
    page.mouse.move(200, 100)
    page.mouse.wheel(0, -2000)
    playwright.expect(follow).to_have_attribute("aria-pressed", "false")
    page.evaluate("player.seek(15)")
    wait(page, "$('.sentence[aria-current]')?.textContent.startsWith('Zum Schluss')")
    assert page.evaluate("scrollY") < 100
    follow.dispatch_event("click")
    wait(page, "scrollY > 200")


def test_a_click_on_a_sentence_is_heard_from_there(port: int, visit: Open) -> None:
    page = visit(f"http://{HOST}:{port}/")
    open_first(page)
    page.get_by_text("Und hier steht mehr.").click()
    wait(page, "!audio.paused && audio.currentTime > 9")
    assert said_now(page) == "Und hier steht mehr."


def test_chapters_skips_speed_and_sentences(port: int, visit: Open) -> None:
    page = visit(f"http://{HOST}:{port}/")
    open_first(page)
    bar = page.get_by_role("region", name="Player")
    start = page.evaluate("player.episode.chapters[1].start")
    bar.get_by_role("button", name="Nächstes Kapitel").click()
    assert time_of(page) == pytest.approx(start, abs=0.1)
    bar.get_by_role("button", name="Nächstes Kapitel").click()
    assert bar.get_by_role("button", name="Nächstes Kapitel").is_disabled()
    bar.get_by_role("button", name="Voriges Kapitel").click()
    assert time_of(page) == pytest.approx(start, abs=0.1)
    bar.get_by_role("button", name="15 Sekunden zurück").click()
    assert time_of(page) == 0
    bar.get_by_role("button", name="30 Sekunden vor").click()
    assert time_of(page) == pytest.approx(page.evaluate("player.length") - 0.1, abs=0.2)
    page.get_by_role("link", name="Ab hier hören: Das erste Kapitel").click()
    wait(page, "!audio.paused")
    bar.get_by_role("button", name="Anhalten").click()
    page.evaluate("player.seek(player.episode.chapters[1].start)")
    page.get_by_role("button", name="Satz vor").click()
    assert said_now(page) == "Das erste Kapitel"
    page.get_by_role("button", name="Satz vor").click()
    assert said_now(page) == "Hier steht etwas."
    page.get_by_role("button", name="Satz zurück").click()
    assert said_now(page) == "Das erste Kapitel"
    bar.get_by_label("Tempo").select_option("1.5")
    assert page.evaluate("audio.playbackRate") == 1.5
    page.reload()
    page.locator(".sentence").first.wait_for()
    assert page.evaluate("audio.playbackRate") == 1.5


def test_it_remembers_where_one_was(address: str, visit: Open) -> None:
    page = visit(address)
    open_first(page)
    page.get_by_role("button", name="Anhören", exact=True).click()
    page.get_by_role("slider", name="Position").fill("9")
    wait(page, "audio.currentTime > 9.3")
    page.get_by_role("region", name="Player").get_by_role("button", name="Anhalten").click()
    left = time_of(page)
    page.goto("about:blank")
    page.goto(address)
    assert "noch" in page.locator(".entry .state").inner_text()
    open_first(page)
    wait(page, "audio.readyState > 0")
    assert time_of(page) == pytest.approx(left, abs=0.3)
    assert page.evaluate("audio.paused")
    page.get_by_role("button", name="Anhören", exact=True).click()
    wait(page, f"audio.currentTime > {left}")
    page.evaluate("player.seek(player.length)")
    wait(page, "audio.ended")
    page.get_by_role("link", name="Alle Folgen").click()
    assert page.locator(".entry .state").inner_text() == "Gehört"


def test_it_goes_to_sleep(port: int, visit: Open) -> None:
    page = visit(f"http://{HOST}:{port}/")
    page.clock.install()
    page.reload()
    open_first(page)
    page.get_by_role("button", name="Anhören", exact=True).click()
    sleep = page.get_by_label("Einschlafen")
    sleep.select_option("5")
    page.evaluate("audio.loop = true")
    page.clock.fast_forward("04:50")
    assert not page.evaluate("audio.paused")
    page.clock.fast_forward("00:15")
    wait(page, "audio.paused")
    assert sleep.input_value() == "off"
    page.evaluate("audio.loop = false")
    page.evaluate("player.seek(player.episode.chapters[1].start - 0.6)")
    page.evaluate("player.play()")
    sleep.select_option("chapter")
    page.evaluate("player.seek(player.episode.chapters[2].start - 0.6)")
    wait(page, "audio.paused")
    assert time_of(page) == pytest.approx(
        page.evaluate("player.episode.chapters[2].start"), abs=0.5
    )


def test_one_seeks_also_where_the_server_gives_files_from_the_beginning_only(
    built: Path, visit: Open
) -> None:
    plain = partial(SilentHandler, directory=str(built / "output"))
    with answering(ThreadingHTTPServer((HOST, 0), plain)) as server:
        # The page asks such a host for the progress of a build, and is told that there is none.
        page = visit("about:blank")
        page.route("**/progress", lambda route: route.fulfill(status=200, json={}))
        page.goto(f"http://{HOST}:{server.server_port}/index.html#first.de/2")
        page.locator(".sentence").first.wait_for()
        begin = page.evaluate("player.episode.chapters[1].start")
        wait(page, f"audio.currentTime > {begin} - 0.1 && audio.paused")
        page.locator(".chapters a").nth(2).click()
        wait(page, "!audio.paused && audio.currentTime > player.episode.chapters[2].start")
        page.locator(".episode .group").get_by_role("button", name="English").click()
        wait(page, "player.episode.lang === 'en' && !audio.paused && player.chapter === 3")
        wait(page, "audio.currentTime > player.episode.chapters[2].start")
        page.close()
        server.shutdown()


# --- two languages -------------------------------------------------------------------------------


def test_the_other_language_goes_on_in_the_same_chapter(address: str, visit: Open) -> None:
    page = visit(address)
    open_first(page)
    page.locator(".chapters a").nth(2).click()
    wait(page, "!audio.paused && audio.currentTime > player.episode.chapters[2].start")
    page.locator(".episode .group").get_by_role("button", name="English").click()
    wait(page, "player.episode.lang === 'en' && !audio.paused && audio.currentTime > 10")
    assert page.evaluate("player.chapter") == 3
    assert page.locator("article h2").inner_text() == "The First Article"
    assert page.locator(".reading .cell").first.get_attribute("lang") == "en"
    assert page.evaluate("document.activeElement.lang") == "en"
    assert page.evaluate("location.hash") == "#first.en"


def test_both_languages_stand_side_by_side(built: Path, visit: Open) -> None:
    page = visit((built / "output" / "index.html").as_uri())
    open_first(page)
    page.get_by_role("button", name="Nebeneinander").click()
    page.locator(".two").wait_for()
    rows = page.evaluate(
        "[...document.querySelectorAll('.row')].map((row) => [...row.children]"
        ".map((cell) => [cell.lang, cell.textContent]))"
    )
    assert [[lang for lang, _ in row] for row in rows] == [["de", "en"]] * len(rows)
    said = {german: english for (_, german), (_, english) in rows}
    assert said["Hier steht etwas. Und hier steht mehr."] == (
        "Something stands here. And more stands here."
    )
    page.get_by_text("And more stands here.").click()
    wait(page, "player.episode.lang === 'en' && !audio.paused && audio.currentTime > 9")
    assert said_now(page) == "And more stands here."
    page.get_by_text("Und hier steht mehr.").click()
    wait(page, "player.episode.lang === 'de' && !audio.paused && audio.currentTime > 9")
    assert said_now(page) == "Und hier steht mehr."


def test_the_interface_speaks_the_language_of_the_browser_or_the_chosen_one(
    port: int, visit: Open
) -> None:
    address = f"http://{HOST}:{port}/"
    assert visit(address, locale="fr-FR").get_by_role("heading", name="All episodes").count() == 1
    page = visit(address, locale="de-AT")
    assert page.get_by_role("heading", name="Alle Folgen").count() == 1
    assert page.locator("html").get_attribute("lang") == "de"
    page.locator("header").get_by_role("button", name="English").click()
    assert page.get_by_role("heading", name="The Tones", level=1).count() == 1
    page.reload()
    assert page.get_by_role("heading", name="All episodes").count() == 1
    assert page.locator("html").get_attribute("lang") == "en"


# --- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "lang", "chapter", "seconds"),
    [
        ("#first.en/3", "en", 3, None),
        ("#first.de?t=9.5", "de", 2, 9.5),
        ("#first.de?t=0:12", "de", 2, 12),
        ("#first.de/99", "de", 1, 0),
        ("#first.de?t=9999", "de", 3, None),
    ],
)
def test_an_address_leads_to_a_chapter_or_a_position(  # noqa: PLR0913, PLR0917
    port: int, visit: Open, place: str, lang: str, chapter: int, seconds: float | None
) -> None:
    page = visit(f"http://{HOST}:{port}/{place}")
    page.locator(".sentence").first.wait_for()
    wait(page, "audio.readyState > 0")
    assert page.evaluate("[player.episode.lang, player.chapter]") == [lang, chapter]
    assert seconds is None or time_of(page) == pytest.approx(seconds, abs=0.1)
    assert page.evaluate("audio.paused")


def test_an_address_of_a_chapter_shows_its_text(port: int, visit: Open) -> None:
    page = visit(f"http://{HOST}:{port}/#first.de/3", viewport={"width": 360, "height": 500})
    shown = (
        "(() => { const at = reading.current?.getBoundingClientRect();"
        " return at?.top > 50 && at.bottom < $('.bar').getBoundingClientRect().top; })()"
    )
    wait(page, shown)
    title = page.evaluate("player.episode.chapters[2].title")
    assert said_now(page) == title
    page.evaluate("scrollTo(0, 0); location.hash = '#first.de/2'")
    wait(page, "player.chapter === 2 && " + shown)
    assert said_now(page) == page.evaluate("player.episode.chapters[1].title")


@pytest.mark.parametrize("place", ["#nobody.de", "#first.de/-1", "#%", "#main", "#first.fr", "#/"])
def test_an_address_that_leads_nowhere_shows_the_list(port: int, visit: Open, place: str) -> None:
    page = visit(f"http://{HOST}:{port}/{place}")
    assert page.get_by_role("heading", name="Alle Folgen").count() == 1


def test_back_and_forth_in_the_history(port: int, visit: Open) -> None:
    page = visit(f"http://{HOST}:{port}/")
    open_first(page)
    assert page.evaluate("document.activeElement.tagName") == "H2"
    assert page.title() == "Der erste Artikel – Die Töne"
    page.go_back()
    page.locator(".entries").wait_for()
    assert page.title() == "Die Töne"
    page.go_forward()
    page.locator(".sentence").first.wait_for()


# --- everybody -----------------------------------------------------------------------------------


LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1200, "height": 900}},
    "dark": {"viewport": {"width": 1200, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 375, "height": 700}, "color_scheme": "dark"},
    "forced colours": {"viewport": {"width": 320, "height": 600}, "forced_colors": "active"},
}


@pytest.mark.parametrize("look", LOOKS)
def test_no_rule_of_accessibility_is_broken(built: Path, visit: Open, look: str) -> None:
    page = visit((built / "output" / "index.html").as_uri(), **LOOKS[look])
    page.get_by_text("Abonnieren").click()
    refuse_violations(page)
    open_first(page)
    refuse_violations(page)
    page.get_by_role("button", name="Nebeneinander").click()
    page.locator(".two").wait_for()
    page.get_by_text("Und hier steht mehr.").click()
    wait(page, "audio.currentTime > 9")
    refuse_violations(page)
    page.evaluate("player.seek(0.5)")
    wait(page, "$('.sentence[aria-current]')?.closest('.aside')")
    refuse_violations(page)
    page.goto((built / "output" / "first.de.html").as_uri())
    refuse_violations(page)


def refuse_violations(page: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # noqa: PLC0415

    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_keyboard_reaches_everything_and_no_sentence_is_a_stop(
    built: Path, visit: Open
) -> None:
    page = visit((built / "output" / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Zum Inhalt"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    open_first(page)
    active = "document.activeElement"
    stops = set()
    for _ in range(45):
        page.keyboard.press("Tab")
        stops.add(page.evaluate(f"{active}.className || {active}.tagName"))
    assert "sentence" not in stops
    assert {"here", "follow", "side", "icon play", "icon down", "SELECT", "INPUT"} <= stops
    page.locator("#main").focus()
    for key in "jklmnpf ":
        page.keyboard.press(key)
    assert page.evaluate("[audio.paused, player.time]") == [True, 0]


def test_motion_is_reduced_where_that_is_wished(port: int, visit: Open) -> None:
    page = visit(
        f"http://{HOST}:{port}/",
        reduced_motion="reduce",
        viewport={"width": 400, "height": 420},
    )
    open_first(page)
    page.evaluate("window.asked = []; window.scrollTo = (to) => asked.push(to.behavior); 0")
    page.evaluate("goToChapter(view.episode, 3)")
    wait(page, "asked.length > 0")
    assert set(page.evaluate("asked")) == {"auto"}


def test_without_a_script_one_can_listen_and_read(built: Path, visit: Open) -> None:
    page = visit((built / "output" / "index.html").as_uri(), java_script_enabled=False)
    assert page.locator("audio[controls]").count() == 2
    assert page.get_by_role("heading", name="Der erste Artikel").is_visible()
    page.get_by_text("Text als eigene Seite").click()
    assert page.get_by_text("Und hier steht mehr.").is_visible()
    assert page.locator("audio[controls]").is_visible()


def test_nothing_is_asked_of_anybody_else(port: int, visit: Open) -> None:
    page = visit("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"http://{HOST}:{port}/")
    open_first(page)
    page.get_by_role("button", name="Anhören", exact=True).click()
    wait(page, "audio.currentTime > 0.2")
    assert len(asked) > 3
    own = (f"http://{HOST}:{port}/", "data:")
    assert [url for url in asked if not url.startswith(own)] == []


# --- subscribing ---------------------------------------------------------------------------------


def test_apps_are_offered_the_public_address(built: Path, visit: Open) -> None:
    page = visit((built / "output" / "index.html").as_uri(), permissions=["clipboard-read"])
    page.get_by_text("Abonnieren").click()
    links = (
        page.locator(".feeds > div")
        .first.locator("a")
        .evaluate_all("(all) => all.map((one) => [one.textContent, one.getAttribute('href')])")
    )
    assert dict(links) == {
        "Apple Podcasts": "podcast://example.org/show/feed.de.xml",
        "Pocket Casts": "pktc://subscribe/example.org/show/feed.de.xml",
        "AntennaPod": "antennapod-subscribe://example.org/show/feed.de.xml",
        "Overcast": "overcast://x-callback-url/add?url="
        "https%3A%2F%2Fexample.org%2Fshow%2Ffeed.de.xml",
        "gPodder": "gpodder://example.org/show/feed.de.xml",
        "Andere App": "podcast:https://example.org/show/feed.de.xml",
    }
    page.get_by_role("button", name="Adresse kopieren").first.click()
    playwright.expect(page.locator(".told").first).to_have_text("Adresse kopiert")
    pasted = page.evaluate("navigator.clipboard.readText()")
    assert pasted == "https://example.org/show/feed.de.xml"


def test_words_on_a_button_that_unfolds_stand_in_its_middle(built: Path, visit: Open) -> None:
    page = visit((built / "output" / "index.html").as_uri())
    above, below = page.locator("summary").first.evaluate(
        "(node) => { const range = document.createRange(); range.selectNodeContents(node);"
        " const [box, text] = [node, range].map((one) => one.getBoundingClientRect());"
        " return [text.top - box.top, box.bottom - text.bottom]; }"
    )
    assert above == pytest.approx(below, abs=1.5)


def test_without_a_public_address_it_says_so_kindly(tmp_path: Path, visit: Open) -> None:
    (tmp_path / "index.html").write_bytes(render_index(catalogue(episode("a"), cover="")))
    page = visit((tmp_path / "index.html").as_uri())
    page.get_by_text("Abonnieren").click()
    assert "noch keine öffentliche Adresse" in page.locator(".feeds .hint").inner_text()
    typed = page.locator(".feeds code").all_inner_texts()
    assert typed == ["base_url", "narrate.toml", "narrate serve --lan"]
    title, languages = page.locator("h1").bounding_box(), page.locator(".group").bounding_box()
    main = page.locator(".list").bounding_box()
    assert title["x"] == pytest.approx(main["x"], abs=1)
    assert languages["x"] + languages["width"] == pytest.approx(main["x"] + main["width"], abs=1)
    assert page.locator(".feeds a").count() == 0


def test_on_this_computer_apps_that_fetch_elsewhere_are_not_offered(
    tmp_path: Path, visit: Open
) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "index.html").write_bytes(
        render_index(catalogue(episode("a"), cover=""))
    )
    with serving(tmp_path) as port:
        page = visit(f"http://{HOST}:{port}/")
        page.get_by_text("Abonnieren").click()
        address = page.get_by_label("Adresse des Feeds (Deutsch)").input_value()
        assert address == f"http://{HOST}:{port}/feed.de.xml"
        apps = page.locator(".apps a").all_inner_texts()
        assert apps == ["AntennaPod", "gPodder", "Andere App"]
        told = " ".join(page.locator(".feeds .hint").all_inner_texts())
        assert "nur auf diesem Rechner" in told
        assert "Apple Podcasts, Pocket Casts und Overcast fehlen hier" in told
        page.close()


@pytest.mark.parametrize(
    ("base", "is_reached"),
    [
        ("http://192.168.1.7:8000/", False),
        ("http://100.101.102.103/", False),
        ("http://[fd00::1]:8000/", False),
        ("http://studio.local/", False),
        ("http://rechner.home.arpa/", False),
        ("http://rechner/", False),
        ("http://203.0.113.5:8000/t/abcdefghjkmnpq/", False),
        ("https://example.org/t/short/", True),
        ("https://10.example.org/", True),
        ("https://localhost.example.org/", True),
        ("http://203.0.113.5/", True),
        ("http://100.20.30.40/", True),
    ],
)
def test_apps_are_offered_where_their_servers_reach_the_feed(
    tmp_path: Path, visit: Open, base: str, *, is_reached: bool
) -> None:
    content = render_index(catalogue(episode("a"), base_url=base, cover=""))
    (tmp_path / "index.html").write_bytes(content)
    page = visit((tmp_path / "index.html").as_uri(), locale="en-US")
    page.get_by_text("Subscribe").click()
    apps = set(page.locator(".apps a").all_inner_texts())
    assert {"AntennaPod", "gPodder", "Another app"} <= apps
    assert page.get_by_role("button", name="Copy address").count() == 1
    remote = {"Apple Podcasts", "Pocket Casts", "Overcast"}
    assert apps & remote == (remote if is_reached else set())
    told = page.locator(".feeds .hint").all_inner_texts()
    assert any("not offered here" in one for one in told) == (not is_reached)


def test_a_phone_in_the_network_is_offered_what_works_there(built: Path, visit: Open) -> None:
    key = "abcdefghjkmnpq"
    with serving(built, token=key, is_open=True) as port:
        page = visit(f"http://{HOST}:{port}/t/{key}/")
        page.get_by_text("Abonnieren").click()
        links = page.locator(".feeds > div").first.locator("a")
        bare = f"{HOST}:{port}/t/{key}/feed.de.xml"
        assert links.evaluate_all("(all) => all.map((one) => one.getAttribute('href'))") == [
            f"antennapod-subscribe://{bare}",
            f"gpodder://{bare}",
            f"podcast:http://{bare}",
        ]
        page.close()


def test_a_running_build_is_shown(built: Path, tmp_path: Path, visit: Open) -> None:
    show = Path(shutil.copytree(built, tmp_path / "show"))
    cache = show / ".narrate"
    state = running.Running(characters_done=42, characters=100, left_s=125.0)
    running.note(cache, state)
    with serving(show) as port:
        page = visit("about:blank")
        page.clock.install()
        page.goto(f"http://{HOST}:{port}/")
        notice = page.locator(".notice")
        told = notice.locator("span")
        playwright.expect(told).to_have_text("Ein Build läuft: 42 %, noch 2 Min.")
        running.note(cache, replace(state, characters_done=80))
        page.clock.run_for(4_000)
        playwright.expect(notice).to_contain_text("80 %")
        running.forget(cache)
        page.clock.run_for(4_000)
        playwright.expect(notice).to_contain_text("Es gibt Neues")
        notice.get_by_role("button", name="Neu laden").click()
        page.locator(".entries").wait_for()
        assert notice.is_hidden()
        page.close()


# --- much, and bad -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def long_show(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A thousand articles, the older ones without their chapters on the page."""
    folder = tmp_path_factory.mktemp("long")
    chapters = [{"start": 50.0 * n, "title": f"Kapitel {n}", "id": ""} for n in range(12)]
    about = "Worum es hier geht. " * 60
    many = [episode(f"key-{n}", chapters=chapters, summary=about) for n in range(1_000)]
    many[990]["title"] = "Über Nachtzüge"
    (folder / "index.html").write_bytes(render_index(catalogue(*many, cover="")))
    text = replace(PAGE, key="key-990")
    shutil.copy(built / "output" / "first.de.mp3", folder / "key-990.de.mp3")
    (folder / "key-990.de.html").write_bytes(render_text_page(text))
    return folder


def test_a_thousand_episodes_stay_usable(long_show: Path, visit: Open) -> None:
    page = visit((long_show / "index.html").as_uri())
    page.locator(".entry").first.wait_for()
    loaded = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    assert page.evaluate(loaded) < 3_000
    assert page.locator(".entry").count() == 20
    refuse_violations(page)
    assert page.locator(".count").inner_text() == "1000 Folgen"
    page.get_by_role("button", name="20 weitere zeigen").click()
    assert page.locator(".entry").count() == 40
    assert page.evaluate("document.activeElement.textContent") == "Titel key-20"
    page.get_by_role("link", name="Titel key-33", exact=True).click()
    page.get_by_role("heading", name="Titel key-33").wait_for()
    page.go_back()
    entry = page.get_by_role("link", name="Titel key-33", exact=True)
    playwright.expect(entry).to_be_focused()
    playwright.expect(entry).to_be_in_viewport()
    page.get_by_role("searchbox", name="Folgen durchsuchen").fill("nachtzuge")
    assert page.locator(".entry").count() == 1
    assert page.locator(".count").inner_text() == "1 gefunden"
    page.get_by_role("searchbox").fill("gibt es nicht")
    assert page.get_by_text("Nichts gefunden.").is_visible()


def test_chapters_of_an_old_episode_come_when_it_is_opened(long_show: Path, visit: Open) -> None:
    page = visit((long_show / "index.html").as_uri() + "#key-990.de")
    page.locator(".sentence").first.wait_for()
    titles = page.locator(".chapters .name").all_inner_texts()
    assert titles == ["Einleitung", "Zwei"]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_is_only_shown(built: Path, tmp_path: Path, visit: Open, text: str) -> None:
    hostile = episode("a", title=text, author=text, summary=text, notes=[text], link=text)
    hostile["chapters"] = [{"start": 0.0, "title": text, "id": ""}]
    cues = tuple(replace(cue, text=text) for cue in PAGE.cues)
    (tmp_path / "a.de.html").write_bytes(render_text_page(replace(PAGE, key="a", cues=cues)))
    document = render_index(catalogue(hostile, title=text, description=text, cover=""))
    (tmp_path / "index.html").write_bytes(document)
    shutil.copy(built / "output" / "first.de.mp3", tmp_path / "a.de.mp3")
    page = visit((tmp_path / "index.html").as_uri(), viewport={"width": 375, "height": 700})
    open_first(page)
    assert page.evaluate("$('article h2').textContent === show.episodes[0].title")
    assert page.evaluate("$('article h2').getBoundingClientRect().height") < 160
    assert page.evaluate("$('.sentence').textContent.length >= 3")
    assert page.locator("script, img[src=x]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_audio_that_cannot_be_loaded_is_said(tmp_path: Path, visit: Open) -> None:
    (tmp_path / "index.html").write_bytes(
        render_index(catalogue(episode("a", transcripts={}), cover=""))
    )
    (tmp_path / "a.de.mp3").write_bytes(b"no audio")
    page = visit((tmp_path / "index.html").as_uri())
    page.locator(".entry h3 a").click()
    page.get_by_role("button", name="Anhören", exact=True).click()
    playwright.expect(page.get_by_role("alert")).to_have_text(
        "Die Audiodatei lässt sich nicht laden."
    )
    assert page.get_by_text("Der Text lässt sich hier nicht laden.").is_visible()


def test_a_browser_without_storage_still_plays(built: Path, visit: Open) -> None:
    page = visit("about:blank")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('closed'); }})"
    )
    page.goto((built / "output" / "index.html").as_uri())
    open_first(page)
    page.get_by_role("button", name="Anhören", exact=True).click()
    wait(page, "audio.currentTime > 0.2")
