"""The least show that loads, and how tests write its files."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from narrate.model import LANGUAGES
from narrate.project.show import KEYS

TONE = 'lang = "{lang}"\nengine = "tone"\n'
MINIMAL = 'title = "My show"\n[voices]\nde = "tone-de"\nen = "tone-en"\n'


def smallest_show(folder: Path) -> Path:
    """A show with a voice for each language."""
    write(folder, "narrate.toml", MINIMAL)
    for lang in LANGUAGES:
        write(folder, f"voices/tone-{lang}.toml", TONE.format(lang=lang))
    (folder / "articles").mkdir()
    return folder


def write(root: Path, name: str, text: str | bytes = "Text.\n") -> Path:
    """Write a file of a show, its folders made."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


_scalars = (
    st.text(max_size=20)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.datetimes()
    | st.dates()
    | st.times()
)
toml_values = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*KEYS[""], *LANGUAGES, "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
"""Anything that TOML can hold."""
