# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Puts a book together: groups, their people, what each person is expected to cost."""
from dataclasses import dataclass, field

import numpy as np

from . import census, contracts, factors, known, laws, spread, tables, terms, treaties

# Of groups in a mixed book, in the order of laws.METAL_TIERS; our assumption.
PLAN_TIER_SHARES = (0.15, 0.45, 0.30, 0.10)
# Shared effects; our assumption, .02-.05 for a book.
MARKET = {"book_cv": 0.03, "region_cv": 0.03, "industry_cv": 0.02}
DEDUCTIBLES_USD = (50e3, 100e3, 150e3, 250e3, 500e3)
CORRIDORS = (1.10, 1.25)


@dataclass
class Options:
    groups: int = 1000
    members_per_group: int | None = None
    seed: int = 2026
    tier: str = "silver"
    law: str = "person"
    effects: bool = True
    minimal: bool = False
    quote_specific: tuple | None = None  # None: the usual grid, or no grid in a minimal book; () for none
    quote_corridor: tuple | None = None
    contracts: bool = False
    treaties: bool = False
    pandemic: tuple | None = None  # share of the years, times the claim frequency


@dataclass
class Book:
    laws: dict  # name -> law; the position is the law's index
    groups: dict
    members: dict
    market: dict = field(default_factory=dict)
    quote: dict = field(default_factory=dict)
    experience: dict = field(default_factory=dict)
    treaties: dict = field(default_factory=dict)


def build(options):
    rng = np.random.Generator(np.random.PCG64(options.seed))
    size_class, families = _enrolment(rng, options)
    people = census.members(rng, families, options.groups)
    offset = np.searchsorted(people["group"], np.arange(options.groups + 1))
    book = Book({}, {"group_id": terms.keys(rng, options.groups), "member_offset": offset}, {})
    if options.minimal:
        _minimal(book, options)
    else:
        _full(rng, book, options, size_class, families, people)
    book.quote = _quote(options)
    return book


def _enrolment(rng, options):
    size_class, employees = census.group_sizes(rng, options.groups)
    if options.members_per_group is None:
        return size_class, census.families(rng, employees)
    families = census.families_of_fixed_size(rng, options.groups, options.members_per_group)
    return None, families


def _minimal(book, options):
    count = book.groups["member_offset"][-1]
    book.laws = {options.tier: laws.published(options.tier)}
    book.members = {"distribution": np.zeros(count, np.uint16), "scale": np.ones(count)}


def _full(rng, book, options, size_class, families, people):
    by_tier = census.employees_by_tier(families, options.groups)
    employees = by_tier.sum(axis=1, dtype=np.int64)
    if size_class is None:
        size_class = _size_class(employees)
    plan_tier = _plan_tiers(rng, options)
    level, columns = _where_and_when(rng, employees)
    specific = terms.specific(rng, size_class)
    member_years = np.bincount(people["group"], people["exposure"], options.groups)
    aggregate = terms.aggregate(rng, employees, specific["specific_deductible_usd"], member_years, plan_tier)
    effect_cv = terms.effect_cv(employees) if options.effects else np.zeros(options.groups)
    book.groups |= columns | {"employees": by_tier, "effect_cv": effect_cv} | specific | aggregate
    book.market = (MARKET if options.effects else {}) | {"trend": factors.TREND}
    if options.pandemic:
        book.market |= dict(zip(("pandemic_probability", "pandemic_frequency"), options.pandemic))
    _people(rng, book, options, plan_tier, level, people)
    if options.contracts:
        contracts.add(book, options.seed, plan_tier, member_years)
    if options.treaties:
        treaties.add(book, options.seed, plan_tier, member_years)


def _where_and_when(rng, employees):
    """Each group's level of cost for where, when and how it is covered, and the columns that tell."""
    count = len(employees)
    columns = terms.places(rng, employees)
    month, columns["effective"] = terms.months(rng, count)
    plan = np.array(factors.PLAN_FACTORS)[np.floor(3 * rng.random(count)).astype(int)]
    level = columns.pop("area_factor") * plan * factors.trend_by_month()[month]
    columns["policy_months"] = np.full(count, 12)
    columns["industry"] = 1 + np.floor(terms.INDUSTRIES * rng.random(count))
    return level, columns | terms.payroll(rng, employees)


def _people(rng, book, options, plan_tier, level, people):
    names = laws.METAL_TIERS if options.tier == "mix" else (options.tier,)
    law_of_tier = spread.person_law if options.law == "person" else laws.published
    book.laws = {name: law_of_tier(name) for name in names} | known.known_laws()
    index = {name: i for i, name in enumerate(book.laws)}
    tier_index = np.array([index.get(tier, 0) for tier in laws.METAL_TIERS])[plan_tier][people["group"]]
    distribution = tier_index.copy()
    scale = level[people["group"]] * factors.age_sex()[people["age_band"], people["sex"]]

    claimants = _known_claimants(rng, people, book.groups["specific_deductible_usd"])
    row = claimants["row"]
    distribution[row] = [index[name] for name in claimants["law"]]
    scale[row] = claimants["expected_usd"] / [book.laws[name].mean for name in claimants["law"]]
    published_mean = np.array([laws.published(name).mean for name in names])
    due = people["exposure"] @ published_mean[tier_index]
    scale = _normalised(book, len(names), due, distribution, scale, people["exposure"])

    laser, flag = np.full(len(scale), np.nan), np.zeros(len(scale), np.uint8)
    laser[row], flag[row] = claimants["laser_usd"], 1
    book.members = {"distribution": distribution, "scale": scale, "exposure": people["exposure"],
                    "laser_usd": laser, "known_claimant": flag}
    book.members |= {key: people[key] for key in ("family", "relation", "age_band", "sex", "tier")}


def _size_class(employees):
    upper = tables.column(tables.rows("group_sizes.csv"), "employees_to", int)
    return np.minimum(np.searchsorted(upper, employees), len(upper) - 1)


def _plan_tiers(rng, options):
    if options.tier == "mix":
        return census.pick(rng, PLAN_TIER_SHARES, options.groups)
    return np.full(options.groups, laws.METAL_TIERS.index(options.tier))


def _known_claimants(rng, people, deductible_usd):
    """Rows, law names, expected claims and lasers (NaN for most) of known claimants."""
    rate = known.rates(deductible_usd)[people["group"]]
    row = np.flatnonzero(rng.random(len(rate)) < rate)
    deductible = deductible_usd[people["group"][row]]
    u = rng.random((4, len(row)))
    lasered = u[0] < known.LASERED_SHARE
    low, high = known.MEAN_OVER_DEDUCTIBLE
    laser_low, laser_high = known.LASER_OVER_DEDUCTIBLE
    laser = np.rint(deductible * (laser_low + (laser_high - laser_low) * u[1]) / 5000) * 5000
    usual = np.where(u[3] < known.ONGOING_SHARE, "known_ongoing", "known_acute")
    return {"row": row, "expected_usd": deductible * (low + (high - low) * u[2]),
            "law": np.where(lasered, "known_complex", usual),
            "laser_usd": np.where(lasered, laser, np.nan)}


def _normalised(book, tier_count, due, distribution, scale, exposure):
    """Scales with which the book expects `due`: what known claimants cost comes out of all others.

    For a law that ends as A x^-alpha, E[min(s X, C)] = s m - A C^(1 - alpha) s^alpha / (alpha - 1):
    two sums a law, then one equation. Laws of known claimants are taken without the cap, which
    removes less than a ten-thousandth of the book. In a handful of members one known claimant may
    cost more than all are due; the others then keep half their due, and the book expects more.
    """
    base = distribution < tier_count
    book_laws = list(book.laws.values())
    mean = np.array([law.mean for law in book_laws])
    known_cost = (exposure * scale * mean[distribution])[~base].sum()
    due = max(due - known_cost, due / 2)
    linear, beyond = 0.0, []
    for i, law in enumerate(book_laws[:tier_count]):
        mine = distribution == i
        a, alpha, uncapped_mean = law.last_piece()
        linear += uncapped_mean * (exposure[mine] @ scale[mine])
        above_cap = a * laws.MAXIMUM_USD ** (1 - alpha) / (alpha - 1)
        beyond.append((above_cap * (exposure[mine] @ scale[mine] ** alpha), alpha))
    return np.where(base, scale * _solve(linear, beyond, due), scale)


def _solve(linear, beyond, due):
    """k with linear k - sum of b k^alpha = due; the sum is thousandths of the rest, so it settles at once."""
    k = due / linear
    for _ in range(20):
        k = (due + sum(b * k**alpha for b, alpha in beyond)) / linear
    return k


def _quote(options):
    usual = (None, None) if options.minimal else (DEDUCTIBLES_USD, CORRIDORS)
    asked = (options.quote_specific, options.quote_corridor)
    grid = [given if given is not None else default for given, default in zip(asked, usual)]
    names = ("specific_deductible_usd", "aggregate_corridor")
    return {name: np.array(values) for name, values in zip(names, grid) if values}
