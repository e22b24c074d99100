# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Yearly amounts of the book: their names, and curves of their years."""

import numpy as np

from .words import METRICS

CURVE_POINTS = 160


def name(metric):
    return METRICS.get(metric, metric.replace("_", " "))


class named:
    """A table whose metric column says the amounts' names."""

    def __init__(self, table):
        self.table = table

    def __getitem__(self, column):
        values = self.table[column]
        return np.array([name(str(v)) for v in values]) if column == "metric" else values


def level_words(level):
    """99%, 99.5%."""
    return f"{100 * float(level):.10g}%"


def curve(losses):
    """(period, loss) of exceedance from yearly losses: ranks even in the logarithm of the return period."""
    ordered = np.sort(losses)[::-1]
    ranks = np.unique(np.geomspace(1, len(ordered), CURVE_POINTS).astype(int))
    return len(ordered) / ranks, ordered[ranks - 1]
