# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Sections of runs that are shown as their tables: rare layers, a replay, contract bases."""

import numpy as np

from .blocks import Card, Cards, Section, table_block
from .columns import columns
from .numbers import grouped, money, short_money

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


def headline_section(results):
    if results.schema == "corridor.layers":
        return _layers(results.tables["layers"])
    cards = [
        Card(TITLES.get(name, name.capitalize()), grouped(table.rows), note="rows")
        for name, table in results.tables.items()
    ]
    return Section("headline", "In short", "US dollars a policy year.", [Cards(cards)])


def _layers(table):
    rows = np.flatnonzero(table["group_id"] == "all")
    cards = []
    for row in rows if len(rows) else range(min(table.rows, 4)):
        limit = float(table["limit_usd"][row])
        label = f"{'all above' if np.isinf(limit) else short_money(limit) + ' above'} {short_money(float(table['attachment_usd'][row]))}"
        cards.append(
            Card(
                label,
                short_money(float(table["mean_usd"][row])),
                "± " + money(float(table["se_usd"][row])),
                "a year, average",
            )
        )
    return Section(
        "headline",
        "In short",
        "Layers of each person’s claims of a year, all persons added up; US dollars a year.",
        [Cards(cards)],
    )


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
