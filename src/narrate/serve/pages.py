"""Small pages for what the output folder has none for."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from narrate.page import page_style
from narrate.running import Running

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
{head}<style>
{style}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""
# Besides the style that all pages share.
_BUTTONS = """
main { max-width: 36rem; padding-top: 1.5rem; }
h2 { font-size: 1.15rem; margin-top: 2rem; }
a.button { display: block; padding: 0.7rem 1rem; margin: 0.6rem 0; border: 1px solid var(--line);
  border-radius: 2rem; background: var(--raised); color: inherit; font-weight: 600;
  text-align: center; text-decoration: none; }
a.button.first { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
code { font-size: 0.95rem; overflow-wrap: anywhere; }
"""
_ANTENNAPOD = "antennapod-subscribe://"
_AGAIN = '<meta http-equiv="refresh" content="5">\n'
_LANGUAGES = {"de": "Deutsch", "en": "English"}

_NO_KEY = (
    "<p>This address lacks its key. Use the whole address that <code>narrate serve</code> printed, "
    "or its QR code.</p>"
)
_WHO = """<h2>Which apps can subscribe</h2>
<p>Apps that fetch feeds themselves, while they are in the same network as this machine: AntennaPod
(Android), gPodder (computers), and most others for computers.</p>
<p>Apple Podcasts, Pocket Casts and Overcast cannot: their own servers fetch feeds, and those do not
reach this machine. For them the show has to be published on the web.</p>"""


def no_key_page() -> str:
    """For who asks without the key that the address should hold."""
    return _page("Nothing to see here", _NO_KEY)


def other_name_page(host: str) -> str:
    """For a request that was meant for another host."""
    told = (
        f"<p>This server does not answer for “{escape(host)}”. Use the address that "
        "<code>narrate serve</code> printed.</p>"
    )
    return _page("Another address", told)


def empty_page(running: Running | None) -> str:
    """While the folder holds nothing to listen to; looks again by itself."""
    if running is not None:
        body = f"<p>The show is being built: {escape(running.doing)}.</p>"
    else:
        body = "<p>Build the show: <code>narrate build</code></p>"
    return _page("Nothing to hear yet", f"{body}\n<p>This page looks again by itself.</p>", _AGAIN)


def listing_page(feeds: dict[str, str], audio: list[str], running: Running | None) -> str:
    """For a folder without a page of its own.

    Args:
        feeds: Language → file of its feed.
        audio: Names of audio files.
    """
    rows = [f"<p>A build is running: {escape(running.doing)}.</p>"] if running else []
    rows.append('<p><a class="button first" href="subscribe">Subscribe in an app</a></p>')
    rows.append("<ul>")
    rows += [
        f'<li><a href="{escape(quote(name))}">{escape(name)}</a></li>'
        for name in (*feeds.values(), *audio)
    ]
    return _page("The show", "\n".join([*rows, "</ul>"]))


def subscribe_page(base: str, feeds: dict[str, str], *, has_page: bool) -> str:
    """Where the QR code leads: one touch opens the subscription in an app of the phone.

    Args:
        base: Address of the folder, with a slash at its end.
        feeds: Language → file of its feed.
        has_page: The folder has a page that plays.
    """
    rows = []
    for lang, file in feeds.items():
        address = escape(base + quote(file))
        bare = address.partition("://")[2]
        name = f'<span lang="{escape(lang)}">{escape(_LANGUAGES.get(lang, lang))}</span>'
        rows += [
            f"<h2>{name}</h2>",
            f'<a class="button first" href="{_ANTENNAPOD}{bare}">{name} in AntennaPod</a>',
            f'<a class="button" href="pcast://{bare}">{name} in another podcast app</a>',
            f"<p>Or copy the address into the app: <code>{address}</code></p>",
        ]
    if not feeds:
        rows.append("<p>There is no feed yet. Build the show: <code>narrate build</code></p>")
    if has_page:
        rows.append('<p><a class="button" href="./">Listen in the browser</a></p>')
    return _page("Subscribe", "\n".join([*rows, _WHO]))


def _page(title: str, body: str, head: str = "") -> str:
    style = page_style() + _BUTTONS
    return _PAGE.format(title=escape(title), body=body, head=head, style=style)
