# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""How each column of a results file is named and shown, from its name and units."""

import re
from dataclasses import dataclass

from . import words

TERMS = {
    "var": "VaR",
    "tvar": "TVaR",
    "pepm": "PEPM",
    "asd": "aggregating specific",
    "se": "±",
    "sd": "SD",
    "ee": "EE",
    "sp": "SP",
    "ch": "CH",
    "fam": "FAM",
    "z": "z",
    "p": "chance",
    "id": "id",
    "p10": "P10",
    "p25": "P25",
    "p50": "P50",
    "p75": "P75",
    "p90": "P90",
    "p95": "P95",
    "p99": "P99",
}
CENTS = re.compile(r"pepm|_rate_|_factor_|monthly")
PERCENT = re.compile(
    r"probability|loss_ratio|^p_|share|^level|credibility|renewal_change|percent_to|on_line|^quantile|burning|_ratio$"
    r"|above_premium|_above_1|^commission"
)
NAMES = {"option", "layer", "person", "basis"}
RATIOS = {"ratio", "maturity_factor", "severity_factor", "frequency_factor"}
SMALL = re.compile(r"(^|_)(se|low|high)(_usd)?$")


@dataclass(frozen=True)
class Column:
    """One shown column: its name in the file, label, format (see numbers.FORMATS, or text) and meaning."""

    name: str
    label: str
    form: str
    note: str = ""

    @property
    def short(self):
        """Names that stay on one line."""
        return self.name in NAMES

    @property
    def muted(self):
        """Errors and ends of intervals stand back behind the figures they belong to."""
        return bool(SMALL.search(self.name))


def form_of(table, name):
    """Format by type, units and name."""
    values, units = table[name], table.units.get(name, "")
    if values.dtype.kind == "U":
        return "text"
    if units == "USD":
        return "cents" if CENTS.search(name) else "money"
    if values.dtype.kind in "iu":
        return "count"
    if name == "z" or name.endswith("_z"):
        return "decimal"
    if PERCENT.search(name) and name not in ("variance_ratio", "variance_ratio_usd"):
        return "percent2" if name.endswith("_se") else "percent"
    if "corridor" in name or name in RATIOS:
        return "ratio"
    if units == "s":
        return "decimal"
    return "plain"


def label_of(name):
    if name in words.LABELS:
        return words.LABELS[name]
    quantile = re.fullmatch(r"quantile_(\d+)(?:_(\d+))?", name)
    if quantile:
        return "P" + ".".join(part for part in quantile.groups() if part)
    level = re.fullmatch(r"(?:(.*)_)?(t?var)_(\d+)(?:_(\d+))?(_low|_high|_se)?_usd", name)
    if level:
        cover, kind, whole, part, end = level.groups()
        cover = cover.replace("_", " ").capitalize() + " " if cover else ""
        suffix = {"_low": " from", "_high": " to", "_se": " ±", None: ""}[end]
        return f"{cover}{TERMS[kind]} {whole}{'.' + part if part else ''}%{suffix}"
    end = re.fullmatch(r"(.*)_(low|high|se)", name.removesuffix("_usd"))
    if end and end[1]:
        return label_of(end[1]) + {"low": " from", "high": " to", "se": " ±"}[end[2]]
    parts = [TERMS.get(part, part) for part in name.removesuffix("_usd").split("_")]
    text = " ".join(parts)
    return text[:1].upper() + text[1:] if parts[0] not in TERMS.values() else text


def column(table, name, **changes):
    """The Column of `name` in `table`; `changes` override label, form or note."""
    made = {
        "label": label_of(name),
        "form": form_of(table, name),
        "note": table.descriptions.get(name, ""),
    }
    return Column(name, **{**made, **changes})


def columns(table, names=None):
    """Columns of `table` in the order of `names`, those it lacks left out."""
    return [column(table, name) for name in (names or table.columns) if name in table]
