# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes books of three groups and 60 members: small enough to price in a moment, easy to break."""
import h5py
import numpy as np

GROUPS, MEMBERS = 3, 60


def text(value):
    return np.bytes_(value)


def content():
    """What a good book holds: {"attributes": ..., "laws": ..., "groups": ..., "members": ...}."""
    return {
        "attributes": {"schema": text("corridor.book"), "schema_version": np.array([1, 0], np.int32),
                       "currency": text("USD"), "policy_year": np.int32(2026),
                       "generator": text("test")},
        "laws": {"plain": {"attributes": {"kind": text("lognormal"), "index": np.uint16(0),
                                          "p_zero": 0.1, "mean_usd": 9000.0, "cv": 4.0}, "columns": {}},
                 "buckets": {"attributes": {"kind": text("continuance"), "index": np.uint16(1)},
                             "columns": {"upper_usd": np.array([0.0, 1000.0, 20000.0, 100000.0]),
                                         "probability": np.array([0.25, 0.5, 0.2, 0.05]),
                                         "mean_usd": np.array([0.0, 400.0, 6000.0, 50000.0])}}},
        "groups": {"group_id": np.array([b"G1", b"G2", b"G3"], "S32"),
                   "member_offset": np.array([0, 10, 30, 60], np.uint64),
                   "employees": np.array([[5, 1, 1, 1], [9, 2, 2, 2], [15, 4, 4, 4]], np.uint32),
                   "specific_deductible_usd": np.array([20000.0, 30000.0, 40000.0]),
                   "aggregate_corridor": np.array([1.25, 1.25, 1.25])},
        "members": {"distribution": np.resize(np.array([0, 1], np.uint16), MEMBERS),
                    "scale": np.linspace(0.8, 1.2, MEMBERS),
                    "exposure": np.ones(MEMBERS, np.float32)},
    }


def write(path, book, dataset=None):
    """Writes `book`. `dataset(group, name, values)` may store a dataset in its own way; it returns
    whether it did."""
    with h5py.File(path, "w") as file:
        for name, value in book["attributes"].items():
            file.attrs[name] = value
        for name, law in book["laws"].items():
            _table(file.create_group(f"distributions/{name}"), law["columns"], dataset)
            for key, value in law["attributes"].items():
                file[f"distributions/{name}"].attrs[key] = value
        for table in ("groups", "members"):
            _table(file.create_group(table), book[table], dataset)
        for name, values in book.get("more", {}).items():
            file[name] = values
    return path


def _table(group, columns, dataset):
    for name, values in columns.items():
        if dataset is not None and dataset(group, name, values):
            continue
        group.create_dataset(name, data=values, chunks=values.shape or None, compression="gzip",
                             compression_opts=1, shuffle=True, fletcher32=True, track_times=False)


def good(path):
    return write(path, content())
