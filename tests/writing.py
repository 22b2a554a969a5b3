"""Strategies for what people, converters and attackers put into articles."""

from __future__ import annotations

from hypothesis import strategies as st

_INLINE = (
    *(
        "Wort",
        "Größe",
        "a",
        "Leser*innen",
        "GPT-5",
        "3,5",
        "Dr.",
        "z. B.",
        "end.",
        "Ja!",
        "中文",
        "😀",
    ),
    *(" ", " ", " ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u00ad", "İ", ".", ":", "!", "?"),
    *("*", "**", "_", "__", "~~", "`", "``", "#", "###", "\\", "\\*", "\\\\", "|", '"', "„", "“"),
    *("[", "](", "]", ")", "[a]", "[^1]", "^[", "![", "](http://example.org)", "<", ">", "@"),
    *("<b>", "</b>", "<br>", "<!--", "-->", "<script>", "</script>", "<table>", "</table>"),
    *("&amp;", "&nbsp;", "&shy;", "&#35;", "&bogus;", "http://example.org/x)", "www.example.org"),
    *("<http://example.org>", "<a@example.org>"),
    *(
        "{lang=en}",
        "]{lang=de}",
        '<span lang="en">',
        "</span>",
        "{.x lang=en}",
        "<i lang=de>",
        "</i>",
    ),
)
_BLOCK = (
    *("\n", "\n", "\n", "\n\n", "\n\n", "\x0c", "\x0b", "\x1c", "\u2028"),
    *("\n# ", "\n## ", "\n### ", "\n#", "\n\\# ", "\n- ", "\n* ", "\n1. ", "\n13. ", "\n> ", "\n>"),
    *(
        "\n---\n",
        "\n===\n",
        "\n***\n",
        "\n```\n",
        "\n~~~\n",
        "\n    ",
        "\n\t",
        "\n  ",
        "\n| a |\n|---|\n",
    ),
    *(
        "\n[a]: http://example.org 't'\n",
        "\n[^1]: ",
        "\n<div>\n",
        '\n<div lang="en">\n',
        "\n</div>\n",
        "\n<!-- x -->\n",
    ),
)

markup = st.lists(st.sampled_from(_INLINE + _BLOCK), max_size=40).map("".join)
"""Text full of Markdown, whole and broken."""

anything = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=80)
"""Any text that a file can hold."""

words = st.lists(
    st.sampled_from(
        ("Der", "Satz", "geht", "weiter.", "So", "ist", "es.", "Wer?", "###", "\n", "\n\n")
    ),
    max_size=80,
).map(" ".join)
"""Text much like prose."""

texts = st.one_of(markup, anything, words, st.tuples(markup, anything, words).map("".join))


def solid(text: str) -> str:
    """``text`` without its white space."""
    return "".join(text.split())
