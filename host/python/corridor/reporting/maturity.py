# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Sections of a table of contract bases: what each costs against a mature contract, by deductible."""

import numpy as np

from . import charts
from .blocks import Card, Cards, Figure, Prose, Section, TableBlock
from .columns import Column
from .numbers import amount, grouped, money, percent, short_money

MATURE = "incurred"
KINDS = [
    (
        "run-out",
        "First years: longer and longer run-out",
        lambda table: (table["run_in_months"] == 0) & (table["basis"] != MATURE),
    ),
    ("run-in", "Renewals: with run-in of earlier years", lambda table: table["run_in_months"] > 0),
]
COVERS = [
    ("specific", "Specific cover"),
    ("retained", "Claims below the deductible"),
]


def deductible_name(usd):
    return "no specific" if np.isinf(usd) else amount(usd)


class Grid:
    """The table by basis and deductible, in the order of the file."""

    def __init__(self, table):
        self.table = table
        self.bases = list(dict.fromkeys(table["basis"].tolist()))
        self.deductibles = list(dict.fromkeys(table["specific_deductible_usd"].tolist()))
        self.row = {
            (str(b), float(d)): at
            for at, (b, d) in enumerate(zip(table["basis"], table["specific_deductible_usd"]))
        }

    def value(self, basis, deductible, column):
        at = self.row.get((basis, deductible))
        return float("nan") if at is None else float(self.table[column][at])

    def wide(self, id_, caption, column, form, ground_up="", bases=None):
        """A row a basis, a column a deductible."""
        bases = bases or self.bases
        data = {"basis": np.array(bases)}
        shown = [Column("basis", "Basis", "text", "incurred and paid months; incurred: mature")]
        if ground_up:
            first = [self.value(b, self.deductibles[0], ground_up) for b in bases]
            data["ground_up"] = np.array(first)
            shown.append(Column("ground_up", "All claims", form, "before any deductible"))
        for usd in self.deductibles:
            values = np.array([self.value(b, usd, column) for b in bases])
            if np.isfinite(values).any():
                data[str(usd)] = values
                shown.append(Column(str(usd), deductible_name(usd), form))
        return TableBlock(id_, caption, shown, data)


def headline_section(results):
    grid = Grid(results.tables["maturity"])
    finite = [usd for usd in grid.deductibles if np.isfinite(usd)]
    usd = finite[len(finite) // 2] if finite else grid.deductibles[0]
    column = "specific" if finite else "ground_up"
    of = f"the specific above {deductible_name(usd)}" if finite else "all claims"
    cards = [
        Card(basis, percent(grid.value(basis, usd, column)), note="of a mature contract")
        for basis in grid.bases
        if basis != MATURE
    ]
    groups = results.run.get("settings", {}).get("groups", "")
    said = f"{grouped(float(groups))} groups" if groups else "the book"
    lead = (
        f"Expected claims of {of} on each contract basis, over those of a mature contract: incurred in the policy’s months, paid "
        f"whenever. {said[:1].upper() + said[1:]}, closed forms."
    )
    if finite and "specific_usd" in grid.table:
        mature = grid.value(MATURE, usd, "specific_usd")
        cards.append(Card("Mature", short_money(mature), note="expected a year, all groups"))
    return Section("headline", "In short", lead, [Cards(cards)])


def factors_section(results):
    table = results.tables["maturity"]
    grid = Grid(table)
    figures = [_curves(grid, *kind) for kind in KINDS if np.any(kind[2](table))]
    blocks = [f for f in figures if f]
    for column, title in COVERS:
        blocks.append(
            grid.wide(
                f"factors-{column}",
                f"{title}: share of a mature contract, by deductible",
                column,
                "percent",
                "ground_up",
            )
        )
    lead = "A young contract pays less, and the more so the higher the deductible: large claims are paid later."
    return Section("factors", "Factors by basis and deductible", lead, blocks)


def _curves(grid, id_, title, fits):
    chosen = [b for b in grid.bases if b in set(grid.table["basis"][fits(grid.table)].tolist())]
    values = [
        {
            "deductible": deductible_name(usd),
            "factor": grid.value(basis, usd, "specific"),
            "basis": basis,
            "text": f"{basis} above {deductible_name(usd)}: {percent(grid.value(basis, usd, 'specific'))}",
        }
        for basis in chosen
        for usd in grid.deductibles
        if np.isfinite(grid.value(basis, usd, "specific"))
    ]
    if not values:
        return None
    order = list(dict.fromkeys(v["deductible"] for v in values))
    x = {
        "field": "deductible",
        "type": "ordinal",
        "sort": order,
        "axis": {"title": "Specific deductible", "labelAngle": 0, "grid": False},
    }
    y = {
        "field": "factor",
        "type": "quantitative",
        "axis": charts.percent_axis("Of a mature contract"),
        "scale": {"zero": False, "nice": True},
    }
    spec = charts.base(
        values,
        260,
        mark={"type": "line", "strokeWidth": 2.2, "point": {"size": 60, "strokeDash": [1, 0]}},
        encoding={
            "x": x,
            "y": y,
            "color": charts.colour("basis", chosen, legend=charts.STROKES),
            "strokeDash": charts.dashes("basis", chosen),
            "tooltip": [{"field": "text", "type": "nominal", "title": " "}],
        },
    )
    return Figure(
        f"{id_}-chart",
        title,
        "Specific cover; a line a basis.",
        spec,
        "; ".join(v["text"] for v in values),
        grid.wide(f"{id_}-table", title, "specific", "percent", bases=chosen),
    )


def amounts_section(results):
    table = results.tables["maturity"]
    if "specific_usd" not in table:
        return None
    grid = Grid(table)
    blocks = [
        grid.wide("usd-specific", "Specific cover, US dollars a year", "specific_usd", "money", "ground_up_usd"),
        grid.wide("usd-retained", "Claims below the deductible, US dollars a year", "retained_usd", "money"),
        Prose(
            "Of all groups of the book together, whatever bases their own contracts have; aggregates and family deductibles are left out.",
            "note",
        ),
    ]
    return Section("amounts", "The same in dollars", "", blocks)
