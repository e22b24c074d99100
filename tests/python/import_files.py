# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes small inputs for `corridor import`, runs it, and reads the book that came out."""
import datetime as dt
import importlib.util
import sys

import corridor_program
import h5py
import pytest

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
SOURCES = corridor_program.ROOT / "host" / "python"
if importlib.util.find_spec(
        "corridor") is None:  # a build without the native module, which these commands do not need
    sys.path.append(str(SOURCES))

from corridor.importing.importer import import_book  # noqa: E402  (found by the lines above)
from corridor.importing.problems import CellError  # noqa: E402, F401

GROUP_HEADER = ["Group ID", "State", "Specific deductible", "Aggregate corridor"]
GROUP_ROWS = [["A", "TX", 50_000, 1.25], ["B", "GA", 75_000, 1.2]]
MEMBER_HEADER = ["Group ID", "Member ID", "Age", "Sex", "Relation", "Tier"]
MEMBER_ROWS = [["A", "1", 40, "M", "employee", "EE"], ["A", "2", 61, "F", "employee", "EE"],
               ["B", "1", 33, "F", "employee", "EE"]]
MONTH = dt.date(2026, 1, 1)


def workbook(path, **sheets):
    """A workbook with a sheet a name, a list of rows each; `path` is returned."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def edited(path, change):
    """The workbook after `change(book)`."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def good(path, groups=None, members=None, **more):
    return workbook(path,
                    Groups=[GROUP_HEADER, *(groups or GROUP_ROWS)],
                    Members=[MEMBER_HEADER, *(members or MEMBER_ROWS)],
                    **more)


def text(path, content, encoding="utf-8"):
    path.write_bytes(content.encode(encoding))
    return path


def imported(tmp_path, *files, map_text=None, **options):
    """The outcome of an import, after which tmp_path/book.h5 is there or not."""
    map_file = None
    if map_text is not None:
        map_file = text(tmp_path / "map.toml", map_text)
    return import_book(files, tmp_path / "book.h5", map_file, replace=True, **options)


def book(tmp_path, *files, **options):
    """{"groups": {column: values}, "members": ...} of an import that must succeed."""
    outcome = imported(tmp_path, *files, **options)
    assert not outcome.problems.error_count, "\n".join(map(str, outcome.problems.errors))
    assert outcome.written
    with h5py.File(tmp_path / "book.h5") as file:
        return {
            name: {key: value[()]
                   for key, value in file[name].items()}
            for name in file if name not in ("distributions", "market")
        }


def codes(tmp_path, *files, **options):
    """Codes of the problems of an import that must fail and leave nothing behind."""
    outcome = imported(tmp_path, *files, **options)
    assert outcome.problems.error_count, "the import succeeded"
    assert not outcome.written and not (tmp_path / "book.h5").exists()
    return [problem.code for problem in outcome.problems.errors]


def only_problem(tmp_path, *files, **options):
    """The one problem of an import that must fail."""
    outcome = imported(tmp_path, *files, **options)
    assert outcome.problems.error_count == 1, "\n".join(map(
        str, outcome.problems.errors)) or "the import succeeded"
    assert not (tmp_path / "book.h5").exists()
    return outcome.problems.errors[0]
