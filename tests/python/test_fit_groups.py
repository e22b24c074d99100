# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Credibility over groups: published figures, balance, unbiased variances, and factors that import takes."""
import csv
import json

import import_files as files
import numpy as np
import pytest

pytest.importorskip("scipy")

from corridor.fitting import claims, group_credibility  # noqa: E402
from corridor.importing.problems import CellError  # noqa: E402
from fit_command import fit  # noqa: E402
from test_fit_laws import AMOUNT  # noqa: E402

# Average claims and their numbers of five states over twelve quarters: Hachemeister, Credibility for regression models
# with application to trend (1975), as in the R package actuar (Dutang, Goulet, Pigeon), whose vignette "Credibility theory
# features" has the states' means and weights and the variance within states.
RATIOS = """1738 1642 1794 2051 2079 2234 2032 2035 2115 2262 2267 2517
1364 1408 1597 1444 1342 1675 1470 1448 1464 1831 1612 1471
1759 1685 1479 1763 1674 2103 1502 1622 1828 2155 2233 2059
1223 1146 1010 1257 1426 1532 1953 1123 1343 1243 1762 1306
1456 1499 1609 1741 1482 1572 1606 1735 1607 1573 1613 1690"""
NUMBERS = """7861 9251 8706 8575 7917 8263 9456 8003 7365 7832 7849 9077
1622 1742 1523 1515 1622 1602 1964 1515 1527 1748 1654 1861
1147 1357 1329 1204 998 1077 1277 1218 896 1003 1108 1121
407 396 348 341 315 328 352 331 287 384 321 342
2902 3172 3046 3068 2693 2910 3275 2697 2663 3017 3242 3425"""


def hachemeister():
    value, weight = (np.array([line.split() for line in text.splitlines()], float) for text in (RATIOS, NUMBERS))
    state = np.repeat(np.arange(5), 12)
    return group_credibility.of_groups(state, value.ravel(), weight.ravel())


def test_hachemeisters_states_have_their_published_figures():
    """The variance between states, credibility and credible means follow from these by the estimator's formulas."""
    found = hachemeister()
    assert found.weight.tolist() == [100155, 19895, 13735, 4152, 36110]
    assert found.mean.round().tolist() == [2061, 1511, 1806, 1353, 1600]
    assert round(found.within) == 139_120_026
    assert (round(found.between), round(found.collective)) == (89_639, 1_684)
    assert found.credible.round().tolist() == [2055, 1524, 1793, 1443, 1603]
    assert found.z == pytest.approx([.9847, .9276, .8985, .7279, .9588], abs=5e-5)


def test_credible_means_average_to_the_claims_own():
    found = hachemeister()
    assert found.weight @ found.credible == pytest.approx(found.weight @ found.mean, rel=1e-12)
    assert found.weight @ found.factor / found.weight.sum() == pytest.approx(1, rel=1e-12)


def test_variances_are_unbiased_over_seeds():
    """Of 2,000 samples of 12 groups of unequal sizes, within 4 of their standard errors."""
    rng = np.random.Generator(np.random.PCG64(11))
    weight = rng.uniform(.5, 4, (12, 5)) * np.linspace(.3, 3, 12)[:, None]
    group = np.repeat(np.arange(12), 5)
    values = []
    for _ in range(2_000):
        own = 100 + 6 * rng.standard_normal((12, 1))
        seen = own + 20 / np.sqrt(weight) * rng.standard_normal(weight.shape)
        found = group_credibility.of_groups(group, seen.ravel(), weight.ravel())
        spread = found.weight @ (found.mean - np.average(found.mean, weights=found.weight))**2
        unfloored = (spread - 11 * found.within) / (weight.sum() - (found.weight**2).sum() / weight.sum())
        assert found.between == pytest.approx(max(unfloored, 0), rel=1e-9, abs=1e-9)
        values.append((found.within, unfloored))
    mean, error = np.mean(values, axis=0), np.std(values, axis=0) / 2_000**.5
    assert np.all(np.abs(mean - [400, 36]) < 4 * error) and np.all(error < [2.5, 1])


def test_groups_that_chance_explains_have_the_collective_mean():
    found = group_credibility.of_groups([0, 0, 1, 1], [1., 3., 3., 1.], [1., 1., 1., 1.])
    assert (found.between, found.z.tolist(), found.factor.tolist()) == (0, [0, 0], [1, 1])


def test_how_often_a_row_occurred_is_so_many_rows():
    rng = np.random.Generator(np.random.PCG64(5))
    amount, count = rng.gamma(2, 1000, 60).round(2), rng.integers(1, 5, 60).astype(float)
    group = np.arange(60) % 3
    counted = group_credibility.of_rows(claims.Rows(amount, count, group), np.inf)
    times = count.astype(int)
    alone = group_credibility.of_rows(claims.Rows(np.repeat(amount, times), None, np.repeat(group, times)), np.inf)
    assert (counted.within, counted.between) == pytest.approx((alone.within, alone.between), rel=1e-9)
    assert counted.credible == pytest.approx(alone.credible, rel=1e-9)


def test_years_that_members_had_in_common_are_chance():
    """Two years a group, good and bad for everybody in it: one member tells little of the group, and many no more."""
    rng = np.random.Generator(np.random.PCG64(7))
    group, year = np.repeat(np.arange(30), 100), np.tile(np.repeat([0, 1], 50), 30)
    shock = np.exp(.5 * rng.standard_normal((30, 2)))[group, year]
    rows = claims.Rows(1000 * shock * rng.gamma(2, .5, 3000), None, group, [], year)
    without = claims.Rows(rows.amount, None, group)
    assert group_credibility.of_rows(rows, np.inf).z.max() < .5 * group_credibility.of_rows(without, np.inf).z.min()


@pytest.mark.parametrize("group, count", [([0, 0], None), ([0, 1], None), ([], None)])
def test_what_tells_nothing_of_groups_is_refused(group, count):
    with pytest.raises(CellError) as caught:
        group_credibility.of_groups(group, np.ones(len(group)), np.ones(len(group)), count)
    assert caught.value.code == "E_FIT"


def test_factors_are_written_and_multiply_members_claims(tmp_path):
    level = np.array([.7, 1.0, 1.6])[np.arange(len(AMOUNT)) % 3]
    lines = [f"{name},{x:.2f}" for name, x in zip(np.tile(["A", "B, Inc.", "C"], 2000), AMOUNT * level)]
    (tmp_path / "claims.csv").write_text("Group ID,Paid claims\n" + "\n".join(
        '"B, Inc.",' + line.split(",")[-1] if line.startswith("B") else line for line in lines) + "\n")
    done = fit("claims.csv", "-o", "law.toml", "--group-factors", "factors.csv", "--threshold", "50,000",
               "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)["groups"]
    with open(tmp_path / "factors.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["group_id"] for row in rows] == ["A", "B, Inc.", "C"]
    assert [float(row["scale"]) for row in rows] == pytest.approx([g["scale"] for g in facts["groups"]], abs=1e-6)
    capped = [np.minimum(np.round(AMOUNT * level, 2)[start::3], 50_000).mean() for start in range(3)]
    assert [float(row["mean_usd"]) for row in rows] == pytest.approx(capped, abs=.01)
    scale = [float(row["scale"]) for row in rows]
    assert scale[0] < scale[1] < scale[2] and all(.5 < float(row["credibility"]) < 1 for row in rows)
    assert np.mean(scale) == pytest.approx(1, abs=1e-6)

    groups = files.text(tmp_path / "groups.csv", "Group ID,Area factor,EE\n" + "".join(
        f"\"{row['group_id']}\",{row['scale']},2\n" for row in rows))
    members = files.text(tmp_path / "members.csv", "Group ID\nA\nA\n\"B, Inc.\"\n\"B, Inc.\"\nC\nC\n")
    assert groups.exists()
    files.book(tmp_path, groups, members, map_text='[book]\nlaw_files = ["law.toml"]\nlaw = "fit"\nscale = "one"\n')
    import h5py
    with h5py.File(tmp_path / "book.h5") as book:
        assert book["members/scale"][:] == pytest.approx(np.repeat(scale, 2), rel=1e-6)


@pytest.mark.parametrize("flags", [["--members", "9000"], ["--truncated-below", "2000", "--members", "9000"], []])
def test_factors_need_groups_and_every_member(flags, tmp_path):
    header = "amount\n" if not flags else "group,amount\n"
    row = (lambda i, x: f"{x:.2f}") if not flags else (lambda i, x: f"{i % 3},{x:.2f}")
    kept = [x for x in AMOUNT if x >= 2000 or "--truncated-below" not in flags]
    (tmp_path / "claims.csv").write_text(header + "\n".join(row(i, x) for i, x in enumerate(kept)) + "\n")
    done = fit("claims.csv", "--group-factors", "factors.csv", "--threshold", "50,000", *flags, cwd=tmp_path)
    assert done.returncode == 65 and "E_MISSING" in done.stderr, done.stderr
    assert not (tmp_path / "factors.csv").exists()
