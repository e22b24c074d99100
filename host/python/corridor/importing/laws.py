# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The claim laws a book may use: those that come with Corridor, the map's, and those of `corridor fit`."""
import tomllib
from pathlib import Path

import numpy as np

from . import factor_tables
from .kinds import nearest
from .problems import Place

COLUMNS = {
    "continuance": ("upper_usd", "probability", "mean_usd"),
    "excess_curve": ("threshold_usd", "limited_expected_value_usd"),
    "empirical": ("amount_usd", "weight")
}
OTHERS = ("body", "tail", "base")  # attributes that name another law


def split(law):
    """{"attributes", "columns"} of a law as TOML has it."""
    columns = COLUMNS.get(law.get("kind"), ())
    attributes = {
        k: np.array(v, float) if isinstance(v, list) else v
        for k, v in law.items() if k not in columns and k != "index"
    }
    return {
        "attributes": attributes,
        "columns": {k: np.array(law[k], float)
                    for k in columns if k in law}
    }


def known(mapping, map_folder, problems):
    """Every law that members may name: {name: {"attributes", "columns"}}."""
    laws = dict(factor_tables.claim_laws())
    laws |= {name: split(law) for name, law in mapping.laws.items()}
    for name in mapping.book.get("law_files", []):
        path = Path(map_folder) / str(name)
        try:
            given = tomllib.loads(path.read_text(encoding="utf-8")).get("laws", {})
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.add("E_MAP", f"law file {path} cannot be read ({error})",
                         "Give a file that `corridor fit -o` wrote", Place(str(path)))
            continue
        laws |= {law: split(values) for law, values in given.items() if isinstance(values, dict)}
    return laws


def used(names, laws, problems):
    """The laws with these names and those that they are made of, in order; unknown parts are problems."""
    chosen, waiting = {}, list(names)
    while waiting:
        name = waiting.pop(0)
        if name in chosen:
            continue
        if name not in laws:
            near = nearest(name, laws)
            problems.add("E_REFERENCE", f"there is no claim law {name!r}",
                         f"Did you mean {near}?" if near else f"Known are {', '.join(laws)}")
            continue
        chosen[name] = laws[name]
        waiting += [
            laws[name]["attributes"][part] for part in OTHERS if part in laws[name]["attributes"]
        ]
    return chosen
