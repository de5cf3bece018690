"""Pages on paper: printed by the Chromium-family browser of this machine, if any."""

import re
import subprocess
import tempfile
from pathlib import Path

from cxlab.course.browser import QUIET
from cxlab.course.files import write_over

_SECONDS = 120  # for one page; a second is usual
_PRINTED_AT = re.compile(rb"/(Creation|Mod)Date \(D:\d{14}")


class NotPrinted(RuntimeError):
    """The browser did not print a page."""


def print_pdf(page: str, path: Path, *, browser: Path) -> None:
    """Print a page to a PDF with tags, title, language and bookmarks.

    The same page gives the same bytes: the hour at which it was printed is left out.

    Parameters
    ----------
    page
        The html; its links should not leave the page, since they would carry the name
        of a folder of this machine.
    path
        Where the PDF is to stand.
    browser
        The browser that prints it.

    Raises
    ------
    NotPrinted
        If the browser ends with an error, takes too long or prints nothing.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source, printed = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        command = [
            str(browser),
            *QUIET,
            f"--user-data-dir={folder}/profile",  # several may print at once
            "--no-pdf-header-footer",
            "--generate-pdf-document-outline",
            f"--print-to-pdf={printed}",
            source.as_uri(),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        except (OSError, subprocess.SubprocessError) as error:
            raise NotPrinted(f"{browser} did not print {path.name}: {error}") from error
        if not printed.is_file() or not printed.stat().st_size:
            raise NotPrinted(f"{browser} printed nothing for {path.name}.")
        write_over(path, undated(printed.read_bytes()))


def undated(pdf: bytes) -> bytes:
    """Return a PDF with the first day of 1980 in place of when it was made.

    Examples
    --------
    >>> undated(b"/CreationDate (D:20261122061521+00'00')")
    b"/CreationDate (D:19800101000000+00'00')"
    """
    return _PRINTED_AT.sub(rb"/\1Date (D:19800101000000", pdf)
