# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Cells as people write them: one reading is read, two are a problem."""
import datetime as dt
import math

import import_files  # noqa: F401  (puts the package on the path)
import pytest
from corridor.importing import dates, fields, kinds
from corridor.importing.age_bands import band_of_text
from corridor.importing.cells import Padded, Percent, Unusable, clean, is_blank, number_of
from corridor.importing.problems import CellError

FIELDS = {
    field.name: field
    for table in ("groups", "members", "census")
    for field in fields.TABLES[table]
}


def read(name, cell, **settings):
    return kinds.reader(FIELDS[name], kinds.Settings(**settings))(cell)


def code_of(name, cell, **settings):
    with pytest.raises(CellError) as caught:
        read(name, cell, **settings)
    assert caught.value.fix
    return caught.value.code


@pytest.mark.parametrize("cell, value", [("$1,234.50", 1234.5), ("(1,234.50)", -1234.5),
                                         ("($5)", -5), ("-$5", -5), ("$-5", -5), ("5-", -5),
                                         ("\u22125", -5), ("1 234 567", 1234567),
                                         ("1\u00a0234", 1234), ("USD 12", 12), ("12 USD", 12),
                                         ("50k", 50_000), ("1.5M", 1_500_000), ("1.2E+6", 1.2e6),
                                         (".5", .5), ("7.", 7), ("+3", 3), (12, 12), (12.5, 12.5),
                                         ("\u200b7", 7)])
def test_an_amount_is_read_as_written(cell, value):
    assert number_of(cell) == (value, False)


@pytest.mark.parametrize("cell", ["1,5", "1,23,456", "1.234,50", "1.234.567", "12,34"])
def test_a_comma_or_point_that_may_mean_two_things_is_ambiguous(cell):
    with pytest.raises(CellError) as caught:
        number_of(cell)
    assert caught.value.code == "E_AMBIGUOUS" and "decimal" in caught.value.fix


def test_a_decimal_comma_is_read_where_the_map_says_so():
    assert number_of("1.234,50", ",") == (1234.5, False)
    assert number_of("1.234", ",") == (1234, False)


@pytest.mark.parametrize("cell", [
    "abc", "12 apples", "1e", "--5", "", "$", "5%%x", True,
    dt.datetime(2026, 1, 1), math.nan,
    Unusable("x", "y")
])
def test_what_is_no_number_is_an_error(cell):
    with pytest.raises(CellError):
        number_of(cell)


def test_a_dash_may_be_zero_or_nothing():
    assert code_of("specific_deductible_usd", "-") == "E_AMBIGUOUS"


def test_percent_is_divided_out_once():
    assert read("specific_reimbursement", "90%") == .9
    assert read("specific_reimbursement", Percent(.9)) == .9
    assert read("specific_reimbursement", 90, units="percent") == .9
    assert read("aggregate_corridor", "125%") == read("aggregate_corridor", 1.25) == 1.25
    assert read("aggregate_corridor", 125, units="percent", units_from_header=True) == 1.25


def test_percent_without_a_sign_is_refused_where_both_readings_are_possible():
    assert code_of("commission", .1, units="percent", units_from_header=True) == "E_AMBIGUOUS"
    assert code_of("specific_reimbursement", 90) == "E_RANGE"
    assert read("aggregate_corridor", 1.25, units="percent", units_from_header=True) == 1.25


def test_a_corridor_of_25_percent_is_asked_back():
    assert code_of("aggregate_corridor", "25%") == "E_RANGE"


def test_units_multiply():
    assert read("specific_deductible_usd", 50, units="thousands") == 50_000
    assert read("specific_deductible_usd", "1.005", units="millions") == 1_005_000
    assert code_of("specific_deductible_usd", "5%") == "E_NUMBER"


def test_no_limit_and_no_laser_are_opposites():
    assert read("specific_limit_usd", "Unlimited") == math.inf
    assert math.isnan(read("laser_usd", "none")) and read("laser_usd", "Excluded") == math.inf


def test_keys_keep_their_zeros():
    assert read("group_id", Padded(12, 5)) == "00012"
    assert read("group_id", 12.0) == "12"
    assert read("group_id", "\u00a0A 1 ") == "A 1"


@pytest.mark.parametrize(
    "cell", [1.5, 1234567890123456, "1.2E+15", "caf\u00e9", "x" * 33,
             dt.datetime(2026, 1, 1)])
def test_a_damaged_key_is_refused(cell):
    assert code_of("group_id", cell) in ("E_FORMAT", "E_DATE")


def test_a_postal_code_gets_its_zeros_back():
    assert [read("zip3", cell) for cell in ("02139", 2139, 21, "021", "30301-1234", 30301)
            ] == ["021", "021", "021", "021", "303", "303"]
    assert code_of("zip3", "2139") == "E_FORMAT"


def test_contract_bases_become_months():
    assert [read("contract_basis", cell) for cell in ("12/15", "24/12", "12/12", "Paid", "incurred")] == \
        [(0, 3), (12, 0), (0, 0), (255, 0), (0, 255)]


def test_a_contract_basis_that_excel_made_a_date_is_asked_back_where_it_has_two_readings():
    assert read("contract_basis", dt.datetime(2026, 12, 12)) == (0, 0)
    assert code_of("contract_basis", dt.datetime(2026, 12, 15)) == "E_AMBIGUOUS"


def test_codes_of_one_digit_need_a_table():
    assert code_of("sex", 1) == "E_AMBIGUOUS"
    assert read("sex", 1, values={"1": "female"}) == 1
    assert read("sex", "M") == 0 and read("tier", "EE + SP") == 1 and read("tier", "Family") == 3
    assert code_of("sex", "Q") == "E_VALUE"


@pytest.mark.parametrize("cell", [
    dt.datetime(2026, 7, 1), 46204, "46204", "2026-07", "2026-07-01", "7/1/2026", "July 2026",
    "1-Jul-2026", 202607, 20260701
])
def test_a_month_is_read_in_every_form(cell):
    assert read("effective", cell, day_order="mdy") == "2026-07"


def test_months_and_days_are_told_apart_by_the_column_or_not_at_all():
    assert dates.day_order(["03/01/2026", "04/15/2026"], False) == "mdy"
    assert dates.day_order(["03/01/2026", "15/04/2026"], False) == "dmy"
    assert dates.day_order(["03/01/2026", "07/01/2026"], True) == "mdy"
    assert dates.day_order(["01/03/2026", "01/07/2026"], True) == "dmy"
    assert dates.day_order(["03/04/2026"], True) is None
    assert code_of("effective", "03/04/2026") == "E_AMBIGUOUS"
    assert read("effective", "03/04/2026", date_format="%d/%m/%Y") == "2026-04"


def test_the_1904_calendar_is_four_years_later():
    assert read("effective", 44742, epoch=dates.EPOCH_1904) == "2026-07"


def test_a_birth_date_gives_the_band_on_the_first_day():
    begin = dt.date(2026, 1, 1)
    assert read("birth_date", "1990-12-31", policy_begin=begin) == read("age", 35)
    assert read("birth_date", "1991-01-01", policy_begin=begin) == read("age", 35)
    assert read("birth_date", "1991-01-02", policy_begin=begin) == read("age", 34)
    assert code_of("birth_date", "5/3/62", policy_begin=begin) == "E_AMBIGUOUS"


def test_age_bands_fit_or_are_asked_back():
    assert [
        band_of_text(text)
        for text in ("under 1", "1-17", "25-29", "30 to 34", "65+", "90 and over", "17")
    ] == [0, 1, 3, 3, 7, 9, 1]
    for text in ("0-17", "20-29", "55+"):
        with pytest.raises(CellError) as caught:
            band_of_text(text)
        assert caught.value.code == "E_AMBIGUOUS"


def test_blank_looks_blank():
    assert all(
        map(is_blank,
            (None, "", " ", "\u00a0", "N/A"))) and not any(map(is_blank, (0, "0", "none", "#N/A")))
    assert clean("\ufeffa\u00a0 b\u200b") == "a b"


def test_headers_say_their_field_and_unit():
    from corridor.importing.headers import column_of
    named = {header: (found.key, found.units) for header in (
        "Spec. Ded. ($000)", "Commission Pct", "Corridor %", "aggregate_minimum_first_month_pct", "ISL",
        "EE Only", "Employees EE+SP", "Group #", "SpecificDeductible (USD)")
        if (found := column_of(header, "groups"))}
    assert list(named.values()) == [
        ("specific_deductible_usd", "thousands"), ("commission", "percent"),
        ("aggregate_corridor", "percent"), ("aggregate_minimum_first_month_pct", None),
        ("specific_deductible_usd", None), ("employees_ee", None), ("employees_ee_sp", None),
        ("group_id", None), ("specific_deductible_usd", None)]
