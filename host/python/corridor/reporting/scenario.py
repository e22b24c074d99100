# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Sections of a scenario: base against stressed, changes with errors of paired years."""

import numpy as np

from . import charts
from .amounts import curve, figure_words, name, named
from .blocks import Card, Cards, Figure, Prose, Section, table_block
from .columns import columns
from .numbers import money, percent, short_money


def _row(changes, metric, figure):
    rows = np.flatnonzero((changes["metric"] == metric) & (changes["figure"] == figure))
    return int(rows[0]) if len(rows) else None


def headline_section(results):
    changes, cards = results.tables["changes"], []
    for metric in ("gross", "net"):
        for figure in dict.fromkeys(changes["figure"].tolist()):
            row = _row(changes, metric, figure)
            if row is None or figure == "sd" or not changes["base_usd"][row]:
                continue
            change, error, base = (
                float(changes[c][row]) for c in ("change_usd", "change_se_usd", "base_usd")
            )
            cards.append(
                Card(
                    f"{name(metric)}, {figure_words(figure)}",
                    _plus(short_money(change)),
                    "± " + short_money(error),
                    f"{_plus(percent(change / base))} on {short_money(base)}",
                )
            )
    ratio = results.tables.get("loss_ratio")
    if ratio is not None:
        cards.append(
            Card(
                "Gross loss ratio",
                f"{percent(ratio['base_ratio'][0])} → {percent(ratio['stressed_ratio'][0])}",
                note="expected payouts over premium",
            )
        )
        cards.append(
            Card(
                "Chance that losses exceed premium",
                f"{percent(ratio['base_above_premium'][0])} → {percent(ratio['stressed_above_premium'][0])}",
                "± " + percent(ratio["above_premium_change_se"][0], 2) + " (change)",
            )
        )
    said = ": ".join(
        filter(None, (_run_text(results, "stress", "name"), _run_text(results, "description")))
    )
    lead = (f"Stress {said}. " if said else "") + (
        "US dollars a year. Both runs use the same random numbers, so changes are far surer than "
        "either figure alone."
    )
    return Section("headline", "In short", lead, [Cards(cards)])


def _run_text(results, *parts):
    """The first text of the run's attributes or settings whose name has one of `parts`."""
    run = {
        **results.run.get("settings", {}),
        **{k: v for k, v in results.run.items() if isinstance(v, str)},
    }
    for key, value in run.items():
        if any(key.split(".")[-1] in (part, f"stress_{part}") for part in parts) and value:
            return str(value).rstrip(".")
    return ""


def _plus(text):
    return text if text[:1] in ("−", "–") else "+" + text


def stress_section(results):
    changes = results.tables["changes"]
    blocks = [_changes_figure(changes)]
    if "exceedance" in results.tables:
        blocks.append(_exceedance(results))
    if "loss_ratio" in results.tables:
        blocks.append(
            table_block(
                "loss-ratio",
                "Losses over premium, both runs",
                columns(results.tables["loss_ratio"]),
                named(results.tables["loss_ratio"]),
            )
        )
    return Section(
        "stress",
        "As it is, and under the stress",
        "Every figure of the book in both runs, on the same draws.",
        blocks,
    )


def _changes_figure(changes):
    values = []
    for row in range(changes.rows):
        base, change, error = (
            float(changes[c][row]) for c in ("base_usd", "change_usd", "change_se_usd")
        )
        if changes["figure"][row] == "sd" or not base:
            continue
        ends = (
            {"low": (change - 1.96 * error) / base, "high": (change + 1.96 * error) / base}
            if np.isfinite(error)
            else {}
        )
        values.append(
            {
                "bar": f"{name(str(changes['metric'][row]))}, {figure_words(str(changes['figure'][row]))}",
                "ratio": change / base,
                "text": f"{_plus(percent(change / base))}: {_plus(money(change))} ± {money(error)}",
                **ends,
            }
        )
    spec = charts.bars(
        values,
        "bar",
        "ratio",
        charts.percent_axis("Change against the base"),
        ("low", "high"),
        [v["bar"] for v in values],
        22,
        charts.AMBER,
    )
    table = table_block(
        "changes", "Base and stressed figures of a year", columns(changes), named(changes)
    )
    return Figure(
        "changes-chart",
        "How much each figure changes",
        "Lines are 95% intervals (± 1.96 standard errors of paired years).",
        spec,
        "; ".join(f"{v['bar']} {v['text']}" for v in values[:8]),
        table,
        wide=True,
    )


def _exceedance(results):
    table, lines = results.tables["exceedance"], []
    for run, label in (("base", "as it is"), ("stressed", "stressed")):
        for metric in ("gross", "net"):
            losses = results.losses.get(f"{run}_{metric}")
            rows = np.flatnonzero(table["metric"] == metric)
            points = (
                zip(*curve(losses))
                if losses is not None
                else zip(table["return_period_years"][rows], table[f"{run}_usd"][rows])
            )
            lines += [
                {"period": float(p), "loss": float(v), "series": name(metric), "run": label}
                for p, v in points
            ]
    behind = table_block(
        "exceedance", "Exceeded once in so many years, both runs", columns(table), named(table)
    )
    return Figure(
        "exceedance-chart",
        "What a year may cost, in both runs",
        "All payments of a year added up (AEP).",
        charts.exceedance(lines, [], []),
        "Exceedance curves of gross and net, as the book is and under the stress",
        behind,
        wide=True,
    )


def groups_section(results):
    groups = results.tables.get("groups")
    if groups is None:
        return None
    order = np.argsort(-np.abs(np.nan_to_num(groups["change_usd"])), kind="stable")[:12]
    values = [
        {
            "bar": str(groups["group_id"][row]),
            "usd": float(groups["change_usd"][row]),
            "text": _plus(money(float(groups["change_usd"][row]))),
        }
        for row in order
    ]
    spec = charts.bars(
        values,
        "bar",
        "usd",
        charts.money_axis("Change of expected payouts, US dollars a year"),
        order=[v["bar"] for v in values],
        height_per=24,
        colour_=charts.AMBER,
    )
    table = table_block(
        "groups",
        "Every group, as it is and under the stress",
        columns(groups),
        groups,
        search="group_id",
        extra={"noun": "groups"},
    )
    figure = Figure(
        "groups-chart",
        "Groups that change most",
        "Change of the expected payouts of both covers.",
        spec,
        "; ".join(f"{v['bar']} {v['text']}" for v in values[:5]),
        table,
        wide=True,
    )
    return Section(
        "groups-section",
        "Group by group",
        "",
        [figure, Prose("A blank attachment means no aggregate cover.", "note")],
    )
