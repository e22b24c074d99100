# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Results as plain numpy columns of this package's needs: text as fixed-length str, yearly amounts in USD."""

from __future__ import annotations

import pathlib
from dataclasses import asdict, dataclass, field

import h5py
import numpy as np

from ..errors import BadDataError
from ..results_file import read_results as read_file

# What each schema must hold to be worth a page: the tables that its sections begin with.
REQUIRED = {
    "corridor.quotes": ["summary"],
    "corridor.tail": ["metrics", "risk"],
    "corridor.scenario": ["changes"],
    "corridor.employer": ["options"],
    "corridor.layers": ["layers"],
    "corridor.replay": [],
    "corridor.maturity": ["maturity"],
}
WARNING = ["code", "dataset", "row", "group", "value", "message", "fix"]


@dataclass
class Table:
    """Columns of one table: name -> values [row]; units and descriptions under the same names."""

    columns: dict
    units: dict
    descriptions: dict
    title: str = ""

    @property
    def rows(self):
        return len(next(iter(self.columns.values()))) if self.columns else 0

    def __contains__(self, name):
        return name in self.columns

    def __getitem__(self, name):
        return self.columns[name]

    def get(self, name, default=np.nan):
        """The column, or as many of `default`: files of other versions may lack one."""
        return self.columns[name] if name in self.columns else np.full(self.rows, default)


@dataclass
class Results:
    """One results file: tables by name, yearly losses in USD [year], facts of gate and run."""

    path: pathlib.Path
    schema: str
    tables: dict
    losses: dict = field(default_factory=dict)
    gate: dict = field(default_factory=dict)
    warnings: Table = None
    run: dict = field(default_factory=dict)
    attributes: dict = field(default_factory=dict)
    keeps_warnings: bool = True


def read_results(path):
    """Results of `path`. Raises MissingInputError where it cannot be opened, BadDataError where it holds no results that reports know."""
    path = pathlib.Path(path)
    read = read_file(path)
    if read.schema not in REQUIRED:
        raise BadDataError(
            f"{path}: holds {read.schema}, which reports do not know. Known: {', '.join(sorted(REQUIRED))} [E_SCHEMA]"
        )
    tables = {name: _table(table) for name, table in read.tables.items()}
    missing = [
        name for name in REQUIRED[read.schema] if name not in tables or not tables[name].rows
    ]
    if missing:
        raise BadDataError(
            f"{path}: {read.schema} without rows in /{missing[0]}: the file is damaged or was edited. Run the command again [E_MISSING]"
        )
    return Results(
        path,
        read.schema,
        tables,
        {name: cents / 100 for name, cents in read.losses.columns.items()},
        asdict(read.gate),
        _warnings(read.warnings),
        asdict(read.run),
        read.attributes,
        _keeps_warnings(path),
    )


def _keeps_warnings(path):
    """Whether the file has a table of warnings: no rows then means none were given."""
    with h5py.File(path) as file:
        return "warnings" in file


def _table(read):
    columns = {
        name: values.astype("U") if values.dtype == object else values
        for name, values in read.columns.items()
    }
    return Table(columns, read.units, read.descriptions, read.description)


def _warnings(problems):
    return Table(
        {
            name: np.array(
                [str(getattr(p, name) if getattr(p, name) is not None else "") for p in problems]
            )
            for name in WARNING
        },
        {},
        {},
    )
