# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Members from rows of people, and from counts by age, sex and tier; what each is expected to cost."""
import numpy as np

from . import factor_tables
from .kinds import nearest
from .problems import shown

EMPLOYEE, SPOUSE, CHILD = range(3)
WITH_SPOUSE, WITH_CHILDREN = (1, 3), (2, 3)
MOST_MEMBERS = 1 << 26
PLAIN = ("sex", "tier", "relation", "laser_usd", "known_claimant", "prior_year_paid_usd",
         "prior_year_unpaid_usd")
# The golden section and the square root of 2 without their whole parts: multiples of the one fill an interval evenly
# at any length, of both together a square.
EVEN_STEPS = np.array([0.6180339887498949, 0.4142135623730950])


def group_rows(table, index, problems):
    """Row of /groups [row] of a table's group_id, -1 where it is unknown; index: {group_id: row}."""
    codes, names = table.texts.get("group_id", (np.full(len(table), -1, np.int32), []))
    by_number: dict[int, list[str]] = {}
    for name in index:
        if name.isdigit():
            by_number.setdefault(int(name), []).append(name)
    rows = np.array([_group_row(name, index, by_number, table, problems) for name in names] + [-1],
                    np.int64)
    found = rows[codes]
    for row in np.flatnonzero(found < 0):
        _unknown_group(table, row, None if codes[row] < 0 else names[codes[row]], index, problems)
    return found


def _group_row(name, index, by_number, table, problems):
    if name in index:
        return index[name]
    same = by_number.get(int(name), []) if name.isdigit() else []
    if len(same) == 1:
        problems.note(f"group {name} is read as {same[0]}: a spreadsheet drops leading zeros",
                      table.place)
        return index[same[0]]
    return -1


def _unknown_group(table, row, name, index, problems):
    if name is None:
        if table.is_named(row):
            return
        problems.add("E_MISSING", "no group is named", "Write the group's key, or take the row out",
                     table.at(row, "group_id"))
        return
    near = nearest(name, index)
    problems.add("E_REFERENCE", f"there is no group {shown(name)}",
                 f"Did you mean {near}?" if near else "Add it to the groups, or take the row out",
                 table.at(row, "group_id"), name)


def of_rows(table, index, problems, scale_rule):
    """Columns [member] of a table with a row a person."""
    people = {"group": group_rows(table, index, problems)}
    people |= {key: table.numbers[key] for key in PLAIN if key in table}
    people["age_band"] = _bands(table, problems)
    exposure = table.numbers.get("exposure", table.numbers.get("months_covered"))
    people["exposure"] = np.ones(len(table)) if exposure is None else np.where(
        np.isnan(exposure), 1.0, exposure)
    if "family" in table:
        people["family"] = table.texts["family"][0] + 1.0
    people["law"] = _names(table, "law")
    people["own_scale"] = table.numbers.get("scale", np.full(len(table), np.nan))
    _find_twice(table, people["group"], problems)
    people["factor"] = _factors(table, people, problems, scale_rule)
    return people


def _names(table, key):
    codes, names = table.texts.get(key, (np.full(len(table), -1, np.int32), []))
    return np.array([*names, ""], object)[codes]


def _bands(table, problems):
    given = [table.numbers[key] for key in ("age", "birth_date", "age_band") if key in table]
    if not given:
        return np.full(len(table), np.nan)
    band = given[0].copy()
    for other in given[1:]:
        for row in np.flatnonzero(~np.isnan(band) & ~np.isnan(other) & (band != other)):
            problems.add("E_TWO_WAYS", "two columns of the row give different ages",
                         "Correct one of them", table.at(row))
        band = np.where(np.isnan(band), other, band)
    return band


def _find_twice(table, group, problems):
    if "member_id" not in table:
        return
    code = table.texts["member_id"][0]
    key = np.where(code < 0, -1, group * (int(code.max(initial=0)) + 1) + code)
    order = np.argsort(key, kind="stable")
    again = order[1:][(key[order][1:] == key[order][:-1]) & (key[order][1:] >= 0)]
    for row in np.sort(again):
        first = int(np.flatnonzero(key == key[row])[0]) if len(again) <= 1000 else None
        where = "" if first is None else f" (first in row {table.row_numbers[first]:,})"
        problems.add(
            "E_DUPLICATE",
            f"member {shown(table.texts['member_id'][1][code[row]])} stands twice in a group{where}",
            "Take one of the rows out", table.at(row, "member_id"))


def _factors(table, people, problems, scale_rule):
    """Cost over the average person's by age and sex [member]; 1 where nothing tells."""
    band, own = people["age_band"], people["own_scale"]
    if scale_rule == "one" or np.isnan(band).all() and not any(k in table for k in
                                                               ("age", "birth_date", "age_band")):
        return np.ones(len(table))
    for row in np.flatnonzero(np.isnan(band) & np.isnan(own)):
        if table.is_named(row):
            continue
        problems.add("E_MISSING", "neither an age nor a scale",
                     'Give one of them, or say scale = "one" under [book] of the map',
                     table.at(row))
    return factors(band, people.get("sex"))


def factors(band, sex=None):
    """Factor [member] of bands and sexes, NaN where unknown; an unknown sex is the average of both."""
    factor, share = factor_tables.age_sex(), factor_tables.expected_shares()
    both = (factor * share).sum(axis=1) / share.sum(axis=1)
    table = np.column_stack([factor, both])
    sex = np.full(len(band), np.nan) if sex is None else sex
    known = ~np.isnan(band)
    column = np.where(np.isnan(sex), 2, sex).astype(int)
    return np.where(known, table[np.where(known, band, 0).astype(int), column], 1.0)


def of_counts(table, index, problems, scale_rule):
    """Columns [member] of a table of counts by age band, sex and tier.

    Counts of employees bring their families along: a spouse of the other sex and the same band, and children by
    the shares in factor_tables.families(), spread evenly and without chance.
    """
    group = group_rows(table, index, problems)
    what = _counted(table, problems)
    if what is None:
        return None
    count = np.nan_to_num(table.numbers[what[1]])
    if count.sum() > MOST_MEMBERS:
        problems.add("E_GROUP_SIZE", f"{count.sum():,.0f} people",
                     f"Give at most {MOST_MEMBERS:,}, or one file a group", table.place)
        return None
    row = np.repeat(np.arange(len(table)), count.astype(int))
    blank = np.full(len(table), np.nan)
    at = {
        key: table.numbers.get(key, blank)[row]
        for key in ("age_band", "sex", "tier", "relation")
    }
    people = {"group": group[row], **at, "row": row, "law": _names(table, "law")[row]}
    for r in np.flatnonzero(np.isnan(table.numbers.get("age_band", blank))
                            & (count > 0)) if scale_rule != "one" else ():
        problems.add("E_MISSING", "no age band",
                     'Write one, or say scale = "one" under [book] of the map',
                     table.at(r, "age_band"))
    if what[0] == "employees":
        for r in np.flatnonzero(np.isnan(table.numbers.get("tier", blank)) & (count > 0)):
            problems.add("E_MISSING", "employees without a tier have no known families",
                         'Write a tier, or say counts = "members" in the map', table.at(r, "tier"))
        people = with_families(people)
    size = len(people["group"])
    people |= {"exposure": np.ones(size), "own_scale": np.full(size, np.nan)}
    people["factor"] = np.ones(size) if scale_rule == "one" else factors(
        people["age_band"], people["sex"])
    del people["row"]
    return people


def _counted(table, problems):
    """(what is counted, in which column), or None."""
    given = [key for key in ("employees", "members", "count") if key in table]
    if len(given) != 1:
        what = "several columns count" if given else "no column counts"
        problems.add("E_HEADER", f"{what} people", "Have one: employees, members or count",
                     table.place)
        return None
    if given[0] != "count":
        return given[0], given[0]
    if "relation" in table:
        return "members", "count"
    if table.counts:
        return table.counts, "count"
    problems.add("E_AMBIGUOUS", f'"{table.headers["count"]}" may count employees or members',
                 'Say counts = "employees" or counts = "members" for the source in the map',
                 table.place)
    return None


def with_families(employees):
    """Employees with spouses and children behind them; `family` numbers those of more than one person."""
    tier = employees["tier"]
    children = np.zeros(len(tier), int)
    for t in WITH_CHILDREN:
        mine = np.flatnonzero(tier == t)
        steps = np.cumsum(factor_tables.families()["children"][t])[:-1]
        children[mine] = 1 + (_even(len(mine))[:, 0][:, None] >= steps).sum(axis=1)
    spouses = np.flatnonzero(np.isin(tier, WITH_SPOUSE))
    parents = np.repeat(np.arange(len(tier)), children)
    source = np.concatenate([np.arange(len(tier)), spouses, parents])
    relation = np.repeat([EMPLOYEE, SPOUSE, CHILD], [len(tier), len(spouses), len(parents)])
    band, sex = _bands_and_sexes(employees, source, relation, len(parents))
    family = np.where((tier > 0)[source], source + 1.0, 0.0)
    order = np.argsort(source, kind="stable")
    people = {
        "group": employees["group"][source], "tier": tier[source],
        "relation": relation.astype(float), "age_band": band, "sex": sex, "family": family,
        "law": employees["law"][source], "row": employees["row"][source]
    }
    return {key: values[order] for key, values in people.items()}


def _bands_and_sexes(employees, source, relation, child_count):
    table, even = factor_tables.families(), _even(child_count)
    child_band = (even[:, 0][:, None] >= np.cumsum(table["child_bands"])[:-1]).sum(axis=1)
    child_sex = (even[:, 1] < table["child_female"]).astype(float)
    band, sex = employees["age_band"][source].copy(), employees["sex"][source].copy()
    band[relation == SPOUSE] = np.maximum(band[relation == SPOUSE], 2)
    sex[relation == SPOUSE] = 1 - sex[relation == SPOUSE]
    band[relation == CHILD], sex[relation == CHILD] = child_band, child_sex
    return band, sex


def _even(count):
    return (0.5 + np.arange(1, count + 1)[:, None] * EVEN_STEPS) % 1.0
