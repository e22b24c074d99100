# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Laws that a fit makes: they keep what the claims say, mix by credibility, and price as they are."""
import json
import os
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as xml

import corridor_program
import import_files as files
import numpy as np
import pytest

pytest.importorskip("scipy")

from corridor.fitting import claims, fit, law_values  # noqa: E402
from corridor.importing import factor_tables  # noqa: E402
from corridor.importing.problems import CellError  # noqa: E402


def experience(seed=3, count=6000):
    """Yearly claims of members: a fifth have none, three in a hundred come from a tail above 50,000."""
    rng = np.random.Generator(np.random.PCG64(seed))
    amount = np.exp(7.8 + 1.5 * rng.standard_normal(count))
    amount[rng.random(count) < .2] = 0
    high = rng.random(count) < .03
    amount[high] = 50_000 + 40_000 * (rng.random(high.sum())**-.4 - 1) / .4
    return np.round(amount, 2)


AMOUNT = experience()
FITTED = fit.fit(claims.make(AMOUNT), at=50_000)


def limited(fitted, amount, name=None):
    return law_values.limited(fitted.laws[name or fitted.name], np.asarray(amount, float),
                              fitted.laws)


def test_the_share_without_claims_and_above_the_threshold_are_the_claims():
    law = FITTED.laws["fit"]
    assert law_values.survival(law, 1e-3, FITTED.laws) == pytest.approx((AMOUNT > 0).mean(),
                                                                        abs=1e-4)
    assert law_values.survival(law, 50_000 * (1 - 2e-6), FITTED.laws) == pytest.approx(
        (AMOUNT > 50_000).mean(), rel=1e-3)


def test_an_empirical_body_keeps_the_dollars_below_the_threshold():
    fitted = fit.fit(claims.make(AMOUNT), "empirical", 50_000)
    assert limited(fitted, 50_000) == pytest.approx(np.minimum(AMOUNT, 50_000).mean(), rel=1e-9)
    tail = fitted.tail
    assert fitted.mean == pytest.approx(np.minimum(AMOUNT, 50_000).mean() +
                                        (AMOUNT > 50_000).mean() * tail.sigma / (1 - tail.xi),
                                        rel=1e-6)


def test_a_lognormal_body_keeps_them_within_their_error():
    below = np.minimum(AMOUNT, 50_000)
    assert abs(limited(FITTED, 50_000) - below.mean()) < 4 * below.std() / len(below)**.5


@pytest.mark.parametrize("shape", ["empirical", "lognormal"])
def test_claims_recorded_from_an_amount_up_keep_their_share_and_dollars(shape):
    recorded = AMOUNT[AMOUNT >= 2_000]
    silver = ("silver_published",
              {"silver_published": factor_tables.claim_laws()["silver_published"]})
    fitted = fit.fit(claims.make(recorded, truncated_below=2_000, members=len(AMOUNT)),
                     shape,
                     50_000,
                     below=silver)
    layer = np.clip(AMOUNT, 2_000, 50_000).mean() - 2_000
    assert limited(fitted, 50_000) - limited(fitted, 2_000) == pytest.approx(
        layer, rel=1e-5 if shape == "empirical" else .02)
    assert law_values.survival(fitted.laws["fit"], 2_000,
                               fitted.laws) == pytest.approx(len(recorded) / len(AMOUNT), rel=1e-3)


def test_groups_that_are_alike_have_the_informations_error_and_others_a_larger_one():
    group = np.arange(len(AMOUNT)) % 40
    alike = fit.jackknife(fit.fit(claims.make(AMOUNT, group=group), "empirical", 50_000))
    assert alike["sigma"] == pytest.approx(FITTED.tail.se_sigma, rel=.4)
    assert alike["mean"] == pytest.approx(AMOUNT.std() / len(AMOUNT)**.5, rel=.4)
    level = np.exp(.5 * np.sin(np.arange(40)))[group]
    other = fit.jackknife(fit.fit(claims.make(AMOUNT * level, group=group), "empirical", 50_000))
    assert other["mean"] > 1.5 * alike["mean"]


def test_the_credible_law_is_the_mixture():
    known = factor_tables.claim_laws()
    fit.weigh(FITTED, known["gold_published"], known)
    z, at = FITTED.credibility.z, np.array([25_000, 100_000, 1e6, np.inf])
    assert 0 < z < 1 and z == pytest.approx(
        (FITTED.credibility.claims / FITTED.credibility.full)**.5)
    assert FITTED.credibility.full == pytest.approx(
        (1.959964 / .1)**2 * (1 + FITTED.credibility.cv**2), rel=1e-6)
    expected = z * limited(FITTED, at) + (1 - z) * law_values.limited(known["gold_published"], at,
                                                                      known)
    assert limited(FITTED, at, "fit_credible") == pytest.approx(expected, rel=1e-9)


def test_limited_expected_values_are_the_sample_generators():
    sys.path.insert(0, str(corridor_program.ROOT / "scripts"))
    from book import laws
    published, mine = laws.published("silver"), factor_tables.claim_laws()["silver_published"]
    at = np.concatenate([published.upper[1:], [60e3, 1e5, 3e5, 1e6, 2e7]])
    assert law_values.limited(mine, at, {}) == pytest.approx(published.limited(at), rel=1e-8)


def test_parametric_laws_are_their_integrals():
    from scipy import integrate, stats
    lognormal = {
        "attributes": {"kind": "lognormal", "mean_usd": 8000.0, "cv": 4.0, "p_zero": .15},
        "columns": {}
    }
    mu, sigma = law_values.lognormal_parameters(lognormal["attributes"])
    pareto = {
        "attributes": {
            "kind": "generalized_pareto", "xi": .4, "sigma_usd": 3e4, "threshold_usd": 1e4,
            "p_zero": .1
        }, "columns": {}
    }
    for law, survival in ((lognormal, lambda x: .85 * stats.lognorm.sf(x, sigma, scale=np.exp(mu))),
                          (pareto, lambda x: .9 * stats.genpareto.sf(x, .4, 1e4, 3e4))):
        for d in (5_000.0, 80_000.0):
            assert float(law_values.limited(law, np.array(d), {})) == pytest.approx(integrate.quad(
                survival, 0, d, points=[1e4] if d > 1e4 else None)[0],
                                                                                    rel=1e-7)
            assert law_values.survival(law, d, {}) == pytest.approx(float(survival(d)), rel=1e-4)


@pytest.mark.parametrize("options, code", [({"truncated_below": 1_000}, "E_RANGE"),
                                           ({"members": 10}, "E_RANGE")])
def test_claims_that_contradict_what_is_said_are_refused(options, code):
    with pytest.raises(CellError) as caught:
        claims.make(AMOUNT, **options)
    assert caught.value.code == code
    with pytest.raises(CellError) as caught:
        claims.make(AMOUNT[AMOUNT > 5_000], truncated_below=5_000)
    assert caught.value.code == "E_MISSING" and "--members" in caught.value.fix


def run(*arguments, cwd):
    environment = {
        **os.environ, "PYTHONPATH": str(files.SOURCES), "CORRIDOR": corridor_program.PROGRAM
    }
    return subprocess.run(
        [sys.executable, "-B", "-m", "corridor.fitting.program", *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False)


def test_a_fitted_law_is_imported_and_priced(tmp_path):
    (tmp_path / "claims.csv").write_text("Paid claims\n" + "\n".join(f'"${x:,.2f}"'
                                                                     for x in AMOUNT) + "\n")
    done = run("claims.csv",
               "-o",
               "law.toml",
               "--threshold",
               "50,000",
               "--plot",
               "fit.svg",
               "--json",
               cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    facts, law = json.loads(done.stdout), tomllib.loads((tmp_path / "law.toml").read_text())
    assert facts["xi"] == pytest.approx(
        FITTED.tail.xi) and law["laws"]["fit_tail"]["xi"] == facts["xi"]
    assert xml.parse(tmp_path / "fit.svg").getroot().tag.endswith("svg")

    members = files.text(tmp_path / "members.csv", "Group ID,Law\n" + "A,\n" * 40)
    files.book(tmp_path, members, map_text='[book]\nlaw_files = ["law.toml"]\nlaw = "fit"\n')
    priced = corridor_program.corridor("price",
                                       "book.h5",
                                       "--specific",
                                       "100000",
                                       "--corridor",
                                       "1.25",
                                       "--years",
                                       "500",
                                       cwd=tmp_path)
    assert priced.code == 0, priced.why
    assert expected_claims(priced.out) == pytest.approx(40 * facts["mean_usd"], rel=3e-3)


def expected_claims(out):
    """The column of expected claims of group A's row."""
    return float(
        next(line for line in out.splitlines()
             if line.startswith("A ")).split()[4].replace(",", ""))


def test_wrong_claims_are_named_row_by_row(tmp_path):
    (tmp_path / "claims.csv").write_text("group,amount\nA,100\nA,-5\nA,x\n")
    done = run("claims.csv", "-o", "law.toml", cwd=tmp_path)
    assert done.returncode == 65 and not (tmp_path / "law.toml").exists()
    assert "E_NEGATIVE claims.csv, row 3" in done.stderr and "E_NUMBER claims.csv, row 4" in done.stderr
    assert run("none.csv", cwd=tmp_path).returncode == 66 and run(
        "claims.csv", "--plot", "a.gif", cwd=tmp_path).returncode == 64
