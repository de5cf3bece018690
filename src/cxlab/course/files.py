"""Writing files so that nobody ever finds half of one.

A file is written beside its place under a temporary name and moved into place when it
is whole. A write that fails leaves what was there before, and nothing else.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


class CannotWrite(OSError):
    """A file could not be written; nothing was changed."""


def write_over(path: Path, data: bytes | str) -> None:
    """Write a whole file, in place of the one that may be there.

    Raises
    ------
    CannotWrite
        If the disk is full, the folder read-only or absent; the old file stays.
    """
    with staged(path, data) as temporary, _explained(path):
        temporary.replace(path)


def write_new(path: Path, data: bytes | str) -> None:
    """Write a whole file where there is none, and never over one that is.

    Raises
    ------
    FileExistsError
        If there is a file of that name by now.
    CannotWrite
        If the disk is full, the folder read-only or absent.
    """
    with staged(path, data) as temporary:
        place_new(temporary, path)


@contextlib.contextmanager
def staged(path: Path, data: bytes | str) -> Iterator[Path]:
    """Write the bytes beside their place, under a temporary name that goes away.

    Raises
    ------
    CannotWrite
        If they cannot be written.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    temporary: Path | None = None
    try:
        with _explained(path):
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            temporary = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o666 & ~_umask())
        yield temporary
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def place_new(temporary: Path, path: Path) -> None:
    """Move a staged file to its place, which must be free.

    Raises
    ------
    FileExistsError
        If there is a file of that name by now.
    CannotWrite
        If it cannot be put there.
    """
    with _explained(path):
        try:
            os.link(temporary, path)  # refuses an existing name, in one step
        except FileExistsError:
            raise
        except (
            OSError
        ):  # a file system without hard links: claim the name, then fill it
            path.open("xb").close()
            temporary.replace(path)


def _replace_or_free(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except OSError:
        path.unlink()
        raise


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        raise CannotWrite(
            f"{path} could not be written ({error.strerror or error}). Nothing was "
            "changed. Free some space, or choose a folder that you may write to."
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
