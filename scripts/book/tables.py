# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The published and assumed figures that books are built from: data/tables/*.csv."""
import csv
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "data" / "tables"


def rows(name):
    """Rows of a table as dictionaries of text; lines that begin with # carry its sources."""
    with open(FOLDER / name, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def column(table, key, kind=float):
    return [kind(row[key]) for row in table]
