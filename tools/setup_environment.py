"""Make the checkout's ``.venv/`` from the pinned requirements, with nothing but Python.

    python tools/setup_environment.py [run|test]

``run`` installs narrate and what it needs, ``test`` the tools of the checks as well. A stamp in
``.venv/`` makes the second time instant; a set-up that was cut off is made anew. The environment
variable ``NARRATE_TORCH`` (``cpu`` or ``cuda``) overrides the choice of PyTorch's build.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

OLDEST, NEWEST = (3, 10), (3, 13)
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
STAMP = "narrate-setup.json"
UNFINISHED = "narrate-setup.unfinished"
PURPOSES: Mapping[str, Sequence[str]] = {
    "run": ("pip.txt", "run.txt", "torch.txt"),
    "test": ("pip.txt", "run.txt", "torch.txt", "test.txt"),
}


class SetupError(Exception):
    """What stops the set-up, in words for the person who started it."""


@dataclass(frozen=True)
class Torch:
    """Which build of PyTorch this machine gets.

    Attributes:
        build: ``cpu`` and ``cuda`` name a build for Linux; ``plain`` is the only one there is.
        why: Reason, for the person who waits.
        forced: The user asked for this one: no other may take its place.
    """

    build: str
    why: str
    forced: bool = False


def choose_torch(system: str, environ: Mapping[str, str], *, nvidia: bool) -> Torch:
    """Choose PyTorch's build, without network.

    Args:
        system: As ``platform.system()`` says it.
        nvidia: Whether an NVIDIA driver is there.

    Raises:
        SetupError: ``NARRATE_TORCH`` asks for something that does not exist here.
    """
    asked = environ.get("NARRATE_TORCH", "").strip().lower()
    if asked not in {"", "cpu", "cuda"}:
        raise SetupError(f"NARRATE_TORCH is {asked!r}; it can be cpu or cuda")
    if system != "Linux":
        if asked == "cuda":
            raise SetupError(f"NARRATE_TORCH=cuda is known for Linux only, this is {system}")
        return Torch("plain", f"that is usual on {system}")
    if asked:
        return Torch(asked, f"NARRATE_TORCH={asked}", forced=True)
    if nvidia:
        return Torch("cuda", "an NVIDIA driver is present")
    return Torch("cpu", "no NVIDIA driver is present")


def check_python(version: tuple[int, int]) -> None:
    """Refuse a Python that narrate was not made for.

    Raises:
        SetupError: It is too old or too new.
    """
    if not OLDEST <= version <= NEWEST:
        found = ".".join(map(str, version))
        raise SetupError(f"narrate needs Python 3.10 to 3.13, this is {found}; set PYTHON=…")


def has_nvidia() -> bool:
    """Whether the driver of an NVIDIA GPU is present."""
    return bool(shutil.which("nvidia-smi")) or Path("/proc/driver/nvidia/version").exists()


def read_pins(path: Path) -> list[str]:
    """The requirements of a file, without comments and options."""
    lines = (line.split("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("-")]


def fingerprint(root: Path, purpose: str) -> str:
    """Digest of every file that decides what is installed for a purpose."""
    files = [root / "requirements" / name for name in PURPOSES[purpose]]
    total = hashlib.sha256()
    for path in [*files, root / "pyproject.toml", Path(__file__)]:
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def base_facts(venv: Path, torch: Torch) -> dict[str, str]:
    """What an environment cannot change later: another value means a new environment."""
    return {"where": str(venv), "python": sys.version, "torch": torch.build}


def read_stamp(venv: Path) -> dict[str, str]:
    """What the last complete set-up wrote down; empty when there was none."""
    try:
        stamp = json.loads((venv / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def python_of(venv: Path) -> Path:
    """The environment's interpreter."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run(command: Sequence[str | Path], *, what: str) -> None:
    """Run a program, its output shown.

    Raises:
        SetupError: It failed.
    """
    code = subprocess.run([str(part) for part in command], check=False).returncode
    if code:
        raise SetupError(f"{what} failed with exit code {code}; its own message stands above")


def pip(venv: Path, *arguments: str | Path, what: str) -> None:
    """Run the environment's pip, quietly where nobody watches.

    Raises:
        SetupError: It failed.
    """
    quiet = [] if sys.stdout.isatty() else ["-qq"]
    options = ["--disable-pip-version-check", "--no-input", *quiet]
    run([python_of(venv), "-m", "pip", "install", *options, *arguments], what=what)


def offers(venv: Path, package: str, version: str, *options: str) -> bool:
    """Whether pip finds this version of a package for this machine; quick, downloads nothing."""
    command = [str(python_of(venv)), "-m", "pip", "index", "versions", package, *options]
    answer = subprocess.run(command, check=False, capture_output=True, text=True)
    return version in re.split(r"[\s,()]+", answer.stdout)


def reusable(venv: Path, stamp: Mapping[str, str], facts: Mapping[str, str]) -> bool:
    """Whether an environment can be brought up to date instead of being made anew."""
    if (venv / UNFINISHED).exists() or not python_of(venv).exists():
        return False
    if stamp:
        return all(stamp.get(name) == value for name, value in facts.items())
    # An environment that somebody made by hand.
    probe = "import pip, sys; print(sys.version)"
    answer = subprocess.run(
        [str(python_of(venv)), "-c", probe], check=False, capture_output=True, text=True
    )
    return answer.returncode == 0 and answer.stdout.strip() == facts["python"].strip()


def make_venv(venv: Path, pip_pin: Path) -> None:
    """A new, empty environment with pip.

    Raises:
        SetupError: Python cannot make one.
    """
    say(f"Making {venv.name}/ with Python {platform.python_version()}")
    create = [sys.executable, "-m", "venv", "--clear", "--without-pip", str(venv)]
    run(create, what="python -m venv")
    (venv / UNFINISHED).touch()
    bring_pip = [str(python_of(venv)), "-m", "ensurepip", "--default-pip"]
    if subprocess.run(bring_pip, check=False, capture_output=True).returncode:
        # Some distributions split ensurepip from Python: take pip from the package index then.
        fetch_pip(venv, pip_pin)
    else:
        pip(venv, "--requirement", pip_pin, what="installing pip")


def fetch_pip(venv: Path, pip_pin: Path) -> None:
    """Put the pinned pip into an environment that has none.

    Raises:
        SetupError: The package index does not give the file with the pinned digest.
    """
    pin = pip_pin.read_text("utf-8")
    version = re.search(r"pip==(\S+)", pin)
    sha256 = re.search(r"sha256:([0-9a-f]{64})", pin)
    if not version or not sha256:
        raise SetupError(f"{pip_pin} names no pip with its sha256")
    name = f"pip-{version[1]}-py3-none-any.whl"
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/")
    try:
        with urllib.request.urlopen(f"{index}/pip/", timeout=30) as page:  # noqa: S310
            link = re.search(rf'href="([^"#]*/{re.escape(name)})', page.read().decode())
        if not link:
            raise SetupError(f"{index} has no {name}")
        address = urllib.parse.urljoin(f"{index}/pip/", link[1])
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310
            wheel = answer.read()
    except OSError as error:
        raise SetupError(f"pip cannot be fetched from {index}: {error}") from error
    if hashlib.sha256(wheel).hexdigest() != sha256[1]:
        raise SetupError(f"{name} from {index} is not the file that {pip_pin.name} pins")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(wheel)
        options = ["install", "--quiet", "--no-index"]
        run([python_of(venv), path / "pip", *options, path], what="installing pip")


def torch_source(venv: Path, torch: Torch, pins: Sequence[str]) -> tuple[str, list[str]]:
    """Where PyTorch comes from, without gigabytes of CUDA where nobody can use them.

    Args:
        pins: The requirements of ``torch.txt``; the first is PyTorch itself.

    Returns:
        The choice in words, and pip's arguments.

    Raises:
        SetupError: The build that the user asked for cannot be had.
    """
    name, _, version = pins[0].partition("==")
    alone = ["--no-deps", *pins]  # run.txt has what these wheels need
    if torch.build == "plain":
        return torch.why, alone
    if torch.build == "cuda":
        return f"with CUDA, several GB ({torch.why})", list(pins)
    cpu = f"{version}+cpu"
    alone = ["--no-deps", f"{name}=={cpu}", *pins[1:]]
    if offers(venv, name, cpu):
        return f"for the CPU ({torch.why}), offered by pip's own settings", alone
    public = ["--extra-index-url", CPU_INDEX]
    if offers(venv, name, cpu, *public, "--retries", "0", "--timeout", "10"):
        return f"for the CPU ({torch.why}), from {CPU_INDEX}", [*public, *alone]
    if torch.forced:
        raise SetupError(f"{torch.why}, but torch {cpu} cannot be had from {CPU_INDEX}")
    return f"with CUDA, several GB, because {CPU_INDEX} cannot be reached", list(pins)


def install_torch(venv: Path, torch: Torch, requirements: Path) -> None:
    """Install PyTorch's pinned packages.

    Raises:
        SetupError: They cannot be had.
    """
    pins = read_pins(requirements / "torch.txt")
    words, arguments = torch_source(venv, torch, pins)
    say(f"Installing requirements/torch.txt: the build {words}")
    known = requirements / "run.txt"
    pip(venv, *arguments, "--constraint", known, what="installing PyTorch")


def install(root: Path, venv: Path, purpose: str, torch: Torch) -> None:
    """Install everything for a purpose into an environment.

    Raises:
        SetupError: A step failed.
    """
    requirements = root / "requirements"
    files = [requirements / name for name in PURPOSES[purpose] if name in {"run.txt", "test.txt"}]
    say(f"Installing {' and '.join(str(path.relative_to(root)) for path in files)}")
    named = [part for path in files for part in ("--requirement", path)]
    pip(venv, *named, what="installing the requirements")
    install_torch(venv, torch, requirements)
    say("Installing narrate from this checkout")
    options = ["--no-deps", "--no-build-isolation", "--editable"]
    pip(venv, *options, root, what="installing narrate")


def set_up(root: Path, purpose: str, torch: Torch) -> bool:
    """Bring ``root/.venv`` to what the requirements say.

    Returns:
        False when nothing had to be done.

    Raises:
        SetupError: A step failed; the next call tries again.
    """
    venv = root / ".venv"
    facts, wanted = base_facts(venv, torch), fingerprint(root, purpose)
    stamp = read_stamp(venv)
    fits = reusable(venv, stamp, facts)
    if fits and stamp.get(purpose) == wanted:
        return False
    if not fits:
        make_venv(venv, root / "requirements" / "pip.txt")
        stamp = {}
    unfinished = venv / UNFINISHED
    unfinished.touch()
    (venv / STAMP).unlink(missing_ok=True)
    try:
        install(root, venv, purpose, torch)
    except SetupError:
        unfinished.unlink()  # pip has taken back what it began
        raise
    included = (name for name in PURPOSES if set(PURPOSES[name]) <= set(PURPOSES[purpose]))
    done = {name: fingerprint(root, name) for name in included}
    kept = {name: value for name, value in stamp.items() if name in PURPOSES}
    (venv / STAMP).write_text(json.dumps({**facts, **kept, **done}, indent=1), "utf-8")
    unfinished.unlink()
    return True


def say(line: str) -> None:
    """Tell the person who waits what happens now."""
    print(line, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line.

    Returns:
        Exit code: 0 when the environment is ready, else 1, or 130 when interrupted, with a line on
        stderr.
    """
    parser = argparse.ArgumentParser(description="Make .venv/ from the pinned requirements.")
    parser.add_argument("purpose", nargs="?", choices=sorted(PURPOSES), default="run")
    purpose = parser.parse_args(arguments).purpose
    root = Path(__file__).resolve().parent.parent
    try:
        check_python(sys.version_info[:2])
        torch = choose_torch(platform.system(), os.environ, nvidia=has_nvidia())
        if set_up(root, purpose, torch):
            say("The environment .venv/ is ready.")
    except (SetupError, OSError) as error:
        print(f"Set-up stopped: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Set-up interrupted: the next call begins anew", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
