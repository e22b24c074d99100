# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""One table as a sheet: title, frozen header, number formats, filter, print setup. Text is never a formula."""

import math

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

FORMATS = {
    "money": "$#,##0;[Red]-$#,##0",
    "cents": "$#,##0.00;[Red]-$#,##0.00",
    "percent": "0.0%",
    "percent2": "0.00%",
    "count": "#,##0",
    "decimal": "0.00",
    "ratio": "0.00##",
    "plain": "General",
}
HEADER_ROW = 3
WIDTHS = {
    "money": 14,
    "cents": 12,
    "percent": 9,
    "percent2": 9,
    "count": 10,
    "decimal": 9,
    "ratio": 9,
    "plain": 12,
}
MOST_ROWS = 1_048_576 - HEADER_ROW - 2
RISKY = ("=", "+", "-", "@", "\t", "\r")


class Book:
    """An open workbook and the formats that its sheets share."""

    def __init__(self, workbook, file_name):
        self.workbook, self.file_name = workbook, file_name
        self.names = set()
        add = workbook.add_format
        self.title = add({"bold": True, "font_size": 15})
        self.small = add({"font_color": "#52606d", "italic": True})
        self.head = add(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "bottom",
                "bottom": 1,
                "bg_color": "#e8eef5",
                "border_color": "#9fb3c8",
            }
        )
        self.text = add({"valign": "top"})
        self.wrap = add({"valign": "top", "text_wrap": True})
        self.bold = add({"bold": True, "valign": "top"})
        self.section = add({"bold": True, "font_size": 12, "top": 1, "border_color": "#9fb3c8"})
        self.quoted = add({"valign": "top", "quote_prefix": True})
        self.cells = {name: add({"num_format": code}) for name, code in FORMATS.items()}
        self.muted = {
            name: add({"num_format": code, "font_color": "#52606d"})
            for name, code in FORMATS.items()
        }
        self.totals = {
            name: add({"num_format": code, "bold": True, "top": 1})
            for name, code in FORMATS.items()
        }

    def sheet(self, name):
        """A sheet of a name that Excel allows and no other sheet has."""
        clean = "".join(c for c in name if c not in "[]:*?/\\'")[:28] or "Table"
        number, unique = 2, clean
        while unique.lower() in self.names:
            unique, number = f"{clean} {number}", number + 1
        self.names.add(unique.lower())
        sheet = self.workbook.add_worksheet(unique)
        sheet.set_landscape()
        sheet.set_paper(1)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{self.file_name.replace('&', '&&')}&C&A&RPage &P of &N")
        sheet.hide_gridlines(2)
        return sheet

    def write_text(self, sheet, row, column, text, form=None):
        """Text as text, whatever it begins with: also after somebody edits the cell."""
        text = str(text)[:32_000]
        sheet.write_string(
            row, column, text, self.quoted if text.startswith(RISKY) else form or self.text
        )

    def write_value(self, sheet, row, column, value, form, muted=False):
        if form == "text":
            return self.write_text(sheet, row, column, value)
        value = float(value)
        formats = self.muted if muted else self.cells
        if math.isnan(value):
            return sheet.write_blank(row, column, None, formats[form])
        if math.isinf(value):
            return sheet.write_string(
                row, column, "unlimited" if value > 0 else "-unlimited", self.text
            )
        return sheet.write_number(row, column, value, formats[form])

    def heading(self, sheet, title, note):
        sheet.write_string(0, 0, title, self.title)
        self.write_text(sheet, 1, 0, note, self.small)


def table_sheet(book, name, title, note, columns, data, formulas=(), totals=()):
    """Writes columns (columns.Column) of `data`, then one column for each formula (label, format, function from the
    cells of a row, values), and below a total over the columns named in `totals`. Returns the sheet.
    """
    sheet = book.sheet(name)
    book.heading(sheet, title, note)
    rows = min(len(data[columns[0].name]), MOST_ROWS)
    for at, column in enumerate(columns):
        _head(book, sheet, at, column.label, column.form, data[column.name], column.note)
    for at, (label, form, _, _) in enumerate(formulas, start=len(columns)):
        _head(book, sheet, at, label, form)
    sheet.set_row(HEADER_ROW, 45)
    _body(book, sheet, columns, data, formulas, rows)
    width = len(columns) + len(formulas)
    sheet.freeze_panes(HEADER_ROW + 1, 1)
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + max(rows, 1), width - 1)
    sheet.repeat_rows(HEADER_ROW)
    _totals(book, sheet, columns, data, rows, totals)
    return sheet


def _body(book, sheet, columns, data, formulas, rows):
    """Row after row, because a workbook in constant memory forgets the rows before."""
    values = [data[column.name][:rows] for column in columns]
    for row in range(rows):
        line = HEADER_ROW + 1 + row
        for at, column in enumerate(columns):
            book.write_value(sheet, line, at, values[at][row], column.form, column.muted)
        cells = (
            {c.name: xl_rowcol_to_cell(line, i) for i, c in enumerate(columns)} if formulas else {}
        )
        for at, (_, form, formula, results) in enumerate(formulas, start=len(columns)):
            value = float(results[row])
            shown = value if math.isfinite(value) else ""
            sheet.write_formula(line, at, formula(cells), book.cells[form], shown)


def _head(book, sheet, at, label, form, values=(), note=""):
    sheet.write_string(HEADER_ROW, at, label, book.head)
    if note:
        sheet.write_comment(HEADER_ROW, at, note)
    longest = max((len(str(v)) for v in values[:2000]), default=8) if form == "text" else 0
    sheet.set_column(at, at, WIDTHS.get(form) or min(max(longest + 2, 9), 60))


def _totals(book, sheet, columns, data, rows, totals):
    """Sums of what a filter leaves shown: SUBTOTAL 109."""
    if not totals or not rows:
        return
    last = HEADER_ROW + 1 + rows
    sheet.write_string(last, 0, "Total of rows shown", book.bold)
    for at, column in enumerate(columns):
        if column.name in totals:
            letter = xl_col_to_name(at)
            formula = f"=SUBTOTAL(109,{letter}{HEADER_ROW + 2}:{letter}{last})"
            sheet.write_formula(
                last,
                at,
                formula,
                book.totals[column.form],
                float(sum(v for v in data[column.name].tolist() if math.isfinite(v))),
            )
