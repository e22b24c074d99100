# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The tables beside this file, which scripts/make_import_tables takes from the sample books' generator.

Their sources and what is an assumption in them stand in data/tables/ and data/books/README.md.
"""
import csv
from functools import cache
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).with_name("tables")
MAXIMUM_USD = 25e6


def _rows(name):
    with open(FOLDER / name, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def age_sex():
    """Cost over the average person's [band][male, female]; averages 1 over `expected_shares`."""
    return np.array([[float(r["male_factor"]), float(r["female_factor"])]
                     for r in _rows("age_sex.csv")])


@cache
def expected_shares():
    """Share of all members [band][male, female]."""
    return np.array([[float(r["male_share"]), float(r["female_share"])]
                     for r in _rows("age_sex.csv")])


@cache
def families():
    """{'children': [tier][one, two, three], 'child_bands': [3], 'child_female': share}"""
    rows = {r["what"]: r for r in _rows("families.csv")}
    numbers = {what: [float(r[key]) for key in "abc" if r[key]] for what, r in rows.items()}
    return {
        "children": np.array([numbers[f"children_of_tier_{tier}"] for tier in range(4)]),
        "child_bands": np.array(numbers["child_bands"]), "child_female": numbers["child_female"][0]
    }


@cache
def claim_laws():
    """{name: {"attributes": ..., "columns": ...}}: silver is the law of one person, to be multiplied by age and
    sex; silver_published that of everybody together."""
    laws: dict[str, dict[str, list[list[float]]]] = {}
    for row in _rows("claim_laws.csv"):
        law = laws.setdefault(row["law"], {"bucket": [], "tail": []})
        law[row["kind"]].append(
            [float(x) for x in (row["upper_usd"], row["probability"], row["mean_usd"]) if x])
    return {
        name: _continuance(np.array(law["bucket"]), np.array(law["tail"]))
        for name, law in laws.items()
    }


def _continuance(buckets, tail):
    return {
        "attributes": {
            "kind": "continuance", "tail_from_usd": tail[:, 0], "tail_alpha": tail[:, 1],
            "maximum_usd": MAXIMUM_USD
        }, "columns": {
            "upper_usd": buckets[:, 0], "probability": buckets[:, 1], "mean_usd": buckets[:, 2]
        }
    }
