"""`cxlab status`: a trainee's progress as lines, and the certificate as a page."""

from pathlib import Path

from cxlab.course.status import LessonStatus, Status, status

_HEAD = ("lesson", "right", "not yet", "open", "guesses", "")


def tell(folder: str | None, certificate: Path | None) -> list[str]:
    """Say how far a folder has come; write the certificate if one is asked for.

    Parameters
    ----------
    folder
        The trainee's folder; None: as `start` chooses it.
    certificate
        Where the page is to stand; None: no page.

    Raises
    ------
    ValueError
        If the certificate's name is not that of a page: a notebook would be lost.
    """
    if certificate is not None and certificate.suffix.lower() != ".html":
        raise ValueError(
            f"--certificate {certificate} is no name of a page. Let it end in .html; "
            "any browser prints it."
        )
    found = status(folder)
    said = lines(found)
    if certificate is not None:
        from cxlab.course.files import write_over
        from cxlab.course.manifest import manifest
        from cxlab.course.render.certificate import render_certificate

        write_over(certificate, render_certificate(manifest(), found))
        said.append(f"Open {certificate.absolute()}")
    return said


def lines(found: Status) -> list[str]:
    """Return a progress report, a line a lesson and the sum at its end."""
    rows = [_HEAD, *(_row(one) for one in found.lessons)]
    widths = [max(len(row[k]) for row in rows) for k in range(len(_HEAD))]
    table = [
        "  ".join(
            cell.ljust(width) if k in (0, len(_HEAD) - 1) else cell.rjust(width)
            for k, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return [*table, f"{found.folder}: {found}"]


def _row(one: LessonStatus) -> tuple[str, ...]:
    return (
        one.file.removesuffix(".ipynb"),
        str(one.right),
        str(one.not_yet),
        str(one.unanswered),
        f"{one.guessed} of {one.asked}",
        one.remark or ("complete" if one.complete else ""),
    )
