# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Known large claimants: people whose year is expected to be dear, with laws of their own.

In a thousand members: 4 known claimants whose expected claims are .8 to 1.5 of the group's
deductible, and .5 lasers at 2 to 4 deductibles; our assumptions.
"""
import numpy as np

from . import laws, tables

RATE = 0.004
LASERED_SHARE = 1 / 8  # of the known: .5 a thousand
MEAN_OVER_DEDUCTIBLE = (0.8, 1.5)
LASER_OVER_DEDUCTIBLE = (2.0, 4.0)
ONGOING_SHARE = 0.45  # of those without a laser
P_ZERO = 0.05  # left, died or recovered before the year began
REFERENCE_USD = 100_000.0


def known_laws():
    """Law of each kind of known claimant; a member's scale is his expected claims over its mean."""
    acute = laws.Lognormal(REFERENCE_USD, 1.2, P_ZERO, "known claimant whose course is open (assumption)")
    ongoing = laws.Gamma(REFERENCE_USD / 2, P_ZERO, "known claimant in steady treatment (assumption)")
    tail = laws.GeneralizedPareto(
        1 / 2.2, 120_000.0, 200_000.0,
        "tail of known_complex; xi is 1 / 2.20, the last index of the law's tail (assumption)")
    complex_case = laws.Spliced(
        ("known_acute", acute), ("known_complex_tail", tail), 200_000.0, 0.15,
        "known claimant with a laser: known_acute with a heavier tail (assumption)")
    return {"known_acute": acute, "known_ongoing": ongoing, "known_complex": complex_case,
            "known_complex_tail": tail}


def rates(deductible_usd):
    """Known claimants a member, by the group's deductible.

    RATE on average over a book. Groups with high deductibles have fewer, as the law has fewer people
    above them: with 4 in a thousand everywhere, the known alone would put three times as many people
    above a deductible of 500,000 as the law has in all.
    """
    deductible, share = expected_deductibles()
    return RATE * _thinning(deductible_usd) / (share @ _thinning(deductible))


def _thinning(deductible_usd):
    law = laws.published("silver")
    return np.minimum(1, law.survival(deductible_usd) / law.survival(REFERENCE_USD))


def expected_deductibles():
    """(deductible, share of members) in an endless book."""
    deductible, share = [], []
    for row in tables.rows("group_sizes.csv"):
        low, high = float(row["employees_from"]), float(row["employees_to"]) + 1
        choices = [float(d) for d in row["deductibles_usd"].split()]
        members = float(row["share"]) * (high - low) / np.log(high / low)
        deductible += choices
        share += [members / len(choices)] * len(choices)
    return np.array(deductible), np.array(share) / np.sum(share)


def expected_survival(x):
    """P(X > x) of a known claimant drawn from an endless book."""
    deductible, share = expected_deductibles()
    weight = share * rates(deductible) / RATE
    low, high = MEAN_OVER_DEDUCTIBLE
    mean = np.multiply.outer(deductible, low + (high - low) * (np.arange(8) + 0.5) / 8)
    book = known_laws()
    parts = {"known_acute": (1 - LASERED_SHARE) * (1 - ONGOING_SHARE),
             "known_ongoing": (1 - LASERED_SHARE) * ONGOING_SHARE,
             "known_complex": LASERED_SHARE}
    total = 0
    for name, part in parts.items():
        unscaled = np.multiply.outer(book[name].mean / mean, x)
        total += part * np.einsum("d,dux->x", weight / 8, book[name].survival(unscaled))
    return total
