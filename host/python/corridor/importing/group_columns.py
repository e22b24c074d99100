# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Groups and their terms: an index of keys, and a column a field."""
import numpy as np

from .fields import TABLES
from .people import group_rows
from .problems import shown

NAN_STAYS = {"aggregate_attachment_usd", "effect_cv", "commission", "credibility"}
ENDLESS_WHEN_BLANK = {f.name for f in TABLES["groups"] if f.endless}
ONE_WHEN_BLANK = {"specific_reimbursement", "aggregate_reimbursement", "terminal_probability"}
BASES = {
    "contract_basis": ("run_in_months", "run_out_months"),
    "aggregate_contract_basis": ("aggregate_run_in_months", "aggregate_run_out_months")
}
INCURRED = (0, 255)


class GroupColumns:
    """What tables of groups and terms say.

    index     {group_id: row}
    columns   {field: numbers or texts [group]}, NaN or None where blank, once collected
    """
    def __init__(self, tables, problems):
        self.tables, self.problems = tables, problems
        self.index = self._indexed()
        self.columns = {}

    def of(self, *names):
        return [table for table in self.tables if table.name in names]

    def _indexed(self):
        """{group_id: row}, from the groups, else from whoever names groups."""
        sources = self.of("groups") or self.of("terms") or self.of("members", "census")
        index: dict[str, object] = {}
        unique = bool(self.of("groups", "terms"))
        for table in sources:
            codes, names = table.texts.get("group_id", (np.zeros(0, np.int32), []))
            if not unique:
                index |= {name: len(index) for name in names if name not in index}
                continue
            self._add_groups(table, codes, names, index)
        return {name: row for row, name in enumerate(index)}

    def _add_groups(self, table, codes, names, index):
        for row, code in enumerate(codes):
            if code < 0 and table.is_named(row):
                continue
            if code < 0:
                self.problems.add("E_MISSING", "no group_id", "Write a key, or take the row out",
                                  table.at(row, "group_id"))
            elif names[code] in index:
                self.problems.add(
                    "E_DUPLICATE",
                    f"group {shown(names[code])} stands twice (first in {index[names[code]]})",
                    "Take one of the rows out", table.at(row, "group_id"), names[code])
            else:
                index[names[code]] = table.at(row)

    def collect(self):
        """Takes the columns of every table of groups and terms."""
        given_by: dict[str, str] = {}
        for table in self.of("groups", "terms"):
            rows = group_rows(table, self.index, self.problems)
            self._twice(table, rows)
            for key, values in [*table.numbers.items(), *table.texts.items()]:
                if key == "group_id":
                    continue
                if key in given_by:
                    self.problems.add("E_TWO_WAYS", f"{key} stands in {given_by[key]} too",
                                      'Map one of the columns to "ignore"', table.place)
                    continue
                given_by[key] = str(table.place)
                self.columns[key] = self._spread(values, rows)
        self._one_basis()

    def _twice(self, table, rows):
        seen: dict[int, int] = {}
        for row, group in enumerate(rows if table.name == "terms" else ()):
            if group >= 0 and group in seen:
                self.problems.add(
                    "E_DUPLICATE",
                    "two rows are about one group (first in row "
                    f"{table.row_numbers[seen[group]]:,})",
                    "Take one of the rows out", table.at(row, "group_id"))
            seen.setdefault(group, row)

    def _spread(self, values, rows):
        known = rows >= 0
        if isinstance(values, tuple):
            codes, names = values
            column = np.full(len(self.index), None, object)
            column[rows[known]] = _objects([*names, None])[codes[known]]
            return column
        column = np.full(len(self.index), np.nan)
        column[rows[known]] = values[known]
        return column

    def _one_basis(self):
        for basis, months in BASES.items():
            both = [key for key in months if key in self.columns]
            if basis in self.columns and both:
                self.problems.add("E_TWO_WAYS", f"{basis} and {both[0]} say the same",
                                  f'Map {both[0]} to "ignore"')

    def final(self):
        """The columns of /groups, in the types of the file."""
        columns = {
            "group_id": np.array(list(self.index), "S32"),
            "member_offset": self.columns["member_offset"]
        }
        for field in TABLES["groups"]:
            if field.name in ("group_id", "law", "scale") or field.name in BASES:
                continue
            values = self._tiers(field) if field.tiers else self.columns.get(field.name)
            if values is not None:
                columns[field.name] = self._typed(field, values)
        self._note_uncovered()
        for basis, months in BASES.items():
            if basis in self.columns:
                default = INCURRED if basis == "contract_basis" else None
                pairs = [
                    pair or default or self._specific_basis(g)
                    for g, pair in enumerate(self.columns[basis])
                ]
                columns |= {
                    name: np.array([pair[i] for pair in pairs], "u1")
                    for i, name in enumerate(months)
                }
        return columns

    def _note_uncovered(self):
        for key, cover in (("specific_deductible_usd", "specific"),
                           ("aggregate_corridor", "aggregate by a corridor")):
            blank = np.isnan(self.columns.get(key, np.zeros(0)))
            if blank.any() and not blank.all():
                first = list(self.index)[int(np.flatnonzero(blank)[0])]
                self.problems.note(f"{blank.sum():,} groups have no {key} and so no {cover} cover, "
                                   f"the first is {first}")

    def _specific_basis(self, group):
        return (self.columns.get("contract_basis", [None] * len(self.index))[group]) or INCURRED

    def _tiers(self, field):
        keys = [f"{field.name}_{tier}" for tier in ("ee", "ee_sp", "ee_ch", "fam")]
        total = self.columns.get(field.name)
        if not any(key in self.columns for key in keys):
            if total is None:
                return None
            if field.kind == "whole":
                self.problems.note(f"{field.name} without tiers are counted as EE")
                return np.column_stack([total, *[np.zeros(len(total))] * 3])
            return np.column_stack([total] * 4)
        if total is not None and field.kind == "whole":
            self._check_tier_sum(field, keys, total)
        blank = np.full(len(self.index), np.nan)
        return np.column_stack([self.columns.get(key, blank) for key in keys])

    def _check_tier_sum(self, field, keys, total):
        tiers = sum(np.nan_to_num(self.columns[key]) for key in keys if key in self.columns)
        for g in np.flatnonzero(~np.isnan(total) & (tiers != total)):
            self.problems.add(
                "E_TOTAL",
                f"{field.name} of group {list(self.index)[g]} are {total[g]:,.0f}, and its tiers "
                f"add up to {tiers[g]:,.0f}", "Correct one of them")

    def _typed(self, field, values):
        if field.dtype[0] == "S":
            return np.array(["" if v is None else v for v in values], field.dtype)
        if field.name in ENDLESS_WHEN_BLANK:
            values = np.where(np.isnan(values), np.inf, values)
        elif field.name in ONE_WHEN_BLANK:
            values = np.where(np.isnan(values), 1.0, values)
        elif field.name == "policy_months":
            values = np.where(np.isnan(values), 12, values)
        elif field.name == "months_since_original_effective" or field.name.endswith(
                "run_out_months"):
            values = np.where(np.isnan(values), 255, values)
        elif not field.tiers and field.name not in NAN_STAYS or field.kind == "whole":
            values = np.nan_to_num(values, posinf=np.inf)
        return values.astype(field.dtype)


def _objects(values):
    """An array of objects, of which tuples stay whole."""
    array = np.empty(len(values), object)
    array[:] = values
    return array
