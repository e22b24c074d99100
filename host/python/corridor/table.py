# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""A table of results: named columns of one length, each with its unit and its meaning."""
from __future__ import annotations

import os
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, Iterator

import numpy as np

from .atomic import written_whole
from .errors import UsageError
from .needs import needs

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


@dataclass
class Table:
    """Columns in the order of data/results.md. Text is an array of str (dtype object)."""

    name: str
    """Dataset of the results file: "summary"."""
    description: str = ""
    """One line."""
    columns: dict[str, np.ndarray] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    """By column: "USD", "1", "text", "count", "cents", "years"."""
    descriptions: dict[str, str] = field(default_factory=dict)
    """By column, what it means."""

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __contains__(self, column: object) -> bool:
        return column in self.columns

    def __getitem__(self, column: str) -> np.ndarray:
        try:
            return self.columns[column]
        except KeyError:
            raise UsageError(f"table {self.name} has no column '{column}'. It has "
                             + ", ".join(self.columns)) from None

    def rows(self, most: int | None = None) -> Iterator[dict[str, Any]]:
        """Row by row as plain Python values, at most `most`."""
        columns = [values[:most].tolist() for values in self.columns.values()]
        for row in zip(*columns):
            yield dict(zip(self.columns, row))

    def to_pandas(self) -> pandas.DataFrame:
        """A DataFrame; its `attrs` hold units, descriptions and the table's own description."""
        frame = needs("pandas", "pandas").DataFrame(self.columns)
        frame.attrs.update(table=self.name, description=self.description, units=dict(self.units),
                           descriptions=dict(self.descriptions))
        return frame

    def to_polars(self) -> polars.DataFrame:
        """A polars DataFrame. polars keeps no units: they stay in `units`."""
        polars = needs("polars", "polars")
        return polars.DataFrame([_series(polars, name, values)
                                 for name, values in self.columns.items()])

    def to_arrow(self, metadata: dict[str, str] | None = None) -> pyarrow.Table:
        """An Arrow table: each field's metadata hold `units` and `description`, the schema's
        `table`, `description` and what `metadata` adds."""
        arrow = needs("pyarrow", "arrow")
        arrays = [arrow.array(values, type=arrow.string() if values.dtype == object else None)
                  for values in self.columns.values()]
        fields = [arrow.field(name, array.type,
                              metadata={"units": self.units.get(name, ""),
                                        "description": self.descriptions.get(name, "")})
                  for name, array in zip(self.columns, arrays)]
        about = {"table": self.name, "description": self.description, **(metadata or {})}
        return arrow.Table.from_arrays(arrays, schema=arrow.schema(fields, metadata=about))

    def to_parquet(self, path: str | os.PathLike[str], metadata: dict[str, str] | None = None, *,
                   replace: bool = False) -> None:
        """Writes the table as to_arrow has it, whole or not at all.

        Raises CannotCreateError where the file is there and `replace` does not say that it may go.
        """
        data = self.to_arrow(metadata)
        parquet = needs("pyarrow.parquet", "arrow")
        written_whole(path, lambda temporary: parquet.write_table(data, temporary), replace=replace)

    def __repr__(self) -> str:
        return f"<corridor.Table {self.name}: {len(self)} rows, {len(self.columns)} columns>"

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.description)}</p>" + html_rows(self)


def _series(polars: Any, name: str, values: np.ndarray) -> Any:
    if values.dtype == object:
        return polars.Series(name, values.tolist(), dtype=polars.String)
    return polars.Series(name, values)


def cell_text(value: Any) -> str:
    """A value for people: amounts of a hundred and more without cents, "-" for no value."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    if value != value:
        return "-"
    if isinstance(value, int) or abs(value) == float("inf"):
        return f"{value:,}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.6g}"


def html_rows(table: Table, most_rows: int = 10, most_columns: int = 12) -> str:
    """The first rows and columns as an HTML table; everything escaped."""
    shown = list(table.columns)[:most_columns]
    head = "".join(f'<th title="{escape(_hint(table, name))}">{escape(name)}</th>' for name in shown)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell_text(row[name]))}</td>" for name in shown)
                   + "</tr>" for row in table.rows(most_rows))
    more = (f"<p>{len(table):,} rows, {len(table.columns):,} columns</p>"
            if len(table) > most_rows or len(table.columns) > most_columns else "")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _hint(table: Table, column: str) -> str:
    return f"{table.descriptions.get(column, '')} [{table.units.get(column, '')}]"
