"""The settings for hosts in docs/publishing.md, held against the very servers they are for."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path

import pytest

from narrate.build import Workspace
from narrate.check import check_public
from narrate.media_types import media_type
from shows import edit, narrate

GUIDE = Path(__file__).parents[1] / "docs/publishing.md"
MODULES = "mpm_event authz_core mime dir headers setenvif alias deflate filter"
APACHE = """
ServerName localhost
ServerRoot "{root}"
DefaultRuntimeDir "{root}"
PidFile "{root}/pid"
ErrorLog "{root}/errors"
Listen 127.0.0.1:{port}
{modules}
User www-data
Group www-data
TypesConfig "{root}/types"
DocumentRoot "{root}/www"
AddOutputFilterByType DEFLATE text/html application/json application/rss+xml audio/mpeg
<Directory "{root}/www">
    AllowOverride FileInfo Indexes
</Directory>
"""
TYPES = "text/html html\ntext/javascript js\nimage/jpeg jpg\napplication/json json\n"
NGINX = """
user root;
worker_processes 1;
pid {root}/pid;
error_log {root}/errors;
events {{}}
http {{
    access_log off;
    gzip on;
    client_body_temp_path {root}/a;
    proxy_temp_path {root}/b;
    fastcgi_temp_path {root}/c;
    uwsgi_temp_path {root}/d;
    scgi_temp_path {root}/e;
    server {{
        listen 127.0.0.1:{port};
        {settings}
    }}
}}
"""


def example(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def apache(root: Path, port: int) -> list[str]:
    (root / "www/podcast/.htaccess").write_text(example("apache"), encoding="utf-8")
    (root / "types").write_text(TYPES, encoding="utf-8")
    places = (Path("/usr/lib/apache2/modules"), Path("/usr/lib64/httpd/modules"))
    folder = next(filter(Path.is_dir, places))
    modules = "\n".join(f"LoadModule {m}_module {folder}/mod_{m}.so" for m in MODULES.split())
    settings = APACHE.format(root=root, port=port, modules=modules)
    (root / "conf").write_text(settings, encoding="utf-8")
    return ["apache2", "-f", str(root / "conf"), "-DFOREGROUND"]


def nginx(root: Path, port: int) -> list[str]:
    settings = example("nginx").replace("/srv/www", f"{root}/www")
    settings = NGINX.format(root=root, port=port, settings=settings)
    (root / "conf").write_text(settings, encoding="utf-8")
    return ["nginx", "-e", str(root / "errors"), "-c", str(root / "conf"), "-g", "daemon off;"]


@contextlib.contextmanager
def hosting(how: Callable[[Path, int], list[str]], show: Path) -> Iterator[str]:
    """A show published to a folder of a web server; its address."""
    # The server's own user must get there, as it cannot to pytest's folders.
    root = Path(tempfile.mkdtemp(prefix="narrate-host-"))
    root.chmod(0o755)
    try:
        (root / "www/podcast").mkdir(parents=True)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        address = f"http://127.0.0.1:{port}/podcast/"
        edit(show / "narrate.toml", "https://example.org/show/", address)
        assert narrate(show, "build").code == 0
        assert narrate(show, "publish", "--to", str(root / "www/podcast")).code == 0
        with subprocess.Popen(how(root, port), stderr=subprocess.PIPE, text=True) as server:
            try:
                await_answer(port, server)
                yield address
            finally:
                server.terminate()
                server.communicate(timeout=30)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def await_answer(port: int, server: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 20
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        assert server.poll() is None, server.communicate()
        assert time.monotonic() < until
        time.sleep(0.05)


def ask(url: str, **headers: str) -> tuple[int, Message, bytes]:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=named)) as answer:  # noqa: S310
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.mark.parametrize(
    "how",
    [
        pytest.param(apache, marks=pytest.mark.needs_program("apache2")),
        pytest.param(nginx, marks=pytest.mark.needs_program("nginx")),
    ],
)
def test_a_host_set_up_as_the_guide_says_is_right(
    show: Path, how: Callable[[Path, int], list[str]]
) -> None:
    with hosting(how, show) as address:
        assert check_public(Workspace.open(show), ()).findings == ()
        for path in (show / "output").iterdir():
            status, headers, body = ask(address + path.name, Accept_Encoding="gzip")
            assert status == 200, path.name
            told = headers["Content-Type"].partition(";")[0]
            assert told == media_type(path.name), path.name
            assert headers["Access-Control-Allow-Origin"] == "*", path.name
            if told.startswith("audio/"):
                assert "Content-Encoding" not in headers
                assert body == path.read_bytes()
        _, _, body = ask(f"{address}first.de.mp3", Range="bytes=5-9", Accept_Encoding="gzip")
        assert body == (show / "output/first.de.mp3").read_bytes()[5:10]
        assert ask(address)[2] == (show / "output/index.html").read_bytes()
        assert ask(f"{address}.narrate-published.json")[0] in {403, 404}
