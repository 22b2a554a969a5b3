"""Jobs become clips: all of them, in any order, whatever happens to one."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from foreign_engines import ACTOR, install_moody, install_package
from narrate.errors import EngineCrash, EngineError, SpeechFault
from narrate.model import Voice, digest, seed_of
from narrate.speak import Job, LocalExecutor, free_memory
from narrate.verify import Pace

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


@pytest.mark.parametrize(("memory_bytes", "most"), [(50, 1), (299, 2), (10**6, 4)])
def test_no_more_workers_start_than_memory_holds(
    actor: Voice, memory_bytes: int, most: int
) -> None:
    jobs = [replace(job("linger", actor), key=digest(number)) for number in range(8)]
    with LocalExecutor(4, memory_bytes) as executor:
        outcomes = list(executor.run(jobs))
    assert all(outcome.speech is not None for outcome in outcomes)
    assert len((actor.folder / "loads").read_text()) == most


def test_what_is_free_is_less_than_there_is() -> None:
    assert 0 < free_memory() < psutil.virtual_memory().total


def test_workers_are_never_far_ahead_of_who_takes_the_clips(actor: Voice) -> None:
    jobs = [replace(job("well", actor), key=digest(number)) for number in range(60)]
    ahead = []
    with LocalExecutor(2) as executor:
        for taken, _ in enumerate(executor.run(jobs), start=1):
            time.sleep(0.02)  # both workers could speak all of them meanwhile
            ahead.append(len((actor.folder / "attempts").read_text()) - taken)
    assert len(ahead) == len(jobs)
    assert 0 < max(ahead) < 10


def test_leaving_early_stops_the_workers() -> None:
    with LocalExecutor(2) as executor:
        for _ in executor.run([job(f"sentence number {n}") for n in range(50)]):
            break
    with LocalExecutor(1) as executor:
        assert len(list(executor.run([job("after")]))) == 1


@pytest.fixture
def moody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Voice:
    install_moody(tmp_path / "site", monkeypatch)
    return Voice(name="moody", lang="en", engine="moody", folder=tmp_path / "voices")


def judged(text: str, voice: Voice) -> Job:
    return Job(digest(text), voice, text, "en", "a.md", Pace(0.07), "narrate regenerate a")


def test_the_first_reading_has_the_seed_of_the_key_and_each_other_its_own() -> None:
    assert seed_of("f" * 64) == seed_of("f" * 64, 0) == 2**63 - 1
    seeds = {seed_of(digest("a clip"), attempt) for attempt in range(50)}
    assert len(seeds) == 50
    assert all(0 <= seed < 2**63 for seed in seeds)


def test_readings_and_their_number_are_the_same_for_any_workers(moody: Voice) -> None:
    jobs = [
        judged(f"The voice number {number} {does} in this sentence.", moody)
        for number in ("one", "two", "three", "four", "five", "six", "seven", "eight")
        for does in ("babbles", "stumbles", "speaks")
    ]
    made = []
    for workers, order in ((1, jobs), (3, jobs[::-1])):
        with LocalExecutor(workers) as executor:
            outcomes = {outcome.job.key: outcome for outcome in executor.run(order)}
        made.append({key: (o.speech, o.refused) for key, o in outcomes.items()})
    assert made[0] == made[1]
    for job in jobs:
        speech, refused = made[0][job.key]
        lucky = [seed_of(job.key, attempt) % 3 != 0 for attempt in range(3)]
        if "speaks" in job.spoken:
            lucky = [True]
        assert len(refused) == (lucky.index(True) if any(lucky) else 0)
        assert (speech is not None) is any(lucky)
    told = {reason for _, refused in made[0].values() for reason in refused}
    assert "the model gave no sound" in told
    assert any(reason.startswith("it speaks for ") for reason in told)


def test_what_is_never_said_properly_is_named_with_what_to_do(moody: Voice) -> None:
    stubborn = Voice(name="stubborn", lang="en", engine="stubborn", folder=moody.folder)
    with LocalExecutor(1) as executor:
        jobs = [judged("One mumbles.", moody), judged("Another mumbles.", stubborn)]
        outcomes = {o.job.voice.name: o.error for o in executor.run(jobs)}
    varied, plain = outcomes["moody"], outcomes["stubborn"]
    assert isinstance(varied, SpeechFault)
    assert isinstance(plain, SpeechFault)
    assert varied.where == "a.md"
    assert varied.what == "the voice “moody” does not say it properly, in 3 readings: it is silent"
    assert "`narrate regenerate a`" in varied.mend
    assert plain.what == "the voice “stubborn” does not say it properly: it is silent"
    assert "regenerate" not in plain.mend
    assert (moody.folder.parent / "heard").read_text().splitlines().count("Another mumbles.") == 1
