#!/usr/bin/env python3
# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Code compiled for a newer processor must not be shared with the rest of the program.

An inline function that such a file leaves visible may be the copy that the linker keeps for everyone,
and the program then fails on older processors. So each file shows the linker its table of loops only.
"""

import re
import subprocess
import sys


def visible_symbols(library, object_name):
    """Symbols that other files could be linked to: global, weak and unique ones."""
    listing = subprocess.run(["nm", "-A", "-C", "--defined-only", library], check=True,
                             capture_output=True, text=True).stdout
    pattern = re.compile(rf":{object_name}:\S+ ([A-Zuvw]) (.*)")
    return [match.group(2) for match in map(pattern.search, listing.splitlines()) if match]


def main():
    library, *sets = sys.argv[1:]
    failed = False
    for name in sets:
        found = visible_symbols(library, f"{name}.cpp.o")
        print(f"{name}: {found}")
        failed = failed or found != [f"corridor::cpu::{name}"]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
