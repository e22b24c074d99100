# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads claims to fit: one row a member and year, or amounts with how often they occurred."""
import itertools
import os
from dataclasses import dataclass, field

import numpy as np

from ..importing import headers
from ..importing.cells import is_blank, number_of, text_of
from ..importing.importer import EXCEL, excel_sheets
from ..importing.problems import CellError, Place
from ..importing.text_file import TextSheet

AMOUNT = {
    "amount", "claims", "claim", "paid", "paid claims", "total paid", "annual claims", "size",
    "claim amount", "total claims", "eligible"
}
COUNT = {"count", "weight", "members", "frequency", "number"}
YEAR = {"year", "period", "plan year", "policy year"}
GROUP = {"group", "group id", "case", "case id", "group no", "group number"}


@dataclass(frozen=True)
class Rows:
    """What a file says, a member and year a row: amounts, how often, and of which group and year, numbered from 0."""
    amount: np.ndarray
    weight: np.ndarray | None = None
    group: np.ndarray | None = None
    labels: list[str] = field(default_factory=list)
    """Names of the groups."""
    year: np.ndarray | None = None


@dataclass(frozen=True)
class Claims:
    """Amounts above zero [claim], how often each occurred, and what is known of the others.

    censored          the amount is a cap: the claim was at least that
    truncated_below   smaller claims were not recorded; 0 if all were
    members           people and years, with and without claims
    """
    amount: np.ndarray
    weight: np.ndarray
    censored: np.ndarray
    group: np.ndarray | None
    truncated_below: float
    members: float

    def without(self, group):
        keep = self.group != group
        return self.kept(keep, self.members * self.weight[keep].sum() / self.weight.sum())

    def kept(self, keep, members):
        return Claims(self.amount[keep], self.weight[keep], self.censored[keep],
                      None if self.group is None else self.group[keep], self.truncated_below,
                      members)

    @property
    def above_truncation(self):
        """Share of the members with a recorded claim."""
        return float(self.weight.sum() / self.members)


def make(amount,
         weight=None,
         group=None,
         truncated_below=0.0,
         censored_at=np.inf,
         members=None,
         factor=1.0):
    """Claims of amounts [row]; zeros count as members without a claim. Raises CellError for what cannot be fitted."""
    amount = np.asarray(amount, float) * factor
    truncated_below, censored_at = truncated_below * factor, censored_at * factor
    weight = np.ones(len(amount)) if weight is None else np.asarray(weight, float)
    seen = amount > 0
    if truncated_below > 0 and (amount[seen] < truncated_below).any():
        raise CellError(
            "E_RANGE",
            f"{(amount[seen] < truncated_below).sum():,} claims are below the {truncated_below:,.0f} from which claims were recorded",
            "Correct --truncated-below, or take them out")
    if members is None:
        if truncated_below > 0:
            raise CellError("E_MISSING",
                            "claims from an amount up do not tell how many members had less",
                            "Say --members N: members and years that the claims come from")
        members = weight.sum()
    if members < weight[seen].sum():
        raise CellError(
            "E_RANGE",
            f"{members:,.0f} members cannot have {weight[seen].sum():,.0f} claims, one a member and year",
            "Correct --members")
    capped = np.minimum(amount[seen], censored_at)
    return Claims(capped, weight[seen], amount[seen] >= censored_at,
                  None if group is None else np.asarray(group)[seen], truncated_below,
                  float(members))


def read(path, problems):
    """The Rows of a CSV file or a workbook's first sheet with a column of amounts; None with problems."""
    name = os.path.basename(path)
    try:
        sheets = excel_sheets(path) if path.lower().endswith(EXCEL) else [TextSheet(path)]
        for sheet in sheets:
            columns, rows = _header(sheet)
            if columns:
                return _values(sheet, columns, rows, problems)
        problems.add("E_HEADER", "no column is called amount",
                     "Name the column of yearly claims a member amount", Place(name))
    except CellError as error:
        problems.add(error.code, error.what, error.fix, Place(name))
    return None


def _header(sheet):
    rows = sheet.rows()
    for _, row in itertools.islice(rows, headers.SEARCHED_ROWS):
        words = [headers.normalise(text)[0] if text else "" for text in headers.header_texts(row)]
        found = {
            name: next((i for i, word in enumerate(words) if word in known), None)
            for name, known in (("amount", AMOUNT), ("count", COUNT), ("group", GROUP),
                                ("year", YEAR))
        }
        if found["amount"] is not None:
            return {name: (i, row[i]) for name, i in found.items() if i is not None}, rows
    return None, rows


def _values(sheet, columns, rows, problems):
    gathered: dict[str, list[float | str]] = {name: [] for name in columns}
    for number, row in rows:
        if all(map(is_blank, row)):
            continue
        try:
            values = {
                name: _cell(name, row[i] if i < len(row) else None)
                for name, (i, _) in columns.items()
            }
        except CellError as error:
            problems.add(error.code, error.what, error.fix, Place(sheet.file, sheet.name, number))
            continue
        for name, value in values.items():
            gathered[name].append(value)
    group, labels = None, []
    if "group" in columns:
        names, group = np.unique(gathered["group"], return_inverse=True)
        labels = [str(name) for name in names]
    return Rows(np.array(gathered["amount"], float),
                np.array(gathered["count"], float) if "count" in columns else None, group,
                labels,
                np.unique(gathered["year"], return_inverse=True)[1] if "year" in columns else None)


def _cell(name, cell):
    if name in ("group", "year"):
        return text_of(cell) if cell is not None else ""
    if is_blank(cell):
        raise CellError("E_MISSING", f"no {name}", "Write it, or take the row out")
    value = number_of(cell)[0]
    if value < 0:
        raise CellError("E_NEGATIVE",
                        f"{value:,.2f} is below zero (a refund belongs to the year's total)",
                        "Add up each member's year first")
    return value
