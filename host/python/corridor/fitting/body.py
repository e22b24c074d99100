# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Claims below the threshold: a lognormal between two truncation points, or the claims themselves in buckets."""
from dataclasses import dataclass

import numpy as np
from scipy import optimize
from scipy.special import log_ndtr, ndtr

BUCKETS = 60


@dataclass(frozen=True)
class Lognormal:
    """`covariance` of (mu, log sigma) by observed information."""
    mu: float
    sigma: float
    covariance: np.ndarray
    log_likelihood: float

    @property
    def se(self):
        """Standard errors of (mu, sigma)."""
        return np.sqrt(np.diag(self.covariance)) * np.array([1.0, self.sigma])

    def below(self, x):
        """P(X <= x), given a claim."""
        return float(ndtr((np.log(x) - self.mu) / self.sigma)) if x > 0 else 0.0


def _log_mass(low, high):
    """log(Phi(high) - Phi(low)), also far out on either side."""
    if low > 0:
        low, high = -high, -low
    top, bottom = log_ndtr(high), log_ndtr(low)
    return top + np.log1p(-np.exp(bottom - top)) if bottom > -np.inf else top


def fit_lognormal(amount, weight=None, truncated_below=0.0, truncated_above=np.inf, censored=None):
    """The Lognormal of claims that are seen only between two amounts; those `censored` are at least what they say."""
    amount = np.asarray(amount, float)
    weight = np.ones(len(amount)) if weight is None else np.asarray(weight, float)
    censored = np.zeros(len(amount), bool) if censored is None else np.asarray(censored, bool)
    if weight.sum() < 10 or np.ptp(amount) == 0:
        raise ValueError("fewer than ten different claims below the threshold")
    log_amount = np.log(amount)
    low = np.log(truncated_below) if truncated_below > 0 else -np.inf
    high = np.log(truncated_above)

    def minus_log_likelihood(at):
        mu, sigma = at[0], np.exp(at[1])
        z = (log_amount - mu) / sigma
        seen = np.where(censored, log_ndtr(-z),
                        -z**2 / 2 - .5 * np.log(2 * np.pi) - at[1] - log_amount)
        return -(weight * seen).sum() + weight.sum() * _log_mass((low - mu) / sigma,
                                                                 (high - mu) / sigma)

    mean = (weight * log_amount).sum() / weight.sum()
    spread = np.sqrt((weight * (log_amount - mean)**2).sum() / weight.sum())
    start = np.array([mean, np.log(spread)])
    found = optimize.minimize(minus_log_likelihood,
                              start,
                              method="Nelder-Mead",
                              options={"xatol": 1e-7, "fatol": 1e-9, "maxiter": 4000})
    covariance = np.linalg.pinv(_second_derivative(minus_log_likelihood, found.x))
    return Lognormal(float(found.x[0]), float(np.exp(found.x[1])), covariance, float(-found.fun))


def _second_derivative(function, at, step=1e-3):
    size = len(at)
    matrix = np.empty((size, size))
    unit = np.eye(size) * step
    for i in range(size):
        for j in range(size):
            matrix[i, j] = (function(at + unit[i] + unit[j]) - function(at + unit[i] - unit[j]) -
                            function(at - unit[i] + unit[j]) +
                            function(at - unit[i] - unit[j])) / (4 * step**2)
    return matrix


def buckets(amount, weight, threshold, zero_share, truncated_below=0.0):
    """A continuance of claims up to `threshold`: {"upper_usd", "probability", "mean_usd"}, with `zero_share` at 0 and
    nothing between 0 and `truncated_below`.

    Up to BUCKETS buckets with equally many claims; each keeps its claims' mean.
    """
    order = np.argsort(amount, kind="stable")
    amount, weight = amount[order], weight[order]
    share = np.cumsum(weight) / weight.sum()
    inner = amount[np.searchsorted(share, np.arange(1, BUCKETS) / BUCKETS)]
    ends = np.unique(np.append(inner[(inner > truncated_below) & (inner < threshold)], threshold))
    where = np.searchsorted(ends, amount)
    mass = np.bincount(where, weight, len(ends))
    mean = np.divide(np.bincount(where, weight * amount, len(ends)),
                     mass,
                     out=np.full(len(ends), np.nan),
                     where=mass > 0)
    probability = (1 - zero_share) * mass / mass.sum()
    first = [0.0] if truncated_below <= 0 else [0.0, truncated_below]
    ends, probability, mean = ends[ends > first[-1]], probability[ends > first[-1]], mean[ends >
                                                                                          first[-1]]
    blank = [np.nan] * (len(first) - 1)
    return {
        "upper_usd": np.concatenate([first, ends]),
        "probability": np.concatenate([[zero_share], [0.0] * len(blank), probability]),
        "mean_usd": np.concatenate([[0.0], blank, mean])
    }
