# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Which fields an input may have: the columns of data/README.md, and friendlier ones that become such columns.

`kind` is how a cell is read (kinds.py). `tiers` is 4 for a field with a value for each of EE, EE+SP, EE+CH and
FAM, which stand in columns of their own: employees_ee, employees_ee_sp, ...
"""
from dataclasses import dataclass

INF = float("inf")
TIER_NAMES = ("ee", "ee_sp", "ee_ch", "fam")
TIER_WORDS = (("ee", "employee", "employee only", "single", "e", "ee only"),
              ("ee sp", "es", "ee spouse", "employee spouse", "employee and spouse", "ee es"),
              ("ee ch", "ec", "ee child", "ee children", "employee child", "employee children",
               "employee and child", "employee and children", "employee child ren", "ee ec"),
              ("fam", "family", "ef", "ee fam", "employee family", "employee and family", "ee family"))
LIMITS = {"u1": 255, "u2": 65_535, "u4": 2**32 - 1}


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    dtype: str = "f8"
    low: float = 0.0
    high: float = 1e12
    endless: bool = False  # takes "unlimited"
    tiers: int = 0
    required: bool = False
    words: tuple = ()  # other names of the column, normalised as headers.normalise does
    codes: tuple = ()  # ((code, words...), ...)
    help: str = ""


def _field(name, kind, words="", help="", **more):
    return Field(name, kind, words=tuple(w.strip() for w in words.split("|") if w.strip()), help=help, **more)


def _money(name, words="", help="", **more):
    return _field(name, "money", words, help, **more)


def _whole(name, words="", help="", dtype="u1", **more):
    return _field(name, "whole", words, help, dtype=dtype, **({"high": LIMITS[dtype]} | more))


def _yes(name, words="", help=""):
    return _field(name, "yes", words, help, dtype="u1")


def _code(name, codes, words="", help="", dtype="u1"):
    return _field(name, "code", words, help, dtype=dtype, codes=codes)


GROUP_ID = _field("group_id", "id", "group|group no|group number|group key|case|case id|case no|case number|client id|policy no|"
                  "policy number", "random key of the group, 1 to 32 characters, never the employer's name", dtype="S32", required=True)
SEX = (("male", "m", "man", "boy"), ("female", "f", "woman", "girl"))
RELATION = (("employee", "ee", "self", "subscriber", "insured", "emp", "primary"),
            ("spouse", "sp", "wife", "husband", "domestic partner", "partner"),
            ("child", "ch", "son", "daughter", "dependent child", "dep child"))

GROUPS = (
    GROUP_ID,
    _field("state", "state", "situs|situs state|st", "state of situs, two letters", dtype="S2"),
    _field("zip3", "zip3", "zip|zip code|postal code|zip 3", "first three digits of the postal code", dtype="S3"),
    _field("effective", "month", "effective date|eff date|effective month|inception date|policy date", "month the policy begins", dtype="S7"),
    _whole("policy_months", "contract months|policy length", "length of the policy", low=1, high=12),
    _field("law", "law", "claim law|distribution", "claim law of the group's members", dtype="S64"),
    _field("scale", "factor", "area factor|manual factor|rate factor|group factor|scale factor|cost factor",
           "multiplies the claims of all the group's members", low=1e-9, high=1e9),
    _whole("employees", "enrolled employees|enrolled|subscribers|contracts", "enrolled employees by tier", "u4", tiers=4),
    _whole("eligible_employees", "eligibles|eligible", "employees who may enrol", "u4"),
    _whole("full_time_employees", "full time", "full-time employees", "u4"),
    _whole("prior_year_employees", "", "average employees of the prior year", "u4"),
    _field("effect_cv", "fraction", "", "coefficient of variation of the group effect", high=2),
    _field("effect_frequency_share", "fraction", "", "share of the effect on frequency", high=1),
    _whole("region", "", "key of the shared regional effect", "u2"),
    _whole("industry", "", "key of the shared industry effect", "u2"),
    _whole("captive", "", "captive that the group is in; 0 none", "u2"),
)

TERMS = (
    _money("specific_deductible_usd", "specific|spec ded|spec deductible|isl|isl deductible|individual deductible|specific ded|"
           "individual stop loss deductible", "specific deductible of one person", endless=True),
    _field("specific_reimbursement", "fraction", "specific coinsurance|spec reimbursement", "share of the excess that is paid", low=.01, high=1),
    _money("specific_limit_usd", "specific limit|specific maximum|spec max|annual maximum|specific max", "limit of the specific", low=.01, endless=True),
    _code("specific_limit_basis", (("paid", "0"), ("layer", "1"), ("total", "2", "total claim")), "", "what the limit is on"),
    _money("specific_family_deductible_usd", "family deductible", "deductible of a family", endless=True),
    _money("aggregating_specific_usd", "aggregating specific deductible|asd|agg spec|aggregating spec", "aggregating specific"),
    _yes("asd_counts_lasers", "", "lasers use up the aggregating specific first"),
    _field("aggregate_corridor", "fraction", "corridor|agg corridor|attachment percent|aggregate corridor percent|corridor percent|agg corridor percent",
           "attachment over expected claims: 1.25 or 125%", low=.5, high=100, endless=True),
    _money("aggregate_attachment_usd", "aggregate attachment|attachment point|attachment|agg attachment|annual attachment|min attachment point",
           "attachment as an amount"),
    _money("aggregate_factor_usd", "agg factor|attachment factor|aggregate factor|factor", "monthly factors by tier", tiers=4),
    _code("aggregate_expected_basis", (("own", "0"), ("mature", "1")), "", "what a corridor multiplies"),
    _money("aggregate_minimum_usd", "minimum attachment|min attachment|minimum aggregate attachment", "smallest attachment"),
    _field("aggregate_minimum_first_month_pct", "fraction", "", "smallest attachment over 12 times the first month", high=2),
    _field("aggregate_minimum_quoted_pct", "fraction", "", "smallest attachment over the quoted one", high=2),
    _field("aggregate_reimbursement", "fraction", "aggregate coinsurance|agg reimbursement", "share that the aggregate pays", low=.01, high=1),
    _money("aggregate_limit_usd", "aggregate limit|aggregate maximum|agg max|agg limit|aggregate max", "most that the aggregate pays", low=.01, endless=True),
    _whole("aggregate_counts", "", "bits of what else counts", high=31),
    _field("contract_basis", "basis", "basis|contract|contract type|specific basis|spec contract|specific contract|contract term|specific contract basis|incurred paid",
           "12/12, 12/15, 24/12, paid, incurred", dtype="S8"),
    _field("aggregate_contract_basis", "basis", "agg contract|aggregate contract|aggregate basis|agg basis|agg contract basis", "of the aggregate", dtype="S8"),
    _whole("run_in_months", "", "months of incurral before the policy; 255 without end"),
    _whole("run_out_months", "", "months of payment after the policy; 255 without end"),
    _whole("aggregate_run_in_months", "", "the aggregate's run-in"),
    _whole("aggregate_run_out_months", "", "the aggregate's run-out"),
    _whole("months_since_original_effective", "", "since the first policy began", "u2"),
    _money("run_in_limit_person_usd", "", "most that a person's run-in claims count", endless=True),
    _money("run_in_limit_group_usd", "", "most that the group's run-in claims count", endless=True),
    _yes("monthly_accommodation", "accommodation|monthly aggregate accommodation|maa", "monthly accommodation"),
    _yes("terminal_liability", "tlo|terminal liability option", "terminal liability"),
    _field("terminal_probability", "fraction", "", "probability that it is exercised", high=1),
    _code("new_or_renewal", (("new", "0", "new business", "n"), ("renewal", "1", "renew", "r")), "new renewal|business type", "new or renewal"),
    _yes("no_new_laser", "no new lasers|nnl|no new laser option", "no new laser at the renewal"),
    _field("rate_cap", "fraction", "renewal rate cap", "most that rates may rise at the renewal", low=1e-9, high=10, endless=True),
    _field("commission", "fraction", "commission percent|broker commission", "fraction of premium", high=.5),
    _field("credibility", "fraction", "", "weight of the group's experience", high=1),
    _money("current_rate_usd", "current rate|rate|current specific rate", "today's monthly specific rates by tier", tiers=4),
    _money("current_factor_usd", "current factor|current agg factor", "today's aggregate factors by tier", tiers=4),
)

PERSON = (
    _field("age", "age", "", "age in years; only its band is kept", dtype="u1"),
    _field("age_band", "band", "age group|age range|ages", "such as 25-34", dtype="u1"),
    _code("sex", SEX, "gender|m f", "male or female"),
    _code("tier", tuple((name.replace("_", " "),) + words for name, words in zip(TIER_NAMES, TIER_WORDS)),
          "coverage tier|enrolment tier|enrollment tier|coverage|cov tier|coverage level", "EE, EE+SP, EE+CH, FAM"),
    _code("relation", RELATION, "relationship|rel|relation to employee", "employee, spouse, child"),
)

MEMBERS = (
    GROUP_ID,
    _field("member_id", "key", "member|member no|member number|person id|id|unique id", "finds rows given twice; not kept", dtype="S64"),
    *PERSON,
    _field("birth_date", "birth", "dob|date of birth|birthdate|birth day|birthday", "only the age band is kept", dtype="u1"),
    _field("family", "family", "family id|subscriber id|employee id|subscriber|family no|family number|household", "members of one family share it", dtype="S64"),
    _field("law", "law", "claim law|distribution", "claim law of the member", dtype="S64"),
    _field("scale", "factor", "factor|relative cost|risk score", "multiplies the law; instead of age and sex", low=1e-9, high=1e9),
    _field("exposure", "exposure", "share of year|part of year", "share of the year covered", dtype="f4", low=1e-6, high=1),
    _field("months_covered", "exposure12", "member months|covered months|months", "of 12; becomes exposure", dtype="f4", low=1e-6, high=12),
    _field("laser_usd", "laser", "laser|laser amount|laser deductible|individual laser", "own specific deductible; excluded: no specific cover", endless=True),
    _yes("known_claimant", "known large claimant|known", "known large claimant"),
    _money("prior_year_paid_usd", "prior year paid|prior paid", "paid in the prior year"),
    _money("prior_year_unpaid_usd", "prior year unpaid|prior unpaid", "incurred and not paid in the prior year"),
)

CENSUS = (
    GROUP_ID,
    *(f for f in PERSON if f.name != "age"),
    _whole("employees", "employee count|subscribers|subscriber count|contracts|ees", "number of employees of this age, sex and tier; families are added", "u4"),
    _whole("members", "member count|covered lives|members count|belly buttons", "number of members of this age and sex", "u4"),
    _whole("count", "lives|number|n|headcount|head count", "of employees or members: the map says which", "u4"),
    _field("law", "law", "claim law|distribution", "claim law", dtype="S64"),
)

EXPERIENCE = (
    GROUP_ID,
    _field("period", "year", "year|policy year|plan year|period begin|period start|experience period", "year in which the period began", dtype="u2", required=True),
    _whole("months", "period months", "length of the period", low=1, high=255),
    _code("basis", (("paid", "0"), ("incurred", "1")), "claims basis|claim basis", "paid or incurred"),
    _whole("employee_months", "subscriber months|contract months|ee months", "employee-months by tier", "u4", tiers=4, required=True),
    _money("paid_usd", "paid|paid claims|total paid|claims|total claims|claims paid", "claims of the period", required=True),
    _money("paid_above_deductible_usd", "paid above deductible|excess|excess claims|above deductible|paid above specific", "the part above the deductible then"),
    _money("deductible_usd", "deductible|specific deductible|deductible then", "specific deductible then"),
    _whole("shock_count", "shock claims|large claim count|claimants above", "people above the deductible", "u4"),
)

LARGE_CLAIMS = (
    GROUP_ID,
    _money("paid_usd", "paid|paid amount|paid claims|paid to date|claim amount", "paid to date"),
    _money("pended_usd", "pended|pending|pended amount", "pended"),
    _whole("prognosis", "", "band of the prognosis"),
    _whole("status", "", "code of the status"),
)

TABLES = {"groups": GROUPS + TERMS, "terms": (GROUP_ID, *TERMS), "members": MEMBERS, "census": CENSUS,
          "experience": EXPERIENCE, "large_claims": LARGE_CLAIMS}
SHEET_WORDS = {
    "groups": ("groups", "group", "cases", "employers"),
    "terms": ("terms", "contract", "contracts", "plan terms", "policies", "stop loss", "quote request"),
    "members": ("members", "member", "enrollment", "enrolment", "eligibility", "member census"),
    "census": ("census", "census counts", "counts", "demographics"),
    "experience": ("experience", "claims experience", "claim experience", "paid claims"),
    "large_claims": ("large claims", "large claimants", "lcr", "large claim report", "shock claims"),
}
# Never read, and not missed: a book has no place for them (data/README.md).
PERSONAL = {"name", "first name", "last name", "member name", "employee name", "ssn", "social security number", "address",
            "street", "city", "phone", "email", "e mail", "diagnosis", "icd", "icd 10", "employer name", "group name", "employer",
            "account number", "claimant", "claimant name", "patient name", "diagnosis code", "company", "company name"}
