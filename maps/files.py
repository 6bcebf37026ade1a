"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

from dateline.errors import OutputError


def write_atomically(path: str | os.PathLike[str], content: str | bytes | Callable[[Path], object]) -> Path:
    """Write a file beside its place, then move it there in one step.

    Whatever happens before that step (a full disk, Ctrl-C, an error in the writer), a file that stood at
    ``path`` stays as it was and nothing is left beside it.

    Parameters
    ----------
    path : path
        Where the file shall stand; its folder must exist.
    content : str, bytes, or callable
        Text (written as UTF-8, line ends kept), bytes, or a function that writes the file whose path it is
        given. That path lies in a new empty folder and has the final file's name, for libraries that look at
        the name or put files of their own beside it; only the named file is kept.

    Returns
    -------
    Path
        ``path``.

    Raises
    ------
    OutputError
        If the folder is missing, or the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_atomically(folder / "note.txt", "Kharkiv").read_text()
    'Kharkiv'
    """
    path = Path(path)
    # In the same folder, because a rename is one step only within a file system; named before it is made, so
    # that Ctrl-C at any moment finds what to remove.
    folder = path.parent / f".dateline-{uuid.uuid4().hex}"
    draft = folder / path.name
    try:
        folder.mkdir(mode=0o700)
        if callable(content):
            content(draft)
        else:
            draft.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        os.replace(draft, path)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        why = error.strerror or str(error)
        raise OutputError(f"cannot write {path}: {why}; any older file there is untouched") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return path
