# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""How well the tail fits: Kolmogorov-Smirnov and Anderson-Darling, with p-values from samples of the fitted law.

The parameters come from the same claims, so the tables of the two statistics do not hold; each sample of the
parametric bootstrap is fitted again.
"""
from dataclasses import dataclass

import numpy as np

from . import tail

MOST_CLAIMS = 1000  # a bootstrap of more tells nothing more, and takes longer
SAMPLES = 99


@dataclass(frozen=True)
class Goodness:
    kolmogorov_smirnov: float
    anderson_darling: float
    p_kolmogorov_smirnov: float
    p_anderson_darling: float
    claims: int
    """Claims that the statistics are of: all, or an even part of them."""


def statistics(probability):
    """(KS, AD) of values that are uniform if the law holds."""
    p = np.clip(np.sort(probability), 1e-12, 1 - 1e-12)
    n = len(p)
    rank = np.arange(1, n + 1)
    ks = max((rank / n - p).max(), (p - (rank - 1) / n).max())
    ad = -n - ((2 * rank - 1) * (np.log(p) + np.log1p(-p[::-1]))).mean()
    return float(ks), float(ad)


def _probability(fitted, excess, cap):
    below = 1 - fitted.survival(excess)
    return below / (1 - float(fitted.survival(cap))) if np.isfinite(cap) else below


def assess(fitted, excess, cap=np.inf, seed=1):
    """The Goodness of a Tail for excesses [claim] that are known in full, all below `cap`."""
    excess = np.sort(np.asarray(excess, float))
    if len(excess) > MOST_CLAIMS:
        excess = excess[np.linspace(0, len(excess) - 1, MOST_CLAIMS).astype(int)]
    n, rng = len(excess), np.random.Generator(np.random.PCG64(seed))
    observed = statistics(_probability(fitted, excess, cap))
    top = 1 - float(fitted.survival(cap)) if np.isfinite(cap) else 1.0
    larger, done = np.zeros(2), 0
    for _ in range(SAMPLES):
        u = rng.random(n) * top
        drawn = fitted.sigma * (np.power(1 - u, -fitted.xi) - 1) / fitted.xi if abs(
            fitted.xi) > 1e-9 else -fitted.sigma * np.log1p(-u)
        try:
            again = tail.fit(drawn) if top == 1 else fitted
        except (ValueError, np.linalg.LinAlgError):
            continue
        larger += np.array(statistics(_probability(again, drawn, cap))) >= observed
        done += 1
    p = (larger + 1) / (done + 1)
    return Goodness(observed[0], observed[1], float(p[0]), float(p[1]), n)
