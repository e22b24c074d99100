# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Contracts as policies have them: bases, run-in limits, options, renewals and experience.

Drawn from a stream of its own, so that a book with contracts has the people and the terms of the
same book without. All shares are assumptions unless a source stands beside them.
"""
import numpy as np

from . import census, laws

# Contract bases: (run-in months, run-out months), 255 for without end, and the share of groups.
BASES = ((0, 0), (0, 3), (0, 6), (0, 12), (3, 0), (6, 0), (12, 0), (255, 0))
BASIS_SHARES = (0.15, 0.25, 0.10, 0.05, 0.15, 0.05, 0.10, 0.15)
OTHER_AGGREGATE_BASIS = 0.10  # aggregates on 12/12 beside a specific that is not
PERSON_RUN_IN_LIMIT, PERSON_RUN_IN_LIMIT_USD = 0.10, 25_000.0
COUNTS_LASERS, WITHOUT_EXCLUDED = 0.10, 0.05  # aggregate_counts 1 and 16
FAMILY, FAMILY_OVER_DEDUCTIBLE = 0.05, 2.5
ACCOMMODATION, TERMINAL = 0.20, 0.10
TERMINAL_PROBABILITY = 0.15
RENEWALS = 0.70
# Two policies in three promise no new laser, half of them with a rate cap: ThreeFlow, as cited by
# watchtowerbenefits.com, "Benefit Breakdown: Stop Loss Insurance"; caps of 30-50 %:
# gibraltarstoplossplan.com, "Stress Test".
NO_NEW_LASER, CAPPED = 2 / 3, 0.5
RATE_CAPS = (0.30, 0.40, 0.50)
TARGET_LOSS_RATIO = 0.745
RATE_NOISE = 0.15  # today's rates against what the law expects, either way
SPECIFIC_RELATIVITY = np.array((1.00, 2.05, 1.70, 2.75))
EXPERIENCE_FROM = 50  # employees with experience of two years
EXPERIENCE_YEARS = (2024, 2025)
LAST_TREND = 0.08
MARKET = {"year_correlation": 0.7, "persistence": 0.18}


def add(book, seed, plan_tier, member_years):
    """Adds columns to the groups of `book`, and its experience."""
    rng = np.random.Generator(np.random.PCG64([seed, 1]))
    count = len(member_years)
    renewal = rng.random(count) < RENEWALS
    book.groups |= _bases(rng, count, renewal) | _options(rng, count) | _promises(rng, count)
    book.groups["new_or_renewal"] = renewal
    deductible = book.groups["specific_deductible_usd"]
    book.groups["specific_family_deductible_usd"] = np.where(
        census.spread_evenly(rng, count) < FAMILY, FAMILY_OVER_DEDUCTIBLE * deductible, np.inf)
    excess = _expected_excess(book.groups["specific_deductible_usd"], plan_tier) * member_years
    book.groups |= _current_rates(rng, book.groups["employees"], excess, renewal)
    book.market |= MARKET
    mean = np.array([laws.published(laws.METAL_TIERS[tier]).mean for tier in plan_tier])
    book.experience = _experience(rng, book.groups, mean * member_years, excess)


def _bases(rng, count, renewal):
    basis = np.array(BASES)[census.pick(rng, BASIS_SHARES, count)]
    other = rng.random(count) < OTHER_AGGREGATE_BASIS
    limited = (rng.random(count) < PERSON_RUN_IN_LIMIT) & (basis[:, 0] > 0)
    years = 12 * (1 + np.floor(5 * rng.random(count)))
    return {"run_in_months": basis[:, 0], "run_out_months": basis[:, 1],
            "aggregate_run_in_months": np.where(other, 0, basis[:, 0]),
            "aggregate_run_out_months": np.where(other, 0, basis[:, 1]),
            "months_since_original_effective": np.where(renewal, years, 255),
            "run_in_limit_person_usd": np.where(limited, PERSON_RUN_IN_LIMIT_USD, np.inf)}


def _options(rng, count):
    u = rng.random((4, count))
    return {"aggregate_counts": (u[0] < COUNTS_LASERS) + 16 * (u[1] < WITHOUT_EXCLUDED),
            "monthly_accommodation": u[2] < ACCOMMODATION, "terminal_liability": u[3] < TERMINAL,
            "terminal_probability": np.full(count, TERMINAL_PROBABILITY)}


def _promises(rng, count):
    u = rng.random((2, count))
    no_new_laser = u[0] < NO_NEW_LASER
    cap = np.array(RATE_CAPS)[np.floor(len(RATE_CAPS) * rng.random(count)).astype(int)]
    return {"no_new_laser": no_new_laser,
            "rate_cap": np.where(no_new_laser & (u[1] < CAPPED), cap, np.inf)}


def _expected_excess(deductible_usd, plan_tier):
    """Excess a member-year of the published law."""
    law = [laws.published(laws.METAL_TIERS[tier]) for tier in plan_tier]
    return np.array([l.mean - float(l.limited(d)) for l, d in zip(law, deductible_usd)])


def _current_rates(rng, employees, excess, renewal):
    """Today's monthly specific rates by tier: last year's cost at the target loss ratio, more or less."""
    noise = 1 + RATE_NOISE * (2 * rng.random(len(excess)) - 1)
    premium = excess / TARGET_LOSS_RATIO / (1 + LAST_TREND) * noise
    weight = 12 * (employees * SPECIFIC_RELATIVITY).sum(axis=1)
    rate = np.rint(100 * premium / weight)[:, None] * SPECIFIC_RELATIVITY / 100
    return {"current_rate_usd": np.where(renewal[:, None], np.rint(100 * rate) / 100, np.nan)}


def _experience(rng, groups, mean, excess):
    """Two years of claims: what the law expects, with the noise of a group of that size."""
    size = groups["employees"].sum(axis=1)
    rows = [(g, year) for g in np.flatnonzero(size >= EXPERIENCE_FROM) for year in EXPERIENCE_YEARS]
    group = np.array([g for g, _ in rows], np.int64)
    year = np.array([y for _, y in rows], np.int64)
    trend = (1 + LAST_TREND) ** (2026.0 - year)
    spread = 1.5 / np.sqrt(size[group])  # of paid claims, about what 2 members of cv 3 an employee give
    level = np.exp(spread * _normal(rng, len(group)) - spread**2 / 2)
    above = excess[group] / trend * _gamma_like(rng, 4 * spread)
    below = (mean - excess)[group] / trend * level
    return {"group": group, "period": year, "months": np.full(len(group), 12),
            "basis": np.zeros(len(group)), "employee_months": 12 * groups["employees"][group],
            "paid_usd": np.rint(below + above), "paid_above_deductible_usd": np.rint(above),
            "deductible_usd": groups["specific_deductible_usd"][group],
            "shock_count": np.ceil(above / (1.2 * groups["specific_deductible_usd"][group]))}


def _normal(rng, count):
    """Normal scores by Box and Muller, from the one call whose stream NumPy keeps."""
    u = rng.random((2, count))
    return np.sqrt(-2 * np.log1p(-u[0])) * np.cos(2 * np.pi * u[1])


def _gamma_like(rng, cv):
    """Positive, mean 1, this coefficient of variation: lognormal."""
    sigma = np.sqrt(np.log1p(cv**2))
    return np.exp(sigma * _normal(rng, len(cv)) - sigma**2 / 2)
