"""What is remembered of episodes: whatever lies there, only a sound record is believed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from narrate.build.record import (
    ChapterRecord,
    Offer,
    Origin,
    OutputFile,
    Record,
    ScriptRecord,
    SpokenLine,
)
from narrate.build.records import Records
from narrate.files import seal, typed
from narrate.model import Mark

Content = dict[str, Any]
Change = Callable[[Content], object]

KEY, PART = "ab" * 32, "cd" * 32
ENCODER = {"ffmpeg": "7.1", "assembly": "1", "encoding": "2"}
ORIGIN = Origin("joe-en", {"engine": "tone", "options": {"a": 1}}, {"model": "x"}, {"v": "1"}, "r")
SCRIPT = ScriptRecord(
    chapters=tuple(
        ChapterRecord(name, name.title(), {"mp3": PART}, 48_000, {"mp3": ENCODER})
        for name in ("one", "two")
    ),
    lines=(
        SpokenLine("A.", "A.", "joe-en", 0, KEY, "en", ("lexicon “A”",), 1, origin=ORIGIN),
        SpokenLine("B.", "B.", "joe-en", 1, KEY, "en", (), 2, start_frame=1, end_frame=2),
    ),
    pauses="p",
    earlier=(SpokenLine("B.", "B.", "joe-en", 0, KEY, "en", origin=ORIGIN, redivided=True),),
)
RECORD = Record(
    key="welcome",
    lang="en",
    source="articles/welcome.en.md",
    inputs="i",
    outputs=(OutputFile("welcome.en.mp3", 1, 2, "s"),),
    title="Welcome",
    author="Ada",
    summary="",
    link="",
    cover="",
    image="",
    notes=("n",),
    frames=96_000,
    sample_rate=24_000,
    marks=(Mark("One", 0, 48_000), Mark("Two", 48_000, 96_000)),
    voice="joe-en",
    clips=2,
    left_out={"url": 3},
    warnings=(),
    voices=("joe-en",),
    made_of={"title": "t"},
    offer=Offer("s", 1, 2),
)


@pytest.fixture
def records(tmp_path: Path) -> Records:
    """One episode that was noted."""
    found = Records(tmp_path)
    found.save(RECORD, SCRIPT)
    return found


def change(records: Records, kind: str, how: Change) -> None:
    """Write another content under a checksum of its own, as only somebody on purpose does."""
    path = records.folder / kind / "welcome.en.json"
    content: Content = json.loads(path.read_bytes())
    del content["check"]
    schema = content.pop("schema")
    how(content)
    path.write_bytes(seal(content, schema))


def test_what_was_noted_is_read_again(records: Records) -> None:
    [record] = records.load_all().values()
    assert record.script is not None
    assert replace(record, script=None) == RECORD
    assert records.script("welcome.en") == SCRIPT


@pytest.mark.parametrize(
    "how",
    [
        lambda c: c.update(key="../../welcome"),
        lambda c: c.update(key="other"),
        lambda c: c.update(key=5),
        lambda c: c.update(frames="many"),
        lambda c: c.update(frames=True),
        lambda c: c.update(marks=[]),
        lambda c: c.update(sample_rate=0),
        lambda c: c.update(voices=[3]),
        lambda c: c.update(left_out=7),
        lambda c: c.update(left_out={"url": "3"}),
        lambda c: c.update(offer=[]),
        lambda c: c.update(unknown=1),
        lambda c: c.pop("title"),
        lambda c: c["outputs"][0].update(name="../welcome.en.mp3"),
        lambda c: c["outputs"][0].update(name="/etc/hosts"),
        lambda c: c["script"].update(name="../welcome.en.json"),
    ],
)
def test_a_record_that_no_build_writes_is_as_good_as_lost(records: Records, how: Change) -> None:
    change(records, "episodes", how)
    assert records.load_all() == {}


@pytest.mark.parametrize(
    "how",
    [
        lambda c: c["lines"][0].update(chapter="1"),
        lambda c: c["lines"][0].update(chapter=2),
        lambda c: c["lines"].pop(),
        lambda c: c["earlier"][0].update(key="../../../secret"),
        lambda c: c["lines"][0].update(key="../../../secret"),
        lambda c: c["lines"][0].update(origin=7),
        lambda c: c["lines"][0].update(asks="lexicon"),
        lambda c: c["lines"][0].update(start_frame="q"),
        lambda c: c["lines"].append(5),
        lambda c: c["chapters"][0]["parts"].update(mp3="../part"),
        lambda c: c["chapters"][0].update(frames="x"),
        lambda c: c["chapters"][0]["encoders"].update(mp3={}),
        lambda c: c["chapters"][0]["encoders"]["mp3"].update(assembly="x"),
        lambda c: c["origins"][0].update(engine=[]),
        lambda c: c["origins"][0]["settings"].update(options=[]),
        lambda c: c["origins"][0].update(settings={}),
        lambda c: c.pop("pauses"),
    ],
)
def test_a_script_that_no_build_writes_is_as_good_as_lost(records: Records, how: Change) -> None:
    change(records, "scripts", how)
    assert records.script("welcome.en") == ScriptRecord()


@dataclass(frozen=True)
class Sample:
    """One field of each form."""

    number: float
    maybe: int | None = None
    anything: Any = ()


def test_values_of_a_type_are_taken_as_they_are_and_others_refused() -> None:
    assert typed(Sample, {"number": 1, "maybe": None, "anything": [{}]}) == Sample(1.0, None, [{}])
    assert typed(tuple[Sample, ...], [Sample(2.5), {"number": 2.5}]) == (Sample(2.5), Sample(2.5))
    wrongs: list[object] = [{"number": "1"}, {"number": 1, "maybe": 1.5}, {"number": True}, {}, []]
    for wrong in [*wrongs, None]:
        with pytest.raises(TypeError):
            typed(Sample, wrong)
