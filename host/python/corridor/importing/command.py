# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""corridor import: census, terms and experience from CSV and Excel to a book."""
import argparse
import json
import os
import sys

from ..errors import CorridorError
from .fields import TABLES, TIER_NAMES
from .importer import import_book

OK, USAGE, BAD_DATA, MISSING_INPUT, NOT_INSTALLED = 0, 64, 65, 66, 69
EXAMPLES = """examples:
  corridor template -o template.xlsx                 a workbook to fill in
  corridor import template.xlsx -o book.h5           from a workbook to a book
  corridor import groups.csv members.csv --map map.toml -o book.h5
  corridor import census.xlsx --dry-run --json       what is wrong with it, for a program

Every problem is listed with its sheet, row and column, and nothing is written unless all is well.
data/importing.md tells what is understood and what a map may say.
"""


class Parser(argparse.ArgumentParser):
    def error(self, message):
        self.exit(USAGE, f"corridor import: {message}\nSee corridor import --help.\n")


def parser():
    made = Parser(
        prog="corridor import",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        description=
        "Makes a book of spreadsheets: groups, members or a census of counts, terms and experience."
    )
    add = made.add_argument
    add("files", nargs="*", metavar="FILE", help="CSV or .xlsx")
    add("-o", "--output", metavar="BOOK", help="the book to write, HDF5")
    add("--map", metavar="MAP", help="TOML that says what columns mean where their headers do not")
    add("--dry-run", action="store_true", help="read and check, write nothing")
    add("--force", action="store_true", help="replace the book if it exists")
    add("--max-errors",
        type=int,
        default=50,
        metavar="N",
        help="most problems to list (default 50); the others are counted")
    add("--json", action="store_true", help="problems and summary as one JSON document")
    add("--fields",
        metavar="TABLE",
        choices=tuple(TABLES),
        help=f"list the fields of a table and their other names ({', '.join(TABLES)})")
    return made


def main(argv=None):
    made = parser()
    given = made.parse_args(argv)
    if given.fields:
        print("\n".join(field_lines(given.fields)))
        return OK
    if not given.files:
        made.error("no files. Give CSV or .xlsx files.")
    if given.max_errors < 0:
        made.error("--max-errors must be 0 or more.")
    if bool(given.output) == given.dry_run:
        made.error("give the book to write with -o, or --dry-run."
                   if not given.output else "--dry-run writes nothing; drop -o.")
    return run(given)


def run(given):
    for path in [*given.files, *([given.map] if given.map else [])]:
        if not os.path.isfile(path) or not os.access(path, os.R_OK):
            print(
                f"corridor import: cannot open {path} (missing, no file or not readable). Check the name.",
                file=sys.stderr)
            return MISSING_INPUT
    try:
        outcome = import_book(given.files, given.output, given.map, given.max_errors, given.force)
    except CorridorError as error:
        print(f"corridor import: {error}", file=sys.stderr)
        return error.exit_code
    except ImportError as error:
        print(f"corridor import: {error.name} is not installed. Run: pip install 'corridor[excel]'",
              file=sys.stderr)
        return NOT_INSTALLED
    if given.json:
        print(json.dumps(as_json(outcome, given), indent=2))
    else:
        report(outcome, given)
    return BAD_DATA if outcome.problems.error_count else OK


def report(outcome, given):
    """Problems and notes to stderr, what was made to stdout."""
    for note in outcome.problems.notes:
        print(f"note: {note}", file=sys.stderr)
    for problem in outcome.problems.errors:
        print(problem, file=sys.stderr)
    if outcome.problems.more:
        print(f"... and {outcome.problems.more:,} more (--max-errors)", file=sys.stderr)
    if outcome.problems.error_count:
        count = outcome.problems.error_count
        print(f"corridor import: {count:,} problem{'s' * (count != 1)}; nothing was written",
              file=sys.stderr)
        return
    for place, table, rows in outcome.sheets:
        if table:
            print(f"{place}: {rows:,} rows of {table}")
    size = f"{outcome.groups:,} groups, {outcome.members:,} members, claim laws {', '.join(outcome.laws)}"
    print(f"{given.output}: {size}" if outcome.
          written else f"all is well, nothing was written: {size}")


def as_json(outcome, given):
    return {
        "output": given.output if outcome.written else None, "errors": outcome.problems.error_count,
        "problems": [problem.as_dict() for problem in outcome.problems.errors
                     ], "more": outcome.problems.more, "notes": outcome.problems.notes,
        "sheets": [{"file": place.file, "sheet": place.sheet, "table": table, "rows": rows}
                   for place, table, rows in outcome.sheets], "groups": outcome.groups,
        "members": outcome.members, "laws": list(outcome.laws)
    }


def field_lines(table):
    """Each field's name, what it is, and the headers that mean it too."""
    for field in TABLES[table]:
        name = f"{field.name}_{{{','.join(TIER_NAMES)}}}" if field.tiers else field.name
        yield f"{name}: {field.help or field.kind}" + (f" (also: {', '.join(field.words)})"
                                                       if field.words else "")


if __name__ == "__main__":
    sys.exit(main())
