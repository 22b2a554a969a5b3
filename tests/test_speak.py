"""Jobs become clips: all of them, in any order, whatever happens to one."""

from __future__ import annotations

from pathlib import Path

import pytest

from foreign_engines import ACTOR, install_package
from narrate.errors import EngineCrash, EngineError
from narrate.model import Voice, digest
from narrate.speak import Job, LocalExecutor

TONE = Voice(name="tone-en", lang="en", engine="tone")
SLOW = Voice(name="tone-slow", lang="en", engine="tone", length_scale=2.0)


def job(text: str, voice: Voice = TONE) -> Job:
    return Job(digest([text, voice.name]), voice, text, "en", f"a.md, sentence {text}")


def spoken(jobs: list[Job], workers: int) -> dict[str, bytes]:
    with LocalExecutor(workers) as executor:
        return {o.job.key: o.speech.pcm for o in executor.run(jobs) if o.speech is not None}


def test_every_job_has_one_outcome() -> None:
    jobs = [job(f"sentence {word}") for word in ("one", "two", "three", "four", "five")]
    with LocalExecutor(2) as executor:
        outcomes = list(executor.run(jobs))
    assert sorted(o.job.key for o in outcomes) == sorted(j.key for j in jobs)
    assert all(o.speech is not None and o.error is None and o.wall_s > 0 for o in outcomes)


def test_no_jobs_start_no_worker() -> None:
    with LocalExecutor(4) as executor:
        assert list(executor.run([])) == []


def test_order_workers_and_voices_in_between_change_no_sample() -> None:
    jobs = [job(word, voice) for word in ("one", "two", "three", "four") for voice in (TONE, SLOW)]
    alone = spoken(jobs, 1)
    assert len(set(alone.values())) == len(jobs)
    assert spoken(jobs[::-1], 3) == alone


def test_workers_serve_one_run_after_another() -> None:
    with LocalExecutor(1) as executor:
        first = list(executor.run([job("one")]))
        second = list(executor.run([job("one"), job("two")]))
    assert first[0].speech in [outcome.speech for outcome in second]


@pytest.fixture
def actor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Voice:
    install_package(tmp_path / "site", monkeypatch, "narrate_actor", ACTOR, {"actor": "Actor"})
    return Voice(name="actor", lang="en", engine="actor", folder=tmp_path)


def test_what_fails_is_named_and_the_rest_goes_on(actor: Voice) -> None:
    jobs = [job(text, actor) for text in ("well", "refuse", "chatter", "abort", "environment")]
    with LocalExecutor(2) as executor:
        outcomes = {outcome.job.spoken: outcome for outcome in executor.run(jobs)}
    done = {text for text, outcome in outcomes.items() if outcome.speech is not None}
    assert done == {"well", "chatter", "environment"}
    refused, crashed = outcomes["refuse"].error, outcomes["abort"].error
    assert isinstance(refused, EngineError)
    assert isinstance(crashed, EngineCrash)
    assert refused.where.startswith("a.md, sentence refuse")
    assert crashed.where.startswith("a.md, sentence abort")


def test_leaving_early_stops_the_workers() -> None:
    with LocalExecutor(2) as executor:
        for _ in executor.run([job(f"sentence number {n}") for n in range(50)]):
            break
    with LocalExecutor(1) as executor:
        assert len(list(executor.run([job("after")]))) == 1
