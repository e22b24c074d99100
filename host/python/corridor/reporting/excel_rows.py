# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Rows of a long table as a worksheet's XML, a column at a time.

A call for each cell takes some ten microseconds, which hundreds of thousands of quotes do not have. So
xlsxwriter writes a sheet's head, one row with an empty cell of each style in order, and the totals; the
rows go in the place of that row, in its styles.
"""

import re
import zipfile
from dataclasses import dataclass

import numpy as np
from xlsxwriter.utility import xl_col_to_name

CHUNK_ROWS = 4096
RISKY = ("=", "+", "-", "@", "\t", "\r")
LONGEST_TEXT = 32_000
WRAPPED = 58  # letters that the widest column shows
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # what XML cannot hold
LIKE_UNFIT = re.compile("_(?=x[0-9a-fA-F]{4}_)")
MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@dataclass
class Body:
    """Rows of one sheet: columns.Column, data name -> values [row], and formulas as table_sheet has them.

    `first` is the number of the first row, from 1; `styles` the names of the cells of that row."""

    first: int
    columns: list
    data: dict
    formulas: list
    rows: int
    styles: list

    @property
    def width(self):
        return len(self.columns) + len(self.formulas)


def with_rows(made, path, bodies):
    """Copies the workbook `made`, a binary file, to `path`, rows of `bodies` (sheet number from 1 -> Body) put in."""
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(
        path, "w", zipfile.ZIP_DEFLATED, compresslevel=4
    ) as target:
        for entry in source.infolist():
            text = source.read(entry)
            sheet = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", entry.filename)
            body = bodies.get(int(sheet[1])) if sheet else None
            copy = zipfile.ZipInfo(entry.filename, entry.date_time)
            copy.compress_type, copy.external_attr = zipfile.ZIP_DEFLATED, entry.external_attr
            with target.open(copy, "w") as out:
                for part in _filled(text.decode(), body) if body else ():
                    out.write(part.encode())
                if body is None:
                    out.write(text)


def _filled(text, body):
    """The sheet's parts in order."""
    sample = re.search(rf'<row r="{body.first}"[^>]*>(.*?)</row>', text)
    found = re.findall(r'<c r="[A-Z]+\d+"(?: s="(\d+)")?/>', sample[1])
    styles = {name: f' s="{number}"' if number else "" for name, number in zip(body.styles, found)}
    last = re.findall(r'<row r="(\d+)"', text)[-1]
    corner = f"{xl_col_to_name(body.width - 1)}{max(int(last), body.first + body.rows - 1)}"
    head = re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="A1:{corner}"', text[: sample.start()])
    yield head
    yield from _rows(body, styles)
    yield text[sample.end() :]


def _rows(body, styles):
    """Chunks of rows as XML."""
    for start in range(0, body.rows, CHUNK_ROWS):
        part = slice(start, min(start + CHUNK_ROWS, body.rows))
        numbers = range(body.first + part.start, body.first + part.stop)
        made = [
            _cells(xl_col_to_name(at), column, body.data[column.name][part], numbers, styles)
            for at, column in enumerate(body.columns)
        ]
        made += [
            _formula_cells(
                xl_col_to_name(at), _parts(body.columns, formula), values[part], numbers, styles[form]
            )
            for at, (_, form, formula, values) in enumerate(body.formulas, start=len(body.columns))
        ]
        yield "".join(
            f'<row r="{number}">{"".join(cells)}</row>' for number, *cells in zip(numbers, *made)
        )


def _cells(letter, column, values, numbers, styles):
    if column.form == "text":
        return _text_cells(letter, values, numbers, styles)
    style = styles[("muted " if column.muted else "") + column.form]
    values = shortened(np.asarray(values, "f8"), column.form)
    cells = [
        f'<c r="{letter}{number}"{style}><v>{value:.14g}</v></c>'
        for number, value in zip(numbers, values.tolist())
    ]
    for at in np.flatnonzero(~np.isfinite(values)).tolist():
        cells[at] = f'<c r="{letter}{numbers[at]}"{style}/>'
        if np.isinf(values[at]):
            said = "unlimited" if values[at] > 0 else "-unlimited"
            cells[at] = _text_cell(letter, numbers[at], styles["text"], said)
    return cells


def shortened(values, form):
    """Values without digits that no exhibit needs: money from a dollar on to the cent, less and other forms to 8 decimals,
    what has no unit to six figures.

    A workbook of hundreds of thousands of quotes is half as large with them cut."""
    if form == "plain":
        return six_figures(values)
    fine = np.round(values, 8)
    return np.where(np.abs(values) >= 1, np.round(values, 2), fine) if form == "money" else fine


def six_figures(values):
    """Values to six figures, whole ones as they are."""
    with np.errstate(divide="ignore", invalid="ignore"):
        digits = 5 - np.floor(np.log10(np.abs(values)))
        scale = 10.0 ** np.where(np.isfinite(digits), digits, 0)
        cut = np.where(np.isfinite(scale) & (scale > 0), np.round(values * scale) / scale, values)
    return np.where((values == np.rint(values)) | ~np.isfinite(values), values, cut)


def _text_cells(letter, values, numbers, styles):
    """Text as text, whatever it begins with: also after somebody edits the cell."""
    distinct, codes = np.unique(np.asarray(values, "U"), return_inverse=True)
    tails = []
    for text in distinct.tolist():
        plain = "wrap" if len(text) > WRAPPED else "text"
        style = styles["quoted" if text.startswith(RISKY) else plain]
        tails.append(f'"{style}{_inline(text)}')
    return [
        f'<c r="{letter}{number}{tails[code]}'
        for number, code in zip(numbers, codes.reshape(-1).tolist())
    ]


def _text_cell(letter, number, style, text):
    return f'<c r="{letter}{number}"{style}{_inline(text)}'


def _inline(text):
    """The rest of a cell that holds `text`."""
    text = LIKE_UNFIT.sub("_x005F_", text[:LONGEST_TEXT])
    text = UNFIT.sub(lambda found: f"_x{ord(found[0]):04X}_", text).translate(MARKUP)
    keep = ' xml:space="preserve"' if text != text.strip() else ""
    return f' t="inlineStr"><is><t{keep}>{text}</t></is></c>'


def _parts(columns, formula):
    """The formula's text between the numbers of its row, as XML and without the equals sign."""
    cells = {column.name: xl_col_to_name(at) + "\0" for at, column in enumerate(columns)}
    return formula(cells).removeprefix("=").translate(MARKUP).split("\0")


def _formula_cells(letter, parts, values, numbers, style):
    cells = []
    for number, value in zip(numbers, np.asarray(values, "f8").tolist()):
        said = f"{value:.14g}" if np.isfinite(value) else ""
        kind = "" if said else ' t="str"'
        text = str(number).join(parts)
        cells.append(f'<c r="{letter}{number}"{style}{kind}><f>{text}</f><v>{said}</v></c>')
    return cells
