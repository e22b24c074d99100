# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Columns of frames as a book's file wants them, or what is wrong with them.

A frame is a pandas or polars DataFrame, an Arrow table, a numpy structured array or a dict of
columns.
"""
from __future__ import annotations

import difflib
import math
from typing import Any, Iterable

import numpy as np

from .errors import Problem
from .schema import Column

MOST_PROBLEMS = 50
"""Of one column; the rest are counted."""


def columns_of(frame: Any) -> dict[str, np.ndarray]:
    """Every column as an array; lists of lists as rows of a wide one."""
    if isinstance(frame, dict):
        return {str(name): _array(values) for name, values in frame.items()}
    if isinstance(frame, np.ndarray) and frame.dtype.names:
        return {name: frame[name] for name in frame.dtype.names}
    if hasattr(frame, "column_names"):  # Arrow
        return {name: _array(frame.column(name).to_numpy()) for name in frame.column_names}
    if hasattr(frame, "columns"):  # pandas, polars
        return {str(name): _array(frame[name].to_numpy()) for name in frame.columns}
    raise TypeError(f"{type(frame).__name__} is not a DataFrame, an Arrow table, a structured array "
                    "or a dict of columns")


def _array(values: Any) -> np.ndarray:
    if hasattr(values, "to_numpy"):
        values = values.to_numpy()
    try:
        array = np.asarray(values)
    except ValueError:  # rows of unequal length
        array = np.empty(len(values), dtype=object)
        array[:] = list(values)
    if array.dtype.kind == "U":
        return array.astype(object)
    if array.dtype == object and len(array) and isinstance(array[0], (list, tuple, np.ndarray)):
        try:
            return np.array(array.tolist())
        except ValueError:
            return array
    return array


class Checker:
    """Converts the columns of one frame and collects what is wrong with them."""

    def __init__(self, frame: str, problems: list[Problem]):
        self.frame, self.problems = frame, problems

    def say(self, code: str, column: str, message: str, fix: str = "", row: int | None = None,
            value: Any = "") -> None:
        self.problems.append(Problem(code=code, frame=self.frame, column=column, row=row,
                                     dataset=f"/{self.frame}/{column}" if column else f"/{self.frame}",
                                     value=_shown(value), message=message, fix=fix))

    def say_rows(self, code: str, column: str, rows: Iterable[int], values: np.ndarray, message: str,
                 fix: str) -> None:
        """One problem a row, at most MOST_PROBLEMS, and a count of the rest."""
        rows = [int(row) for row in rows]
        for row in rows[:MOST_PROBLEMS]:
            self.say(code, column, message, fix, row, values[row])
        if len(rows) > MOST_PROBLEMS:
            self.say(code, column, f"{len(rows) - MOST_PROBLEMS:,} further rows have the same problem")

    def unknown(self, given: Iterable[str], known: Iterable[str]) -> None:
        """Names that the format does not have."""
        known = list(known)
        for name in given:
            if name not in known:
                near = difflib.get_close_matches(name, known, 1)
                self.say("E_UNKNOWN", name, "is not a column that a book has",
                         f"Did you mean {near[0]}?" if near else "Leave it out")

    def column(self, column: Column, given: dict[str, np.ndarray]) -> np.ndarray | None:
        """The column of the file, [row] or [row, ...], or nothing where it is absent or wrong."""
        if not column.row_shape:
            return self._converted(column, column.name, given.get(column.name))
        if column.name in given:
            return self._whole(column, given[column.name])
        names = column.flat_names()
        there = [name for name in names if name in given]
        if not there:
            return None
        if len(there) < len(names):
            missing = [name for name in names if name not in given]
            self.say("E_MISSING", column.name, f"lacks {', '.join(missing)}",
                     f"Give all of {names[0]} to {names[-1]}, or none")
            return None
        converted = [self._converted(column, name, given[name]) for name in names]
        parts = [part for part in converted if part is not None]
        if len(parts) < len(converted):
            return None
        return np.stack(parts, axis=1).reshape(-1, *column.row_shape)

    def _whole(self, column: Column, values: np.ndarray) -> np.ndarray | None:
        if values.shape[1:] != column.row_shape:
            self.say("E_SHAPE", column.name, f"needs {column.row_shape} values a row",
                     f"Give lists of that shape, or the columns {', '.join(column.flat_names()[:4])}")
            return None
        flat = self._converted(column, column.name, values.reshape(-1))
        return None if flat is None else flat.reshape(values.shape)

    def _converted(self, column: Column, name: str, values: np.ndarray | None) -> np.ndarray | None:
        if values is None:
            return None
        if values.ndim != 1:
            self.say("E_SHAPE", name, "has more than one value a row", "Give one value a row")
            return None
        if column.is_text:
            return self._text(name, values, column.dtype)
        numbers = self._numbers(name, values)
        if numbers is None or column.dtype.kind == "f":
            return None if numbers is None else numbers.astype(column.dtype)
        return self._whole_numbers(name, numbers, column.dtype)

    def _text(self, name: str, values: np.ndarray, dtype: np.dtype) -> np.ndarray | None:
        words = ["" if is_missing(value) else value.decode("latin-1") if isinstance(value, bytes)
                 else str(value) for value in values.tolist()]
        wrong = [row for row, word in enumerate(words)
                 if not word.isascii() or len(word) > dtype.itemsize]
        if wrong:
            self.say_rows("E_FORMAT", name, wrong, values, "is not a text of that column",
                          f"Give at most {dtype.itemsize} ASCII characters")
            return None
        return np.array(words, dtype=dtype)

    def _numbers(self, name: str, values: np.ndarray) -> np.ndarray | None:
        if values.dtype.kind in "iufb":
            return values
        if values.dtype.kind != "O":
            self.say("E_TYPE", name, f"holds {values.dtype}, not numbers", "Convert it to numbers")
            return None
        cells = values.tolist()
        wrong = [row for row, cell in enumerate(cells) if not (is_missing(cell) or _is_number(cell))]
        if wrong:
            self.say_rows("E_TYPE", name, wrong, values, "is not a number", "Convert it to a number")
            return None
        if all(isinstance(cell, int) for cell in cells):
            return np.array(cells) if cells else np.empty(0)
        return np.array([math.nan if is_missing(cell) else float(cell) for cell in cells])

    def _whole_numbers(self, name: str, numbers: np.ndarray, dtype: np.dtype) -> np.ndarray | None:
        limits = np.iinfo(dtype)
        if numbers.dtype.kind == "b":
            return numbers.astype(dtype)
        with np.errstate(invalid="ignore"):
            fractional = numbers != np.floor(numbers) if numbers.dtype.kind == "f" \
                else np.zeros(len(numbers), bool)
            outside = ~fractional & ((numbers < 0) | (numbers > limits.max))
        if fractional.any():
            self.say_rows("E_TYPE", name, np.flatnonzero(fractional), numbers, "is not a whole number",
                          "Give a whole number in every row")
        if outside.any():
            self.say_rows("E_RANGE", name, np.flatnonzero(outside), numbers,
                          f"is outside 0 to {limits.max}", "Give a number of that range")
        return None if fractional.any() or outside.any() else numbers.astype(dtype)


def is_missing(value: Any) -> bool:
    """None, NaN, pandas.NA, NaT."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, float) and math.isnan(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, np.number)) or type(value).__name__ == "Decimal"


def _shown(value: Any) -> str:
    if isinstance(value, np.generic):
        value = value.item()
    return value if isinstance(value, str) else repr(value)
