# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Sections of a run of the whole book: exceedance, treaties, who makes the tail."""

import numpy as np

from . import charts
from .amounts import curve, level_words, name, named
from .blocks import Card, Cards, Figure, Section, table_block
from .columns import column, columns
from .numbers import amount, grouped, money, percent, short_money

SHOWN = ["gross", "ceded", "net"]


def shown_metrics(risk):
    """Amounts worth a curve: gross alone where nothing is ceded."""
    present = set(risk["metric"].tolist())
    ceded = risk["var_usd"][risk["metric"] == "ceded"]
    return (
        ["gross"]
        if not len(ceded) or not ceded.any()
        else [name for name in SHOWN if name in present]
    )


def headline_section(results):
    metrics, risk = results.tables["metrics"], results.tables["risk"]
    cards = [
        card for metric in shown_metrics(risk) for card in _amount_cards(metrics, risk, metric)
    ]
    cards += _ratio_cards(results.tables.get("loss_ratio"))
    lead = "US dollars a year of the whole book, all groups in the same simulated years. ± is one standard error of the simulation."
    return Section(
        "headline",
        "In short",
        lead,
        [
            Cards(cards),
            table_block("metrics", "An average year, by amount", columns(metrics), named(metrics)),
        ],
    )


def _amount_cards(metrics, risk, metric):
    """Average, VaR, TVaR and economic capital of one amount at the highest level."""
    level = risk["level"].max()
    mean = int(np.flatnonzero(metrics["metric"] == metric)[0])
    row = int(np.flatnonzero((risk["metric"] == metric) & (risk["level"] == level))[0])
    said, once = level_words(level), f"exceeded 1 year in {grouped(1 / (1 - level))}"
    return [
        Card(
            f"{name(metric)}, average year",
            short_money(metrics["mean_usd"][mean]),
            "± " + short_money(metrics["se_usd"][mean]),
        ),
        Card(
            f"{name(metric)}, VaR {said}",
            short_money(risk["var_usd"][row]),
            "± " + short_money(risk["var_se_usd"][row]),
            once,
        ),
        Card(
            f"{name(metric)}, TVaR {said}",
            short_money(risk["tvar_usd"][row]),
            "± " + short_money(risk["tvar_se_usd"][row]),
            "average of the years beyond",
        ),
        Card(
            f"{name(metric)}, economic capital",
            short_money(risk["economic_capital_usd"][row]),
            note="TVaR less average",
        ),
    ]


def _ratio_cards(table):
    if table is None:
        return []
    return [
        card
        for row in range(table.rows)
        for card in (
            Card(
                f"{name(str(table['metric'][row]))} loss ratio",
                percent(table["mean"][row]),
                "± " + percent(table["se"][row], 2),
                "average of all years",
            ),
            Card(
                f"Chance that {str(table['metric'][row])} losses exceed premium",
                percent(table["probability_above_1"][row]),
                "± " + percent(table["probability_above_1_se"][row], 2),
            ),
        )
    ]


def tail_section(results):
    risk = results.tables["risk"]
    blocks = [
        _exceedance(results),
        _risk_bars(risk),
        *_loss_ratio(results),
        *_largest_claim(results),
    ]
    blocks.append(
        table_block("risk", "Bad years: VaR, TVaR and economic capital", columns(risk), named(risk))
    )
    lead = "How bad a year can be, and how often. Bands and ± speak of the simulation alone, given the assumptions."
    return Section("tail", "Bad years", lead, blocks)


def _exceedance(results):
    table, risk = results.tables.get("exceedance"), results.tables["risk"]
    lines, bands = [], []
    for metric in shown_metrics(risk):
        series = name(metric)
        rows = np.flatnonzero(table["metric"] == metric) if table is not None else []
        if metric in results.losses:
            points = zip(*curve(results.losses[metric]))
        else:
            points = ((table["return_period_years"][r], table["loss_usd"][r]) for r in rows)
        lines += [{"period": float(p), "loss": float(v), "series": series} for p, v in points]
        bands += [
            {
                "period": float(table["return_period_years"][r]),
                "low": float(table["low_usd"][r]),
                "high": float(table["high_usd"][r]),
                "series": series,
            }
            for r in rows
            if np.isfinite(table["low_usd"][r]) and np.isfinite(table["high_usd"][r])
        ]
    marks = list(_marks(risk))
    behind = None
    if table is not None:
        rows = np.isin(table["metric"], shown_metrics(risk))
        shown = columns(
            table,
            [
                "metric",
                "return_period_years",
                "probability",
                "loss_usd",
                "se_usd",
                "low_usd",
                "high_usd",
            ],
        )
        behind = table_block(
            "exceedance", "Exceeded once in so many years", shown, named(table), rows
        )
    said = "; ".join(f"{m['series']} {m['text']}" for m in marks)
    return Figure(
        "exceedance-chart",
        "What a year may cost: exceedance of yearly amounts",
        "All payments of a year added up (AEP). Circles mark VaR, diamonds TVaR; bars are 95% intervals where one can be relied on.",
        charts.exceedance(lines, marks, bands),
        f"Exceedance curves. {said}",
        behind,
        wide=True,
    )


def _marks(risk):
    for metric in shown_metrics(risk):
        for row in np.flatnonzero(risk["metric"] == metric):
            level = float(risk["level"][row])
            for figure, stem in (("VaR", "var"), ("TVaR", "tvar")):
                value, error = float(risk[stem + "_usd"][row]), float(risk[stem + "_se_usd"][row])
                yield {
                    "period": 1 / (1 - level),
                    "loss": value,
                    "series": name(metric),
                    "figure": figure,
                    "text": f"{figure} {level_words(level)}: {money(value)} ± {money(error)}",
                }


def _risk_bars(risk):
    level = risk["level"].max()
    values = []
    for row in np.flatnonzero(
        (risk["level"] == level) & np.isin(risk["metric"], shown_metrics(risk))
    ):
        for figure, source, error in (
            ("average", "mean_usd", None),
            ("VaR", "var_usd", "var_se_usd"),
            ("TVaR", "tvar_usd", "tvar_se_usd"),
        ):
            value = float(risk[source][row])
            spread = 1.96 * float(risk[error][row]) if error else float("nan")
            values.append(
                {
                    "bar": f"{name(str(risk['metric'][row]))}, {figure}",
                    "usd": value,
                    "text": money(value),
                    **(
                        {"low": value - spread, "high": value + spread}
                        if np.isfinite(spread)
                        else {}
                    ),
                }
            )
    order = [v["bar"] for v in values]
    spec = charts.bars(
        values, "bar", "usd", charts.money_axis("US dollars a year"), ("low", "high"), order
    )
    return Figure(
        "before-after",
        f"Before and after reinsurance, level {level_words(level)}",
        "Lines are ± 1.96 standard errors.",
        spec,
        "; ".join(f"{v['bar']} {v['text']}" for v in values),
    )


def _loss_ratio(results):
    table = results.tables.get("loss_ratio")
    if table is None:
        return []
    blocks = []
    for row in range(table.rows):
        metric, premium = str(table["metric"][row]), float(table["premium_usd"][row])
        if metric in results.losses and premium > 0:
            blocks.append(
                _ratio_figure(
                    metric,
                    results.losses[metric] / premium,
                    float(table["probability_above_1"][row]),
                )
            )
    blocks.append(
        table_block("loss-ratio", "Losses over premium", ratio_columns(table), named(table))
    )
    return blocks


def ratio_columns(table):
    forms = {"mean": "percent", "se": "percent2", "sd": "percent"}
    return [
        column(table, c, form=forms[c]) if c in forms else column(table, c) for c in table.columns
    ]


def _ratio_figure(metric, ratios, above):
    edges = np.linspace(ratios.min(), np.quantile(ratios, 0.998), 37)
    counts, _ = np.histogram(np.minimum(ratios, edges[-1]), edges)
    values = [
        {
            "from": float(a),
            "to": float(b),
            "share": float(c / len(ratios)),
            "text": f"{percent(a, 0)} to {percent(b, 0)}: {percent(c / len(ratios), 2)} of years",
        }
        for a, b, c in zip(edges[:-1], edges[1:], counts)
    ]
    spec = charts.histogram(values, charts.percent_axis("Losses over premium"), 1.0, "premium")
    return Figure(
        f"ratio-{metric}",
        f"{name(metric)} loss ratio of a year",
        "The last bar holds all worse years.",
        spec,
        f"Share of years by loss ratio; {percent(above)} of years are above 100%",
    )


def _largest_claim(results):
    table = results.tables.get("exceedance")
    rows = np.flatnonzero(table["metric"] == "largest_claim") if table is not None else []
    if not len(rows):
        return []
    values = [_chance_row(table, row) for row in rows]
    order = [v["bar"] for v in values]
    spec = charts.bars(
        values,
        "bar",
        "chance",
        charts.percent_axis("Chance in a year"),
        ("low", "high"),
        order,
        colour_=charts.TEAL,
    )
    shown = columns(
        table, ["loss_usd", "probability", "probability_se", "probability_low", "probability_high"]
    )
    return [
        Figure(
            "largest-claim",
            "Large claims: chance that any one person’s claims exceed an amount",
            "Per person and year (OEP); lines are 95% intervals.",
            spec,
            "; ".join(f"above {v['bar']} {v['text']}" for v in values),
            table_block(
                "largest-claim-table",
                "Chance that the largest claims of a person exceed an amount",
                shown,
                table,
                rows,
            ),
        )
    ]


def _chance_row(table, row):
    chance, low, high = (
        float(table[c][row]) for c in ("probability", "probability_low", "probability_high")
    )
    ends = {"low": low, "high": high} if np.isfinite(low) and np.isfinite(high) else {}
    return {
        "bar": amount(float(table["loss_usd"][row])),
        "chance": chance,
        "text": percent(chance),
        **ends,
    }
