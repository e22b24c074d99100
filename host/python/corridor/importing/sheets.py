# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""What every input has in common: a sheet of rows, read once from top to bottom."""
from . import dates


class Sheet:
    """A table of cells. `rows()` yields (row number from 1, list of cells), blank rows left out or not.

    merged   ranges (first row, last row, first column, last column), from 1
    hidden_rows, hidden_columns, hidden: what its author does not show
    """

    decimal = "."  # the mark that the file's own numbers have, where the map says nothing
    exact_width = True  # every row has as many cells as the header (CSV); a workbook leaves blank ones out

    def __init__(self, file, name, notes=(), hidden=False):
        self.file, self.name, self.notes, self.hidden = file, name, list(notes), hidden
        self.merged, self.hidden_rows, self.hidden_columns, self.epoch = [], set(), set(
        ), dates.EPOCH_1900

    def rows(self):
        raise NotImplementedError
