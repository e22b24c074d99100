# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Sections of an employer's study: what the year may cost, option by option."""

import numpy as np

from . import charts
from .blocks import Card, Cards, Figure, Prose, Section, table_block
from .amounts import named
from .columns import Column, columns
from .numbers import amount, grouped, money, percent, ratio, short_money

MAIN = [
    "specific_deductible_usd",
    "aggregate_corridor",
    "aggregate_attachment_usd",
    "fees_usd",
    "premium_usd",
    "fixed_usd",
    "net_claims_mean_usd",
    "cost_mean_usd",
    "cost_se_usd",
    "cost_sd_usd",
    "cost_p50_usd",
    "cost_p90_usd",
    "cost_p95_usd",
    "cost_p99_usd",
    "cost_largest_usd",
    "maximum_liability_usd",
    "p_aggregate_attaches",
    "p_any_claimant",
    "expected_claimants",
    "budget_at_confidence_usd",
]


def option_name(options, row):
    """Deductible and corridor in words."""
    deductible, corridor = float(options["specific_deductible_usd"][row]), float(
        options["aggregate_corridor"][row]
    )
    first = "no specific" if np.isinf(deductible) else f"{amount(deductible)} deductible"
    return first if np.isnan(corridor) else f"{first}, corridor {ratio(corridor)}"


OF_OPTION = ("option", "specific_deductible_usd", "aggregate_corridor")


def by_option(id_, caption, table, options, rows=None, names=None):
    """A table whose first column names the option; with one option alone it says nothing of it."""
    shown = [c for c in columns(table, names) if c.name not in OF_OPTION]
    made = table_block(id_, caption, shown, named(table), rows)
    if options.rows > 1:
        picked = table["option"] if rows is None else table["option"][rows]
        made.columns.insert(0, Column("option", "Option", "text"))
        made.data["option"] = np.array([option_name(options, int(o)) for o in picked])
    return made


def headline_section(results):
    options = results.tables["options"]
    cards = _one_option(options) if options.rows == 1 else _each_option(options)
    group, members = results.attributes.get("group_id", ""), float(
        results.attributes.get("members", np.nan)
    )
    lead = (
        f"Group {group}, {grouped(members)} members. Cost of a year is fees, stop-loss premium and the claims that stay with the employer, in US dollars "
        "for the policy’s months."
    )
    return Section(
        "headline",
        "In short",
        lead,
        [
            Cards(cards),
            by_option(
                "options",
                "Options side by side" if options.rows > 1 else "The option in figures",
                options,
                options,
                names=OF_OPTION[:1] + tuple(MAIN),
            ),
        ],
    )


def _each_option(options):
    return [
        Card(
            option_name(options, row),
            short_money(float(options["cost_mean_usd"][row])),
            "± " + short_money(float(options["cost_se_usd"][row])),
            _bad_years(options, row),
        )
        for row in range(min(options.rows, 6))
    ]


def _one_option(options):
    get = {n: float(options[n][0]) for n in options.columns if options[n].dtype.kind == "f"}
    cards = [
        Card(
            "Average year",
            short_money(get["cost_mean_usd"]),
            "± " + short_money(get["cost_se_usd"]),
            option_name(options, 0),
        ),
        Card("9 years in 10 cost at most", short_money(get["cost_p90_usd"])),
        Card("99 years in 100 cost at most", short_money(get["cost_p99_usd"])),
        Card("Premium and fees", short_money(get["fixed_usd"]), note="whatever the year brings"),
        Card("Claims kept", short_money(get["net_claims_mean_usd"]), note="average year"),
    ]
    if np.isfinite(get.get("p_aggregate_attaches", np.nan)):
        cards.append(Card("Chance the aggregate pays", percent(get["p_aggregate_attaches"])))
    return cards


def _bad_years(options, row):
    nine, most = (short_money(float(options[f"cost_{p}_usd"][row])) for p in ("p90", "p99"))
    return f"average year; 9 years in 10 cost at most {nine}, 99 in 100 at most {most}"


def cost_section(results):
    options, blocks = results.tables["options"], []
    if "percentiles" in results.tables:
        blocks.append(_percentiles(results.tables["percentiles"], options))
    blocks.append(_parts(options))
    if "histogram" in results.tables:
        blocks += [
            _histogram(results.tables["histogram"], options, row)
            for row in range(min(options.rows, 8))
        ]
    lead = "Retained claims and premium together: what the budget has to bear in good years and in bad ones."
    return Section("cost", "What a year may cost", lead, [block for block in blocks if block])


def _parts(options):
    values = []
    for row in range(options.rows):
        for part, column in (
            ("Fees", "fees_usd"),
            ("Stop-loss premium", "premium_usd"),
            ("Claims kept", "net_claims_mean_usd"),
        ):
            value = float(options[column][row])
            if value:
                values.append(
                    {
                        "option": option_name(options, row),
                        "part": part,
                        "usd": value,
                        "text": f"{part}: {money(value)}",
                    }
                )
    order, parts = list(dict.fromkeys(v["option"] for v in values)), list(
        dict.fromkeys(v["part"] for v in values)
    )
    spec = charts.base(
        values,
        max(90, 34 * len(order)),
        mark={"type": "bar", "height": {"band": 0.66}},
        encoding={
            "y": {
                "field": "option",
                "type": "nominal",
                "sort": order,
                "title": None,
                "axis": {"labelLimit": 210},
            },
            "x": {
                "field": "usd",
                "type": "quantitative",
                "stack": True,
                "axis": charts.money_axis("Average year, US dollars"),
            },
            "color": charts.colour("part", parts),
            "order": {"field": "part", "sort": "descending"},
            "tooltip": [{"field": "text", "type": "nominal", "title": " "}],
        },
    )
    return Figure(
        "parts",
        "What the average year is made of",
        "",
        spec,
        "; ".join(f"{v['option']}: {v['text']}" for v in values),
    )


def _percentiles(table, options):
    rows = np.flatnonzero(table["figure"] == "cost")
    values = [
        {
            "level": float(table["level"][r]),
            "usd": float(table["usd"][r]),
            "low": float(table["low_usd"][r]),
            "high": float(table["high_usd"][r]),
            "option": option_name(options, int(table["option"][r])),
            "text": f"{percent(float(table['level'][r]))} of years up to {money(float(table['usd'][r]))}",
        }
        for r in rows
    ]
    order = list(dict.fromkeys(v["option"] for v in values))
    x = {
        "field": "level",
        "type": "quantitative",
        "axis": charts.percent_axis("Share of years that cost no more"),
    }
    y = {
        "field": "usd",
        "type": "quantitative",
        "axis": charts.money_axis("Cost of the year"),
        "scale": {"zero": False},
    }
    key = {"direction": "vertical", "labelLimit": 320, "symbolOpacity": 1}
    legend = charts.colour("option", order, legend=key)
    spec = charts.base(
        values,
        300,
        layer=[
            {
                "mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.35},
                "encoding": {
                    "x": x,
                    "y": {"field": "low", "type": "quantitative", "scale": {"zero": False}},
                    "y2": {"field": "high"},
                    "color": legend,
                },
            },
            {
                "mark": {"type": "line", "strokeWidth": 2.2, "point": {"size": 50}},
                "encoding": {
                    "x": x,
                    "y": y,
                    "color": legend,
                    "tooltip": [{"field": "text", "type": "nominal", "title": " "}],
                },
            },
        ],
    )
    behind = by_option("percentiles", "Percentiles of the year", table, options)
    return Figure(
        "percentiles-chart",
        "Cost by share of years",
        "Bars are intervals of the simulation.",
        spec,
        "; ".join(f"{v['option']}: {v['text']}" for v in values if v["level"] in (0.5, 0.9, 0.99)),
        behind,
        wide=True,
    )


def _histogram(table, options, option):
    rows = np.flatnonzero((table["option"] == option) & (table["years"] > 0))
    total = table["years"][rows].sum()
    if not total:
        return None
    ends = last_bars(table)
    values = [_histogram_bar(table, row, float(ends[row]), total) for row in rows]
    mean = float(options["cost_mean_usd"][option])
    spec = charts.histogram(
        values, charts.money_axis("Cost of the year"), mean, f"average {short_money(mean)}", 200
    )
    every = table["years"] > 0
    domain = [float(table["from_usd"][every].min()), float(ends[every].max())]
    spec["layer"][0]["encoding"]["x"]["scale"] = {"domain": domain}
    open_ = bool(np.isinf(table["to_usd"][rows]).any())
    name = option_name(options, option)
    return Figure(
        f"cost-{option}",
        f"Cost of a year: {name}",
        "The last bar holds all dearer years." if open_ else "",
        spec,
        f"Histogram; average {money(mean)}",
        table_block(
            f"histogram-{option}",
            f"Years by cost: {name}",
            columns(table, ["from_usd", "to_usd", "years"]),
            table,
            np.flatnonzero(table["option"] == option),
        ),
    )


def last_bars(table):
    """Ends of the bars [row]: a bar without an end is drawn as wide as the one before it."""
    start, end = table["from_usd"], table["to_usd"]
    finite = np.isfinite(end)
    width = np.min((end - start)[finite]) if finite.any() else 1.0
    return np.where(finite, end, start + width)


def _histogram_bar(table, row, end, total):
    start, share = float(table["from_usd"][row]), float(table["years"][row] / total)
    to = f"to {money(end)}" if np.isfinite(table["to_usd"][row]) else "and more"
    return {
        "from": start,
        "to": end,
        "share": share,
        "text": f"{money(start)} {to}: {percent(share)} of years",
    }


def months_section(results):
    table, options = results.tables.get("months"), results.tables["options"]
    if table is None:
        return None
    blocks = []
    for option in np.unique(table["option"])[:4]:
        rows = np.flatnonzero(table["option"] == option)
        values = [
            {
                "month": int(table["month"][r]),
                **{
                    c: float(table[f"cost_{c}_usd"][r])
                    for c in ("p10", "p50", "p90", "p99", "mean")
                },
                "text": f"month {int(table['month'][r])}: half of the years below {money(float(table['cost_p50_usd'][r]))}, 1 in 10 above {money(float(table['cost_p90_usd'][r]))}",
            }
            for r in rows
        ]
        blocks.append(_months_figure(values, option_name(options, int(option)), int(option)))
    blocks.append(
        by_option("months", "Cost so far at the end of each month", table, options)
    )
    blocks.append(
        Prose(
            "The aggregate settles after the year and is in no month, but for advances of a monthly accommodation.",
            "note",
        )
    )
    return Section(
        "months-section",
        "Month by month",
        "Cost so far at the end of each policy month, as claims are paid.",
        blocks,
    )


def _months_figure(values, name, option):
    x = {
        "field": "month",
        "type": "quantitative",
        "axis": {"title": "Policy month", "tickMinStep": 1, "format": "d"},
    }
    y = {"type": "quantitative", "axis": charts.money_axis("Cost so far")}
    spec = charts.base(
        values,
        220,
        layer=[
            {
                "mark": {"type": "area", "opacity": 0.25, "color": charts.BLUE},
                "encoding": {"x": x, "y": {**y, "field": "p10"}, "y2": {"field": "p90"}},
            },
            {
                "mark": {
                    "type": "line",
                    "color": charts.BLUE,
                    "strokeWidth": 2.2,
                    "point": {"color": charts.BLUE, "size": 40},
                },
                "encoding": {
                    "x": x,
                    "y": {**y, "field": "p50"},
                    "tooltip": [{"field": "text", "type": "nominal", "title": " "}],
                },
            },
            {
                "mark": {"type": "line", "color": charts.ROSE, "strokeDash": [5, 3]},
                "encoding": {"x": x, "y": {**y, "field": "p99"}},
            },
        ],
    )
    return Figure(
        f"months-{option}",
        f"Cost so far: {name}",
        "Line: half of the years below. Band: 8 years in 10. Dashed: 1 year in 100 is above.",
        spec,
        values[-1]["text"],
    )


SHOWN = {"options", "percentiles", "histogram", "months"}
CAPTIONS = {
    "claimants": "Persons above the deductible in a year",
    "frontier": "What a higher deductible saves and risks",
    "plan_design": "Changes by the plan design",
    "subgroups": "Parts of the group",
}


def more_section(results):
    options = results.tables["options"]
    blocks = [
        by_option(key, CAPTIONS.get(key, key), table, options)
        for key, table in results.tables.items()
        if key not in SHOWN and table.rows and (key != "frontier" or table.rows > 1)
    ]
    return Section("more", "More about the options", "", blocks) if blocks else None
