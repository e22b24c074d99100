# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Accommodation, terminal liability and renewal promises by a second program in plain numpy, written
from data/README.md and data/results.md alone."""
import csv
import io

import h5py
import numpy as np
import pytest

from corridor_program import OK, corridor

MEMBERS, YEARS, OWN_YEARS = 20, 100_000, 200_000
PAID = np.array([.2, .5, .7, .8, .88, .92, .95, .97, .98, .99, .995, 1.])
DEDUCTIBLE, ATTACHMENT, TREND, PERSISTENCE, CAP = 50e3, 260e3, .08, .3, .2
MEAN, CV, ZERO, MAXIMUM = 20e3, 3., .2, 25e6


@pytest.fixture(scope="module")
def row(tmp_path_factory):
    path = tmp_path_factory.mktemp("options") / "book.h5"
    with h5py.File(path, "w") as file:
        file.attrs["schema"] = np.bytes_("corridor.book")
        file.attrs["schema_version"] = np.array([1, 0], "i4")
        law = file.create_group("distributions/law")
        law.attrs["kind"], law.attrs["index"] = np.bytes_("lognormal"), np.uint16(0)
        law.attrs["mean_usd"], law.attrs["cv"], law.attrs["p_zero"] = MEAN, CV, ZERO
        file["groups/group_id"] = np.array([b"G1"], "S32")
        file["groups/member_offset"] = np.array([0, MEMBERS], "u8")
        for name, value in {"effect_cv": 0, "specific_deductible_usd": DEDUCTIBLE, "rate_cap": CAP,
                            "aggregate_attachment_usd": ATTACHMENT, "terminal_probability": .4}.items():
            file[f"groups/{name}"] = np.array([value], "f8")
        for name, value in {"run_in_months": 0, "run_out_months": 0, "monthly_accommodation": 1,
                            "terminal_liability": 1, "no_new_laser": 1}.items():
            file[f"groups/{name}"] = np.array([value], "u1")
        file["members/distribution"], file["members/scale"] = np.zeros(MEMBERS, "u2"), np.ones(MEMBERS)
        file["lag/paid_fraction"] = PAID
        file["lag"].attrs["incurral_spread"] = 0.
        market = file.create_group("market")
        market.attrs["trend"], market.attrs["persistence"] = TREND, PERSISTENCE
    done = corridor("price", path, "--years", YEARS, "--csv", "-", "-q")
    assert done.code == OK, done.why
    return next(csv.DictReader(io.StringIO(done.out)))


@pytest.fixture(scope="module")
def drawn():
    """Claims of a year and their months of incurral, [year][member]."""
    rng = np.random.default_rng(9)
    shape, variance = (OWN_YEARS, MEMBERS), np.log1p(CV**2)
    claims = np.exp(np.log(MEAN) - variance / 2 + np.sqrt(variance) * rng.standard_normal(shape))
    claims[rng.random(shape) < ZERO] = 0
    return np.minimum(claims, MAXIMUM), rng.integers(1, 13, shape)


def below_deductible(drawn, last_month):
    """What counts to the aggregate of claims paid by the end of a month."""
    claims, month = drawn
    age = last_month - month
    paid = np.where(age < 0, 0, PAID[np.clip(age, 0, len(PAID) - 1)])
    return np.minimum(claims * paid, DEDUCTIBLE).sum(axis=1)


def agree(found, amounts):
    error = amounts.std() * np.sqrt(1 / OWN_YEARS + 1 / YEARS)
    assert abs(float(found) - amounts.mean()) < 4 * error, (found, amounts.mean(), error)


@pytest.mark.parametrize("month", [1, 2, 4, 6, 9, 12])
def test_advances_are_claims_so_far_over_the_attachment_so_far(row, drawn, month):
    advance = np.maximum(below_deductible(drawn, month) - ATTACHMENT * month / 12, 0)
    agree(row[f"advance_{month:02d}_mean_usd"], advance)
    value_at_risk = float(row[f"advance_{month:02d}_var_99_usd"])
    error = 4 * np.sqrt(.01 * .99 * (1 / OWN_YEARS + 1 / YEARS))
    # An early month's percentile is an atom: nobody's claims, or one person's at the deductible. The
    # program's amounts are whole cents.
    assert (advance > value_at_risk + .01).mean() < .01 + error
    assert (advance > value_at_risk - .01).mean() > .01 - error


def test_terminal_liability_runs_out_longer_over_more_attachment(row, drawn):
    annual = np.maximum(below_deductible(drawn, 12) - ATTACHMENT, 0)
    longer = np.maximum(below_deductible(drawn, 15) - 1.25 * ATTACHMENT, 0)
    assert float(row["terminal_attachment_usd"]) == 1.25 * ATTACHMENT
    agree(row["terminal_exercised_mean_usd"], longer)
    agree(row["terminal_added_mean_usd"], np.maximum(longer - annual, 0))
    assert float(row["terminal_cost_usd"]) == pytest.approx(.4 * float(row["terminal_added_mean_usd"]))


def test_promises_are_what_next_year_costs_beyond_the_cap(row, drawn):
    claims, _ = drawn
    this_year = np.maximum(claims - DEDUCTIBLE, 0).sum(axis=1)
    again = np.maximum((1 + TREND) * claims - DEDUCTIBLE, 0).sum(axis=1)
    agree(row["renewal_expected_usd"], again)
    most = (1 + CAP) * this_year.mean()
    next_year = PERSISTENCE * again + (1 - PERSISTENCE) * again.mean()
    agree(row["renewal_promise_mean_usd"], np.maximum(next_year - most, 0))
