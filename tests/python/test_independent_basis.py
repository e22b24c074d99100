# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Contract bases against a second program: a plain numpy simulation of what the format's
description says, with its own generator, quantiles and months."""

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
MEMBERS = 60
DEDUCTIBLES = [20_000.0, 60_000.0]
MEAN, CV, P_ZERO = 9_000.0, 3.0, 0.15
TREND, PERSISTENCE, SPREAD, LASTING, BOOK_CV = 0.08, 0.3, 0.25, 0.6, 0.05
SMALL = [.2, .55, .8, .92, .97, 1.0]
LARGE = [.05, .3, .55, .75, .9, 1.0]
WEIGHTS = [14, 12, 11, 9, 8, 8, 7, 7, 9, 10, 11, 13]
END = 255

# (run-in, run-out, policy months), of the specific and of the aggregate
GROUPS = [
    {"specific": (0, 0, 12)},
    {"specific": (0, 3, 12), "aggregate": (0, 0, 12), "effect_cv": 0.25},
    {"specific": (3, 0, 12), "effect_cv": 0.3},
    {"specific": (END, 0, 12), "aggregate": (0, END, 12), "effect_cv": 0.2, "exposure": 0.5},
    {"specific": (12, 1, 9), "effect_cv": 0.15},
    {"specific": (0, END, 12), "aggregate": (0, 2, 12), "excluded": 3, "effect_cv": 0.1},
]


def quantile(survival):
    sigma = math.sqrt(math.log1p(CV * CV))
    claims = np.zeros_like(survival)
    hit = survival < 1 - P_ZERO
    score = ndtri(survival[hit] / (1 - P_ZERO))
    claims[hit] = MEAN * np.exp(-sigma * score - sigma**2 / 2)
    return claims


def share_by_month(windows, curve, back):
    """Share of a claim by month of incurral that the windows take, months spread."""
    run_in, run_out, months = windows
    paid = lambda n: 0.0 if n < 0 else curve[n] if n < len(curve) else 1.0
    shares = []
    for month in range(12):
        incurred = month + 1 - 12 * back
        if incurred > months or incurred < 1 - run_in:
            shares.append(0.0)
            continue
        until = 1.0 if run_out == END else paid(months + run_out - incurred)
        shares.append(until - paid(-incurred))
    weights = np.array(WEIGHTS) / sum(WEIGHTS)
    shares = np.array(shares)
    return SPREAD * weights @ shares + (1 - SPREAD) * shares


def eligible(windows, back, claims, month):
    small = share_by_month(windows, SMALL, back)
    large = np.maximum(share_by_month(windows, LARGE, back), 0.4 * small)
    weight = np.clip(np.log2(np.maximum(claims, 1e-9) / 25_000) / 2, 0, 1)
    return claims * ((1 - weight) * small[month] + weight * large[month])


def lognormal(rng, variance, size):
    return np.exp(math.sqrt(variance) * rng.standard_normal(size) - variance / 2)


def person_years(terms, rng):
    """Eligible claims [year, member] on the specific's and on the aggregate's windows."""
    bases = [terms["specific"], terms.get("aggregate", terms["specific"])]
    group_variance = math.log1p(terms.get("effect_cv", 0.0) ** 2)
    lasting = lognormal(rng, LASTING * group_variance, (YEARS, 1))
    weights = np.array(WEIGHTS) / sum(WEIGHTS)
    survival = rng.random((YEARS, MEMBERS))
    totals = [np.zeros((YEARS, MEMBERS)) for _ in bases]
    for back in range(2):  # the lag of five months reaches one year back
        if back > 0:
            stays = rng.random(survival.shape) < PERSISTENCE
            survival = np.where(stays, survival, rng.random(survival.shape))
        yearly = lognormal(rng, (1 - LASTING) * group_variance, (YEARS, 1))
        book = lognormal(rng, math.log1p(BOOK_CV**2), (YEARS, 1))
        month = rng.choice(12, size=survival.shape, p=weights)
        claims = quantile(np.minimum(survival / terms.get("exposure", 1.0), 1.0))
        level = lasting * yearly * book * (1 + TREND) ** -back
        for total, windows in zip(totals, bases):
            total += eligible(windows, back, claims, month) * SCALE * level
    return totals


SCALE = np.random.default_rng(5).uniform(0.4, 2.0, MEMBERS)


def write_book(path):
    count = len(GROUPS)
    with h5py.File(path, "w") as book:
        book.attrs["schema"] = np.bytes_("corridor.book")
        book.attrs["schema_version"] = np.array([1, 0], "i4")
        book.attrs["currency"] = np.bytes_("USD")
        book.attrs["policy_year"] = np.int32(2026)
        market = book.create_group("market")
        market.attrs["book_cv"] = BOOK_CV
        market.attrs["trend"] = TREND
        market.attrs["persistence"] = PERSISTENCE
        market.attrs["year_correlation"] = LASTING
        law = book.create_group("distributions/law0")
        for name, value in {"index": np.uint16(0), "kind": np.bytes_("lognormal"),
                            "mean_usd": MEAN, "cv": CV, "p_zero": P_ZERO}.items():
            law.attrs[name] = value

        def column(name, values):
            book.create_dataset(name, data=values, chunks=True, compression="gzip",
                                compression_opts=1, shuffle=True, fletcher32=True)

        column("lag/paid_fraction", np.array(SMALL))
        column("lag/paid_fraction_large", np.array(LARGE))
        column("lag/incurral_weight", np.array(WEIGHTS, "f8"))
        book["lag"].attrs["incurral_spread"] = SPREAD
        column("groups/group_id", np.array([f"BAS{g}" for g in range(count)], "S32"))
        column("groups/member_offset", np.arange(count + 1, dtype="u8") * MEMBERS)
        column("groups/effect_cv", np.array([g.get("effect_cv", 0.0) for g in GROUPS]))
        column("groups/aggregate_counts",
               np.array([16 if "excluded" in g else 0 for g in GROUPS], "u1"))
        for prefix, key in (("", "specific"), ("aggregate_", "aggregate")):
            windows = [g.get(key, g["specific"]) for g in GROUPS]
            column(f"groups/{prefix}run_in_months", np.array([w[0] for w in windows], "u1"))
            column(f"groups/{prefix}run_out_months", np.array([w[1] for w in windows], "u1"))
        column("groups/policy_months", np.array([g["specific"][2] for g in GROUPS], "u1"))
        column("members/distribution", np.zeros(count * MEMBERS, "u2"))
        column("members/scale", np.tile(SCALE, count))
        column("members/exposure",
               np.repeat([g.get("exposure", 1.0) for g in GROUPS], MEMBERS).astype("f4"))
        laser = np.full((count, MEMBERS), np.nan)
        for g, terms in enumerate(GROUPS):
            laser[g, : terms.get("excluded", 0)] = np.inf
        column("members/laser_usd", laser.ravel())


@pytest.fixture(scope="module")
def quotes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("basis")
    write_book(folder / "book.h5")
    subprocess.run([PROGRAM, "price", folder / "book.h5", "--csv", folder / "quotes.csv", "--quiet",
                    "--years", str(4 * YEARS), "--specific", ",".join(map(str, DEDUCTIBLES)),
                    "--corridor", "1.1"], check=True)
    with open(folder / "quotes.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["group_id"], float(row["specific_deductible_usd"])): row for row in rows}


def assert_close(row, name, sample):
    """Within 4 standard errors of the two programs together; the closed form of the sample's."""
    mean, se = float(row[f"{name}_mean_usd"]), float(row[f"{name}_se_usd"])
    own = sample.std(ddof=1) / math.sqrt(len(sample))
    slack = 1e-3 * sample.mean()  # 512 slots for the months, the octave's parabola
    assert abs(mean - sample.mean()) <= 4 * math.hypot(se, own) + slack, (name, mean, sample.mean())
    exact = float(row["expected_retained_usd"]) if name == "retained" else None
    if exact is not None:
        assert abs(exact - sample.mean()) <= 4 * own + slack, (exact, sample.mean())


@pytest.mark.parametrize("g", range(len(GROUPS)))
def test_contracts_agree_with_a_plain_simulation(quotes, g):
    terms = GROUPS[g]
    specific, aggregate = person_years(terms, np.random.default_rng(100 + g))
    covered = np.arange(MEMBERS) >= terms.get("excluded", 0)
    counted = covered if "excluded" in terms else np.full(MEMBERS, True)
    for deductible in DEDUCTIBLES:
        row = quotes[(f"BAS{g}", deductible)]
        excess = np.maximum(specific - deductible, 0)[:, covered].sum(1)
        retained = np.minimum(aggregate, deductible)[:, counted].sum(1)
        assert_close(row, "specific_before_asd", excess)
        assert_close(row, "retained", retained)
        payout = np.maximum(retained - float(row["aggregate_attachment_usd"]), 0)
        assert_close(row, "aggregate", payout)
        above = (specific[:, covered] > deductible).sum(1)
        error = 4 * above.std(ddof=1) / math.sqrt(YEARS) + 1e-3 * above.mean()
        assert abs(float(row["expected_claimants"]) - above.mean()) <= error
