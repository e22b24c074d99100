# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""All rows in the order of their numbers."""
from reliability import (builds, damage, disk, draws, existing, faults, formats, fuzz, machine,
                         mutation, shards)

FAMILIES = [builds, damage, disk, draws, existing, faults, formats, fuzz, machine, mutation, shards]


def all_rows():
    return sorted((row for family in FAMILIES for row in family.ROWS), key=lambda row: row.number)
