# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""A reinsurance programme and two group captives for a book; all terms are assumptions.

Drawn from a stream of its own, so that a book with treaties has the people and the terms of the
same book without. Captives take the first 250,000 to 500,000 USD that a person costs the carrier,
which is how such captives describe themselves (businessinsurance.com, "How group medical stop-loss
captives work").
"""
import numpy as np

from . import laws

# Employees from, below; share of such groups that are in the captive; most of a person's payout.
CAPTIVES = ((20, 100, 0.40, 250_000.0), (100, 1000, 0.30, 500_000.0))
CAPTIVE_LIMIT = 1.30  # the captive's annual limit over what it expects to pay
FRONTING = 0.06
ROUNDING_USD = 10_000.0
NONE = {"kind": 0, "order": 0, "share": 1.0, "attachment_usd": 0.0, "limit_usd": np.inf, "attachment_ratio": np.nan,
        "limit_ratio": np.nan, "corridor_from_ratio": np.nan, "corridor_to_ratio": np.nan,
        "annual_deductible_usd": 0.0, "annual_limit_usd": np.inf, "commission": 0.0, "premium_usd": np.nan,
        "captive": 0, "name": b""}
PROGRAMME = (
    {"name": b"1m xs 1m", "kind": 1, "attachment_usd": 1e6, "limit_usd": 1e6, "annual_deductible_usd": 500e3},
    {"name": b"3m xs 2m", "kind": 1, "attachment_usd": 2e6, "limit_usd": 3e6, "annual_limit_usd": 6e6, "share": 0.9},
    {"name": b"quota share", "kind": 0, "order": 1, "share": 0.25, "commission": 0.27},
    {"name": b"stop loss", "kind": 2, "order": 2, "attachment_ratio": 0.9, "limit_ratio": 0.5,
     "corridor_from_ratio": 1.0, "corridor_to_ratio": 1.1, "share": 0.9},
)


def add(book, seed, plan_tier, member_years):
    """Adds /groups/captive and /treaties to `book`."""
    rng = np.random.Generator(np.random.PCG64([seed, 2]))
    employees = book.groups["employees"].sum(axis=1)
    u = rng.random(len(employees))
    captive = np.zeros(len(employees), np.int64)
    rows = []
    for number, (low, high, share, limit) in enumerate(CAPTIVES, start=1):
        members = (employees >= low) & (employees < high) & (u < share)
        captive[members] = number
        if members.any():
            rows.append(_captive(number, limit, _expected(book, members, limit, plan_tier, member_years)))
    rows += PROGRAMME
    book.groups["captive"] = captive
    book.treaties = {name: np.array([row.get(name, neutral) for row in rows]) for name, neutral in NONE.items()}


def _captive(number, limit, expected):
    annual = np.ceil(CAPTIVE_LIMIT * expected / ROUNDING_USD) * ROUNDING_USD
    return {"name": b"captive %d" % number, "kind": 3, "limit_usd": limit, "annual_limit_usd": annual,
            "commission": FRONTING, "captive": number}


def _expected(book, members, limit, plan_tier, member_years):
    """What the published law puts into the layer above these groups' deductibles."""
    deductible = book.groups["specific_deductible_usd"]
    law = [laws.published(laws.METAL_TIERS[tier]) for tier in plan_tier]
    layer = [float(l.limited(d + limit)) - float(l.limited(d)) for l, d in zip(law, deductible)]
    return float((np.array(layer) * member_years)[members].sum())
