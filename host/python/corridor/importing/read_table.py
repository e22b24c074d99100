# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads one sheet into columns of numbers and of numbered texts, a row at a time."""
import itertools
import re

import numpy as np

from . import fields, headers
from .cells import clean, is_blank
from .kinds import nearest
from .problems import CellError, Place, shown
from .store import store_of

TOTAL = re.compile(r"(?:grand |sub ?)?totals?\b|sum\b", re.IGNORECASE)


class Table:
    """Columns of one sheet. `numbers[key]`: float64 [row], NaN where blank. `texts[key]`: (codes [row], values),
    code -1 where blank. `row_numbers`: the sheet's own, [row]."""
    def __init__(self, name, place):
        self.name, self.place, self.numbers, self.texts, self.headers = name, place, {}, {}, {}
        self.row_numbers, self.counts = np.zeros(0, np.int64), None
        self.named = set()  # numbers of rows that a problem has named

    def __len__(self):
        return len(self.row_numbers)

    def __contains__(self, key):
        return key in self.numbers or key in self.texts

    def is_named(self, row):
        """Whether a problem is about the row already, so that what is missing in it may follow."""
        return int(self.row_numbers[row]) in self.named

    def at(self, row, key=""):
        """The place of a cell, for a message."""
        return Place(self.place.file, self.place.sheet, int(self.row_numbers[row]),
                     self.headers.get(key, ""))


class TableReader:
    """Reads `sheet` as `table`, as the map's `source` says; problems are collected."""
    def __init__(self, sheet, table, source, problems, options):
        self.sheet, self.source, self.problems, self.options = sheet, source, problems, options
        self.place = Place(sheet.file, sheet.name)
        self.table = Table(table, self.place)
        self.table.counts = source.counts
        self.stores = {}  # column number -> store
        self.hidden_seen, self.filled, self.held = [], {}, None
        self.tops: dict[int, list[tuple[int, int, int]]] = {}
        for top, bottom, left, right in sheet.merged:
            self.tops.setdefault(top, []).append((bottom, left - 1, right - 1))

    def read(self, first_rows, header_index, rest):
        """`first_rows` from the header row on and `rest`, an iterator, are the sheet."""
        number, header = first_rows[header_index]
        self._bind(headers.header_texts(header), number)
        self.header = header
        width = max((i for i, cell in enumerate(header) if not is_blank(cell)), default=-1) + 1
        row_numbers = []
        for number, row in itertools.chain(first_rows[header_index + 1:], rest):
            if self._wanted(number, row, width):
                row_numbers.append(number)
        self._finish(row_numbers)
        return self.table

    # Headers

    def _bind(self, texts, number):
        seen: dict[str, str] = {}
        for i, text in enumerate(texts):
            column = self._column(text, Place(*self._at(number, text))) if text else None
            if column is None:
                continue
            if column.key in seen:
                self.problems.add("E_TWO_WAYS",
                                  f'"{seen[column.key]}" and "{text}" both are {column.key}',
                                  'Map one of them to "ignore"', Place(*self._at(number, text)))
                continue
            if i + 1 in self.sheet.hidden_columns and self._hidden() == "refuse":
                self.problems.add("E_HIDDEN", "the column is hidden",
                                  'Show it, or say hidden = "read" or "skip" in the map',
                                  Place(*self._at(number, text)))
            if i + 1 in self.sheet.hidden_columns and self._hidden() == "skip":
                continue
            seen[column.key] = text
            self.table.headers[column.key] = text
            self.stores[i] = store_of(column,
                                      self.source,
                                      self.options,
                                      self.sheet,
                                      units=self._units.get(text))
        self._required(seen, number)

    def _at(self, number, column=""):
        return self.place.file, self.place.sheet, number, column

    @property
    def _units(self):
        return {header: units for header, (_, units) in self.source.columns.items()}

    def _column(self, text, place):
        if text in self.source.columns:
            name = self.source.columns[text][0]
            return None if name == "ignore" else headers.column_named(name, self.table.name)
        found = headers.column_of(text, self.table.name)
        if found is not None:
            return found
        if headers.is_personal(text):
            self.problems.note("not read: a book holds no personal data", place)
            return None
        if (self.source.unknown_columns or self.options.unknown_columns) == "ignore":
            self.problems.note("not read: no field has this name", place)
            return None
        near = nearest(headers.normalise(text)[0], list(headers.lookup(self.table.name)), .55)
        name = headers.lookup(self.table.name)[near][0].name if near else None
        fix = f'"{text}" = "{name or "ignore"}"'
        self.problems.add(
            "E_COLUMN", f'{self.table.name} has no field for "{text}"' +
            (f"; nearest is {name}" if name else ""),
            f"Say {fix} under [source.columns] of the map" + (', or "ignore"' if name else ""),
            place, text)
        return None

    def _required(self, seen, number):
        for name in self.source.defaults:
            if name not in seen:
                column = headers.column_named(name, self.table.name)
                self.table.headers[name] = f"default of {name}"
                self.stores[-1 - len(self.stores)] = store_of(column, self.source, self.options,
                                                              self.sheet)
                seen[name] = name
        missing_headers = [
            h for h in self.source.columns
            if h not in self.table.headers.values() and self.source.columns[h][0] != "ignore"
        ]
        texts = set(self.table.headers.values())
        for header in missing_headers:
            near = nearest(header, list(texts))
            self.problems.add(
                "E_HEADER", f'no column "{header}", which the map names',
                f'Did you mean "{near}"?' if near else "Correct the map, or header_row",
                Place(*self._at(number)), header)
        for field in fields.TABLES[self.table.name]:
            if field.required and field.name not in {
                    headers.column_named(k, self.table.name).field.name
                    for k in seen
            }:
                self.problems.add("E_HEADER", f"no column is {field.name}",
                                  f"Add it, or map a column to {field.name}",
                                  Place(*self._at(number)))

    def _hidden(self):
        return self.source.hidden or self.options.hidden

    # Rows

    def _wanted(self, number, row, width):
        """Reads a row into the stores; False for one that holds no record."""
        self._merge(number, row)
        if all(cell is None or (type(cell) is str and not clean(cell)) for cell in row):
            return False
        if number in self.sheet.hidden_rows:
            self.hidden_seen.append(number)
            if self._hidden() != "read":
                return False
        if self.held is not None:
            held_number, _ = self.held
            self.problems.add("E_TOTAL", "a row of totals between records",
                              "Take it out: its amounts would count twice",
                              Place(*self._at(held_number)))
            self.held = None
        if self._is_total(row):
            self.held = (number, row)
            return False
        self._check_width(number, row, width)
        for i, store in self.stores.items():
            cell = row[i] if 0 <= i < len(row) else None
            try:
                store.add(cell)
            except CellError as error:
                store.skip()
                self.table.named.add(number)
                self.problems.add_of_cell(
                    error, Place(*self._at(number, self.table.headers[store.column.key])), cell)
        return True

    def _is_total(self, row):
        first = next((cell for cell in row if not is_blank(cell)), None)
        return isinstance(first, str) and TOTAL.match(clean(first)) is not None

    def _check_width(self, number, row, width):
        if self.sheet.exact_width and len(row) < len(self.header):
            self.problems.add(
                "E_LENGTH", f"{len(row)} cells where the header has {len(self.header)}",
                "Write every cell, blank ones too: values may stand in the wrong column",
                Place(*self._at(number)))
        for i in range(width, len(row)):
            if not is_blank(row[i]) and (i >= len(self.header) or is_blank(self.header[i])):
                self.problems.add("E_COLUMN",
                                  f"{shown(row[i])} stands in a column without a header",
                                  "Give the column a header, or clear it",
                                  Place(*self._at(number, f"number {i + 1}")), row[i])
                return

    def _merge(self, number, row):
        for column, (bottom, value) in list(self.filled.items()):
            if number > bottom:
                del self.filled[column]
            else:
                row.extend([None] * (column + 1 - len(row)))
                row[column] = value
        for bottom, left, right in self.tops.get(number, ()):
            known = [c for c in range(left, right + 1) if c in self.stores]
            if not known:
                continue
            store = self.stores[known[0]]
            if left == right and store.repeats:
                self.filled[left] = (bottom, row[left] if left < len(row) else None)
            else:
                self.problems.add(
                    "E_MERGED",
                    f"cells merged down to row {bottom:,} or across {right - left + 1} columns",
                    "Unmerge them and write each cell",
                    Place(*self._at(number, self.table.headers[store.column.key])))

    # The end

    def _finish(self, row_numbers):
        self.table.row_numbers = np.array(row_numbers, np.int64)
        if self.hidden_seen and self._hidden() == "refuse":
            self.problems.add(
                "E_HIDDEN",
                f"{len(self.hidden_seen):,} hidden rows hold data, the first is row {self.hidden_seen[0]:,}",
                'Show or delete them, or say hidden = "read" or "skip" in the map', self.place)
        for store in self.stores.values():
            for row, error, cell in store.finish():
                self.table.named.add(int(self.table.row_numbers[row]))
                self.problems.add_of_cell(error, self.table.at(row, store.column.key), cell)
            target = self.table.numbers if store.numeric else self.table.texts
            target[store.column.key] = store.result()
        if self.held is not None:
            self._check_totals(*self.held)

    def _check_totals(self, number, row):
        agreed = 0
        for i, store in self.stores.items():
            cell = row[i] if 0 <= i < len(row) else None
            if not store.adds_up or is_blank(cell):
                continue
            try:
                total = store.read(cell)
            except CellError:
                continue
            found = float(np.nansum(self.table.numbers[store.column.key]))
            if abs(total - found) > max(1e-9 * abs(found), .006 * max(len(self.table), 1)**.5):
                self.problems.add(
                    "E_TOTAL", f"the total is {total:,.12g}, and the rows add up to {found:,.12g}",
                    "Correct the rows or the total, or take the row out",
                    Place(*self._at(number, self.table.headers[store.column.key])), cell)
            else:
                agreed += 1
        self.problems.note(f"a row of totals, left out; {agreed} of its amounts compared and right",
                           Place(*self._at(number)))
