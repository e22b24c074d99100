# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""What readers are told: flags, terms of the trade, names of columns and amounts."""

# Flag -> (severity, what it means). Severity: bad, watch, note.
FLAGS = {
    "GATE_FAILED": (
        "bad",
        "A simulated average disagrees with its exact value. Do not use the row before this is explained.",
    ),
    "RULE_VIOLATION": ("bad", "A recorded state rule is not met. “corridor check” names it."),
    "NO_EXACT_LAW": (
        "bad",
        "A cover has no exact distribution and nothing was simulated: its figures are blank.",
    ),
    "LOW_HITS": (
        "watch",
        "A cover paid in fewer than 400 simulated years: its sampling error is rougher than it looks.",
    ),
    "TARGET_SE_NOT_REACHED": (
        "watch",
        "An average is not as sure as the run was asked to make it.",
    ),
    "Z_NOT_CREDIBLE": (
        "watch",
        "A check against an exact average rests on fewer than 400 payouts and was left out.",
    ),
    "RULE_UNKNOWN": (
        "watch",
        "Whether state rules are met is not known: no rule is recorded, or the book lacks what it asks for.",
    ),
    "RULE_STALE": ("watch", "State amounts are met as recorded, but they have changed since."),
    "NO_EMPLOYEES": (
        "watch",
        "No enrolment is given: rates per employee are blank and fixed costs are 0.",
    ),
    "EXPERIENCE_LEFT_OUT": (
        "watch",
        "Some of the group’s own experience could not be compared and was left out.",
    ),
    "LASER_BELOW_DEDUCTIBLE": (
        "note",
        "A laser lies below the quoted deductible and counts as the deductible.",
    ),
    "FAMILY_BELOW_DEDUCTIBLE": (
        "note",
        "The family deductible lies below the quoted one and counts as the deductible.",
    ),
    "MANUAL_FLOOR": (
        "note",
        "Good experience would take the premium below its floor; it stops there.",
    ),
    "RATE_CAPPED": (
        "note",
        "The specific premium stands at the renewal’s rate cap, below its cost.",
    ),
}
SEVERITY = {"bad": "Act", "watch": "Watch", "note": "Note"}
UNKNOWN_FLAG = (
    "watch",
    "A flag of a newer version; see the documentation of the program that wrote the file.",
)

# Term -> explanation, shown as a glossary and as tooltips of column heads.
GLOSSARY = {
    "Specific": "Stop-loss cover per person: what one person’s claims of a policy year exceed the specific deductible by.",
    "Aggregate": "Stop-loss cover for the whole group: what retained claims of a year exceed the attachment by.",
    "Corridor": "Attachment of the aggregate over expected retained claims. 1.25 means claims must come out 25% worse than expected.",
    "Attachment": "Dollars of retained claims above which the aggregate pays.",
    "Retained claims": "What stays with the employer before the aggregate: claims up to the specific deductible.",
    "Laser": "A higher deductible for one person whose large claims are foreseen.",
    "PEPM": "Per employee per month.",
    "Expected payout": "Average over all possible years, before expenses and profit. Not what any one year will cost.",
    "Standard error (±)": "Sampling error of a simulated figure: about two runs in three with other random numbers differ from the true "
    "figure by less. It does not cover whether the assumptions are right.",
    "95% interval": "Range that holds the true figure in about 95 of 100 such runs, given the assumptions. Blank where no such range can be relied on.",
    "VaR": "Value at risk: the amount that a year exceeds with the stated chance. VaR 99% is exceeded in 1 year of 100.",
    "TVaR": "Tail value at risk: the average of the years beyond VaR. How bad the bad years are.",
    "Economic capital": "TVaR less the average: what a bad year costs beyond what is expected.",
    "Loss ratio": "Payouts over premium. Above 100% the premium did not cover them.",
    "Return period": "Once in so many years, on average: 100 years means a chance of 1% in any year.",
    "Gross, ceded, net": "What the carrier pays in all; what reinsurance treaties pay of it; what is left with the carrier.",
    "Rate on line": "Reinsurance premium over the most that the treaty can pay.",
    "z": "Simulated less exact average, in standard errors. Beyond the gate’s limit the two disagree.",
}

METRICS = {
    "ground_up": "Ground-up claims",
    "retained": "Kept by employers",
    "specific": "Specific",
    "aggregate": "Aggregate",
    "gross": "Gross",
    "ceded": "Ceded",
    "net": "Net",
    "largest_claim": "Largest claim of a person",
    "specific_before_asd": "Specific before aggregating specific",
}

FIGURES = {
    "mean": "average",
    "sd": "standard deviation",
    "cost": "cost of the year",
    "net_claims": "claims kept",
}

# Settings of a run whose automatic name would be poor.
SETTINGS = {
    "mgu_fee": "MGU fee",
    "fixed_usd_pepm": "Fixed, US dollars PEPM",
    "sd_weight": "Weight of the standard deviation",
    "variance_weight": "Weight of the variance",
    "tvar_weight": "Weight of the TVaR",
    "theta": "Theta (expected value)",
    "rho": "Rho (PH transform)",
    "lambda": "Lambda (Wang transform)",
    "percent_to_manual_floor": "Floor, percent to manual",
    "levels": "Levels of VaR and TVaR",
    "stress_table_digest": "Digest of the stressed claim tables",
}


def setting(name):
    """Name of a run's setting for people."""
    text = name.replace("_", " ").replace(".", ": ")
    return SETTINGS.get(name, text[:1].upper() + text[1:])


# Names of columns where the automatic one would be poor.
LABELS = {
    "group_id": "Group",
    "specific_deductible_usd": "Specific deductible",
    "aggregate_corridor": "Corridor",
    "aggregate_attachment_usd": "Attachment",
    "expected_claims_usd": "Expected claims",
    "quoted_premium_usd": "Premium",
    "quoted_pepm_usd": "Premium PEPM",
    "quoted_specific_premium_usd": "Specific premium",
    "quoted_aggregate_premium_usd": "Aggregate premium",
    "specific_mean_usd": "Expected specific",
    "aggregate_mean_usd": "Expected aggregate",
    "total_mean_usd": "Expected payout",
    "total_se_usd": "± (simulation)",
    "total_probability": "Chance of a payout",
    "aggregate_probability": "Chance the aggregate pays",
    "expected_loss_ratio": "Loss ratio",
    "expected_claimants": "Claimants above deductible",
    "maximum_cost_usd": "Employer’s worst year",
    "renewal_change": "Renewal change",
    "years": "Years simulated",
    "return_period_years": "Return period, years",
    "z": "z",
    "se_usd": "±",
    "mean_usd": "Mean",
    "sd_usd": "SD of a year",
    "exact_usd": "Exact mean",
    "by": "By",
    "metric": "Amount",
    "key": "Part",
    "probability": "Chance",
    "loss_usd": "Amount exceeded",
    "tvar_se_usd": "TVaR ±",
    "var_se_usd": "VaR ±",
    "mean_se_usd": "Mean ±",
    "usd": "Amount",
    "low_usd": "95% from",
    "high_usd": "95% to",
    "se": "±",
    "mean": "Mean",
    "sd": "SD of a year",
    "specific_method": "Specific by",
    "total_method": "Payout by",
    "unlimited_because": "Unlimited because",
    "probability_above_1": "Chance above 100%",
    "dominated_by": "Beaten by option",
    "hits": "Years with a payout",
}

SCHEMA_TITLES = {
    "corridor.quotes": "Stop-loss quotes",
    "corridor.tail": "A year of the whole book",
    "corridor.scenario": "The book under a stress",
    "corridor.employer": "The employer’s year",
    "corridor.layers": "Rare layers",
    "corridor.replay": "One simulated year again",
    "corridor.maturity": "Contract bases",
}
