# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes a book as HDF5 by the physical rules of book files.

Fixed-length strings, 64 Ki rows a chunk, gzip 1 with shuffle and Fletcher-32 on every dataset, no
times: equal books are equal bytes.
"""
import errno
import os
import tempfile

import h5py
import numpy as np

from . import columns

CHUNK_ROWS = 64 * 1024


class Exists(Exception):
    """The file is there, and nobody said that it may go."""


def write(path, book, generator, force=False):
    """Builds a temporary file beside `path` and renames it, so that `path` is whole or absent."""
    if not force and os.path.lexists(path):
        raise Exists(path)
    folder, name = os.path.split(os.path.abspath(path))
    handle, temporary = tempfile.mkstemp(prefix=f".{name}.", suffix=".tmp", dir=folder)
    os.close(handle)
    try:
        with h5py.File(temporary, "w") as file:
            _fill(file, book, generator)
        _settle(temporary)
        _publish(temporary, path, force)
    finally:
        if os.path.lexists(temporary):
            os.unlink(temporary)


def _settle(temporary):
    umask = os.umask(0)
    os.umask(umask)
    os.chmod(temporary, 0o666 & ~umask)
    with open(temporary, "rb") as file:
        os.fsync(file.fileno())


def _publish(temporary, path, force):
    if force:
        os.replace(temporary, path)
        return
    try:
        os.link(temporary, path)  # fails where another program has put the file there since we looked
    except FileExistsError:
        raise Exists(path) from None
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EMLINK):
            raise
        os.rename(temporary, path)  # a file system without hard links


def _fill(file, book, generator):
    _attributes(file, {"schema": "corridor.book", "schema_version": np.array([1, 0], np.int32),
                       "currency": "USD", "policy_year": np.int32(2026), "generator": generator})
    for index, (name, law) in enumerate(book.laws.items()):
        group = file.create_group(f"distributions/{name}")
        _attributes(group, {"kind": law.kind, "index": np.uint16(index),
                            "description": law.description, **law.attributes})
        _datasets(group, columns.DISTRIBUTION, law.columns)
    _datasets(file.create_group("groups"), columns.GROUPS, book.groups)
    _datasets(file.create_group("members"), columns.MEMBERS, book.members)
    if book.experience:
        _datasets(file.create_group("experience"), columns.EXPERIENCE, book.experience)
    if book.treaties:
        _datasets(file.create_group("treaties"), columns.TREATIES, book.treaties)
    if book.market:
        _attributes(file.create_group("market"), book.market)
    if book.quote:
        _datasets(file.create_group("quote"), columns.QUOTE, book.quote)


def _attributes(target, values):
    for name, value in values.items():
        if isinstance(value, str):
            value = np.bytes_(value.encode("utf-8"))  # a plain str would become a variable-length string
        elif isinstance(value, float):
            value = np.float64(value)
        target.attrs[name] = value


def _datasets(group, known, values):
    for name, column in known.items():  # the list's order, so that bytes do not depend on the builder's
        if name in values:
            _dataset(group, name, column, values[name])
    unknown = values.keys() - known.keys()
    if unknown:
        raise KeyError(f"no unit or description for {sorted(unknown)} in columns.py")


def _dataset(group, name, column, values):
    values = np.asarray(values).astype(column.dtype)
    chunk = (min(CHUNK_ROWS, len(values)),) + values.shape[1:]
    dataset = group.create_dataset(name, data=values, chunks=chunk, compression="gzip",
                                   compression_opts=1, shuffle=True, fletcher32=True, track_times=False)
    _attributes(dataset, {"units": column.units, "description": column.description})
