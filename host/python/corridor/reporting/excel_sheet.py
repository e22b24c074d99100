# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""One table as a sheet: title, frozen header, number formats, filter, print setup. Text is never a formula."""

import math
import textwrap

from xlsxwriter.utility import xl_col_to_name

from .excel_rows import RISKY, Body
from .numbers import grouped

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
LINE = 15  # points
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
MOST_WIDTH = 60
MOST_ROWS = 1_048_576 - HEADER_ROW - 2


class Book:
    """An open workbook and the formats that its sheets share."""

    def __init__(self, workbook, file_name):
        self.workbook, self.file_name = workbook, file_name
        self.names, self.sheets, self.bodies = set(), 0, {}
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
        self.head_right = add(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "bottom",
                "align": "right",
                "bottom": 1,
                "bg_color": "#e8eef5",
                "border_color": "#9fb3c8",
            }
        )
        self.text = add({"valign": "top"})
        self.wrap = add({"valign": "top", "text_wrap": True})
        self.bold = add({"bold": True, "valign": "top", "text_wrap": True})
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
        self.sheets += 1
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

    def styles(self):
        """Every style that a row of a table may have: name -> format."""
        muted = {"muted " + name: form for name, form in self.muted.items()}
        texts = {"text": self.text, "quoted": self.quoted, "wrap": self.wrap}
        return {**self.cells, **muted, **texts}

    def write_rows(self, sheet, columns, data, formulas, rows):
        """Leaves a row with a cell of each style, in whose place excel_rows.with_rows puts the rows."""
        styles = self.styles()
        for at, form in enumerate(styles.values()):
            sheet.write_blank(HEADER_ROW + 1, at, None, form)
        self.bodies[self.sheets] = Body(
            HEADER_ROW + 2, columns, data, list(formulas), rows, list(styles)
        )

    def heading(self, sheet, title, note):
        sheet.write_string(0, 0, title, self.title)
        self.write_text(sheet, 1, 0, note, self.small)


def table_sheet(book, name, title, note, columns, data, formulas=(), totals=()):
    """Writes columns (columns.Column) of `data`, then one column for each formula (label, format, function from the
    cells of a row, values), and below a total over the columns named in `totals`. Returns the sheet.
    """
    sheet = book.sheet(name)
    every = len(data[columns[0].name])
    rows = min(every, MOST_ROWS)
    if rows < every:
        note += f". The first {grouped(rows)} of {grouped(every)} rows: a sheet holds no more"
    book.heading(sheet, title, note)
    heads = [(c.label, c.form, data[c.name], c.note) for c in columns]
    heads += [(label, form, (), "") for label, form, _, _ in formulas]
    lines = [_head(book, sheet, at, *head) for at, head in enumerate(heads)]
    sheet.set_row(HEADER_ROW, LINE * max(lines))
    if rows:
        book.write_rows(sheet, columns, data, formulas, rows)
    width = len(columns) + len(formulas)
    sheet.freeze_panes(HEADER_ROW + 1, 1)
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + max(rows, 1), width - 1)
    sheet.repeat_rows(HEADER_ROW)
    _totals(book, sheet, columns, data, rows, totals)
    return sheet


def _head(book, sheet, at, label, form, values=(), note=""):
    """Writes one column's head and width; returns the lines that the label takes."""
    sheet.write_string(HEADER_ROW, at, label, book.head if form == "text" else book.head_right)
    if note:
        sheet.write_comment(HEADER_ROW, at, note)
    longest = max((len(str(v)) for v in values[:2000]), default=8) if form == "text" else 0
    width = WIDTHS.get(form) or min(max(longest + 2, 9), MOST_WIDTH)
    sheet.set_column(at, at, width)
    return lines_of(label, width * 0.9)  # bold letters are wider


def lines_of(text, width):
    """Lines that a text wrapped between words takes."""
    return max(1, len(textwrap.wrap(text, max(int(width), 1))))


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
