"""The studio's run: a server in a thread of its own, the work in the main thread."""

from __future__ import annotations

import logging
import secrets
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from narrate.build import Workspace
from narrate.studio.bench import Bench, Sounds
from narrate.studio.desk import Desk

_HOST = "127.0.0.1"
_FAREWELL_S = 1
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
    import uvicorn  # noqa: PLC0415 - heavy, and only needed here

    from narrate.serve.protocol import PatientProtocol  # noqa: PLC0415
    from narrate.serve.server import listen  # noqa: PLC0415
    from narrate.studio.app import App  # noqa: PLC0415

    show = Workspace.open(folder).show
    desk, token = Desk(), secrets.token_urlsafe(_KEY_BYTES)
    with listen(_HOST, port) as bound, tempfile.TemporaryDirectory(prefix="narrate-studio-") as own:
        app = App(desk, Bench(show.root, jobs, Sounds(Path(own))), token)
        _be_quiet()
        config = uvicorn.Config(
            app,
            http=PatientProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_FAREWELL_S,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(
            target=server.run, kwargs={"sockets": [bound]}, name="narrate-studio", daemon=True
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
            thread.join(2 * _FAREWELL_S)


def _be_quiet() -> None:
    """Have the server's own words not stand among ours."""
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
