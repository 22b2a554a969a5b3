"""What the user set: the show's settings, its voices, the article files, the takes.

Configuration ends here: the other stages see the values of :mod:`narrate.model`, never TOML.
"""

from __future__ import annotations

from narrate.project.articles import Articles, find_articles
from narrate.project.lexicons import (
    lexicon_digest,
    lexicon_name,
    load_lexicon,
    load_lexicons,
    parse_lexicon,
    with_entry,
    without_entry,
)
from narrate.project.publishing import parse_destination
from narrate.project.show import SHOW_FILE, find_show, load_show
from narrate.project.takes import (
    TAKES_FILE,
    ArticleTakes,
    Take,
    Takes,
    load_takes,
    save_takes,
)

__all__ = [
    "SHOW_FILE",
    "TAKES_FILE",
    "ArticleTakes",
    "Articles",
    "Take",
    "Takes",
    "find_articles",
    "find_show",
    "lexicon_digest",
    "lexicon_name",
    "load_lexicon",
    "load_lexicons",
    "load_show",
    "load_takes",
    "parse_destination",
    "parse_lexicon",
    "save_takes",
    "with_entry",
    "without_entry",
]
