"""A browser of the Chromium family, if this machine has one: for PDF and pictures."""

import os
import shutil
from pathlib import Path

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "chrome",
    "msedge",
)
_MAC = "Applications/{0}.app/Contents/MacOS/{0}"
_MAC_NAMES = ("Chromium", "Google Chrome", "Microsoft Edge")
_WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
_WINDOWS_ROOTS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
# What keeps it from asking the network for anything, in every use of it here.
QUIET = (
    "--headless",
    "--no-sandbox",  # it opens only what the course itself has made
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_browser() -> Path | None:
    """Return a Chromium, Chrome or Edge, or None. CXLAB_BROWSER names another."""
    if chosen := os.environ.get("CXLAB_BROWSER"):
        return Path(found) if (found := shutil.which(chosen)) else None
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((path for path in _usual_places() if path.is_file()), None)


def _usual_places() -> list[Path]:
    """Return where macOS and Windows keep browsers, which are not on PATH there."""
    mac = [r / _MAC.format(n) for r in (Path("/"), Path.home()) for n in _MAC_NAMES]
    roots = [Path(os.environ[name]) for name in _WINDOWS_ROOTS if name in os.environ]
    return mac + [root / path for root in roots for path in _WINDOWS]
