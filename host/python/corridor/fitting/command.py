# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""corridor fit: a claim law from claims."""
import json
import os
import sys
import tomllib

import numpy as np

from ..atomic import refuse_existing, written_whole
from ..errors import CorridorError
from ..importing import factor_tables, laws
from ..importing.problems import CellError, Problems
from . import claims as reading
from . import fit as fitting
from . import group_credibility, law_file
from .arguments import USAGE, parser
from .findings import facts_of, lines

OK, BAD_DATA, MISSING_INPUT = 0, 65, 66


def main(argv=None):
    given = parser().parse_args(argv)
    try:
        return _run(given)
    except CorridorError as error:
        print(f"corridor fit: {error}", file=sys.stderr)
        return error.exit_code


def _run(given):
    if wrong := _wrong_use(given):
        print(f"corridor fit: {wrong}", file=sys.stderr)
        return USAGE
    for path in filter(None, (given.output, given.plot, given.group_factors)):
        refuse_existing(path, given.force)
    for path in filter(None, (given.file, given.book)):
        if not os.path.isfile(path):
            print(f"corridor fit: cannot open {path}. Check the name.", file=sys.stderr)
            return MISSING_INPUT
    problems = Problems(given.max_errors)
    fitted = _with_problems(problems, _fitted, given, problems)
    if fitted is None or problems.error_count:
        return _refused(given, problems)
    facts = facts_of(fitted, given)
    _with_problems(problems, _write, given, fitted, facts)
    if problems.error_count:
        return _refused(given, problems)
    print(json.dumps(facts, indent=2) if given.json else "\n".join(lines(fitted, facts)))
    return OK


def _wrong_use(given):
    if given.plot and not given.plot.lower().endswith((".svg", ".html")):
        return f"{given.plot} ends in neither .svg nor .html. Name the picture so."
    if not given.file and not given.book:
        return "give a FILE of claims, or --book with large claims of its own."
    if given.output and given.output.lower().endswith(".h5") and not given.book:
        return f"-o {given.output}: a law goes into a book. Say which with --book, or name it .toml."
    if (given.instead_of or given.keep_scale) and not (given.output or "").lower().endswith(".h5"):
        return "--instead-of and --keep-scale are about a book to write. Give -o NAME.h5."
    return ""


def _with_problems(problems, work, *arguments):
    """What `work` returns; what it refuses goes to the problems."""
    try:
        return work(*arguments)
    except CellError as error:
        problems.add(error.code, error.what, error.fix)
        return None


def _refused(given, problems):
    if given.json:
        print(
            json.dumps(
                {
                    "errors": problems.error_count,
                    "problems": [p.as_dict() for p in problems.errors]
                },
                indent=2))
    else:
        print("\n".join(map(str, problems.errors)), file=sys.stderr)
        print(f"corridor fit: {problems.error_count:,} problems; nothing was written",
              file=sys.stderr)
    return BAD_DATA


def _fitted(given, problems):
    rows, members = _rows(given, problems)
    if rows is None or problems.error_count:
        return None
    if given.group_factors:
        _require_groups(given, rows)
    claims = reading.make(rows.amount, rows.weight, rows.group, given.truncated_below,
                          given.censored_at, members, given.factor)
    below = _law_named(given.below) if given.truncated_below else None
    fitted = fitting.fit(claims, given.body, given.threshold, given.name, below
                         and (below[0], below[1]))
    if given.jackknife:
        if claims.group is None or len(np.unique(claims.group)) < 2:
            raise CellError("E_MISSING",
                            "a jackknife needs a column group with two groups or more",
                            "Add it, or drop --jackknife")
        fitted.jackknife = fitting.jackknife(fitted, given.body, below)
    if given.manual:
        name, known = _law_named(given.manual)
        fitting.weigh(fitted, known[name], known)
    if given.group_factors:
        fitted.groups = rows.labels
        fitted.group_credibility = group_credibility.of_rows(rows, fitted.tail.threshold,
                                                             given.factor)
    return fitted


def _rows(given, problems):
    """(Rows, members and years or None) of the file, else of the book's large claims."""
    if given.file:
        return reading.read(given.file, problems), given.members
    from . import into_book
    rows, members = into_book.large_claims(given.book)
    if not given.truncated_below:
        raise CellError("E_MISSING", "a book's large claims are those from an amount up",
                        "Say from which: --truncated-below USD")
    return rows, given.members or members


def _require_groups(given, rows):
    if given.truncated_below or given.members:
        raise CellError("E_MISSING", "factors of groups need a row for every member, zeros too",
                        "Leave out --group-factors, or --truncated-below and --members")
    if rows.group is None:
        raise CellError("E_MISSING", "factors of groups need a column group",
                        "Add it, or leave --group-factors out")


def _write(given, fitted, facts):
    if given.output and given.output.lower().endswith(".h5"):
        from . import into_book
        name = f"{fitted.name}_credible" if fitted.credibility else fitted.name
        written, members = into_book.write(given.output,
                                           given.book,
                                           fitted.laws,
                                           name,
                                           instead_of=given.instead_of,
                                           keep_scale=given.keep_scale,
                                           replace=given.force)
        facts["book"] = {"file": given.output, "law": name, "members": members, "with_law": written}
    elif given.output:
        _write_text(given.output, law_file.text(fitted, facts), given.force)
    if given.group_factors:
        _write_text(given.group_factors,
                    group_credibility.csv_text(fitted.groups, fitted.group_credibility),
                    given.force)
    if given.plot:
        from . import plot
        written_whole(given.plot, lambda path: plot.write(path, fitted), replace=given.force)


def _write_text(path, text, replace):
    def write(temporary):
        with open(temporary, "w", encoding="utf-8") as file:
            file.write(text)

    written_whole(path, write, replace=replace)


def _law_named(name):
    """(name, {name: law}) of a law that comes with Corridor, or of a file that a fit wrote."""
    known = factor_tables.claim_laws()
    if name in known:
        return name, {name: known[name]}
    try:
        with open(name, "rb") as file:
            found = {key: laws.split(law) for key, law in tomllib.load(file)["laws"].items()}
    except (OSError, tomllib.TOMLDecodeError, KeyError, UnicodeDecodeError) as error:
        raise CellError("E_REFERENCE",
                        f"{name} is no law that comes with Corridor and no file of one ({error})",
                        f"Known are {', '.join(known)}") from None
    return next(iter(found)), found
