# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""What groups bind: where and when, how large, and the terms of both covers.

Amounts are whole thousands, as policies have them.
"""
import numpy as np

from . import census, factors, laws, tables

# A share of groups in each case; all are our assumptions.
# The rest 1.25; 1.20 from 100 employees and 1.15 from 250, where state minimums allow them.
CORRIDOR_1_20, CORRIDOR_1_15 = 0.20, 0.10
NO_AGGREGATE_FROM = 1000  # employees; large employers buy the specific alone
REIMBURSEMENT_90 = 0.03
LIMITED = 0.05  # policies are unlimited as a rule since annual and lifetime limits ended
AGGREGATING = 0.08
MINIMUM_USD, MINIMUM_FIRST_MONTH, MINIMUM_QUOTED = 0.10, 0.60, 0.15
AGGREGATE_LIMIT_USD = 1_000_000.0
INDUSTRIES = 10


def keys(rng, count):
    """Random keys of 80 bits, unique."""
    letters = np.floor(16 * rng.random((count, 20))).astype(np.uint8)
    text = np.frombuffer(b"0123456789abcdef", "S1")[letters].view("S20").ravel()
    if len(np.unique(text)) != count:
        raise RuntimeError("two group keys are equal: choose another seed")
    return text


def places(rng, employees):
    """state, zip3, region and area factor of every group."""
    states = tables.rows("states.csv")
    share = np.array(tables.column(states, "population"))
    small = np.where(np.array(tables.column(states, "employees_from")) > 0, 0, share)
    smallest = max(tables.column(states, "employees_from"))
    count = len(employees)
    row = np.where(employees >= smallest, census.pick(rng, share, count), census.pick(rng, small, count))
    areas = [r["zip3"].split() for r in states]
    u = rng.random(count)
    return {"state": np.array([r["state"] for r in states], "S2")[row],
            "zip3": np.array([areas[s][int(x * len(areas[s]))] for s, x in zip(row, u)], "S3"),
            "region": np.array(tables.column(states, "division", int))[row],
            "area_factor": np.array(tables.column(states, "area_factor"))[row]}


def deductibles(rng, size_class):
    choices = [[float(d) for d in r["deductibles_usd"].split()] for r in tables.rows("group_sizes.csv")]
    u = rng.random(len(size_class))
    return np.array([choices[c][int(x * len(choices[c]))] for c, x in zip(size_class, u)])


def effect_cv(employees):
    """How far a group stands from its manual rate: 20 employees .193, 250 .103, 5,000 .055.

    A coefficient of variation; our assumption.
    """
    return np.sqrt(0.05**2 + 0.22**2 * 50 / (50 + employees))


def payroll(rng, employees):
    """Sizes that state rules ask for: eligible, full-time and last year's employees."""
    u = rng.random((3, len(employees)))
    eligible = np.ceil(employees / (0.70 + 0.25 * u[0]))
    full_time = np.clip(np.rint(eligible * (0.85 + 0.15 * u[1])), employees, eligible)
    return {"eligible_employees": eligible, "full_time_employees": full_time,
            "prior_year_employees": np.rint(eligible * (0.90 + 0.20 * u[2]))}


def months(rng, count):
    month = census.pick(rng, factors.MONTH_SHARES, count)
    return month, np.array([f"2026-{m:02d}" for m in range(1, 13)], "S7")[month]


def specific(rng, size_class):
    """Terms of the specific cover."""
    count = len(size_class)
    deductible = deductibles(rng, size_class)
    u = rng.random((3, count))
    limited = u[1] < LIMITED
    basis = np.where(limited, np.floor(3 * u[1] / LIMITED), 0)
    limit = np.where(deductible < 250e3, 1e6, 2e6)
    pooled = _thousands(deductible * (0.25 + 0.75 * rng.random(count)))
    return {"specific_deductible_usd": deductible,
            "specific_reimbursement": np.where(u[0] < REIMBURSEMENT_90, 0.9, 1.0),
            "specific_limit_usd": np.where(limited, limit, np.inf), "specific_limit_basis": basis,
            "aggregating_specific_usd": np.where(u[2] < AGGREGATING, pooled, 0.0)}


def aggregate(rng, employees, deductible, member_years, plan_tier):
    """Terms of the aggregate cover; none from NO_AGGREGATE_FROM employees."""
    count = len(employees)
    u, minimum = rng.random(count), rng.random((3, count))
    corridor = np.where((u < CORRIDOR_1_15) & (employees >= 250), 1.15,
                        np.where((u < CORRIDOR_1_20 + CORRIDOR_1_15) & (employees >= 100), 1.20, 1.25))
    covered = employees < NO_AGGREGATE_FROM
    retained = np.array([float(laws.published(laws.METAL_TIERS[tier]).limited(d))
                         for tier, d in zip(plan_tier, deductible)])
    # Set from the manual before the group's own factors are known, so that it sometimes binds.
    floor = _thousands(0.95 * corridor * retained * member_years)
    with_floor = covered & (minimum[0] < MINIMUM_USD)
    with_first_month = covered & (minimum[1] < MINIMUM_FIRST_MONTH)
    with_quoted = covered & (minimum[2] < MINIMUM_QUOTED)
    return {"aggregate_corridor": np.where(covered, corridor, np.inf),
            "aggregate_limit_usd": np.where(covered, AGGREGATE_LIMIT_USD, np.inf),
            "aggregate_minimum_usd": np.where(with_floor, floor, 0.0),
            "aggregate_minimum_first_month_pct": np.where(with_first_month, 0.95, 0.0),
            "aggregate_minimum_quoted_pct": np.where(with_quoted, 0.95, 0.0)}


def _thousands(amount_usd):
    return np.floor(amount_usd / 1000) * 1000
