# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes an assembled book as HDF5 and lets the program check and seal it."""
import json
import os
import shutil
import subprocess
from pathlib import Path

import h5py
import numpy as np

from .fields import TABLES
from .problems import Place

CHUNK_ROWS = 65_536
MAXIMUM_USD = 25e6


def program():
    """The corridor program: $CORRIDOR, the one beside the package, or the one on PATH; None without any."""
    beside = Path(__file__).parents[1] / "bin" / "corridor"
    for candidate in (os.environ.get("CORRIDOR"), str(beside), shutil.which("corridor")):
        if candidate and os.access(candidate, os.X_OK):
            return candidate
    return None


def write(path, book, policy_year, generator):
    """Writes an unsealed book; equal books are equal bytes."""
    with h5py.File(path, "w") as file:
        attributes = {
            "schema": "corridor.book", "schema_version": np.array([1, 0], np.int32),
            "currency": "USD", "generator": generator
        }
        _attributes(
            file,
            attributes | ({} if policy_year is None else {"policy_year": np.int32(policy_year)}))
        for index, (name, law) in enumerate(book["laws"].items()):
            group = file.create_group(f"distributions/{name}")
            _attributes(group, {"maximum_usd": MAXIMUM_USD} | law["attributes"]
                        | {"index": np.uint16(index)})
            for column, values in law["columns"].items():
                _dataset(group, column, values, "")
        for table in ("groups", "members", "experience", "large_claims", "quote"):
            _table(file, table, book[table])
        if book["market"]:
            _attributes(file.create_group("market"), book["market"])


def _table(file, table, columns):
    helps = {field.name: field.help for field in TABLES.get(table, ())}
    for name, values in columns.items():
        _dataset(file.require_group(table), name, values, helps.get(name, ""))


def _dataset(group, name, values, description):
    values = np.asarray(values)
    unit = "text" if values.dtype.kind == "S" else "USD" if name.endswith("_usd") else "1"
    dataset = group.create_dataset(name,
                                   data=values,
                                   chunks=(min(CHUNK_ROWS, len(values)), *values.shape[1:]),
                                   compression="gzip",
                                   compression_opts=1,
                                   shuffle=True,
                                   fletcher32=True,
                                   track_times=False)
    _attributes(dataset, {"units": unit, "description": description})


def _attributes(target, values):
    for name, value in values.items():
        if isinstance(value, str):
            value = np.bytes_(
                value.encode("utf-8"))  # a plain str would become a variable-length string
        elif not isinstance(value, np.ndarray) and not isinstance(value, np.generic):
            value = np.float64(value)
        target.attrs[name] = value


def check(path, problems):
    """What the program finds wrong with the written book; seals it if nothing is."""
    corridor = program()
    if corridor is None:
        problems.note(
            "not checked and not sealed: the corridor program was not found (set CORRIDOR to it)")
        return
    found = subprocess.run(
        [corridor, "validate", path, "--json", "--max-errors",
         str(max(problems.most, 1))],
        capture_output=True,
        text=True,
        check=False)
    try:
        listed = json.loads(found.stdout)["problems"]
    except (ValueError, KeyError, TypeError):
        problems.add("E_CHECK", f"{corridor} validate failed ({found.stderr.strip()[:200]})",
                     "Set CORRIDOR to the program of this version")
        return
    for problem in listed:
        _passed_on(problem, problems)
    if not problems.error_count:
        subprocess.run([corridor, "seal", path], capture_output=True, check=True)


def _passed_on(problem, problems):
    """A problem of the book, which knows its group but no longer the sheet's row."""
    where = problem["dataset"].lstrip("/").replace(
        "/", " ") + (f" of group {problem['group']}" if problem.get("group") else "")
    if problem["severity"] == "error":
        problems.add(problem["code"], f"{where}: {problem['message']}", problem["fix"] or "",
                     Place(), problem["value"] or "")
    elif problem["code"] != "W_UNSEALED":
        problems.note(f"{problem['code']} {where}: {problem['message']}")
