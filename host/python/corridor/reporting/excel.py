# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Exhibits in Excel from the same results as the page."""

import contextlib
import datetime
import io

import numpy as np
import xlsxwriter

from . import plain, tail, words
from .amounts import named
from .columns import Column, columns
from .excel_rows import with_rows
from .excel_sheet import LINE, Book, lines_of, table_sheet
from .memorandum import memorandum
from .numbers import ratio
from .pricing import grid_totals
from .quality import flag_counts, meaning, severity

RATES = [
    "group_id",
    "state",
    "members",
    "specific_deductible_usd",
    "aggregate_corridor",
    "aggregate_attachment_usd",
    "specific_rate_ee_usd",
    "specific_rate_ee_sp_usd",
    "specific_rate_ee_ch_usd",
    "specific_rate_fam_usd",
    "aggregate_rate_pepm_usd",
    "aggregate_factor_ee_usd",
    "aggregate_factor_ee_sp_usd",
    "aggregate_factor_ee_ch_usd",
    "aggregate_factor_fam_usd",
    "total_mean_usd",
    "quoted_specific_premium_usd",
    "quoted_aggregate_premium_usd",
]
EVIDENCE = [
    "group_id",
    "specific_deductible_usd",
    "aggregate_corridor",
    "years",
    "expected_claims_usd",
    "expected_retained_usd",
    "specific_mean_usd",
    "specific_se_usd",
    "specific_method",
    "specific_exact_error_usd",
    "aggregate_mean_usd",
    "aggregate_se_usd",
    "aggregate_method",
    "aggregate_exact_error_usd",
    "total_mean_usd",
    "total_sd_usd",
    "total_probability",
    "expected_claimants",
    "credibility",
    "maturity_factor",
    "target_loss_ratio",
    "renewal_change",
    "flags",
]
DOLLARS = "US dollars a policy year unless a column says otherwise"


def write_workbook(results, path):
    """Writes the whole .xlsx to `path`; the same results give the same bytes."""
    properties = {
        "title": words.SCHEMA_TITLES.get(results.schema, "Results"),
        "created": _created(results.run),
        "comments": results.path.name,
    }
    with assembled(path, results.path.name, properties) as book:
        _memorandum(book, results)
        {"corridor.quotes": _quotes, "corridor.tail": _tail}.get(results.schema, _tables)(
            book, results
        )
        _quality(book, results)


@contextlib.contextmanager
def assembled(path, name="", properties=None):
    """An open excel_sheet.Book, written to `path` at the end; `name` stands below every printed page."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(
        content, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as made:
        made.set_properties(properties or {})
        book = Book(made, name)
        yield book
    with_rows(content, path, book.bodies)


def _created(run):
    try:
        return datetime.datetime.fromisoformat(str(run["started_at"]).replace("Z", ""))
    except (KeyError, ValueError):
        return datetime.datetime(2000, 1, 1)


def _memorandum(book, results):
    sheet = book.sheet("Memorandum")
    book.heading(
        sheet,
        "Figures for an actuarial memorandum",
        f"From {results.path.name}. Fields in brackets are for the responsible actuary.",
    )
    widths = (38, 92)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_portrait()
    row = 3
    for heading, pairs in memorandum(results):
        sheet.write_string(row, 0, heading, book.section)
        sheet.write_blank(row, 1, None, book.section)
        for row, (name, value) in enumerate(pairs, start=row + 1):
            lines = max(lines_of(t, 0.9 * w) for t, w in zip((name, value), widths))
            sheet.set_row(row, LINE * lines)
            book.write_text(sheet, row, 0, name, book.bold)
            book.write_text(sheet, row, 1, value, book.wrap)
        row += 2


def _quotes(book, results):
    summary = results.tables["summary"]
    totals = grid_totals(summary)
    names = {
        "specific_deductible_usd": "Specific deductible",
        "aggregate_corridor": "Corridor",
        "aggregate_attachment_usd": "Attachment",
        "specific_mean_usd": "Expected specific",
        "aggregate_mean_usd": "Expected aggregate",
        "total_mean_usd": "Expected payout",
        "quoted_premium_usd": "Premium",
    }
    if len(totals["quoted_premium_usd"]):
        shown = [
            Column(n, label, "ratio" if n == "aggregate_corridor" else "money")
            for n, label in names.items()
        ]
        table_sheet(
            book,
            "All groups",
            "All groups together, by option",
            DOLLARS,
            shown,
            totals,
            [
                (
                    "Loss ratio",
                    "percent",
                    lambda c: f'=IF({c["quoted_premium_usd"]}>0,{c["total_mean_usd"]}/{c["quoted_premium_usd"]},"")',
                    totals["expected_loss_ratio"],
                )
            ],
        )
        _grid(book, summary)
    with np.errstate(divide="ignore", invalid="ignore"):
        premium = np.nan_to_num(summary["quoted_specific_premium_usd"]) + np.nan_to_num(
            summary["quoted_aggregate_premium_usd"]
        )
        loss_ratio = summary["total_mean_usd"] / premium
    formulas = [
        (
            "Premium",
            "money",
            lambda c: f'={c["quoted_specific_premium_usd"]}+{c["quoted_aggregate_premium_usd"]}',
            premium,
        ),
        ("Loss ratio", "percent", lambda c: _ratio_formula(c), loss_ratio),
    ]
    table_sheet(
        book,
        "Rates",
        "Rates and factors by group, deductible and corridor",
        DOLLARS + "; rates and factors an employee and month",
        columns(summary, RATES),
        summary.columns,
        formulas,
    )
    table_sheet(
        book,
        "Evidence",
        "Expected payouts: how they came about and how sure they are",
        DOLLARS,
        columns(summary, EVIDENCE),
        summary.columns,
    )


def _ratio_formula(c):
    premium = f'({c["quoted_specific_premium_usd"]}+{c["quoted_aggregate_premium_usd"]})'
    return f'=IF({premium}>0,{c["total_mean_usd"]}/{premium},"")'


def _grid(book, summary):
    """Premium of each group at each option, a column an option, with totals."""
    groups = list(dict.fromkeys(summary["group_id"].tolist()))
    place = {group: row for row, group in enumerate(groups)}
    data, shown = {"group_id": np.array(groups)}, [Column("group_id", "Group", "text")]
    corridors = np.nan_to_num(summary.get("aggregate_corridor"), nan=-1)
    for deductible, corridor in np.unique(
        np.stack([summary["specific_deductible_usd"], corridors], axis=1), axis=0
    ).tolist():
        rows = np.flatnonzero(
            (summary["specific_deductible_usd"] == deductible) & (corridors == corridor)
        )
        values = np.full(len(groups), np.nan)
        values[[place[g] for g in summary["group_id"][rows].tolist()]] = summary[
            "quoted_premium_usd"
        ][rows]
        name = f"{deductible}/{corridor}"
        first = "No specific" if np.isinf(deductible) else f"${deductible:,.0f}"
        data[name] = values
        shown.append(
            Column(name, first if corridor < 0 else f"{first}, corridor {ratio(corridor)}", "money")
        )
    table_sheet(
        book,
        "Premium grid",
        "Premium of each group by deductible and corridor",
        DOLLARS,
        shown,
        data,
        totals=set(data) - {"group_id"},
    )


TAIL_SHEETS = [
    ("metrics", "Average year", "Yearly amounts of the book"),
    ("risk", "Bad years", "VaR, TVaR and economic capital"),
    ("exceedance", "Exceedance", "Exceeded once in so many years"),
    ("loss_ratio", "Loss ratio", "Losses over premium"),
    ("treaties", "Treaties", "Treaties in the order in which they act"),
    ("captives", "Captives", "Captives"),
    ("layers", "Layers", "Layers of persons beside their exact means"),
    ("contributions", "Contributions", "Who makes the tail"),
    ("marginal", "Marginal", "What single groups add"),
]
SUMMED = {"treaties": {"ceded_mean_usd", "premium_usd", "commission_usd", "reinsurer_result_usd"}}


def _tail(book, results):
    for key, name, title in TAIL_SHEETS:
        table = results.tables.get(key)
        if table is not None and table.rows:
            shown = tail.ratio_columns(table) if key == "loss_ratio" else columns(table)
            table_sheet(
                book, name, title, DOLLARS, *_told(table, shown), totals=SUMMED.get(key, ())
            )


def _told(table, shown):
    """Columns that say something, and the data with amounts by their names."""
    shown = [
        c for c in shown if table[c.name].dtype.kind != "f" or not np.isnan(table[c.name]).all()
    ]
    return shown, {c.name: named(table)[c.name] for c in shown}


def _tables(book, results):
    for key, table in results.tables.items():
        if table.rows:
            title = table.title or plain.TITLES.get(key, key.replace("_", " ").capitalize())
            table_sheet(
                book,
                key.replace("_", " ").capitalize(),
                title[:1].upper() + title[1:],
                DOLLARS,
                *_told(table, columns(table)),
            )


def _quality(book, results):
    summary = results.tables.get("summary")
    counts = flag_counts(summary["flags"]) if summary is not None and "flags" in summary else []
    if counts:
        data = {
            "flag": np.array([flag for flag, _ in counts]),
            "rows": np.array([count for _, count in counts]),
            "do": np.array([words.SEVERITY[severity(flag)] for flag, _ in counts]),
            "meaning": np.array([meaning(flag) for flag, _ in counts]),
        }
        table_sheet(
            book,
            "Flags",
            "Flags by number",
            f"Of {summary.rows:,} quotes",
            [
                Column("flag", "Flag", "text"),
                Column("do", "Do", "text"),
                Column("rows", "Quotes", "count"),
                Column("meaning", "What it means", "text"),
            ],
            data,
        )
    if results.warnings.rows:
        table_sheet(
            book,
            "Warnings",
            "Warnings about the book or the run",
            "None of them stopped the run",
            columns(results.warnings),
            results.warnings.columns,
        )
