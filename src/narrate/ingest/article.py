"""One article file becomes a document."""

from __future__ import annotations

from collections.abc import Sequence

from narrate.errors import ArticleError
from narrate.ingest.decode import read_text
from narrate.ingest.frontmatter import FrontMatter, read_sidecar, split_front_matter
from narrate.ingest.language import contradicts, detect
from narrate.ingest.metadata import Metadata, Source, read_fields
from narrate.ingest.plaintext import parse_plaintext
from narrate.model import LANGUAGES, ArticleFile, Block, Document, one_line, title_block

_MARKDOWN = (".md", ".markdown")
_PLAIN = (".txt",)


def read_article(file: ArticleFile) -> Document:
    """Read one article.

    What is said of it is taken from its front matter, else from ``KEY.toml`` beside it, else from
    the file's name, else from its text. (The language alone is taken from the name before
    ``KEY.toml``, which both languages share.)

    Raises:
        ArticleError: The file cannot be read or decoded, its metadata is invalid, or its language
            cannot be told. An article without text is no error here.
    """
    where = file.name
    suffix = file.path.suffix.lower()
    if suffix not in (*_MARKDOWN, *_PLAIN):
        raise ArticleError(
            f"articles cannot be read from “{suffix}” files", where=where, mend="Use .md or .txt."
        )
    text, warnings = read_text(file.path, where)
    front = split_front_matter(text, where, strict=suffix in _MARKDOWN)
    above = read_fields(front.fields, where, ours=False)
    beside = _beside(file)
    blocks = _blocks(text, front, suffix)
    lang = _language(file, above, beside, blocks)
    known = above.for_language(lang).over(beside.for_language(lang))
    title, title_warning = _title(file, known, blocks)
    notes = (
        *warnings,
        front.warning,
        *above.warnings,
        *beside.warnings,
        *_language_warnings(file, lang, blocks),
        title_warning,
    )
    return Document(
        key=known.key or file.key,
        lang=lang,
        title=title,
        path=file.path,
        blocks=blocks,
        author=known.author or "",
        published=known.published,
        summary=known.summary or "",
        link=known.link or "",
        cover=known.cover or "",
        voice=known.voice or "",
        draft=bool(known.draft),
        warnings=tuple(note for note in notes if note),
    )


def _beside(file: ArticleFile) -> Source:
    if file.sidecar is None:
        return Source(Metadata(), {})
    where = str(file.sidecar.name)
    return read_fields(read_sidecar(file.sidecar, where), where, ours=True)


def _blocks(text: str, front: FrontMatter, suffix: str) -> tuple[Block, ...]:
    body = text[front.end :]
    first_line = text.count("\n", 0, front.end) + 1
    if suffix in _PLAIN:
        return parse_plaintext(body, first_line)
    from narrate.ingest.markdown import parse_markdown  # noqa: PLC0415 - costs 0.1 s

    return parse_markdown(body, first_line)


def _visible(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks)


def _language(file: ArticleFile, above: Source, beside: Source, blocks: Sequence[Block]) -> str:
    said = above.common.lang or file.lang or beside.common.lang
    lang = said or detect(_visible(blocks))
    if lang in LANGUAGES:
        return lang
    choices = " or ".join(f"“lang: {code}”" for code in LANGUAGES)
    raise ArticleError(
        f"the language “{lang}” is not supported" if lang else "its language cannot be told",
        where=file.name,
        mend=f"Name the file {file.key}.de{file.path.suffix} or {file.key}.en{file.path.suffix}, "
        f"or write {choices} into its front matter.",
    )


def _language_warnings(file: ArticleFile, lang: str, blocks: Sequence[Block]) -> list[str]:
    warnings = []
    if file.lang and file.lang != lang:
        warnings.append(
            f"the front matter says language “{lang}”, the file name “{file.lang}”; "
            "the front matter holds"
        )
    if contradicts(_visible(blocks), lang):
        warnings.append(f"the text does not look like {LANGUAGES[lang]}; is its language right?")
    return warnings


def _title(file: ArticleFile, known: Metadata, blocks: Sequence[Block]) -> tuple[str, str]:
    """Title and a sentence of warning, which may be empty."""
    if known.title:
        return known.title, ""
    heading = title_block(blocks)
    if heading is not None and one_line(heading.text):
        return one_line(heading.text), ""
    words = (known.key or file.key).replace("-", " ").replace("_", " ").strip() or file.key
    title = words[0].upper() + words[1:]
    return title, (
        f"the title “{title}” is taken from the file name; set “title:” in the front matter, "
        f"or begin the article with a line “# Title”"
    )
