# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Results that have no page of their own are shown as their tables."""

from .blocks import Section, table_block
from .columns import columns

TITLES = {
    "layers": "Layers of persons",
    "group": "The group’s year",
    "groups": "Every group’s year",
    "totals": "All groups together",
    "effects": "Factors of the year",
    "members": "Person by person",
    "families": "Families",
    "maturity": "Contract bases",
}
SEARCH = ("group_id", "member_row")


def tables_section(results):
    blocks = [
        table_block(
            name,
            TITLES.get(name, table.title or name.capitalize()),
            columns(table),
            table,
            search=next((c for c in SEARCH if c in table and table[c].dtype.kind == "U"), ""),
        )
        for name, table in results.tables.items()
        if table.rows
    ]
    return Section("tables", "Tables", "Every table of the results file.", blocks)
