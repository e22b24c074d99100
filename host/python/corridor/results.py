# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Results of a run: tables, yearly amounts, the gate, warnings and where they come from."""
from __future__ import annotations

import json
import os
import pathlib
from dataclasses import asdict, dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from .errors import Problem, UsageError
from .table import Table, html_rows

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow



@dataclass(frozen=True)
class Gate:
    """Does the simulation agree with its own closed forms? data/results.md, "The gate"."""

    passed: bool = True
    checked: int = 0
    """z-scores counted."""
    false_alarm_rate: float = 0.0
    """Of a whole run."""
    z_limit: float = 0.0
    largest_z: float = 0.0
    failures: list[str] = field(default_factory=list)
    """One line a cell that disagrees."""

    def __str__(self) -> str:
        if not self.checked and self.passed:
            return "exact means: none to compare the simulation with"
        verdict = "agreed" if self.passed else f"{len(self.failures)} DISAGREE"
        return (f"exact means: {self.checked:,} compared with the simulation, largest |z| "
                f"{self.largest_z:.2f}, limit {self.z_limit:.2f}: {verdict}")


@dataclass(frozen=True)
class Run:
    """Where results come from. All that may differ between two equal runs is here."""

    version: str = ""
    git_revision: str = ""
    command_line: str = ""
    started_at: str = ""
    seed: int = 0
    years: int = 0
    member_years: int = 0
    input_path: str = ""
    input_digest: str = ""
    table_digest: str = ""
    device: str = ""
    driver: str = ""
    compiler: str = ""
    host: str = ""
    timings: dict[str, float] = field(default_factory=dict)
    """Seconds by phase."""
    settings: dict[str, str] = field(default_factory=dict)
    """Loads, levels, principles, by name."""


@dataclass
class Results:
    """What a run or a results file holds. `results["summary"]` is a table, `results.gate.passed`
    whether to trust it."""

    schema: str
    """ "corridor.quotes", "corridor.tail", ..."""
    tables: dict[str, Table]
    losses: Table
    """One amount a simulated year, in whole cents, year 0 first; no columns where a run keeps none."""
    gate: Gate
    warnings: list[Problem]
    run: Run
    attributes: dict[str, Any] = field(default_factory=dict)
    """Further facts of the file: group_id and members of an employer's study."""
    explanation: dict[str, Any] | None = None
    """Step by step, how one group's premium came about: of price(explain=GROUP)."""
    messages: list[str] = field(default_factory=list)
    """What the run said to people, such as why it used no GPU."""
    _native: Any = field(default=None, repr=False)

    @property
    def kind(self) -> str:
        """ "quotes", "tail", "scenario", "replay", "layers", "employer", "maturity"."""
        return self.schema.removeprefix("corridor.")

    @property
    def main(self) -> str:
        """Name of the table that functions take where none is named: the first."""
        return next(iter(self.tables), "")

    def __getitem__(self, table: str) -> Table:
        return self.table(table)

    def table(self, name: str | None = None) -> Table:
        """The table of a name; the first, or "losses" for yearly amounts."""
        if name is None:
            name = self.main
        if name == "losses":
            return self.losses
        try:
            return self.tables[name]
        except KeyError:
            raise UsageError(f"there is no table '{name}' in these results. There are "
                             + ", ".join([*self.tables, "losses"])) from None

    def to_pandas(self, table: str | None = None) -> pandas.DataFrame:
        return self.table(table).to_pandas()

    def to_polars(self, table: str | None = None) -> polars.DataFrame:
        return self.table(table).to_polars()

    def to_arrow(self, table: str | None = None) -> pyarrow.Table:
        """The schema's metadata hold the schema's name, the gate and the run as JSON."""
        return self.table(table).to_arrow(self._about())

    def to_parquet(self, path: str | os.PathLike[str], table: str | None = None, *,
                   replace: bool = False) -> None:
        """Writes one table with its metadata, whole or not at all.

        Raises CannotCreateError where the file is there and `replace` does not say that it may go.
        """
        self.table(table).to_parquet(path, self._about(), replace=replace)

    def _about(self) -> dict[str, str]:
        return {"schema": self.schema, "gate": json.dumps(asdict(self.gate)),
                "run": json.dumps(asdict(self.run))}

    def write(self, path: str | os.PathLike[str], table: str | None = None, *,
              replace: bool = False) -> None:
        """Writes the results of a run as .h5 or .json, or one table as .csv, with the program's own
        writers: the same file as the command line's.

        Raises UsageError for results that were read from a file, and for an unknown ending.
        """
        if self._native is None:
            raise UsageError("these results were read from a file: copy it, or take to_parquet or "
                             "to_pandas().to_csv")
        ending = pathlib.PurePath(path).suffix
        if table is not None and ending != ".csv":
            raise UsageError(f"table='{table}': only .csv holds one table alone")
        name = self.table(table).name if ending == ".csv" else ""
        self._native.write(os.fspath(path), name, replace)

    def text(self) -> str:
        """The results of a run as the command line shows them.

        Raises UsageError for results that were read from a file, and for contract bases.
        """
        if self.kind == "maturity":
            raise UsageError("contract bases are one table and have no screen: take to_pandas()")
        if self._native is None:
            raise UsageError("these results were read from a file, and only a run's have a screen")
        return str(self._native.render("text"))

    def headline(self) -> str:
        """One line: what, of which book, how many years and rows."""
        rows = ", ".join(f"{name} {len(table):,}" for name, table in list(self.tables.items())[:6])
        years = f"{self.run.years:,} years, seed {self.run.seed}" if self.run.years else "no years"
        return f"{self.kind} of {self.run.input_path or 'a book'}: {years}; rows: {rows}"

    def __str__(self) -> str:
        return f"{self.headline()}\n{self.gate}"

    def __repr__(self) -> str:
        return f"<corridor.Results {self.headline()}>"

    def _repr_html_(self) -> str:
        parts = [f"<p><b>{escape(self.headline())}</b><br>{escape(str(self.gate))}</p>"]
        parts += [f"<p>{escape(failure)}</p>" for failure in self.gate.failures[:5]]
        if self.warnings:
            parts.append(f"<p>{len(self.warnings)} warnings, the first: "
                         f"{escape(str(self.warnings[0]))}</p>")
        if self.tables:
            parts.append(html_rows(self.table()))
        return "".join(parts)
