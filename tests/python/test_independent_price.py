# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Prices against a second program: a plain numpy simulation of the same book, written from the
contract alone, with its own generator, its own quantiles and claims in floating point."""

import csv
import math
import os
import pathlib
import subprocess

import h5py
import numpy as np
import pytest
from scipy.special import ndtri

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("CORRIDOR", str(ROOT / "build/cpu/corridor"))
YEARS = 60_000
DEDUCTIBLES = [20_000.0, 60_000.0]
CORRIDOR = 1.1
BOOK_CV = 0.05


def lognormal(mean, cv, p_zero):
    sigma = math.sqrt(math.log1p(cv * cv))
    mu = math.log(mean) - sigma**2 / 2

    def quantile(survival):
        x = np.zeros_like(survival)
        hit = survival < 1 - p_zero
        x[hit] = np.exp(mu - sigma * ndtri(survival[hit] / (1 - p_zero)))
        return x

    return quantile


def pareto(alpha, threshold, p_zero):
    def quantile(survival):
        x = np.zeros_like(survival)
        hit = survival < 1 - p_zero
        x[hit] = threshold * (survival[hit] / (1 - p_zero)) ** (-1 / alpha)
        return x

    return quantile


LAWS = [
    (lognormal(9_000, 3.0, 0.15), {"kind": b"lognormal", "mean_usd": 9_000.0, "cv": 3.0, "p_zero": 0.15}),
    (pareto(1.8, 2_500, 0.2), {"kind": b"pareto", "alpha": 1.8, "threshold_usd": 2_500.0, "p_zero": 0.2}),
]
CAP = 25e6

# One group a row; absent keys are neutral.
GROUPS = [
    {},
    {"effect_cv": 0.25, "specific_reimbursement": 0.9, "specific_limit_usd": 150_000.0,
     "specific_limit_basis": 0, "lasers": {3: 90_000.0, 7: math.inf},
     "aggregating_specific_usd": 15_000.0, "aggregate_reimbursement": 0.9,
     "aggregate_limit_usd": 200_000.0, "aggregate_counts": 1 | 4 | 8},
    {"effect_cv": 0.1, "specific_reimbursement": 0.8, "specific_limit_usd": 120_000.0,
     "specific_limit_basis": 1, "lasers": {0: 75_000.0}, "aggregating_specific_usd": 20_000.0,
     "asd_counts_lasers": 1},
    {"effect_cv": 0.15, "specific_limit_usd": 100_000.0, "specific_limit_basis": 2,
     "lasers": {1: 80_000.0}, "aggregate_minimum_usd": 900_000.0, "aggregate_counts": 4},
    {"effect_cv": 0.4, "effect_frequency_share": 0.6, "exposure": 0.5},
    {"effect_cv": 0.3, "effect_frequency_share": 0.0, "exposure": 0.7, "aggregate_counts": 1,
     "lasers": {5: 70_000.0}},
]
MEMBERS = 60


def write_book(path):
    text = {"effect_cv": 0.0, "effect_frequency_share": 0.0, "specific_reimbursement": 1.0,
            "specific_limit_usd": math.inf, "aggregating_specific_usd": 0.0,
            "aggregate_reimbursement": 1.0, "aggregate_limit_usd": math.inf,
            "aggregate_minimum_usd": 0.0}
    codes = {"specific_limit_basis": 0, "asd_counts_lasers": 0, "aggregate_counts": 0}
    count = len(GROUPS)
    with h5py.File(path, "w") as book:
        book.attrs["schema"] = np.bytes_("corridor.book")
        book.attrs["schema_version"] = np.array([1, 0], "i4")
        book.attrs["currency"] = np.bytes_("USD")
        book.attrs["policy_year"] = np.int32(2026)
        book.create_group("market").attrs["book_cv"] = BOOK_CV
        for index, (_, facts) in enumerate(LAWS):
            law = book.create_group(f"distributions/law{index}")
            law.attrs["index"] = np.uint16(index)
            for name, value in facts.items():
                law.attrs[name] = np.bytes_(value) if isinstance(value, bytes) else value

        def column(name, values):
            book.create_dataset(name, data=values, chunks=True, compression="gzip",
                                compression_opts=1, shuffle=True, fletcher32=True)

        column("groups/group_id", np.array([f"IND{g}" for g in range(count)], "S32"))
        column("groups/member_offset", np.arange(count + 1, dtype="u8") * MEMBERS)
        for name, neutral in text.items():
            column(f"groups/{name}", np.array([g.get(name, neutral) for g in GROUPS], "f8"))
        for name, neutral in codes.items():
            column(f"groups/{name}", np.array([g.get(name, neutral) for g in GROUPS], "u1"))
        law, scale, exposure, laser = members()
        column("members/distribution", law.ravel().astype("u2"))
        column("members/scale", scale.ravel())
        column("members/exposure", exposure.ravel().astype("f4"))
        column("members/laser_usd", laser.ravel())


def members():
    """law, scale, exposure, laser as [group, member]."""
    rng = np.random.default_rng(5)
    count = len(GROUPS)
    law = rng.integers(0, len(LAWS), (count, MEMBERS))
    scale = rng.uniform(0.4, 2.0, (count, MEMBERS))
    exposure = np.ones((count, MEMBERS))
    laser = np.full((count, MEMBERS), np.nan)
    for g, terms in enumerate(GROUPS):
        exposure[g] = np.float32(terms.get("exposure", 1.0))
        for member, amount in terms.get("lasers", {}).items():
            laser[g, member] = amount
    return law, scale, exposure, laser


def mean_one_lognormal(rng, cv, size):
    sigma = math.sqrt(math.log1p(cv * cv))
    return np.exp(sigma * rng.standard_normal(size) - sigma**2 / 2)


def simulated_claims(g, rng):
    """Annual claims [year, member] of a group."""
    terms = GROUPS[g]
    law, scale, exposure, _ = members()
    share = terms.get("effect_frequency_share", 0.0)
    effect = mean_one_lognormal(rng, terms.get("effect_cv", 0.0), (YEARS, 1))
    survival = rng.random((YEARS, MEMBERS)) / (exposure[g] * effect**share)
    claims = np.zeros((YEARS, MEMBERS))
    for index, (quantile, _) in enumerate(LAWS):
        of_law = law[g] == index
        claims[:, of_law] = quantile(np.minimum(survival[:, of_law], 1.0))
    severity = effect ** (1 - share) * mean_one_lognormal(rng, BOOK_CV, (YEARS, 1))
    return np.minimum(claims * scale[g] * severity, CAP)


def covers(g, claims, deductible, attachment):
    """Specific payment before the aggregating specific, specific, counted claims, aggregate."""
    terms = GROUPS[g]
    laser = members()[3][g]
    own = np.where(np.isnan(laser), deductible, np.maximum(laser, deductible))
    share, limit = terms.get("specific_reimbursement", 1.0), terms.get("specific_limit_usd", math.inf)
    basis = terms.get("specific_limit_basis", 0)
    excess = np.maximum(claims - own, 0)
    if basis == 0:
        paid = np.minimum(share * excess, limit)
        over = np.maximum(share * excess - limit, 0)
    else:
        layer = limit if basis == 1 else np.maximum(limit - own, 0)
        paid = share * np.minimum(excess, layer)
        over = np.maximum(excess - layer, 0)
    coinsurance = excess - paid - over
    band = np.maximum(np.minimum(claims, own) - deductible, 0).sum(1)
    before = paid.sum(1)
    retention = terms.get("aggregating_specific_usd", 0.0)
    used = band if terms.get("asd_counts_lasers") else 0
    specific = before - np.minimum(before, np.maximum(retention - used, 0))
    counted = np.minimum(claims, deductible).sum(1)
    also = terms.get("aggregate_counts", 0)
    counted = counted + (band if also & 1 else 0) + (over.sum(1) if also & 4 else 0)
    counted = counted + (coinsurance.sum(1) if also & 8 else 0)
    aggregate = np.minimum(terms.get("aggregate_reimbursement", 1.0)
                           * np.maximum(counted - attachment, 0),
                           terms.get("aggregate_limit_usd", math.inf))
    return before, specific, counted, aggregate


@pytest.fixture(scope="module")
def quotes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("independent")
    write_book(folder / "book.h5")
    subprocess.run([PROGRAM, "price", folder / "book.h5", "--csv", folder / "quotes.csv", "--quiet",
                    "--years", str(4 * YEARS), "--specific", ",".join(map(str, DEDUCTIBLES)),
                    "--corridor", str(CORRIDOR)], check=True)
    with open(folder / "quotes.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["group_id"], float(row["specific_deductible_usd"])): row for row in rows}


def assert_close(row, name, sample):
    """Within 4 standard errors of the two programs together."""
    mean, se = float(row[f"{name}_mean_usd"]), float(row[f"{name}_se_usd"])
    both = math.hypot(se, sample.std(ddof=1) / math.sqrt(len(sample)))
    assert abs(mean - sample.mean()) <= 4 * both + 0.01, (name, mean, sample.mean(), both)


@pytest.mark.parametrize("g", range(len(GROUPS)))
def test_every_cover_agrees_with_a_plain_simulation_of_the_contract(quotes, g):
    claims = simulated_claims(g, np.random.default_rng(100 + g))
    for deductible in DEDUCTIBLES:
        row = quotes[(f"IND{g}", deductible)]
        attachment = float(row["aggregate_attachment_usd"])
        before, specific, counted, aggregate = covers(g, claims, deductible, attachment)
        assert_close(row, "specific_before_asd", before)
        assert_close(row, "specific", specific)
        assert_close(row, "retained", counted)
        assert_close(row, "aggregate", aggregate)
        assert_close(row, "total", specific + aggregate)
        for name, sample in (("specific", specific), ("aggregate", aggregate)):
            rate = (sample > 0.005).mean()
            se = math.sqrt(max(rate * (1 - rate), 1e-9) * (1 + 1 / 4) / YEARS)
            assert abs(float(row[f"{name}_probability"]) - rate) <= 4 * se + 1e-5


@pytest.mark.parametrize("g", range(len(GROUPS)))
def test_expected_claims_and_attachment_follow_from_the_laws_alone(quotes, g):
    law, scale, exposure, _ = members()
    means = np.array([9_000 * 0.85, 2_500 * 1.8 / 0.8 * 0.8])
    expected = (scale[g] * exposure[g] * means[law[g]]).sum()
    for deductible in DEDUCTIBLES:
        row = quotes[(f"IND{g}", deductible)]
        # The cap takes less than 3e-3 of the heavier law at these scales.
        assert float(row["expected_claims_usd"]) == pytest.approx(expected, rel=3e-3)
        retained = float(row["expected_retained_usd"])
        wanted = max(CORRIDOR * retained, GROUPS[g].get("aggregate_minimum_usd", 0))
        assert float(row["aggregate_attachment_usd"]) == pytest.approx(wanted, abs=0.006)


@pytest.mark.parametrize("g", [0])
def test_tail_figures_agree_with_sorted_years(quotes, g):
    claims = simulated_claims(g, np.random.default_rng(200 + g))
    row = quotes[(f"IND{g}", DEDUCTIBLES[0])]
    attachment = float(row["aggregate_attachment_usd"])
    _, specific, _, _ = covers(g, claims, DEDUCTIBLES[0], attachment)
    years = np.sort(specific)
    # Binomial limits of the order statistic, 4 standard errors of both samples.
    spread = 4 * math.sqrt(0.99 * 0.01 * YEARS * 1.25)
    low, high = years[int(0.99 * YEARS - spread)], years[int(0.99 * YEARS + spread)]
    assert low <= float(row["specific_var_99_usd"]) <= high
