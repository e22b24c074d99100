# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Type, unit and meaning of every column that a sample book may hold."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    dtype: str
    units: str
    description: str


DISTRIBUTION = {
    "upper_usd": Column("f8", "USD", "upper end of the bucket, included; the first bucket is no claims"),
    "probability": Column("f8", "1", "share of people whose year falls in the bucket"),
    "mean_usd": Column("f8", "USD", "mean of the years in the bucket"),
}

GROUPS = {
    "group_id": Column("S32", "text", "random key of the group, unique in the book"),
    "member_offset": Column("u8", "row", "group g has the rows member_offset[g] to member_offset[g+1]-1"),
    "state": Column("S2", "text", "state of situs"),
    "zip3": Column("S3", "text", "first three digits of the postal code"),
    "effective": Column("S7", "text", "policy month YYYY-MM"),
    "policy_months": Column("u1", "month", "length of the policy"),
    "employees": Column("u4", "employee", "average enrolled employees by tier: EE, EE+SP, EE+CH, FAM"),
    "eligible_employees": Column("u4", "employee", "employees who may enrol"),
    "full_time_employees": Column("u4", "employee", "full-time employees"),
    "prior_year_employees": Column("u4", "employee", "average employees of the prior calendar year"),
    "effect_cv": Column("f8", "1", "coefficient of variation of the group effect; 0 for none"),
    "region": Column("u2", "key", "key of the shared regional effect: census division 1 to 9"),
    "industry": Column("u2", "key", "key of the shared industry effect: 1 to 10"),
    "captive": Column("u2", "key", "captive that the group is in; 0 is none"),
    "specific_deductible_usd": Column("f8", "USD", "specific deductible of one person"),
    "specific_reimbursement": Column("f8", "1", "share of the specific excess that is paid"),
    "specific_limit_usd": Column("f8", "USD", "limit of the specific; inf is unlimited"),
    "specific_limit_basis": Column(
        "u1", "code", "0 most the policy pays, 1 layer before the share, 2 total claim including retention"),
    "specific_family_deductible_usd": Column("f8", "USD", "deductible of a family; inf is none"),
    "aggregating_specific_usd": Column("f8", "USD", "pooled specific excess that the employer retains"),
    "aggregate_corridor": Column("f8", "1", "attachment over expected retained claims; inf is no aggregate"),
    "aggregate_limit_usd": Column("f8", "USD", "most the aggregate pays; inf is unlimited"),
    "aggregate_counts": Column(
        "u1", "bits", "what also counts to the aggregate: 1 laser band; 16 leave out excluded members"),
    "run_in_months": Column("u1", "month", "months of incurral before the policy; 255 without end"),
    "run_out_months": Column("u1", "month", "months of payment after the policy; 255 without end"),
    "aggregate_run_in_months": Column("u1", "month", "the aggregate's run-in"),
    "aggregate_run_out_months": Column("u1", "month", "the aggregate's run-out"),
    "months_since_original_effective": Column("u2", "month", "since the first policy began; 255 is long"),
    "run_in_limit_person_usd": Column("f8", "USD", "most that a person's run-in claims count; inf is no limit"),
    "monthly_accommodation": Column("u1", "code", "1 if the carrier advances the aggregate by month"),
    "terminal_liability": Column("u1", "code", "1 if the aggregate runs out longer on termination"),
    "terminal_probability": Column("f8", "1", "probability that terminal liability is exercised"),
    "new_or_renewal": Column("u1", "code", "0 new, 1 renewal"),
    "no_new_laser": Column("u1", "code", "1 if no laser may be added at renewal"),
    "rate_cap": Column("f8", "1", "most that the specific's rates may rise at renewal; inf is no cap"),
    "current_rate_usd": Column("f8", "USD", "today's monthly specific rates by tier; NaN where new"),
    "aggregate_minimum_usd": Column("f8", "USD", "smallest attachment as an amount"),
    "aggregate_minimum_first_month_pct": Column(
        "f8", "1", "smallest attachment as a fraction of 12 times the first month"),
    "aggregate_minimum_quoted_pct": Column(
        "f8", "1", "smallest attachment as a fraction of the quoted attachment"),
}

MEMBERS = {
    "distribution": Column("u2", "index", "index attribute of the claim law in /distributions"),
    "scale": Column(
        "f8", "1", "multiplies the law: age and sex, area, plan, trend; for known claimants their own level"),
    "exposure": Column("f4", "year", "share of the policy year covered"),
    "laser_usd": Column("f8", "USD", "own specific deductible; NaN is the group's"),
    "family": Column("u4", "key", "members of one family share it; 0 is none"),
    "relation": Column("u1", "code", "0 employee, 1 spouse, 2 child"),
    "age_band": Column(
        "u1", "code", "0 under 1, 1 1-17, 2 18-24, 3 25-34, 4 35-44, 5 45-54, 6 55-64, 7 65-74, 8 75-89, "
        "9 90 and over"),
    "sex": Column("u1", "code", "0 male, 1 female"),
    "tier": Column("u1", "code", "0 EE, 1 EE+SP, 2 EE+CH, 3 FAM"),
    "known_claimant": Column("u1", "code", "1 known large claimant"),
}

EXPERIENCE = {
    "group": Column("u4", "row", "row of /groups"),
    "period": Column("u2", "year", "calendar year in which the period began"),
    "months": Column("u1", "month", "length of the period"),
    "basis": Column("u1", "code", "0 paid, 1 incurred"),
    "employee_months": Column("u4", "employee-month", "by tier"),
    "paid_usd": Column("f8", "USD", "claims paid"),
    "paid_above_deductible_usd": Column("f8", "USD", "the part above the deductible then"),
    "deductible_usd": Column("f8", "USD", "specific deductible then"),
    "shock_count": Column("u4", "person", "people above the deductible"),
}

TREATIES = {
    "name": Column("S32", "text", "name in tables"),
    "kind": Column("u1", "code", "0 quota share, 1 excess of each person, 2 aggregate of the book, 3 captive"),
    "order": Column("u1", "rank", "treaties of a lower order act first, those of one order side by side"),
    "share": Column("f8", "1", "part of the layer that is ceded"),
    "attachment_usd": Column("f8", "USD", "payouts above it are in the layer"),
    "limit_usd": Column("f8", "USD", "width of the layer; inf is none"),
    "attachment_ratio": Column("f8", "1", "attachment over the premium instead; NaN is not stated so"),
    "limit_ratio": Column("f8", "1", "width over the premium instead"),
    "corridor_from_ratio": Column("f8", "1", "losses over the premium that the carrier keeps: from"),
    "corridor_to_ratio": Column("f8", "1", "and to; NaN is no corridor"),
    "annual_deductible_usd": Column("f8", "USD", "losses of the layer that the carrier keeps first in a year"),
    "annual_limit_usd": Column("f8", "USD", "most of a year's losses after that; inf is no limit"),
    "commission": Column("f8", "1", "part of the ceded premium that comes back"),
    "premium_usd": Column("f8", "USD", "agreed premium of a year; NaN is by the run's principle"),
    "captive": Column("u2", "key", "captive whose groups it covers; 0 is every group"),
}

QUOTE = {
    "specific_deductible_usd": Column("f8", "USD", "specific deductibles to quote"),
    "aggregate_corridor": Column("f8", "1", "aggregate corridors to quote"),
}
