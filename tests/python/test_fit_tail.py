# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The generalized Pareto tail and its threshold: against SciPy, exact answers and many samples with known parameters."""
import import_files  # noqa: F401  (puts the package on the path)
import numpy as np
import pytest

stats = pytest.importorskip("scipy.stats")

from corridor.fitting import body, claims, goodness, tail, threshold  # noqa: E402

XI, SIGMA = .35, 60_000.0
SAMPLES, SIZE = 60, 1000


def quantiles(xi, sigma, count):
    """A sample without chance: the amounts at evenly spaced probabilities."""
    return sigma / xi * (((np.arange(count) + .5) / count)**-xi - 1)


def scores(fit_one):
    """(estimate - truth) / standard error of `fit_one(rng)` over SAMPLES seeds, [sample][parameter]."""
    return np.array(
        [fit_one(np.random.Generator(np.random.PCG64(seed))) for seed in range(SAMPLES)])


def assert_standard(z):
    """Means within four standard errors and a bias of order 1/n; spreads within four standard errors of 1."""
    assert np.abs(z.mean(axis=0)).max() < 4 / SAMPLES**.5 + .1, z.mean(axis=0)
    assert np.abs(z.std(axis=0, ddof=1) - 1).max() < 4 / (2 * SAMPLES)**.5, z.std(axis=0)


def test_parameters_are_found_within_their_standard_errors():
    def one(rng):
        found = tail.fit(stats.genpareto.rvs(XI, scale=SIGMA, size=SIZE, random_state=rng))
        return (found.xi - XI) / found.se_xi, (found.sigma - SIGMA) / found.se_sigma

    assert_standard(scores(one))


def test_claims_at_a_cap_count_as_at_least_that():
    def one(rng):
        excess = stats.genpareto.rvs(XI, scale=SIGMA, size=SIZE, random_state=rng)
        found = tail.fit(np.minimum(excess, 120_000), censored=excess >= 120_000)
        return (found.xi - XI) / found.se_xi, (found.sigma - SIGMA) / found.se_sigma

    assert_standard(scores(one))


@pytest.mark.parametrize("xi", [-.2, .05, .4, .7])
def test_it_is_scipys_maximum(xi):
    excess = stats.genpareto.rvs(xi, scale=SIGMA, size=800, random_state=7)
    shape, _, scale = stats.genpareto.fit(excess, floc=0)
    found = tail.fit(excess)
    assert found.xi == pytest.approx(shape, abs=2e-4) and found.sigma == pytest.approx(scale,
                                                                                       rel=2e-4)
    assert found.log_likelihood >= stats.genpareto.logpdf(excess, shape, 0, scale).sum() - 1e-3
    assert found.log_likelihood == pytest.approx(stats.genpareto.logpdf(
        excess, found.xi, 0, found.sigma).sum(),
                                                 rel=1e-9)


@pytest.mark.parametrize("xi", [-.2, 0.0, 1e-7, .4])
def test_the_gradient_is_the_likelihoods(xi):
    rng = np.random.Generator(np.random.PCG64(3))
    arguments = (rng.random(50) * 2, rng.integers(1, 4, 50).astype(float), rng.random(50) < .2)
    at = np.array([xi, .2])
    _, gradient = tail._minus_log_likelihood(at, *arguments)
    for i in range(2):
        step = np.eye(2)[i] * 1e-6
        slope = (tail._minus_log_likelihood(at + step, *arguments)[0] -
                 tail._minus_log_likelihood(at - step, *arguments)[0]) / 2e-6
        assert gradient[i] == pytest.approx(slope, rel=1e-5, abs=1e-4)


def test_weights_are_repeated_claims():
    excess = quantiles(XI, SIGMA, 200)
    weight = np.tile([1.0, 2.0, 3.0, 4.0], 50)
    one, other = tail.fit(excess, weight=weight), tail.fit(np.repeat(excess, weight.astype(int)))
    assert one.xi == pytest.approx(other.xi, abs=1e-5) and one.se_xi == pytest.approx(other.se_xi,
                                                                                      rel=1e-4)


def test_the_error_of_the_shape_is_the_informations():
    found = tail.fit(quantiles(XI, SIGMA, 4000))
    assert found.se_xi == pytest.approx((1 + found.xi) / 4000**.5,
                                        rel=.03)  # the inverse of the expected information


def test_a_law_that_holds_everywhere_begins_at_the_lowest_threshold():
    found = threshold.judged(threshold.candidates(claims.make(quantiles(XI, SIGMA, 3000))))
    chosen, reason = threshold.choose(found)
    assert chosen is found[0] and "lowest" in reason
    assert chosen.fit.xi == pytest.approx(XI, abs=.01)


def test_a_tail_on_another_body_begins_where_the_body_ends():
    normal = stats.norm.ppf((np.arange(16_000) + .5) / 16_000)
    small = np.exp(7.8 + 1.5 * normal)
    amounts = np.concatenate([small[small < 50_000], 50_000 + quantiles(XI, 40_000, 800)])
    chosen, _ = threshold.choose(threshold.judged(threshold.candidates(claims.make(amounts))))
    assert 35_000 < chosen.fit.threshold < 80_000
    assert abs(chosen.fit.xi - XI) < 2 * chosen.fit.se_xi


def test_modified_scale_is_the_same_at_every_threshold_of_the_law():
    excess = quantiles(XI, SIGMA, 20_000)
    low, high = (tail.fit(excess[excess > u] - u, u) for u in (0.0, 40_000.0))
    assert high.stable == pytest.approx(low.stable, rel=.02)
    assert np.all(np.diag(high.stable_covariance) > np.diag(low.stable_covariance))


def test_a_lognormal_between_two_amounts_is_found_within_its_errors():
    def one(rng):
        amount = np.exp(8 + 1.4 * rng.standard_normal(3 * SIZE))
        seen = amount[(amount > 1_000) & (amount < 40_000)]
        found = body.fit_lognormal(seen, truncated_below=1_000, truncated_above=40_000)
        return (found.mu - 8) / found.se[0], (found.sigma - 1.4) / found.se[1]

    assert_standard(scores(one))


def test_the_lognormal_of_all_claims_is_the_textbooks():
    amount = np.exp(np.random.Generator(np.random.PCG64(1)).normal(8, 1.4, 500))
    found, logs = body.fit_lognormal(amount), np.log(amount)
    assert (found.mu, found.sigma) == pytest.approx((logs.mean(), logs.std()), rel=1e-5)
    assert found.se == pytest.approx([logs.std() / 500**.5, logs.std() / 1000**.5], rel=1e-3)


def test_statistics_of_goodness_are_scipys():
    p = np.random.Generator(np.random.PCG64(2)).random(50)
    ks, ad = goodness.statistics(p)
    assert ks == pytest.approx(stats.kstest(p, "uniform").statistic, rel=1e-12)
    assert goodness.statistics(np.array([.5]))[1] == pytest.approx(2 * np.log(2) - 1)
    assert ad == pytest.approx(stats._fit._anderson_darling(stats.uniform(), p, axis=0), rel=1e-9)


def test_a_wrong_law_has_a_small_p_value_and_the_right_one_has_not():
    right = quantiles(XI, SIGMA, 400)
    wrong = np.exp(11 + .35 * stats.norm.ppf((np.arange(400) + .5) / 400))
    assert goodness.assess(tail.fit(right), right).p_anderson_darling > .9
    assert goodness.assess(tail.fit(wrong), wrong).p_anderson_darling == pytest.approx(.01)
