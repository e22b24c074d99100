# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""A book of two groups as frames: plain dicts, so that any library can make its frames of them."""


def frames():
    return {
        "groups": {"group_id": ["G1", "G2"], "state": ["TX", "OH"],
                   "employees_ee": [3, 2], "employees_ee_sp": [0, 0], "employees_ee_ch": [0, 0],
                   "employees_fam": [0, 0], "specific_deductible_usd": [20_000.0, 30_000.0],
                   "aggregate_corridor": [1.25, 1.25]},
        "members": {"group_id": ["G2", "G1", "G1", "G2", "G1"],
                    "distribution": ["silver", "silver", "gold", "gold", "silver"],
                    "scale": [1.0, 1.1, 0.9, 1.2, 1.0]},
        "distributions": {"silver": {"kind": "lognormal", "mean_usd": 8000.0, "cv": 4.0, "p_zero": 0.15},
                          "gold": {"kind": "lognormal", "mean_usd": 9000.0, "cv": 4.0, "p_zero": 0.1}},
        "policy_year": 2026,
    }
