# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""How far each group's own mean is believed: Buehlmann and Straub's model over groups.

Groups have means of their own around the collective's, with variance `between`; a group's observation of weight w
(member-years) varies around its group's mean with variance `within` / w. The credible mean is Z of the group's own and
1 - Z of the collective's, Z = w / (w + within / between), with the unbiased estimators of both variances and the collective
mean weighted by Z (Buehlmann, Gisler, A Course in Credibility Theory and its Applications, sections 4.8 and 4.9). The credible
means, weighted by w, average to the claims' own mean.
"""
from dataclasses import dataclass

import numpy as np

from ..importing.problems import CellError


@dataclass(frozen=True)
class GroupCredibility:
    """[group] weight, own mean, z and credible mean; the variances and the mean of the collective."""
    weight: np.ndarray
    mean: np.ndarray
    z: np.ndarray
    credible: np.ndarray
    within: float
    between: float
    collective: float

    @property
    def factor(self):
        """[group] of the credible mean over that of all claims; weighted, they average to 1."""
        return self.credible / (self.weight @ self.mean / self.weight.sum())


def of_groups(group, value, weight, observations=None):
    """The GroupCredibility of observations.

    group         [observation] from 0, each with one at least
    value         [observation] mean claims a unit of weight
    weight        [observation] above zero, such as member-years
    observations  [observation] how many independent ones a row stands for; None: one each
    Raises CellError for fewer than two groups and for groups with one observation each.
    """
    group, value = np.asarray(group), np.asarray(value, float)
    weight = np.asarray(weight, float)
    count = np.ones(len(group)) if observations is None else np.asarray(observations, float)
    groups = int(group.max(initial=-1)) + 1
    if groups < 2 or count.sum() <= groups:
        raise CellError("E_FIT",
                        "credibility of groups needs two groups, and one with two observations",
                        "Add the column group, or leave --group-factors out")
    total = np.bincount(group, weight, groups)
    mean = np.bincount(group, weight * value, groups) / total
    within = float((weight * (value - mean[group])**2).sum() / (count.sum() - groups))
    all_mean = float(total @ mean / total.sum())
    spread = float(total @ (mean - all_mean)**2) - (groups - 1) * within
    between = max(spread / (total.sum() - float(total @ total) / total.sum()), 0.0)
    if between == 0:
        return GroupCredibility(total, mean, np.zeros(groups), np.full(groups, all_mean), within,
                                0.0, all_mean)
    z = total / (total + within / between)
    collective = float(z @ mean / z.sum())
    return GroupCredibility(total, mean, z, z * mean + (1 - z) * collective, within, between,
                            collective)


def of_rows(rows, cap, factor=1.0):
    """The same of Rows with groups, each claim up to `cap`: above it a group has too few to tell.

    With a column year, a group's year is an observation, so that what its members had in common in a year counts as
    chance; without it every member is one.
    """
    value = np.minimum(rows.amount * factor, cap)
    weight = np.ones(len(value)) if rows.weight is None else rows.weight
    if rows.year is None:
        return of_groups(rows.group, value, weight, weight)
    cells, cell = np.unique(np.stack([rows.group, rows.year]), axis=1, return_inverse=True)
    members = np.bincount(cell, weight)
    return of_groups(cells[0], np.bincount(cell, weight * value) / members, members)


def csv_text(labels, found):
    """A row a group, as a table of groups for corridor import takes it: `scale` multiplies its members' claims."""
    lines = ["group_id,scale,credibility,member_years,mean_usd"]
    for row in zip(labels, found.factor, found.z, found.weight, found.mean):
        lines.append(f"{_cell(row[0])},{row[1]:.6f},{row[2]:.6f},{row[3]:.10g},{row[4]:.2f}")
    return "\n".join(lines) + "\n"


def _cell(text):
    quoted = text.replace('"', '""')
    return f'"{quoted}"' if any(mark in text for mark in ',"\n\r') else quoted
