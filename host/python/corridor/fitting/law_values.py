# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Survival and limited expected value of the laws that a fit makes or is weighed with (data/laws.md)."""
import numpy as np
from scipy.special import ndtr


class UnknownLaw(Exception):
    """A kind without these figures here."""


def limited(law, amount, laws):
    """E[min(X, d)] for d in `amount` [point]; laws: {name: law} for what spliced laws are made of."""
    amount = np.asarray(amount, float)
    kind = law["attributes"]["kind"]
    if kind not in LIMITED:
        raise UnknownLaw(
            f"limited expected values of a {kind} law are not known here; use {', '.join(LIMITED)}")
    return LIMITED[kind](law, amount, laws)


def _parametric(law, positive):
    return (1 - law["attributes"].get("p_zero", 0.0)) * positive


def lognormal_parameters(attributes):
    if "mu" in attributes:
        return attributes["mu"], attributes["sigma"]
    sigma = np.sqrt(np.log1p(attributes["cv"]**2))
    return np.log(attributes["mean_usd"]) - sigma**2 / 2, sigma


def _lognormal(law, d, laws):
    mu, sigma = lognormal_parameters(law["attributes"])
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (np.log(d) - mu) / sigma
        value = np.exp(mu + sigma**2 / 2) * ndtr(z - sigma) + np.where(
            np.isinf(d), 0.0, d * ndtr(-z))
    return _parametric(law, np.where(d > 0, value, 0.0))


def _generalized_pareto(law, d, laws):
    a = law["attributes"]
    xi, sigma, u = a["xi"], a["sigma_usd"], a.get("threshold_usd", 0.0)
    y = np.maximum(d - u, 0)
    if abs(xi) < 1e-9:
        above = sigma * -np.expm1(-y / sigma)
    else:
        above = sigma / (1 - xi) * (1 - np.maximum(1 + xi * y / sigma, 0)**(1 - 1 / xi))
    return _parametric(law, np.minimum(d, u) + above)


def _continuance(law, d, laws):
    """Between a bucket's ends: uniform below and above its mean, as data/laws.md says."""
    upper, p, mean = (law["columns"][key] for key in ("upper_usd", "probability", "mean_usd"))
    p, mean = p / p.sum(), np.nan_to_num(mean)
    value = np.zeros(d.shape)
    for i in range(1, len(upper)):
        value += p[i] * _in_bucket(upper[i - 1], upper[i], mean[i], d)
    starts = np.atleast_1d(law["attributes"].get("tail_from_usd", np.zeros(0)))
    return value if not len(starts) else _with_tail(law, d, value, starts, upper, p, mean)


def _in_bucket(a, b, m, d):
    """E[min(X, d)] of a bucket from a to b with mean m."""
    if not np.isfinite(b) or b <= a or m <= a or m >= b:
        return np.minimum(m, d)
    low = (b - m) / (b - a)
    return low * _uniform(a, m, d) + (1 - low) * _uniform(m, b, d)


def _uniform(a, b, d):
    inside = np.clip(d, a, b)
    return np.where(
        d >= b, (a + b) / 2,
        np.where(d <= a, d, ((inside - a) * (inside + a) / 2 + (b - inside) * inside) / (b - a)))


def _with_tail(law, d, value, starts, upper, p, mean):
    alphas = np.atleast_1d(law["attributes"]["tail_alpha"])
    first = starts[0]
    at_first = sum(p[i] * _in_bucket(upper[i - 1], upper[i], mean[i], np.array(first))
                   for i in range(1, len(upper)))
    s = _survival_of_buckets(upper, p, mean, first)
    ends = np.append(starts[1:], np.inf)
    result = np.where(d < first, value, at_first)
    for start, end, alpha in zip(starts, ends, alphas):
        reach = np.clip(d, start, end)
        result = result + np.where(d > start, s * start / (alpha - 1) *
                                   (1 - (start / reach)**(alpha - 1)), 0.0)
        s = s * (start / end)**alpha if np.isfinite(end) else 0.0
    return result


def _survival_of_buckets(upper, p, mean, x):
    s = 0.0
    for i in range(1, len(upper)):
        a, b, m = upper[i - 1], upper[i], mean[i]
        if x <= a:
            s += p[i]
        elif x < b:
            low = (b - m) / (b - a)
            s += p[i] * (low * max(m - x, 0) / (m - a) + (1 - low) * min(
                (b - x) / (b - m), 1)) if a < m < b else p[i] * (x < m)
    return s


def _spliced(law, d, laws):
    a = law["attributes"]
    body, tail, u, p = laws[a["body"]], laws[a["tail"]], a["from_usd"], a["p_above"]
    # E[min(X, d)] is the area under S; below u, S = 1 - k (1 - S_b) with k = (1 - p) / F_b(u).
    k = (1 - p) / (1 - survival(body, u, laws))
    low, high = np.minimum(d, u), np.maximum(d, u)
    below = low - k * (low - limited(body, low, laws))
    return below + p / survival(
        tail, u, laws) * (limited(tail, high, laws) - limited(tail, np.array(u), laws))


def survival(law, x, laws):
    """P(X > x) at one amount above 0: the slope of the limited expected value, to the right."""
    step = x * 1e-6
    low, high = limited(law, np.array([x, x + step]), laws)
    return float((high - low) / step)


def _excess_curve(law, d, laws):
    """Between thresholds straight in the limited expected value; for the thresholds themselves exact."""
    threshold, value = law["columns"]["threshold_usd"], law["columns"]["limited_expected_value_usd"]
    return np.interp(d, threshold[:-1], value[:-1], right=value[-1])


LIMITED = {
    "lognormal": _lognormal, "generalized_pareto": _generalized_pareto, "continuance": _continuance,
    "spliced": _spliced, "excess_curve": _excess_curve
}
