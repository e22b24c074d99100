# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""What a fit found, for programs and for people."""
import numpy as np

from . import law_values


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
    if fitted.group_credibility:
        facts["groups"] = _facts_of_groups(fitted)
    facts["thresholds"] = [{
        "threshold_usd": c.fit.threshold, "claims": c.fit.count, "xi": c.fit.xi,
        "xi_se": c.fit.se_xi, "sigma_usd": c.fit.sigma, "mean_excess_usd": c.mean_excess,
        "mean_excess_se_usd": c.se_mean_excess, "chi_square": c.worst
    } for c in fitted.candidates]
    return facts


def _facts_of_groups(fitted):
    found = fitted.group_credibility
    return {
        "claims_up_to_usd": fitted.tail.threshold, "collective_mean_usd": found.collective,
        "within_variance": found.within, "between_variance": found.between,
        "groups": [{
            "group_id": label, "scale": factor, "credibility": z, "member_years": weight,
            "mean_usd": mean
        } for label, factor, z, weight, mean in zip(
            fitted.groups, *(values.tolist()
                             for values in (found.factor, found.z, found.weight, found.mean)))]
    }


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
    if fitted.group_credibility:
        g = fitted.group_credibility
        yield (
            f"groups      {len(g.z):,}, of claims up to {tail.threshold:,.0f}: credibility {g.z.min():.3f} to {g.z.max():.3f}, "
            f"factors {g.factor.min():.3f} to {g.factor.max():.3f}; standard deviation between groups {g.between**.5:,.0f}"
        )
    if "book" in facts:
        b = facts["book"]
        yield f"book        {b['with_law']:,} of {b['members']:,} members of {b['file']} have the law {b['law']}"
    at = np.array([25e3, 50e3, 100e3, 250e3, 500e3, 1e6])
    excess = facts["mean_usd"] - law_values.limited(fitted.laws[fitted.name], at, fitted.laws)
    yield "excess      " + ", ".join(f"{e:,.2f} over {d:,.0f}" for d, e in zip(at, excess))
