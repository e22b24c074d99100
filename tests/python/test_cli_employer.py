# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""An employer's year by the program: what it says, what adds up, and what it refuses."""
import csv
import json

import h5py
import numpy as np
import pytest

import small_book
from corridor_program import BAD_DATA, CANNOT_CREATE, MISSING_INPUT, OK, USAGE, corridor, entries

YEARS = 4000


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return small_book.good(tmp_path_factory.mktemp("employer") / "book.h5")


def studied(book, *arguments, group="G3", years=YEARS):
    done = corridor("employer", book, "--group", group, "--years", years, "--json", "-q", *arguments)
    assert done.code == OK, done.why
    return done.json()


def arranged(tmp_path, text):
    path = tmp_path / "plan.toml"
    path.write_text(text)
    return path


def test_cost_is_fixed_cost_and_net_claims(book, tmp_path):
    plan = arranged(tmp_path, "[fees]\nadministration_pepm = 40\npharmacy_rebate_pepm = -10\nother_usd = 500\n")
    study = studied(book, "--arrangement", plan)
    row = study["options"][0]
    assert row["fees_usd"] == pytest.approx(500 + 30 * study["employee_months"])
    assert row["fixed_usd"] == pytest.approx(row["fees_usd"] + row["premium_usd"])
    assert row["cost_mean_usd"] == pytest.approx(row["fixed_usd"] + row["net_claims_mean_usd"])
    assert row["plan_paid_mean_usd"] == pytest.approx(
        row["net_claims_mean_usd"] + row["specific_mean_usd"] + row["aggregate_mean_usd"])
    assert row["cost_largest_usd"] <= row["maximum_liability_usd"] + 0.005


def test_premium_and_covers_are_those_of_price(book):
    row = studied(book, "--specific", "40000", "--corridor", "1.25")["options"][0]
    done = corridor("price", book, "--years", YEARS, "--specific", "40000", "--corridor", "1.25",
                    "--csv", "-", "-q")
    priced = [quote for quote in csv.DictReader(done.out.splitlines()) if quote["group_id"] == "G3"][0]
    assert row["premium_usd"] == pytest.approx(float(priced["quoted_premium_usd"]), abs=0.006)
    for name in ("specific", "aggregate"):
        assert row[f"{name}_mean_usd"] == pytest.approx(float(priced[f"{name}_simulated_usd"]), rel=1e-12), name
    assert row["retained_mean_usd"] == pytest.approx(float(priced["retained_mean_usd"]), rel=1e-12)
    assert row["aggregate_attachment_usd"] == float(priced["aggregate_attachment_usd"])


def test_higher_deductibles_cost_less_premium_and_more_claims(book):
    study = studied(book, "--specific", "20000,40000,80000")
    rows, frontier = study["options"], study["frontier"]
    for low, high in zip(rows, rows[1:]):
        assert high["premium_usd"] < low["premium_usd"]
        assert high["specific_mean_usd"] < low["specific_mean_usd"]
        assert high["p_any_claimant"] < low["p_any_claimant"]
    assert frontier[0]["premium_saved_usd"] == 0
    for row, point in zip(rows, frontier):
        assert point["extra_cost_usd"] == pytest.approx(
            row["cost_mean_usd"] - rows[0]["cost_mean_usd"], abs=0.02)


def test_histogram_and_claimants_cover_every_year(book):
    study = studied(book)
    assert sum(row["years"] for row in study["histogram"]) == YEARS
    assert sum(row["probability"] for row in study["claimants"]) == pytest.approx(1)


def test_claimants_meet_their_closed_form(book):
    row = studied(book, years=20000)["options"][0]
    error = np.sqrt(row["expected_claimants_exact"] / 20000)  # of a sum of rare events
    assert row["expected_claimants"] == pytest.approx(row["expected_claimants_exact"], abs=5 * error)


def test_surplus_less_deficit_is_budget_less_cost(book, tmp_path):
    plan = arranged(tmp_path, "[budget]\nusd = 300000\n[insured]\npremium_usd = 300000\n")
    row = studied(book, "--arrangement", plan)["options"][0]
    assert row["expected_surplus_usd"] - row["expected_deficit_usd"] == pytest.approx(
        300000 - row["cost_mean_usd"])
    assert row["expected_saving_usd"] == pytest.approx(300000 - row["break_even_mean_usd"])
    assert row["p_cheaper_than_insured"] <= 1 - row["p_over_budget"]
    even = arranged(tmp_path, f"[insured]\npremium_usd = {row['break_even_median_usd'] + 0.01:.2f}\n")
    assert studied(book, "--arrangement", even)["options"][0]["p_cheaper_than_insured"] >= 0.5


def test_quoted_premiums_replace_priced_ones(book, tmp_path):
    plan = arranged(tmp_path, "[[stop_loss.quote]]\nspecific_deductible_usd = 40000\npremium_pepm = 100\n")
    rows = studied(book, "--arrangement", plan, "--specific", "20000,40000")["options"]
    assert [row["premium_source"] for row in rows] == ["priced", "quoted"]
    assert rows[1]["premium_usd"] == 100 * 27 * 12


def test_a_design_that_pays_everything_changes_nothing(book, tmp_path):
    plan = arranged(tmp_path, "[plan_design]\nmember_deductible_usd = 0\ncoinsurance = 0\n")
    plain, designed = studied(book), studied(book, "--arrangement", plan)
    assert designed["options"] == plain["options"]
    assert designed["plan_design"][0]["net_claims_change_usd"] == 0


def test_a_plan_design_lowers_claims_as_its_closed_form_says(book, tmp_path):
    plan = arranged(tmp_path, "[plan_design]\nmember_deductible_usd = 2000\ncoinsurance = 0.2\n"
                              "out_of_pocket_maximum_usd = 7000\nhsa_qualified = true\n")
    study = studied(book, "--arrangement", plan, years=20000)
    effect = study["plan_design"][0]
    assert effect["plan_paid_change_usd"] < 0
    assert abs(effect["plan_paid_change_z"]) < 4
    row = study["options"][0]
    for z in ("plan_paid_z", "retained_z", "specific_before_asd_z"):
        assert abs(row[z]) < 4, z
    assert row["specific_deductible_usd"] == 40000
    bare = studied(book, "--arrangement", plan, "--specific", "inf", "--corridor", "1.25")["options"][0]
    assert bare["specific_deductible_usd"] == "inf"
    assert bare["specific_mean_usd"] == 0
    assert bare["p_any_claimant"] is None


def test_subgroups_add_up_to_the_whole(book, tmp_path):
    plan = arranged(tmp_path, "[subgroups]\nyears = 4000\n[[subgroup]]\nname = \"A\"\nrows = [[0, 9]]\n"
                              "[[subgroup]]\nname = \"B\"\nrows = [[10, 12], [20, 21]]\n")
    study = studied(book, "--arrangement", plan)
    row, parts = study["options"][0], study["subgroups"]
    assert [part["subgroup"] for part in parts] == ["A", "B", "rest"]
    assert [part["members"] for part in parts] == [10, 5, 15]
    total = lambda name: sum(part[name] for part in parts)
    assert total("own_cost_mean_usd") == pytest.approx(row["cost_mean_usd"], abs=0.02)
    assert total("pooled_cost_usd") == pytest.approx(row["cost_mean_usd"], abs=0.006)
    assert total("specific_recovery_usd") == pytest.approx(row["specific_mean_usd"])
    assert total("aggregate_recovery_usd") == pytest.approx(row["aggregate_mean_usd"])
    assert total("expected_claims_usd") == pytest.approx(row["plan_paid_exact_usd"], rel=1e-9)
    assert total("expected_share") == pytest.approx(1)


def test_level_funding_adds_up(book, tmp_path):
    plan = arranged(tmp_path, "[level_funded]\nrefund_share = 0.75\n")
    row = studied(book, "--arrangement", plan)["options"][0]
    assert row["level_fund_usd"] == row["aggregate_attachment_usd"]
    assert 0 < row["p_refund"] < 1
    assert row["level_cost_mean_usd"] >= row["cost_mean_usd"]


def test_a_network_discount_scales_claims(book, tmp_path):
    plan = arranged(tmp_path, "network_discount = 0.1\n")
    plain, less = studied(book)["options"][0], studied(book, "--arrangement", plan)["options"][0]
    # The cap on a person's claims stands in dollars: a little less of the discounted ones is cut.
    assert less["plan_paid_exact_usd"] == pytest.approx(0.9 * plain["plan_paid_exact_usd"], rel=1e-4)


def test_results_do_not_depend_on_threads(book):
    assert studied(book, "--threads", 1)["options"] == studied(book, "--threads", 3)["options"]


def test_files_hold_what_json_shows(book, tmp_path):
    study = studied(book)
    for ending in ("h5", "csv", "json", "txt"):
        done = corridor("employer", book, "--group", "G3", "--years", YEARS, "-q", "-o",
                        tmp_path / f"study.{ending}")
        assert done.code == OK, done.why
    with h5py.File(tmp_path / "study.h5") as file:
        assert file.attrs["schema"] == b"corridor.employer"
        table = file["options"][:]
        assert table["cost_p95_usd"][0] == study["options"][0]["cost_p95_usd"]
        assert np.sum(file["histogram"]["years"]) == YEARS
    with open(tmp_path / "study.csv", newline="", encoding="utf-8") as file:
        row = next(csv.DictReader(file))
    assert float(row["cost_mean_usd"]) == study["options"][0]["cost_mean_usd"]
    assert json.loads((tmp_path / "study.json").read_text())["options"] == study["options"]
    assert "maximum liability" in (tmp_path / "study.txt").read_text()


def test_the_table_speaks_to_an_employer(book):
    done = corridor("employer", book, "--group", "G3", "--years", YEARS)
    assert done.code == OK, done.why
    for words in ("stop-loss premium", "claims you keep", "1 in 20 more", "Closed forms"):
        assert words in done.out


def refused(*arguments):
    done = corridor("employer", *arguments)
    assert done.out == "", done.why
    return done.code, done.err


def test_mistakes_are_named(book, tmp_path):
    code, err = refused(book, "--group", "G33")
    assert (code, "Did you mean" in err) == (USAGE, True)
    code, err = refused(book)
    assert (code, "--group" in err) == (USAGE, True)
    code, err = refused(book, "--group", "G1", "--arrangement", tmp_path / "none.toml")
    assert (code, "none.toml" in err) == (MISSING_INPUT, True)
    code, err = refused(book, "--group", "G1", "-o", tmp_path / "study.xls")
    assert (code, ".csv" in err) == (USAGE, True)
    code, err = refused(book, "--group", "G1", "--confidence", "0.9,0.95")
    assert code == USAGE
    code, err = refused(book, "--group", "G1", "-o", tmp_path / "none" / "study.h5")
    assert code == CANNOT_CREATE


def test_a_bad_arrangement_is_refused_with_line_and_column(book, tmp_path):
    before = entries(tmp_path)
    for text, words in (("[fees]\nadmin_pepm = 3\n", "line 2, column 1"),
                        ("[fees\n", "line 1"),
                        ("[stop_loss]\npremium_usd = 5\n", "2 options"),
                        ("[[stop_loss.quote]]\nspecific_deductible_usd = 999\npremium_usd = 5\n", "999"),
                        ("[plan_design]\nmember_deductible_usd = 500\ncoinsurance = 0.2\n"
                         "out_of_pocket_maximum_usd = 5000\nhsa_qualified = true\n", "1700.00"),
                        ("[plan_design]\nmember_deductible_usd = 2000\ncoinsurance = 0.1\n"
                         "out_of_pocket_maximum_usd = 8000\n", "out-of-pocket maximum"),
                        ("[subgroups]\ncolumn = \"scale\"\n", "numbers that are not whole"),
                        ("[[subgroup]]\nname = \"A\"\nrows = [[0, 5], [3, 9]]\n", "is twice in sub-group A"),
                        ("[[subgroup]]\nname = \"A\"\nrows = [[0, 90]]\n", "rows 0 to 29")):
        plan = arranged(tmp_path, text)
        code, err = refused(book, "--group", "G3", "--arrangement", plan, "--specific", "20000,40000",
                            "--years", 100, "-o", tmp_path / "study.h5")
        assert (code, words in err) == (BAD_DATA, True), err
    assert entries(tmp_path) == sorted([*before, "plan.toml"])


def test_what_an_arrangement_states_in_vain_is_warned_of(book, tmp_path):
    plan = arranged(tmp_path, "[plan_design]\nmember_deductible_usd = 500\ncoinsurance = 0\n"
                              "out_of_pocket_maximum_usd = 900\n"
                              "[subgroups]\nyears = 5000\n"
                              "[[subgroup]]\nname = \"A\"\nrows = [[0, 3]]\n")
    done = corridor("employer", book, "--group", "G3", "--arrangement", plan, "--years", 1000)
    assert done.code == OK, done.why
    for words in ("plan_design.out_of_pocket_maximum_usd: line 4, column 29: acts on nothing",
                  "(found 900)", "[W_IDLE]",
                  "subgroups.years: is more than the run's 1000 years", "(found 5000)", "[W_FEW_YEARS]"):
        assert words in done.err, done.why


def with_terms(tmp_path, **columns):
    content = small_book.content()
    for name, (value, kind) in columns.items():
        content["groups"][name] = np.full(small_book.GROUPS, value, kind)
    return small_book.write(tmp_path / "terms.h5", content)


def test_months_add_up_to_a_year_that_ends_with_its_last_month(tmp_path):
    """On 12/12 without an aggregate nothing is left to settle after month 12."""
    path = with_terms(tmp_path, run_out_months=(0, "u1"), aggregate_corridor=(np.inf, "f8"))
    study = studied(path, "--monthly")
    months, row = study["months"], study["options"][0]
    assert [month["month"] for month in months] == list(range(1, 13))
    assert months[11]["cost_mean_usd"] == pytest.approx(row["cost_mean_usd"], rel=1e-12)
    assert months[11]["plan_paid_mean_usd"] == pytest.approx(row["plan_paid_mean_usd"], rel=1e-12)
    for name in ("fixed_usd", "plan_paid_mean_usd", "specific_mean_usd", "cost_p50_usd"):
        assert [month[name] for month in months] == sorted(month[name] for month in months), name


def test_a_month_has_paid_what_the_lag_says(tmp_path):
    """Even incurral and payment at once: m twelfths, in whole slots of 512, by the end of month m."""
    content = small_book.content()
    content["more"] = {"lag/paid_fraction": np.array([1.0])}
    path = small_book.write(tmp_path / "book.h5", content)
    with h5py.File(path, "a") as file:
        file["lag"].attrs["incurral_spread"] = 1.0
    study = studied(path, "--monthly")
    paid = [month["plan_paid_mean_usd"] for month in study["months"]]
    whole = study["options"][0]["plan_paid_mean_usd"]
    assert np.allclose(paid, whole * np.rint(512 * np.arange(1, 13) / 12) / 512, rtol=1e-4)


def test_accommodation_advances_the_aggregate_within_the_year(tmp_path):
    plain = studied(with_terms(tmp_path, run_out_months=(0, "u1")), "--monthly")
    path = with_terms(tmp_path, run_out_months=(0, "u1"), monthly_accommodation=(1, "u1"))
    advanced = studied(path, "--monthly")
    assert not any(month["advance_mean_usd"] for month in plain["months"])
    assert advanced["months"][11]["advance_mean_usd"] == pytest.approx(
        advanced["options"][0]["aggregate_mean_usd"], rel=1e-9)
    assert advanced["options"] == plain["options"]
