# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Weighs a fitted law with a manual one by limited fluctuation.

Z = min(1, sqrt(n / n_full)) with n the claims above the threshold and n_full = (z / k)^2 (1 + cv^2): the number at
which the excess dollars of a Poisson number of claims stay within k of their mean with the probability of z (Klugman,
Panjer, Willmot, Loss Models, limited fluctuation credibility). cv is that of the excess of one claim: of the
generalized Pareto 1 / sqrt(1 - 2 xi) where that is finite, and of the claims themselves otherwise.
"""
from dataclasses import dataclass

import numpy as np
from scipy import stats

PROBABILITY, WITHIN = .95, .10
POINTS = np.unique(
    np.concatenate([
        np.geomspace(100, 25e6, 220),
        [25e3, 50e3, 75e3, 100e3, 150e3, 200e3, 250e3, 500e3, 1e6, 2e6, 5e6, 10e6]
    ]))


@dataclass(frozen=True)
class Credibility:
    z: float
    claims: float
    full: float
    cv: float


def of_tail(fitted, excess, weight, probability=PROBABILITY, within=WITHIN):
    """The Credibility of a Tail's experience."""
    mean = (weight * excess).sum() / weight.sum()
    sample_cv = float(np.sqrt((weight * (excess - mean)**2).sum() / weight.sum()) / mean)
    cv = (1 - 2 * fitted.xi)**-.5 if fitted.xi < .45 else sample_cv
    full = (stats.norm.isf((1 - probability) / 2) / within)**2 * (1 + cv**2)
    count = float(weight.sum())
    return Credibility(min(1.0, (count / full)**.5), count, float(full), float(cv))


def mixture(fitted_limited, manual_limited, z):
    """An excess curve with the limited expected values of the mixture Z fitted + (1 - Z) manual.

    fitted_limited, manual_limited: functions of amounts [point]; limited expected values mix as the laws do.
    """
    at = np.concatenate([[0.0], POINTS, [np.inf]])
    value = z * fitted_limited(at) + (1 - z) * manual_limited(at)
    return {
        "attributes": {"kind": "excess_curve"},
        "columns": {"threshold_usd": at, "limited_expected_value_usd": value}
    }
