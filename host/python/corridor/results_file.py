# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads results files, data/results.md, with h5py alone.

h5py parses the file in this process: read files whose origin you know.
"""
from __future__ import annotations

import io
import os
from typing import Any

import h5py
import numpy as np

from .errors import BadDataError, MissingInputError, Problem
from .results import Gate, Results, Run
from .table import Table

# What stands at the root beside tables.
_OWN = ("warnings", "gate", "run", "losses")
_HEAD = ("schema", "schema_version", "currency")


def read_results(path: str | os.PathLike[str] | io.BytesIO) -> Results:
    """Results that the program wrote as .h5: quotes, tail, scenario, replay, layers, employer.

    `path`   a file, or its bytes as io.BytesIO
    Raises MissingInputError when it cannot be opened, BadDataError when it holds no results.
    """
    name = "results" if isinstance(path, io.BytesIO) else os.fspath(path)
    with _opened(path, name) as file:
        schema = _schema(file, name)
        try:
            return _results(file, schema)
        except (KeyError, ValueError, OSError) as error:
            raise _refused(name, "E_DAMAGED", f"cannot be read as results: {error}",
                           "Take the file from its source again") from error


def _opened(path: Any, name: str) -> h5py.File:
    try:
        if not isinstance(path, io.BytesIO):
            with open(path, "rb"):
                pass  # says why not in words of the operating system
        return h5py.File(path, "r")
    except OSError as error:
        if isinstance(path, io.BytesIO) or error.errno is None or os.path.isfile(path) \
                and os.access(path, os.R_OK):
            raise _refused(name, "E_NOT_HDF5", "is not an HDF5 file",
                           "Give a results file that corridor wrote as .h5") from error
        raise MissingInputError(problems=[Problem(
            code="E_CANNOT_OPEN", file=name, message=f"cannot be opened: {error.strerror}")]) from error


def _schema(file: h5py.File, name: str) -> str:
    schema = text(file.attrs.get("schema", b""))
    if schema == "corridor.book":
        raise _refused(name, "E_SCHEMA", "is a book, not results", "Open it with corridor.load")
    if not schema.startswith("corridor."):
        raise _refused(name, "E_SCHEMA", "holds no results of corridor",
                       "Give a results file that corridor wrote as .h5")
    major = int(np.atleast_1d(file.attrs.get("schema_version", [1]))[0])
    if major != 1:
        raise _refused(name, "E_SCHEMA", f"is of version {major}, and only 1 is known",
                       "Read it with the version of corridor that wrote it")
    return schema


def _results(file: h5py.File, schema: str) -> Results:
    tables = {name: _table(name, node) for name, node in _datasets(file) if name not in _OWN}
    attributes = {name: _plain(value) for name, value in file.attrs.items() if name not in _HEAD}
    return Results(schema, _ordered(tables, schema), _losses(file), _gate(file), _warnings(file),
                   _run(file), attributes)


# What a run makes first stands first; HDF5 lists by name.
_ORDER = {"corridor.tail": ("metrics", "risk", "loss_ratio", "exceedance", "treaties", "captives",
                            "layers", "contributions", "marginal"),
          "corridor.scenario": ("changes", "loss_ratio", "exceedance", "groups"),
          "corridor.replay": ("group", "groups", "effects", "members", "totals"),
          "corridor.employer": ("options",)}


def _ordered(tables: dict[str, Table], schema: str) -> dict[str, Table]:
    first = [name for name in _ORDER.get(schema, ()) if name in tables]
    return {name: tables[name] for name in first + [name for name in tables if name not in first]}


def _datasets(group: h5py.Group) -> Any:
    """Name and dataset of what the group itself holds: links to other places are not followed."""
    for name in group:
        if isinstance(group.get(name, getlink=True), h5py.HardLink):
            node = group[name]
            if isinstance(node, h5py.Dataset):
                yield name, node


def _table(name: str, dataset: h5py.Dataset) -> Table:
    names = dataset.dtype.names
    if names is None:
        raise ValueError(f"/{name} is not a table")
    rows = dataset[()]
    units, descriptions = (_texts_by_column(dataset, about, names) for about in ("units", "description"))
    return Table(name, text(dataset.attrs.get("title", b"")),
                 {column: values_of(rows[column]) for column in names}, units, descriptions)


def _texts_by_column(dataset: h5py.Dataset, about: str, names: tuple[str, ...]) -> dict[str, str]:
    stated = np.atleast_1d(dataset.attrs.get(about, []))
    return {name: text(value) for name, value in zip(names, stated)}


def _losses(file: h5py.File) -> Table:
    table = Table("losses", "amounts of every simulated year")
    for name, series in _datasets(file["losses"]) if "losses" in file else ():
        table.columns[name] = series[()]
        table.units[name] = text(series.attrs.get("units", b""))
        table.descriptions[name] = text(series.attrs.get("description", b""))
    return table


def _gate(file: h5py.File) -> Gate:
    if "gate" not in file:
        return Gate()
    facts = {name: _plain(value) for name, value in file["gate"].attrs.items()}
    failures = dict(_datasets(file["gate"])).get("failures")
    return Gate(bool(facts.get("passed", 1)), facts.get("checked", 0),
                facts.get("false_alarm_rate", 0.0), facts.get("z_limit", 0.0),
                facts.get("largest_z", 0.0),
                [] if failures is None else values_of(failures[()]).tolist())


def _warnings(file: h5py.File) -> list[Problem]:
    dataset = dict(_datasets(file)).get("warnings")
    if dataset is None:
        return []
    return [Problem(code=row["code"], message=row["message"], fix=row["fix"], dataset=row["dataset"],
                    column=row["dataset"].rsplit("/", 1)[-1].rsplit("@", 1)[-1],
                    row=int(row["row"]) if row["row"] else None, group=row["group_id"],
                    value=row["value"], severity="warning")
            for row in _table("warnings", dataset).rows()]


def _run(file: h5py.File) -> Run:
    if "run" not in file:
        return Run()
    facts = {name: _plain(value) for name, value in file["run"].attrs.items()}
    known = {name: value for name, value in facts.items() if name in Run.__dataclass_fields__}
    pairs = {name: _table(name, dataset) for name, dataset in _datasets(file["run"])}
    timings = {row["phase"]: row["seconds"] for row in pairs["timings"].rows()} \
        if "timings" in pairs else {}
    settings = {row["name"]: row["value"] for row in pairs["settings"].rows()} \
        if "settings" in pairs else {}
    return Run(**known, timings=timings, settings=settings)


def text(value: Any) -> str:
    """Text of an attribute or a fixed-length cell."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def values_of(values: np.ndarray) -> np.ndarray:
    """A column: numbers as they are, contiguous; text as str, equal cells one object."""
    if values.dtype.kind != "S":
        return np.ascontiguousarray(values)
    distinct, which = np.unique(values, return_inverse=True)
    words = np.array([text(cell) for cell in distinct.tolist()], dtype=object)
    return words[which] if len(values) else np.empty(0, dtype=object)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return text(value)
    if isinstance(value, np.ndarray):
        return [_plain(cell) for cell in value.tolist()]
    return value.item() if isinstance(value, np.generic) else value


def _refused(name: str, code: str, message: str, fix: str) -> BadDataError:
    return BadDataError(problems=[Problem(code=code, file=name, message=message, fix=fix)])
