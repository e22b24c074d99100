# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Books to measure with, and what a results file says apart from where it comes from."""
import hashlib

import h5py
import numpy as np

from reliability import card  # noqa: F401  (finds tests/python)
import small_book


def small(path):
    """3 groups, 60 members."""
    return small_book.good(path)


def middling(path, members=3000):
    """3 groups; values take most of the file, so that damage meets them as often as structure."""
    book = small_book.content()
    random = np.random.default_rng(3)
    book["groups"]["member_offset"] = np.array([0, members // 3, members // 2, members], np.uint64)
    book["members"] = {"distribution": random.integers(0, 2, members).astype(np.uint16),
                       "scale": np.round(random.uniform(0.5, 1.5, members), 6),
                       "exposure": np.ones(members, np.float32)}
    return small_book.write(path, book)


def of_groups(path, groups, members_each):
    book = small_book.content()
    members = groups * members_each
    book["groups"] = {"group_id": np.array([b"G%d" % i for i in range(groups)], "S32"),
                      "member_offset": np.arange(groups + 1, dtype=np.uint64) * members_each,
                      "employees": np.full((groups, 4), members_each // 8, np.uint32),
                      "specific_deductible_usd": np.full(groups, 50000.0),
                      "aggregate_corridor": np.full(groups, 1.25)}
    book["members"] = {"distribution": np.resize(np.array([0, 1], np.uint16), members),
                       "scale": np.resize(np.linspace(0.8, 1.2, 997), members),
                       "exposure": np.ones(members, np.float32)}
    return small_book.write(path, book)


def digest(results):
    """SHA-256 of every dataset and attribute of a results file outside /run."""
    total = hashlib.sha256()

    def add(name, item):
        if name.split("/")[0] == "run":
            return
        total.update(name.encode())
        for key in sorted(item.attrs):
            total.update(key.encode() + np.asarray(item.attrs[key]).tobytes())
        if isinstance(item, h5py.Dataset):
            total.update(str(item.dtype).encode() + np.asarray(item[()]).tobytes())

    with h5py.File(results) as file:
        add("/", file)
        file.visititems(add)
    return total.hexdigest()
