# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Sections of a study of rare layers: what each layer costs, how often it is hit, and in which groups."""

import numpy as np

from . import charts
from .blocks import Card, Cards, Figure, Prose, Section, TableBlock
from .columns import Column, columns, label_of
from .numbers import amount, grouped, money, percent, short_money

ALL, MOST_BARS = "all", 12
MINOR = [
    "sd_se_usd",
    "probability_se",
    "hits",
    "effective_sample_size",
    "largest_weight",
    "plain_se_usd",
    "variance_ratio",
]


def layer_name(table, row):
    """$1M above $2M, as people say a layer."""
    attachment, limit = float(table["attachment_usd"][row]), float(table["limit_usd"][row])
    width = "all" if np.isinf(limit) else amount(limit)
    return f"{width} above {amount(attachment)}"


def together(table):
    """Rows of all groups of the study; of the one group where it is alone."""
    rows = np.flatnonzero(table["group_id"] == ALL)
    return rows if len(rows) else np.arange(table.rows)


def single(table):
    """Rows of single groups; none where one group is all there is."""
    rows = np.flatnonzero(table["group_id"] != ALL)
    return rows if len(rows) > len(together(table)) else rows[:0]


def headline_section(results):
    table, cards = results.tables["layers"], []
    premium = next((n for n in table.columns if n.startswith("premium_")), "")
    for row in together(table)[:4]:
        cards += _cards(table, int(row), premium)
    groups = np.unique(table["group_id"][table["group_id"] != ALL])
    whose = f"group {groups[0]}" if len(groups) == 1 else f"{grouped(len(groups))} groups"
    lead = (
        f"Layers of each person’s claims of a year, all persons of {whose} added up; US dollars a year. Expected losses are "
        "closed forms; ± is one standard error of the simulation beside them."
    )
    return Section("headline", "In short", lead, [Cards(cards)])


def _cards(table, row, premium):
    name = layer_name(table, row)
    get = {n: float(table[n][row]) for n in table.columns if table[n].dtype.kind == "f"}
    made = [
        Card(
            f"{name}, expected loss",
            short_money(get["exact_usd"]),
            note=f"simulated {money(get['mean_usd'])} ± {money(get['se_usd'])}",
        ),
        Card(
            f"{name}, chance of a loss",
            percent(get["probability"]),
            "± " + percent(get["probability_se"], 2 if get["probability_se"] >= 5e-5 else 3),
            f"SD of a year {short_money(get['sd_usd'])}",
        ),
    ]
    tail = next((n for n in table.columns if n.startswith("tvar_") and not n.endswith("_se_usd")), "")
    if tail:
        error = get[tail.replace("_usd", "_se_usd")]
        made.append(
            Card(f"{name}, {label_of(tail)}", short_money(get[tail]), "± " + short_money(error))
        )
    if premium:
        on_line = get.get("rate_on_line", np.nan)
        said = "" if np.isnan(on_line) else f"{percent(on_line)} rate on line"
        principle = premium.removeprefix("premium_").removesuffix("_usd").replace("_", " ")
        made.append(
            Card(
                f"{name}, risk-loaded cost",
                short_money(get[premium]),
                note=", ".join(filter(None, (f"by {principle}", said))),
            )
        )
    return made


def layers_section(results):
    table = results.tables["layers"]
    rows = together(table)
    order = [layer_name(table, row) for row in rows]
    losses = [_bar(table, row, "mean_usd", "se_usd", money) for row in rows]
    chances = [_bar(table, row, "probability", "probability_se", percent) for row in rows]
    figures = [
        Figure(
            "layer-losses",
            "Loss of an average year by layer",
            "Bars are simulated, lines ± 1.96 standard errors; closed forms stand in the table.",
            charts.bars(
                losses,
                "bar",
                "value",
                charts.money_axis("US dollars a year"),
                ("low", "high"),
                order,
                30,
            ),
            "; ".join(f"{v['bar']} {v['text']}" for v in losses),
            _named_table("layers-together", "Layers side by side", table, rows),
        ),
        Figure(
            "layer-chances",
            "Chance of any loss in a year by layer",
            "Lines are ± 1.96 standard errors.",
            charts.bars(
                chances,
                "bar",
                "value",
                charts.percent_axis("Chance in a year", format=".1~%"),
                ("low", "high"),
                order,
                30,
                charts.TEAL,
            ),
            "; ".join(f"{v['bar']} {v['text']}" for v in chances),
        ),
    ]
    lead = "Years are drawn with a claim in the layer and weighted by the chance of that, so rare layers are as sure as common ones."
    return Section("layers-section", "Layer by layer", lead, figures)


def _bar(table, row, value, error, said):
    middle, spread = float(table[value][row]), 1.96 * float(table[error][row])
    digits = {"decimals": 2} if said is percent else {}
    ends = (
        {"low": max(middle - spread, 0), "high": middle + spread} if np.isfinite(spread) else {}
    )
    return {
        "bar": layer_name(table, row),
        "value": middle,
        "text": f"{said(middle)} ± {said(spread / 1.96, **digits)}",
        **ends,
    }


def _named_table(id_, caption, table, rows, group=False, **options):
    """A table whose first columns say whose layer it is."""
    shown = [
        c
        for c in columns(table)
        if c.name not in ("group_id", "attachment_usd", "limit_usd", *([] if group else MINOR))
    ]
    data = {c.name: table[c.name][rows] for c in shown}
    data["layer"] = np.array([layer_name(table, row) for row in rows])
    first = [Column("layer", "Layer", "text", "limit above attachment, of each person’s claims")]
    if group:
        data["group_id"] = table["group_id"][rows]
        first.insert(0, columns(table, ["group_id"])[0])
    return TableBlock(id_, caption, [*first, *shown], data, **options)


def groups_section(results):
    table = results.tables["layers"]
    rows = single(table)
    if not len(rows):
        return None
    names = list(dict.fromkeys(layer_name(table, row) for row in rows))
    groups, codes = np.unique(table["group_id"][rows], return_inverse=True)
    total = np.bincount(codes.reshape(-1), weights=table["exact_usd"][rows])
    top = [str(groups[at]) for at in np.argsort(-total, kind="stable")[:MOST_BARS]]
    values = [
        {
            "bar": str(table["group_id"][row]),
            "part": layer_name(table, row),
            "usd": float(table["exact_usd"][row]),
            "text": f"{layer_name(table, row)}: {money(float(table['exact_usd'][row]))}",
        }
        for row in rows
        if str(table["group_id"][row]) in set(top)
    ]
    many = len(groups) > len(top)
    spec = charts.stacked_bars(values, top, names, charts.money_axis("Expected loss, US dollars a year"))
    figure = Figure(
        "layer-groups",
        f"Groups with the largest expected losses{f': {len(top)} of {grouped(len(groups))}' if many else ''}",
        "Closed forms; layers one upon another.",
        spec,
        "; ".join(f"{v['bar']} {v['text']}" for v in values[:6]),
        _named_table(
            "layers",
            "Every group and layer",
            table,
            rows,
            group=True,
            search="group_id",
            choices=("layer",),
            extra={"minor": [n for n in MINOR if n in table], "noun": "rows"},
        ),
        wide=True,
    )
    note = "“More columns” holds what the weights were worth: hits, effective sample, variance ratio."
    return Section("layer-groups-section", "Group by group", "", [figure, Prose(note, "note")])
