# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Columns of long tables, packed for a page: scaled integers, shuffled by byte, deflated, base64.

A column is {"name", "label", "form", "note", "muted", "short", "kind"} and, by kind:
  codes   "values" (texts or numbers, sorted), "data" uint8, uint16 or uint32 [row]
  scaled  "scale", "data" int32 [row]: value = data / scale; the two ends of int32 are NaN and infinity
  float   "data" float64 [row]
Every "data" has "bits" and "text". Money is kept to the dollar or cent that is shown, so nothing shown is lost; columns that the page adds up ("summed")
are kept to the cent. Columns to choose from are always codes.
"""

import base64
import zlib

import numpy as np

NOT_A_NUMBER, INFINITE = -(2**31), 2**31 - 1
SCALES = {
    "money": 1,
    "cents": 100,
    "percent": 100_000,
    "percent2": 1_000_000,
    "count": 1,
    "decimal": 1000,
    "ratio": 10_000,
}
LONG_TEXT = 65_536


def packed(block):
    """The table of `block` as what JSON can hold."""
    names = {column.name for column in block.columns}
    hidden = [name for name in block.data if name not in names]
    exact = set(block.extra.get("summed", ()))
    made = [
        _column(
            c,
            block.data[c.name],
            "choice" if c.name in block.choices else "cents" if c.name in exact else c.form,
        )
        for c in block.columns
    ]
    made += [
        {**_column_data(block.data[name], "plain"), "name": name, "hidden": True} for name in hidden
    ]
    return {
        "id": block.id,
        "rows": int(block.rows),
        "columns": made,
        "search": block.search,
        "choices": list(block.choices),
        "flags": block.flags,
        **block.extra,
    }


def _column(column, values, kept):
    return {
        "name": column.name,
        "label": column.label,
        "form": column.form,
        "note": column.note,
        "muted": column.muted,
        "short": column.short,
        **_column_data(values, kept),
    }


def _column_data(values, form):
    if values.dtype.kind == "U" or form == "choice":
        return _codes(*np.unique(values, return_inverse=True))
    scaled = _scaled(values, SCALES.get(form))
    distinct, codes = np.unique(values, return_inverse=True)
    if len(distinct) <= max(64, len(values) // 16) and len(distinct) < 65_536:
        return _codes(distinct, codes)
    return scaled or {"kind": "float", **_bytes(np.asarray(values, "<f8"))}


def _codes(distinct, codes):
    size = "u1" if len(distinct) <= 256 else "<u2" if len(distinct) <= 65_536 else "<u4"
    values = [value.item() for value in distinct]
    if distinct.dtype.kind == "f":
        values = [None if np.isnan(v) else "inf" if np.isposinf(v) else v for v in values]
    return {"kind": "codes", "values": values, **_bytes(codes.reshape(-1).astype(size))}


def _scaled(values, scale):
    """The column as int32, or None where it does not fit."""
    if scale is None:
        return None
    numbers = np.asarray(values, "f8") * scale
    finite = np.isfinite(numbers)
    if np.isneginf(numbers).any() or (np.abs(numbers[finite]) > INFINITE - 2).any():
        return None
    whole = np.where(
        finite,
        np.rint(np.where(finite, numbers, 0)),
        np.where(np.isnan(numbers), NOT_A_NUMBER, INFINITE),
    )
    return {"kind": "scaled", "scale": scale, **_bytes(whole.astype("<i4"))}


def _bytes(values):
    """Bytes of one place beside one another deflate to about two thirds of what the numbers would."""
    shuffled = (
        np.ascontiguousarray(values).view("u1").reshape(-1, values.dtype.itemsize).T.tobytes()
    )
    return {
        "bits": values.dtype.itemsize * 8,
        "data": base64.b64encode(zlib.compress(shuffled, 6)).decode(),
    }
