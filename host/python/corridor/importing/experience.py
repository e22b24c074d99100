# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Past periods and large claims: rows that belong to a group."""
import numpy as np

from .fields import TABLES, TIER_NAMES
from .people import group_rows

NEUTRAL = {
    "experience": {"months": 12, "basis": 0, "shock_count": 0},
    "large_claims": {"prognosis": 0, "status": 0, "paid_usd": 0, "pended_usd": 0}
}


def by_group(name, tables, index, problems):
    """Columns [row] of /experience or /large_claims, or {} where there are none."""
    parts = [_part(name, table, index, problems) for table in tables]
    if problems.error_count or not sum(len(part["group"]) for part in parts):
        return {}
    types = {field.name: field.dtype for field in TABLES[name]} | {"group": "u4"}
    keys = [key for key in parts[0] if all(key in part for part in parts)]
    return {key: np.concatenate([part[key] for part in parts]).astype(types[key]) for key in keys}


def _part(name, table, index, problems):
    part = {"group": group_rows(table, index, problems).astype("f8")}
    for field in TABLES[name][1:]:
        values = _column(table, field)
        if values is not None:
            part[field.name] = _filled(table, field, values, NEUTRAL[name], problems)
    return part


def _column(table, field):
    if not field.tiers:
        return table.numbers.get(field.name)
    keys = [f"{field.name}_{tier}" for tier in TIER_NAMES]
    none = np.zeros(len(table))
    if any(key in table for key in keys):
        return np.column_stack([np.nan_to_num(table.numbers.get(key, none)) for key in keys])
    if field.name in table:
        return np.column_stack([table.numbers[field.name], *[none] * 3])
    return None


def _filled(table, field, values, neutral, problems):
    if field.name in neutral:
        return np.where(np.isnan(values), neutral[field.name], values)
    missing = np.isnan(values) if values.ndim == 1 else np.isnan(values).any(axis=1)
    for row in np.flatnonzero(missing):
        if table.is_named(row):
            continue
        problems.add("E_MISSING", f"no {field.name}", "Write it, or take the row or the column out",
                     table.at(row, field.name))
    return values
