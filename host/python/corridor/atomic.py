# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Files that are written whole or not at all, and never over another unless asked."""
from __future__ import annotations

import errno
import os
import tempfile
from typing import Callable

from .errors import CannotCreateError, InputOutputError, Problem


def refuse_existing(path: str | os.PathLike[str], replace: bool) -> None:
    """Raises CannotCreateError where something is at `path` and may not go."""
    if not replace and os.path.lexists(path):
        raise CannotCreateError(problems=[Problem(
            code="E_EXISTS", file=os.fspath(path), message="is there already",
            fix="Say replace=True, or write to another place")])


def written_whole(path: str | os.PathLike[str], write: Callable[[str], object], *,
                  replace: bool = False) -> None:
    """Lets `write` fill a file beside `path` and puts it in place.

    Raises CannotCreateError where the folder takes no files or the file is there and `replace` is
    false, InputOutputError where the disk is full or failing. Leaves nothing else behind.
    """
    refuse_existing(path, replace)
    folder, name = os.path.split(os.path.abspath(path))
    ending = os.path.splitext(name)[1]
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{name}.", suffix=ending, dir=folder)
    except OSError as error:
        raise CannotCreateError(problems=[Problem(
            code="E_CANNOT_CREATE", file=os.fspath(path), message=f"cannot be created: {error.strerror}",
            fix="Choose a folder that is there and takes new files")]) from error
    os.close(handle)
    try:
        write(temporary)
        _settle(temporary)
        _publish(temporary, path, replace)
    except OSError as error:
        if isinstance(error, CannotCreateError):
            raise
        raise InputOutputError(problems=[Problem(
            code="E_WRITE", file=os.fspath(path), message=f"could not be written: {error}")]) from error
    finally:
        if os.path.lexists(temporary):
            os.unlink(temporary)


def _settle(temporary: str) -> None:
    umask = os.umask(0)
    os.umask(umask)
    os.chmod(temporary, 0o666 & ~umask)
    with open(temporary, "rb") as file:
        os.fsync(file.fileno())


def _publish(temporary: str, path: str | os.PathLike[str], replace: bool) -> None:
    if replace:
        os.replace(temporary, path)
        return
    try:
        os.link(temporary, path)  # fails where another program has put a file there since we looked
    except FileExistsError:
        refuse_existing(path, False)
        raise
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EMLINK):
            raise
        refuse_existing(path, False)  # a file system without hard links
        os.rename(temporary, path)
