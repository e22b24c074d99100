# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""A run of the library: watched, told how it was asked for, its results as Python has them."""
from __future__ import annotations

import io
import json
import os
from typing import Any, Callable

import numpy as np

from .book import Book
from .errors import problems_from_native
from .options import Path
from .progress import Callback, Display
from .results import Gate, Results, Run
from .results_file import read_results
from .table import Table


def watched(work: Callable[..., Any], book: Book | Path, call: str, progress: bool | Callback) -> Results:
    with Display(progress) as display:
        made = work(display.on_progress, display.on_message)
    made.set_origin(call, "a book in memory" if isinstance(book, Book) and book.path is None else "")
    return _results(made, display.messages)


def _results(made: Any, messages: list[str]) -> Results:
    """The same as reading the file that the run would write, without the file."""
    warnings = problems_from_native(made.warnings())
    if made.schema == "corridor.employer":  # few rows, and their columns are the file's own business
        study = read_results(io.BytesIO(made.hdf5()))
        study.warnings, study.messages, study._native = warnings, messages, made
        return study
    tables = [table_of(table) for table in made.tables()]
    explanation = made.explanation()
    return Results(made.schema, {table.name: table for table in tables}, table_of(made.losses()),
                   Gate(**made.gate()), warnings, Run(**made.run()),
                   explanation=json.loads(explanation) if explanation else None, messages=messages,
                   _native=made)


def table_of(held: dict[str, Any]) -> Table:
    columns = held["columns"]
    return Table(held["name"], held["description"],
                 {column["name"]: _values(column["values"]) for column in columns},
                 {column["name"]: column["units"] for column in columns},
                 {column["name"]: column["description"] for column in columns})


def _values(values: Any) -> np.ndarray:
    return np.array(values, dtype=object) if isinstance(values, list) else values


def file_of(book: Book | Path) -> str:
    return book.file if isinstance(book, Book) else os.fspath(book)


def unless(value: Any, usual: Any) -> Any:
    return None if value == usual else value


def call_of(verb: str, book: Book | Path, **arguments: Any) -> str:
    """The call as a results file remembers it."""
    name = repr(book) if isinstance(book, Book) and book.path is None else repr(
        book.path if isinstance(book, Book) else os.fspath(book))
    stated = [f"{key}={value!r}" for key, value in arguments.items() if value is not None]
    text = f"corridor.{verb}({', '.join([name, *stated])})"
    return text if len(text) <= 16_000 else text[:16_000] + " ..."
