"""The pages that a browser shows: the show's own, and the text of each episode.

Both are static and whole in themselves: style and script stand in the page, and a policy in it
forbids everything that is not. Pure: the same values give the same bytes.
"""

from narrate.page.document import page_style, palette
from narrate.page.index import INDEX_NAME, render_index
from narrate.page.text_page import TextPage, render_text_page

__all__ = ["INDEX_NAME", "TextPage", "page_style", "palette", "render_index", "render_text_page"]
