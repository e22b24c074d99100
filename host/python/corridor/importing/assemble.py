# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Puts tables together into one book: groups, their terms, people and experience."""
import numpy as np

from . import laws as claim_laws
from . import people as persons
from .experience import by_group
from .group_columns import GroupColumns
from .problems import shown

DEFAULT_LAW = "silver"
PERSON_COLUMNS = {
    "laser_usd": np.nan, "family": 0, "relation": None, "age_band": None, "sex": None, "tier": None,
    "known_claimant": 0, "prior_year_paid_usd": np.nan, "prior_year_unpaid_usd": np.nan
}


class Assembly:
    """Collects a book's parts from tables; `book` holds them at the end, if there is no problem."""
    def __init__(self, tables, mapping, laws, problems):
        self.tables, self.mapping, self.laws, self.problems = tables, mapping, laws, problems
        self.scale_rule = mapping.book.get("scale", "age_sex")
        self.groups = GroupColumns(tables, problems)
        self.index = self.groups.index

    def of(self, *names):
        return [table for table in self.tables if table.name in names]

    def book(self):
        """{"laws", "groups", "members", "experience", "large_claims", "quote", "market"}, or None
        after problems."""
        if not self.index:
            self.problems.add("E_MISSING", "no groups",
                              "Give a sheet of groups, or members with a group_id")
            return None
        self.groups.collect()
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
            "laws": used, "groups": self.groups.final(), "members": self._final_members(members),
            "experience": experience, "large_claims": large,
            "quote": {k: np.array(v)
                      for k, v in self.mapping.quote.items()}, "market": dict(self.mapping.market)
        }

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
        self.groups.columns["member_offset"] = np.concatenate([[0], np.cumsum(size)]).astype("u8")
        names = self._law_names(members)
        unique, where = np.unique(names.astype(str), return_inverse=True)
        used = claim_laws.used(list(unique), self.laws, self.problems)
        order = {name: i for i, name in enumerate(used)}
        members["distribution"] = np.array([order.get(name, 0) for name in unique])[where]
        level = self.groups.columns.get("scale")
        level = np.ones(len(self.index)) if level is None else np.where(np.isnan(level), 1.0, level)
        members["scale"] = np.where(np.isnan(members["own_scale"]), members["factor"],
                                    members["own_scale"]) * level[members["group"]]
        return used

    def _law_names(self, members):
        default = self.mapping.book.get("law", DEFAULT_LAW)
        of_group = self.groups.columns.get("law")
        inherited = np.full(len(self.index), default, object) if of_group is None else np.array(
            [law or default for law in of_group], object)
        if "law" not in self.mapping.book and (inherited == default).any() and (members["law"]
                                                                                == "").any():
            self.problems.note(
                f"claims follow the law {default}, which comes with Corridor, where no other is "
                "named")
        return np.where(members["law"] == "", inherited[members["group"]], members["law"])

    def _employees(self, members):
        """Enrolled employees from the members, where no group sheet says them."""
        if any(key.startswith("employees") for key in self.groups.columns):
            return
        relation, tier = members.get("relation"), members.get("tier")
        if relation is None or tier is None or np.isnan(relation).any() or np.isnan(
                tier[relation == 0]).any():
            self.problems.note(
                "no employees by tier, so no amounts per employee (give them with the groups, or "
                "relation and tier of all members)")
            return
        mine = relation == 0
        years = np.bincount(members["group"][mine] * 4 + tier[mine].astype(int),
                            members["exposure"][mine],
                            len(self.index) * 4)
        for i, name in enumerate(("ee", "ee_sp", "ee_ch", "fam")):
            self.groups.columns[f"employees_{name}"] = np.rint(years.reshape(-1, 4)[:, i])
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
