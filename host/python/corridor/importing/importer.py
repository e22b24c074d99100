# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""From files to a book: which sheet is what, what stands in it, and whether the book may be written."""
import datetime as dt
import itertools
import os
import tempfile
from dataclasses import dataclass, field

from . import book_file, headers, laws, mapping
from .assemble import Assembly
from .problems import CellError, Place, Problems
from .read_table import TableReader
from .text_file import TextSheet

EXCEL = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
INSTRUCTIONS = {"instructions", "readme", "read me", "notes", "lists"}


@dataclass
class Options:
    """What holds for every source that says nothing else."""
    unknown_columns: str = "refuse"
    hidden: str = "refuse"
    policy_begin: dt.date | None = None


@dataclass
class Outcome:
    """What an import found. `written`: whether the book is there."""
    problems: Problems
    sheets: list = field(default_factory=list)  # (place, table or None, rows)
    groups: int = 0
    members: int = 0
    laws: tuple = ()
    written: bool = False


def import_book(files, output=None, map_file=None, most_errors=50, replace=False):
    """Reads `files` (CSV, .xlsx) by the map and writes the book `output`, whole or not at all.

    output   None: read and check only
    Returns an Outcome whose problems say all that is wrong; the book is written only where nothing is.
    Raises CannotCreateError where `output` cannot be made.
    """
    if output is not None:
        from ..atomic import refuse_existing
        refuse_existing(output, replace)
    problems = Problems(most_errors)
    read_map = mapping.read(map_file, problems) if map_file else mapping.Map()
    outcome = Outcome(problems)
    if problems.error_count:
        return outcome
    year = read_map.book.get("policy_year")
    options = Options(read_map.book.get("unknown_columns", "refuse"),
                      read_map.book.get("hidden", "refuse"),
                      dt.date(year, 1, 1) if year else None)
    tables = []
    for path in files:
        tables += _tables(os.fspath(path), read_map, options, outcome)
    if not tables and not problems.error_count:
        problems.add("E_SHEET", "no sheet looks like groups, members, a census or experience",
                     "Say which is which in a map: corridor template --map")
    _unused_sources(read_map, problems)
    known = laws.known(read_map, os.path.dirname(os.fspath(map_file)) if map_file else "", problems)
    book = Assembly(tables, read_map, known,
                    problems).book() if tables and not _headless(problems) else None
    if book is not None:
        outcome.groups, outcome.members = len(book["groups"]["group_id"]), len(
            book["members"]["scale"])
        outcome.laws = tuple(book["laws"])
        _write(book, year or _year_of(book), output, outcome, replace)
    return outcome


def _headless(problems):
    """Whether a column that everything else needs is missing, so that more would follow from that alone."""
    return any(problem.code in ("E_HEADER", "E_SHEET", "E_QUOTE") for problem in problems.errors)


def _year_of(book):
    effective = sorted({value[:4] for value in book["groups"].get("effective", ()) if value})
    return int(effective[0]) if len(effective) == 1 else None


def _write(book, year, output, outcome, replace):
    generator = "corridor import"
    with tempfile.TemporaryDirectory(prefix="corridor-import-") as folder:
        draft = os.path.join(folder, "book.h5")
        book_file.write(draft, book, year, generator)
        book_file.check(draft, outcome.problems)
        if outcome.problems.error_count or output is None:
            return
        from ..atomic import written_whole
        written_whole(output, lambda temporary: _copy(draft, temporary), replace=replace)
        outcome.written = True


def _copy(source, target):
    with open(source, "rb") as read, open(target, "wb") as write:
        while block := read.read(1 << 20):
            write.write(block)


def _unused_sources(read_map, problems):
    for i, source in enumerate(read_map.sources):
        if not source.used:
            problems.add(
                "E_MAP",
                f"source {i + 1} fits no sheet (file {source.file!r}, sheet {source.sheet!r})",
                "Correct its file or sheet; both are compared letter by letter, and file may have * in it"
            )


def _tables(path, read_map, options, outcome):
    problems, name = outcome.problems, os.path.basename(path)
    try:
        sheets = excel_sheets(path) if path.lower().endswith(EXCEL) else [
            _text_sheet(path, read_map)
        ]
    except CellError as error:
        problems.add(error.code, error.what, error.fix, Place(name))
        return []
    tables = []
    for sheet in sheets:
        for note in sheet.notes:
            problems.note(note, Place(sheet.file, sheet.name))
        try:
            table = _table(sheet, read_map, options, problems)
        except CellError as error:
            problems.add(error.code, error.what, error.fix, Place(sheet.file, sheet.name))
            continue
        outcome.sheets.append((Place(sheet.file, sheet.name), table.name if table else None,
                               len(table) if table else 0))
        if table is not None:
            tables.append(table)
    return tables


def excel_sheets(path):
    """The sheets of a workbook; CSV alone does not need openpyxl. Raises CellError for a file that is none."""
    from .workbook import sheets_of
    return sheets_of(path)


def _text_sheet(path, read_map):
    source = read_map.source_of(os.path.basename(path), "")
    return TextSheet(path, source.encoding, source.delimiter, source.decimal)


def _table(sheet, read_map, options, problems):
    """The table that a sheet holds, or None for one that is none of ours."""
    source, place = read_map.source_of(sheet.file, sheet.name), Place(sheet.file, sheet.name)
    source.used = True
    rows = sheet.rows()
    first = [(number, row) for number, row in itertools.islice(rows, headers.SEARCHED_ROWS)]
    table, index = source.table, None
    if source.header_row:
        index = next((i for i, (number, _) in enumerate(first) if number == source.header_row),
                     None)
    if table is None:
        if " ".join(sheet.name.lower().split()) in INSTRUCTIONS:
            return None
        table, _, guessed = headers.guess_table(first, sheet.name or sheet.file)
        index = guessed if index is None else index
    elif index is None and not source.header_row:
        _, index = headers.best_header(first, table, source.columns)
    if table is None:
        if any(any(cell is not None for cell in row) for _, row in first):
            problems.note("not read: it looks like none of the tables", place)
        return None
    if sheet.hidden and source.sheet is None and (source.hidden or options.hidden) == "refuse":
        problems.add("E_HIDDEN", f"the hidden sheet looks like {table}",
                     'Show it or delete it, or name it in the map', place)
        return None
    if index is None:
        problems.add("E_HEADER",
                     f"no row of the first {headers.SEARCHED_ROWS} has headers of {table}",
                     "Say header_row and the columns in the map", place)
        return None
    return TableReader(sheet, table, source, problems, options).read(first, index, rows)
