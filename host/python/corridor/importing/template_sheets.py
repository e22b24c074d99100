# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""What stands in the example workbook: its sheets, their columns and example rows."""
import datetime as dt
from dataclasses import dataclass

from .age_bands import NAMES
from .states import STATES

YES_NO = ("yes", "no")
TIERS = ("EE", "EE+SP", "EE+CH", "FAM")
BASES = ("12/12", "12/15", "12/18", "12/24", "15/12", "18/12", "24/12", "paid", "incurred")


@dataclass(frozen=True)
class Column:
    """`kind`: text, whole, year, money, percent, month or number; `choices`: a drop-down; `most`: of a whole number."""
    header: str
    unit: str
    kind: str
    help: str
    choices: tuple = ()
    most: float = 1e12
    width: int = 13


@dataclass(frozen=True)
class TemplateSheet:
    name: str
    columns: tuple
    rows: tuple


GROUP = Column("Group ID", "text", "text", "A random key of 1 to 32 letters and digits, the same on every sheet. Never the employer's name.")
TIER_HELP = "Enrolled employees of this tier, average of the year"

GROUPS = TemplateSheet("Groups", (
    GROUP,
    Column("State", "letters", "text", "State of situs, two letters", tuple(sorted(STATES.values())), width=8),
    Column("Zip 3", "text", "text", "First three digits of the postal code, where more than 20,000 people live", width=8),
    Column("Effective date", "month", "month", "Month in which the policy begins"),
    *(Column(f"Employees {tier}", "employees", "whole", TIER_HELP, most=2**32 - 1) for tier in TIERS),
    Column("Area factor", "factor", "number", "Multiplies the claims of the group's members: area, network, plan. Blank is 1."),
), (
    ("G-0001", "TX", "750", dt.date(2026, 1, 1), 4, 1, 1, 2, 1.02),
    ("G-0002", "GA", "303", dt.date(2026, 7, 1), 24, 6, 5, 15, None),
))
TERMS = TemplateSheet("Terms", (
    GROUP,
    Column("Specific deductible", "USD", "money", "Deductible of each person. Write unlimited for no specific cover."),
    Column("Specific reimbursement", "%", "percent", "Share of the excess that is paid. Blank is 100%."),
    Column("Aggregating specific", "USD", "money", "Pooled specific excess that the employer keeps. Blank is none."),
    Column("Aggregate corridor", "%", "percent", "Attachment over expected claims: 125% for a corridor of 25%. Blank is no aggregate cover.", most=100),
    Column("Aggregate limit", "USD", "money", "Most that the aggregate pays. Blank is unlimited."),
    Column("Contract basis", "text", "text", "Incurred and paid months of the specific", BASES),
    Column("Aggregate contract basis", "text", "text", "The same of the aggregate. Blank is the specific's.", BASES),
    Column("Monthly accommodation", "yes/no", "text", "Monthly aggregate accommodation", YES_NO),
    Column("No new laser", "yes/no", "text", "No new laser at the next renewal", YES_NO),
    Column("New or renewal", "choice", "text", "New business or a renewal", ("new", "renewal")),
    Column("Commission", "%", "percent", "Of the premium. Blank is the run's.", most=.5),
), (
    ("G-0001", 50_000, 1, None, 1.25, 1_000_000, "12/15", None, "no", "yes", "new", None),
    ("G-0002", 75_000, .9, 20_000, 1.2, None, "12/12", "12/12", "yes", "no", "renewal", .08),
))
MEMBERS = TemplateSheet("Members", (
    GROUP,
    Column("Member ID", "text", "text", "Any key, to find rows that stand twice. It is not kept."),
    Column("Family ID", "text", "text", "The same for the members of one family. It is not kept."),
    Column("Relation", "choice", "text", "To the employee", ("employee", "spouse", "child")),
    Column("Age", "years", "whole", "On the day the policy begins. Only its band is kept.", most=120, width=8),
    Column("Sex", "choice", "text", "", ("M", "F"), width=8),
    Column("Tier", "choice", "text", "The employee's tier", TIERS, width=8),
    Column("Months covered", "months", "number", "Of the policy year. Blank is 12.", most=12),
    Column("Laser", "USD", "money", "Own specific deductible. Write excluded for a person whom the specific does not cover. Blank is none."),
    Column("Known large claimant", "yes/no", "text", "", YES_NO),
    Column("Law", "name", "text", "Claim law: bronze, silver, gold, platinum or one of the map. Blank is the group's or the map's."),
), (
    ("G-0001", "m1", "f1", "employee", 61, "M", "EE", None, 150_000, "yes", None),
    ("G-0001", "m2", "f2", "employee", 34, "F", "EE", 6, None, "no", None),
    ("G-0001", "m3", "f3", "employee", 52, "F", "EE+SP", None, None, "no", "gold"),
    ("G-0001", "m4", "f3", "spouse", 55, "M", "EE+SP", None, None, "no", "gold"),
    ("G-0001", "m5", "f4", "employee", 41, "M", "EE+CH", None, None, "no", None),
    ("G-0001", "m6", "f4", "child", 12, "F", "EE+CH", None, None, "no", None),
))
CENSUS = TemplateSheet("Census", (
    GROUP,
    Column("Age band", "years", "text", "Ages of the employees", NAMES),
    Column("Sex", "choice", "text", "", ("M", "F"), width=8),
    Column("Tier", "choice", "text", "", TIERS, width=8),
    Column("Employees", "employees", "whole", "How many employees. Their families are added by the shares in data/tables.", most=2**26),
    Column("Law", "name", "text", "Claim law. Blank is the group's or the map's."),
), (
    ("G-0002", "25-34", "M", "EE", 12, None), ("G-0002", "25-34", "F", "EE+CH", 5, None), ("G-0002", "35-44", "F", "EE", 12, None),
    ("G-0002", "35-44", "M", "FAM", 15, None), ("G-0002", "55-64", "M", "EE+SP", 6, None),
))
EXPERIENCE = TemplateSheet("Experience", (
    GROUP,
    Column("Period", "year", "year", "Calendar year in which the period began", most=2200),
    Column("Months", "months", "whole", "Length of the period. Blank is 12.", most=255, width=8),
    Column("Basis", "choice", "text", "Claims paid or incurred in the period", ("paid", "incurred")),
    *(Column(f"Employee months {tier}", "emp.-months", "whole", "Employees of this tier times their months", most=2**32 - 1) for tier in TIERS),
    Column("Paid claims", "USD", "money", "All claims of the period, complete: with what is reported and not yet paid"),
    Column("Deductible", "USD", "money", "Specific deductible then"),
    Column("Paid above deductible", "USD", "money", "The part of the claims above it"),
    Column("Large claim count", "persons", "whole", "People above the deductible", most=2**32 - 1),
), (
    ("G-0002", 2024, 12, "incurred", 276, 72, 60, 168, 611_205.75, 75_000, 0, 0),
    ("G-0002", 2025, 12, "incurred", 288, 72, 60, 180, 702_118.20, 75_000, 41_870.5, 1),
))
SHEETS = (GROUPS, TERMS, MEMBERS, CENSUS, EXPERIENCE)

INSTRUCTIONS = (
    "How to fill this workbook in",
    "One row a group on Groups and on Terms. The people of a group stand either on Members, a row a person, or on Census, a row an age band, "
    "sex and tier with the number of employees; never on both.",
    "The rows that are there are examples: write over them, and delete those you do not need.",
    "Leave a cell blank where a thing is not known or not there; every column's comment says what blank means.",
    "Units stand above the headers. Amounts are US dollars; shares are percent.",
    "Headers and units are locked. To add columns, unprotect the sheet (no password).",
    "No names, no birth dates, no diagnoses, no account numbers: a book has no place for them.",
    "Then run: corridor import template.xlsx -o book.h5",
    "Everything that is wrong is listed at once with its sheet, row and column; nothing is written until all is well.",
)

MAP = """# What `corridor import` cannot know from the workbook. Every key is optional.
[book]
policy_year = 2026
law = "silver"              # of members and groups that name none: bronze, silver, gold, platinum, or one of [laws]
# law_files = ["law.toml"]  # laws that `corridor fit -o law.toml` wrote
# scale = "one"             # default "age_sex": members cost by age and sex
# unknown_columns = "ignore"  # default "refuse"
# hidden = "skip"           # hidden rows, columns and sheets: default "refuse", or "read"

[laws.illustration]
kind = "lognormal"          # data/laws.md lists the kinds
mean_usd = 8000.0
cv = 4.0
p_zero = 0.15

[quote]
specific = [50_000, 100_000]
corridor = [1.10, 1.25]

# One [[source]] for each sheet or file whose headers do not say enough.
[[source]]
table = "groups"            # groups, terms, members, census, experience, large_claims
sheet = "Groups"            # of a workbook; for several files: file = "groups*.csv"
# header_row = 2
# date_format = "%m/%d/%Y"
# decimal = ","
# delimiter = ";"
# encoding = "cp1252"

[source.columns]            # header = field, or { field, units }, or "ignore"
"Area factor" = "scale"

[source.defaults]           # of blank cells, or of a field without a column
eligible_employees = 0

[[source]]
table = "census"
sheet = "Census"
counts = "employees"        # or "members": what a column "count" counts

[source.values.sex]         # what a file's own codes mean
"1" = "male"
"2" = "female"
"""
