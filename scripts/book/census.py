# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Who is covered: groups by size, employees by tier, and their families.

Only `rng.random` is drawn from, the one call whose stream NumPy keeps from release to release.
"""
from dataclasses import dataclass

import numpy as np

from . import tables

MEMBERS_PER_EMPLOYEE = 2.0285  # 1 x .50 + 2 x .14 + 2.6 x .11 + 3.85 x .25
EMPLOYEE, SPOUSE, CHILD = range(3)
# Share of places on the payroll that change hands in the year: a leaver and a joiner then share
# the place's twelve months.
TURNOVER = 0.04
FEMALE_SHARES = (0.33, 0.47, 0.61)
CHILD_BANDS = (0.05, 0.68, 0.27)  # under 1, 1-17, and 18-25 in the band 18-24: cover of children ends at 26
CHILD_FEMALE = 0.49
SPOUSE_OTHER_SEX = 0.97
SPOUSE_BAND_STEP = (0.2, 0.6, 0.2)  # one band younger, the same, one band older
# A young, an ordinary and an old work force: how much likelier each band from 18-24 to 90+ is, and
# how common such a group is.
AGE_PROFILES = np.array([[1.50, 1.30, 1.00, 0.85, 0.70, 0.60, 0.50, 0.50],
                         [1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00],
                         [0.60, 0.75, 1.00, 1.15, 1.35, 1.40, 1.50, 1.50]])
AGE_PROFILE_SHARES = (0.25, 0.50, 0.25)
FIRST_ADULT_BAND, LAST_BAND = 2, 9


@dataclass
class Families:
    """One row an employee."""
    group: np.ndarray
    tier: np.ndarray
    exposure: np.ndarray
    place: np.ndarray  # rows that share a place are a leaver and the joiner
    children: np.ndarray

    @property
    def members(self):
        return 1 + has_spouse(self.tier) + self.children


def has_spouse(tier):
    return ((tier == 1) | (tier == 3)).astype(np.int64)


def pick(rng, shares, count):
    """count indices drawn with the given shares."""
    return np.searchsorted(np.cumsum(shares)[:-1] / np.sum(shares), rng.random(count), "right")


def spread_evenly(rng, count):
    """count numbers in (0,1), one from each count-th part, in random order.

    Small books keep the mix of sizes this way.
    """
    order = np.argsort(rng.random(count), kind="stable")
    return (order + rng.random(count)) / count


def group_sizes(rng, count):
    """(size class, employees) of every group."""
    mix = tables.rows("group_sizes.csv")
    low, high = (np.array(tables.column(mix, key)) for key in ("employees_from", "employees_to"))
    edges = np.concatenate([[0], np.cumsum(tables.column(mix, "share"))])
    u = spread_evenly(rng, count)
    size_class = np.clip(np.searchsorted(edges, u, "right") - 1, 0, len(mix) - 1)
    within = (u - edges[size_class]) / (edges[size_class + 1] - edges[size_class])
    low, high = low[size_class], high[size_class]
    return size_class, np.minimum(np.floor(low * ((high + 1) / low) ** within), high).astype(np.int64)


def families(rng, employees):
    """Families of groups with these numbers of places."""
    mix = tables.rows("enrolment_tiers.csv")
    place_group = np.repeat(np.arange(len(employees)), employees)
    place_tier = pick(rng, tables.column(mix, "share"), len(place_group))
    shared = rng.random(len(place_group)) < TURNOVER
    place = np.repeat(np.arange(len(place_group)), 1 + shared)
    joiner = np.concatenate([[False], place[1:] == place[:-1]])
    leaver_months = 1 + np.floor(11 * rng.random(len(place_group)))
    months = np.where(joiner, 12 - leaver_months[place], np.where(shared[place], leaver_months[place], 12))
    tier = place_tier[place]
    return Families(place_group[place], tier, months / 12, place, _children(rng, mix, tier))


def _children(rng, mix, tier):
    steps = np.cumsum([tables.column(mix, f"children_{n}") for n in (1, 2, 3)], axis=0)
    u = rng.random(len(tier))
    has_any = steps[2][tier] > 0
    return np.where(has_any, 1 + (u > steps[0][tier]) + (u > steps[1][tier]), 0)


def families_of_fixed_size(rng, group_count, members):
    """Families that fill exactly `members` rows a group: the last rows are single employees."""
    mean_rows = MEMBERS_PER_EMPLOYEE * (1 + TURNOVER)
    places = int(np.ceil(members / mean_rows + 4 * np.sqrt(members / mean_rows)))
    drawn = families(rng, np.full(group_count, places))
    rows_of_place = np.bincount(drawn.place, drawn.members).reshape(group_count, places)
    kept = np.cumsum(rows_of_place, axis=1) <= members
    single = members - (rows_of_place * kept).sum(axis=1).astype(np.int64)
    keep = kept.reshape(-1)[drawn.place]
    filler = np.repeat(np.arange(group_count), single)
    blank = np.zeros(len(filler), np.int64)
    group = np.concatenate([drawn.group[keep], filler])
    order = np.argsort(group, kind="stable")
    return Families(*(np.concatenate([a[keep], b])[order] for a, b in (
        (drawn.group, filler), (drawn.tier, blank), (drawn.exposure, blank + 1.0),
        (drawn.place, group_count * places + np.arange(len(filler))), (drawn.children, blank))))


def employees_by_tier(families, group_count):
    """Average enrolment [group][tier]: a leaver and a joiner make one employee."""
    years = np.bincount(families.group * 4 + families.tier, families.exposure, group_count * 4)
    return np.rint(years).astype(np.uint32).reshape(group_count, 4)


def members(rng, families, group_count):
    """Columns [member] that follow from the families, sorted by group."""
    size = families.members
    family = np.repeat(np.arange(len(size)), size)
    position = np.arange(len(family)) - np.repeat(np.cumsum(size) - size, size)
    tier = families.tier[family]
    spouse = (position == 1) & (has_spouse(tier) == 1)
    relation = np.where(position == 0, EMPLOYEE, np.where(spouse, SPOUSE, CHILD))
    age_band, sex = _ages_and_sexes(rng, families, group_count, family, relation)
    return {"group": families.group[family], "family": family + 1, "tier": tier, "relation": relation,
            "exposure": families.exposure[family], "age_band": age_band, "sex": sex}


def _ages_and_sexes(rng, families, group_count, family, relation):
    profile = pick(rng, AGE_PROFILE_SHARES, group_count)[families.group]
    female = np.array(FEMALE_SHARES)[np.floor(3 * rng.random(group_count)).astype(int)][families.group]
    employee_band = _employee_bands(rng, profile * 4 + families.tier)
    employee_sex = (rng.random(len(female)) < female).astype(np.int64)
    step = pick(rng, SPOUSE_BAND_STEP, len(female)) - 1
    spouse_band = np.clip(employee_band + step, FIRST_ADULT_BAND, LAST_BAND)
    spouse_sex = np.where(rng.random(len(female)) < SPOUSE_OTHER_SEX, 1 - employee_sex, employee_sex)
    child_band = pick(rng, CHILD_BANDS, len(family))
    child_sex = rng.random(len(family)) < CHILD_FEMALE
    choices = [relation == EMPLOYEE, relation == SPOUSE]
    return (np.select(choices, [employee_band[family], spouse_band[family]], child_band),
            np.select(choices, [employee_sex[family], spouse_sex[family]], child_sex))


def employee_age_shares():
    """Shares of the adult bands [profile x 4 + tier][band]."""
    mix = tables.rows("enrolment_tiers.csv")
    by_tier = np.array([tables.column(mix, f"age_{band}") for band in range(FIRST_ADULT_BAND, LAST_BAND + 1)]).T
    shares = (AGE_PROFILES[:, None, :] * by_tier[None, :, :]).reshape(-1, by_tier.shape[1])
    return shares / shares.sum(axis=1, keepdims=True)


def _employee_bands(rng, row):
    steps = np.cumsum(employee_age_shares(), axis=1)[:, :-1]
    u = rng.random(len(row))
    return FIRST_ADULT_BAND + sum((u > steps[:, band][row]).astype(np.int64) for band in range(steps.shape[1]))


def expected_shares():
    """Share of members by [age band][sex] in an endless book."""
    mix = tables.rows("enrolment_tiers.csv")
    tier_share = np.array(tables.column(mix, "share"))
    adults = employee_age_shares().reshape(len(AGE_PROFILES), 4, -1)
    employees = np.einsum("p,t,ptb->tb", AGE_PROFILE_SHARES, tier_share, adults)
    female = np.mean(FEMALE_SHARES)
    spouse_female = SPOUSE_OTHER_SEX * (1 - female) + (1 - SPOUSE_OTHER_SEX) * female
    spouses = _stepped(employees[[1, 3]].sum(axis=0))
    children = sum(n * np.array(tables.column(mix, f"children_{n}")) for n in (1, 2, 3)) @ tier_share
    share = np.zeros((LAST_BAND + 1, 2))
    share[FIRST_ADULT_BAND:] += np.outer(employees.sum(axis=0), (1 - female, female))
    share[FIRST_ADULT_BAND:] += np.outer(spouses, (1 - spouse_female, spouse_female))
    share[:len(CHILD_BANDS)] += children * np.outer(CHILD_BANDS, (1 - CHILD_FEMALE, CHILD_FEMALE))
    return share / share.sum()


def _stepped(bands):
    younger, same, older = SPOUSE_BAND_STEP
    out = same * bands
    out[:-1] += younger * bands[1:]
    out[0] += younger * bands[0]
    out[1:] += older * bands[:-1]
    out[-1] += older * bands[-1]
    return out
