# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The generalized Pareto law of what claims exceed a threshold by, by maximum likelihood.

Weights count claims; claims at the cap are known to be at least that (censored). Source of the likelihood: Embrechts,
Klueppelberg, Mikosch, Modelling Extremal Events, section 6.5.
"""
from dataclasses import dataclass

import numpy as np

XI_RANGE = (-0.9, 0.98)  # a law needs a finite mean, and its information a finite variance
BOUNDS = np.array([[XI_RANGE[0], -12.0], [XI_RANGE[1], 12.0]])
NEAR_ZERO = 1e-6
STEPS = 60


@dataclass(frozen=True)
class Tail:
    """S(y) = (1 + xi y / sigma)^(-1/xi) of the excess y; `covariance` of (xi, log sigma) by observed information."""
    threshold: float
    xi: float
    sigma: float
    covariance: np.ndarray
    count: float
    log_likelihood: float

    @property
    def se_xi(self):
        return float(np.sqrt(self.covariance[0, 0]))

    @property
    def se_sigma(self):
        return float(self.sigma * np.sqrt(self.covariance[1, 1]))

    @property
    def stable(self):
        """(xi, sigma - xi threshold), which are the same at every threshold above which the law holds."""
        return np.array([self.xi, self.sigma - self.xi * self.threshold])

    @property
    def stable_covariance(self):
        """Of `stable`, by the delta method."""
        slope = np.array([[1.0, 0.0], [-self.threshold, self.sigma]])
        return slope @ self.covariance @ slope.T

    def survival(self, excess):
        return np.exp(-_h(self.xi, np.asarray(excess, float) / self.sigma))


def _h(xi, z):
    """log(1 + xi z) / xi, also at xi = 0."""
    return z - xi * z**2 / 2 + xi**2 * z**3 / 3 if abs(xi) < NEAR_ZERO else np.log1p(xi * z) / xi


def _h_by_xi(xi, z, h):
    return -z**2 / 2 + 2 * xi * z**3 / 3 if abs(xi) < NEAR_ZERO else (z / (1 + xi * z) - h) / xi


def _minus_log_likelihood(at, y, weight, censored):
    """Value and gradient at (xi, log sigma)."""
    xi, log_sigma = at
    z = y / np.exp(log_sigma)
    if xi < 0 and 1 + xi * z.max() <= 1e-12:
        return 1e10 * (1 + z.max()), np.array([-1e10, -1e10])
    h = _h(xi, z)
    known = weight * ~censored
    by_z = z / (1 + xi * z)
    factor = np.where(censored, 1.0, 1 + xi)
    value = known.sum() * log_sigma + (weight * factor * h).sum()
    by_xi = (known * h).sum() + (weight * factor * _h_by_xi(xi, z, h)).sum()
    return value, np.array([by_xi, known.sum() - (weight * factor * by_z).sum()])


def fit(excess, threshold=0.0, weight=None, censored=None):
    """The Tail of excesses over `threshold` [claim]; raises ValueError for fewer than ten or without spread."""
    excess = np.asarray(excess, float)
    weight = np.ones(len(excess)) if weight is None else np.asarray(weight, float)
    censored = np.zeros(len(excess), bool) if censored is None else np.asarray(censored, bool)
    if (weight * ~censored).sum() < 10 or excess.max(initial=0) <= 0:
        raise ValueError("fewer than ten claims above the threshold are known in full")
    unit = float((weight * excess).sum() / weight.sum())
    arguments = (excess / unit, weight, censored)
    at = _best(arguments)
    hessian = information(lambda p: _minus_log_likelihood(p, *arguments)[1], at)
    value = _minus_log_likelihood(at, *arguments)[0]
    known = (weight * ~censored).sum()
    return Tail(threshold, float(at[0]), float(np.exp(at[1]) * unit), np.linalg.inv(hessian),
                float(weight.sum()), float(-value - known * np.log(unit)))


def _best(arguments):
    """Where the likelihood is highest; from a second start where the first ends at a bound."""
    found = _climb(np.array([.2, -.2]), arguments)
    if XI_RANGE[0] + .01 < found[0] < XI_RANGE[1] - .01:
        return found
    other = _climb(np.array([.7, -1.0]), arguments)
    return min(found, other, key=lambda at: _minus_log_likelihood(at, *arguments)[0])


def _climb(at, arguments):
    """Newton's steps, halved until they help; along the gradient where the information is none."""
    value, gradient = _minus_log_likelihood(at, *arguments)
    for _ in range(STEPS):
        matrix = information(lambda p: _minus_log_likelihood(p, *arguments)[1], at)
        held = (at <= BOUNDS[0]) & (gradient > 0) | (at >= BOUNDS[1]) & (gradient < 0)
        matrix[held], matrix[:, held] = 0, 0
        values, vectors = np.linalg.eigh(matrix + np.diag(held.astype(float)))
        slope = np.where(held, 0.0, gradient)
        step = -vectors @ ((vectors.T @ slope) / np.maximum(np.abs(values), 1e-3))
        step *= min(1.0, 1.0 / np.abs(step).max()) if step.any() else 1.0
        for _ in range(40):
            there = np.clip(at + step, *BOUNDS)
            next_value, next_gradient = _minus_log_likelihood(there, *arguments)
            if next_value <= value:
                break
            step = step / 2
        moved = np.abs(there - at).max()
        if next_value <= value:
            at, value, gradient = there, next_value, next_gradient
        if moved < 1e-9 or next_value > value:
            break
    return at


def information(gradient, at):
    """The second derivative of minus the log likelihood, by central differences of its gradient."""
    columns = []
    for i in range(len(at)):
        step = np.zeros(len(at))
        step[i] = 1e-5 * max(abs(at[i]), 1.0)
        columns.append((gradient(at + step) - gradient(at - step)) / (2 * step[i]))
    matrix = np.array(columns)
    return (matrix + matrix.T) / 2
