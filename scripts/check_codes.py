#!/usr/bin/python3
# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Fails when a problem code of the sources is missing from the users' tables, or the other way round.

A code is a literal "E_..." or "W_..." in host/ or kernels/. data/README.md explains all of them but
those of claim laws (host/distribution), which data/laws.md may explain instead. Codes of the importer
(host/python/corridor/importing and fitting) stand in data/importing.md, unless they are the book's too.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LITERAL = re.compile(r'"([EW]_[A-Z0-9_]+)"')
IN_TABLE = re.compile(r"`([EW]_[A-Z0-9_]+)`")
LISTS = {"host/portfolio/codes.hpp"}  # repeats codes that others give


IMPORTER = ("host/python/corridor/importing", "host/python/corridor/fitting")


def importer_codes(root):
    return {code for folder in IMPORTER for path in (root / folder).glob("*.py")
            for code in LITERAL.findall(path.read_text(encoding="utf-8"))}


def used_codes(root):
    """{code: files that give it}"""
    used = {}
    for folder in ("host", "kernels"):
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.suffix not in {".cpp", ".hpp", ".cu", ".in"} or name in LISTS:
                continue
            for code in LITERAL.findall(path.read_text(encoding="utf-8")):
                used.setdefault(code, set()).add(name)
    return used


def explained_codes(page):
    """Codes in the first column of a table, which may hold several."""
    codes = set()
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            codes |= set(IN_TABLE.findall(line.split("|")[1]))
    return codes


def problems(root):
    used = used_codes(root)
    book, laws = explained_codes(root / "data/README.md"), explained_codes(root / "data/laws.md")
    for code, files in sorted(used.items()):
        of_laws = all(name.startswith("host/distribution/") for name in files)
        if code not in book and not (of_laws and code in laws):
            yield f"{code} ({', '.join(sorted(files))}) is missing from data/README.md, Problem codes"
    for code in sorted((book | laws) - set(used)):
        yield f"{code} is in the users' tables, and no source gives it"
    imported, told = importer_codes(root), explained_codes(root / "data/importing.md")
    for code in sorted(imported - told - book):
        yield f"{code} of the importer is missing from data/importing.md, Problem codes"
    for code in sorted(told - imported):
        yield f"{code} is in data/importing.md, and the importer does not give it"


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    found = list(problems(root))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
