# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads Excel workbooks a row at a time: what openpyxl reads, and what it passes over without a word.

Beside the values that is: formulas that nobody has calculated, errors, merged cells, hidden sheets, rows and
columns, numbers shown with leading zeros or in percent.
"""
import os
import re
import warnings
import zipfile

import openpyxl
from openpyxl.utils import range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.worksheet import _reader

from . import dates
from .cells import Padded, Percent, Unusable
from .problems import CellError
from .sheets import Sheet

MOST_UNPACKED = 4 << 30
BLOCK = 1 << 22
OVERLAP = 1 << 12
SAVE_AS = "Open it in Excel and save it as .xlsx"
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s(?=[^>]*?\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
HIDDEN_COLUMN = re.compile(
    rb'<(?:\w+:)?col\s(?=[^>]*?\bhidden="(?:1|true)")(?=[^>]*?\bmin="(\d+)")[^>]*?\bmax="(\d+)"')
UNCALCULATED = (
    "a formula without a value",
    "Open the file in Excel, let it calculate, and save it; or paste the column as values")


class _CellParser(_reader.WorkSheetParser):
    """openpyxl's parser, which takes a formula without a value for an empty cell; here it is told apart."""
    def parse_cell(self, element):
        cell = super().parse_cell(element)
        if cell["value"] is None and element.find(_reader.FORMULA_TAG) is not None:
            value = element.find(_reader.VALUE_TAG)
            if value is None or element.get("t") != "str":
                cell["value"] = Unusable(*UNCALCULATED)
        elif cell["data_type"] == "e":
            cell["value"] = Unusable(f"the error {cell['value']}",
                                     "Correct the formula, or paste the right value")
        return cell


class ExcelSheet(Sheet):
    exact_width = False

    def __init__(self, book, sheet, file):
        super().__init__(file, sheet.title, hidden=sheet.sheet_state != "visible")
        self._book, self._sheet = book, sheet
        self.epoch = dates.EPOCH_1904 if book.epoch == MAC_EPOCH else dates.EPOCH_1900
        self._formats = [_special_format(book, style.numFmtId) for style in book._cell_styles]
        self._look_ahead()

    def _look_ahead(self):
        """Merged ranges stand behind the cells and must be known before them."""
        tail = b""
        with self._sheet._get_source() as source:
            while block := source.read(BLOCK):
                text = tail + block
                for ref in MERGED.findall(text):
                    left, top, right, bottom = range_boundaries(ref.decode())
                    self.merged.append((top, bottom, left, right))
                self.hidden_rows.update(int(row) for row in HIDDEN_ROW.findall(text))
                for low, high in HIDDEN_COLUMN.findall(text):
                    self.hidden_columns.update(range(int(low), min(int(high), 16_384) + 1))
                tail = text[-OVERLAP:]
        self.merged = sorted(set(self.merged))

    def rows(self):
        with self._sheet._get_source() as source, warnings.catch_warnings():
            warnings.simplefilter(
                "ignore")  # a date outside Excel's calendar is given as an error cell
            parser = _CellParser(source,
                                 self._sheet._shared_strings,
                                 data_only=True,
                                 epoch=self._book.epoch,
                                 date_formats=self._book._date_formats,
                                 timedelta_formats=self._book._timedelta_formats)
            for number, cells in parser.parse():
                yield number, self._row(cells)

    def _row(self, cells):
        row = [None] * (cells[-1]["column"] if cells else 0)
        for cell in cells:
            value, special = cell["value"], self._formats[
                cell["style_id"]] if self._formats else None
            if special is not None and cell[
                    "data_type"] == "n" and value is not None and not isinstance(value, Unusable):
                value = Percent(value) if special == "%" else \
                    Padded(value, special) if float(value).is_integer() and value >= 0 else value
            row[cell["column"] - 1] = value
        return row


def _special_format(book, number):
    """'%' for a format in percent, a width for one with leading zeros, else None."""
    code = openpyxl.styles.numbers.BUILTIN_FORMATS.get(number)
    if code is None and number >= 164 and number - 164 < len(book._number_formats):
        code = book._number_formats[number - 164]
    if not code:
        return None
    if re.fullmatch(r"0+", code) and len(code) > 1:
        return len(code)
    return "%" if "%" in re.sub(r'"[^"]*"', "", code) else None


def sheets_of(path):
    """The sheets of a workbook in their order. Raises CellError for a file that is none."""
    _check_package(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # conditional formats and the like, which are no data
            book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        return [ExcelSheet(book, sheet, os.path.basename(path)) for sheet in book.worksheets]
    except CellError:
        raise
    except Exception as error:  # openpyxl meets a damaged part with whatever its parser raises
        raise CellError("E_WORKBOOK",
                        f"the workbook cannot be read ({type(error).__name__}: {error})",
                        SAVE_AS) from None


def _check_package(path):
    with open(path, "rb") as file:
        head = file.read(8)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise CellError("E_WORKBOOK", "an old Excel file (.xls) or one with a password",
                        f"{SAVE_AS} without a password")
    try:
        with zipfile.ZipFile(path) as package:
            unpacked = sum(part.file_size for part in package.infolist())
            names = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise CellError("E_WORKBOOK", f"not a whole workbook ({error})", SAVE_AS) from None
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise CellError("E_WORKBOOK", "a binary or OpenDocument workbook", SAVE_AS)
    if unpacked > MOST_UNPACKED:
        raise CellError("E_WORKBOOK",
                        f"it unpacks to {unpacked >> 20:,} MiB, more than {MOST_UNPACKED >> 20:,}",
                        "Split it, or give CSV files")
