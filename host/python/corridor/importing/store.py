# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Where a column's values gather: eight bytes a number, four a text that repeats."""
from array import array

import numpy as np

from . import dates, kinds
from .cells import Percent, is_blank
from .problems import CellError

TEXTS = {"id", "key", "family", "law", "state", "zip3", "month", "basis"}
DATES = {"month", "birth", "year"}
NAN = float("nan")
KEPT = 50_000  # readings of texts that are remembered


def store_of(column, source, options, sheet, units=None):
    settings = kinds.Settings(units or column.units, units is None and column.units is not None,
                              source.decimal or sheet.decimal, source.date_format, None, sheet.epoch,
                              source.values.get(column.key) or source.values.get(column.field.name),
                              options.policy_begin)
    default = source.defaults.get(column.key)
    kind = DateStore if column.field.kind in DATES else TextStore if column.field.kind in TEXTS else NumberStore
    return kind(column, settings, default)


class Store:
    numeric = False

    def __init__(self, column, settings, default):
        self.column, self.settings, self.default = column, settings, default
        self.read = kinds.reader(column.field, settings)
        self.kept = {}

    @property
    def repeats(self):
        """Whether a merged cell means its value in each of its rows, as keys and names do."""
        return self.column.field.kind in TEXTS | {"code", "yes", "band"
                                                  } and self.column.field.kind != "key"

    @property
    def adds_up(self):
        return self.column.field.kind in ("money", "whole") and self.numeric

    def finish(self):
        return ()


class NumberStore(Store):
    numeric = True

    def __init__(self, *args):
        super().__init__(*args)
        self.values = array("d")
        field, units = self.column.field, self.settings.units
        self.plain = field.kind in ("money",
                                    "factor") and units in (None,
                                                            "dollars") and not self.settings.values
        self.low, self.high = field.low, field.high

    def add(self, cell):
        kind = type(cell)
        if kind is str:
            value = self.kept.get(cell)
            if value is None:
                value = self._reading(cell)
                if len(self.kept) < KEPT:
                    self.kept[cell] = value
        elif cell is None:
            value = self._reading(cell)
        elif self.plain and kind in (float, int) and self.low <= cell <= self.high:
            value = cell
        else:
            value = self.read(cell)
        self.values.append(value)

    def _reading(self, cell):
        if is_blank(cell) and not (cell is not None and self.settings.values
                                   and cell.lower() in self.settings.values):
            return NAN if self.default is None else self.read(self.default)
        return self.read(cell)

    def skip(self):
        self.values.append(NAN)

    def result(self):
        return np.frombuffer(self.values, float) if self.values else np.zeros(0)


class TextStore(Store):
    def __init__(self, *args):
        super().__init__(*args)
        self.codes, self.index = array("i"), {}

    def add(self, cell):
        if type(cell) is str and cell in self.kept:
            self.codes.append(self.kept[cell])
            return
        meant = self.default if is_blank(cell) else cell
        code = -1 if meant is None else self.index.setdefault(self._value(meant), len(self.index))
        if type(cell) is str and len(self.kept) < KEPT:
            self.kept[cell] = code
        self.codes.append(code)

    def _value(self, cell):
        return self.read(cell)

    def skip(self):
        self.codes.append(-1)

    def result(self):
        return np.frombuffer(self.codes, np.int32) if self.codes else np.zeros(0, np.int32), list(
            self.index)


class DateStore(TextStore):
    """Dates are read at the end, when the whole column has shown whether months or days come first."""
    def __init__(self, *args):
        super().__init__(*args)
        self.numeric = self.column.field.kind != "month"

    def _value(self, cell):
        return (type(cell) is Percent, cell)  # raw; equal cells of equal kind are one

    def finish(self):
        texts = [cell for _, cell in self.index if isinstance(cell, str)]
        self.settings.day_order = dates.day_order(texts, self.column.field.kind != "birth")
        codes = np.frombuffer(self.codes, np.int32) if self.codes else np.zeros(0, np.int32)
        read = []
        for code, (_, cell) in enumerate(self.index):
            try:
                read.append(self.read(cell))
            except CellError as error:
                read.append(None)
                yield from ((int(row), error, cell) for row in np.flatnonzero(codes == code))
        self._keep(codes, read)

    def _keep(self, codes, read):
        if self.numeric:
            values = np.array([NAN if v is None else v for v in read] + [NAN], float)
            self.final = values[codes]
            return
        known = {
            value: i
            for i, value in enumerate(dict.fromkeys(v for v in read if v is not None))
        }
        recode = np.array([known.get(v, -1) for v in read] + [-1], np.int32)
        self.final = recode[codes], list(known)

    def result(self):
        return self.final
