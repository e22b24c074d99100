# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Sections of a run of the whole book: treaties, captives, and who makes the tail."""

import numpy as np

from . import charts
from .amounts import named
from .blocks import Figure, Prose, Section, table_block
from .columns import columns
from .numbers import grouped, money, percent


def treaties_section(results):
    treaties = results.tables.get("treaties")
    if treaties is None:
        return None
    values = []
    for row in range(treaties.rows):
        mean, se = float(treaties["ceded_mean_usd"][row]), float(treaties["ceded_se_usd"][row])
        values.append(
            {
                "bar": str(treaties["treaty"][row]),
                "usd": mean,
                "low": mean - 1.96 * se,
                "high": mean + 1.96 * se,
                "text": f"{money(mean)} ± {money(se)}",
            }
        )
    spec = charts.bars(
        values,
        "bar",
        "usd",
        charts.money_axis("Expected cession, US dollars a year"),
        ("low", "high"),
        [v["bar"] for v in values],
        colour_=charts.VIOLET,
    )
    figure = Figure(
        "treaties-chart",
        "What each treaty takes in an average year",
        "Lines are ± 1.96 standard errors.",
        spec,
        "; ".join(f"{v['bar']} {v['text']}" for v in values),
        table_block(
            "treaties", "Treaties in the order in which they act", columns(treaties), treaties
        ),
    )
    blocks = [figure]
    for table, caption in (
        ("captives", "Captives: paid in, paid back, called for"),
        ("layers", "Layers of persons beside their exact means"),
    ):
        if table in results.tables:
            blocks.append(
                table_block(table, caption, columns(results.tables[table]), results.tables[table])
            )
    return Section(
        "treaties-section",
        "Reinsurance and captives",
        "Who takes what of the carrier’s payments.",
        blocks,
    )


KINDS = [
    ("group", "groups"),
    ("state", "states"),
    ("industry", "industries"),
    ("deductible", "deductibles"),
    ("member", "persons"),
]


def contributions_section(results):
    table = results.tables.get("contributions")
    if table is None:
        return None
    level = table["level"].max()
    blocks = []
    for by, plural in KINDS:
        rows = np.flatnonzero((table["by"] == by) & (table["level"] == level))
        if len(rows):
            blocks.append(
                _contribution(
                    table, by, plural, rows[np.argsort(-table["tvar_usd"][rows], kind="stable")]
                )
            )
    blocks.append(
        Prose(
            "A part’s contribution is its average in the years that make the TVaR; parts of one kind add up to it. "
            "Persons are counted before aggregating deductibles and treaties.",
            "note",
        )
    )
    if "marginal" in results.tables:
        marginal = results.tables["marginal"]
        blocks.append(
            table_block(
                "marginal", "What single groups add to the book", columns(marginal), marginal
            )
        )
    return Section(
        "contributions-section",
        "Who makes the tail",
        "Parts of the book in the years that make the TVaR.",
        blocks,
    )


def _contribution(table, by, plural, rows):
    top = rows[:12]
    values = []
    for row in top:
        tvar, se = float(table["tvar_usd"][row]), float(table["tvar_se_usd"][row])
        label = (
            money(float(table["key"][row]))
            if by == "deductible" and _is_number(table["key"][row])
            else str(table["key"][row]) or "not stated"
        )
        ends = {"low": tvar - 1.96 * se, "high": tvar + 1.96 * se} if np.isfinite(se) else {}
        values.append(
            {
                "bar": label,
                "usd": tvar,
                "text": f"{money(tvar)}, {percent(float(table['share'][row]))}",
                **ends,
            }
        )
    spec = charts.bars(
        values,
        "bar",
        "usd",
        charts.money_axis("US dollars of the TVaR"),
        ("low", "high"),
        [v["bar"] for v in values],
        24,
    )
    shown = columns(
        table, ["key", "metric", "level", "tvar_usd", "tvar_se_usd", "share", "mean_usd"]
    )
    first = (
        f"the {len(top)} largest of {grouped(len(rows))} {plural}"
        if len(rows) > len(top)
        else f"all {len(rows)} {plural}" if len(rows) > 1 else f"one {by}"
    )
    return Figure(
        f"by-{by}",
        f"By {by}: {first}",
        "Lines are ± 1.96 standard errors.",
        spec,
        "; ".join(f"{v['bar']} {v['text']}" for v in values[:5]),
        table_block(
            f"contributions-{by}",
            f"Contributions by {by}",
            shown,
            named(table),
            rows,
            search="key",
        ),
    )


def _is_number(text):
    try:
        return np.isfinite(float(text))
    except ValueError:
        return False
