# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Sections of one simulated year drawn again: how it came about, person by person or group by group."""

import numpy as np

from . import charts
from .blocks import Card, Cards, Figure, Pairs, Section, TableBlock, table_block
from .columns import Column, columns
from .numbers import grouped, money, ratio, short_money

MOST_BARS = 15
MAIN = [
    "group_id",
    "members",
    "severity_factor",
    "frequency_factor",
    "specific_deductible_usd",
    "aggregate_attachment_usd",
    "ground_up_usd",
    "specific_usd",
    "aggregate_usd",
    "carrier_usd",
    "employer_usd",
]
# How the year's payments come about: column, what it is, a note.
STEPS = [
    ("ground_up_usd", "Claims of all persons", "eligible, before any cover"),
    ("run_in_usd", "of which from years before the policy", "run-in"),
    ("excess_usd", "Above the persons’ deductibles", ""),
    ("laser_band_usd", "less what lasers keep", ""),
    ("family_usd", "plus families above their deductible", ""),
    ("over_limit_usd", "less what is above the specific limit", ""),
    ("covered_usd", "Covered by the specific", ""),
    ("specific_before_asd_usd", "Its reimbursed share", ""),
    ("asd_absorbed_usd", "less the aggregating specific", "the employer’s"),
    ("specific_usd", "The specific pays", ""),
    ("below_deductible_usd", "Below the persons’ deductibles", ""),
    ("family_credit_usd", "less what families have above theirs", ""),
    ("run_in_cut_usd", "less run-in that does not count", ""),
    ("also_counted_usd", "plus what else counts", ""),
    ("counted_usd", "Counts to the aggregate", ""),
    ("aggregate_attachment_usd", "Attachment", ""),
    ("aggregate_usd", "The aggregate pays", ""),
    ("carrier_usd", "Both covers pay", ""),
    ("employer_usd", "The employer keeps", ""),
]
ALWAYS = {"ground_up_usd", "specific_usd", "aggregate_usd", "carrier_usd", "employer_usd"}


def headline_section(results):
    year = results.run.get("settings", {}).get("year", "")
    one = "group" in results.tables
    table = results.tables["group" if one else "totals"]
    get = {n: float(table[n][0]) for n in table.columns if table[n].dtype.kind in "fiu"}
    whose = f"group {table['group_id'][0]}" if one else f"{grouped(get['groups'])} groups"
    cards = [
        Card("Claims of the year", short_money(get["ground_up_usd"]), note=_members(get)),
        Card("The specific pays", short_money(get["specific_usd"])),
        Card("The aggregate pays", short_money(get["aggregate_usd"])),
        Card("The employer keeps" if one else "Employers keep", short_money(get["employer_usd"])),
    ]
    if one:
        cards.append(
            Card(
                "The year’s severity",
                "× " + ratio(get["severity_factor"]),
                note="all effects of the year together",
            )
        )
    seed = results.run.get("seed", "")
    lead = (
        f"Year {year} of the run with seed {seed}, {whose}: one of {grouped(float(results.run.get('years', 0)))} possible years, "
        "not an expected one. US dollars."
    )
    return Section("headline", "In short", lead, [Cards(cards)])


def _members(get):
    return f"of {grouped(get['members'])} members"


def steps_section(results):
    group = results.tables.get("group")
    if group is None:
        return None
    rows = []
    for name, label, note in STEPS:
        value = float(group[name][0]) if name in group else np.nan
        if name in ALWAYS or (np.isfinite(value) and value != 0):
            rows.append((label, money(value, 2), note))
    blocks = [Pairs("How the year’s payments come about", rows)]
    effects = results.tables.get("effects")
    if effects is not None and effects.rows:
        shown = [
            c for c in columns(effects) if c.name != "years_before" or effects["years_before"].any()
        ]
        blocks.append(table_block("effects", "Factors on the claims of the year", shown, effects))
    lead = "From the claims of all persons to what each cover pays, to the cent."
    return Section("steps", "How the year came about", lead, blocks)


def persons_section(results):
    members = results.tables.get("members")
    if members is None:
        return None
    names = np.array([_person(members, row) for row in range(members.rows)])
    alone = [row for row in range(members.rows) if members["persons"][row] == 1]
    values = [part for row in alone[:MOST_BARS] for part in _parts(members, row, str(names[row]))]
    order = [str(names[row]) for row in alone[:MOST_BARS]]
    parts = list(dict.fromkeys(v["part"] for v in values))
    shown = [Column("person", "Person", "text", "row of /members in the book")]
    shown += [c for c in columns(members) if c.name not in ("member_row", "member")]
    behind = TableBlock(
        "members",
        "Person by person, largest claims first",
        shown,
        {**members.columns, "person": names},
        search="person" if members.rows > 60 else "",
        extra={"noun": "rows"},
    )
    blocks = [behind]
    if values:
        blocks = [
            Figure(
                "persons-chart",
                "Largest claims of the year, and who bears them",
                "Before shares, the aggregating specific and the aggregate.",
                charts.stacked_bars(values, order, parts, charts.money_axis("US dollars")),
                "; ".join(f"{v['bar']} {v['text']}" for v in values[:6]),
                behind,
                wide=True,
            )
        ]
    families = results.tables.get("families")
    if families is not None and families.rows:
        blocks.append(
            table_block(
                "families", "Families above their deductible", columns(families), families
            )
        )
    return Section("persons", "Person by person", "", blocks)


def _person(members, row):
    row_number, persons = float(members["member_row"][row]), int(members["persons"][row])
    if np.isnan(row_number):
        return f"{grouped(persons)} others together"
    return f"member row {row_number:.0f}"


def _parts(members, row, name):
    claim, excess, covered = (
        float(members[c][row]) for c in ("claim_usd", "excess_usd", "covered_usd")
    )
    parts = [
        ("Up to the deductible", claim - excess),
        ("Covered by the specific", covered),
        ("Above the limit", excess - covered),
    ]
    return [
        {"bar": name, "part": part, "usd": usd, "text": f"{part}: {money(usd)}"}
        for part, usd in parts
        if usd > 0.005
    ]


def groups_section(results):
    groups = results.tables.get("groups")
    if groups is None:
        return None
    order = np.argsort(-groups["carrier_usd"], kind="stable")[:12]
    values = [
        {
            "bar": str(groups["group_id"][row]),
            "part": part,
            "usd": float(groups[column][row]),
            "text": f"{part}: {money(float(groups[column][row]))}",
        }
        for row in order
        for part, column in (("Specific", "specific_usd"), ("Aggregate", "aggregate_usd"))
        if groups[column][row] > 0
    ]
    main = columns(groups, MAIN)
    more = [
        c
        for c in columns(groups)
        if c.name not in MAIN and not c.name.endswith("_cents")
    ]
    behind = table_block(
        "groups",
        "Every group’s year",
        [*main, *more],
        groups,
        search="group_id",
        extra={"minor": [c.name for c in more], "noun": "groups"},
    )
    if not values:
        return Section("groups-section", "Group by group", "", [behind])
    figure = Figure(
        "groups-chart",
        "Groups to which most is paid",
        "What both covers pay in this year.",
        charts.stacked_bars(
            values,
            list(dict.fromkeys(v["bar"] for v in values)),
            ["Specific", "Aggregate"],
            charts.money_axis("US dollars"),
        ),
        "; ".join(f"{v['bar']} {v['text']}" for v in values[:6]),
        behind,
        wide=True,
    )
    return Section("groups-section", "Group by group", "", [figure])
