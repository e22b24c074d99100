# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The law of one person, taken out of the published law of everybody.

A published law already holds the spread between the old and the young, the dear areas and the cheap,
and the known claimants. Multiplying it by factors again would count that spread twice: 27 % too many
dollars above 100,000 and 37 % above 500,000. So the law members refer to is the one that, multiplied
by the expected factors and mixed with the known claimants, gives the published law back.
"""
import numpy as np

from . import factors, known, laws

TAIL_FROM = np.array([50e3, 75e3, 100e3, 150e3, 250e3, 400e3, 600e3, 1e6, 2e6])
STEPS = 12
# In the logarithm of dollars: what is finer in the correction answers the kinks of the tables.
SMOOTHING = 0.6


def person_law(metal_tier):
    law = laws.published(metal_tier)
    x = np.concatenate([np.geomspace(1, law.upper[1], 20)[:-1], law.upper[1:-1],
                        np.geomspace(TAIL_FROM[0], 1e9, 200)])
    target = (law.survival(x) - known.RATE * known.expected_survival(x)) / (1 - known.RATE)
    p_any = (1 - law.probability[0] - known.RATE * (1 - known.P_ZERO)) / (1 - known.RATE)
    survival = _unmixed(x, target, p_any)
    return _continuance(law, x, survival, p_any)


def _unmixed(x, target, p_any):
    """S with E[S(x / factor)] = target(x), by repeated correction."""
    factor, share = factors.expected_spread()
    smooth = _smoother(np.log(x))
    survival = target
    for _ in range(STEPS):
        mixed = sum(w * _at(x / f, x, survival, p_any) for f, w in zip(factor, share))
        correction = np.exp(smooth @ np.log(target / mixed))
        survival = np.minimum.accumulate(np.minimum(survival * correction, p_any))
    return survival


def _smoother(log_x):
    """Matrix of moving averages with normal weights along an uneven grid."""
    weight = np.exp(-0.5 * (np.subtract.outer(log_x, log_x) / SMOOTHING) ** 2) * np.gradient(log_x)
    return weight / weight.sum(axis=1, keepdims=True)


def _at(point, x, survival, p_any):
    """Straight in the logarithms, from P(X > 0) at a cent."""
    return np.exp(np.interp(np.log(point), np.log(np.append(0.01, x)), np.log(np.append(p_any, survival))))


def _continuance(law, x, survival, p_any):
    at_upper = np.concatenate([[p_any], _at(law.upper[1:], x, survival, p_any)])
    low = np.concatenate([[0], law.upper[:-1]])
    width = np.where(law.upper > low, law.upper - low, 1)
    position = (law.bucket_mean - low) / width
    at_tail = _at(TAIL_FROM, x, survival, p_any)
    alpha = np.log(at_tail[:-1] / at_tail[1:]) / np.log(TAIL_FROM[1:] / TAIL_FROM[:-1])
    return laws.Continuance(
        law.upper, np.maximum(-np.diff(np.concatenate([[1], at_upper])), 0), low + position * width, TAIL_FROM,
        np.append(alpha, law.tail_alpha[-1]),
        law.description + ", less the spread of the factors and the known claimants that the book itself holds")
