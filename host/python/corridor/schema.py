# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The tables of a book, as the library knows them; data/README.md says the same in words."""
from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from .native import native

TIERS = ("ee", "ee_sp", "ee_ch", "fam")

# Columns of a law are datasets; all else that it states are attributes: data/laws.md.
LAW_COLUMNS = {"continuance": ("upper_usd", "probability", "mean_usd"),
               "excess_curve": ("threshold_usd", "limited_expected_value_usd"),
               "empirical": ("amount_usd", "weight")}


@dataclass(frozen=True)
class Column:
    """A column of a book's table. A wide one, of every tier say, is several columns of a frame."""

    name: str
    dtype: np.dtype
    row_shape: tuple[int, ...]
    """Lengths of the axes after the rows: (4,) by tier, (12, 4) by month and tier."""
    required: bool
    description: str

    @property
    def is_text(self) -> bool:
        return self.dtype.kind == "S"

    @property
    def units(self) -> str:
        if self.is_text:
            return "text"
        if "_usd" in self.name:
            return "USD"
        if self.name.endswith("months"):
            return "month"
        return "1" if self.dtype.kind == "f" else "count"

    def flat_names(self) -> list[str]:
        """Names in a frame: "employees_ee", "employees_monthly_01_ee"."""
        if not self.row_shape:
            return [self.name]
        if self.row_shape == (4,):
            return [f"{self.name}_{tier}" for tier in TIERS]
        if self.row_shape == (12, 4):
            return [f"{self.name}_{month:02d}_{tier}" for month in range(1, 13) for tier in TIERS]
        return [f"{self.name}_{position}" for position in range(int(np.prod(self.row_shape)))]


@functools.cache
def tables() -> dict[str, dict[str, Column]]:
    """Columns by table: {"groups": {"group_id": Column(...), ...}, "members": ..., "quote": ...}."""
    return {name: {column["name"]: Column(column["name"], np.dtype(column["dtype"]),
                                          tuple(column["row_shape"]), column["required"],
                                          column["description"])
                   for column in table["columns"]}
            for name, table in native.book_schema().items()}


@functools.cache
def attributes() -> dict[str, tuple[str, ...]]:
    """Names of a table's attributes: those of "market" and "lag"."""
    return {name: tuple(table["attributes"]) for name, table in native.book_schema().items()}
