# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Claim laws: one person's eligible claims in a year, in 2026 dollars.

Every law knows its `mean`, its `survival(x)` and how a book writes it: `kind`, `attributes` and `columns`.
"""
from dataclasses import dataclass
from functools import cache
from math import erf, log, sqrt

import numpy as np

from . import tables

MAXIMUM_USD = 25e6
METAL_TIERS = ("bronze", "silver", "gold", "platinum")

_normal_cdf = np.vectorize(lambda z: 0.5 * (1 + erf(z / sqrt(2))), otypes=[float])


class Continuance:
    """Buckets up to the first tail threshold, Pareto pieces from there, capped at MAXIMUM_USD.

    upper_usd, probability, mean_usd: [bucket], the first is the zero claims and the last ends at tail_from[0].
    tail_from, tail_alpha: [piece], each piece starts where the one before ends, so survival is continuous.
    """

    kind = "continuance"

    def __init__(self, upper_usd, probability, mean_usd, tail_from, tail_alpha, description):
        self.upper, self.probability, self.bucket_mean, self.tail_from, self.tail_alpha = (
            np.array(a, float) for a in (upper_usd, probability, mean_usd, tail_from, tail_alpha))
        self.description = description
        if self.upper[-1] != self.tail_from[0]:
            raise ValueError("the buckets must end where the tail begins")
        self._survival = 1 - np.cumsum(self.probability)
        spent_below = np.cumsum(self.probability * self.bucket_mean)
        self._limited = spent_below + self._survival * self.upper
        self._start_piece()

    def _start_piece(self):
        """Survival and limited expected value at each tail threshold."""
        s, limited = [self._survival[-1]], [self._limited[-1]]
        for i in range(1, len(self.tail_from)):
            a, b, alpha = self.tail_from[i - 1], self.tail_from[i], self.tail_alpha[i - 1]
            limited.append(limited[-1] + _pareto_area(s[-1], a, b, alpha))
            s.append(s[-1] * (a / b) ** alpha)
        self._tail_survival, self._tail_limited = np.array(s), np.array(limited)

    def survival(self, x):
        """P(X > x); straight between the ends of a bucket."""
        x = np.asarray(x, float)
        i = np.clip(np.searchsorted(self.tail_from, x, "right") - 1, 0, None)
        start = self.tail_from[i]
        tail = self._tail_survival[i] * (start / np.maximum(x, start)) ** self.tail_alpha[i]
        return np.where(x < self.tail_from[0], np.interp(x, self.upper, self._survival), tail)

    def limited(self, x):
        """E[min(X, x)]; exact at the ends of buckets and in the tail, straight between."""
        x = np.asarray(x, float)
        i = np.clip(np.searchsorted(self.tail_from, x, "right") - 1, 0, None)
        start = self.tail_from[i]
        tail = self._tail_limited[i] + _pareto_area(
            self._tail_survival[i], start, np.maximum(x, start), self.tail_alpha[i])
        return np.where(x < self.tail_from[0], np.interp(x, self.upper, self._limited), tail)

    @property
    def mean(self):
        return float(self.limited(MAXIMUM_USD))

    def excess(self, x):
        return self.mean - self.limited(x)

    def quantile_above(self, p):
        """The x that a share p of people exceed, for p at or below the share in the tail."""
        i = max(i for i, s in enumerate(self._tail_survival) if p <= s)
        return float(self.tail_from[i] * (self._tail_survival[i] / p) ** (1 / self.tail_alpha[i]))

    def last_piece(self):
        """(A, alpha) of S(x) = A x^-alpha above the last threshold, and the mean without the cap."""
        alpha, start, s = self.tail_alpha[-1], self.tail_from[-1], self._tail_survival[-1]
        return s * start**alpha, alpha, self._tail_limited[-1] + s * start / (alpha - 1)

    @property
    def attributes(self):
        return {"tail_from_usd": self.tail_from, "tail_alpha": self.tail_alpha, "maximum_usd": MAXIMUM_USD}

    @property
    def columns(self):
        # One bucket for all that the tail replaces: the probabilities add to 1, the means to the mean.
        above = self._survival[-1]
        beyond = (self.mean - (self.probability * self.bucket_mean).sum()) / above
        return {"upper_usd": np.append(self.upper, MAXIMUM_USD),
                "probability": np.append(self.probability, 1 - self.probability.sum()),
                "mean_usd": np.append(self.bucket_mean, beyond)}


def _pareto_area(s, a, b, alpha):
    """Integral from a to b of s (a/x)^alpha."""
    return s * a / (alpha - 1) * (1 - (a / b) ** (alpha - 1))


@cache
def published(metal_tier):
    """The tier's CMS 2026 buckets to 50,000 USD, and the stated tail above.

    Tiers differ by what the patient pays, which ends at an out-of-pocket maximum far below 50,000 USD:
    so each tier keeps its own share of people above 50,000 USD and all share the tail's indices.
    """
    buckets = [r for r in tables.rows("cms_2026_continuance.csv") if r["metal_tier"] == metal_tier]
    tail = tables.rows("law_tail_2026.csv")
    return Continuance(
        *(tables.column(buckets, key) for key in ("upper_usd", "probability", "mean_usd")),
        tables.column(tail, "from_usd"), tables.column(tail, "alpha"),
        f"CMS Actuarial Value Calculator 2026, {metal_tier} combined, "
        "with the tail of data/tables/law_tail_2026.csv")


@dataclass
class Lognormal:
    """Given by its mean and coefficient of variation, given a claim."""
    mean_usd: float
    cv: float
    p_zero: float
    description: str
    kind = "lognormal"
    columns = {}

    def __post_init__(self):
        self.sigma = sqrt(log(1 + self.cv**2))
        self.mu = log(self.mean_usd) - self.sigma**2 / 2

    @property
    def mean(self):
        return (1 - self.p_zero) * self.mean_usd

    def survival(self, x):
        return (1 - self.p_zero) * (1 - _normal_cdf((np.log(x) - self.mu) / self.sigma))

    def mean_below(self, x):
        """E[X; X <= x]."""
        return self.mean * float(_normal_cdf((log(x) - self.mu) / self.sigma - self.sigma))

    @property
    def attributes(self):
        return {"mean_usd": self.mean_usd, "cv": self.cv, "p_zero": self.p_zero, "maximum_usd": MAXIMUM_USD}


@dataclass
class Gamma:
    """Shape 2, whose survival function needs no special function."""
    scale_usd: float
    p_zero: float
    description: str
    kind = "gamma"
    columns = {}

    @property
    def mean(self):
        return (1 - self.p_zero) * 2 * self.scale_usd

    def survival(self, x):
        return (1 - self.p_zero) * np.exp(-x / self.scale_usd) * (1 + x / self.scale_usd)

    @property
    def attributes(self):
        return {"shape": 2.0, "scale_usd": self.scale_usd, "p_zero": self.p_zero, "maximum_usd": MAXIMUM_USD}


@dataclass
class GeneralizedPareto:
    xi: float
    sigma_usd: float
    threshold_usd: float
    description: str
    kind = "generalized_pareto"
    columns = {}

    @property
    def mean(self):
        return self.threshold_usd + self.sigma_usd / (1 - self.xi)

    def survival(self, x):
        above = np.maximum(np.asarray(x, float) - self.threshold_usd, 0)
        return (1 + self.xi * above / self.sigma_usd) ** (-1 / self.xi)

    @property
    def attributes(self):
        return {"xi": self.xi, "sigma_usd": self.sigma_usd, "threshold_usd": self.threshold_usd,
                "maximum_usd": MAXIMUM_USD}


@dataclass
class Spliced:
    """`body` up to `from_usd`, `tail`, which starts there, above."""
    body: tuple
    tail: tuple
    from_usd: float
    p_above: float
    description: str
    kind = "spliced"
    columns = {}

    @property
    def mean(self):
        body, tail = self.body[1], self.tail[1]
        within = 1 - float(body.survival(self.from_usd))
        return (1 - self.p_above) * body.mean_below(self.from_usd) / within + self.p_above * tail.mean

    def survival(self, x):
        body, tail = self.body[1], self.tail[1]
        within = 1 - body.survival(self.from_usd)
        below = 1 - (1 - self.p_above) * (1 - body.survival(np.minimum(x, self.from_usd))) / within
        return np.where(x < self.from_usd, below, self.p_above * tail.survival(x))

    @property
    def attributes(self):
        return {"body": self.body[0], "tail": self.tail[0], "from_usd": self.from_usd, "p_above": self.p_above,
                "maximum_usd": MAXIMUM_USD}
