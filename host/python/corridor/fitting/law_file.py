# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes a fit as TOML: the laws, which a map's law_files take, and under [fit] how they came about."""
import numpy as np


def text(fitted, facts):
    lines = [
        "# Claim laws of `corridor fit`. In a map for corridor import:",
        f'# [book] law_files = ["this file"], law = "{fitted.name}"', "", "[fit]"
    ]
    lines += [
        f"{key} = {_value(value)}" for key, value in facts.items()
        if not isinstance(value, (dict, list)) and value is not None
    ]
    for name, law in fitted.laws.items():
        lines += ["", f"[laws.{name}]"]
        lines += [
            f"{key} = {_value(value)}"
            for key, value in {**law["attributes"], **law["columns"]}.items()
        ]
    return "\n".join(lines) + "\n"


def _value(value):
    if isinstance(value, np.ndarray):
        return "[" + ", ".join(_value(float(item)) for item in value) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    return repr(float(value))  # inf and nan are TOML's words too
