# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The tail of a whole book against the law of its year: groups are sums of persons by FFT
(plain_convolution.py) and the book is the sum of its groups, given what they share."""
import math

import h5py
import numpy as np
import pytest

import plain_convolution as exact
import small_book
from corridor_program import OK, corridor

YEARS = 100_000
STEP, REACH = 250.0, 250.0 * 8192
LAW = exact.Lognormal(6000.0, 2.0, 0.1)
# Groups by members, specific deductible and own effect; the last keeps its claims up to an attachment.
GROUPS = [(20, 15e3, 0.2), (35, 25e3, 0.1), (30, math.inf, 0.15)]
ATTACHMENT = 220e3
QUOTA, LOW, WIDTH = 0.3, 70e3, 60e3


def book(path, market):
    content = small_book.content()
    sizes = [size for size, _, _ in GROUPS]
    content["laws"] = {"law": {"attributes": {**LAW.facts, "index": np.uint16(0)}, "columns": {}}}
    content["laws"]["law"]["attributes"]["kind"] = np.bytes_(LAW.facts["kind"])
    content["groups"] = {
        "group_id": np.array([b"G1", b"G2", b"G3"], "S32"),
        "member_offset": np.array([0, *np.cumsum(sizes)], np.uint64),
        "employees": np.array([[size, 0, 0, 0] for size in sizes], np.uint32),
        "effect_cv": np.array([cv for _, _, cv in GROUPS]),
        "region": np.array([1, 1, 2], np.uint16), "industry": np.array([5, 6, 6], np.uint16),
        "specific_deductible_usd": np.array([deductible for _, deductible, _ in GROUPS]),
        "aggregate_attachment_usd": np.array([math.nan, math.nan, ATTACHMENT])}
    members = sum(sizes)
    content["members"] = {"distribution": np.zeros(members, np.uint16), "scale": np.ones(members)}
    content["more"] = {"treaties/kind": np.array([0, 2], np.uint8), "treaties/share": np.array([QUOTA, 1.0]),
                       "treaties/attachment_usd": np.array([0, LOW]),
                       "treaties/limit_usd": np.array([math.inf, WIDTH])}
    small_book.write(path, content)
    with h5py.File(path, "r+") as file:
        file.create_group("market").attrs.update(market)
    return path


def simulated(path, market):
    done = corridor("tail", book(path.with_name("book.h5"), market), "-o", path, "-q", "--years", YEARS,
                    "--levels", "0.9,0.99")
    assert done.code == OK, done.why
    with h5py.File(path) as file:
        tables = {name: file[name][:] for name in ("metrics", "risk")}
        return tables, {name: series[:] / 100 for name, series in file["losses"].items()}


def nodes(cv):
    """Mean-one lognormal factors and their weights, Gauss-Hermite: totals are smooth in the score."""
    sigma = exact.sigma_of(cv)
    score, weight = np.polynomial.hermite_e.hermegauss(9)
    return list(zip(np.exp(sigma * score - sigma**2 / 2), weight / weight.sum()))


def masses(total, from_usd):
    """Lattice masses of (T - from)+ by second differences of its stop-loss function."""
    points = int(REACH / STEP)
    stop = total.spline(np.minimum(from_usd + STEP * np.arange(points + 1), total.reach - STEP))
    slopes = np.diff(stop) / STEP
    return np.concatenate([[1 + slopes[0]], np.diff(slopes)])


def law_of_gross(book_cv):
    spectrum = 0
    for shared, weight in (nodes(book_cv) if book_cv else [(1.0, 1.0)]):
        product = 1
        for size, deductible, cv in GROUPS:
            lines = [(0.0, 1.0)] if math.isinf(deductible) else [(0.0, 0.0), (deductible, 1.0)]
            effects = [(f * shared, 1.0, w) for f, w in nodes(cv)]
            total = exact.Total([exact.Class(LAW, 1.0, 1.0, lines, size)], effects, STEP, REACH)
            product = product * np.fft.rfft(masses(total, ATTACHMENT if math.isinf(deductible) else 0.0))
        spectrum = spectrum + weight * product
    return np.fft.irfft(spectrum, int(REACH / STEP))


def var_and_tvar(mass, amounts, level):
    """Of rising amounts with lattice masses; the lattice point at the quantile is split."""
    below = np.cumsum(mass)
    at = int(np.argmax(below >= level))
    share = (level - below[at - 1]) / mass[at]
    var = amounts[at - 1] + (share + 0.5) * (amounts[at] - amounts[at - 1]) - (amounts[1] - amounts[0]) / 2
    rest = mass[at + 1:] @ amounts[at + 1:] + (below[at] - level) * amounts[at]
    return var, rest / (1 - level)


def net(gross):
    left = (1 - QUOTA) * gross
    return left - np.clip(left - LOW, 0, WIDTH)


@pytest.mark.parametrize("book_cv", [0.0, 0.15])
def test_tails_are_those_of_the_convolved_law(book_cv, tmp_path):
    tables, _ = simulated(tmp_path / "tail.h5", {"book_cv": book_cv})
    mass, amounts = law_of_gross(book_cv), STEP * np.arange(int(REACH / STEP))
    assert abs(mass.sum() - 1) < 1e-6
    metrics = {row["metric"]: row for row in tables["metrics"]}
    for name, of in {b"gross": amounts, b"net": net(amounts)}.items():
        row = metrics[name]
        assert abs(row["mean_usd"] - mass @ of) < 4 * row["se_usd"], name
        for figure in tables["risk"][tables["risk"]["metric"] == name]:
            var, tvar = var_and_tvar(mass, of, figure["level"])
            # Where a layer's bottom holds more years than the error is wide, VaR is that bottom.
            allowed = max(4 * figure["var_se_usd"], STEP)
            assert abs(figure["var_usd"] - var) < allowed, (name, figure["level"], var, figure["var_usd"])
            assert abs(figure["tvar_usd"] - tvar) < 4 * figure["tvar_se_usd"], (name, figure["level"], tvar)


def test_shared_effects_spread_the_books_claims_as_in_closed_form(tmp_path):
    market = {"book_cv": 0.2, "region_cv": 0.3, "industry_cv": 0.25}
    tables, years = simulated(tmp_path / "tail.h5", market)
    claims = years["ground_up"]
    book_part, region_part, industry_part = (1 + cv * cv for cv in market.values())
    mean = 0.9 * LAW.mean_hit
    square = 0.9 * LAW.mean_hit**2 * math.exp(LAW.sigma**2)
    keys = [(1, 5), (1, 6), (2, 6)]
    variance = 0.0
    for g, (size, _, cv) in enumerate(GROUPS):
        together = book_part * region_part * industry_part * (1 + cv * cv)
        variance += size * together * (square - mean**2) + (size * mean) ** 2 * (together - 1)
        for h in range(3):
            shared = book_part * (region_part if keys[g][0] == keys[h][0] else 1)
            shared *= industry_part if keys[g][1] == keys[h][1] else 1
            variance += size * GROUPS[h][0] * mean**2 * (shared - 1) if h != g else 0
    spread = np.std((claims - claims.mean()) ** 2) / math.sqrt(YEARS)
    assert abs(claims.var() - variance) < 4 * spread, (claims.var() / variance, spread / variance)
    row = next(row for row in tables["metrics"] if row["metric"] == b"ground_up")
    assert row["sd_usd"] == pytest.approx(claims.std(ddof=1)) and spread < 0.03 * variance
