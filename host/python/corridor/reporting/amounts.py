# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Yearly amounts of the book: their names, and curves of their years."""

import numpy as np

from .words import FIGURES, METRICS

CURVE_POINTS = 160


def name(metric):
    return METRICS.get(metric, metric.replace("_", " "))


def figure_words(figure):
    """mean, sd, var_0.99 or tvar_99_5 in words."""
    kind, _, level = figure.partition("_")
    if kind not in ("var", "tvar"):
        return FIGURES.get(figure, figure.replace("_", " "))
    number = float(level.replace("_", "."))
    return f"{'VaR' if kind == 'var' else 'TVaR'} {number * (100 if number <= 1 else 1):g}%"


SAID = {"metric": name, "figure": figure_words}


class named:
    """A table whose metric and figure columns say the amounts' names."""

    def __init__(self, table):
        self.table = table

    def __getitem__(self, column):
        values = self.table[column]
        return np.array([SAID[column](str(v)) for v in values]) if column in SAID else values


def level_words(level):
    """99%, 99.5%."""
    return f"{100 * float(level):.10g}%"


def curve(losses):
    """(period, loss) of exceedance from yearly losses: ranks even in the logarithm of the return period."""
    ordered = np.sort(losses)[::-1]
    ranks = np.unique(np.geomspace(1, len(ordered), CURVE_POINTS).astype(int))
    return len(ordered) / ranks, ordered[ranks - 1]
