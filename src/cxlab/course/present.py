"""Show the built site in a room: served from this machine, to this machine only."""

import http.server
import webbrowser
from functools import partial
from pathlib import Path
from typing import Any

from cxlab.root import project_root

HOST = "127.0.0.1"  # loopback: nobody else in the network can ask
PORT = 8800
_TRIES = 20


class NotBuilt(FileNotFoundError):
    """There is no site yet."""


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name
        """Say nothing: a presenter's terminal stays calm."""

    def end_headers(self) -> None:
        """Let no browser keep a page that the next build changes."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


def site() -> Path:
    """Return the folder of the built site.

    Raises
    ------
    NotBuilt
        If it has not been built.
    """
    folder = project_root() / "build" / "site"
    if not (folder / "index.html").is_file():
        raise NotBuilt(f"There is no site at {folder} yet. Build it: cxlab build")
    return folder


def server(folder: Path, port: int | None = None) -> http.server.ThreadingHTTPServer:
    """Return a server of that folder on loopback; None takes the first free port.

    Raises
    ------
    OSError
        If the port, or every port that was tried, is in use.
    """
    handler = partial(_Handler, directory=str(folder))
    last = PORT + _TRIES - 1
    for number in [port] if port is not None else range(PORT, last + 1):
        try:
            return http.server.ThreadingHTTPServer((HOST, number), handler)
        except OSError:
            continue
    tried = f"port {port}" if port is not None else f"the ports {PORT} to {last}"
    raise OSError(f"Somebody else uses {tried}. Choose another: cxlab present --port N")


def present(port: int | None = None, *, browser: bool = True) -> None:
    """Serve the site until interrupted, and open it in the browser.

    Raises
    ------
    NotBuilt
        If there is no site yet.
    OSError
        If no port is free.
    """
    with server(site(), port) as serving:
        address = f"http://{HOST}:{serving.server_port}/"
        print(f"The course is shown at {address} - Ctrl-C ends it", flush=True)
        if browser:
            webbrowser.open(address)
        serving.serve_forever()
