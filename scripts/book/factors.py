# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""What makes one person dearer than another: age and sex, area, plan and the month the policy begins."""
import numpy as np

from . import census, tables

# A year; medical trend of 7-9 % (Segal and Milliman, as cited by xlbenefits.com, "Leveraged Trend").
TREND = 0.08
PLAN_FACTORS = (0.95, 1.00, 1.05)  # network and plan design, equally common; our assumption
# Share of policies that begin in each month of the policy year; our assumption: most renew in
# January, then July.
MONTH_SHARES = (0.60, 0.02, 0.02, 0.06, 0.02, 0.02, 0.12, 0.02, 0.02, 0.06, 0.02, 0.02)


def age_sex():
    """Factor [age band][sex], averaging 1 over the expected census."""
    table = tables.rows("age_sex_factors.csv")
    factor = np.array([tables.column(table, "male"), tables.column(table, "female")]).T
    return factor / (factor * census.expected_shares()).sum()


def trend_by_month():
    return (1 + TREND) ** (np.arange(12) / 12)


def _product(first, second):
    return tuple(np.multiply.outer(a, b).ravel() for a, b in zip(first, second))


def expected_spread(bins=80):
    """(factor, share) of people in an endless book, in bins even in the logarithm; the factors average 1."""
    states = tables.rows("states.csv")
    spread = (age_sex().ravel(), census.expected_shares().ravel())
    population = np.array(tables.column(states, "population"))
    area = (np.array(tables.column(states, "area_factor")), population / population.sum())
    plan = (np.array(PLAN_FACTORS), np.full(3, 1 / 3))
    month = (trend_by_month(), np.array(MONTH_SHARES))
    for factor, share in (area, plan, month):
        spread = _product(spread, (factor, share))
    factor, share = spread
    edges = np.linspace(np.log(factor.min()), np.log(factor.max()) + 1e-9, bins + 1)
    cell = np.searchsorted(edges, np.log(factor), "right") - 1
    weight = np.bincount(cell, share, bins)
    mean = np.bincount(cell, share * factor, bins)
    used = weight > 0
    return mean[used] / weight[used] / mean.sum(), weight[used]
