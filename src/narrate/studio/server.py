"""The studio's run: a server in a thread of its own, the work in the main thread."""

from __future__ import annotations

import secrets
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from narrate.build import Workspace
from narrate.studio.bench import Bench, Sounds
from narrate.studio.desk import Desk

_HOST = "127.0.0.1"
_FAREWELL_S = 3
_KEY_BYTES = 24


def run_studio(folder: Path, port: int, jobs: int, ready: Callable[[str], None]) -> None:
    """Serve the studio of a show until the process is asked to stop.

    Args:
        port: 0 for any that is free.
        jobs: Number of workers.
        ready: Told the address once it answers.

    Raises:
        ShowError: The show is invalid.
        UsageError: The port cannot be had.
        KeyboardInterrupt: The process was asked to stop while a task was carried out.
    """
    from narrate.serve import listen, make_server, run  # noqa: PLC0415 - heavy
    from narrate.studio.app import App  # noqa: PLC0415

    show = Workspace.open(folder).show
    desk, token = Desk(), secrets.token_urlsafe(_KEY_BYTES)
    with listen(_HOST, port) as bound, tempfile.TemporaryDirectory(prefix="narrate-studio-") as own:
        app = App(desk, Bench(show.root, jobs, Sounds(Path(own))), token)
        server = make_server(app)
        thread = threading.Thread(
            target=run, args=(server, bound), name="narrate-studio", daemon=True
        )
        thread.start()
        try:
            ready(f"http://{_HOST}:{bound.getsockname()[1]}/{token}/")
            desk.work(show.output.name)
        except KeyboardInterrupt:
            if desk.is_busy:
                raise
        finally:
            server.should_exit = True
            thread.join(_FAREWELL_S)
