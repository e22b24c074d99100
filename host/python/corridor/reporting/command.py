# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""corridor report RESULTS.h5 [-o report.html] [--excel exhibits.xlsx]"""

from __future__ import annotations

import argparse
import os
import pathlib
import sys

from ..atomic import written_whole
from ..errors import BadDataError, CannotCreateError, CorridorError, UsageError

EXAMPLES = """examples:
  corridor report quotes.h5                          writes quotes.html
  corridor report tail.h5 -o tail.html --force
  corridor report quotes.h5 --excel exhibits.xlsx    the page and the exhibits
  corridor report quotes.h5 --excel exhibits.xlsx --no-html

exit codes: 0 done; 64 usage, 65 not a results file, 66 no input, 73 the output cannot be created, 74 input or output failed
"""


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        raise UsageError(f"{message}. See corridor report --help")


def _parser():
    parser = _Parser(
        prog="corridor report",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=EXAMPLES,
        allow_abbrev=False,
        description="Writes one HTML file for people, offline and self-contained, from a results file of the program.",
    )
    parser.add_argument(
        "results",
        metavar="RESULTS.h5",
        help="what corridor price, tail, scenario, employer, layers or replay wrote with -o",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="the page (default: the results file's name with .html)",
    )
    parser.add_argument("--excel", metavar="FILE", help="exhibits as an Excel workbook too")
    parser.add_argument("--no-html", action="store_true", help="no page, only --excel")
    parser.add_argument("--force", action="store_true", help="replace output files that exist")
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing but errors")
    return parser


def main(arguments=None):
    """Exit code of the command; errors stand on standard error."""
    try:
        return _run(_parser().parse_args(arguments))
    except CorridorError as problem:
        print(f"corridor report: error: {problem}", file=sys.stderr)
        return problem.exit_code
    except KeyboardInterrupt:
        return 130


def _run(options):
    outputs = _outputs(options)
    from .source import (
        read_results,
    )  # after the flags, so that a typing error does not wait for HDF5

    results = read_results(options.results)
    for path, make in outputs:
        written_whole(
            path,
            lambda temporary, make=make: _made(make, results, temporary),
            replace=options.force,
        )
        if not options.quiet:
            print(f"wrote {path} ({path.stat().st_size:,} bytes)")
    return 0


def _outputs(options):
    """[(path, function of results and a path to write to)], each known to be allowed."""
    if options.no_html and (options.output or not options.excel):
        raise UsageError(
            "--no-html wants --excel and no -o: there would be nothing to write. See corridor report --help"
        )
    outputs = []
    if not options.no_html:
        page = options.output or pathlib.Path(options.results).with_suffix(".html").name
        outputs.append((_allowed(page, {".html", ".htm"}, options), _html))
    if options.excel:
        outputs.append((_allowed(options.excel, {".xlsx"}, options), _excel))
    return outputs


def _allowed(text, endings, options):
    path = pathlib.Path(text)
    if path.suffix.lower() not in endings:
        raise UsageError(
            f"{path}: the name must end in {' or '.join(sorted(endings))}. See corridor report --help"
        )
    if os.path.lexists(path) and not options.force:
        raise CannotCreateError(
            f"{path}: is there already. Choose another name, or --force to replace it [E_EXISTS]"
        )
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise CannotCreateError(
            f"{path}: its folder is missing, or it is a folder itself. Choose a place that takes files [E_CANNOT_CREATE]"
        )
    return path


def _made(make, results, path):
    """Lets `make` write; a file that lacks a column is the user's and not a traceback."""
    try:
        make(results, path)
    except (KeyError, IndexError) as problem:
        raise BadDataError(
            f"{results.path}: {results.schema} without {problem}: it was edited, or written by a version that this report "
            "does not know [E_MISSING]"
        ) from problem


def _html(results, path):
    from .page import render
    from .sections import page_of

    pathlib.Path(path).write_bytes(render(page_of(results)).encode())


def _excel(results, path):
    from ..needs import needs

    needs("xlsxwriter", "report")
    from .excel import write_workbook

    write_workbook(results, path)


if __name__ == "__main__":
    sys.exit(main())
