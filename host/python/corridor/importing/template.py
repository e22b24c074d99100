# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""corridor template: writes an example workbook that imports as it is, and an example map."""
import argparse
import datetime as dt
import os
import sys
import textwrap

from ..atomic import written_whole
from ..errors import CorridorError, UsageError
from . import template_sheets as content

OK, USAGE = 0, 64
FORMATS = {
    "text": "@", "whole": "#,##0", "year": "0", "money": "#,##0.00", "percent": "0.0%",
    "month": "yyyy-mm", "number": "General"
}
FILL, LINE = "#DCE6F1", "#8EA9DB"
INSTRUCTIONS_WIDTH = 100
UNITS_ROW, HEADER_ROW, FIRST_ROW, LAST_ROW = 0, 1, 2, 5000
# What people may do on a protected sheet.
ALLOWED = {
    "format_cells": True, "format_columns": True, "format_rows": True, "insert_rows": True,
    "delete_rows": True, "sort": True, "autofilter": True, "select_locked_cells": True,
    "select_unlocked_cells": True
}


def write_template(path, replace=False):
    """Writes the example workbook, whole or not at all; equal bytes every time."""
    written_whole(path, _fill, replace=replace)


def write_map(path, replace=False):
    """Writes the example map."""
    written_whole(path,
                  lambda temporary: open(temporary, "w", encoding="utf-8").write(content.MAP),
                  replace=replace)


def _fill(path):
    import xlsxwriter
    # What begins with = is text like any other: a key of a census must never become a formula.
    book = xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": "Corridor import template", "created": dt.datetime(2026, 1, 1)})
    formats = {
        kind: book.add_format({
            "num_format": code, "locked": False, **({"indent": 1} if kind == "text" else {})
        })
        for kind, code in FORMATS.items()
    }
    for side in ("left", "right"):
        formats["header " + side] = book.add_format({
            "bold": True, "bg_color": FILL, "bottom": 1, "border_color": LINE, "text_wrap": True,
            "valign": "vcenter", "align": side
        })
        formats["unit " + side] = book.add_format({
            "italic": True, "font_color": "#595959", "bg_color": "#F2F2F2", "align": side
        })
    _instructions(book, formats)
    for sheet in content.SHEETS:
        _sheet(book, formats, sheet)
    book.close()


def _instructions(book, formats):
    sheet = book.add_worksheet("Instructions")
    sheet.hide_gridlines(2)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    title = book.add_format({"bold": True, "font_size": 14})
    sheet.set_column(0, 0, INSTRUCTIONS_WIDTH)
    for row, line in enumerate(content.INSTRUCTIONS):
        sheet.write_string(row, 0, line, title if row == 0 else wrapped)
        lines = len(textwrap.wrap(line, INSTRUCTIONS_WIDTH - 10))
        sheet.set_row(row, 24 if row == 0 else 15 * lines + 3)
    _paper(sheet)
    sheet.protect("", {"select_locked_cells": True})


def _paper(sheet):
    """One page wide on letter paper, so that no column is printed apart from its key."""
    sheet.set_paper(1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _width(column):
    """Wide enough for the longest word of the header: no word is broken."""
    return max(column.width, 1.2 * max(map(len, column.header.split())) + 2)


def _sheet(book, formats, described):
    sheet = book.add_worksheet(described.name)
    sheet.set_row(HEADER_ROW, 32)
    for i, column in enumerate(described.columns):
        sheet.set_column(i, i, _width(column), formats[column.kind])
        side = " left" if column.kind == "text" else " right"
        sheet.write_string(UNITS_ROW, i, column.unit, formats["unit" + side])
        sheet.write_string(HEADER_ROW, i, column.header, formats["header" + side])
        if column.help:
            sheet.write_comment(HEADER_ROW, i, column.help, {"x_scale": 1.6})
        if rule := _validation(column):
            sheet.data_validation(FIRST_ROW, i, LAST_ROW, i, rule)
    for row, cells in enumerate(described.rows, start=FIRST_ROW):
        for i, (column, cell) in enumerate(zip(described.columns, cells, strict=True)):
            _write(sheet, row, i, cell, formats[column.kind])
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.repeat_rows(UNITS_ROW, HEADER_ROW)
    _paper(sheet)
    sheet.protect("", ALLOWED)


def _write(sheet, row, column, cell, style):
    if cell is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell, style)
    elif isinstance(cell, dt.date):
        sheet.write_datetime(row, column, dt.datetime(cell.year, cell.month, cell.day), style)
    else:
        sheet.write_number(row, column, cell, style)


def _validation(column):
    """The rule that Excel holds a column's cells to, or None."""
    if column.choices:
        return {
            "validate": "list", "source": list(column.choices), "error_title": column.header,
            "error_message": "Choose one of the list."
        }
    if column.kind in ("whole", "year"):
        grouped = "," if column.kind == "whole" else ""
        return {
            "validate": "integer", "criteria": "between", "minimum": 0, "maximum": int(column.most),
            "error_message": f"A whole number from 0 to {int(column.most):{grouped}}."
        }
    if column.kind in ("percent", "number"):
        most = column.most if column.most < 1e12 else (1 if column.kind == "percent" else 1e9)
        return {
            "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": most,
            "error_message": f"From 0 to {most:,.12g}."
        }
    if column.kind == "month":
        return {
            "validate": "date", "criteria": "between", "minimum": dt.date(2000, 1, 1),
            "maximum": dt.date(2199, 12, 31),
            "error_message": "A date: the first day of the policy's first month."
        }
    return None  # amounts may also be the word unlimited


def parser():
    made = argparse.ArgumentParser(
        prog="corridor template",
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Writes an example workbook and an example map for corridor import.",
        epilog=
        "examples:\n  corridor template -o template.xlsx\n  corridor template -o template.xlsx --map map.toml\n"
    )
    made.add_argument("-o", "--output", metavar="WORKBOOK", help="workbook to write, .xlsx")
    made.add_argument("--map", metavar="MAP", help="map to write, TOML")
    made.add_argument("--force", action="store_true", help="replace what exists")
    return made


def main(argv=None):
    given = parser().parse_args(argv)
    try:
        if not given.output and not given.map:
            raise UsageError("nothing to write. Give -o template.xlsx, --map map.toml, or both.")
        if given.output and not given.output.lower().endswith(".xlsx"):
            raise UsageError(
                f"{given.output} does not end in .xlsx, and Excel would not open it. Name it so.")
        for path, write in ((given.output, write_template), (given.map, write_map)):
            if path:
                write(path, given.force)
                print(f"{path}: {os.path.getsize(path):,} bytes")
    except CorridorError as error:
        print(f"corridor template: {error}", file=sys.stderr)
        return error.exit_code
    except ImportError as error:
        print(
            f"corridor template: {error.name} is not installed. Run: pip install 'corridor[excel]'",
            file=sys.stderr)
        return 69
    return OK


if __name__ == "__main__":
    sys.exit(main())
