# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Where the tail begins: diagnostics over thresholds, and a choice with its reason.

The choice is the lowest threshold whose shape and modified scale agree with those at every higher one. The higher fit
uses a part of the lower fit's claims, and the lower is efficient if the law holds there, so the covariance of their
difference is the difference of their covariances (Hausman, Specification Tests in Econometrics, 1978), and
d' (V_high - V_low)^-1 d is chi-square with two degrees of freedom. Every comparison is made at 2%, which is stricter than
2% for all together: too high a threshold costs precision, too low a one is wrong.
"""
from dataclasses import dataclass

import numpy as np
from scipy import stats

from . import tail

CANDIDATES, LEAST, LEVEL = 24, 60, .02
HIGHEST_SHARE = .25  # of the claims above the lowest candidate


@dataclass(frozen=True)
class Candidate:
    """A threshold: its fit, the mean excess with its standard error, and its worst disagreement with a higher one."""
    fit: tail.Tail
    mean_excess: float
    se_mean_excess: float
    worst: float = np.nan
    limit: float = np.nan


def candidates(claims):
    """Thresholds with evenly falling logarithms of the number of claims above, down to LEAST; fits that fail are left out."""
    amount, weight = claims.amount, claims.weight
    order = np.argsort(-amount, kind="stable")
    above = np.cumsum(weight[order])
    seen = weight[~claims.censored].sum()
    most = max(HIGHEST_SHARE * seen, LEAST)
    found: list[Candidate] = []
    for count in np.unique(np.geomspace(LEAST, most, CANDIDATES).astype(int))[::-1]:
        i = min(np.searchsorted(above, count), len(order) - 1)
        u = float(amount[order[i]])
        if found and u <= found[
                -1].fit.threshold or u <= claims.truncated_below and claims.truncated_below > 0 and found:
            continue
        candidate = at(claims, u)
        if candidate is not None:
            found.append(candidate)
    return found


def at(claims, u):
    """The Candidate of a threshold, or None where too few claims lie above it."""
    mine = claims.amount > u
    excess, weight = claims.amount[mine] - u, claims.weight[mine]
    try:
        fitted = tail.fit(excess, u, weight, claims.censored[mine])
    except (ValueError, np.linalg.LinAlgError):
        return None
    mean = (weight * excess).sum() / weight.sum()
    spread = np.sqrt((weight * (excess - mean)**2).sum() / max(weight.sum() - 1, 1))
    return Candidate(fitted, float(mean), float(spread / np.sqrt(weight.sum())))


def judged(found):
    """The candidates with `worst` and `limit`: how far each stands from the higher ones."""
    judged_ones = []
    for i, low in enumerate(found):
        higher = found[i + 1:]
        distances = [d for high in higher if (d := _distance(low.fit, high.fit)) is not None]
        limit = stats.chi2.isf(LEVEL, 2) if distances else np.inf
        judged_ones.append(
            Candidate(low.fit, low.mean_excess, low.se_mean_excess, max(distances, default=0.0),
                      float(limit)))
    return judged_ones


def _distance(low, high):
    """Chi-square of the difference; None where the claims are nearly the same and nothing can be told."""
    spread = high.stable_covariance - low.stable_covariance
    scale = np.diag([1.0, 1 / low.sigma])
    spread, d = scale @ spread @ scale, scale @ (high.stable - low.stable)
    values, vectors = np.linalg.eigh(spread)
    if high.count > .9 * low.count or values.min() <= 0:
        return None
    return float(((vectors.T @ d)**2 / values).sum())


def choose(judged_ones):
    """(candidate, reason)."""
    for candidate in judged_ones:
        if candidate.worst <= candidate.limit:
            higher = sum(c.fit.threshold > candidate.fit.threshold for c in judged_ones)
            return candidate, (
                f"the lowest of {len(judged_ones)} thresholds at which shape and modified scale agree with those at all {higher} "
                f"higher ones (largest chi-square {candidate.worst:.1f}, limit {candidate.limit:.1f})"
            )
    return judged_ones[
        -1], "the highest threshold: at no lower one do shape and scale agree with those above"
