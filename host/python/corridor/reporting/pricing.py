# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Sections of a pricing run: what all groups cost at each option, and the place to look at single ones."""

import numpy as np

from .blocks import Card, Cards, Explorer, Prose, Section, TableBlock, table_block
from .columns import Column, column, columns
from .numbers import NONE, grouped, percent, short_money

MAIN = [
    "group_id",
    "state",
    "members",
    "specific_deductible_usd",
    "aggregate_corridor",
    "quoted_premium_usd",
    "quoted_pepm_usd",
    "total_mean_usd",
    "total_se_usd",
    "specific_mean_usd",
    "aggregate_mean_usd",
    "total_probability",
    "TVAR",
    "expected_loss_ratio",
    "maximum_cost_usd",
]
MORE = [
    "aggregate_attachment_usd",
    "expected_claims_usd",
    "quoted_specific_premium_usd",
    "quoted_aggregate_premium_usd",
    "total_low_usd",
    "total_high_usd",
    "aggregate_probability",
    "expected_claimants",
    "renewal_change",
    "total_method",
]
MEASURES = [
    ("quoted_premium_usd", "Premium", "money", "sum"),
    ("total_mean_usd", "Expected payout", "money", "sum"),
    ("quoted_pepm_usd", "Premium PEPM", "cents", "pepm"),
    ("expected_loss_ratio", "Loss ratio", "percent", "loss_ratio"),
    ("aggregate_attachment_usd", "Attachment", "money", "sum"),
]


def tail_column(summary):
    """Name of the total's TVaR at the highest level, or ""."""
    names = [
        n
        for n in summary.columns
        if n.startswith("total_tvar_") and not n.endswith(("_low_usd", "_high_usd"))
    ]
    return names[-1] if names else ""


def first_rows(summary):
    """Row of each group's first quote, in the order of the book."""
    return np.sort(np.unique(summary["group_id"], return_index=True)[1])


def grid_totals(summary):
    """All groups together at each option that every group has: name -> values [option]."""
    keys = np.stack(
        [
            summary["specific_deductible_usd"],
            np.nan_to_num(summary.get("aggregate_corridor"), nan=-1),
        ],
        axis=1,
    )
    options, codes = np.unique(keys, axis=0, return_inverse=True)
    codes = codes.reshape(-1)
    groups = len(first_rows(summary))
    whole = np.bincount(codes) == groups
    total = {
        "specific_deductible_usd": options[:, 0],
        "aggregate_corridor": np.where(options[:, 1] < 0, np.nan, options[:, 1]),
    }
    for name in (
        "aggregate_attachment_usd",
        "specific_mean_usd",
        "aggregate_mean_usd",
        "total_mean_usd",
        "quoted_premium_usd",
    ):
        total[name] = np.bincount(
            codes, weights=np.asarray(summary.get(name), "f8"), minlength=len(options)
        )
    with np.errstate(divide="ignore", invalid="ignore"):
        total["expected_loss_ratio"] = total["total_mean_usd"] / total["quoted_premium_usd"]
    return {name: values[whole] for name, values in total.items()}


def headline_section(results):
    summary = results.tables["summary"]
    first = first_rows(summary)
    totals = grid_totals(summary)
    cards = [
        Card(
            "Groups",
            grouped(len(first)),
            note=f"{grouped(float(summary['members'][first].sum()))} members",
        ),
        Card("Quotes", grouped(summary.rows), note=_grid_words(summary)),
        Card(
            "Expected claims",
            short_money(float(summary["expected_claims_usd"][first].sum())),
            note="a year, before any stop-loss",
        ),
    ]
    if len(totals["quoted_premium_usd"]):
        cards += [
            _range_card("Premium, all groups", totals["quoted_premium_usd"], short_money, "a year"),
            _range_card(
                "Expected payout, all groups",
                totals["total_mean_usd"],
                short_money,
                "a year, both covers",
            ),
            _range_card(
                "Loss ratio", totals["expected_loss_ratio"], percent, "expected payout over premium"
            ),
        ]
    cards.append(_error_card(summary))
    lead = "Amounts are US dollars a policy year. Where the options differ, the range over all of them is shown."
    blocks = [Cards(cards)]
    if len(totals["quoted_premium_usd"]):
        blocks.append(_totals_table(totals))
        blocks.append(
            Prose(
                "Sums carry no standard error here: groups share the luck of a year, so errors of single groups do not add up "
                "to one. “corridor tail” simulates the whole book together and states it.",
                "note",
            )
        )
    return Section("headline", "In short", lead, blocks)


def _grid_words(summary):
    deductibles = len(np.unique(summary["specific_deductible_usd"]))
    corridors = summary.get("aggregate_corridor")
    corridors = len(np.unique(corridors[~np.isnan(corridors)]))
    return f"{deductibles} deductible{'s' * (deductibles > 1)}, {corridors or 'no'} corridor{'s' * (corridors != 1)}"


def _range_card(label, values, form, note):
    low, high = form(float(np.nanmin(values))), form(float(np.nanmax(values)))
    return Card(label, low if low == high else f"{low} – {high}", note=note)


def _error_card(summary):
    """How sure the quotes are: the median relative error of the means that are not exact."""
    exact = np.char.startswith(np.asarray(summary.get("total_method", ""), "U"), "exact")
    if exact.all():
        return Card("Expected payouts", "exact", note="none rests on the simulation alone")
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = (summary.get("total_se_usd") / summary["total_mean_usd"])[~exact]
    relative = relative[np.isfinite(relative)]
    value = percent(float(np.median(relative))) if len(relative) else NONE
    return Card(
        "Typical standard error",
        "± " + value,
        note=f"of an expected payout; {grouped(int((~exact).sum()))} quotes are simulated",
    )


def _totals_table(totals):
    forms = {"expected_loss_ratio": "percent", "aggregate_corridor": "ratio"}
    labels = {
        "specific_deductible_usd": "Specific deductible",
        "aggregate_corridor": "Corridor",
        "aggregate_attachment_usd": "Attachment",
        "specific_mean_usd": "Expected specific",
        "aggregate_mean_usd": "Expected aggregate",
        "total_mean_usd": "Expected payout",
        "quoted_premium_usd": "Premium",
        "expected_loss_ratio": "Loss ratio",
    }
    shown = [
        Column(name, labels[name], forms.get(name, "money"))
        for name in totals
        if np.isfinite(totals[name]).any()
    ]
    return TableBlock(
        "all-groups", "All groups together, by option (US dollars a year)", shown, totals
    )


def explorer_section(results):
    summary = results.tables["summary"]
    tail = tail_column(summary)
    main = columns(summary, [tail if name == "TVAR" else name for name in MAIN])
    more = columns(summary, MORE)
    flags = column(summary, "flags", label="Flags") if "flags" in summary else None
    shown = [*main, *more, *([flags] if flags else [])]
    block = table_block(
        "quotes",
        "Quotes",
        shown,
        summary,
        search="group_id",
        choices=("state", "specific_deductible_usd", "aggregate_corridor"),
        flags="flags" if flags else "",
        extra={
            "minor": [c.name for c in more],
            "group": "group_id",
            "noun": "quotes",
            "summed": [n for n, _, _, how in MEASURES if how == "sum"],
        },
    )
    measures = [
        {"name": n, "label": label, "form": form, "how": how}
        for n, label, form, how in MEASURES
        if n in summary
    ]
    lead = (
        "Curves and grid show the sum of the groups that search and state choose, or one group alone. "
        "Click a group in the table to look at it."
    )
    return Section("pricing", "Prices", lead, [Explorer(block, measures)])


def maturity_section(results):
    """What contract bases cost against a mature contract, where the file holds the table."""
    table = results.tables.get("maturity")
    if table is None:
        return None
    block = table_block("maturity", table.title or "Contract bases", columns(table), table)
    return Section(
        "maturity-section",
        "Contract bases",
        "What each basis covers of a mature contract’s claims.",
        [block],
    )
