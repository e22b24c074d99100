# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Puts tables together into one book: groups, their terms, people and experience."""
import numpy as np

from . import laws as claim_laws
from . import people as persons
from .experience import by_group
from .fields import TABLES
from .problems import shown

DEFAULT_LAW = "silver"
PERSON_COLUMNS = {
    "laser_usd": np.nan, "family": 0, "relation": None, "age_band": None, "sex": None, "tier": None,
    "known_claimant": 0, "prior_year_paid_usd": np.nan, "prior_year_unpaid_usd": np.nan
}
NAN_STAYS = {"aggregate_attachment_usd", "effect_cv", "commission", "credibility"}
ENDLESS_WHEN_BLANK = {f.name for f in TABLES["groups"] if f.endless}
ONE_WHEN_BLANK = {"specific_reimbursement", "aggregate_reimbursement", "terminal_probability"}
BASES = {
    "contract_basis": ("run_in_months", "run_out_months"),
    "aggregate_contract_basis": ("aggregate_run_in_months", "aggregate_run_out_months")
}
INCURRED = (0, 255)


class Assembly:
    """Collects a book's parts from tables; `book` holds them at the end, if there is no problem."""
    def __init__(self, tables, mapping, laws, problems):
        self.tables, self.mapping, self.laws, self.problems = tables, mapping, laws, problems
        self.scale_rule = mapping.book.get("scale", "age_sex")
        self.index = self._group_index()
        self.groups = {}

    def of(self, *names):
        return [table for table in self.tables if table.name in names]

    def book(self):
        """{"laws", "groups", "members", "experience", "large_claims", "quote", "market"}, or None after problems."""
        if not self.index:
            self.problems.add("E_MISSING", "no groups",
                              "Give a sheet of groups, or members with a group_id")
            return None
        self._group_columns()
        members = self._members()
        experience = by_group("experience", self.of("experience"), self.index, self.problems)
        large = by_group("large_claims", self.of("large_claims"), self.index, self.problems)
        if self.problems.error_count or members is None:
            return None
        used = self._lay_out(members)
        if self.problems.error_count:
            return None
        self._employees(members)
        return {
            "laws": used, "groups": self._final_groups(), "members": self._final_members(members),
            "experience": experience, "large_claims": large,
            "quote": {k: np.array(v)
                      for k, v in self.mapping.quote.items()}, "market": dict(self.mapping.market)
        }

    # Groups

    def _group_index(self):
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

    def _group_columns(self):
        """Numbers [group] of every table of groups and terms, keyed as their fields; NaN where blank."""
        given_by: dict[str, str] = {}
        for table in self.of("groups", "terms"):
            rows = persons.group_rows(table, self.index, self.problems)
            self._twice(table, rows)
            for key, values in [*table.numbers.items(), *table.texts.items()]:
                if key == "group_id":
                    continue
                if key in given_by:
                    self.problems.add("E_TWO_WAYS", f"{key} stands in {given_by[key]} too",
                                      'Map one of the columns to "ignore"', table.place)
                    continue
                given_by[key] = str(table.place)
                self.groups[key] = self._spread(values, rows)
        self._one_basis()

    def _twice(self, table, rows):
        seen: dict[int, int] = {}
        for row, group in enumerate(rows if table.name == "terms" else ()):
            if group >= 0 and group in seen:
                self.problems.add(
                    "E_DUPLICATE",
                    f"two rows are about one group (first in row {table.row_numbers[seen[group]]:,})",
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
            both = [key for key in months if key in self.groups]
            if basis in self.groups and both:
                self.problems.add("E_TWO_WAYS", f"{basis} and {both[0]} say the same",
                                  f'Map {both[0]} to "ignore"')

    def _final_groups(self):
        columns = {
            "group_id": np.array(list(self.index), "S32"),
            "member_offset": self.groups["member_offset"]
        }
        for field in TABLES["groups"]:
            if field.name in ("group_id", "law", "scale") or field.name in BASES:
                continue
            values = self._tiers(field) if field.tiers else self.groups.get(field.name)
            if values is not None:
                columns[field.name] = self._typed(field, values)
        self._note_uncovered()
        for basis, months in BASES.items():
            if basis in self.groups:
                default = INCURRED if basis == "contract_basis" else None
                pairs = [
                    pair or default or self._specific_basis(g)
                    for g, pair in enumerate(self.groups[basis])
                ]
                columns |= {
                    name: np.array([pair[i] for pair in pairs], "u1")
                    for i, name in enumerate(months)
                }
        return columns

    def _note_uncovered(self):
        for key, cover in (("specific_deductible_usd", "specific"), ("aggregate_corridor", "aggregate by a corridor")):
            blank = np.isnan(self.groups.get(key, np.zeros(0)))
            if blank.any() and not blank.all():
                first = list(self.index)[int(np.flatnonzero(blank)[0])]
                self.problems.note(f"{blank.sum():,} groups have no {key} and so no {cover} cover, "
                                   f"the first is {first}")

    def _specific_basis(self, group):
        return (self.groups.get("contract_basis", [None] * len(self.index))[group]) or INCURRED

    def _tiers(self, field):
        keys = [f"{field.name}_{tier}" for tier in ("ee", "ee_sp", "ee_ch", "fam")]
        total = self.groups.get(field.name)
        if not any(key in self.groups for key in keys):
            if total is None:
                return None
            if field.kind == "whole":
                self.problems.note(f"{field.name} without tiers are counted as EE")
                return np.column_stack([total, *[np.zeros(len(total))] * 3])
            return np.column_stack([total] * 4)
        if total is not None and field.kind == "whole":
            self._check_tier_sum(field, keys, total)
        blank = np.full(len(self.index), np.nan)
        return np.column_stack([self.groups.get(key, blank) for key in keys])

    def _check_tier_sum(self, field, keys, total):
        tiers = sum(np.nan_to_num(self.groups[key]) for key in keys if key in self.groups)
        for g in np.flatnonzero(~np.isnan(total) & (tiers != total)):
            self.problems.add(
                "E_TOTAL",
                f"{field.name} of group {list(self.index)[g]} are {total[g]:,.0f}, and its tiers add up to {tiers[g]:,.0f}",
                "Correct one of them")

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

    # Members

    def _members(self):
        blocks = []
        for table in self.of("members"):
            blocks.append(persons.of_rows(table, self.index, self.problems, self.scale_rule))
        for table in self.of("census"):
            block = persons.of_counts(table, self.index, self.problems, self.scale_rule)
            if block is not None:
                blocks.append(block)
        if not blocks:
            if not self.problems.error_count:
                self.problems.add("E_MISSING", "no members",
                                  "Give a sheet of members, or a census of counts")
            return None
        self._both_ways()
        return self._joined(blocks)

    def _both_ways(self):
        """A group whose people stand on members and in a census would count twice."""
        counted = {
            name
            for table in self.of("census")
            for name in table.texts.get("group_id", ((), []))[1]
        }
        for table in self.of("members"):
            for name in sorted(counted & set(table.texts.get("group_id", ((), []))[1])):
                self.problems.add(
                    "E_TWO_WAYS", f"group {shown(name)} has rows of members and counts of a census",
                    "Give its people in one way", table.place, name)

    def _joined(self, blocks):
        members, families = {}, 0
        for block in blocks:
            if "family" in block:
                block["family"] = np.where(block["family"] > 0, block["family"] + families, 0)
                families = max(families, int(block["family"].max(initial=0)))
        for key in ("group", "law", "own_scale", "factor", "exposure", *PERSON_COLUMNS):
            if not any(key in block for block in blocks):
                continue
            members[key] = np.concatenate(
                [block.get(key, np.full(len(block["group"]), np.nan)) for block in blocks])
        order = np.argsort(members["group"], kind="stable")
        return {key: values[order] for key, values in members.items()}

    def _lay_out(self, members):
        """Offsets, laws and scales; returns the laws that the book holds."""
        size = np.bincount(members["group"], minlength=len(self.index))
        for g in np.flatnonzero(size == 0):
            self.problems.add("E_GROUP_SIZE", f"group {list(self.index)[g]} has no members",
                              "Add them, or take the group out")
        self.groups["member_offset"] = np.concatenate([[0], np.cumsum(size)]).astype("u8")
        names = self._law_names(members)
        unique, where = np.unique(names.astype(str), return_inverse=True)
        used = claim_laws.used(list(unique), self.laws, self.problems)
        order = {name: i for i, name in enumerate(used)}
        members["distribution"] = np.array([order.get(name, 0) for name in unique])[where]
        level = self.groups.get("scale")
        level = np.ones(len(self.index)) if level is None else np.where(np.isnan(level), 1.0, level)
        members["scale"] = np.where(np.isnan(members["own_scale"]), members["factor"],
                                    members["own_scale"]) * level[members["group"]]
        return used

    def _law_names(self, members):
        default = self.mapping.book.get("law", DEFAULT_LAW)
        of_group = self.groups.get("law")
        inherited = np.full(len(self.index), default, object) if of_group is None else np.array(
            [law or default for law in of_group], object)
        if "law" not in self.mapping.book and (inherited == default).any() and (members["law"]
                                                                                == "").any():
            self.problems.note(
                f"claims follow the law {default}, which comes with Corridor, where no other is named"
            )
        return np.where(members["law"] == "", inherited[members["group"]], members["law"])

    def _employees(self, members):
        """Enrolled employees from the members, where no group sheet says them."""
        if any(key.startswith("employees") for key in self.groups):
            return
        relation, tier = members.get("relation"), members.get("tier")
        if relation is None or tier is None or np.isnan(relation).any() or np.isnan(
                tier[relation == 0]).any():
            self.problems.note(
                "no employees by tier, so no amounts per employee (give them with the groups, or relation and tier of all members)"
            )
            return
        mine = relation == 0
        years = np.bincount(members["group"][mine] * 4 + tier[mine].astype(int),
                            members["exposure"][mine],
                            len(self.index) * 4)
        for i, name in enumerate(("ee", "ee_sp", "ee_ch", "fam")):
            self.groups[f"employees_{name}"] = np.rint(years.reshape(-1, 4)[:, i])
        self.problems.note("employees by tier are counted from the members")

    def _final_members(self, members):
        columns = {
            "distribution": members["distribution"].astype("u2"), "scale": members["scale"],
            "exposure": members["exposure"].astype("f4")
        }
        types = {
            "family": "u4", "laser_usd": "f8", "prior_year_paid_usd": "f8",
            "prior_year_unpaid_usd": "f8"
        }
        for key, neutral in PERSON_COLUMNS.items():
            values = members.get(key)
            if values is None or np.isnan(
                    values).all() or neutral is None and np.isnan(values).any():
                continue  # a code that some members lack has no value for "unknown"
            columns[key] = (values if neutral is None else np.where(
                np.isnan(values), neutral, values)).astype(types.get(key, "u1"))
        return columns


def _objects(values):
    """An array of objects, of which tuples stay whole."""
    array = np.empty(len(values), object)
    array[:] = values
    return array
