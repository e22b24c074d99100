# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""What a book holds, in memory, and the file of it: data/README.md."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import h5py
import numpy as np

from . import schema

CHUNK_ROWS = 65_536


@dataclass
class Law:
    """A claim law: attributes, `kind` and `index` among them, and the columns of its kind."""

    attributes: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, np.ndarray] = field(default_factory=dict)


@dataclass
class Content:
    """Columns in the types of the file."""

    attributes: dict[str, Any] = field(default_factory=dict)
    """Of the root: policy_year, generator, currency."""
    laws: dict[str, Law] = field(default_factory=dict)
    tables: dict[str, dict[str, np.ndarray]] = field(default_factory=dict)
    """By table and column; "groups" with member_offset."""
    table_attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Of "market" and "lag"."""


def write(path: str, content: Content) -> None:
    """Writes an unsealed book; equal content gives equal bytes."""
    with h5py.File(path, "w") as file:
        _attributes(file, {"schema": "corridor.book", "schema_version": np.array([1, 0], np.int32),
                           "currency": "USD", **content.attributes})
        laws = file.create_group("distributions")
        for name, law in content.laws.items():
            group = laws.create_group(name)
            _attributes(group, law.attributes)
            for column, values in law.columns.items():
                _dataset(group, column, values, "USD" if column.endswith("_usd") else "1", "")
        for name in {**content.tables, **content.table_attributes}:
            group = file.create_group(name)
            _attributes(group, content.table_attributes.get(name, {}))
            _columns(group, name, content.tables.get(name, {}))


def _columns(group: h5py.Group, table: str, columns: dict[str, np.ndarray]) -> None:
    for name, known in schema.tables()[table].items():
        if name in columns:
            _dataset(group, name, columns[name], known.units, known.description)


def _dataset(group: h5py.Group, name: str, values: np.ndarray, units: str, description: str) -> None:
    options = {"chunks": (min(CHUNK_ROWS, len(values)), *values.shape[1:]), "compression": "gzip",
               "compression_opts": 1, "shuffle": True, "fletcher32": True} if values.size else {}
    dataset = group.create_dataset(name, data=values, track_times=False, **options)
    _attributes(dataset, {"units": units, "description": description})


def _attributes(target: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        target.attrs[name] = np.bytes_(value.encode("utf-8")) if isinstance(value, str) else value


def read(path: str) -> Content:
    """What a good book holds: call it for books that the library has checked."""
    with h5py.File(path, "r") as file:
        content = Content(_plain_attributes(file, ("schema", "schema_version", "content_sha256")))
        for name, law in file["distributions"].items():
            content.laws[name] = Law(_plain_attributes(law, ("units",)),
                                     {column: law[column][()] for column in law})
        for name, known in schema.tables().items():
            if name not in file:
                continue
            content.tables[name] = {column: file[name][column][()].astype(known[column].dtype)
                                    for column in known if column in file[name]}
            stated = _plain_attributes(file[name], ())
            content.table_attributes[name] = {attribute: value for attribute, value in stated.items()
                                              if attribute in schema.attributes()[name]}
    return content


def _plain_attributes(target: Any, without: tuple[str, ...]) -> dict[str, Any]:
    return {name: value.decode("utf-8") if isinstance(value, bytes) else value
            for name, value in target.attrs.items() if name not in without}
