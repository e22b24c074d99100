# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""corridor fit: a claim law from claims."""
import argparse
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
from . import law_file, law_values

OK, USAGE, BAD_DATA, MISSING_INPUT = 0, 64, 65, 66
EXAMPLES = """examples:
  corridor fit claims.csv -o law.toml                         yearly claims a member, zeros too
  corridor fit claims.csv -o law.toml --plot fit.html         and a picture
  corridor fit large.csv -o law.toml --truncated-below 25000 --members 1500000
  corridor fit claims.csv -o law.toml --manual silver_published    weighed with a manual law
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
        help="CSV or .xlsx with a column amount, and if you like count and group")
    add("-o", "--output", metavar="LAW", help="law to write, TOML")
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


def main(argv=None):
    given = parser().parse_args(argv)
    try:
        return _run(given)
    except CorridorError as error:
        print(f"corridor fit: {error}", file=sys.stderr)
        return error.exit_code


def _run(given):
    if given.plot and not given.plot.lower().endswith((".svg", ".html")):
        print(f"corridor fit: {given.plot} ends in neither .svg nor .html. Name the picture so.",
              file=sys.stderr)
        return USAGE
    for path in filter(None, (given.output, given.plot)):
        refuse_existing(path, given.force)
    if not os.path.isfile(given.file):
        print(f"corridor fit: cannot open {given.file}. Check the name.", file=sys.stderr)
        return MISSING_INPUT
    problems = Problems(given.max_errors)
    fitted = _fitted(given, problems)
    if fitted is None or problems.error_count:
        return _refused(given, problems)
    facts = facts_of(fitted, given)
    if given.output:
        written_whole(
            given.output,
            lambda path: open(path, "w", encoding="utf-8").write(law_file.text(fitted, facts)),
            replace=given.force)
    if given.plot:
        from . import plot
        written_whole(given.plot, lambda path: plot.write(path, fitted), replace=given.force)
    print(json.dumps(facts, indent=2) if given.json else "\n".join(lines(fitted, facts)))
    return OK


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
    read = reading.read(given.file, problems)
    if read is None or problems.error_count:
        return None
    amount, weight, group = read
    try:
        claims = reading.make(amount, weight, group, given.truncated_below, given.censored_at,
                              given.members, given.factor)
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
    except CellError as error:
        problems.add(error.code, error.what, error.fix)
        return None
    return fitted


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


def facts_of(fitted, given):
    """What a program wants to know of a fit."""
    tail, good, body = fitted.tail, fitted.goodness, fitted.body
    facts = {
        "law": fitted.name, "claims": float(fitted.claims.weight.sum()),
        "members": fitted.claims.members, "mean_usd": fitted.mean, "threshold_usd": tail.threshold,
        "threshold_reason": fitted.reason, "claims_above": tail.count, "p_above": fitted.p_above,
        "xi": tail.xi, "xi_se": tail.se_xi, "sigma_usd": tail.sigma, "sigma_se_usd": tail.se_sigma
    }
    if body is not None:
        facts |= {
            "mu": body.mu, "mu_se": float(body.se[0]), "sigma_log": body.sigma,
            "sigma_log_se": float(body.se[1])
        }
    facts |= {
        "kolmogorov_smirnov": good.kolmogorov_smirnov,
        "kolmogorov_smirnov_p": good.p_kolmogorov_smirnov,
        "anderson_darling": good.anderson_darling, "anderson_darling_p": good.p_anderson_darling
    }
    facts |= {f"aic_{name}": value for name, value in fitted.aic.items()}
    if fitted.jackknife:
        facts |= {f"jackknife_{key}": value for key, value in fitted.jackknife.items()}
    if fitted.credibility:
        facts |= {
            "credibility": fitted.credibility.z, "credibility_full_claims": fitted.credibility.full,
            "manual": given.manual
        }
    facts["thresholds"] = [{
        "threshold_usd": c.fit.threshold, "claims": c.fit.count, "xi": c.fit.xi,
        "xi_se": c.fit.se_xi, "sigma_usd": c.fit.sigma, "mean_excess_usd": c.mean_excess,
        "mean_excess_se_usd": c.se_mean_excess, "chi_square": c.worst
    } for c in fitted.candidates]
    return facts


def lines(fitted, facts):
    """What a person wants to know of a fit."""
    tail, good = fitted.tail, fitted.goodness
    yield f"{facts['claims']:,.0f} claims of {facts['members']:,.0f} members and years, mean {facts['mean_usd']:,.0f} USD"
    yield f"threshold   {tail.threshold:,.0f}: {fitted.reason}"
    yield f"tail        xi {tail.xi:.4f} ({tail.se_xi:.4f}), sigma {tail.sigma:,.0f} ({tail.se_sigma:,.0f}), {tail.count:,.0f} claims above; standard errors in parentheses"
    if fitted.body is not None:
        yield f"body        lognormal, mu {fitted.body.mu:.4f} ({fitted.body.se[0]:.4f}), sigma {fitted.body.sigma:.4f} ({fitted.body.se[1]:.4f})"
    if fitted.jackknife:
        j = fitted.jackknife
        yield f"by groups   standard errors with one of {j['groups']} groups left out: xi {j['xi']:.4f}, sigma {j['sigma']:,.0f}, mean {j['mean']:,.0f}"
    yield (
        f"tail's fit  Anderson-Darling {good.anderson_darling:.2f} (p {good.p_anderson_darling:.2f}), "
        f"Kolmogorov-Smirnov {good.kolmogorov_smirnov:.4f} (p {good.p_kolmogorov_smirnov:.2f}), {good.claims:,} claims, bootstrap"
    )
    yield "AIC         " + ", ".join(f"{name} {value:,.1f}" for name, value in fitted.aic.items())
    if fitted.credibility:
        c = fitted.credibility
        yield f"credibility Z = sqrt({c.claims:,.0f} / {c.full:,.0f}) = {c.z:.3f} by limited fluctuation; law {fitted.name}_credible is Z of the fit and 1 - Z of {facts['manual']}"
    at = np.array([25e3, 50e3, 100e3, 250e3, 500e3, 1e6])
    excess = facts["mean_usd"] - law_values.limited(fitted.laws[fitted.name], at, fitted.laws)
    yield "excess      " + ", ".join(f"{e:,.2f} over {d:,.0f}" for d, e in zip(at, excess))
