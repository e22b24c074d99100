# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The flags of corridor fit."""
import argparse

import numpy as np

USAGE = 64
EXAMPLES = """examples:
  corridor fit claims.csv -o law.toml                         yearly claims a member, zeros too
  corridor fit claims.csv -o law.toml --plot fit.html         and a picture
  corridor fit large.csv -o law.toml --truncated-below 25000 --members 1500000
  corridor fit claims.csv -o law.toml --manual silver_published    weighed with a manual law
  corridor fit claims.csv --book book.h5 -o refitted.h5       the book with the law for its members
  corridor fit --book book.h5 --truncated-below 25000 -o law.toml  of the book's own large claims
  corridor fit claims.csv -o law.toml --group-factors factors.csv  how far to believe each group
  corridor import census.xlsx --map map.toml -o book.h5       law_files = ["law.toml"], law = "fit" in the map
"""


class Parser(argparse.ArgumentParser):
    def error(self, message):
        self.exit(USAGE, f"corridor fit: {message}\nSee corridor fit --help.\n")


def positive(text):
    value = float(text.replace(",", ""))
    if not value > 0:
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return value


def parser():
    made = Parser(
        prog="corridor fit",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        description=
        "Fits a claim law to a member's yearly claims: a body, and a generalized Pareto tail above a threshold."
    )
    add = made.add_argument
    add("file",
        metavar="FILE",
        nargs="?",
        help="CSV or .xlsx with a column amount, and if you like count, group and year "
        "(default: the large claims of --book)")
    add("-o",
        "--output",
        metavar="LAW",
        help="law to write, .toml; .h5: the book of --book with the law for its members")
    add("--book", metavar="BOOK", help="a book to put the law into, or whose large claims to fit")
    add("--instead-of",
        metavar="LAW",
        help="only members of that law of the book get the fitted one (default: all)")
    add("--keep-scale",
        action="store_true",
        help="leaves members' scales (default: 1, as the law holds the spread between members)")
    add("--name", default="fit", help="name of the law (default fit)")
    add("--body",
        choices=("lognormal", "empirical"),
        help="claims below the threshold (default lognormal; empirical for truncated claims)")
    add("--threshold",
        type=positive,
        metavar="USD",
        help="where the tail begins (default: chosen, with its reason)")
    add("--truncated-below",
        type=positive,
        default=0.0,
        metavar="USD",
        help="claims below were not recorded")
    add("--censored-at",
        type=positive,
        default=np.inf,
        metavar="USD",
        help="claims of that amount were at least that")
    add("--members",
        type=positive,
        metavar="N",
        help="members and years, with and without claims (default: the rows)")
    add("--factor",
        type=positive,
        default=1.0,
        metavar="F",
        help="multiplies every amount: trend to the policy year")
    add("--below",
        default="silver_published",
        metavar="LAW",
        help="law below the truncation (default silver_published)")
    add("--manual",
        metavar="LAW",
        help="law to weigh the fit with: a name that comes with Corridor, or a file of corridor fit"
        )
    add("--group-factors",
        metavar="CSV",
        help="factors of groups to write, by Buehlmann and Straub's credibility; needs a column group"
        )
    add("--jackknife",
        action="store_true",
        help="standard errors by leaving out one group at a time; needs a column group")
    add("--plot", metavar="PICTURE", help="picture to write, .svg or .html")
    add("--force", action="store_true", help="replace what exists")
    add("--max-errors",
        type=int,
        default=50,
        metavar="N",
        help="most problems to list (default 50)")
    add("--json", action="store_true", help="what was found as JSON")
    return made
